"""A tick box drawn like those of the policy list: sharp, large enough, the same everywhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from ui import theme

BOX, GAP, EDGE = 16, 9, 5


def draw_box(painter: QPainter, rect: QRect, checked: bool) -> None:
    """A box of 16 with or without its tick."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent" if checked else "edge"), 1.4))
    painter.setBrush(theme.colour("accent" if checked else "card"))
    painter.drawRoundedRect(rect, 3, 3)
    if checked:
        painter.setPen(QPen(QColor("white"), 2))
        painter.drawPolyline([rect.topLeft() + QPoint(*step) for step in ((4, 8), (7, 11), (12, 5))])
    painter.restore()


class Tick(QCheckBox):
    """A check box with that box."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The box, the words, and a target that is easily hit."""
        metrics = self.fontMetrics()
        return QSize(EDGE * 2 + BOX + GAP + metrics.horizontalAdvance(self.text()), max(metrics.lineSpacing() + 6, 28))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never narrower than its words."""
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:  # noqa: N802 - Qt's name
        """All of it can be clicked."""
        return self.rect().contains(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and down walk to the neighbours."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Box and words; a frame where the hand is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(theme.colour("wash"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        draw_box(painter, QRect(EDGE, (self.height() - BOX) // 2, BOX, BOX), self.isChecked())
        painter.setPen(theme.colour("ink"))
        words = self.rect().adjusted(EDGE + BOX + GAP, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
