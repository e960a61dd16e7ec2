"""The rows of an own list: of the applications of a period as a roster takes them, or of everybody on file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clerk.casefile import CaseFile
from clerk.own_conditions import meets, tests_of
from clerk.own_lists import OwnList, as_roster
from clerk.periods import Span
from clerk.records import CaseRecord
from clerk.roster_lines import Line, lines_of, place_of, sort_words
from clerk.roster_shapes import RosterTable
from clerk.rosters import since_of, table_of
from clerk.service import Plans, cases_of
from clerk.settings import NOBODY
from clerk.store import View
from forms.roster import INTERNAL, REGISTERED, Roster
from forms.schema import ROOT, Kind


def own_table(view: View, own: OwnList, span: Span, plans: Plans, version: str = INTERNAL) -> RosterTable:
    """The list over a period, everything on the last day of it for those on file.

    A row of which a condition is not known is listed or not as the list says, and counted in a note either way. Raises
    UserCanFix for what cannot be listed so, or not in this version.
    """
    plan = plans.on(span.until)
    roster, tests = as_roster(own, plan), tests_of(own, plan)
    cases = (
        list(_everybody(view, plans, span))
        if own.event == REGISTERED
        else cases_of(view, since_of(roster, span), span, plans)
    )
    lines = _whole(roster, cases) if own.event == REGISTERED else lines_of(roster, span, cases)
    kept, open_ = [], 0
    for line in lines:
        answer = meets(line.case, own.unit, line.row, tests)
        open_ += answer is None
        if answer or (answer is None and own.open_too):
            kept.append(line)
    table = table_of(roster, span, (kept, lines), plan, version)
    said = f"{open_}行的条件还不明，{'也列入了' if own.open_too else '没有列入'}"
    return replace(table, notes=(*table.notes, said)) if open_ else table


def _everybody(view: View, plans: Plans, span: Span) -> Iterator[CaseFile]:
    plan = plans.on(span.until)
    for kept, household in view.households(plan.catalogue):
        record = CaseRecord("", kept.household_id, kept.revision, household, (), NOBODY, span.until)
        yield CaseFile(record, plan, span.until)


def _whole(roster: Roster, cases: list[CaseFile]) -> list[Line]:
    """A line for each row of every household; households stay together, by where they live and when they were kept."""
    table = Kind.MEMBER.value
    found = []
    for at, case in enumerate(cases):
        for row in case.rows(roster.unit):
            people = case.rows(table) if roster.unit == ROOT else (row,)
            line = Line(case, row, frozenset((case.record.household_id, person) for person in people))
            words = tuple((word is None, word or "") for word in sort_words(case, roster, row))
            found.append(((words, at, place_of(line, roster.unit)), line))
    return [line for _, line in sorted(found, key=lambda one: one[0])]
