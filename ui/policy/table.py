"""Lists of the policy pages: plain tables walked by keys, and a line above one that narrows it as one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.intake.editors import set_flag
from ui.intake.matching import Choice, Readings, matches

SIDE, EDGE = 11, 6
"""Room beside and above the words of a cell."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WALK = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: what is shown, what it stands for, the colour of its last cell, and other words it is found by."""

    cells: tuple[str, ...]
    key: object
    tone: str = ""
    found_by: str = ""


class PlainTable(QTableWidget):
    """Rows of words; Enter or a double click opens the one under the hand."""

    opened = Signal(object)

    def __init__(self, headings: Sequence[str], letters: Sequence[int], parent: QWidget) -> None:
        """`letters` are the widths of the columns in Han letters; a column of 0 takes what is left."""
        super().__init__(0, len(headings), parent)
        self.rows: Sequence[Row] = ()
        self.setHorizontalHeaderLabels(list(headings))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self._letters = tuple(letters)
        for place, width in enumerate(letters):
            if not width:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.fit()
        self.doubleClicked.connect(lambda *_: self._open())

    def fit(self) -> None:
        """Measure the columns at this text size."""
        letter = self.fontMetrics().horizontalAdvance("汉")
        for place, width in enumerate(self._letters):
            if width:
                self.setColumnWidth(place, letter * width)

    def fill(self, rows: Sequence[Row]) -> None:
        """Show these rows; the hand stays on the same one."""
        before = self.key()
        self.rows = rows
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, text in enumerate(row.cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                if row.tone and column == len(row.cells) - 1:
                    item.setForeground(theme.colour(row.tone))
                self.setItem(at, column, item)
        self._fit_rows()
        place = next((at for at, row in enumerate(rows) if before is not None and row.key == before), 0)
        if rows:
            self.setCurrentCell(place, 0)

    def key(self) -> object | None:
        """What the row under the hand stands for."""
        at = self.currentRow()
        return self.rows[at].key if 0 <= at < len(self.rows) else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        self._fit_rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens; Esc is for whoever holds the table."""
        if event.key() in _ENTER:
            self._open()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fit_rows(self) -> None:
        """Every row is as tall as its words: Qt's own measure forgets the room that the style sheet keeps at the sides."""
        metrics, wrap = self.fontMetrics(), int(Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap)
        for at, row in enumerate(self.rows):
            tall = 0
            for column, text in enumerate(row.cells):
                room = QRect(0, 0, max(self.columnWidth(column) - 2 * SIDE, 40), 10_000)
                tall = max(tall, metrics.boundingRect(room, wrap, text).height())
            self.setRowHeight(at, tall + 2 * EDGE)

    def _open(self) -> None:
        key = self.key()
        if key is not None:
            self.opened.emit(key)


class Narrowing(QWidget):
    """A line over a table: typing narrows by words or pinyin initials, up and down walk, Enter opens."""

    opened = Signal(object)

    def __init__(self, hint: str, table: PlainTable, readings: Readings, parent: QWidget) -> None:
        super().__init__(parent)
        self._readings = readings
        self._all: Sequence[Row] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(lambda _: self._narrow())
        self.table = table
        table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        table.installEventFilter(self)
        table.opened.connect(self.opened)
        self.none = QLabel("没有找到，换几个字或拼音首字母再试", self)
        set_flag(self.none, "tone", "quiet")
        column.addWidget(self.line)
        column.addWidget(table, 1)
        column.addWidget(self.none)

    def fill(self, rows: Sequence[Row]) -> None:
        """Take all rows; what is typed still narrows them."""
        self._all = rows
        self._narrow()

    def take_hand(self) -> None:
        """The hand goes into the line."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The hand stays in the line while keys walk the table; Esc empties the line first."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _WALK or event.key() in _ENTER:
                self.table.keyPressEvent(event)
                return True
            if event.key() == Qt.Key.Key_Escape and self.line.text():
                self.line.clear()
                return True
        return super().eventFilter(watched, event)

    def _narrow(self) -> None:
        choices = [Choice(str(at), row.cells[0], row.found_by) for at, row in enumerate(self._all)]
        shown = [self._all[int(choice.text)] for choice in matches(self.line.text(), choices, self._readings)]
        self.table.fill(shown)
        self.none.setVisible(not shown)
