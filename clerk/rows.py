"""Rows of the form in order, with owners; a removed row keeps its place, so that it can come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forms.language.facts import ROOT_ROW
from forms.schema import Table


class Rows:
    """Which rows stand in which table, whose they are, and which of them were taken away."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._keys: dict[str, list[str]] = {}
        self._owners: dict[tuple[str, str], str] = {}
        self._gone: set[tuple[str, str]] = set()
        self._alive: dict[tuple[str, str], tuple[str, ...]] = {}

    def add(self, table: str, key: str, owner: str) -> tuple[str, ...]:
        """Append a row; the tables touched. KeyError for a table the catalogue does not know; a known row stays."""
        self._tables[table]
        if (table, key) not in self._owners:
            self._keys.setdefault(table, []).append(key)
            self._owners[table, key] = owner
        self._alive.clear()
        return (table,)

    def show(self, table: str, key: str, visible: bool) -> tuple[str, ...]:
        """Take a row away or bring it back, with all it owns; the tables touched."""
        if (table, key) not in self._owners:
            raise KeyError((table, key))
        (self._gone.discard if visible else self._gone.add)((table, key))
        self._alive.clear()
        return (table, *self._below(table))

    def is_alive(self, table: str, key: str) -> bool:
        """True for the household's own row, and for a row that stands, as do the rows it belongs to."""
        if key == ROOT_ROW:
            return True
        if (table, key) in self._gone or (table, key) not in self._owners:
            return False
        owner = self._owners[table, key]
        return owner == ROOT_ROW or self.is_alive(self._tables[table].owner, owner)

    def alive(self, table: str, owner: str = ROOT_ROW) -> Sequence[str]:
        """Keys of the rows that stand, in order; those of one owner when given."""
        known = self._alive.get((table, owner))
        if known is None:
            known = tuple(
                key
                for key in self._keys.get(table, ())
                if self.is_alive(table, key) and owner in (ROOT_ROW, self._owners[table, key])
            )
            self._alive[table, owner] = known
        return known

    def owner(self, table: str, key: str) -> str:
        """The key of the owning row, ROOT_ROW when there is none."""
        return self._owners.get((table, key), ROOT_ROW)

    def _below(self, table: str) -> list[str]:
        children = [each.id for each in self._tables.values() if each.owner == table]
        return [name for child in children for name in (child, *self._below(child))]
