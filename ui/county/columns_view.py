"""The columns of the county's sheet beside what may go into the one under the hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from clerk.pinyin import readings
from ui.county.asked import COLUMN, FIXED, NOTHING, NUMBER, Answer, Line, Looked, Offer
from ui.hand import take_hand
from ui.incoming.words import FOUND, heading
from ui.policy.table import Narrowing, PlainTable, Row
from ui.printing_desk.parts import label

HEADINGS = ("县里的列", "原来写着", "填什么", "第一行会填", "怎么对上的")
_EMPTY, _NUMBERED = "留空", "序号"
_NOTHING = ("留空", "quiet")


class ColumnsView(QWidget):
    """`answered` says what goes into a column; Enter chooses, Del leaves empty, F8 writes the same words in every row."""

    answered = Signal(object)
    told = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self._offers: Sequence[Offer] = ()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.table = PlainTable(HEADINGS, (0, 5, 7, 11, 9), self)
        self.table.setAccessibleName("县里的表有哪些列")
        self.table.currentCellChanged.connect(lambda *_: self._walk())
        self.table.opened.connect(lambda _: self.pick())
        line.addWidget(self.table, 17)
        line.addWidget(self._card(), 8)

    def show_columns(self, found: Looked) -> None:
        """Show how a sheet would be filled; the hand stays on the same column."""
        self._lines, self._offers = found.lines, found.offers
        self.table.fill([_row(one) for one in found.lines])
        self.table.setVisible(True)
        self._panel.setVisible(True)
        self._walk()

    def hide_columns(self) -> None:
        """There is no sheet to show."""
        self._lines = ()
        self.table.fill(())
        self.table.setVisible(False)
        self._panel.setVisible(False)

    def take_hand(self) -> None:
        """The hand goes to the columns."""
        take_hand(self.table)

    def go_to(self, place: int | None) -> None:
        """The hand goes to one column, the first when none is named."""
        at = next((at for at, one in enumerate(self._lines) if one.place == place), 0)
        self.table.setCurrentCell(at, 0)
        take_hand(self.table)

    def pick(self) -> None:
        """Enter: choose what goes into the column under the hand."""
        if self._here():
            self.choice.line.clear()
            self.choice.take_hand()
            self.told.emit("打字或拼音首字母来找，回车选定，Esc 不改。", "quiet")

    def empty(self) -> None:
        """Del: nothing of ours goes there."""
        self._say(NOTHING)

    def take_fixed(self) -> None:
        """F8: the hand goes to the words for every row."""
        if self._here():
            self.fixed.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.fixed.selectAll()
            self.told.emit("写好回车，这一列每行都写这几个字；Esc 不改。", "quiet")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes from the choice back to the columns."""
        if event.key() == Qt.Key.Key_Escape and not self.table.hasFocus():
            self.choice.line.clear()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _card(self) -> QFrame:
        self._panel = card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        self.asked = label("", "heading", card)
        self.asked.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column.addWidget(self.asked)
        self.cautions = label("", "soft", card)
        self.cautions.setAccessibleName("这一列请留意")
        column.addWidget(self.cautions)
        names = PlainTable(("填什么", "第一个值", "列"), (9, 0, 3), card)
        names.setAccessibleName("可以填的")
        self.choice = Narrowing("名称、拼音首字母", names, readings, card)
        self.choice.opened.connect(self._picked)
        column.addWidget(self.choice, 1)
        self.fixed = QLineEdit(card)
        self.fixed.setPlaceholderText("F8　每行都写这几个字，回车")
        self.fixed.setAccessibleName("每行都写的字")
        self.fixed.returnPressed.connect(lambda: self._say(FIXED, self.fixed.text().strip()))
        column.addWidget(self.fixed)
        return card

    def _here(self) -> Line | None:
        place = self.table.key()
        return next((one for one in self._lines if one.place == place), None)

    def _walk(self) -> None:
        """The hand is on another column: show what may go there, what does now under the hand."""
        line = self._here()
        if line is None:
            return
        self.asked.setText(f"{line.letters}列「{line.title}」填什么")
        self.cautions.setText("；".join(line.cautions))
        self.cautions.setVisible(bool(line.cautions))
        letters = {one.place: one.letters for one in self._lines}
        rows = [Row((_EMPTY, "", ""), NOTHING), Row((_NUMBERED, "1、2、3…", ""), NUMBER)]
        for one in self._offers:
            rows.append(Row((one.heading, one.note, letters.get(one.place, "")), one))  # type: ignore[arg-type]
        self.choice.line.clear()
        self.choice.fill(rows)
        here = next((at for at, row in enumerate(rows) if line.ours and row.cells[0] == line.ours), 0)
        self.choice.table.setCurrentCell(here, 0)

    def _picked(self, what: object) -> None:
        if isinstance(what, Offer):
            self._say(COLUMN, what.heading, what.word)
        elif isinstance(what, str):
            self._say(what)

    def _say(self, what: str, text: str = "", word: str = "") -> None:
        """One column is said; the hand goes to the next one."""
        line = self._here()
        if line is None or (what == FIXED and not text):
            return
        self.choice.line.clear()
        self.fixed.clear()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        at = self.table.currentRow()
        self.table.setCurrentCell(min(at + 1, self.table.rowCount() - 1), 0)
        self.answered.emit(Answer(line.place, what, text, word))


def _row(one: Line) -> Row:
    state, tone = FOUND[one.by] if one.by else ("", "quiet") if one.ours else _NOTHING
    if one.cautions:
        state, tone = f"{state}；请留意" if state else "请留意", "wait"
    cells = (heading(one.title, one.place), one.sample, one.ours or "—", one.first, state)
    return Row(cells, one.place, tone)
