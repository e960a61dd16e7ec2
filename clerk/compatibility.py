"""What may be received together: the compatibility matrix (兼容) applied to all claims of one household.

A claim that loses bars nobody: winners are found as the stable set of the "beats" relation, so that the order in which
pairs are looked at does not matter; where the matrix goes round in a circle, the order of evaluation decides.

Where one of two is to be chosen (择一), the household's choice decides. Until it is made, everything that hangs on it
is not yet known: the matrix is worked out for every way the open choices may fall.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from clerk.chosen import Choice, Pair, choices_of, home_of
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW, Facts
from forms.language.results import AmountSaid
from forms.language.values import Range, Verdict
from forms.policy import Bond, Compatibility
from forms.schema import Kind

Key = tuple[str, str]
"""(programme, subject row)."""

PER_YEAR = {"每月": 12, "每季": 4, "每年": 1, "一次": 1, "每次": 1, "每日": 365}
"""How often a year an amount of each 周期 is paid; only used to tell which of two is higher."""

_FEW = 5
"""How many open choices are looked at in every combination."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One programme at one subject row: its verdict, whether it is already received (在享), its amounts."""

    programme: str
    row: str
    verdict: Verdict
    held: bool
    amounts: tuple[AmountSaid, ...] = ()

    @property
    def key(self) -> Key:
        """(programme, row)."""
        return self.programme, self.row

    @property
    def certain(self) -> bool:
        """True when the claim stands on its own: qualified, or already received."""
        return self.held or self.verdict is Verdict.YES


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a claim is not received beside another: the stronger claim and the rule of the matrix.

    `choice` is what the household said, where that decided; `pending` is True while a choice that decides is not made.
    """

    by: Claim
    rule: Compatibility
    choice: Choice | None = None
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Two claims that stand, of which the household has one; `choice` is what it said, None while it has not."""

    one: Claim
    other: Claim
    rule: Compatibility
    choice: Choice | None

    @property
    def taken(self) -> str:
        """The programme chosen, or empty."""
        return self.choice.taken if self.choice else ""


def settle(claims: Sequence[Claim], catalogue: Catalogue, facts: Facts) -> Mapping[Key, Bar]:
    """The claims that cannot be received, or of which that is not known before a choice is made, each with what bars it.

    All others may be received together.
    """
    live = [claim for claim in claims if claim.held or claim.verdict is not Verdict.NO]
    duels = [*_duels(live, catalogue)]
    rivals = rivalries(live, catalogue, facts)
    undecided = [one for one in rivals if one.choice is None]
    decided = [_lost(one, one.taken) for one in rivals if one.choice is not None]
    rank = {claim.key: _rank(claim, catalogue) for claim in live}
    ways = [
        _stable(live, _beaten(live, [*duels, *decided, *map(_lost, undecided, picks)]), rank, facts)
        for picks in _ways(undecided)
    ]
    return ways[0] if len(ways) == 1 else _common(live, ways)


def rivalries(claims: Sequence[Claim], catalogue: Catalogue, facts: Facts) -> list[Rivalry]:
    """The pairs among the claims of which the household has one by its own choice; both of a pair are certain."""
    said = choices_of(facts, catalogue)
    found = []
    for one, other, rule in _pairs([claim for claim in claims if claim.certain], catalogue):
        if rule.bond is Bond.CHOOSE:
            homes = [home_of(facts, catalogue, each.programme, each.row) for each in (one, other)]
            pair: Pair = (frozenset(rule.programmes), homes[0] or homes[1])
            found.append(Rivalry(one, other, rule, said.get(pair)))
    return found


def _lost(rivalry: Rivalry, taken: str) -> tuple[Claim, Bar]:
    """The claim that falls when one of two is taken."""
    one, other = rivalry.one, rivalry.other
    winner, loser = (one, other) if one.programme == taken else (other, one)
    return loser, Bar(winner, rivalry.rule, rivalry.choice)


def _ways(undecided: Sequence[Rivalry]) -> list[tuple[str, ...]]:
    """How open choices may fall: all ways of a few; of many, both extremes and what differs from them by one choice."""
    sides = [one.rule.programmes for one in undecided]
    if len(sides) <= _FEW:
        return list(product(*sides))
    ends = [tuple(side[place] for side in sides) for place in (0, 1)]
    near = [
        (*end[:at], side[1] if end[at] == side[0] else side[0], *end[at + 1 :])
        for end in ends
        for at, side in enumerate(sides)
    ]
    return list(dict.fromkeys([*ends, *near]))


def _common(live: Sequence[Claim], ways: Sequence[Mapping[Key, Bar]]) -> dict[Key, Bar]:
    """What is barred whichever way the choices fall; what is barred only some ways is pending."""
    found: dict[Key, Bar] = {}
    for claim in live:
        bars = [way[claim.key] for way in ways if claim.key in way]
        if bars:
            found[claim.key] = replace(bars[0], pending=len(bars) < len(ways))
    return found


def _beaten(live: Sequence[Claim], duels: Sequence[tuple[Claim, Bar]]) -> dict[Key, list[Bar]]:
    beaten: dict[Key, list[Bar]] = {claim.key: [] for claim in live}
    for loser, bar in duels:
        beaten[loser.key].append(bar)
    return beaten


