"""A grid of questions that uses as many columns as fit, keeps their order, and leaves no gap for what is not asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.intake.field_row import LABEL_LETTERS, FieldRow


@dataclass(frozen=True, slots=True)
class Shape:
    """How questions stand: labels above or left of the editors, letters a column needs, most columns."""

    above: bool
    letters: int
    most: int


BESIDE = Shape(above=False, letters=20, most=3)
ABOVE = Shape(above=True, letters=9, most=6)


class FlowGrid(QWidget):
    """Questions in reading order: left to right, then down."""

    def __init__(self, rows: Sequence[FieldRow], shape: Shape, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = tuple(rows)
        self._shape = shape
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14 if shape.above else 22)
        self._grid.setVerticalSpacing(6)
        self._placed: tuple[int, tuple[FieldRow, ...]] = (0, ())
        for row in self.rows:
            row.setParent(self)
            row.hide()

    def refresh(self) -> None:
        """Place what is wanted; nothing moves when nothing changed."""
        wanted = tuple(row for row in self.rows if row.wanted)
        columns = self._columns()
        if (columns, wanted) == self._placed:
            return
        before = self._placed[0]
        self._placed = columns, wanted
        for row in self.rows:
            self._grid.removeWidget(row)
            row.setVisible(row.wanted)
        self._line_up()
        line, column = 0, 0
        for row in wanted:
            span = columns if row.long else 1
            if column + span > columns:
                line, column = line + 1, 0
            self._grid.addWidget(row, line, column, 1, span)
            column += span
        for index in range(max(before, columns)):
            self._grid.setColumnStretch(index, 1 if index < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may mean another number of columns."""
        super().resizeEvent(event)
        self.refresh()

    def _columns(self) -> int:
        letter = QFontMetrics(self.font()).horizontalAdvance("汉")
        return max(1, min(self._shape.most, self.width() // (letter * self._shape.letters)))

    def _line_up(self) -> None:
        if not self._shape.above:
            width = QFontMetrics(self.font()).horizontalAdvance("汉" * LABEL_LETTERS) + 8
            for row in self.rows:
                row.set_label_width(width)
