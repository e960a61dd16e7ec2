"""The line at the bottom: what just happened, when everything was saved, and the keys that help here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

STAY = 7000
_BETWEEN = "　"


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
        line.addWidget(self.saved)
        line.addWidget(self.message, 3)
        line.addWidget(self.hint, 3)
        line.addWidget(self.keys)
        self._hints: list[str] = []
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

    def show_keys(self, words: Sequence[str]) -> None:
        """Show the keys that help here: as many as there is room for, the last always."""
        self._hints = list(words)
        self._fit_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width has room for other hints."""
        super().resizeEvent(event)
        self._fit_keys()

    def refit(self) -> None:
        """Measure again at another text size."""
        self._fit_keys()

    def _fit_keys(self) -> None:
        shown = list(self._hints)
        room = self.width() // 2
        while len(shown) > 1 and self.keys.fontMetrics().horizontalAdvance(_BETWEEN.join(shown)) > room:
            del shown[-2]
        self.keys.setText(_BETWEEN.join(shown))

    def _quiet(self) -> None:
        self.message.hide()
        self.hint.show()


def _label(name: str, parent: QWidget) -> QLabel:
    label = QLabel("", parent)
    label.setObjectName(name)
    return label
