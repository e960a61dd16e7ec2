"""The plan as one walks in it: arrows from cell to cell, Space takes away or back, Enter opens the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ui.plan.matrix_paint import CELL_LETTERS, SIDE, CellDelegate, NameHeader, PersonHeader

if TYPE_CHECKING:
    from ui.plan.matrix import Cell, Matrix

Index = QModelIndex | QPersistentModelIndex
PAGE = 8
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: PAGE, Qt.Key.Key_PageUp: -PAGE}
_ASIDE = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class MatrixModel(QAbstractTableModel):
    """The plan, replaced as a whole."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.plan: Matrix | None = None

    def show_plan(self, plan: Matrix) -> None:
        """Take a new plan."""
        self.beginResetModel()
        self.plan = plan
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """A row a programme."""
        return len(self.plan.rows) if self.plan and not parent.isValid() else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """A column the household and each person."""
        return len(self.plan.columns) if self.plan and not parent.isValid() else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell itself, or how it is spoken."""
        if self.plan is None or not index.isValid():
            return None
        line, cell = self.plan.rows[index.row()], self.plan.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.UserRole:
            return cell
        if role == Qt.ItemDataRole.BackgroundRole:
            return True if line.heading else None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if line.folds and index.column() == 0:
            return f"{line.count} 项，回车展开或收起"
        if cell is None:
            return ""
        return f"{line.title}，{self.plan.columns[index.column()].title}，{cell.spoken}" if role == Qt.ItemDataRole.AccessibleTextRole else cell.spoken


class MatrixView(QTableView):
    """全户 × 项目 × 人."""

    opened = Signal(object)
    picked = Signal(object)
    folded = Signal()
    walked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("方案")
        self.setAccessibleName("方案")
        self._model = MatrixModel(self)
        self.setModel(self._model)
        self.setItemDelegate(CellDelegate(self))
        self.names, self.people = NameHeader(self), PersonHeader(self)
        self.setVerticalHeader(self.names)
        self.setHorizontalHeader(self.people)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._wanted = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.measure)
        self.doubleClicked.connect(lambda _: self._open())

    def show_plan(self, plan: Matrix, afresh: bool) -> None:
        """Show a plan; the hand stays on the same programme and person unless it begins afresh."""
        before, old = self.here(), self._model.plan
        kept = _same_place(old, before, plan) if old is not None and not afresh else None
        self._model.show_plan(plan)
        self.names.plan, self.people.columns = plan, plan.columns
        self.clearSpans()
        for row, line in enumerate(plan.rows):
            if line.heading and len(plan.columns) > 1:
                self.setSpan(row, 0, 1, len(plan.columns))
        self.measure()
        self._stand(kept if kept is not None else plan.first())

    def here(self) -> tuple[int, int]:
        """Where the hand is."""
        index = self.currentIndex()
        return index.row(), index.column()

    def cell(self) -> Cell | None:
        """The cell under the hand."""
        plan, at = self._model.plan, self.here()
        return plan.cell(*at) if plan is not None and 0 <= at[0] < len(plan.rows) else None

    def cell_left(self) -> int:
        """Where the cell under the hand begins, from the page's left edge."""
        return self.mapToParent(self.visualRect(self.currentIndex()).topLeft()).x() + self.names.width()

    def measure(self) -> None:
        """Divide the width among household and persons, and give each row the height of its tallest words."""
        plan = self._model.plan
        if plan is None:
            return
        self.names.setFixedWidth(self.names.name_width())
        letter = self.fontMetrics().horizontalAdvance("汉")
        room = self.width() - self.names.name_width() - self.verticalScrollBar().sizeHint().width() - 4
        width = max(round(letter * CELL_LETTERS) + SIDE * 2, room // len(plan.columns))
        for column in range(len(plan.columns)):
            self.setColumnWidth(column, width)
        for row in range(len(plan.rows)):
            tall = max((self.sizeHintForIndex(self._model.index(row, column)).height() for column in plan.stops(row)), default=0)
            self.setRowHeight(row, max(tall, self.names.needed(row)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows walk over cells that say something; Enter and Space act on the one under the hand."""
        plan, key = self._model.plan, Qt.Key(event.key())
        if plan is None:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._stand(plan.walk(self.here(), _STEPS[key], self._wanted), keep_wanted=True)
        elif key in _ASIDE:
            self._stand(plan.aside(self.here(), _ASIDE[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key == Qt.Key.Key_Space:
            self._pick()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width makes other heights."""
        super().resizeEvent(event)
        self._later.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another text size makes other heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._later.start()

    def _stand(self, at: tuple[int, int], keep_wanted: bool = False) -> None:
        if not keep_wanted:
            self._wanted = at[1]
        self.setCurrentIndex(self._model.index(*at))
        self.walked.emit(self.cell())

    def _open(self) -> None:
        cell = self.cell()
        if cell is not None:
            self.opened.emit(cell)
        else:
            self._fold()

    def _pick(self) -> None:
        cell = self.cell()
        if cell is not None:
            self.picked.emit(cell)
        else:
            self._fold()

    def _fold(self) -> None:
        plan, row = self._model.plan, self.here()[0]
        if plan is not None and 0 <= row < len(plan.rows) and plan.rows[row].folds:
            self.folded.emit()


def _same_place(old: Matrix, at: tuple[int, int], new: Matrix) -> tuple[int, int] | None:
    """Where the hand was, in another plan of the same household; None when that is not there any more."""
    if not (0 <= at[0] < len(old.rows) and 0 <= at[1] < len(old.columns)):
        return None
    line, column = old.rows[at[0]], old.columns[at[1]].key
    columns = [one.key for one in new.columns]
    row = next((place for place, one in enumerate(new.rows) if (one.title, one.heading) == (line.title, line.heading)), None)
    if row is None or column not in columns:
        return None
    stops = new.stops(row)
    return (row, min(stops, key=lambda place: abs(place - columns.index(column)))) if stops else None
