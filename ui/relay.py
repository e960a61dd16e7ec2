"""What other threads have to say, said in the window's thread by one object that is never deleted.

An object of the window that emits from another thread may be deleted by the window in the middle of that, and then the
whole program dies, once in many thousand times. So threads only ever emit here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal


class Relay(QObject):
    """Calls in the thread it was made in what `came` brings from any thread, in the order it came."""

    came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.came.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def _call(self, act: Callable[[], None]) -> None:
        act()


@cache
def relay() -> Relay:
    """The relay of the program; asked for in the window's thread before a thread is started that needs it."""
    return Relay()
