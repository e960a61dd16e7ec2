"""Screen one chunk of the store by two plans and sort what differs: gained, lost, moved, possible, never applied for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from clerk.household import Household
from clerk.packed import Layout, digest_of, layout_of, pack, subject_rows
from clerk.radar import Found, Radar, Source, Turn
from clerk.radar_gaps import Gaps, Seen
from clerk.screening import is_held
from clerk.unpacked import columns_of, household_of, is_of
from forms.language.blocks import Array
from forms.language.columns import Batch
from forms.language.evaluate import Evaluator
from forms.language.graph import reached
from forms.language.plan import Plan
from forms.language.tree import ProgrammeRead
from forms.language.values import Verdict
from forms.policy import Bond
from forms.schema import ROOT

_TRUTH = {Verdict.YES: 1, Verdict.UNKNOWN: 0, Verdict.NO: -1}
_STEPS_ASIDE = frozenset({Bond.EXCLUDES, Bond.CHOOSE, Bond.HIGHER, Bond.TOP_UP})


@dataclass(frozen=True, slots=True)
class Chunk:
    """Households that were screened by columns, by the later plan; `ids` in the order of the columns."""

    ids: Sequence[str]
    after: Batch


class Scan:
    """Screens chunk after chunk into one radar."""

    def __init__(self, source: Source, before: Plan, after: Plan, made: Radar) -> None:
        self.source, self.before, self.after, self.made = source, before, after, made
        self.layouts: tuple[Layout, Layout] = (layout_of(before), layout_of(after))
        self.names = tuple(dict.fromkeys([*after.programmes, *before.programmes]))
        self.gaps = Gaps(after, made)
        self.kin = _kin(before) | _kin(after)

    def chunk(self, records: Sequence[tuple[str, bytes | None]]) -> Chunk:
        """Screen some households; those that no record holds are read from their documents."""
        early, late = (
            self._records(records, plan, layout)
            for plan, layout in zip((self.before, self.after), self.layouts, strict=True)
        )
        ids = [one for one, _ in records if one in early and one in late]
        after = Batch(self.after, columns_of([late[one] for one in ids], self.layouts[1]))
        same = self.layouts[0].stamp == self.layouts[1].stamp
        before = Batch(self.before, after.columns if same else columns_of([early[one] for one in ids], self.layouts[0]))
        seen = {name: self._seen(name, before, after) for name in self.names}
        doubtful = before.doubtful | after.doubtful
        self._sort(
            ids,
            {name: _without(one, doubtful) for name, one in seen.items()},
            lambda place: household_of(late[ids[place]], self.layouts[1], self.after),
        )
        fitting = set(ids)
        alone = [one for one, doubt in zip(ids, doubtful, strict=True) if doubt]
        for household_id in [*alone, *(one for one, _ in records if one not in fitting)]:
            self._alone(household_id)
        return Chunk(ids, after)

    def _records(self, records: Sequence[tuple[str, bytes | None]], plan: Plan, layout: Layout) -> dict[str, bytes]:
        """Each household's record in a layout, made now where the store's is of another one; without those it cannot hold."""
        made: dict[str, bytes] = {}
        for household_id, kept in records:
            record = kept if is_of(kept, layout) else self._packed(household_id, plan, layout)
            if record is not None:
                made[household_id] = record
        return made

    def _packed(self, household_id: str, plan: Plan, layout: Layout) -> bytes | None:
        found = self.source.household(household_id, plan.catalogue)
        return pack(found[1], layout) if found else None

    def _seen(self, name: str, early: Batch, late: Batch) -> Seen:
        batch = late if name in self.after.programmes else early
        block = batch.columns.blocks[subject_of(name, self.after, self.before)]
        before, after = (_truths(one, name, block.rows) for one in (early, late))
        place = np.arange(block.rows) - np.searchsorted(block.household, block.household)
        return Seen(before, after, batch.held(name), block.household, place, block.keys)

    def _alone(self, household_id: str) -> None:
        """Judge one household by the live evaluator, from its document."""
        found = self.source.household(household_id, self.after.catalogue)
        if found is None:
            return
        self.made.alone += 1
        early, late = Evaluator(self.before, found[1]), Evaluator(self.after, found[1])
        rows = {
            name: subject_rows(found[1], self.layouts[1], subject_of(name, self.after, self.before))
            for name in self.names
        }
        seen = {name: _lived(name, early, late, rows[name]) for name in self.names}
        self._sort([household_id], seen, lambda _: found[1])

    def _sort(self, ids: Sequence[str], seen: dict[str, Seen], home: Callable[[int], Household]) -> None:
        gained: dict[int, list[Found]] = defaultdict(list)
        lost: dict[int, list[Found]] = defaultdict(list)
        for name, one in seen.items():
            for household, found in _turned(name, one, ids):
                sorted_by = {Turn.GAINED: gained, Turn.LOST: lost}.get(found.turn)
                if sorted_by is None:
                    self.made.take(found)
                else:
                    sorted_by[household].append(found)
        for household in gained.keys() | lost.keys():
            self._moves(gained[household], lost[household])
        self.gaps.take(ids, seen, self._asked(ids), home)

    def _moves(self, gained: list[Found], lost: list[Found]) -> None:
        """A loss beside a gain of what it steps aside for is one move, not a loss."""
        for one in gained:
            pair = next((old for old in lost if self._steps_aside(old, one)), None)
            if pair is None:
                self.made.take(one)
            else:
                lost.remove(pair)
                self.made.take(Found(Turn.MOVED, one.household, one.programme, one.place, pair.held, pair.programme))
        for one in lost:
            self.made.take(one)

    def _steps_aside(self, old: Found, new: Found) -> bool:
        if frozenset((old.programme, new.programme)) not in self.kin:
            return False
        subjects = {subject_of(one.programme, self.after, self.before) for one in (old, new)}
        return ROOT in subjects or old.place == new.place

    def _asked(self, ids: Sequence[str]) -> set[tuple[str, int, int]]:
        """What these households ever applied for, by their places and the digests of the rows it was for."""
        places = {one: number for number, one in enumerate(ids)}
        return {
            (programme, places[household], digest_of(row) if row else 0)
            for household, programme, row in self.source.applied(ids)
            if household in places
        }


def _turned(name: str, one: Seen, ids: Sequence[str]) -> Iterator[tuple[int, Found]]:
    """Everything of one programme that differs, with the household's place."""
    for row in np.flatnonzero(one.before != one.after):
        before, after, held = int(one.before[row]), int(one.after[row]), bool(one.held[row] > 0)
        turn = _turn(before, after, held=held)
        if turn is not None:
            household = int(one.household[row])
            yield household, Found(turn, ids[household], name, int(one.place[row]), held)