def top_up_of(claim: Claim, catalogue: Catalogue) -> Compatibility | None:
    """The rule that makes a claim a mere top-up (补差) of another programme, or None."""
    for rule in catalogue.compatibilities:
        if rule.bond is Bond.TOP_UP and claim.programme in rule.programmes and claim.programme != rule.keeps:
            return rule
    return None


def yearly(amounts: Sequence[AmountSaid]) -> Fraction | None:
    """What the lines in 元 come to in a year, in fen; None while one of them is not exactly known."""
    total = Fraction(0)
    for amount in amounts:
        if amount.unit != "元":
            continue
        if not amount.value.known or isinstance(amount.value.low, float):
            return None
        total += Fraction(amount.value.low) * PER_YEAR.get(amount.period, 1)
    return total


def _stable(
    live: Sequence[Claim],
    beaten: Mapping[Key, list[Bar]],
    rank: Mapping[Key, tuple[int, ...]],
    facts: Facts,
) -> dict[Key, Bar]:
    stays: set[Key] = set()
    barred: dict[Key, Bar] = {}
    waiting = {claim.key: claim for claim in sorted(live, key=lambda claim: rank[claim.key])}
    while waiting:
        fallen = {
            key: bar
            for key, claim in waiting.items()
            if (bar := _decisive([each for each in beaten[key] if each.by.key in stays], claim, facts))
        }
        if fallen:
            barred |= fallen
        else:
            key = _next(waiting, beaten)
            stays.add(key)
            barred |= {each.by.key: Bar(waiting[key], each.rule) for each in beaten[key] if each.by.key in waiting}
            del waiting[key]
        waiting = {key: claim for key, claim in waiting.items() if key not in barred}
    return barred


def _next(waiting: Mapping[Key, Claim], beaten: Mapping[Key, list[Bar]]) -> Key:
    """The first claim that nothing still waiting beats, or, in a circle, the first that only its own circle beats."""

    def above(key: Key) -> set[Key]:
        found, open_keys = set[Key](), [key]
        while open_keys:
            for bar in beaten[open_keys.pop()]:
                if bar.by.key in waiting and bar.by.key not in found:
                    found.add(bar.by.key)
                    open_keys.append(bar.by.key)
        return found

    return next(key for key in waiting if all(key in above(other) for other in above(key)))


def _decisive(bars: Sequence[Bar], claim: Claim, facts: Facts) -> Bar | None:
    """The bar that holds: a household's claim falls to members' claims only when every member has one."""
    if claim.row != ROOT_ROW:
        return bars[0] if bars else None
    whole = next((bar for bar in bars if bar.by.row == ROOT_ROW), None)
    members = set(facts.rows(Kind.MEMBER.value))
    return whole or (bars[0] if bars and members <= {bar.by.row for bar in bars} else None)


def _pairs(claims: Sequence[Claim], catalogue: Catalogue) -> Iterator[tuple[Claim, Claim, Compatibility]]:
    """Claims of the same row, or of the household and a member, that a rule of the matrix speaks of together."""
    by_programme: dict[str, list[Claim]] = {}
    for claim in claims:
        by_programme.setdefault(claim.programme, []).append(claim)
    for rule in catalogue.compatibilities:
        first, second = rule.programmes
        for one in by_programme.get(first, ()):
            for other in by_programme.get(second, ()):
                if one.row == other.row or ROOT_ROW in (one.row, other.row):
                    yield one, other, rule


def _duels(claims: Sequence[Claim], catalogue: Catalogue) -> Iterator[tuple[Claim, Bar]]:
    """Who falls to whom where no choice is to be made."""
    for one, other, rule in _pairs(claims, catalogue):
        if rule.bond in (Bond.EXCLUDES, Bond.HIGHER):
            yield from _duel(one, other, rule, catalogue)


def _duel(one: Claim, other: Claim, rule: Compatibility, catalogue: Catalogue) -> Iterator[tuple[Claim, Bar]]:
    winner = _winner(one, other, rule, catalogue)
    loser = other if winner is one else one
    if winner.certain:
        yield loser, Bar(winner, rule)
    elif loser.certain and not rule.keeps:
        yield winner, Bar(loser, rule)


def _winner(one: Claim, other: Claim, rule: Compatibility, catalogue: Catalogue) -> Claim:
    if rule.keeps and rule.bond is not Bond.HIGHER:
        return one if one.programme == rule.keeps else other
    mine, theirs = yearly(one.amounts), yearly(other.amounts)
    if mine is not None and theirs is not None and mine != theirs and one.amounts and other.amounts:
        return one if mine > theirs else other
    return min(one, other, key=lambda claim: _rank(claim, catalogue))


def _rank(claim: Claim, catalogue: Catalogue) -> tuple[int, ...]:
    place = list(catalogue.programmes).index(claim.programme)
    return not claim.held, catalogue.programmes[claim.programme].order, place


def zero(amounts: Sequence[AmountSaid]) -> bool:
    """True when there are amounts and every one of them is exactly nothing."""
    return bool(amounts) and all(amount.value == Range(0, 0) for amount in amounts)
