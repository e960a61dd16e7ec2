"""Print many households in order: progress after each, stop between two, and a clear account of where all of them stand.

A printer that does not answer stops the batch: what is numbered by then is named, and prints later under its number.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from printing.batch import Batch, Made
from printing.printers import Way
from printing.sending import Choice, Piece, Sent, send_all, watch

_MOST_OPEN = 60
"""Jobs left with the print service at a time; CUPS takes no more than 500 from everybody together."""
_LOOK = 1.0


@dataclass(slots=True)
class Account:
    """Where the households of a batch stand, by key in the list's order.

    `printed` are with the printer; `numbered` are handed out and have their numbers but are not with the printer;
    `failed` could not be made, and why; `left` were not begun.
    """

    of: int
    printed: list[str] = field(default_factory=list)
    numbered: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    trouble: str = ""

    @property
    def done(self) -> int:
        """How many of the list need nothing more from the batch."""
        return len(self.printed) + len(self.numbered) + len(self.failed)

    def words(self) -> str:
        """One sentence for the clerk."""
        parts = [f"共 {self.of} 户，已送打印 {len(self.printed)} 户"]
        if self.numbered:
            parts.append(f"已编号未打印 {len(self.numbered)} 户")
        if self.failed:
            parts.append(f"没有做成 {len(self.failed)} 户")
        if self.left:
            parts.append(f"还没有开始 {len(self.left)} 户")
        return "，".join(parts) + "。" + self.trouble


class BatchPrint:
    """Takes what a batch makes (the pieces of each household) to a printer; run it off the window's thread."""

    def __init__(self, batch: Batch[tuple[Piece, ...]], way: Way, choice: Choice) -> None:
        self._batch, self._way, self._choice = batch, way, choice
        self._pause = threading.Event()
        self.account = Account(len(batch.keys))
        self.sent: list[Sent] = []

    def stop(self) -> None:
        """Stop after the household at the printer; may be called from any thread."""
        self._batch.stop()
        self._pause.set()

    def run(self, told: Callable[[Account, tuple[Sent, ...]], None]) -> Account:
        """Print until the list is done or stopped; `told` hears after each household of it and of papers with news.

        Jobs still open at the end are in `sent`, to be followed.
        """
        for made in self._batch:
            news = self._take(made)
            told(self.account, news)
            self._wait_for_room(told)
        known = {*self.account.printed, *self.account.numbered, *self.account.failed}
        self.account.left = [key for key in self._batch.keys if key not in known]
        return self.account

    def _take(self, made: Made[tuple[Piece, ...]]) -> tuple[Sent, ...]:
        if made.result is None:
            self.account.failed[made.key] = made.fault
            return ()
        if self._batch.stopped:
            self.account.numbered.append(made.key)
            return ()
        sent = send_all(self._way, made.result, self._choice)
        self.sent += sent
        refused = next((one.progress.words for one in sent if not one.job), "")
        if refused:
            self.account.numbered.append(made.key)
            self.account.trouble = refused
            self.stop()
        else:
            self.account.printed.append(made.key)
        return sent

    def _wait_for_room(self, told: Callable[[Account, tuple[Sent, ...]], None]) -> None:
        """Ask how the jobs stand until few enough are open; what is over is no longer followed here."""
        while len(self.sent) >= _MOST_OPEN and not self._batch.stopped:
            now = watch(self._way, self.sent)
            told(self.account, tuple(one for one in now if one.progress.over))
            self.sent = [one for one in now if not one.progress.over]
            if len(self.sent) >= _MOST_OPEN:
                self._pause.wait(_LOOK)
