"""What a batch prints beside each packet: papers of later steps, and the day that public notices go up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from clerk.pinyin import readings
from ui.finder import Finder
from ui.intake.matching import Choice
from ui.printing_desk.parts import label

if TYPE_CHECKING:
    from forms.catalogue import Catalogue
    from ui.workspace import Workspace

_SIZE = QSize(560, 420)


class BatchExtra(QWidget):
    """One line, hidden while there is nothing beside the packets; `changed` when papers came or went."""

    changed = Signal()

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self._workspace, self._page = workspace, page
        self.also: tuple[str, ...] = ()
        self._asked = False
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.words = label("", "quiet", self)
        self.day_label = label("公示起日", "", self)
        self.posted = QLineEdit(self)
        self.posted.setAccessibleName("公示起日")
        self.day_label.setBuddy(self.posted)
        self.posted.setPlaceholderText("如 20260903，空着留白手写")
        self.posted.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * 14)
        self.posted.textEdited.connect(self._typed)
        line.addWidget(self.words, 1)
        line.addWidget(self.day_label)
        line.addWidget(self.posted)
        self.finder = Finder("每户另加一份文书", "名称、编号或拼音首字母，回车加入；已加的再选去掉", readings, page)
        self.finder.picked.connect(self.turn)
        self.hide()
        self.posted.hide()

    @property
    def _catalogue(self) -> Catalogue:
        return self._workspace.catalogue

    def offer(self) -> None:
        """Ctrl+G: the papers of later steps; those that are in already are marked."""
        papers = (one for one in self._catalogue.papers.values() if one.alone and not one.always)
        choices = [
            Choice(one.id, one.name, f"{one.id}　{'已加' if one.id in self.also else one.moment}".rstrip())
            for one in sorted(papers, key=lambda one: (one.order, one.id))
        ]
        self.finder.offer(choices, QPoint(max(0, (self._page.width() - _SIZE.width()) // 2), 60), _SIZE)

    def turn(self, paper: str) -> None:
        """Put a paper in, or take it out."""
        rest = tuple(id_ for id_ in self.also if id_ != paper)
        self.also = rest if paper in self.also else (*self.also, paper)
        self._asked = False
        self.changed.emit()

    def show_public(self, programmes: Collection[str]) -> None:
        """Show what is added, and ask for the day where something of these programmes or added is made public."""
        names = [self._catalogue.papers[id_].name for id_ in self.also]
        self.words.setText(f"每户另加：{'、'.join(names)}" if names else "")
        public = self._is_public(programmes)
        self.day_label.setVisible(public)
        self.posted.setVisible(public)
        self.setVisible(public or bool(names))

    def day(self) -> date | None:
        """The day that notices go up; None to be written by hand."""
        from clerk.answers import read_date

        text = self.posted.text().strip()
        return read_date(text) if text and self._is_shown() else None

    def open_question(self) -> str:
        """What must be settled before printing, "" for nothing. Left blank twice, the day is written by hand."""
        if not self._is_shown():
            return ""
        if self.posted.text().strip():
            return "" if self.day() else "公示起日看不懂，这样写：20260903；空着就留白手写"
        if self._asked:
            return ""
        self._asked = True
        return "有要公示的文书：填上公示起日，或再按一次 Ctrl+P 留白手写"

    def _is_shown(self) -> bool:
        return not self.posted.isHidden()

    def _typed(self) -> None:
        self._asked = False

    def _is_public(self, programmes: Collection[str]) -> bool:
        known = self._catalogue
        asked = {id_ for one in programmes if one in known.programmes for id_ in known.programmes[one].papers}
        return any(
            paper.published
            and (
                paper.id in self.also
                if paper.alone
                else paper.id in asked or not {*paper.programmes}.isdisjoint(programmes)
            )
            for paper in known.papers.values()
        )