def _turn(before: int, after: int, *, held: bool) -> Turn | None:
    if before > 0:
        return Turn.LOST if after < 0 else Turn.UNSURE
    if held:
        return None
    if after > 0:
        return Turn.GAINED
    return Turn.POSSIBLE if before < 0 else None


def _without(one: Seen, doubtful: Array) -> Seen:
    """The same without households that somebody else judges: nothing differs, nothing is open."""
    if not doubtful.any():
        return one
    away = doubtful[one.household]
    before, after = np.where(away, -1, one.before), np.where(away, -1, one.after)
    return Seen(before, after, one.held, one.household, one.place, one.keys)


def subject_of(name: str, *plans: Plan) -> str:
    """The table a programme is judged for, by the first plan that knows it."""
    return next(plan.programmes[name].programme.subject for plan in plans if name in plan.programmes)


def _truths(batch: Batch, name: str, rows: int) -> Array:
    """A programme's verdicts; nobody qualifies for what a plan does not know."""
    return batch.verdict(name) if name in batch.plan.programmes else np.full(rows, -1, dtype=np.int8)


def _lived(name: str, early: Evaluator, late: Evaluator, rows: Sequence[str]) -> Seen:
    judge = late if name in late.plan.programmes else early
    before, after = (
        [_TRUTH[one.verdict(name, row)] if name in one.plan.programmes else -1 for row in rows] for one in (early, late)
    )
    held = [1 if is_held(judge, name, row) else -1 for row in rows]
    keys = None if rows == [""] else np.array([digest_of(row) for row in rows], dtype=np.uint64)
    alone = np.zeros(len(rows), dtype=np.int64)
    told = [np.array(one, dtype=np.int8) for one in (before, after, held)]
    return Seen(told[0], told[1], told[2], alone, np.arange(len(rows)), keys)


def _kin(plan: Plan) -> frozenset[frozenset[str]]:
    """Pairs of programmes where one steps aside for the other: it reads it in its conditions, or the matrix bars it."""
    found = {frozenset(one.programmes) for one in plan.catalogue.compatibilities if one.bond in _STEPS_ASIDE}
    for name, one in plan.programmes.items():
        for root in one.conditions:
            for node in reached(root, plan.definitions):
                if isinstance(node, ProgrammeRead):
                    found.add(frozenset((name, node.programme)))
    return frozenset(found)
