"""Days by which an office must have done its steps, on the shipped calendar of 2026."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.deadlines import due_days, events_of
from clerk.household import Household, Row
from forms.policy import Deadline
from tests.builders import DAY, the_demo_catalogue


def due(deadline, day=DAY, event="受理"):
    catalogue = the_demo_catalogue()
    programme = next(iter(catalogue.programmes.values()))
    return due_days(replace(programme, deadlines=(deadline,)), {event: day}, catalogue)


@pytest.mark.parametrize(
    ("days", "day"),
    [
        (3, date(2026, 9, 4)),
        (10, date(2026, 9, 15)),
        (15, date(2026, 9, 21)),
        (20, date(2026, 9, 29)),
        (30, date(2026, 10, 19)),
        (45, date(2026, 11, 9)),
    ],
)
def test_working_days_skip_the_autumn_holidays_and_count_the_swapped_ones(days, day):
    (found,) = due(Deadline("审核", days, True, "受理"))
    assert (found.step, found.day, found.warnings) == ("审核", day, ())


def test_an_extension_has_its_own_day():
    (found,) = due(Deadline("审核确认", 30, True, "受理", 45))
    assert (found.day, found.extended) == (date(2026, 10, 19), date(2026, 11, 9))


def test_calendar_days_count_every_day():
    (found,) = due(Deadline("公示", 7, False, "公示"), date(2026, 9, 17), "公示")
    assert found.day == date(2026, 9, 24)


def test_a_step_counted_from_an_event_to_come_has_no_day_yet():
    assert due(Deadline("公示", 7, False, "公示")) == ()


def test_a_year_without_a_holiday_table_counts_weekends_and_says_so():
    (found,) = due(Deadline("审核", 10, True, "受理"), date(2031, 1, 1))
    assert found.day == date(2031, 1, 15)
    assert found.warnings


def test_a_step_may_be_counted_from_a_day_the_household_told_and_then_the_latest_one_counts():
    deadline = Deadline("制订方案", 3, False, "成员.诊断日期")
    programme = replace(next(iter(the_demo_catalogue().programmes.values())), deadlines=(deadline,))
    days = (date(2026, 8, 20), None, date(2026, 8, 28), date(2026, 12, 1))
    rows = tuple(Row(str(place), "", {"诊断日期": day} if day else {}) for place, day in enumerate(days))
    events = events_of(programme, Household({}, {"成员": rows}), DAY)
    assert events == {"受理": DAY, "成员.诊断日期": date(2026, 8, 28)}
    (found,) = due_days(programme, events, the_demo_catalogue())
    assert found.day == date(2026, 8, 31)


def test_a_day_nobody_told_starts_no_count():
    programme = replace(
        next(iter(the_demo_catalogue().programmes.values())),
        deadlines=(Deadline("制订方案", 3, False, "成员.诊断日期"),),
    )
    assert events_of(programme, Household({}, {}), DAY) == {"受理": DAY}
