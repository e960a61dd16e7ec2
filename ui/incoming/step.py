"""What the pages of one import share: a title, buttons with their keys, a line that tells, a bar while something runs, Esc."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui import keys
from ui.intake.editors import set_flag
from ui.printing_desk.parts import label

Act = tuple[str, str, Callable[[], None], str]
"""A key, its words, what it does, and the role of its button."""


class Step(QWidget):
    """One page of an import; `left` is Esc."""

    left = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 14, 24, 14)
        self.column.setSpacing(10)
        head = self.title_line = QHBoxLayout()
        self.title, self.note = label(title, "title", self), label("", "quiet", self)
        head.addWidget(self.title)
        head.addWidget(self.note, 1)
        self.column.addLayout(head)
        self.buttons: dict[str, QPushButton] = {}

    def add_foot(self, acts: Sequence[Act]) -> None:
        """The line that tells, then the buttons; a key works while the hand is on this page."""
        self.told = label("", "quiet", self)
        self.told.setAccessibleName("结果")
        self.column.addWidget(self.told)
        foot = QHBoxLayout()
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName("正在进行")
        self._busy.hide()
        foot.addWidget(self._busy, 1)
        foot.addStretch(1)
        for key, words, act, role in acts:
            made = QPushButton(f"{words}  {key}", self)
            made.setAccessibleName(words)
            made.setProperty("role", role)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(act)
            foot.addWidget(made)
            self.buttons[key] = made
            if key != "Esc":
                keys.bind_inside(key, self, act)
        self.column.addLayout(foot)

    def tell(self, words: str, tone: str = "quiet") -> None:
        """What just happened, or what can be done."""
        self.told.setText(words)
        set_flag(self.told, "tone", tone)

    def work(self, words: str) -> None:
        """Something runs."""
        self.tell(words)
        self._busy.show()

    def rest(self) -> None:
        """Nothing runs."""
        self._busy.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
