"""Working days and calendar days, by the catalogue's days off; a year without its table says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from forms.policy import DayOff

_DAY = timedelta(days=1)
_SATURDAY = 5


class Calendar(Protocol):
    """What knows the days off: a `Catalogue`, or a test's stand-in."""

    @property
    def days_off(self) -> Mapping[date, DayOff]:
        """Statutory days off and swapped working days, by day."""
        ...

    @property
    def calendar_years(self) -> frozenset[int]:
        """The years whose table is in the data."""
        ...


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day something is due, with what the clerk must know about how it was counted."""

    day: date
    warnings: tuple[str, ...] = ()


def is_working_day(day: date, calendar: Calendar) -> bool:
    """True on a swapped working day, or on a weekday that is no statutory day off."""
    named = calendar.days_off.get(day)
    return named.working if named else day.weekday() < _SATURDAY


def add_working_days(start: date, n: int, calendar: Calendar) -> DueDay:
    """The n-th working day after `start`; the day of `start` itself is not counted, and n = 0 is `start`.

    A year without a table counts weekends only, and the answer warns.
    """
    day, left = start, n
    while left > 0:
        day += _DAY
        left -= is_working_day(day, calendar)
    return DueDay(day, _warnings(start, day, calendar))


def add_days(start: date, n: int) -> DueDay:
    """The n-th calendar day after `start`; the day of `start` itself is not counted."""
    return DueDay(start + timedelta(days=n))


def nth_day(start: date, n: int) -> date:
    """The last of n calendar days when `start` itself is day 1, as a public notice (公示) is counted."""
    return start + timedelta(days=n - 1)


def working_day_from(day: date, calendar: Calendar) -> DueDay:
    """`day` itself when work is done on it, else the next working day."""
    found = day
    while not is_working_day(found, calendar):
        found += _DAY
    return DueDay(found, _warnings(day, found, calendar))


def _warnings(start: date, end: date, calendar: Calendar) -> tuple[str, ...]:
    missing = [year for year in range(start.year, end.year + 1) if year not in calendar.calendar_years]
    return tuple(f"{year}年放假安排未录入，只按周末推算，请人工核对" for year in missing)
