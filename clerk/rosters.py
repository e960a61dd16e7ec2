"""Rosters of a period: which rows, which columns, in what order, with totals; one row per application, member or household.

Headings and values are the roster's own data; who may see what is decided here: a public roster (公示) holds no numbers
of people and no sensitive answers, and none of a programme that is not published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from clerk.case_facts import APPLICATION
from clerk.casefile import CaseFile
from clerk.crosschecks import applicant_row
from clerk.errors import UserCanFix
from clerk.periods import Span
from clerk.records import ENDED, LEFT, Application
from clerk.wording import masked, say
from forms.language.plan import Plan, compile_expression
from forms.language.types import Type
from forms.reading import Place
from forms.roster import Column, Roster
from forms.schema import ROOT, Expression, Kind, Sensitivity, Value

Cell = str | int | Fraction | date | None
"""One typed cell: words, fen or a whole number, an exact number, a day; None is not known."""

STANDING, PUBLIC = "在册", "公示"
_HIDDEN_KINDS = frozenset({Kind.ID, Kind.PHONE, Kind.ACCOUNT, Kind.DISABILITY_CARD})
_HIDDEN = frozenset({Sensitivity.HEALTH, Sensitivity.FINANCE, Sensitivity.CONTACT, Sensitivity.MINOR})


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """One column: its heading, what kind of value it holds (text when masked), its width and whether it is added up.

    `main` marks the total that stands for the whole roster.
    """

    heading: str
    kind: Kind
    width: float = 0.0
    total: bool = False
    main: bool = False


@dataclass(frozen=True, slots=True)
class RosterTable:
    """One roster of one period: typed rows without running numbers; `totals` beside the columns, None where not added.

    A cell is None while its value is not known, empty where there is nothing to know.

    `households` and `people` count distinct cases and covered members; `notes` say what the totals leave open.
    """

    id: str
    name: str
    department: str
    span: Span
    columns: tuple[RosterColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...]
    households: int
    people: int
    notes: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    level: str = "内部"
    paper: str = "A4"


@dataclass(frozen=True, slots=True)
class _Line:
    case: CaseFile
    row: str
    people: frozenset[tuple[str, str]]


def roster_rows(roster: Roster, span: Span, cases: Iterable[CaseFile], plan: Plan) -> RosterTable:
    """The roster over a period; `cases` are all that may matter, `plan` gives the columns' types when there are none.

    Raises `UserCanFix` for a public roster that would show what must not be shown.
    """
    types = [compile_expression(column.value, roster.unit, plan).type for column in roster.columns]
    if roster.level == PUBLIC:
        _refuse_exposure(roster, types, plan)
    lines = sorted(_lines(roster, span, cases), key=lambda line: _sort_key(line, roster))
    columns = tuple(_column(column, kind) for column, kind in zip(roster.columns, types, strict=True))
    rows = tuple(tuple(_cell(line, column, roster.unit) for column in roster.columns) for line in lines)
    return RosterTable(
        roster.id,
        roster.name,
        roster.department,
        span,
        columns,
        rows,
        _totals(columns, rows),
        len({line.case.record.case_number for line in lines}),
        len(frozenset[tuple[str, str]]().union(*(line.people for line in lines))),
        tuple(_notes(columns, rows)),
        roster.signers,
        roster.level,
        roster.paper,
    )


def since_of(roster: Roster, span: Span) -> date:
    """From which day cases must be looked at: the period's first day, or the beginning for a standing ledger."""
    return date.min if roster.event == STANDING else span.since


def _lines(roster: Roster, span: Span, cases: Iterable[CaseFile]) -> Iterator[_Line]:
    for case, entered in (turn for each in cases for turn in _turns(each, roster, span)):
        for row, people in _rows(case, entered, roster.unit):
            if roster.relevant is None or case.value(roster.relevant, roster.unit, row)[0] is not False:
                yield _Line(case, row, frozenset((case.record.household_id, person) for person in people))


def _turns(case: CaseFile, roster: Roster, span: Span) -> Iterator[tuple[CaseFile, list[Application]]]:
    """A case as it came onto the roll in the period, and again, paying nothing more, as it left it (退出)."""
    yield case, [each for each in case.record.applications if _enters(each, roster, span)]
    left = {each.number: _left(each) for each in case.record.applications if _leaves(each, roster, span)}
    if left:
        now = tuple(left.get(each.number, each) for each in case.record.applications)
        yield CaseFile(replace(case.record, applications=now), case.plan, span.until), list(left.values())


def _leaves(application: Application, roster: Roster, span: Span) -> bool:
    wanted = not roster.programmes or application.programme in roster.programmes
    return roster.leaving and wanted and application.ended is not None and application.ended in span


