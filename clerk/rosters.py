"""Rosters of a period: cases and a period in, a table out; one row per application, member, household or register entry.

Headings, values, who may see what are the roster's own data. A version that leaves the office holds only what its
allow-list lets through (`clerk.roster_versions`); a statistical roster counts (`clerk.roster_stats`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from clerk.casefile import CaseFile
from clerk.periods import Span
from clerk.roster_lines import Line, lines_of, rows_beside
from clerk.roster_shapes import Cell, RosterColumn, RosterTable, Subtotal, cell_of, sums_of, words_of_value
from clerk.roster_stats import statistics_of
from clerk.roster_versions import Shown, columns_shown, footer_of, guard_of, lines_shown
from forms.language.plan import Plan, compile_expression
from forms.roster import INTERNAL, PAID, STANDING, Roster
from forms.schema import Kind

__all__ = ["Cell", "RosterColumn", "RosterTable", "roster_rows", "since_of"]


def roster_rows(roster: Roster, span: Span, cases: Iterable[CaseFile], plan: Plan, version: str = "") -> RosterTable:
    """The roster over a period; `cases` are all that may matter, `plan` gives the columns' types when there are none.

    `version` is how it is handed out, the roster's first one by default. Raises `UserCanFix` for a version the roster is
    not made in, and for a public roster that would show what must not be shown.
    """
    version = version or roster.versions[0]
    if roster.measures:
        columns_shown(roster, [], version, plan) if version not in roster.versions else None
        return statistics_of(roster, span, list(cases), plan)
    lines = lines_of(roster, span, cases)
    return table_of(roster, span, (lines, lines), plan, version)


def table_of(
    roster: Roster, span: Span, lines: tuple[Sequence[Line], Sequence[Line]], plan: Plan, version: str
) -> RosterTable:
    """The table of the lines that were chosen, beside all there were: what is left out is guarded as well.

    Raises as `roster_rows` does.
    """
    types = [compile_expression(column.value, column.each or roster.unit, plan).type for column in roster.columns]
    shown = columns_shown(roster, types, version, plan)
    chosen, left_out = lines_shown(lines[0], version)
    columns = tuple(map(_column, shown))
    rows = tuple(tuple(_cell(line, one, roster.unit) for one in shown) for line in chosen)
    return RosterTable(
        roster.id,
        roster.name,
        roster.department,
        span,
        columns,
        rows,
        sums_of(columns, rows),
        len({line.case.record.case_number or line.case.record.household_id for line in chosen}),
        len(frozenset[tuple[str, str]]().union(*(line.people for line in chosen))),
        (*left_out, *_notes(columns, rows)),
        roster.signers,
        roster.level,
        roster.paper,
        tuple(_subtotals(roster, chosen, columns, rows)),
        version,
        footer_of(version, plan),
        None if version == INTERNAL else guard_of(chosen, shown, rows, lines[1]),
        roster.page,
    )


def since_of(roster: Roster, span: Span) -> date:
    """From which day cases must be looked at: the period's first day, or the beginning for a standing ledger."""
    rolls = {roster.event, *(one.scope for one in roster.measures)}
    return date.min if rolls & {STANDING, PAID} else span.since


def _column(one: Shown) -> RosterColumn:
    column = one.column
    kind = Kind.TEXT if one.dress else one.type.kind
    return RosterColumn(column.heading, kind, column.width, column.total, column.main, column.numbers)


def _cell(line: Line, one: Shown, unit: str) -> Cell:
    if one.column.each:
        return _joined(line, one, unit)
    value, kind = line.case.value(one.column.value, unit, line.row)
    if value is None or one.dress is None:
        return cell_of(line.case, value, kind, line.row)
    return one.dress(words_of_value(line.case, value, kind))


def _joined(line: Line, one: Shown, unit: str) -> Cell:
    """What several rows say, one after another; typed where there is one, empty where there are none."""
    table, where = one.column.each, one.column.where
    said: list[Cell] = []
    for row in rows_beside(line, table, unit):
        if where is None or line.case.value(where, table, row)[0] is True:
            value, kind = line.case.value(one.column.value, table, row)
            if value is not None:
                said.append(cell_of(line.case, value, kind, row) if one.dress is None else one.dress(str(value)))
    return (said[0] if len(said) == 1 else "；".join(map(str, said))) if said else ""


def _subtotals(
    roster: Roster, lines: Sequence[Line], columns: Sequence[RosterColumn], rows: Sequence[tuple[Cell, ...]]
) -> Iterator[Subtotal]:
    """The sums of each run of rows that the roster's group says the same of."""
    if roster.group is None:
        return
    first = 0
    words = [str(_group(line, roster) or "") for line in lines]
    for at, word in enumerate(words, start=1):
        if at == len(words) or words[at] != word:
            yield Subtotal(at, word, sums_of(columns, rows[first:at]))
            first = at


def _group(line: Line, roster: Roster) -> Cell:
    assert roster.group is not None
    value, kind = line.case.value(roster.group, roster.unit, line.row)
    return cell_of(line.case, value, kind, line.row)


def _notes(columns: Sequence[RosterColumn], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    for place, column in enumerate(columns):
        unknown = sum(row[place] is None for row in rows) if column.total else 0
        if unknown:
            yield f"{column.heading}：{unknown}行未定，未计入合计"
