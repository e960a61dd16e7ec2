"""Days to be reminded of: ages reached, cards and terms that run out, benefits that end or must be reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from clerk.packed import digest_of
from clerk.radar import Due, Radar, Reason, Source
from clerk.records import ENDED
from forms.language.blocks import Array, Block
from forms.language.column_nodes import elapsed_by_day
from forms.language.columns import Batch
from forms.language.encoding import UNKNOWN, interned
from forms.language.graph import reached
from forms.language.plan import Plan
from forms.language.tree import Compare, Constant, Elapsed, FieldRead, Node, StandardRead
from forms.language.values import Range
from forms.schema import ROOT, Field, Kind

_EPOCH = date(1970, 1, 1).toordinal()


class Calendar:
    """Looks through chunk after chunk for days after `since` up to the plan's day."""

    def __init__(self, source: Source, since: date, plan: Plan, ages: Sequence[int], made: Radar) -> None:
        self.source = source
        self.since, self.until, self.plan, self.made = since.toordinal(), plan.on.toordinal(), plan, made
        spoken = ages_spoken_of(plan)
        wanted = {field: tuple(ages) for field in spoken} if ages else spoken
        self.ages = {plan.catalogue.fields[key]: found for key, found in wanted.items()}
        self.expiring = [field for field in plan.catalogue.fields.values() if field.expires]

    def look(self, ids: Sequence[str], batch: Batch) -> None:
        """Remind of everything in these households."""
        with np.errstate(all="ignore"):
            for field, ages in self.ages.items():
                self._ages(ids, batch, field, ages)
            for field in self.expiring:
                days = batch.field(field)
                self._remind(ids, batch.columns.blocks[field.table], days, Reason.EXPIRY, field)
            self._benefits(ids, batch)
            self._filed(ids, batch)

    def _ages(self, ids: Sequence[str], batch: Batch, field: Field, ages: Sequence[int]) -> None:
        block, born = batch.columns.blocks[field.table], batch.field(field)
        then, now = (elapsed_by_day(on, years=True) for on in (self.since, self.until))
        young, old = then[np.clip(born, 1, len(then) - 1)], now[np.clip(born, 1, len(now) - 1)]
        for age in ages:
            rows = np.flatnonzero((born != UNKNOWN) & (young < age) & (old >= age))
            due = partial(self._birthday, ids, block, (field, age, born))
            self.made.remind(Reason.AGE, len(rows), partial(_first, due, rows))

    def _birthday(self, ids: Sequence[str], block: Block, told: tuple[Field, int, Array], row: int) -> Due:
        field, age, born = told
        day = birthday(date.fromordinal(int(born[row])), age)
        return Due(Reason.AGE, ids[block.household[row]], field.table, _place(block, row), day, field.id, age=age)

    def _remind(self, ids: Sequence[str], block: Block, days: Array, reason: Reason, field: Field) -> None:
        def due(row: int) -> Due:
            day = date.fromordinal(int(days[row]))
            return Due(reason, ids[block.household[row]], field.table, _place(block, row), day, field.id)

        rows = np.flatnonzero((days > self.since) & (days <= self.until))
        self.made.remind(reason, len(rows), partial(_first, due, rows))

    def _benefits(self, ids: Sequence[str], batch: Batch) -> None:
        """Recorded benefits that end, whose term is over, or that are due for review."""
        status = self.plan.catalogue.status
        if status is None or status.table not in batch.columns.blocks:
            return
        named, begun, ended = (
            self.plan.catalogue.field_of(status.table, name) for name in (status.programme, status.since, status.until)
        )
        if named is None or begun is None or ended is None:
            return
        block = batch.columns.blocks[status.table]
        which, start, end = batch.field(named), batch.field(begun), batch.field(ended)
        for name, number in interned(self.plan, named.codes).items():
            mine = (which == number) & (start != UNKNOWN)
            for row, reason, day in self._ends(name, np.flatnonzero(mine), start, end):
                found = Due(reason, ids[block.household[row]], status.table, _place(block, row), day, programme=name)
                self.made.remind(reason, 1, partial(_one, found))

    def _filed(self, ids: Sequence[str], batch: Batch) -> None:
        """Filed applications in force whose term is over or that are due for review; what is recorded (已享) speaks for itself."""
        places = {one: number for number, one in enumerate(ids)}
        latest: dict[tuple[str, str, str], date] = {}
        for household, name, row, status, start in self.source.running(ids):
            if household in places and name in self.plan.programmes and status not in ENDED:
                key = (household, name, row)
                latest[key] = max(start, latest.get(key, start))
        recorded = self._recorded(ids, batch) if latest else frozenset()
        open_end = np.array([UNKNOWN])
        for (household, name, row), start in latest.items():
            table = self.plan.programmes[name].programme.subject
            place = _place_of(batch.columns.blocks[table], places[household], row)
            member = digest_of(row) if table == Kind.MEMBER.value else 0
            if place is None or {(household, name, member), (household, name, 0)} & recorded:
                continue
            for _, reason, day in self._ends(name, np.array([0]), np.array([start.toordinal()]), open_end):
                self.made.remind(reason, 1, partial(_one, Due(reason, household, table, place, day, programme=name)))

    def _recorded(self, ids: Sequence[str], batch: Batch) -> frozenset[tuple[str, str, int]]:
        """What the status table records as still received: household, programme, digest of the member it is recorded for.

        A programme that is not judged member by member is recorded for the household, whoever's row it stands in.
        """
        status, found = self.plan.catalogue.status, set()
        if status is None or status.table not in batch.columns.blocks:
            return frozenset()
        block = batch.columns.blocks[status.table]
        named, until = (self.plan.catalogue.field_of(status.table, name) for name in (status.programme, status.until))
        if named is None or until is None:
            return frozenset()
        which, end = batch.field(named), batch.field(until)
        owners = batch.columns.blocks[self.plan.catalogue.tables[status.table].owner or ROOT].keys
        for name, number in interned(self.plan, named.codes).items():
            own = self.plan.programmes[name].programme.subject == Kind.MEMBER.value if name in self.plan.programmes else False
            for row in np.flatnonzero((which == number) & ((end == UNKNOWN) | (end > self.since))):
                member = int(owners[block.owner[row]]) if own and owners is not None and block.owner is not None else 0
                found.add((ids[block.household[row]], name, member))
        return frozenset(found)

    def _ends(self, name: str, rows: Array, start: Array, end: Array) -> Iterator[tuple[int, Reason, date]]:
        programme = self.plan.catalogue.programmes[name]
        for row in rows[(end[rows] > self.since) & (end[rows] <= self.until)]:
            yield int(row), Reason.ENDING, date.fromordinal(int(end[row]))
        runs = rows[(end[rows] == UNKNOWN) | (end[rows] > self.until)]
        if programme.valid_months and len(runs):
            days = months_later(start[runs], programme.valid_months)
            yield from self._within(runs, days, Reason.VALIDITY)
        if programme.review_months and len(runs):
            longest = (self.until - int(start[runs].min())) // (28 * programme.review_months)
            for times in range(1, longest + 1):
                yield from self._within(runs, months_later(start[runs], programme.review_months * times), Reason.REVIEW)

    def _within(self, rows: Array, days: Array, reason: Reason) -> Iterator[tuple[int, Reason, date]]:
        for place in np.flatnonzero((days > self.since) & (days <= self.until)):
            yield int(rows[place]), reason, date.fromordinal(int(days[place]))


