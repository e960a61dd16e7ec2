"""The line at the bottom: what just happened, when everything was saved, and the keys that help here."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

STAY = 7000


class Bar(QFrame):
    """Says things without getting in the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 5, 14, 5)
        line.setSpacing(18)
        self.saved = _label("saved", self)
        self.message = _label("message", self)
        self.hint = _label("hint", self)
        self.keys = _label("keys", self)
        for label in (self.message, self.hint):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.keys.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line.addWidget(self.saved)
        line.addWidget(self.message, 3)
        line.addWidget(self.hint, 3)
        line.addWidget(self.keys, 4)
        self.message.hide()
        self._clear = QTimer(self)
        self._clear.setSingleShot(True)
        self._clear.setInterval(STAY)
        self._clear.timeout.connect(self._quiet)

    def say(self, message: str) -> None:
        """Show what just happened, for some seconds."""
        self.message.setText(message)
        self.message.setToolTip(message)
        self.message.show()
        self.hint.hide()
        self._clear.start()

    def show_saved(self, words: str) -> None:
        """Show when everything was saved."""
        self.saved.setText(words)

    def show_hint(self, words: str) -> None:
        """Show a word about the question under the hand."""
        self.hint.setText(words)

    def show_keys(self, words: str) -> None:
        """Show the keys that help here."""
        self.keys.setText(words)

    def _quiet(self) -> None:
        self.message.hide()
        self.hint.show()


def _label(name: str, parent: QWidget) -> QLabel:
    label = QLabel("", parent)
    label.setObjectName(name)
    return label
