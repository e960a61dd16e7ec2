"""The history of a layer: when, who, what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.intake.editors import set_flag
from ui.policy.publishing import Past
from ui.policy.table import PlainTable, Row

HEADINGS = ("时间", "谁", "做了什么", "内容")


class HistoryView(QWidget):
    """历次修改."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        title, self._note = QLabel("历次修改", self), QLabel("", self)
        set_flag(title, "tone", "title")
        set_flag(self._note, "tone", "quiet")
        back = QPushButton("返回  Esc", self)
        back.clicked.connect(self.left)
        head.addWidget(title)
        head.addWidget(self._note, 1)
        head.addWidget(back)
        column.addLayout(head)
        self.table = PlainTable(HEADINGS, (9, 8, 17, 0), self)
        self.table.setAccessibleName("历次修改")
        column.addWidget(self.table, 1)

    def show_past(self, name: str, past: Sequence[Past]) -> None:
        """Show what was done to one layer."""
        self._note.setText(f"{name}　{len(past)} 次" if past else f"{name}　还没有发布或安装过")
        self.table.fill([Row((one.when, one.who, one.what, one.words), number) for number, one in enumerate(past)])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
