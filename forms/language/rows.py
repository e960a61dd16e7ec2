"""Walk rows: step out to owners, down to owned rows, and sideways along kinship; say when a list may still grow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from forms.language.cells import Cells, Slot
from forms.language.facts import ROOT_ROW
from forms.language.ranges import Truth
from forms.language.tree import Climb, Rows

if TYPE_CHECKING:
    from forms.language.live import Live

Step = Callable[[Cells, str], str]
Walked = tuple[tuple[tuple[str, Truth], ...], bool]
"""Row keys, each with whether it surely belongs; and whether more rows may come."""
Walk = Callable[[Cells, str], Walked]


def step(climb: Climb) -> Step:
    """From a row out to the row of an owning table."""
    if climb is None:
        return lambda cells, row: ROOT_ROW
    if not climb:
        return lambda cells, row: row

    def out(cells: Cells, row: str) -> str:
        for table in climb:
            row = cells.facts.owner(table, row)
        return row

    return out


def walk(live: Live, rows: Rows) -> Walk:
    """The rows a quantifier walks, seen from one row."""
    outward = step(rows.climb)
    if rows.relation is not None:
        kin = live.kin(rows)
        return lambda cells, row: cells.read(kin, outward(cells, row))
    ticks = [slot for table in rows.path if (slot := live.closed(table)) is not None]
    listed = [live.rows(table) for table in (rows.path[-1:] if rows.climb is None else rows.path)]

    def walked(cells: Cells, row: str) -> Walked:
        keys: tuple[tuple[str, Truth], ...] = ((outward(cells, row), True),)
        for slot in listed:
            keys = tuple(pair for owner, _ in keys for pair in cells.read(slot, owner))
        return keys, not all(cells.read(slot, ROOT_ROW) for slot in ticks)

    return walked


def kin_slot(live: Live, rows: Rows) -> Slot:
    """Who stands in a relation to a row; a row whose kinship is not known may belong."""
    relation, by, groups = rows.relation, rows.by, rows.groups
    if relation is None or by is None or groups is None:  # pragma: no cover - the checker filled them
        raise AssertionError(rows.table.id)
    slot = Slot(relation.id)
    field, listed, tick = live.field(by), live.rows(rows.table.id), live.closed(rows.table.id)
    anyone = frozenset(group for pair in relation.pairs.values() for group in pair)
    pairs = {group: frozenset(others) for group, others in relation.pairs.items()}

    def compute(cells: Cells, row: str) -> Walked:
        code = cells.read(field, row)
        allowed = anyone if code is None else pairs.get(groups.get(code, ""), frozenset())
        if not allowed:
            return (), False
        found: list[tuple[str, Truth]] = []
        for other, _ in cells.read(listed, cells.facts.owner(rows.table.id, row)):
            theirs = cells.read(field, other) if other != row else ""
            if theirs is None or groups.get(theirs, "") in allowed:
                found.append((other, None if code is None or theirs is None else True))
        return tuple(pair for pair in found if pair[0] != row), tick is not None and not cells.read(tick, ROOT_ROW)

    slot.compute = compute
    return slot
