"""A sheet that lies over the window for a moment: no dialog, nothing is blocked, Esc takes it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ui.intake.editors import set_flag


class Sheet(QFrame):
    """A raised card with a title; the hand returns to where it was."""

    closed = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setAccessibleName(title)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(20, 40, 55, 70))
        self.setGraphicsEffect(shadow)
        self._before: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 12, 18, 14)
        self.column.setSpacing(8)
        head = QHBoxLayout()
        self._title = QLabel(title, self)
        set_flag(self._title, "tone", "heading")
        note = QLabel("Esc 关闭", self)
        set_flag(note, "tone", "quiet")
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(note)
        self.column.addLayout(head)
        self.hide()

    def rename(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def open_at(self, corner: QPoint, size: QSize) -> None:
        """Show the sheet at a place of its parent, remembering where the hand was."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.setGeometry(corner.x(), corner.y(), size.width(), size.height())
        self.show()
        self.raise_()

    def close_sheet(self) -> None:
        """Take the sheet away and give the hand back."""
        if self.isVisible():
            before, self._before = self._before, None
            self.hide()
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc closes from wherever the hand is inside."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
            return True
        return super().eventFilter(watched, event)


class TextSheet(Sheet):
    """A sheet with rich text to read."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.text = QTextBrowser(self)
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName(title)
        self.text.installEventFilter(self)
        self.column.addWidget(self.text, 1)

    def read(self, html: str, corner: QPoint, size: QSize, take_hand: bool = True) -> None:
        """Show some text; the hand goes into it when `take_hand`."""
        self.text.setHtml(html)
        self.open_at(corner, size)
        if take_hand:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
