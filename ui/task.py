"""Work away from the window: a thread of its own, words while it runs, a stop at its next word, and an answer at the end."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ui.relay import relay

Tell = Callable[[str], None]
"""Says how far the work is; raises `Stopped` once the clerk asked to stop."""


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The clerk stopped the work."""


class Task(QObject):
    """One piece of work in a thread; what it says arrives in the window's thread.

    One without a parent outlives the widget that asked: whoever listens must ask whether the answer is still wanted.
    """

    told = Signal(str)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, work: Callable[[Tell], object], parent: QObject | None) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = threading.Event()
        self._relay = relay()
        self._thread = threading.Thread(target=self._run, name="task", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, wait: bool = False) -> None:
        """Stop at the next word; with `wait`, come back when it has."""
        self._stop.set()
        if wait and self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            found = self._work(self._tell)
        except Stopped:
            self._bring(self.stopped.emit)
        except Exception as fault:  # noqa: BLE001 - told to the window, which knows what to say of it
            self._bring(self.failed.emit, fault)
        else:
            self._bring(self.done.emit, found)

    def _tell(self, words: str) -> None:
        if self._stop.is_set():
            raise Stopped
        self._relay.came.emit(lambda: self._say(self.told.emit, words))

    def _bring(self, emit: Callable[..., None], *words: object) -> None:
        self._relay.came.emit(lambda: self._end(emit, *words))

    def _end(self, emit: Callable[..., None], *words: object) -> None:
        """The last word: the thread has nothing left to do, and must not be the one that lets go of this object."""
        self._thread.join()
        self._say(emit, *words)

    def _say(self, emit: Callable[..., None], *words: object) -> None:
        if isValid(self):  # whoever asked may be gone by now, and this object with it
            emit(*words)
