"""A grid of questions that uses as many columns as fit, keeps their order, and leaves no gap for what is not asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui.intake.desk import Desk
from ui.intake.field_row import LABEL_LETTERS, FieldRow


@dataclass(frozen=True, slots=True)
class Shape:
    """How questions stand: labels above or left of the editors, letters a column needs, most columns."""

    above: bool
    letters: int
    most: int


BESIDE = Shape(above=False, letters=18, most=3)
ABOVE = Shape(above=True, letters=9, most=6)


class FlowGrid(QWidget):
    """Questions in reading order: left to right, then down; those that may wait stand behind `more`, a button for the head."""

    def __init__(self, rows: Sequence[FieldRow], shape: Shape, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = tuple(rows)
        self._shape = shape
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12 if shape.above else 20)
        self._grid.setVerticalSpacing(7)
        self._placed: tuple[int, int, tuple[FieldRow, ...]] = (0, 0, ())
        self.more = QPushButton(parent)
        self.more.setProperty("role", "quiet")
        self.more.setCheckable(True)
        self.more.clicked.connect(self._unfold)
        self._filler = QWidget(self)
        self._desk: Desk | None = None
        self._row = ""
        for row in self.rows:
            row.setParent(self)
            row.hide()

    def show_wanted(self, desk: Desk, row: str) -> None:
        """Show the questions that matter for a row."""
        self._desk, self._row = desk, row
        waiting = []
        for question in self.rows:
            question.wanted = desk.asked(question.field, row)
            if question.wanted and desk.minor(question.field, row):
                waiting.append(question)
        for question in waiting:
            question.wanted = self.more.isChecked() or question.editor.hasFocus()
        self.more.setVisible(bool(waiting))
        self.setVisible(any(question.wanted for question in self.rows))
        self.more.setText("收起" if self.more.isChecked() else f"更多 {len(waiting)} 项")
        self.more.setAccessibleName(f"更多：{'、'.join(question.field.label for question in waiting)}")
        self.refresh()

    def refresh(self) -> None:
        """Place what is wanted; nothing moves when nothing changed."""
        wanted = tuple(row for row in self.rows if row.wanted)
        columns = self._columns()
        pixels = QFontMetrics(self.font()).horizontalAdvance("汉")
        if (columns, pixels, wanted) == self._placed:
            return
        before = self._placed[0]
        self._placed = columns, pixels, wanted
        for row in self.rows:
            self._grid.removeWidget(row)
            row.setVisible(row.wanted)
        self._grid.removeWidget(self._filler)
        self._line_up()
        line, column = 0, 0
        for row in wanted:
            span = columns if row.long else 1
            if column + span > columns:
                line, column = line + 1, 0
            self._grid.addWidget(row, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
        if len(wanted) < columns:
            self._grid.addWidget(self._filler, 0, columns - 1)
        self._filler.setVisible(len(wanted) < columns)
        for index in range(max(before, columns)):
            self._grid.setColumnStretch(index, 1 if index < columns else 0)

    def inputs(self) -> list[QWidget]:
        """The editors that are asked, in order, then 更多."""
        found: list[QWidget] = [row.editor for row in self.rows if row.wanted]
        return [*found, self.more] if not self.more.isHidden() else found

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As narrow as one column: a narrower window has fewer columns."""
        return QSize(min(super().minimumSizeHint().width(), self._column_width() * 7 // 9), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may mean another number of columns."""
        super().resizeEvent(event)
        self.refresh()

    def _unfold(self) -> None:
        if self._desk is not None:
            before = {row for row in self.rows if row.wanted}
            self.show_wanted(self._desk, self._row)
            fresh = [row for row in self.rows if row.wanted and row not in before]
            if fresh:
                fresh[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _column_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance("汉") * self._shape.letters

    def _columns(self) -> int:
        return max(1, min(self._shape.most, (self.width() + 24) // max(self._column_width(), 1)))

    def _line_up(self) -> None:
        if not self._shape.above:
            width = QFontMetrics(self.font()).horizontalAdvance("汉" * LABEL_LETTERS) + 12
            for row in self.rows:
                row.set_label_width(width)
