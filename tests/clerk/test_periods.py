"""The stretch of days a roster covers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.errors import UserCanFix
from clerk.periods import month_of, read_span, week_of


@pytest.mark.parametrize(
    ("text", "since", "until", "kind"),
    [
        ("2026-W36", date(2026, 8, 31), date(2026, 9, 6), "周"),
        ("2026-w01", date(2025, 12, 29), date(2026, 1, 4), "周"),
        ("2026-09", date(2026, 9, 1), date(2026, 9, 30), "月"),
        ("2028-2", date(2028, 2, 1), date(2028, 2, 29), "月"),
        ("2026-09@21", date(2026, 8, 21), date(2026, 9, 20), "月"),
        ("2026-01@21", date(2025, 12, 21), date(2026, 1, 20), "月"),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), "季"),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), "半年"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "年"),
        ("2026-09-01..2026-09-20", date(2026, 9, 1), date(2026, 9, 20), "自定"),
    ],
)
def test_every_way_to_say_a_period(text, since, until, kind):
    span = read_span(text)
    assert (span.since, span.until, span.kind) == (since, until, kind)
    assert since in span
    assert until in span


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-W36", "2026年第36周，8月31日至9月6日"),
        ("2026-09@21", "2026年9月，8月21日至9月20日"),
        ("2026-09", "2026年9月"),
    ],
)
def test_a_period_in_words_stands_in_the_brackets_of_a_title(text, words):
    assert read_span(text).words == words


@pytest.mark.parametrize("text", ["", "九月", "2026-W54", "2026-13", "2026-H3", "2026-02@31", "2026-09-20..2026-09-01", "0000"])
def test_anything_else_is_refused_with_examples(text):
    with pytest.raises(UserCanFix):
        read_span(text)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_each_day_lies_in_its_own_week_and_month(day):
    week, month = week_of(day), month_of(day)
    assert day in week
    assert day in month
    assert (week.until - week.since).days == 6
    assert week.since.weekday() == 0
    assert month.since.day == 1
