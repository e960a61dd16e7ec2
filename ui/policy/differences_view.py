"""What differs between two editions of a paper, a sentence a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.intake.editors import set_flag
from ui.policy.table import PlainTable, Row


class DifferencesView(QWidget):
    """两版比较."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        title, self._note = QLabel("两版比较", self), QLabel("", self)
        set_flag(title, "tone", "title")
        set_flag(self._note, "tone", "quiet")
        back = QPushButton("返回  Esc", self)
        back.clicked.connect(self.left)
        head.addWidget(title)
        head.addWidget(self._note, 1)
        head.addWidget(back)
        column.addLayout(head)
        self.table = PlainTable(("改动",), (0,), self)
        self.table.setAccessibleName("两版比较")
        column.addWidget(self.table, 1)

    def show_changes(self, title: str, changes: Sequence[str]) -> None:
        """Show the changes, and say so where there are none."""
        self._note.setText(f"{title}　{len(changes)} 处不同" if changes else f"{title}　两版一样")
        self.table.fill([Row((words,), place) for place, words in enumerate(changes)])
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
