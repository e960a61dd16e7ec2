"""The few signs of the rail, drawn as lines so that they are sharp at every scale."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

SIDE = 24.0
_SCALES = (1.0, 2.0)


def icon(name: str, colour: str) -> QIcon:
    """The sign `name` in a colour, on a square of 24."""
    made = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap(QSize(round(SIDE * scale), round(SIDE * scale)))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        _SIGNS[name](painter)
        painter.end()
        made.addPixmap(pixmap)
    return made


def _form(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(5, 3, 14, 18), 2, 2)
    for y, end in ((8.0, 16.0), (12.0, 16.0), (16.0, 12.5)):
        painter.drawLine(QPointF(8.5, y), QPointF(end, y))


def _folder(painter: QPainter) -> None:
    path = QPainterPath(QPointF(3.5, 19))
    for x, y in ((3.5, 6), (9.5, 6), (11.5, 8.5), (20.5, 8.5), (20.5, 19)):
        path.lineTo(x, y)
    path.closeSubpath()
    painter.drawPath(path)
    painter.drawLine(QPointF(3.5, 12), QPointF(20.5, 12))


def _table(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(3.5, 4.5, 17, 15), 2, 2)
    for y in (9.5, 14.5):
        painter.drawLine(QPointF(3.5, y), QPointF(20.5, y))
    painter.drawLine(QPointF(9.5, 4.5), QPointF(9.5, 19.5))


def _search(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(10.5, 10.5), 7, 7)
    painter.drawLine(QPointF(15.7, 15.7), QPointF(20.5, 20.5))
    painter.drawEllipse(QPointF(10.5, 8.6), 1.8, 1.8)
    painter.drawArc(QRectF(7.2, 11.4, 6.6, 5.2), 20 * 16, 140 * 16)


def _book(painter: QPainter) -> None:
    for side in (-1, 1):
        path = QPainterPath(QPointF(12, 6.5))
        path.cubicTo(QPointF(12 + side * 2.5, 4.5), QPointF(12 + side * 6, 4.3), QPointF(12 + side * 9, 5))
        path.lineTo(12 + side * 9, 18.5)
        path.cubicTo(QPointF(12 + side * 6, 17.8), QPointF(12 + side * 2.5, 18), QPointF(12, 20))
        painter.drawPath(path)
    painter.drawLine(QPointF(12, 6.5), QPointF(12, 20))


def _printer(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(3, 9, 18, 8), 2, 2)
    painter.drawRect(QRectF(7, 3.5, 10, 5.5))
    painter.drawRect(QRectF(7, 14, 10, 6.5))


def _sliders(painter: QPainter) -> None:
    for y, x in ((6.5, 15.0), (12.0, 8.5), (17.5, 13.0)):
        painter.drawLine(QPointF(4, y), QPointF(x - 2.4, y))
        painter.drawLine(QPointF(x + 2.4, y), QPointF(20, y))
        painter.drawEllipse(QPointF(x, y), 2.4, 2.4)


def _window(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(2.5, 3.5, 19, 17), 4, 4)
    painter.drawLine(QPointF(7, 12), QPointF(17, 12))


_SIGNS: dict[str, Callable[[QPainter], None]] = {
    "form": _form,
    "folder": _folder,
    "table": _table,
    "search": _search,
    "book": _book,
    "printer": _printer,
    "sliders": _sliders,
    "window": _window,
}
