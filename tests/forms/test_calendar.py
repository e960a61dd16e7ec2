"""Working days by the State Council's table, and what is said when there is no table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.board import Board
from forms.calendar import Calendar, add_days, add_working_days, is_working_day, nth_day, working_day_from
from forms.load_calendar import read_calendar
from forms.loader import NATIONAL
from forms.policy import DayOff
from forms.reading import read_documents

ACCEPTED = date(2026, 9, 1)


@dataclass
class Days:
    """A calendar alone."""

    days_off: Mapping[date, DayOff] = field(default_factory=dict)
    calendar_years: frozenset[int] = frozenset()


def shipped() -> Days:
    board = Board()
    for entry in read_documents(NATIONAL / "calendar" / "2026.yaml", "2026.yaml"):
        read_calendar(entry, board)
    assert board.errors == []
    return Days(board.days_off, frozenset(board.calendar_years))


CALENDAR: Calendar = shipped()


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (0, date(2026, 9, 1)),
        (3, date(2026, 9, 4)),
        (10, date(2026, 9, 15)),
        (15, date(2026, 9, 21)),
        (20, date(2026, 9, 29)),
        (30, date(2026, 10, 19)),
        (45, date(2026, 11, 9)),
    ],
)
def test_the_deadlines_of_the_worked_cases(days: int, due: date) -> None:
    found = add_working_days(ACCEPTED, days, CALENDAR)
    assert found.day == due
    assert found.warnings == ()


def test_a_public_notice_counts_the_day_it_is_put_up() -> None:
    assert nth_day(date(2026, 9, 18), 7) == date(2026, 9, 24)


def test_the_next_step_after_a_notice_waits_for_a_working_day() -> None:
    assert working_day_from(date(2026, 9, 25), CALENDAR).day == date(2026, 9, 28)
    assert working_day_from(date(2026, 9, 28), CALENDAR).day == date(2026, 9, 28)


def test_calendar_days_do_not_count_the_first() -> None:
    assert add_days(date(2026, 8, 28), 3).day == date(2026, 8, 31)


@pytest.mark.parametrize("day", [date(2026, 9, 20), date(2026, 10, 10), date(2026, 2, 14), date(2026, 1, 4)])
def test_a_swapped_weekend_day_is_worked(day: date) -> None:
    assert day.weekday() >= 5
    assert is_working_day(day, CALENDAR)


def test_the_whole_year_has_as_many_working_days_as_the_notice_leaves() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert sum(is_working_day(day, CALENDAR) for day in days) == 248


def test_a_year_without_its_table_counts_weekends_and_warns() -> None:
    found = add_working_days(date(2026, 12, 30), 5, CALENDAR)
    assert found.day == date(2027, 1, 6)
    assert found.warnings == ("2027年放假安排未录入，只按周末推算，请人工核对",)


def test_no_table_at_all_warns_for_each_year_touched() -> None:
    found = add_working_days(date(2024, 12, 31), 262, Days())
    assert [warning[:5] for warning in found.warnings] == ["2024年", "2025年", "2026年"]


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(1, 90))
def test_a_due_day_is_worked_and_exactly_n_worked_days_lie_behind_it(start: date, n: int) -> None:
    due = add_working_days(start, n, CALENDAR).day
    between = [start + timedelta(days=step) for step in range(1, (due - start).days + 1)]
    assert is_working_day(due, CALENDAR)
    assert sum(is_working_day(day, CALENDAR) for day in between) == n


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(0, 40), st.integers(0, 40))
def test_days_may_be_added_in_two_steps(start: date, first: int, second: int) -> None:
    halfway = add_working_days(start, first, CALENDAR).day
    assert add_working_days(halfway, second, CALENDAR).day == add_working_days(start, first + second, CALENDAR).day


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(1, 60))
def test_it_warns_exactly_when_a_year_without_table_is_touched(start: date, n: int) -> None:
    found = add_working_days(start, n, CALENDAR)
    assert bool(found.warnings) == (start.year != 2026 or found.day.year != 2026)
