"""Where the hand goes next: Tab reaches everything, Enter passes by buttons and by what was read from another answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QPushButton, QWidget


def next_input(inputs: Sequence[QWidget], here: QWidget | None, forward: bool, answers: bool) -> QWidget | None:
    """The input after (or before) the one that has the focus, None at the end."""
    way = [widget for widget in inputs if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    if not forward:
        way.reverse()
    at = next((index for index, widget in enumerate(way) if widget is here), -1)
    return next((widget for widget in way[at + 1 :] if not answers or takes_enter(widget)), None)


def takes_enter(widget: QWidget) -> bool:
    """True for what Enter stops at."""
    if isinstance(widget, QPushButton | QListWidget) or widget.property("derived"):
        return False
    return not (isinstance(widget, QCheckBox) and widget.property("owned"))
