"""The days by which an office must have done its steps (时限), counted from events that have happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from clerk.records import Due
from forms.calendar import Calendar, DueDay, add_days, add_working_days
from forms.policy import Deadline, Programme

ACCEPTED = "受理"
"""The event that filing a case is."""


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
