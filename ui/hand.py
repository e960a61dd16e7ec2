"""Who has the keyboard: what is ready late takes it only on a page that is still looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def take_hand(widget: QWidget) -> None:
    """Give a widget the keyboard when it is seen; when not, leave the keyboard where it is.

    Qt hands it to a widget on a page behind another one too, and the keys of the page in front are dead from then on.
    """
    if widget.isVisible():
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
