"""A titled table over a pane, to be read and left again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.intake.editors import set_flag
from ui.policy.table import PlainTable


class TableView(QWidget):
    """Title, a quiet note beside it, the table, and the way back; headings and widths as `PlainTable` takes them."""

    left = Signal()

    def __init__(self, title: str, headings: Sequence[str], letters: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        name, self._note = QLabel(title, self), QLabel("", self)
        set_flag(name, "tone", "title")
        set_flag(self._note, "tone", "quiet")
        back = QPushButton("返回  Esc", self)
        back.clicked.connect(self.left)
        head.addWidget(name)
        head.addWidget(self._note, 1)
        head.addWidget(back)
        column.addLayout(head)
        self.table = PlainTable(headings, letters, self)
        self.table.setAccessibleName(title)
        column.addWidget(self.table, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
