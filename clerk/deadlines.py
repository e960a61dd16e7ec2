"""The days by which an office must have done its steps (时限), counted from events that have happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from clerk.records import Due
from forms.calendar import Calendar, DueDay, add_days, add_working_days
from forms.language.facts import ROOT_ROW, Facts
from forms.policy import Deadline, Programme
from forms.schema import ROOT

ACCEPTED = "受理"
"""The event that filing a case is."""


def events_of(programme: Programme, facts: Facts, on: date) -> dict[str, date]:
    """The events that have happened when a case is filed `on` a day: the filing, and days the household told.

    Where several rows tell such a day, the latest counts: it is the news that the step answers.
    """
    events = {ACCEPTED: on}
    for since in {deadline.since for deadline in programme.deadlines if "." in deadline.since}:
        table, _, field = since.partition(".")
        told = [facts.answer(table, field, row) for row in ([ROOT_ROW] if table == ROOT else facts.rows(table))]
        days = [day for day in told if isinstance(day, date) and day <= on]
        events |= {since: max(days)} if days else {}
    return events


def due_days(programme: Programme, events: Mapping[str, date], calendar: Calendar) -> tuple[Due, ...]:
    """One Due for each step whose starting event (起算) has happened, in the order of the days.

    `events` maps an event's word to its day; a step counted from an event to come has no day yet and is left out.
    """
    dues = [
        _due(deadline, events[deadline.since or ACCEPTED], calendar)
        for deadline in programme.deadlines
        if (deadline.since or ACCEPTED) in events
    ]
    return tuple(sorted(dues, key=lambda due: due.day))


def _due(deadline: Deadline, since: date, calendar: Calendar) -> Due:
    first = _count(deadline, deadline.days, since, calendar)
    if not deadline.extended:
        return Due(deadline.step, first.day, first.warnings)
    longer = _count(deadline, deadline.extended, since, calendar)
    return Due(deadline.step, first.day, tuple(dict.fromkeys(first.warnings + longer.warnings)), longer.day)


def _count(deadline: Deadline, days: int, since: date, calendar: Calendar) -> DueDay:
    return add_working_days(since, days, calendar) if deadline.working else add_days(since, days)
