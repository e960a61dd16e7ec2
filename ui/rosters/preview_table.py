"""A roster as its sheet will stand: headings, the first rows, figures to the right; left and right go through the columns."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget


class Shown(Protocol):
    """What is shown of a sheet: its headings, which columns are figures, the first rows in words."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, without the running number's."""

    @property
    def figures(self) -> frozenset[int]:
        """The places of columns of figures."""

    @property
    def shown(self) -> tuple[tuple[str, ...], ...]:
        """The rows."""


_WIDEST, _SIDE = 20, 36
"""Han letters of the widest column, and the room beside the words of a cell."""
_RUNNING = "序号"


class PreviewTable(QTableWidget):
    """Only to be looked at: Enter is for whoever holds it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("预览")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().lineSpacing() * 1.35))
        self.horizontalHeader().setHighlightSections(False)

    def clear_all(self) -> None:
        """Show nothing."""
        self.setRowCount(0)
        self.setColumnCount(0)

    def show_rows(self, found: Shown) -> None:
        """Show the first rows under the headings of the sheet."""
        self.clear_all()
        self.setColumnCount(len(found.headings) + 1)
        self.setHorizontalHeaderLabels([_RUNNING, *found.headings])
        self.setRowCount(len(found.shown))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for at, row in enumerate(found.shown):
            for column, text in enumerate((str(at + 1), *row)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column - 1 in found.figures:
                    item.setTextAlignment(right)
                self.setItem(at, column, item)
        self._fit()
        if found.shown:
            self.setCurrentCell(0, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter and Esc are for whoever holds the table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Every column as wide as its words, within reason; the whole of a longer one is its tool tip."""
        metrics = self.fontMetrics()
        widest = metrics.horizontalAdvance("汉") * _WIDEST
        for column in range(self.columnCount()):
            texts = [self.horizontalHeaderItem(column).text()]
            texts += [self.item(at, column).text() for at in range(self.rowCount())]
            self.setColumnWidth(column, min(max(map(metrics.horizontalAdvance, texts)), widest) + _SIDE)
