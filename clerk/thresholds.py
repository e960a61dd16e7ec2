"""What would change a no or a not yet: by exactly which value of one answer, and which local switches it hangs on.

One answer is changed at a time, everything else stays as it is; worked out when asked for, never while somebody types.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf

from clerk.screening import Offer, Standing
from clerk.threshold_search import Search, Threshold
from clerk.what_if import Subject, Switch, Trial, switches, turned
from forms.catalogue import Catalogue
from forms.language.facts import Facts
from forms.language.plan import Plan
from forms.language.values import Verdict
from forms.policy import Programme
from forms.schema import ROOT

TRIALS = 6000
"""How many answers are tried for one household before the search gives up and says so."""

AnswerKey = tuple[str, str, str, str]
"""(programme, subject row, field, row of the answer)."""


def undecided_classes(offers: Iterable[Offer], catalogue: Catalogue) -> list[Offer]:
    """The offers that a list says thresholds for: classes of households (认定) that are a no or a not yet.

    A class that comes after one the household has already would only be a loss, and is left out.
    """
    classes = [offer for offer in offers if _is_class(catalogue.programmes[offer.programme])]
    had = [catalogue.programmes[offer.programme].order for offer in classes if offer.verdict is Verdict.YES]
    wanted = (Standing.NO, Standing.MISSING)
    return [
        offer
        for offer in classes
        if offer.standing in wanted and catalogue.programmes[offer.programme].order < min(had, default=inf)
    ]


def _is_class(programme: Programme) -> bool:
    return programme.subject == ROOT and bool(programme.confirms)


def outlook(plan: Plan, facts: Facts, offers: Iterable[Offer], trials: int = TRIALS) -> Outlook:
    """What would change each of the offers: for a no or a not yet what makes it a yes, for a not yet also a no."""
    subjects = [offer.key for offer in offers if offer.verdict is not Verdict.YES]
    subjects = [subject for subject in subjects if plan.programmes[subject[0]].in_force]
    search = Search(Trial(plan, facts), facts, trials)
    found = search.run(subjects)
    known = switches(plan, list(dict.fromkeys(programme for programme, _ in subjects)))
    spent = search.trial.spent
    complete, results, hangs = search.complete, [], dict[AnswerKey, list[str]]()
    for switch in known:
        other = Search(Trial(turned(plan, switch.standard), facts), facts, trials - spent)
        result, differing = _compare(switch, search, other, subjects, found)
        complete &= other.complete
        spent += other.trial.spent
        for key in differing:
            hangs.setdefault(key, []).append(switch.standard)
        if result.flips or result.thresholds:
            results.append(result)
    said = tuple(replace(one, switches=tuple(hangs.get(one.key, ()))) for one in found)
    named = {name for names in hangs.values() for name in names}
    return Outlook(said, tuple(results), tuple(one for one in known if one.standard in named), complete, spent)


def _compare(
    switch: Switch, search: Search, other: Search, subjects: list[Subject], found: list[Threshold]
) -> tuple[Turned, set[AnswerKey]]:
    """What a turned switch brings, and the keys of the thresholds that do not outlive it."""
    judged = {subject: other.trial.evaluator.verdict(*subject) for subject in subjects}
    flips = tuple(subject for subject in subjects if judged[subject] is Verdict.YES)
    places = [place for place in other.candidates(subjects) if not search.same(place, other)]
    gone = {one.key for one in found if judged[one.programme, one.row] is Verdict.YES}
    then = [one for place, wanted in other.candidates(subjects).items() if place in places for one in other.at(place, wanted)]
    borders = {(one.key, one.verdict): (one.low, one.high) for one in then}
    looked_at = {(field.key, row) for field, row in places}
    gone |= {
        one.key
        for one in found
        if (one.field.key, one.at) in looked_at and borders.get((one.key, one.verdict)) != (one.low, one.high)
    }
    known = {one.key for one in found}
    new = tuple(one for one in then if one.key not in known and one.verdict is Verdict.YES)
    return Turned(switch, flips, new), gone


@dataclass(frozen=True, slots=True)
class Turned:
    """What one switch turned the other way would do: at once, or together with one answer that does nothing today."""

    switch: Switch
    flips: tuple[Subject, ...]
    thresholds: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that was found; `switches` are those that some threshold hangs on.

    `trials` says how many answers were tried, `complete` is False when they ran out.
    """

    thresholds: tuple[Threshold, ...]
    turned: tuple[Turned, ...]
    switches: tuple[Switch, ...]
    complete: bool
    trials: int
