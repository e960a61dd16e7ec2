"""Many households side by side: one array a field, the rows of a household one after another, owners by index.

A caller fills these from wherever it keeps households; answers are written as `forms.language.encoding` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from forms.language.tree import Climb
from forms.schema import ROOT

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The rows of one table over all households, in household order and there in owner order.

    `household` and `owner` are the row's place in the household's and the owning table's block (owner None: the
    household owns it); `fields` holds each field's answers by id, `keys` a 64-bit digest of the row keys.
    """

    rows: int
    household: Array
    owner: Array | None
    fields: Mapping[str, Array]
    keys: Array | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Some households: their blocks by table (the household's own is 家庭), and which lists are complete (录齐)."""

    households: int
    blocks: Mapping[str, Block]
    closed: Mapping[str, Array]
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    def size(self, table: str) -> int:
        """How many rows a table has."""
        return self.blocks[table].rows

    def household(self, table: str) -> Array | None:
        """The household of each row; None where that is the row itself."""
        return None if table == ROOT else self.blocks[table].household

    def out(self, table: str, climb: Climb) -> Array | None:
        """For each row of `table` the row reached by a climb; None where that is the row itself."""
        if climb is None:
            return self.household(table)
        if not climb:
            return None
        if (table, climb) not in self._kept:
            index = _owners(self.blocks[climb[0]])
            for step in climb[1:]:
                index = _owners(self.blocks[step])[index]
            self._kept[table, climb] = index
        found: Array = self._kept[table, climb]
        return found

    def groups(self, start: str, path: tuple[str, ...]) -> Groups:
        """The rows of the last table of a path by the row of `start` that they descend from."""
        if (start, path) not in self._kept:
            inner = path[-1]
            index = self.household(inner) if start == ROOT else self.out(inner, tuple(reversed(path)))
            self._kept[start, path] = Groups(index, self.size(start))
        found: Groups = self._kept[start, path]
        return found

    def open(self, ticks: tuple[str, ...]) -> Array | None:
        """Households where one of the tables still waits for its tick; None when there is none to wait for."""
        if not ticks:
            return None
        waiting = ~np.logical_and.reduce([self.closed[table] for table in ticks])
        return waiting if waiting.any() else None


class Groups:
    """Elements sorted by group, to be reduced group by group."""

    __slots__ = ("_filled", "_starts", "counts", "index", "size")

    def __init__(self, index: Any, size: int) -> None:
        self.index, self.size = index, size
        self.counts = np.bincount(index, minlength=size)
        filled = self.counts > 0
        self._filled = None if filled.all() else filled
        self._starts = (np.cumsum(self.counts) - self.counts)[filled]

    def reduce(self, operation: np.ufunc, values: Array, empty: float) -> Array:
        """One value a group; `empty` for a group without elements."""
        if self._filled is None:
            return np.asarray(operation.reduceat(values, self._starts)) if self.size else values[:0]
        found = np.full(self.size, empty, dtype=values.dtype)
        if self._starts.size:
            found[self._filled] = operation.reduceat(values, self._starts)
        return found


def _owners(block: Block) -> Array:
    return block.household if block.owner is None else block.owner
