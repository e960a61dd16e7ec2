"""任一, 每, 数, 合计 over rows, and recorded benefits: a list that may still grow never closes a question."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING, Any

from forms.language.bounds import bounds
from forms.language.cells import Cells
from forms.language.facts import ROOT_ROW
from forms.language.ranges import ZERO, Pair, Truth, add, both, hull
from forms.language.rows import Walk
from forms.language.tree import Each, ProgrammeRead

if TYPE_CHECKING:
    from forms.language.live import Live

Test = Callable[[Cells, str], Truth]


def each(live: Live, node: Each) -> Callable[[Cells, str], Any]:
    """The closure of one quantifier."""
    walk = live.walk(node.rows)
    test: Test = live.closure(node.condition) if node.condition is not None else lambda cells, row: True
    if node.what == "任一":
        return _any(walk, test)
    if node.what == "每":
        return _every(walk, test)
    if node.number is not None:
        return _sum(walk, live.closure(node.number), test, bounds(live.plan, node.number))
    whole = node.condition is None and node.rows.climb is None and node.rows.relation is None
    return _count(walk, test, node.rows.table.least if whole and len(node.rows.path) == 1 else 0)


def in_force(live: Live, node: ProgrammeRead) -> Test:
    """Whether the status table records the programme for a subject and the plan's day lies in its time.

    An empty end day means it still runs; an unknown start day leaves the question open.
    """
    if node.status is None:
        return lambda cells, row: False
    return _any(live.walk(node.status), recorded(live, node.programme))


def recorded(live: Live, programme: str) -> Test:
    """Whether one row of the status table speaks of the programme, in force on the plan's day."""
    status, on = live.plan.catalogue.status, live.plan.on
    if status is None:  # pragma: no cover - the checker refused 在享 without a status table
        raise AssertionError(programme)
    fields = live.plan.catalogue.fields
    which = live.field(fields[f"{status.table}.{status.programme}"])
    since, until = (
        live.field(fields[f"{status.table}.{name}"]) if name else None for name in (status.since, status.until)
    )

    def test(cells: Cells, row: str) -> Truth:
        named = cells.read(which, row)
        if named is not None and named != programme:
            return False
        ended = cells.read(until, row) if until else None
        if ended is not None and ended < on:
            return False
        begun = cells.read(since, row) if since else on
        if begun is not None and begun > on:
            return False
        return None if named is None or begun is None else True

    return test


def _any(walk: Walk, test: Test) -> Test:
    def compute(cells: Cells, row: str) -> Truth:
        found, more = walk(cells, row)
        result: Truth = None if more else False
        for key, belongs in found:
            truth = test(cells, key)
            if truth is False:
                continue
            if truth and belongs:
                return True
            result = None
        return result

    return compute


def _every(walk: Walk, test: Test) -> Test:
    def compute(cells: Cells, row: str) -> Truth:
        found, more = walk(cells, row)
        result: Truth = None if more else True
        for key, belongs in found:
            truth = test(cells, key)
            if truth is True:
                continue
            if truth is False and belongs:
                return False
            result = None
        return result

    return compute


def _count(walk: Walk, test: Test, least: int) -> Callable[[Cells, str], Pair]:
    def compute(cells: Cells, row: str) -> Pair:
        found, more = walk(cells, row)
        low = high = 0
        for key, belongs in found:
            truth = both(belongs, test(cells, key))
            low += truth is True
            high += truth is not False
        return (max(low, least), inf) if more else (low, high)

    return compute


def _sum(walk: Walk, number: Callable[[Cells, str], Pair], test: Test, possible: Pair) -> Callable[[Cells, str], Pair]:
    def compute(cells: Cells, row: str) -> Pair:
        found, more = walk(cells, row)
        total = ZERO
        for key, belongs in found:
            truth = both(belongs, test(cells, key))
            if truth is False:
                continue
            part = number(cells, key)
            total = add(total, part if truth else hull(part, ZERO))
        if not more:
            return total
        return (-inf if possible[0] < 0 else total[0]), (inf if possible[1] > 0 else total[1])

    return compute


def open_ticks(live: Live, path: tuple[str, ...], cells: Cells) -> list[str]:
    """The tables on a path that still wait for their 录齐."""
    ticks = ((table, live.closed(table)) for table in path)
    return [table for table, slot in ticks if slot is not None and not cells.read(slot, ROOT_ROW)]