def _left(application: Application) -> Application:
    nothing = tuple(replace(line, low=0, high=0) for line in application.amounts)
    return replace(application, change=LEFT, change_reason=application.end_reason, amounts=nothing)


def _enters(application: Application, roster: Roster, span: Span) -> bool:
    if roster.programmes and application.programme not in roster.programmes:
        return False
    if roster.event == STANDING:
        paid = application.ended is not None and application.ended > span.until
        return application.accepted <= span.until and (paid or application.status not in ENDED)
    return application.accepted in span


def _rows(case: CaseFile, entered: Sequence[Application], unit: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if unit == APPLICATION:
        yield from ((each.number, each.persons) for each in entered)
    elif entered and unit == ROOT:
        yield "", tuple(dict.fromkeys(person for each in entered for person in each.persons))
    elif entered:
        covered = dict.fromkeys(person for each in entered for person in each.persons)
        for row in case.rows(unit):
            if unit != Kind.MEMBER.value or row in covered:
                yield row, (row,) if unit == Kind.MEMBER.value else ()


def _sort_key(line: _Line, roster: Roster) -> tuple[tuple[tuple[bool, str], ...], int]:
    """By the roster's own keys, then case by case with the applicant first and the others in the order of the form."""
    case = line.case
    keys = [_plain(case.value(_sort_name(name, roster), roster.unit, line.row)[0]) for name in roster.sort]
    return tuple((key is None, key or "") for key in [*keys, case.record.case_number]), _place(line, roster.unit)


def _place(line: _Line, unit: str) -> int:
    case, table = line.case, Kind.MEMBER.value
    members = case.facts.rows(table)
    whose = line.row if unit == table else None
    if unit == APPLICATION:
        whose = case.facts.owner(APPLICATION, line.row)
    if whose is None or whose == applicant_row(case.facts, case.catalogue):
        return 0
    return 1 + (list(members).index(whose) if whose in members else len(members))


def _sort_name(name: str, roster: Roster) -> Expression:
    return Expression(name, Place(roster.place.file, roster.place.line, roster.place.column))


def _plain(value: Value | None) -> str | None:
    if value is None:
        return None
    return f"{value:020d}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _column(column: Column, kind: Type) -> RosterColumn:
    shown = Kind.TEXT if column.masked else kind.kind
    return RosterColumn(column.heading, shown, column.width, column.total, column.main)


_TYPED = frozenset({Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.DATE, Kind.MONTH})


def _cell(line: _Line, column: Column, unit: str) -> Cell:
    value, kind = line.case.value(column.value, unit, line.row)
    if value is None:
        field = kind.field
        return "" if field and line.case.facts.lacks(field.table, field.id, line.row) else None
    if column.masked:
        return masked(_words(line.case, value, kind), kind.kind)
    if kind.kind in _TYPED and not isinstance(value, bool | str | frozenset):
        return value
    return _words(line.case, value, kind)


def _words(case: CaseFile, value: Value, kind: Type) -> str:
    if kind.kind is Kind.MEMBER:
        return case.name(str(value))
    return say(value, kind.kind, case.catalogue, kind.codes)


def _totals(columns: Sequence[RosterColumn], rows: Sequence[Sequence[Cell]]) -> tuple[Cell, ...]:
    return tuple(_sum([row[place] for row in rows]) if column.total else None for place, column in enumerate(columns))


def _sum(cells: Sequence[Cell]) -> Cell:
    """The sum of what is known; None where there are rows and nothing of them is known."""
    total: int | Fraction = 0
    for cell in cells:
        if isinstance(cell, int | Fraction):
            total += cell
    return None if cells and not any(isinstance(cell, int | Fraction) for cell in cells) else total


def _notes(columns: Sequence[RosterColumn], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    for place, column in enumerate(columns):
        unknown = sum(row[place] is None for row in rows) if column.total else 0
        if unknown:
            yield f"{column.heading}：{unknown}行未定，未计入合计"


def _refuse_exposure(roster: Roster, types: Sequence[Type], plan: Plan) -> None:
    for name in roster.programmes:
        programme = plan.catalogue.programmes.get(name)
        if programme is not None and not programme.published:
            raise UserCanFix(f"「{programme.name}」按规定不公示，「{roster.name}」不能导出公示版")
    for column, kind in zip(roster.columns, types, strict=True):
        hidden = kind.kind in _HIDDEN_KINDS or (kind.field is not None and kind.field.sensitivity in _HIDDEN)
        if hidden:
            raise UserCanFix(f"公示不得出现「{column.heading}」，请从「{roster.name}」中去掉这一列")
