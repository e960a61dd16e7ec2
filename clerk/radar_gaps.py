"""The gap list: who may have something, does not receive it and never applied; and nobody else.

Who stands under another heading already is not said twice. What the compatibility matrix bars is no gap; where two of
its programmes meet on one subject, the household is settled exactly as the live screening settles it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from clerk.compatibility import Claim, rivalries, settle, top_up_of, zero
from clerk.household import Household
from clerk.packed import layout_of, subject_rows
from clerk.radar import Found, Radar, Turn
from forms.language.blocks import Array
from forms.language.evaluate import Evaluator
from forms.language.plan import Plan
from forms.language.results import AmountSaid
from forms.language.values import Verdict
from forms.policy import Bond, Compatibility

_VERDICT = {1: Verdict.YES, 0: Verdict.UNKNOWN, -1: Verdict.NO}
_BY_AMOUNT = (Bond.HIGHER, Bond.TOP_UP)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One programme over the subjects of a chunk: verdicts of both plans, recorded or not, household, place, row digest."""

    before: Array
    after: Array
    held: Array
    household: Array
    place: Array
    keys: Array | None

    @property
    def certain(self) -> Array:
        """Where the programme is received, or may be had."""
        found: Array = (self.after > 0) | (self.held > 0)
        return found

    def digest(self, row: int) -> int:
        """The digest of a row's key; 0 for the household itself."""
        return int(self.keys[row]) if self.keys is not None else 0

    def of(self, household: int) -> range:
        """The rows of one household."""
        low, high = np.searchsorted(self.household, [household, household + 1])
        return range(int(low), int(high))


Asked = AbstractSet[tuple[str, int, int]]
"""Every (programme, household, row digest) ever applied for."""


class Gaps:
    """Finds the gaps of chunk after chunk."""

    def __init__(self, plan: Plan, made: Radar) -> None:
        self.plan, self.made = plan, made
        rules = plan.catalogue.compatibilities
        self.rules = [
            one for one in rules if one.bond is not Bond.TOGETHER and set(one.programmes) <= set(plan.programmes)
        ]
        self.names = tuple(dict.fromkeys(name for one in self.rules for name in one.programmes))
        self.by_amount = {name for one in self.rules if one.bond in _BY_AMOUNT for name in one.programmes}

    def take(
        self, ids: Sequence[str], seen: Mapping[str, Seen], asked: Asked, home: Callable[[int], Household]
    ) -> None:
        """Count and keep the gaps of some households; `home` gives one of them by its place."""
        by_programme: dict[str, list[tuple[int, int]]] = {}
        for name, household, digest in asked:
            by_programme.setdefault(name, []).append((household, digest))
        gaps = {name: _never_asked(one, by_programme.get(name, ())) for name, one in seen.items()}
        barred = set(self._barred(seen, gaps, asked, home))
        for name, gap in gaps.items():
            one = seen[name]
            rows = [row for row in np.flatnonzero(gap) if (name, int(row)) not in barred]
            room = self.made.room(Turn.GAP, name)
            for row in rows[:room]:
                self.made.take(Found(Turn.GAP, ids[one.household[row]], name, int(one.place[row]), held=False))
            if len(rows) > room:
                self.made.totals[Turn.GAP, name] += len(rows) - room

    def _barred(
        self, seen: Mapping[str, Seen], gaps: Mapping[str, Array], asked: Asked, home: Callable[[int], Household]
    ) -> Iterator[tuple[str, int]]:
        """The gaps that the matrix closes, as (programme, row)."""
        meeting = np.unique(
            np.concatenate([self._meeting(rule, seen, gaps) for rule in self.rules] or [np.empty(0, int)])
        )
        for household in meeting:
            yield from self._settled(int(household), home(int(household)), seen, asked)

    def _meeting(self, rule: Compatibility, seen: Mapping[str, Seen], gaps: Mapping[str, Array]) -> Array:
        """The households where a gap of one programme of a rule meets the other programme, received or to be had."""
        first, second = (seen[name] for name in rule.programmes)
        found = []
        for name, one, other in ((rule.programmes[0], first, second), (rule.programmes[1], second, first)):
            if rule.bond is Bond.TOP_UP:
                found.append(one.household[gaps[name]] if name != rule.keeps else np.empty(0, int))
            else:
                here = one.household[gaps[name]]
                found.append(here[np.isin(here, other.household[other.certain])])
        joined: Array = np.concatenate(found)
        return joined

    def _settled(
        self, household: int, home: Household, seen: Mapping[str, Seen], asked: Asked
    ) -> Iterator[tuple[str, int]]:
        """Everything of one household that the matrix bars; what a choice bars, where the other one is had or asked for."""
        evaluator = Evaluator(self.plan, home)
        claims: list[Claim] = []
        places: dict[tuple[str, str], tuple[str, int]] = {}
        for name in self.names:
            one = seen[name]
            keys = subject_rows(home, layout_of(self.plan), self.plan.programmes[name].programme.subject)
            for row, key in zip(one.of(household), keys, strict=True):
                claims.append(self._claim(name, key, (int(one.after[row]), bool(one.held[row] > 0)), evaluator))
                places[name, key] = (name, row)
        catalogue = self.plan.catalogue
        bars = settle(claims, catalogue, home)
        had = {
            claim.key
            for claim in claims
            if claim.held or (claim.programme, household, seen[claim.programme].digest(places[claim.key][1])) in asked
        }
        beside = {
            one.key
            for pair in rivalries(claims, catalogue, home)
            for one, other in ((pair.one, pair.other), (pair.other, pair.one))
            if other.key in had
        }
        for claim in claims:
            bar = bars.get(claim.key)
            nothing = top_up_of(claim, catalogue) is not None and zero(claim.amounts)
            if nothing or (bar is not None and (not bar.pending or claim.key in beside)):
                yield places[claim.key]

    def _claim(self, name: str, key: str, told: tuple[int, bool], evaluator: Evaluator) -> Claim:
        verdict, held = _VERDICT[told[0]], told[1]
        amounts: tuple[AmountSaid, ...] = ()
        if name in self.by_amount and (held or verdict is Verdict.YES):
            amounts = evaluator.judge(name, key).amounts
        return Claim(name, key, verdict, held, amounts)


def _never_asked(one: Seen, asked: Iterable[tuple[int, int]]) -> Array:
    """Who qualified on both days (else another heading says it), does not receive it and never applied."""
    gap: Array = (one.before > 0) & (one.after > 0) & (one.held < 1)
    for household, digest in asked:
        for row in one.of(household):
            gap[row] &= one.keys is not None and one.digest(row) != digest
    return gap
