"""文书: every paper with its editions; drawings brought in and taken out, proofs looked at, editions compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from clerk.pinyin import readings
from ui import keys
from ui.drawn_papers import Drawing, compare_editions, export_drawing, proof_drawing, proof_edition
from ui.intake.editors import set_flag
from ui.policy.differences_view import DifferencesView
from ui.policy.drawing_page import DrawingPage
from ui.policy.faults import in_a_sentence
from ui.policy.paper_list import COMING, DRAFT, IN_USE, Edition, editions_of
from ui.policy.table import Narrowing, PlainTable, Row
from ui.preview.page import PreviewPage

if TYPE_CHECKING:
    from ui.papers import Job, PaperMaker
    from ui.policy.studio import Studio

HEADINGS = ("编号", "名称", "版", "自", "来自", "情况")
DRAWINGS = "表格文件 (*.xlsx)"
_TONES = {IN_USE: "yes", COMING: "wait", DRAFT: "wait"}
_NOTE = "每个框写着名称和填法，不是正式文书，不得使用。"


class PapersPane(QStackedWidget):
    """The list of editions, a drawing being brought in, a comparison, or a proof."""

    said = Signal(str)

    def __init__(self, studio: Studio, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__(parent)
        self._studio, self._papers = studio, papers
        self._marked = ""
        self._home: QWidget | None = None
        self._list = QWidget(self)
        self._fill_list()
        self.drawing = DrawingPage(studio, papers, self)
        self.differences = DifferencesView(self)
        self.preview = PreviewPage(papers, self)
        for page in (self._list, self.drawing, self.differences, self.preview):
            self.addWidget(page)
        self.drawing.left.connect(self._back_to_list)
        self.drawing.proofed.connect(self._proof_drawing)
        self.drawing.compared.connect(self._show_differences)
        self.differences.left.connect(self._back)
        self.preview.closed.connect(self._back)
        for signal in (self.drawing.said, self.preview.said):
            signal.connect(self.said)
        studio.changed.connect(self._again)

    def arrive(self) -> None:
        """Show the editions there are now, or what was open."""
        if self.currentWidget() is self._list:
            self._show_list()
            self.list.take_hand()
        else:
            self.currentWidget().setFocus()

    # -- acts ----------------------------------------------------------------------------------------------------------

    def bring_in(self) -> None:
        """F3: choose a drawn file and read it."""
        name, _ = QFileDialog.getOpenFileName(self, "导入哪个画好的表格", str(Path.home()), DRAWINGS)
        if name:
            self.setCurrentWidget(self.drawing)
            self.drawing.open(Path(name))

    def take_out(self) -> None:
        """F8: write the edition under the hand as a drawing into a folder."""
        one = self._edition()
        folder = QFileDialog.getExistingDirectory(self, "导出到哪个文件夹", str(Path.home())) if one else ""
        if one and folder:
            job = self._papers.make(export_drawing, one.full, Path(folder))
            self._follow(job, lambda path: self._tell(f"已写入 {path}，改好后按 F3 导入为新版", "yes"))

    def proof(self) -> None:
        """F9 or Enter: every box of the edition under the hand, drawn with its name."""
        one = self._edition()
        if one:
            self._show_proof(self._papers.make(proof_edition, one.full), f"{one.id} {one.edition}版　{one.name}　校样")

    def mark(self) -> None:
        """F7: the edition under the hand is what the next one is compared with."""
        one = self._edition()
        if one:
            self._marked = "" if self._marked == one.full else one.full
            self._tell(f"F6 与 {one.id} {one.edition}版比较" if self._marked else "F6 与前一版比较", "quiet")

    def compare(self) -> None:
        """F6: what differs between the edition under the hand and the marked one, else the one before it."""
        one = self._edition()
        other = (self._marked or one.before) if one else ""
        if one is None:
            return
        if not other or other == one.full:
            self._tell("这是第一版，没有前一版可比；要与别的版比，先在那一版上按 F7", "soft")
            return
        job = self._papers.make(compare_editions, other, one.full)
        title = f"{other.replace('@', ' ')}版 → {one.full.replace('@', ' ')}版"
        self._follow(job, lambda changes: self._show_differences(title, changes))

    def drop(self) -> None:
        """Shift+F8: take an edition out of the draft again."""
        from clerk.authoring.drafts import drafts
        from clerk.authoring.papers import added_papers, drop_paper

        one = self._edition()
        for draft in drafts(self._studio.home, self._studio.workspace.layers()) if one else ():
            if one and any((kept.id, kept.edition) == (one.id, one.edition) for kept in added_papers(draft)):
                drop_paper(draft, one.id, one.edition)
                self._studio.forget()
                self._tell(f"{one.id} {one.edition}版已从草稿取出", "soft")
                return
        self._tell("只能取出草稿里的版；发布过的不能改", "soft")

    # -- inside --------------------------------------------------------------------------------------------------------

    def _fill_list(self) -> None:
        column = QVBoxLayout(self._list)
        column.setContentsMargins(24, 14, 24, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        title, self._count = QLabel("文书", self._list), QLabel("", self._list)
        set_flag(title, "tone", "title")
        set_flag(self._count, "tone", "quiet")
        head.addWidget(title)
        head.addWidget(self._count, 1)
        column.addLayout(head)
        table = PlainTable(HEADINGS, (6, 0, 7, 7, 11, 5), self._list)
        table.setAccessibleName("文书")
        self.list = Narrowing("编号、名称、拼音首字母", table, readings, self._list)
        self.list.opened.connect(lambda _: self.proof())
        column.addWidget(self.list, 1)
        self.told = QLabel("", self._list)
        self.told.setWordWrap(True)
        self.told.setAccessibleName("结果")
        column.addWidget(self.told)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addStretch(1)
        acts = (
            ("F3", "导入表格…", self.bring_in, "main"),
            ("F8", "导出表格…", self.take_out, ""),
            ("F9", "校样", self.proof, ""),
            ("F6", "比较", self.compare, ""),
            ("F7", "选作对照", self.mark, "quiet"),
            ("Shift+F8", "从草稿取出", self.drop, "quiet"),
        )
        for key, words, act, role in acts:
            button = QPushButton(f"{words}  {key}", self._list)
            button.setProperty("role", role)
            button.setFocusPolicy(button.focusPolicy().TabFocus)
            button.clicked.connect(act)
            line.addWidget(button)
            keys.bind_inside(key, self._list, act)
        return line

    def _show_list(self) -> None:
        try:
            found = editions_of(self._studio)
        except Exception as fault:  # noqa: BLE001 - said in a sentence, or raised again
            self._failed(fault)
            return
        waiting = sum(one.state == DRAFT for one in found)
        papers = len({one.id for one in found})
        self._count.setText(
            f"{papers} 种，{len(found)} 版" + (f"，草稿里 {waiting} 版" if waiting else "") + "。回车看校样。"
        )
        self.list.fill([_row(one) for one in found])

    def _edition(self) -> Edition | None:
        one = self.list.table.key()
        return one if isinstance(one, Edition) else None

    def _proof_drawing(self, drawing: Drawing) -> None:
        self._show_proof(self._papers.make(proof_drawing, drawing), f"{drawing.file.name}　校样")

    def _show_proof(self, job: Job, title: str) -> None:
        self._home = self.currentWidget()
        self.setCurrentWidget(self.preview)
        self.preview.show_job(job, "校样", title, _NOTE)

    def _show_differences(self, title: str, changes: Sequence[str]) -> None:
        self._home = self.currentWidget()
        self.setCurrentWidget(self.differences)
        self.differences.show_changes(title, changes)

    def _follow(self, job: Job, done: Callable[..., None]) -> None:
        self._tell("正在做…", "quiet")

        def finished(found: object) -> None:
            self._tell("", "quiet")
            done(found)

        job.tell(finished, self._failed)

    def _failed(self, fault: BaseException) -> None:
        message = in_a_sentence(fault)
        if not message:
            raise fault
        self._tell(message, "bad")

    def _tell(self, words: str, tone: str) -> None:
        self.told.setText(words)
        set_flag(self.told, "tone", tone)

    def _again(self) -> None:
        if self.currentWidget() is self._list and self.isVisible():
            self._show_list()

    def _back(self) -> None:
        home, self._home = self._home, None
        if home is self.drawing:
            self.setCurrentWidget(self.drawing)
            self.drawing.table.setFocus()
        else:
            self._back_to_list()

    def _back_to_list(self) -> None:
        self.setCurrentWidget(self._list)
        self.arrive()


def _row(one: Edition) -> Row:
    cells = (one.id, one.name, one.edition, one.since or "—", one.layer, one.state)
    return Row(cells, one, _TONES.get(one.state, ""), found_by=one.name)
