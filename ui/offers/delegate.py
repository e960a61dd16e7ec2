"""How a line of the policy list is drawn: sign and word, name, whose, amount at the right, a quiet note below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.tick import draw_box

if TYPE_CHECKING:
    from ui.offers.lines import Line

TONES = {"可申请": "yes", "待选择": "wait", "待补": "wait", "转介": "accent", "已享": "accent", "不并领": "quiet", "不符": "quiet"}
AIR, SIDE, BOX = 7, 12, 24
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words at a place, in a font and a colour."""

    text: str
    rect: QRect
    font: QFont
    colour: str
    right: bool = False


class LineDelegate(QStyledItemDelegate):
    """Draws one `Line`; its height follows its words, nothing is cut."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """As tall as its words need at the list's width."""
        line = _line_of(index)
        view = cast("QAbstractScrollArea", option.widget)  # type: ignore[attr-defined]
        width = view.viewport().width() if view else 320
        font: QFont = option.font  # type: ignore[attr-defined]
        if line.heading:
            return QSize(width, QFontMetrics(font).lineSpacing() + 10)
        pieces = _pieces(line, font, QRect(0, 0, width, 0))
        return QSize(width, max(piece.rect.bottom() + 1 for piece in pieces) + AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line."""
        line = _line_of(index)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        font: QFont = option.font  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("wash"))
        elif line.heading:
            painter.fillRect(rect, theme.colour("canvas"))
        painter.setPen(QColor("#e8ecea"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if line.chosen is not None:
            draw_box(painter, QRect(rect.left() + SIDE, rect.top() + AIR + 3, 16, 16), line.chosen)
        for piece in _heading(line, font, rect) if line.heading else _pieces(line, font, rect):
            painter.setFont(piece.font)
            painter.setPen(theme.colour(piece.colour))
            right = int(Qt.AlignmentFlag.AlignRight) if piece.right else 0
            painter.drawText(piece.rect, _WRAP | right, piece.text)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 4, 4)
        painter.restore()


def _line_of(index: Index) -> Line:
    return cast("Line", index.data(Qt.ItemDataRole.UserRole))


def _heading(line: Line, base: QFont, rect: QRect) -> list[Piece]:
    inner = rect.adjusted(SIDE, 5, -SIDE, 0)
    bold = _font(base, bold=True)
    return [Piece(line.title, inner, bold, TONES.get(line.title, "ink")), Piece(str(line.count), inner, base, "quiet", right=True)]


def _pieces(line: Line, base: QFont, rect: QRect) -> list[Piece]:
    """Sign, word and name on the first lines; whose and how much below; then the note."""
    bold, small = _font(base, bold=True), _font(base, less=2)
    left = rect.left() + SIDE + (BOX if line.chosen is not None else 0)
    width = rect.right() - left - SIDE
    mark = QFontMetrics(bold).horizontalAdvance("● 符合") + 10
    said = f"{line.sign} {line.word}"
    mark = max(mark, QFontMetrics(bold).horizontalAdvance(said) + 10)
    tone, ink = TONES.get(line.standing.value, "ink"), "quiet" if line.standing.value == "不符" else "ink"
    top = rect.top() + AIR
    tall = _height(bold, line.title, width - mark)
    made = [Piece(said, QRect(left, top, mark, tall), bold, tone), Piece(line.title, QRect(left + mark, top, width - mark, tall), bold, ink)]
    top += tall
    paid = QFontMetrics(bold).horizontalAdvance(line.amount) + 4 if line.amount else 0
    beside = width - paid - 8 >= QFontMetrics(small).horizontalAdvance("汉" * 4)
    room = width - paid - 8 if paid and beside else width
    tall = _height(small, line.whose, room)
    made.append(Piece(line.whose, QRect(left, top + 1, room, tall), small, "quiet"))
    if paid:
        place = top if beside else top + tall
        amount_tall = _height(bold, line.amount, width)
        made.append(Piece(line.amount, QRect(left, place, width, amount_tall), bold, ink, right=True))
        tall = max(tall, amount_tall) if beside else tall + amount_tall
    top += tall
    if line.note:
        made.append(Piece(line.note, QRect(left, top + 1, width, _height(small, line.note, width)), small, "quiet"))
    return made


def _font(base: QFont, bold: bool = False, less: int = 0) -> QFont:
    font = QFont(base)
    font.setBold(bold)
    font.setPointSize(max(base.pointSize() - less, 9))
    return font


def _height(font: QFont, text: str, width: int) -> int:
    if not text:
        return 0
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 40), 4000), _WRAP, text).height() + 1
