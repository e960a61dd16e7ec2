"""Check every rule of a catalogue with the language's own checker: conditions, amounts, columns, cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forms.catalogue import Catalogue
from forms.keying_checks import check_keying
from forms.language.plan import Plan, compile_catalogue, compile_expression
from forms.language.types import FLAG, Type
from forms.paper_checks import check_paper
from forms.places import DataError, DataErrors
from forms.roster import Roster, counted_at
from forms.schema import ROOT, Expression, Kind

_Use = tuple[Expression, str, Type | None]


def check_rules(catalogue: Catalogue) -> tuple[DataError, ...]:
    """Every fault of every expression, as the language finds it on the last day anything changes.

    Names, types and units do not depend on the day; a standard without a value then is no fault, only not yet known.
    """
    try:
        plan = compile_catalogue(catalogue, last_change(catalogue))
    except DataErrors as faults:
        return faults.errors
    return (
        *(fault for use in _uses(catalogue) for fault in _faults(use, plan)),
        *(fault for id_ in catalogue.papers for paper in catalogue.serving(id_) for fault in check_paper(paper, plan)),
        *(fault for keying in catalogue.keyings.values() for fault in check_keying(keying, plan)),
    )


def last_change(catalogue: Catalogue) -> date:
    """The latest first day of any standard or programme: the newest state of the data."""
    days = [value.period.since for standard in catalogue.standards.values() for value in standard.values]
    days += [programme.period.since for programme in catalogue.programmes.values()]
    return max(days, default=date.min)


def change_points(catalogue: Catalogue) -> tuple[date, ...]:
    """Every day on which a standard or a programme begins or has just ended, in order."""
    periods = [value.period for standard in catalogue.standards.values() for value in standard.values]
    periods += [programme.period for programme in catalogue.programmes.values()]
    ends = {date.fromordinal(period.until.toordinal() + 1) for period in periods if period.until}
    return tuple(sorted({period.since for period in periods} | ends))


def _faults(use: _Use, plan: Plan) -> tuple[DataError, ...]:
    expression, table, wanted = use
    try:
        compile_expression(expression, table, plan, wanted)
    except DataErrors as faults:
        return faults.errors
    return ()


def _uses(catalogue: Catalogue) -> Iterator[_Use]:
    """Expressions outside programmes' conditions, fields and papers."""
    for programme in catalogue.programmes.values():
        if programme.unit:
            yield programme.unit, Kind.MEMBER.value, FLAG
    for roster in catalogue.rosters.values():
        yield from _of_roster(roster)
    if catalogue.death:
        yield catalogue.death.fit, Kind.MEMBER.value, FLAG


def _of_roster(roster: Roster) -> Iterator[_Use]:
    unit = roster.unit or ROOT
    if roster.relevant:
        yield roster.relevant, unit, FLAG
    if roster.group:
        yield roster.group, unit, None
    for column in roster.columns:
        yield column.value, column.each or unit, None
        if column.where:
            yield column.where, column.each or unit, FLAG
    for measure in roster.measures:
        if measure.case:
            yield measure.case, unit, FLAG
        if measure.where:
            yield measure.where, counted_at(measure, unit), FLAG
        if measure.value:
            yield measure.value, unit, None
