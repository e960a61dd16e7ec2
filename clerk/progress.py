"""How far an application has come, as rosters count it: decided or not, in how many days, how late, and until when it holds."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from clerk.records import DECIDED, Application


def is_done(application: Application) -> bool:
    """Whether the office is through with it: decided, or ended some other way."""
    return application.decision is not None or application.status in DECIDED


def decided_on(application: Application) -> date | None:
    """The day of the decision; None while there is none."""
    return application.decision.on if application.decision else None


def days_taken(application: Application) -> int | None:
    """Calendar days from acceptance to the decision; None while there is none."""
    day = decided_on(application)
    return (day - application.accepted).days if day else None


def days_late(application: Application, today: date) -> int:
    """Calendar days beyond the last deadline, up to the decision or to `today`; what has no deadline is never late.

    What ended without a decision is late no longer.
    """
    due = last_day(application)
    if due is None or (application.decision is None and is_done(application)):
        return 0
    return max(((decided_on(application) or today) - due).days, 0)


def was_in_time(application: Application) -> bool | None:
    """Whether the decision came by the last deadline; None while there is no decision or no deadline."""
    due, day = last_day(application), decided_on(application)
    return None if due is None or day is None else day <= due


def last_day(application: Application) -> date | None:
    """The last day of the last step."""
    return max((due.day for due in application.dues), default=None)


def holds_until(application: Application, months: int) -> date | None:
    """The last day of a status that holds so many months from its decision (from acceptance while undecided); None without end."""
    if not months:
        return None
    start = decided_on(application) or application.accepted
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)
