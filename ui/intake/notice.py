"""A slim line above the form: what was left unfinished, to go on with or to put away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

if TYPE_CHECKING:
    from clerk.store import Draft


class DraftNotice(QFrame):
    """Offers drafts, or those in the bin; nothing is opened or dropped by itself."""

    resumed = Signal(str)
    discarded = Signal(str)

    def __init__(self, parent: QWidget | None = None, binned: bool = False) -> None:
        super().__init__(parent)
        self._binned = binned
        self.setObjectName("strip")
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 14, 6)
        line.setSpacing(10)
        self._words = QLabel("", self)
        self.which = QComboBox(self)
        self.which.setAccessibleName("未完成的草稿")
        self.go_on = QPushButton("取回并接着录" if binned else "接着录  Ctrl+R", self)
        self.go_on.setAccessibleName("取回草稿" if binned else "接着录草稿")
        self.go_on.clicked.connect(lambda: self.resumed.emit(str(self.which.currentData())))
        self._away = QPushButton("放入回收", self)
        self._away.setProperty("role", "quiet")
        self._away.clicked.connect(lambda: self.discarded.emit(str(self.which.currentData())))
        line.addWidget(self._words)
        line.addWidget(self.which, 1)
        line.addWidget(self.go_on)
        line.addWidget(self._away)
        self._away.setVisible(not binned)
        self.hide()

    def offer(self, drafts: Sequence[Draft]) -> None:
        """Show the drafts there are, last edited first; hide when there are none."""
        self.which.clear()
        for draft in drafts:
            self.which.addItem(f"{draft.title or '未填姓名'}　{draft.edited:%m-%d %H:%M}　已录{draft.edits}处", draft.id)
        self._words.setText(f"回收的草稿 {len(drafts)} 份" if self._binned else f"有 {len(drafts)} 份没录完的草稿")
        self.setVisible(bool(drafts))
