"""The strip above the form: every card by number and name, with a mark when something in it wants attention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QWidget


class Named(Protocol):
    """Whatever has a name to be shown."""

    @property
    def name(self) -> str:
        """The name."""
        ...


class PartStrip(QScrollArea):
    """Alt+1 … Alt+9, Alt+0 jump to a card; a click does too."""

    chosen = Signal(int)

    def __init__(self, parts: Sequence[Named], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        inner = QFrame(self)
        inner.setObjectName("strip")
        line = QHBoxLayout(inner)
        line.setContentsMargins(12, 4, 12, 4)
        line.setSpacing(2)
        self.buttons = [self._button(index, part, inner) for index, part in enumerate(parts)]
        for button in self.buttons:
            line.addWidget(button)
        line.addStretch(1)
        self.setWidget(inner)
        self.setFixedHeight(inner.sizeHint().height())

    def light(self, index: int) -> None:
        """Show which card is read now."""
        for at, button in enumerate(self.buttons):
            button.setChecked(at == index)
        if 0 <= index < len(self.buttons):
            self.ensureWidgetVisible(self.buttons[index], 40, 0)

    def _button(self, index: int, part: Named, parent: QWidget) -> QPushButton:
        button = QPushButton(f"{index + 1} {part.name}", parent)
        button.setProperty("role", "part")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if index < 10:
            button.setToolTip(f"Alt+{(index + 1) % 10}")
        button.setAccessibleName(part.name)
        button.clicked.connect(lambda: self.chosen.emit(index))
        return button