def ages_spoken_of(plan: Plan) -> dict[str, tuple[int, ...]]:
    """For each day of birth that rules compare full years of, the ages they compare it with, from youngest."""
    found: dict[str, set[int]] = {}
    for programme in plan.programmes.values():
        for root in programme.conditions:
            for node in reached(root, plan.definitions):
                if isinstance(node, Compare):
                    _note(node, found)
    return {key: tuple(sorted(ages)) for key, ages in found.items()}


def birthday(born: date, age: int) -> date:
    """The day somebody reaches an age; 29 February counts as 1 March in common years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def months_later(days: Array, months: int) -> Array:
    """The same day of a later month, its last day where the month is too short; ordinals."""
    at = (np.asarray(days, dtype=np.int64) - _EPOCH).astype("datetime64[D]")
    first = at.astype("datetime64[M]")
    later = first + np.timedelta64(months, "M")
    length = ((later + np.timedelta64(1, "M")).astype("datetime64[D]") - later.astype("datetime64[D]")).astype(np.int64)
    within = np.minimum((at - first.astype("datetime64[D]")).astype(np.int64), length - 1)
    ordinals: Array = later.astype("datetime64[D]").astype(np.int64) + within + _EPOCH
    return ordinals


def _note(node: Compare, found: dict[str, set[int]]) -> None:
    for years, other in ((node.left, node.right), (node.right, node.left)):
        if isinstance(years, Elapsed) and years.years and isinstance(years.day, FieldRead):
            ages = found.setdefault(years.day.field.key, set())
            beyond = node.sign in ("≤>" if years is node.left else "<≥")
            ages |= {number + beyond for number in _numbers(other)}


def _numbers(node: Node) -> list[int]:
    if isinstance(node, Constant) and isinstance(node.value, Range):
        return [int(node.value.low)]
    if isinstance(node, StandardRead):
        return [cell for cell in node.cells.values() if isinstance(cell, int)]
    return []


def _first(due: Callable[[int], Due], rows: Array, count: int) -> Iterator[Due]:
    return (due(int(row)) for row in rows[:count])


def _one(due: Due, count: int) -> tuple[Due, ...]:
    return (due,)


def _place(block: Block, row: np.integer[Any] | int) -> int:
    return int(row - np.searchsorted(block.household, block.household[row]))


def _place_of(block: Block, household: int, row: str) -> int | None:
    """The place of a row by its key among those of its household; None when it is not there any more."""
    if block.keys is None:
        return 0
    low, high = np.searchsorted(block.household, [household, household + 1])
    (found,) = np.nonzero(block.keys[low:high] == np.uint64(digest_of(row)))
    return int(found[0]) if len(found) else None
