"""All lines of a keying list under their groups: a sign for what was handed over, the label over there, our value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui import theme

if TYPE_CHECKING:
    from clerk.keying import Keyed

_NEXT = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_SIGN, _LABEL, _VALUE = range(3)
_TONES = {"缺": "bad", "无码": "bad", "空": "quiet", "有": "ink"}
_WORDS = {"缺": "还没有", "无码": "没有代码", "空": "留空"}


class LineList(QTableWidget):
    """Up and down walk; Enter or space asks for the next value, Ctrl+C for this one again."""

    walked = Signal(int)
    next_asked = Signal()
    this_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, 3, parent)
        self.setAccessibleName("要录入的项目")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self._places: list[int] = []
        self.installEventFilter(self)
        self.currentCellChanged.connect(self._tell)
        self.cellDoubleClicked.connect(lambda *_: self.this_asked.emit())

    def fill(self, lines: Sequence[Keyed]) -> None:
        """Show these lines, a heading before each group; the hand goes to the first."""
        self.blockSignals(True)
        self.clearSpans()
        self.setRowCount(0)
        self._places = []
        group = None
        for line in lines:
            if line.group != group:
                group = line.group
                self._head(group)
            self._line(line)
        self.blockSignals(False)
        self.fit()
        if lines:
            self.setCurrentCell(self._places[0], _LABEL)

    def fit(self) -> None:
        """Measure at this text size."""
        letter = self.fontMetrics().horizontalAdvance("汉")
        header = self.horizontalHeader()
        header.setMinimumSectionSize(letter)
        self.setColumnWidth(_SIGN, int(letter * 1.7))
        self.setColumnWidth(_LABEL, int(letter * 9.5))
        header.setSectionResizeMode(_VALUE, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().lineSpacing() * 1.3))

    def show_at(self, at: int) -> None:
        """Put the hand on a line."""
        self.setCurrentCell(self._places[at], _LABEL)

    def mark_done(self, at: int) -> None:
        """Sign a line that was handed over."""
        item = self.item(self._places[at], _SIGN)
        if item is not None:
            item.setText("✓")
            item.setForeground(theme.colour("yes"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another text size needs other columns."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The keys that hand over; a table's own Ctrl+C would copy past the loan."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Copy):
                self.this_asked.emit()
                return True
            if event.key() in _NEXT and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.next_asked.emit()
                return True
        return super().eventFilter(watched, event)

    def _tell(self, row: int) -> None:
        if row in self._places:
            self.walked.emit(self._places.index(row))

    def _head(self, words: str) -> None:
        row = self.rowCount()
        self.insertRow(row)
        item = QTableWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(theme.colour("accent"))
        font = QFont(self.font())
        font.setBold(True)
        item.setFont(font)
        self.setItem(row, _SIGN, item)
        self.setSpan(row, _SIGN, 1, 3)

    def _line(self, line: Keyed) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self._places.append(row)
        state = line.state.value
        value = "　".join(filter(None, (line.text.replace("\n", " "), line.words))) or _WORDS.get(state, "")
        for column, words in enumerate(("", line.label, value)):
            item = QTableWidgetItem(words)
            item.setForeground(theme.colour(_TONES[state] if column == _VALUE else "ink"))
            item.setToolTip(line.text or line.note if column == _VALUE else words)
            self.setItem(row, column, item)
