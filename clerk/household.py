"""The household as believed: typed answers in rows, frozen; a correction makes a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from forms.language.facts import ROOT_ROW
from forms.schema import ROOT, Value


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: `key` is stable for the life of the household, `owner` the key of the row it belongs to."""

    key: str
    owner: str
    answers: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Household:
    """All that one household has told the window; answers the rules' questions (`forms.language.facts.Facts`)."""

    answers: Mapping[str, Value]
    tables: Mapping[str, tuple[Row, ...]]
    complete: frozenset[str] = frozenset()
    _by_key: Mapping[tuple[str, str], Row] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {(table, row.key): row for table, rows in self.tables.items() for row in rows}
        object.__setattr__(self, "_by_key", MappingProxyType(index))

    def rows(self, table: str, owner: str = ROOT_ROW) -> Sequence[str]:
        """Keys of the table's rows in order; those of one owner when given."""
        return [row.key for row in self.tables.get(table, ()) if owner in (ROOT_ROW, row.owner)]

    def row(self, table: str, key: str) -> Row:
        """The row by key; KeyError when there is none."""
        return self._by_key[table, key]

    def owner(self, table: str, row: str) -> str:
        """The key of the owning row, ROOT_ROW when there is none."""
        return self._by_key[table, row].owner if (table, row) in self._by_key else ROOT_ROW

    def answer(self, table: str, field: str, row: str) -> Value | None:
        """The answer, or None: not yet known."""
        if table == ROOT:
            return self.answers.get(field)
        found = self._by_key.get((table, row))
        return found.answers.get(field) if found else None

    def answers_of(self, table: str, row: str) -> Mapping[str, Value]:
        """All answers of a row; none when there is no such row."""
        if table == ROOT:
            return self.answers
        found = self._by_key.get((table, row))
        return found.answers if found else {}

    def closed(self, table: str) -> bool:
        """True once the clerk has said the list is complete."""
        return table in self.complete
