"""How the plan is drawn: names at the left, persons at the top, in each cell a sign with its word, the amount, a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from clerk.plan import Difference
from ui import theme
from ui.offers.delegate import TONES
from ui.tick import draw_box

if TYPE_CHECKING:
    from ui.plan.matrix import Cell, Column, Matrix

AIR, SIDE, BOX, GAP = 4, 7, 22, 8
NAME_LETTERS, FEW_LETTERS, CELL_LETTERS = 15, 11, 5.5
MANY = 7
"""Columns beyond which the names at the left take less room."""
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
_WASHES = {
    Difference.NEW: "#e9f5ee",
    Difference.LOST: "#fdf2f1",
    Difference.UNSURE: "#fff8e8",
    Difference.BARRED: "#fff8e8",
    Difference.AMOUNT: "#fff8e8",
}
_CHANGED = {Difference.NEW: "yes", Difference.LOST: "bad"}
Index = QModelIndex | QPersistentModelIndex
Words = tuple[str, QFont, str]
"""A text, its font, its colour."""


def font_of(base: QFont, bold: bool = False, less: int = 0) -> QFont:
    """The base font, bold or smaller."""
    made = QFont(base)
    made.setBold(bold)
    made.setPointSize(max(base.pointSize() - less, 9))
    return made


def words_of(cell: Cell, base: QFont) -> list[Words]:
    """The lines of a cell: what changed, sign and word, amount, note."""
    tone = TONES.get(cell.offer.standing.value, "ink")
    plain = cell.offer.standing.value == "不符"
    said: list[Words] = []
    if cell.difference in _WASHES:
        said.append((cell.difference.value, font_of(base, bold=True, less=2), _CHANGED.get(cell.difference, "wait")))
    word = f"{cell.sign} {cell.word}"
    said.append((word, font_of(base, bold=not plain, less=2 if len(cell.word) > 4 else 0), tone))
    if cell.amount:
        said.append((cell.amount, font_of(base, bold=True, less=1), "ink"))
    if cell.note:
        said.append((cell.note, font_of(base, less=2), "quiet"))
    return said


def placed(words: list[Words], width: int) -> list[tuple[QRect, Words]]:
    """Where each text goes, from (0, 0): beside the one before where there is room, else on a line of its own."""
    made: list[tuple[QRect, Words]] = []
    left = top = tall = 0
    for text, font, tone in words:
        metrics = QFontMetrics(font)
        wide = metrics.horizontalAdvance(text) + 2
        if left and left + GAP + wide <= width:
            left += GAP
        else:
            left, top, tall = 0, top + tall, 0
        here = metrics.lineSpacing() if wide <= width else _height(font, text, width)
        down = top + max(0, tall - here - 1) if left else top
        made.append((QRect(left, down, min(wide, width) if wide <= width else width, here), (text, font, tone)))
        left, tall = left + wide, max(tall, here)
    return made


def height_of(words: list[Words], width: int) -> int:
    """How tall some words are at a width."""
    return max((rect.bottom() + 1 for rect, _ in placed(words, width)), default=0) + AIR * 2


def _height(font: QFont, text: str, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 20), 4000), _WRAP, text).height()


def _draw(painter: QPainter, words: list[Words], rect: QRect) -> None:
    for place, (text, font, tone) in placed(words, rect.width()):
        painter.setFont(font)
        painter.setPen(theme.colour(tone))
        painter.drawText(place.translated(rect.topLeft()), _WRAP, text)


class CellDelegate(QStyledItemDelegate):
    """Draws one `Cell`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """As tall as its words need."""
        cell = cast("Cell | None", index.data(Qt.ItemDataRole.UserRole))
        font: QFont = option.font  # type: ignore[attr-defined]
        if cell is None:
            return QSize(0, QFontMetrics(font).lineSpacing() + AIR * 2)
        table = cast("QWidget", option.widget)  # type: ignore[attr-defined]
        width = table.columnWidth(index.column()) - SIDE * 2 - (BOX if cell.chosen is not None else 0)  # type: ignore[attr-defined]
        return QSize(width, height_of(words_of(cell, font), width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        cell = cast("Cell | None", index.data(Qt.ItemDataRole.UserRole))
        rect: QRect = option.rect  # type: ignore[attr-defined]
        font: QFont = option.font  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if index.data(Qt.ItemDataRole.BackgroundRole):
            self._heading(painter, rect, font, str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
        elif cell is not None and cell.difference in _WASHES:
            painter.fillRect(rect, QColor(_WASHES[cell.difference]))
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("wash"))
        painter.setPen(QColor("#e8ecea"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if cell is not None:
            inner = rect.adjusted(SIDE, AIR, -SIDE, -AIR)
            if cell.chosen is not None:
                draw_box(painter, QRect(inner.left(), inner.top() + 2, 16, 16), cell.chosen)
                inner.setLeft(inner.left() + BOX)
            _draw(painter, words_of(cell, font), inner)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 4, 4)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, font: QFont, said: str) -> None:
        painter.fillRect(rect, theme.colour("canvas"))
        painter.setFont(font_of(font, less=2))
        painter.setPen(theme.colour("quiet"))
        painter.drawText(rect.adjusted(SIDE, 0, -SIDE, 0), int(Qt.AlignmentFlag.AlignVCenter), said)


class NameHeader(QHeaderView):
    """The programmes at the left: they stay where they are while the persons scroll."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.plan: Matrix | None = None
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def name_width(self) -> int:
        """Wide enough for most names on one line."""
        many = self.plan is not None and len(self.plan.columns) > MANY
        return self.fontMetrics().horizontalAdvance("汉") * (FEW_LETTERS if many else NAME_LETTERS) + SIDE * 2

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the names."""
        return QSize(self.name_width(), super().sizeHint().height())

    def words(self, row: int) -> list[Words]:
        """The lines of a name."""
        assert self.plan is not None
        line = self.plan.rows[row]
        if line.heading:
            return [(line.title, font_of(self.font(), bold=True, less=2), "quiet" if line.folds else "accent")]
        refused = all(cell.offer.standing.value == "不符" for cell in (line.cells or {}).values())
        name = (line.title, font_of(self.font(), bold=not refused), "quiet" if refused else "ink")
        return [name, (line.department, font_of(self.font(), less=2), "quiet")]

    def needed(self, row: int) -> int:
        """How tall a name is."""
        return height_of(self.words(row), self.name_width() - SIDE * 2)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's names
        """Draw a name."""
        if self.plan is None or logicalIndex >= len(self.plan.rows):
            return
        painter.save()
        heading = self.plan.rows[logicalIndex].heading
        painter.fillRect(rect, theme.colour("canvas" if heading else "card"))
        painter.setPen(QColor("#e8ecea"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if not heading:
            painter.drawLine(rect.topRight(), rect.bottomRight())
        _draw(painter, self.words(logicalIndex), rect.adjusted(SIDE + 2, AIR, -SIDE, -AIR))
        painter.restore()


class PersonHeader(QHeaderView):
    """全户 and the persons at the top, with kinship and age."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.columns: tuple[Column, ...] = ()
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines tall."""
        tall = QFontMetrics(font_of(self.font())).lineSpacing() + QFontMetrics(font_of(self.font(), less=2)).lineSpacing()
        return QSize(super().sizeHint().width(), tall + AIR * 2)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's names
        """Draw a person."""
        if logicalIndex >= len(self.columns):
            return
        column = self.columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, theme.colour("canvas"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(SIDE, AIR, -SIDE, -AIR)
        title, below = font_of(self.font(), bold=True), font_of(self.font(), less=2)
        _draw(painter, [(QFontMetrics(title).elidedText(column.title, Qt.TextElideMode.ElideMiddle, inner.width()), title, "ink")], inner)
        _draw(painter, [(column.caption, below, "quiet")], inner.adjusted(0, QFontMetrics(title).lineSpacing(), 0, 0))
        painter.restore()
