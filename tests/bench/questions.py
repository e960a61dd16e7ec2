"""How many questions until every programme is decided: our count ranking beside the form's own order, same households.

What the identity cards and the household register say is told at the start; a list stays hidden until somebody asks for
it, and asking brings all its rows, still blank. Both orders skip what no longer matters.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from clerk.household import Household
from forms.language import Evaluator, Plan, compile_catalogue
from forms.language.facts import ROOT_ROW
from forms.language.questions import in_order
from forms.language.results import Missing, Question
from forms.language.values import Verdict
from forms.loader import DEMO, NATIONAL, load
from forms.schema import ROOT, Kind, Value
from tests.bench.figures import Figure
from tests.forms.language.families import MEMBERS, Families

TODAY = date(2026, 9, 1)
_MARKS = (0, 5, 10, 20, 30)
_ALL = 1_000_000
_CARD = "已读"
"""Stands for a card's number once the card is read: the random families have no numbers."""
Pick = Callable[[Evaluator, frozenset[Missing]], Missing | None]


class Told:
    """The part of a household that has been told; facts for the rules."""

    def __init__(self, plan: Plan, whole: Household) -> None:
        self.plan, self.whole = plan, whole
        tables = plan.catalogue.tables.values()
        self.seen = {MEMBERS, *(one.id for one in tables if not one.closing)}
        self.ticked = {MEMBERS}
        self.said: set[tuple[str, str, str]] = set()
        for field in plan.catalogue.fields.values():
            if field.table == MEMBERS and field.kind is Kind.ID:
                for row in whole.rows(MEMBERS):
                    self.tell(MEMBERS, field.id, row)
        if (status := plan.catalogue.status) is not None:
            # No end is itself an answer, so a row is only ever typed with its end.
            self.said.update((status.table, status.until, row) for row in whole.rows(status.table))

    def rows(self, table: str, owner: str = ROOT_ROW) -> Sequence[str]:
        """The rows of a list that has been asked for, as its owners' list has."""
        shown = all(one in self.seen for one in self.plan.checker.scope.chain(table) if one != ROOT)
        return self.whole.rows(table, owner) if shown else []

    def owner(self, table: str, row: str) -> str:
        return self.whole.owner(table, row)

    def answer(self, table: str, field: str, row: str) -> Value | None:
        if (table, field, row) not in self.said:
            return None
        found = self.whole.answer(table, field, row)
        return _CARD if found is None and self._read_off(table, field) else found

    def closed(self, table: str) -> bool:
        return table in self.ticked

    def tell(self, table: str, field: str, row: str) -> list[tuple[str, str, str]]:
        """One answer, with all that is read off it."""
        told = [(table, field, row), *((table, one, row) for one in self._read_off(table, field))]
        self.said.update(told)
        return told

    def asked(self, missing: Missing, evaluator: Evaluator) -> None:
        """Answer a question, and let the evaluator know."""
        if missing.field:
            for table, field, row in self.tell(missing.table, missing.field, missing.row):
                evaluator.changed(table, field, row)
            return
        self.seen.add(missing.table)
        self.ticked.add(missing.table)
        evaluator.rows_changed(missing.table)

    def _read_off(self, table: str, source: str) -> list[str]:
        fields = self.plan.catalogue.fields.values()
        return [one.id for one in fields if one.table == table and one.derived and one.derived.source == source]


@dataclass(frozen=True)
class Course:
    """One household asked to the end: the decided share after each question, from none on, and the CPU seconds."""

    shares: tuple[float, ...]
    seconds: float

    @property
    def questions(self) -> int:
        return len(self.shares) - 1

    def after(self, questions: int) -> float:
        return self.shares[min(questions, self.questions)]


def by_count(evaluator: Evaluator, asked: frozenset[Missing]) -> Missing | None:
    """The product's next question; one that the household could not answer is not asked twice."""
    first = evaluator.next_question()
    if first is None or first.missing not in asked:
        return first.missing if first else None
    return next((one.missing for one in evaluator.questions(_ALL) if one.missing not in asked), None)


def by_form(evaluator: Evaluator, asked: frozenset[Missing]) -> Missing | None:
    """The first question on the form that still matters to any verdict."""
    open_ones: list[Question] = [one for one in evaluator.questions(_ALL) if one.missing not in asked]
    found = next(iter(in_order(evaluator, [one.missing for one in open_ones])), None)
    return found if isinstance(found, Missing) else None


def course(plan: Plan, whole: Household, pick: Pick) -> Course:
    """Ask one household until no question is left; every verdict must then be the one that all its answers give."""
    start = time.process_time()
    told = Told(plan, whole)
    evaluator = Evaluator(plan, told)
    shares, asked = [_decided(evaluator)], frozenset[Missing]()
    while (missing := pick(evaluator, asked)) is not None:
        told.asked(missing, evaluator)
        asked |= {missing}
        shares.append(_decided(evaluator))
    spent = time.process_time() - start
    if evaluator.verdicts() != Evaluator(plan, whole).verdicts():
        raise AssertionError("a verdict differs from that on all the answers")
    return Course(tuple(shares), spent)


def figures(households: int = 100, seconds: float = 50.0) -> list[Figure]:
    """Both orders over the same families, as many as `seconds` of CPU allow; the first row says how many."""
    plan = compile_catalogue(load([NATIONAL, DEMO]), TODAY)
    families, dice = Families(plan), random.Random(11)
    pairs: list[tuple[Course, Course]] = []
    start = time.process_time()
    while len(pairs) < households and time.process_time() - start < seconds:
        whole = families.whole(dice)
        if Verdict.UNKNOWN in Evaluator(plan, whole).verdicts().values():
            continue  # nobody is counted, or nothing can be divided: there is no end to ask to
        pairs.append((course(plan, whole, by_count), course(plan, whole, by_form)))
    ours, form = ([pair[side] for pair in pairs] for side in (0, 1))
    left = statistics.mean(1 - one.shares[-1] for one in ours)
    return [
        Figure(
            f"questions until {len(plan.programmes)} programmes are decided, {len(pairs)} random families",
            f"{_mean(ours):.1f}",
            f"form order, skipping what no longer matters {_mean(form):.1f}",
        ),
        Figure("  median; verdicts that all answers leave open", f"{_median(ours):.0f}; {left:.1%}", f"form order {_median(form):.0f}"),
        Figure(f"  decided after {_marks()} questions", _shares(ours), f"form order {_shares(form)}"),
        Figure("  choosing, asking and judging again, CPU a question", f"{_each(ours):.1f} ms", f"form order {_each(form):.1f} ms"),
    ]


def _decided(evaluator: Evaluator) -> float:
    verdicts = evaluator.verdicts().values()
    return sum(one is not Verdict.UNKNOWN for one in verdicts) / len(verdicts)


def _marks() -> str:
    return " / ".join(str(mark) for mark in _MARKS)


def _shares(courses: Sequence[Course]) -> str:
    return " / ".join(f"{statistics.mean(one.after(mark) for one in courses):.0%}" for mark in _MARKS)


def _mean(courses: Sequence[Course]) -> float:
    return statistics.mean(one.questions for one in courses)


def _median(courses: Sequence[Course]) -> float:
    return statistics.median(one.questions for one in courses)


def _each(courses: Sequence[Course]) -> float:
    return 1000 * sum(one.seconds for one in courses) / sum(one.questions for one in courses)
