"""任一, 每, 数, 合计 and recorded benefits over the rows of many households at once."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from forms.language.blocks import Array, Groups
from forms.language.bounds import bounds
from forms.language.encoding import FIRST, UNKNOWN, interned
from forms.language.spans import LIMIT, Span, doubt_large, level, reduced, settled, taken, tamed
from forms.language.spans import ZERO as NOUGHT
from forms.language.tree import Each, Rows
from forms.schema import ROOT

if TYPE_CHECKING:
    from forms.language.columns import Batch


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """The rows walked from each row of the start table.

    `take` picks them from the walked table (None: all, in order), `belongs` says how surely (None: all surely), `open`
    where more may come (None: nowhere).
    """

    groups: Groups
    take: Array | None = None
    belongs: Array | None = None
    open: Array | None = None


def each(batch: Batch, node: Each, table: str) -> Any:
    """One quantifier, seen from every row of `table`."""
    start = batch.start(table, node.rows.climb)
    walk = _kin(batch, node.rows) if node.rows.relation else _descend(batch, node.rows, start)
    found: Any
    if node.number is not None:
        found = _sum(batch, node, walk, start)
    else:
        test = _tested(batch, node, walk)
        found = _COUNTS[node.what](walk, test) if node.what in _COUNTS else _count(node, walk, test)
    return batch.at(found, table, node.rows.climb)


def recorded_groups(batch: Batch, programme: str, subject: str) -> Any:
    """Whether the status table records a programme in force, a row of its subject table."""
    status = batch.plan.catalogue.status
    if status is None or status.table not in batch.columns.blocks:
        return np.int8(-1)
    rows = batch.plan.checker.scope.rows(subject, batch.plan.catalogue.tables[status.table], _nowhere(batch, programme))
    start = batch.start(subject, rows.climb)
    walk = _descend(batch, rows, start)
    test = batch.kept(("在册", programme), lambda: _recorded(batch, programme))
    return batch.at(_any(walk, test), subject, rows.climb)


def _descend(batch: Batch, rows: Rows, start: str) -> Walk:
    columns, tables = batch.columns, batch.plan.catalogue.tables
    waiting = columns.open(tuple(table for table in rows.path if tables[table].closing))
    if waiting is not None and start != ROOT:
        waiting = waiting[columns.household(start)]
    return Walk(columns.groups(start, rows.path), open=waiting)


def _kin(batch: Batch, rows: Rows) -> Walk:
    """Who stands in a relation to each row; a row whose kinship is not known may belong."""
    relation = rows.relation
    assert relation is not None
    found: Walk = batch.kept(("关系", relation.id), lambda: _related(batch, rows))
    return found


def _related(batch: Batch, rows: Rows) -> Walk:
    relation, by, table = rows.relation, rows.by, rows.table.id
    assert relation is not None
    assert by is not None
    matrix, speaks = _kinship(batch, rows)
    codes = batch.field(by)
    block = batch.columns.blocks[table]
    within = batch.plan.catalogue.tables[table].owner or ROOT
    home = Groups(block.household if block.owner is None else block.owner, batch.columns.size(within))
    counts = home.counts[home.index]
    first = (np.cumsum(home.counts) - home.counts)[home.index]
    me = np.repeat(np.arange(block.rows), counts)
    other = np.arange(me.size) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first, counts)
    belongs = matrix[codes[me], codes[other]]
    kin = (belongs >= 0) & (me != other)
    tick = batch.plan.catalogue.tables[table].closing
    waiting = batch.columns.open((table,)) if tick else None
    if waiting is not None:
        waiting = waiting[block.household] & speaks[codes]
    return Walk(Groups(me[kin], block.rows), other[kin], belongs[kin], waiting)


def _kinship(batch: Batch, rows: Rows) -> tuple[Array, Array]:
    """Whether a row with one code has a row with another in the relation; and whether it can have any at all."""
    relation, by, groups = rows.relation, rows.by, rows.groups or {}
    assert relation is not None
    assert by is not None
    numbers = interned(batch.plan, by.codes)
    anyone = frozenset(group for pair in relation.pairs.values() for group in pair)
    group_of = {number: groups.get(code, "") for code, number in numbers.items()}
    matrix = np.full((FIRST + len(numbers), FIRST + len(numbers)), -1, dtype=np.int8)
    speaks = np.zeros(len(matrix), dtype=bool)
    for mine in range(len(matrix)):
        unknown = mine == UNKNOWN
        allowed = anyone if unknown else frozenset(relation.pairs.get(group_of.get(mine, ""), ()))
        speaks[mine] = bool(allowed)
        for theirs in range(len(matrix)):
            if theirs == UNKNOWN or group_of.get(theirs, "") in allowed:
                matrix[mine, theirs] = -1 if not allowed else 0 if unknown or theirs == UNKNOWN else 1
    return matrix, speaks


def _tested(batch: Batch, node: Each, walk: Walk) -> Array:
    table = node.rows.table.id
    test: Any = np.int8(1) if node.condition is None else batch.node(node.condition, table)
    whole: Array = np.broadcast_to(test, batch.columns.size(table))
    return whole if walk.take is None else whole[walk.take]


def _any(walk: Walk, test: Array) -> Array:
    found = walk.groups.reduce(np.maximum, test if walk.belongs is None else np.minimum(test, walk.belongs), -1)
    return found if walk.open is None else np.where(walk.open, np.maximum(found, 0), found).astype(np.int8)


def _every(walk: Walk, test: Array) -> Array:
    found = walk.groups.reduce(np.minimum, test if walk.belongs is None else np.maximum(test, -walk.belongs), 1)
    return found if walk.open is None else np.where(walk.open, np.minimum(found, 0), found).astype(np.int8)


_COUNTS = {"任一": _any, "每": _every}


def _count(node: Each, walk: Walk, test: Array) -> Span:
    truth = test if walk.belongs is None else np.minimum(test, walk.belongs)
    lo = walk.groups.reduce(np.add, (truth > 0).astype(np.float64), 0)
    hi = lo if np.all(truth != 0) else walk.groups.reduce(np.add, (truth >= 0).astype(np.float64), 0)
    most = float(walk.groups.counts.max()) if walk.groups.size else 0.0
    if walk.open is None:
        return Span(lo, hi, most=most, natural=True, finite=True)
    whole = node.condition is None and node.rows.climb is None and node.rows.relation is None
    least = node.rows.table.least if whole and len(node.rows.path) == 1 else 0
    lo, hi = np.where(walk.open, np.maximum(lo, least), lo), np.where(walk.open, inf, hi)
    return Span(lo, hi, most=max(most, least), natural=True, finite=False)


def _sum(batch: Batch, node: Each, walk: Walk, start: str) -> Span:
    table = node.rows.table.id
    doubt = batch.doubt(table)
    number: Span = batch.node(node.number, table) if node.number is not None else NOUGHT
    if walk.take is not None:
        number = taken(number, walk.take)
        doubt = _through(doubt, walk.take, batch.columns.size(table))
    test = _tested(batch, node, walk)
    truth = test if walk.belongs is None else np.minimum(test, walk.belongs)
    number = _counted(_broad(number, truth.size), truth, doubt)
    total = settled(_added(number, walk.groups, doubt), batch.doubt(start))
    if walk.open is None or node.number is None:
        return total
    low, high = bounds(batch.plan, node.number)
    lo = np.where(walk.open, -inf, total.lo) if low < 0 else total.lo
    hi = np.where(walk.open, inf, total.hi) if high > 0 else total.hi
    return Span(lo, hi, total.den, total.most, total.thick, natural=total.natural and low >= 0, finite=False)


def _counted(number: Span, truth: Array, doubt: Any) -> Span:
    """What each row adds: nothing when it does not count, perhaps nothing when that is not known."""
    if np.all(truth > 0):
        return number
    number, _ = level(number, NOUGHT, doubt)
    lo = np.where(truth > 0, number.lo, np.where(truth < 0, 0.0, np.minimum(number.lo, 0.0)))
    hi = lo
    if not number.known or np.any(truth == 0):
        hi = np.where(truth > 0, number.hi, np.where(truth < 0, 0.0, np.maximum(number.hi, 0.0)))
    return Span(lo, hi, number.den, number.most, number.thick, natural=number.natural, finite=number.finite)


def _added(number: Span, groups: Groups, doubt: Any) -> Span:
    lo, hi, den, most = number.lo, number.hi, number.den, number.most
    if isinstance(den, np.ndarray):
        number, den, factor = _one_denominator(number, groups, doubt)
        lo, most = number.lo * factor, doubt_large(number.lo * factor, LIMIT, doubt)
        hi = lo if number.known else number.hi * factor
        most = most if number.known else max(most, doubt_large(hi, LIMIT, doubt))
    low = groups.reduce(np.add, lo, 0.0)
    high = low if number.known else groups.reduce(np.add, hi, 0.0)
    if not number.finite:
        low, high = tamed(low, high)
    rows = float(groups.counts.max()) if groups.size else 0.0
    thick = number.thick if isinstance(den, float) else float(den.max(initial=1.0))
    return Span(low, high, den, most * rows, thick, natural=number.natural, finite=number.finite)


def _one_denominator(number: Span, groups: Groups, doubt: Any) -> tuple[Span, Array, Array]:
    """Each group over the least common denominator of its rows, and what each row is multiplied by."""
    number = reduced(number)
    whole = np.where(number.den < LIMIT, number.den, 1.0)
    size = groups.reduce(np.multiply, whole, 1.0)
    large = size >= LIMIT
    alike = groups.reduce(np.maximum, whole, 1.0) == groups.reduce(np.minimum, whole, 1.0)
    doubt((large & ~alike)[groups.index] | (number.den >= LIMIT))
    den = groups.reduce(np.lcm, np.where(large[groups.index], 1.0, whole).astype(np.int64), 1).astype(np.float64)
    den = np.where(alike, groups.reduce(np.maximum, whole, 1.0), den)
    return number, den, den[groups.index] / whole


def _recorded(batch: Batch, programme: str) -> Array:
    """Whether each row of the status table speaks of the programme, in force on the plan's day."""
    status = batch.plan.catalogue.status
    assert status is not None
    fields, on = batch.plan.catalogue.fields, batch.plan.on.toordinal()
    which = fields[f"{status.table}.{status.programme}"]
    named = batch.field(which)
    truth = np.where(
        named == UNKNOWN, 0, np.where(named == interned(batch.plan, which.codes).get(programme, -1), 1, -1)
    )
    if status.since:
        begun = batch.field(fields[f"{status.table}.{status.since}"])
        truth = np.minimum(truth, np.where(begun == UNKNOWN, 0, np.where(begun > on, -1, 1)))
    if status.until:
        ended = batch.field(fields[f"{status.table}.{status.until}"])
        truth = np.where((ended != UNKNOWN) & (ended < on), -1, truth)
    return truth.astype(np.int8)


def _broad(span: Span, size: int) -> Span:
    lo = np.broadcast_to(span.lo, size)
    hi = lo if span.known else np.broadcast_to(span.hi, size)
    return Span(lo, hi, span.den, span.most, span.thick, natural=span.natural, finite=span.finite)


def _through(doubt: Any, take: Array, size: int) -> Any:
    """Report picked rows as the rows they were picked from."""

    def report(mask: Any) -> None:
        rows = np.zeros(size, dtype=bool)
        rows[take[np.broadcast_to(mask, take.shape)]] = True
        doubt(rows)

    return report


def _nowhere(batch: Batch, programme: str) -> Any:
    return batch.plan.programmes[programme].programme.place
