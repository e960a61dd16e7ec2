"""Statistical rosters: figures counted, added up, averaged and divided over applications, a row for each group of them.

Three answers here too: what meets a condition only perhaps is not counted, and the note below the table says so. People
and households count once however many applications name them; the 合计 row is counted anew, never added up from rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from clerk.casefile import CaseFile
from clerk.periods import Span
from clerk.records import Application
from clerk.roster_lines import sort_words, turns
from clerk.roster_shapes import Cell, RosterColumn, RosterTable, cell_of
from clerk.wording import round_half_up
from forms.language.plan import Plan, compile_expression
from forms.roster import HOUSEHOLDS, PEOPLE, Measure, Roster, counted_at
from forms.schema import ROOT, Expression, Kind

Key = tuple[Cell, ...]
_Thing = tuple[str, ...]


@dataclass(slots=True)
class _Figure:
    """What one measure has found in one row so far."""

    things: set[_Thing] = field(default_factory=set)
    doubtful: set[_Thing] = field(default_factory=set)
    total: int | Fraction = 0
    known: int = 0

    @property
    def open(self) -> int:
        """How many may count and may not."""
        return len(self.doubtful - self.things)


@dataclass(slots=True)
class _Row:
    """One row being counted; `order` is where it sorts."""

    figures: list[_Figure]
    order: tuple[tuple[bool, str], ...] = ()
    households: set[str] = field(default_factory=set)
    people: set[tuple[str, str]] = field(default_factory=set)


def statistics_of(roster: Roster, span: Span, cases: Sequence[CaseFile], plan: Plan) -> RosterTable:
    """The table of a statistical roster: one row for each combination of what its columns say of an application."""
    rows: dict[Key, _Row] = {}
    whole = _Row([_Figure() for _ in roster.measures])
    for event in dict.fromkeys(one.scope for one in roster.measures if one.parts is None):
        for turn, entered in turns(cases, roster, event, span):
            for each in entered:
                _count(turn, each, roster, event, (rows, whole))
    if not roster.columns:
        rows = {(): whole}
    kinds = [_kind(one, roster, plan) for one in roster.measures]
    ordered = sorted(rows.items(), key=lambda item: (item[1].order, tuple(map(str, item[0]))))
    columns = [
        *(
            RosterColumn(one.heading, compile_expression(one.value, roster.unit, plan).type.kind)
            for one in roster.columns
        ),
        *(
            RosterColumn(one.heading, kind, total=True, main=one.main)
            for one, kind in zip(roster.measures, kinds, strict=True)
        ),
    ]
    totals = (*(None for _ in roster.columns), *_figures(whole, roster, kinds))
    return RosterTable(
        roster.id,
        roster.name,
        roster.department,
        span,
        tuple(columns),
        tuple((*key, *_figures(row, roster, kinds)) for key, row in ordered),
        totals,
        len(whole.households),
        len(whole.people),
        tuple(_notes(whole, roster)),
        roster.signers,
        roster.level,
        roster.paper,
    )


def _count(case: CaseFile, each: Application, roster: Roster, event: str, into: tuple[dict[Key, _Row], _Row]) -> None:
    """Let one application count in every measure over what it entered by."""
    rows, whole = into
    inside = [at for at, one in enumerate(roster.measures) if one.parts is None and one.scope == event]
    if roster.relevant and _asked(case, roster.relevant, roster.unit, each.number) is False:
        return
    key = tuple(_key(case, column.value, roster.unit, each.number) for column in roster.columns)
    row = rows.get(key)
    order = tuple((word is None, word or "") for word in sort_words(case, roster, each.number))
    if row is None:
        row = rows[key] = _Row([_Figure() for _ in roster.measures], order)
    row.order = min(row.order, order)
    for one in (row, whole):
        one.households.add(case.record.case_number)
        one.people.update((case.record.household_id, person) for person in each.persons)
    for at in inside:
        for thing, number, sure in _found(case, each, roster.measures[at], roster.unit):
            for figure in (row.figures[at], whole.figures[at]):
                _note(figure, thing, number, sure)


def _note(figure: _Figure, thing: _Thing, number: int | Fraction | None, sure: bool) -> None:
    if not sure:
        figure.doubtful.add(thing)
    elif thing not in figure.things:
        figure.things.add(thing)
        if number is not None:
            figure.total += number
            figure.known += 1


def _found(
    case: CaseFile, each: Application, one: Measure, unit: str
) -> Iterator[tuple[_Thing, int | Fraction | None, bool]]:
    """What an application brings to a measure: the thing counted, its number, and whether it surely counts."""
    case_holds = _asked(case, one.case, unit, each.number) if one.case else True
    if case_holds is False:
        return
    for thing, row in _things(case, each, one):
        holds = _asked(case, one.where, counted_at(one, unit), row) if one.where else True
        if holds is False:
            continue
        number = _number(case, one.value, unit, each.number) if one.value else None
        sure = case_holds is True and holds is True and (one.value is None or number is not None)
        yield thing, number, sure


def _things(case: CaseFile, each: Application, one: Measure) -> Iterator[tuple[_Thing, str]]:
    if one.count == HOUSEHOLDS:
        yield (case.record.household_id,), ""
    elif one.count == PEOPLE:
        yield from (((case.record.household_id, person), person) for person in each.persons)
    else:
        yield (each.number,), each.number


def _asked(case: CaseFile, expression: Expression, table: str, row: str) -> bool | None:
    value = case.value(expression, table, "" if table == ROOT else row)[0]
    return value if isinstance(value, bool) else None


def _number(case: CaseFile, expression: Expression, table: str, row: str) -> int | Fraction | None:
    value = case.value(expression, table, row)[0]
    return value if isinstance(value, int | Fraction) and not isinstance(value, bool) else None


def _key(case: CaseFile, expression: Expression, table: str, row: str) -> Cell:
    value, kind = case.value(expression, table, row)
    return cell_of(case, value, kind, row)


def _kind(one: Measure, roster: Roster, plan: Plan) -> Kind:
    if one.value:
        kind = compile_expression(one.value, roster.unit, plan).type.kind
        return kind if kind is Kind.MONEY or not one.mean else Kind.NUMBER
    if one.parts is None:
        return Kind.INTEGER
    over, under = (_kind(_named(name, roster), roster, plan) for name in one.parts)
    return Kind.MONEY if over is Kind.MONEY is not under else Kind.NUMBER


def _named(name: str, roster: Roster) -> Measure:
    return next(one for one in roster.measures if one.heading == name)


def _figures(row: _Row, roster: Roster, kinds: Sequence[Kind]) -> list[Cell]:
    said: dict[str, Cell] = {}
    for one, figure, kind in zip(roster.measures, row.figures, kinds, strict=True):
        said[one.heading] = _figure(one, figure, kind, said)
    return list(said.values())


def _figure(one: Measure, figure: _Figure, kind: Kind, said: dict[str, Cell]) -> Cell:
    if one.parts:
        over, under = (said[name] for name in one.parts)
        return _quotient(over, under, 100 if one.percent else 1, kind)
    if one.mean:
        return _quotient(figure.total, figure.known, 1, kind) if figure.known else None
    if one.value:
        return figure.total
    return len(figure.things)


def _quotient(over: Cell, under: Cell, times: int, kind: Kind) -> Cell:
    """A quotient to two places (money to the fen); None where there is nothing to divide by."""
    if not isinstance(over, int | Fraction) or not isinstance(under, int | Fraction) or not under:
        return None
    found = Fraction(over) / under * times
    return round_half_up(found) if kind is Kind.MONEY else Fraction(round_half_up(found * 100), 100)


def _notes(whole: _Row, roster: Roster) -> Iterable[str]:
    for one, figure in zip(roster.measures, whole.figures, strict=True):
        if figure.open:
            what = one.count or "件"
            yield f"{one.heading}：{figure.open}{what}未定，未计入"
