"""One thing a clerk did to the form, as it is journalled; replaying all of them gives the same form again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

ADD, REMOVE, RESTORE, CLOSE, REASON = "+", "-", "~", "=", "!"
"""Marks that stand where a field id would: row added, removed, brought back, list complete; `!字段` a reason given."""


Key = tuple[str, str, str]
"""(table, row, field): where one answer stands on the form."""

Fact = tuple[str, str, str]
"""(table, field, row): a believed answer, in the order in which rules ask for it."""


class Entry(NamedTuple):
    """(table, row, field or mark, text): all strings, so that any journal can keep it."""

    table: str
    row: str
    field: str
    text: str


class Listener(Protocol):
    """What must hear of changes: an evaluator."""

    def changed(self, table: str, field: str, row: str) -> None:
        """One believed answer changed."""

    def rows_changed(self, table: str) -> None:
        """Rows of a table came, went, or were declared complete."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one act changed: believed answers as (table, field, row), tables whose rows changed, and the journal entries."""

    facts: tuple[Fact, ...] = ()
    tables: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    row: str = ""

    def tell(self, listener: Listener) -> None:
        """Let an evaluator forget what no longer holds."""
        for table in self.tables:
            listener.rows_changed(table)
        for fact in self.facts:
            listener.changed(*fact)

    def __add__(self, other: Change) -> Change:
        facts = dict.fromkeys((*self.facts, *other.facts))
        tables = dict.fromkeys((*self.tables, *other.tables))
        return Change(tuple(facts), tuple(tables), self.entries + other.entries, self.row or other.row)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at one field. `hard`: impossible, must be corrected. `reason`: stands until a reason is given (then kept
    in `overridden`) or the answer is corrected. Neither: a hint that hinders nothing.
    """

    table: str
    row: str
    field: str
    message: str
    hard: bool
    reason: bool = False
    overridden: str = ""

    @property
    def blocks(self) -> bool:
        """True when the case cannot be filed before this is settled."""
        return self.hard or (self.reason and not self.overridden)
