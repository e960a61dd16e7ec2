"""Rehearse a data pack before it takes effect: the office's own households judged by the present and by the new rules.

Every stored household is screened on one day by both, as last kept; nothing is written. Who would gain, lose, move from
one programme to another, be paid otherwise, or be left open is listed; whoever cannot be judged is counted, not dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from clerk.crosschecks import applicant_row
from clerk.errors import UserCanFix
from clerk.screening import Offer, Screening, Standing, screen
from clerk.titles import row_title
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.plan import Plan
from forms.language.results import AmountSaid
from forms.language.values import Verdict
from forms.policy import Programme
from forms.schema import Kind

if TYPE_CHECKING:
    from clerk.household import Household
    from clerk.store import View


Key = tuple[str, str]
"""(programme, subject row)."""

Found = tuple["Turn", str, Offer | None, Offer | None]
"""What changes: the turn, the subject row, the offer before and the offer after."""


class Turn(Enum):
    """What becomes of one subject; the word is what the list shows."""

    GAIN = "新增"
    LOSE = "失去"
    MOVE = "转为"
    AMOUNT = "金额变化"
    OPEN = "转为待补"


@dataclass(frozen=True, slots=True)
class Change:
    """One subject's change: the programme it had, the one it would have (empty for none), and both amounts."""

    turn: Turn
    row: str
    subject: str
    before: str
    after: str
    paid: tuple[AmountSaid, ...] = ()
    would_pay: tuple[AmountSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseholdChanges:
    """Everything that would change for one household, with its cases."""

    household_id: str
    title: str
    cases: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the new rules would do on a day; `unread` are households that one of the two could not judge, with why."""

    on: date
    households: int
    cases: int
    changed: tuple[HouseholdChanges, ...]
    unread: tuple[tuple[str, str], ...]

    @property
    def counts(self) -> Mapping[Turn, int]:
        """How many changes of each kind."""
        found = Counter(change.turn for each in self.changed for change in each.changes)
        return {turn: found[turn] for turn in Turn}


def rehearse(
    view: View, present: Plan, new: Plan, progress: Callable[[int], None] = lambda done: None
) -> Rehearsal:
    """Judge every household with a case by two plans of the same day; `progress` hears how many are done."""
    cases: dict[str, list[str]] = {}
    for record in view.cases(date.min, date.max, present.catalogue):
        cases.setdefault(record.household_id, []).append(record.case_number)
    changed, unread = [], []
    for done, (household_id, numbers) in enumerate(cases.items(), start=1):
        try:
            title, changes = _judged(view, household_id, present, new)
        except (UserCanFix, ValueError, KeyError) as fault:
            unread.append((numbers[-1], fault.message if isinstance(fault, UserCanFix) else "新旧数据包对不上这一户的资料"))
        else:
            if changes:
                changed.append(HouseholdChanges(household_id, title, tuple(numbers), changes))
        progress(done)
    return Rehearsal(new.on, len(cases), sum(map(len, cases.values())), tuple(changed), tuple(unread))


def compare(before: Screening, after: Screening, programmes: Mapping[str, Programme]) -> Iterator[Found]:
    """What changes between two screenings of one household: (turn, row, offer before, offer after), row by row.

    Of one subject, a programme lost and one gained are a move when both confirm a class, or else are of one kind (类别).
    """
    had, has, judged = _entitled(before), _entitled(after), {offer.key: offer for offer in after.offers}
    for row in dict.fromkeys(row for _, row in (*had, *has)):
        lost = [key for key in had if key[1] == row and key not in has]
        won = [key for key in has if key[1] == row and key not in had]
        moved = dict(_pairs(lost, won, programmes))
        won = [key for key in won if key not in moved.values()]
        for key in lost:
            if key in moved:
                yield Turn.MOVE, row, had[key], has[moved[key]]
            elif key in judged and judged[key].verdict is Verdict.UNKNOWN:
                yield Turn.OPEN, row, had[key], judged[key]
            else:
                yield Turn.LOSE, row, had[key], None
        for key in won:
            yield Turn.GAIN, row, None, has[key]
        for key in had:
            if key[1] == row and key in has and had[key].judgement.amounts != has[key].judgement.amounts:
                yield Turn.AMOUNT, row, had[key], has[key]


def _judged(view: View, household_id: str, present: Plan, new: Plan) -> tuple[str, tuple[Change, ...]]:
    old_facts, new_facts = _kept(view, household_id, present.catalogue), _kept(view, household_id, new.catalogue)
    old, other = Evaluator(present, old_facts), Evaluator(new, new_facts)
    if present.catalogue.compatibilities == new.catalogue.compatibilities and _figures(old) == _figures(other):
        return "", ()  # nothing can differ, so that no reasons need be put into words
    before, after = screen(old, present.catalogue), screen(other, new.catalogue)
    programmes = {**present.catalogue.programmes, **new.catalogue.programmes}
    changes = tuple(
        Change(
            turn,
            row,
            _subject(old_facts, present.catalogue, programmes, was or would),
            was.programme if was else "",
            would.programme if would else "",
            was.judgement.amounts if was else (),
            would.judgement.amounts if would else (),
        )
        for turn, row, was, would in compare(before, after, programmes)
    )
    member = applicant_row(old_facts, present.catalogue)
    title = row_title(old_facts, present.catalogue, Kind.MEMBER.value, member) if member else ""
    return title, changes


def _figures(evaluator: Evaluator) -> dict[Key, tuple[Verdict, tuple[object, ...]]]:
    """Every verdict, with the amounts of what is not a no."""
    live, cells = evaluator.live, evaluator.cells
    found: dict[Key, tuple[Verdict, tuple[object, ...]]] = {}
    for programme, row in evaluator.pairs():
        verdict = evaluator.verdict(programme, row)
        lines = evaluator.plan.programmes[programme].programme.amounts if verdict is not Verdict.NO else ()
        money = tuple((line.id, cells.read(live.amount(programme, number), row)) for number, line in enumerate(lines))
        found[programme, row] = verdict, money
    return found


def _kept(view: View, household_id: str, catalogue: Catalogue) -> Household:
    found = view.household(household_id, catalogue)
    if found is None:
        raise UserCanFix("这一户的资料已不在库里")
    return found[1]


def _entitled(screening: Screening) -> dict[Key, Offer]:
    """What a household would receive: qualified, and nothing stands in the way."""
    return {
        offer.key: offer
        for offer in screening.offers
        if offer.verdict is Verdict.YES and offer.standing is not Standing.BARRED
    }


def _pairs(lost: list[Key], won: list[Key], programmes: Mapping[str, Programme]) -> Iterator[tuple[Key, Key]]:
    """Which loss goes with which gain; classes find one another first."""
    lost, won = list(lost), list(won)
    for alike in (_both_confirm, _of_one_kind):
        for key in list(lost):
            to = next((one for one in won if alike(programmes[key[0]], programmes[one[0]])), None)
            if to is not None:
                lost.remove(key)
                won.remove(to)
                yield key, to


def _both_confirm(one: Programme, other: Programme) -> bool:
    return bool(one.confirms and other.confirms)


def _of_one_kind(one: Programme, other: Programme) -> bool:
    return bool(one.group) and (one.group, one.subject) == (other.group, other.subject)


def _subject(facts: Household, catalogue: Catalogue, programmes: Mapping[str, Programme], offer: Offer | None) -> str:
    return row_title(facts, catalogue, programmes[offer.programme].subject, offer.row) if offer else ""
