"""Look for the borders of one answer: from where to where which conditions hold.

The search walks whole fen (whole numbers, hundredths) and halves an interval wherever the conditions at its two ends
differ, so that both sides of every border found were judged by the rules themselves. A condition that comes and goes
between two trials can hide a border: what is said is always true, what is not said is not promised to be impossible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from clerk.what_if import Subject, Trial, household_programmes
from forms.language.cells import Key, Slot
from forms.language.facts import Facts
from forms.language.types import NUMBERS
from forms.language.values import Verdict
from forms.schema import ROOT, Field, Kind, Value

REACH = {Kind.MONEY: 10**8, Kind.NUMBER: 10**6, Kind.INTEGER: 10**4}
"""The highest answer tried, in steps of the kind (fen, hundredths, ones), unless the form allows less."""

Truths = tuple[bool | None, ...]
Place = tuple[Field, str]
"""One answer: the question, and the row it stands in."""
Borders = list[tuple[int, int]]
"""Pieces of answers in steps, both ends included, within which every condition stays the same."""


def _points(field: Field, present: Value | None) -> list[int]:
    """Where a search starts: the least and the most that may be answered, and around what there is."""
    low = _steps(field, field.low) if isinstance(field.low, int | Fraction) else 0
    high = _steps(field, field.high) if isinstance(field.high, int | Fraction) else REACH[field.kind]
    points = {low, high}
    if isinstance(present, int | Fraction):
        here = _steps(field, present)
        points |= {point for point in (here // 2, here, here * 2) if low <= point}
    return sorted(points)


def _steps(field: Field, value: int | Fraction) -> int:
    return int(value * 100 if field.kind is Kind.NUMBER else value)


def _value(field: Field, steps: int) -> int | Fraction:
    return Fraction(steps, 100) if field.kind is Kind.NUMBER else steps


def _joined(pieces: Borders) -> Borders:
    """Pieces that touch become one."""
    found: Borders = []
    for low, high in pieces:
        if found and found[-1][1] + 1 == low:
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return found


@dataclass(frozen=True, slots=True)
class Threshold:
    """With the answer from `low` to `high` (both included; None is without end) the verdict would be `verdict`.

    `present` is the answer there is. `switches` name the local switches without which this would not hold.
    """

    programme: str
    row: str
    field: Field
    at: str
    present: int | Fraction | None
    verdict: Verdict
    low: int | Fraction | None
    high: int | Fraction | None
    switches: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """(programme, subject row, field, row of the answer)."""
        return self.programme, self.row, self.field.key, self.at

    @property
    def step(self) -> int | Fraction:
        """The smallest difference between two answers."""
        return Fraction(1, 100) if self.field.kind is Kind.NUMBER else 1


class Search:
    """Looks for borders over one plan; keeps the pieces of each answer it has walked."""

    def __init__(self, trial: Trial, facts: Facts, trials: int) -> None:
        self.trial, self.facts, self.trials = trial, facts, trials
        self.complete = True
        self.pieces: dict[Place, Borders] = {}
        self.watched: dict[Place, tuple[Subject, ...]] = {}
        self._candidates: dict[Place, dict[Subject, bool]] | None = None

    def run(self, subjects: list[Subject]) -> list[Threshold]:
        """Every threshold of the subjects, by programme in their order, then in the order in which rules read answers."""
        found = [one for place, wanted in self.candidates(subjects).items() for one in self.at(place, wanted)]
        order = {subject: number for number, subject in enumerate(subjects)}
        return sorted(found, key=lambda one: order[one.programme, one.row])

    def candidates(self, subjects: list[Subject]) -> dict[Place, dict[Subject, bool]]:
        """The answers that alone may change a subject, each with its subjects; True where a no is of interest too.

        What a condition was not read from cannot change it: only answers behind every unmet condition count.
        """
        if self._candidates is None:
            self._candidates = dict(self._find(subjects))
        return self._candidates

    def _find(self, subjects: list[Subject]) -> Iterator[tuple[Place, dict[Subject, bool]]]:
        truths = {subject: self.trial.truths(subject) for subject in subjects}
        behind = _Behind(self.trial)
        found: dict[Place, dict[Subject, bool]] = {}
        for subject, (verdict, *conditions) in truths.items():
            if verdict is True:
                continue
            unmet = [number for number, truth in enumerate(conditions) if truth is not True]
            places = [behind.condition(subject, number) for number in unmet]
            for place in set.intersection(*places) if places else ():
                found.setdefault(place, {})[subject] = False
            for place in set.union(*places) if places and verdict is None else ():
                if self._present(place) is None:
                    found.setdefault(place, {})[subject] = True
        order = {key: number for number, key in enumerate(self.trial.evaluator.plan.catalogue.fields)}
        rows = {(table, row): number for table in {f.table for f, _ in found} for number, row in enumerate(self._rows(table))}
        for place in sorted(found, key=lambda one: (order[one[0].key], rows.get((one[0].table, one[1]), 0))):
            if self._sensible(place):
                yield place, found[place]

    def _rows(self, table: str) -> Iterable[str]:
        return () if table == ROOT else self.facts.rows(table)

    def _present(self, place: Place) -> Value | None:
        return self.facts.answer(place[0].table, place[0].id, place[1])

    def _sensible(self, place: Place) -> bool:
        """An answer there is, or an amount of money that nobody has said yet; nothing that is not asked here."""
        field, row = place
        relevance = self.trial.evaluator.live.relevance(field)
        if relevance is not None and self.trial.evaluator.cells.read(relevance, row) is False:
            return False
        return field.kind is Kind.MONEY or self._present(place) is not None

    def at(self, place: Place, wanted: Mapping[Subject, bool]) -> Iterator[Threshold]:
        """The nearest stretch of answers on either side of the present one that changes each subject."""
        pieces = self._walk(place, tuple(wanted))
        now = {subject: self.trial.truths(subject)[0] for subject in wanted}
        judged = [(piece, self.judge(place, piece[0], tuple(wanted))) for piece in pieces]
        self.trial.forget()
        for subject, also_no in wanted.items():
            for goal in (True, False) if also_no and now[subject] is None else (True,):
                if now[subject] is not goal:
                    yield from self._nearest(place, subject, goal, [(piece, said[subject][0]) for piece, said in judged])

    def _nearest(
        self, place: Place, subject: Subject, goal: bool, judged: list[tuple[tuple[int, int], bool | None]]
    ) -> Iterator[Threshold]:
        field, row = place
        present = self._present(place)
        assert present is None or isinstance(present, int | Fraction)
        stretches = _joined([piece for piece, truth in judged if truth is goal])
        here = None if present is None else _steps(field, present)
        above = [one for one in stretches if here is None or one[0] > here][:1]
        below = [one for one in stretches if here is not None and one[1] < here][-1:]
        ends = judged[0][0][0], judged[-1][0][1]
        for low, high in (*below, *above):
            if (low, high) == ends:
                continue  # whatever is answered: no border
            yield Threshold(
                *subject,
                field,
                row,
                present,
                Verdict.YES if goal else Verdict.NO,
                None if low == ends[0] else _value(field, low),
                None if high == ends[1] else _value(field, high),
            )

    def same(self, place: Place, other: Search) -> bool:
        """Whether the other plan answers alike at both ends of every piece that this one found."""
        if place not in self.pieces:
            return False
        watched = self.watched[place]
        return all(
            self.judge(place, end, watched) == other.judge(place, end, watched)
            for piece in self.pieces[place]
            for end in piece
        )

    def _walk(self, place: Place, subjects: tuple[Subject, ...]) -> Borders:
        """Cut the answers into pieces wherever a condition changes."""
        if place in self.pieces:
            return self.pieces[place]
        plan = self.trial.evaluator.plan
        watched = tuple(dict.fromkeys(one for subject in subjects for one in household_programmes(plan, subject)))
        points = _points(place[0], self._present(place))
        judged = [(point, self.judge(place, point, watched)) for point in points]
        cuts: list[tuple[int, int]] = []
        waiting = [(*left, *right) for left, right in pairwise(judged)][::-1]
        while waiting:
            low, at_low, high, at_high = waiting.pop()
            if at_low == at_high:
                continue
            if high - low == 1:
                cuts.append((low, high))
            elif self.trial.spent >= self.trials:
                self.complete = False
            else:
                middle = (low + high) // 2
                at_middle = self.judge(place, middle, watched)
                waiting += [(middle, at_middle, high, at_high), (low, at_low, middle, at_middle)]
        self.trial.forget()
        starts, stops = [points[0], *(high for _, high in cuts)], [*(low for low, _ in cuts), points[-1]]
        self.pieces[place], self.watched[place] = list(zip(starts, stops, strict=True)), watched
        return self.pieces[place]

    def judge(self, place: Place, steps: int, watched: tuple[Subject, ...]) -> dict[Subject, Truths]:
        """What the rules say of some subjects with this answer."""
        self.trial.suppose(*place, _value(place[0], steps))
        return {subject: self.trial.truths(subject) for subject in watched}


class _Behind:
    """Which numeric answers of the clerk's own questions each condition was read from."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.sources = trial.evaluator.cells.sources()
        plan, live = trial.evaluator.plan, trial.evaluator.live
        own = (field for section in plan.catalogue.sections if not section.system for field in section.fields)
        self.fields: dict[Slot, Field] = {live.field(one): one for one in own if one.kind in NUMBERS and not one.derived}

    def condition(self, subject: Subject, number: int) -> set[Place]:
        """The answers behind one condition at the subject's row."""
        start: Key = (self.trial.evaluator.live.condition(subject[0], number), subject[1])
        waiting, seen = [start], {start}
        while waiting:
            new = self.sources.get(waiting.pop(), set()) - seen
            seen |= new
            waiting.extend(new)
        return {(self.fields[slot], row) for slot, row in seen if slot in self.fields}
