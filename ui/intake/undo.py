"""Acts at the desk that can be taken back, last one first. Qt-free."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.intake.desk import Spot

if TYPE_CHECKING:
    from clerk.entry import Change
    from clerk.intake import Intake

Inverse = Callable[[], "Change"]


class Undo:
    """What would take back each act."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._acts: list[tuple[Spot, list[Inverse]]] = []
        self._joining = 0

    def typed(self, spot: Spot, before: str) -> None:
        """An answer was changed; changes of the same answer in a row are one act."""
        if self._acts and self._acts[-1][0] == spot and spot.field and not self._joining:
            return
        self._note(spot, lambda: self._intake.type(spot.table, spot.row, spot.field, before))

    def added(self, table: str, row: str) -> None:
        """A row came."""
        self._note(Spot(table, row, ""), lambda: self._intake.remove_row(table, row))

    def removed(self, table: str, row: str) -> None:
        """A row went."""
        self._note(Spot(table, row, ""), lambda: self._intake.restore_row(table, row))

    def closed(self, table: str, before: bool) -> None:
        """A list was said to be complete, or not."""
        self._note(Spot(table, "", ""), lambda: self._intake.close(table, before))

    def together(self, count: int) -> None:
        """The next `count` acts are taken back as one."""
        self._joining = count
        if count:
            self._acts.append((Spot("", "", ""), []))

    def noted(self, spot: Spot, inverse: Inverse) -> None:
        """Several answers were written as one act."""
        self._note(spot, inverse)

    def back(self) -> tuple[Spot, list[Change]] | None:
        """Take the last act back: where it was, and what changed."""
        if not self._acts:
            return None
        spot, inverses = self._acts.pop()
        return spot, [inverse() for inverse in reversed(inverses)]

    def _note(self, spot: Spot, inverse: Inverse) -> None:
        if self._joining:
            self._joining -= 1
            self._acts[-1][1].append(inverse)
        else:
            self._acts.append((spot, [inverse]))
