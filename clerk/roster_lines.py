"""Which rows stand on a roster, and in which order: village, household, then the head first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from clerk.case_facts import APPLICATION
from clerk.casefile import CaseFile
from clerk.crosschecks import applicant_row
from clerk.landmarks import head_row
from clerk.paying import paid_in
from clerk.periods import Span
from clerk.records import ENDED, LEFT, Application
from forms.reading import Place
from forms.roster import PAID, REGISTERED, STANDING, Roster
from forms.schema import ROOT, Expression, Kind, Value


@dataclass(frozen=True, slots=True)
class Line:
    """One row before its cells are made: whose it is, and whom it covers as (household, member)."""

    case: CaseFile
    row: str
    people: frozenset[tuple[str, str]]


def lines_of(roster: Roster, span: Span, cases: Iterable[CaseFile]) -> list[Line]:
    """The rows of a roster over a period, in its order. A condition that is not yet known keeps a row in."""
    return sorted(_lines(roster, span, cases), key=lambda line: _sort_key(line, roster))


def enters(application: Application, roster: Roster, event: str, span: Span) -> bool:
    """Whether an application is one of the roster's programmes and stands, or was accepted, in the period."""
    if not _wanted(application, roster):
        return False
    if event == STANDING:
        paid = application.ended is not None and application.ended > span.until
        return application.accepted <= span.until and (paid or application.status not in ENDED)
    return application.accepted in span


def turns(
    cases: Iterable[CaseFile], roster: Roster, event: str, span: Span
) -> Iterator[tuple[CaseFile, list[Application]]]:
    """Each case as it came onto the roll in the period, and again, paying nothing more, as it left it (退出).

    Where the roll is of what is paid (在发), with what is paid in the period and nothing else.
    """
    if event == PAID:
        yield from _paid(list(cases), roster, span)
        return
    for case in cases:
        yield from _turns(case, roster, event, span)


def _paid(cases: Sequence[CaseFile], roster: Roster, span: Span) -> Iterator[tuple[CaseFile, list[Application]]]:
    found = paid_in((case.record for case in cases), span, roster.programmes)
    for case in cases:
        paid = {each.number: each for each in found.get(case.record.case_number, ())}
        if paid:
            now = tuple(paid.get(each.number, each) for each in case.record.applications)
            same = now == case.record.applications
            turn = case if same else CaseFile(replace(case.record, applications=now), case.plan, span.until)
            yield turn, list(paid.values())


def _turns(case: CaseFile, roster: Roster, event: str, span: Span) -> Iterator[tuple[CaseFile, list[Application]]]:
    yield case, [each for each in case.record.applications if enters(each, roster, event, span)]
    leaving = roster.leaving and event != STANDING
    left = {each.number: _left(each) for each in case.record.applications if leaving and _leaves(each, roster, span)}
    if left:
        now = tuple(left.get(each.number, each) for each in case.record.applications)
        yield CaseFile(replace(case.record, applications=now), case.plan, span.until), list(left.values())


def _leaves(application: Application, roster: Roster, span: Span) -> bool:
    return _wanted(application, roster) and application.ended is not None and application.ended in span


def _wanted(application: Application, roster: Roster) -> bool:
    return not roster.programmes or application.programme in roster.programmes


def _left(application: Application) -> Application:
    nothing = tuple(replace(line, low=0, high=0) for line in application.amounts)
    return replace(application, change=LEFT, change_reason=application.end_reason, amounts=nothing)


def _lines(roster: Roster, span: Span, cases: Iterable[CaseFile]) -> Iterator[Line]:
    for case, row, people in _all(roster, span, cases):
        if roster.relevant is None or case.value(roster.relevant, roster.unit, row)[0] is not False:
            yield Line(case, row, frozenset((case.record.household_id, person) for person in people))


def _all(roster: Roster, span: Span, cases: Iterable[CaseFile]) -> Iterator[tuple[CaseFile, str, tuple[str, ...]]]:
    if roster.event == REGISTERED:
        yield from ((case, *found) for case in cases for found in _registered(case, roster.unit))
        return
    for turn, entered in turns(cases, roster, roster.event, span):
        yield from ((turn, *found) for found in _applied(turn, entered, roster.unit))


def _registered(case: CaseFile, unit: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Rows of a register; whoever gathered them has kept to the period."""
    for row in case.facts.rows(unit):
        yield row, (case.facts.owner(unit, row),)


def _applied(case: CaseFile, entered: Sequence[Application], unit: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if unit == APPLICATION:
        yield from ((each.number, each.persons) for each in entered)
    elif entered and unit == ROOT:
        yield "", tuple(dict.fromkeys(person for each in entered for person in each.persons))
    elif entered:
        covered = dict.fromkeys(person for each in entered for person in each.persons)
        for row in case.rows(unit):
            if unit != Kind.MEMBER.value or row in covered:
                yield row, (row,) if unit == Kind.MEMBER.value else ()


def rows_beside(line: Line, table: str, unit: str) -> Sequence[str]:
    """The rows of a table that belong to a line: its own, its person's, or the whole household's."""
    return line.case.rows(table, unit, line.row) if unit != APPLICATION else line.case.beside(table, line.row)


SortKey = tuple[tuple[tuple[bool, str], ...], int]


def _sort_key(line: Line, roster: Roster) -> SortKey:
    """By the roster's own keys, then case by case: head, applicant, then the others in the order of the form."""
    case = line.case
    keys = sort_words(case, roster, line.row)
    return tuple((key is None, key or "") for key in [*keys, case.record.case_number]), place_of(line, roster.unit)


def sort_words(case: CaseFile, roster: Roster, row: str) -> list[str | None]:
    """What a roster's own sort keys are at a row, as text that sorts."""
    return [_plain(case.value(_named(name, roster), roster.unit, row)[0]) for name in roster.sort]


def place_of(line: Line, unit: str) -> int:
    """Where a line stands within its household: the head first, then the applicant, then as the form lists them."""
    case, table = line.case, Kind.MEMBER.value
    members: Sequence[str] = case.facts.rows(table)
    whose = line.row if unit == table else None
    if unit != table and case.catalogue.tables.get(unit) and case.catalogue.tables[unit].owner == table:
        whose = case.facts.owner(unit, line.row)
    if whose is None:
        return 0
    for place, first in enumerate((head_row(case.facts, case.catalogue), applicant_row(case.facts, case.catalogue))):
        if whose == first:
            return place
    return 2 + (list(members).index(whose) if whose in members else len(members))


def _named(name: str, roster: Roster) -> Expression:
    return Expression(name, Place(roster.place.file, roster.place.line, roster.place.column))


def _plain(value: Value | None) -> str | None:
    if value is None:
        return None
    return f"{value:020d}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
