"""Many households in the order of a list: each made in a helper process, a few ahead, stopped between two of them.

With one worker official numbers follow the list; with more they are given as households get ready, still without gap.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
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
        self._left = iter(enumerate(self.keys, start=1))
        self._begun: deque[tuple[int, Future[T]]] = deque()
        self.place = 0

    def stop(self) -> None:
        """Begin nothing more; what a worker is at is finished and still comes out. May be called from any thread."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """Whether stop was asked for."""
        return self._stopped.is_set()

    def __iter__(self) -> Batch[T]:
        """Itself: what was made comes out once."""
        return self

    def __next__(self) -> Made[T]:
        """What was made next. A fault that the clerk can mend is told in it; any other is raised, at `place` of the list,
        and what follows it still comes out.
        """
        while True:
            self._begin()
            if not self._begun:
                raise StopIteration
            self.place, future = self._begun.popleft()
            made = self._made(self.place, future)
            if made is not None:
                return made

    def _begin(self) -> None:
        """Keep the workers busy; after a stop take back what none of them has in hand."""
        while not self.stopped and len(self._begun) < self._helper.workers * _AHEAD:
            following = next(self._left, None)
            if following is None:
                break
            self._begun.append((following[0], self._helper.submit(self._function, following[1])))
        if self.stopped:
            for _, future in self._begun:
                future.cancel()

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


@dataclass(slots=True)
class Account:
    """Where the households of a batch stand, by key in the list's order.

    `printed` are with the printer; `same` had nothing new to print; `numbered` are handed out and have their numbers but
    are not with the printer; `failed` could not be made, and why. The others were not begun. `trouble` is what the
    printer says.
    """

    of: int
    printed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    numbered: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    @property
    def done(self) -> int:
        """How many of the list need nothing more from the batch."""
        return len(self.printed) + len(self.same) + len(self.numbered) + len(self.failed)

    def words(self) -> str:
        """One sentence for the clerk."""
        parts = [f"共 {self.of} 户，已送打印 {len(self.printed)} 户"]
        counts = (
            (len(self.same), "没有新的、有变的文书"),
            (len(self.numbered), "已编号未打印"),
            (len(self.failed), "没有做成"),
            (self.of - self.done, "还没有开始"),
        )
        parts += [f"{said} {count} 户" for count, said in counts if count]
        return "，".join(parts) + "。" + self.trouble
