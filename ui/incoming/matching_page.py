"""The mapping: each of our columns with the sheet's heading, how it was found, what stands in it; mended with a few keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clerk.exchange.values import column_letters
from clerk.pinyin import readings
from ui.hand import take_hand
from ui.incoming.head_bar import HeadBar
from ui.incoming.step import Step
from ui.incoming.words import found_for, heading, matching_in_words, samples, state_of
from ui.policy.table import Narrowing, PlainTable, Row
from ui.printing_desk.parts import label

if TYPE_CHECKING:
    from clerk.exchange.matching import Matched
    from ui.incoming.acts import Opened

HEADINGS = ("我们的列", "来表的列", "头几个值", "怎么对上的")
TITLES = ("标题", "列", "现在当作", "头几个值")
NOWHERE = -1
"""Picked for a column that is not in this sheet."""
_NOT_HERE = "这张表里没有"
_BOTH = 64
"""Letters of width from which both tables stand side by side; at larger text one of them shows at a time."""


class MatchingPage(Step):
    """对照: `corrected` says which column stands where (-1: nowhere), `pointed` where the headings are."""

    corrected = Signal(str, int)
    pointed = Signal(object)
    tried = Signal()
    other_file = Signal()
    again = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("对照", parent)
        self.matched: Matched | None = None
        self.head = HeadBar(self)
        self.head.pointed.connect(self.pointed)
        self.column.addWidget(self.head)
        self.summary = label("", "soft", self)
        self.column.addWidget(self.summary)
        line = QHBoxLayout()
        line.setSpacing(12)
        self.table = PlainTable(HEADINGS, (9, 10, 0, 10), self)
        self.table.setAccessibleName("对照")
        self.table.currentCellChanged.connect(lambda *_: self._walk())
        self.table.opened.connect(lambda _: self.pick())
        line.addWidget(self.table, 13)
        self.card = self._card()
        line.addWidget(self.card, 8)
        self.column.addLayout(line, 1)
        acts = (
            ("F9", "试算", self.go_on, "main"),
            ("Del", "表里没有", self.drop, ""),
            ("F4", "换工作表、标题行", self.head.take_hand, ""),
            ("F5", "重读文件", self.again.emit, "quiet"),
            ("F3", "换文件…", self.other_file.emit, "quiet"),
            ("Esc", "返回", self.leave, "quiet"),
        )
        self.add_foot(acts)

    def open(self, opened: Opened) -> None:
        """Show a file that was read; the hand goes to the first column that has to be looked at."""
        self.title.setText(f"对照　{opened.path.name}")
        self.note.setText(f"{opened.matched.incoming.name}　{'　'.join(opened.book.notes)}")
        self.head.show_file(opened)
        self._share(picking=False)
        self.show_matched(opened.matched)
        self.to_doubt()
        self.tell("回车换一列，Del 表示表里没有；导入以后，同样标题的表会照这次的对照。")

    def show_matched(self, matched: Matched) -> None:
        """Show a mapping; the hand stays on the same column."""
        self.matched = matched
        rows = []
        for column in matched.wanted:
            found = found_for(matched, column.id)
            state, tone = state_of(matched, column)
            place = heading(found.heading, found.place) if found else "—"
            cells = (column.field.label, place, samples(matched, found.place) if found else "", state)
            rows.append(Row(cells, column.id, tone))
        self.table.fill(rows)
        self.summary.setText(matching_in_words(matched))
        self._walk()

    def to_doubt(self) -> bool:
        """The hand goes to the first column that is missing, else doubtful; whether there is one."""
        assert self.matched is not None
        wanted = [one.id for one in self.matched.missing] or [one.id for one in self.matched.doubtful]
        at = next((at for at, row in enumerate(self.table.rows) if row.key in wanted), 0)
        self.table.setCurrentCell(at, 0)
        take_hand(self.table)
        return bool(wanted)

    def pick(self) -> None:
        """Enter: choose another heading for the column under the hand."""
        if self._column():
            self._share(picking=True)
            self.choice.line.clear()
            self.choice.take_hand()
            self.tell("打标题、拼音首字母或列的字母来找，回车选定，Esc 不改。")

    def drop(self) -> None:
        """Del: the column under the hand is not in this sheet."""
        if self._column():
            self._say(NOWHERE)

    def go_on(self) -> None:
        """F9: try it out, unless a column that must be there is not."""
        if self.matched is None:
            return
        if self.matched.missing:
            self.to_doubt()
            names = "、".join(one.field.label for one in self.matched.missing)
            self.tell(f"「{names}」必须有，请先指明是来表的哪一列", "bad")
            return
        self.tried.emit()

    def leave(self) -> None:
        """Esc: from the headings back to the columns, from there to the kinds of sheets."""
        if self.table.hasFocus():
            self.left.emit()
        else:
            self._share(picking=False)
            self.choice.line.clear()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may hold both tables, or no longer."""
        super().resizeEvent(event)
        self._share(picking=self.choice.line.hasFocus())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes one step back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        self.asked = label("", "heading", card)
        self.asked.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column.addWidget(self.asked)
        titles = PlainTable(TITLES, (7, 3, 6, 0), card)
        titles.setAccessibleName("来表的标题")
        self.choice = Narrowing("标题、拼音首字母、列的字母", titles, readings, card)
        self.choice.opened.connect(self._picked)
        column.addWidget(self.choice, 1)
        return card

    def _share(self, picking: bool) -> None:
        both = self.width() >= self.fontMetrics().horizontalAdvance("汉") * _BOTH
        self.card.setVisible(both or picking)
        self.table.setVisible(both or not picking)

    def _column(self) -> str:
        key = self.table.key()
        return key if isinstance(key, str) else ""

    def _walk(self) -> None:
        """The hand is on another column: show the headings there are, its own under the hand."""
        column = self._column()
        if self.matched is None or not column:
            return
        wanted = next(one for one in self.matched.wanted if one.id == column)
        self.asked.setText(f"「{wanted.field.label}」是来表的哪一列")
        labels = {one.id: one.field.label for one in self.matched.wanted}
        used = {one.place: labels[one.id] for one in self.matched.columns}
        rows = [Row((_NOT_HERE, "", "", ""), NOWHERE, found_by="-")]
        for place, title in enumerate(self.matched.head.titles):
            values = samples(self.matched, place)
            if title or values:
                letters, name = column_letters(place), title or "（没有标题）"
                rows.append(Row((name, letters, used.get(place, ""), values), place, found_by=letters))
        self.choice.fill(rows)
        found = found_for(self.matched, column)
        here = found.place if found else NOWHERE
        self.choice.table.setCurrentCell(next((at for at, row in enumerate(rows) if row.key == here), 0), 0)

    def _picked(self, place: object) -> None:
        if isinstance(place, int):
            self.choice.line.clear()
            self._say(place)

    def _say(self, place: int) -> None:
        """One column is where the clerk says; the hand goes to the next one."""
        at = self.table.currentRow()
        self.corrected.emit(self._column(), place)
        self._share(picking=False)
        self.table.setCurrentCell(min(at + 1, self.table.rowCount() - 1), 0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
