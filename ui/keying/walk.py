"""Where the clerk is on a keying list: one key goes on, what was handed over is remembered. Qt-free."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clerk.keying import Keyed


class Walk:
    """A place on a list of lines; `done` are the lines handed over (or seen to be empty) so far."""

    def __init__(self, lines: Sequence[Keyed]) -> None:
        self.lines = tuple(lines)
        self.at = 0
        self.done: set[int] = set()
        self._taken = False

    @property
    def here(self) -> Keyed | None:
        """The line under the hand; None on an empty list."""
        return self.lines[self.at] if self.lines else None

    def go(self, at: int) -> None:
        """Walk to a line without taking it."""
        if at != self.at:
            self.at, self._taken = max(0, min(at, len(self.lines) - 1)), False

    def take(self) -> Keyed | None:
        """Take the line under the hand."""
        if self.here is not None:
            self.done.add(self.at)
            self._taken = True
        return self.here

    def take_next(self) -> Keyed | None:
        """Take the next line: the one under the hand while it was not taken. None behind the last."""
        if self._taken:
            if self.at + 1 >= len(self.lines):
                return None
            self.go(self.at + 1)
        return self.take()
