"""What we put into the clipboard, on loan: managers are told not to keep it, and a secret is taken back after a while.

It is only taken back while it is still there: what somebody copied in the meantime stays.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

USUAL = 30
"""Seconds a secret stays, unless the clerk says otherwise."""
SECOND = 1000
HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\x01\x00\x00\x00",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\x00\x00\x00\x00",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\x00\x00\x00\x00",
}
"""What tells a clipboard manager to keep nothing: KDE's and its followers' word, Windows' own formats (a DWORD each)."""


class Loan(QObject):
    """One value at a time in the system's clipboard; `left` says for how many seconds more, 0 once it is gone."""

    left = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seconds = USUAL
        self._text = ""
        self._remaining = 0
        self.clock = QTimer(self)
        self.clock.setInterval(SECOND)
        self.clock.timeout.connect(self._second_passed)

    def lend(self, text: str, secret: bool) -> None:
        """Put a value into the clipboard in place of the one before; a secret one for `seconds` only."""
        data = QMimeData()
        data.setText(text)
        for name, word in HINTS.items():
            data.setData(name, word)
        QGuiApplication.clipboard().setMimeData(data)
        self._text = text
        self._remaining = self.seconds if secret else 0
        if secret:
            self.clock.start()
            self.left.emit(self._remaining)
        else:
            self.clock.stop()

    def take_back(self) -> None:
        """Empty the clipboard, if it still holds what was lent."""
        self.clock.stop()
        lent, self._text, self._remaining = self._text, "", 0
        clipboard = QGuiApplication.clipboard()
        if lent and clipboard.text() == lent:
            clipboard.clear()
        if lent:
            self.left.emit(0)

    def _second_passed(self) -> None:
        self._remaining -= 1
        if self._remaining > 0:
            self.left.emit(self._remaining)
        else:
            self.take_back()
