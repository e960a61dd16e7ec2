"""Many households in the order of a list: each made in a helper process, a few ahead, stopped between two of them.

With one worker official numbers follow the list; with more they are given as households get ready, still without gap.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, TypeVar

from clerk.errors import UserCanFix
from printing.process import Helper

T = TypeVar("T")
_AHEAD = 2
"""How many households a worker has before it: enough to be never idle, few enough to stop soon and hold little."""


@dataclass(frozen=True, slots=True)
class Made(Generic[T]):
    """What was made for one of the list: its place from 1 of so many; `result` None with the reason in `fault`."""

    key: str
    place: int
    of: int
    result: T | None
    fault: str = ""


class Batch(Generic[T]):
    """Calls a module-level function with each key of a list; iterate once to get what it made, in the list's order."""

    def __init__(self, helper: Helper, function: Callable[[str], T], keys: Sequence[str]) -> None:
        self._helper, self._function, self.keys = helper, function, tuple(keys)
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Begin nothing more; what a worker is at is finished and still comes out. May be called from any thread."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """Whether stop was asked for."""
        return self._stopped.is_set()

    def __iter__(self) -> Iterator[Made[T]]:
        """What was made. A fault that the clerk can mend is told and the next household follows; others are raised."""
        begun: deque[tuple[int, Future[T]]] = deque()
        left = iter(enumerate(self.keys, start=1))
        while True:
            while not self.stopped and len(begun) < self._helper.workers * _AHEAD:
                following = next(left, None)
                if following is None:
                    break
                begun.append((following[0], self._helper.submit(self._function, following[1])))
            if self.stopped:
                for _, future in begun:
                    future.cancel()
            if not begun:
                return
            place, future = begun.popleft()
            made = self._made(place, future)
            if made is not None:
                yield made

    def _made(self, place: int, future: Future[T]) -> Made[T] | None:
        """One result; None when it was taken back before it was begun."""
        key, of = self.keys[place - 1], len(self.keys)
        try:
            while True:
                try:
                    return Made(key, place, of, future.result(timeout=0.1))
                except TimeoutError:
                    if self.stopped:
                        future.cancel()
        except CancelledError:
            return None
        except UserCanFix as fault:
            return Made(key, place, of, None, fault.message)
        except BrokenProcessPool:
            return Made(key, place, of, None, "制作文书的进程意外中断，请对这一户重新打印")
