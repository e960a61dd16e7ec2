"""Tables of figures: money and counts to the right, nothing at all where there is nothing, a line of sums that stands out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.policy.table import PlainTable, Row

SUM = "合计"


class FigureTable(PlainTable):
    """Rows of words of which some columns are figures; a line of sums stands out."""

    def __init__(
        self, headings: Sequence[str], letters: Sequence[int], figures: Collection[int], parent: QWidget
    ) -> None:
        super().__init__(headings, letters, parent)
        self._figures = frozenset(figures)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column in self._figures:
            self.horizontalHeaderItem(column).setTextAlignment(right)

    def fit_height(self) -> None:
        """Be no taller than the rows are, with room for the bar below them."""
        edges = self.horizontalHeader().sizeHint().height() + self.horizontalScrollBar().sizeHint().height()
        self.setMaximumHeight(edges + sum(self.rowHeight(at) for at in range(self.rowCount())))

    def keep_wide(self, letters: int) -> None:
        """Let no column be narrower, however large the text: go through them by the bar instead."""
        self.horizontalHeader().setMinimumSectionSize(self.fontMetrics().horizontalAdvance("汉") * letters)

    def fill(self, rows: Sequence[Row]) -> None:
        """Show these rows; those whose key is `SUM` are written bold."""
        super().fill(rows)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        for at, row in enumerate(rows):
            for column in range(self.columnCount()):
                item = self.item(at, column)
                if column in self._figures:
                    item.setTextAlignment(right)
                if row.key == SUM:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
