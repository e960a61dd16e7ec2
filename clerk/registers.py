"""Registers (登记) as rosters list them: what was entered beside people, in the language of rules and columns.

A register is a table of the form's data (系统: 是) owned by members; its entries come from sheets of others. Entries of
people who are kept stand in their household's case; whoever is not kept stands alone, with the name and number entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from clerk.casefile import CaseFile
from clerk.household import Household, Row
from clerk.landmarks import landmarks
from clerk.records import CaseRecord, Entered
from clerk.settings import NOBODY
from forms.language.plan import Plan
from forms.schema import Kind, Value

DAY = "登记日期"
"""The field of every register that says when the entry was made."""


@dataclass(frozen=True, slots=True)
class Book:
    """What entries are read by: the plan of the last day of the period, and how a kept household is found."""

    plan: Plan
    find: Callable[[str], CaseRecord | None]


def registered(entries: Iterable[Entered], book: Book) -> list[CaseFile]:
    """A case for each household, or person not kept, that entries speak of, in the order of their first entry."""
    by_home: dict[str, list[tuple[int, Entered]]] = {}
    for place, entry in enumerate(entries):
        known = entry.id_no if any(map(str.isdigit, entry.id_no.strip("0"))) else f"{entry.name} {place}"
        by_home.setdefault(entry.household_id or f"?{known}", []).append((place, entry))
    return [_case(home, theirs, book) for home, theirs in by_home.items()]


def _case(home: str, entries: Sequence[tuple[int, Entered]], book: Book) -> CaseFile:
    first = entries[0][1]
    known = book.find(first.household_id) if first.household_id else None
    alone = CaseRecord("", home, 0, _alone(first, book.plan), (), NOBODY, book.plan.on)
    record = known or alone
    members = record.household.rows(Kind.MEMBER.value)
    case = CaseFile(record, book.plan, book.plan.on)
    for place, entry in entries:
        owner = entry.row if entry.row in members else members[0]
        case.facts.register(entry.register, f"{place:06d}", owner, {DAY: entry.day, **entry.values})
    return case


def _alone(entry: Entered, plan: Plan) -> Household:
    """Somebody who is not kept: a name and a number, all else unknown."""
    marks = landmarks(plan.catalogue)
    answers: dict[str, Value] = {}
    for field, said in ((marks.name, entry.name), (marks.identity, entry.id_no)):
        if field and said:
            answers[field.id] = said
    return Household({}, {Kind.MEMBER.value: (Row(entry.row or "1", "", answers),)}, frozenset())
