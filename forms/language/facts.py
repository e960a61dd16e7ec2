"""What an evaluator asks of a household; anything that answers these three questions can be judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from forms.schema import Value

ROOT_ROW = ""
"""The key of the one row of the household itself."""


class Facts(Protocol):
    """A household as the rules see it: rows, answers, and whether a list is complete."""

    def rows(self, table: str, owner: str = ROOT_ROW) -> Sequence[str]:
        """Row keys of `table` in order; for a table owned by another, only those of the row `owner` (all when it is ROOT_ROW)."""
        ...

    def owner(self, table: str, row: str) -> str:
        """The key of the row that `row` belongs to, ROOT_ROW when its table has no owner."""
        ...

    def answer(self, table: str, field: str, row: str) -> Value | None:
        """The believed answer, or None: not yet known."""
        ...

    def closed(self, table: str) -> bool:
        """True once the clerk has said that the list is complete (录齐)."""
        ...
