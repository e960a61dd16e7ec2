"""The stretch of days a roster covers."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.errors import UserCanFix
from clerk.periods import as_file_name, month_of, read_span, week_of


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
        ("2026-09-01..2026-09-20 中秋慰问", date(2026, 9, 1), date(2026, 9, 20), "事件"),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), "周"),
        ("2027-01@21", date(2026, 12, 21), date(2027, 1, 20), "月"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "季"),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30), "半年"),
        ("2026-秋", date(2026, 9, 1), date(2027, 1, 31), "学期"),
        ("2028春", date(2028, 2, 1), date(2028, 8, 31), "学期"),
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
        ("2026-W53", "2026年第53周，2026年12月28日至2027年1月3日"),
        ("2027-01@21", "2027年1月，2026年12月21日至2027年1月20日"),
        ("2026-秋", "2026年秋季学期"),
        ("2026-12-20..2027-01-05 两节慰问", "两节慰问，2026年12月20日至2027年1月5日"),
    ],
)
def test_a_period_in_words_stands_in_the_brackets_of_a_title(text, words):
    assert read_span(text).words == words


@pytest.mark.parametrize(
    "text", ["", "九月", "2026-W54", "2026-13", "2026-H3", "2026-02@31", "2026-09-20..2026-09-01", "0000"]
)
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


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_weeks_follow_one_another_without_gap_or_overlap_over_every_new_year(day):
    week = week_of(day)
    after = week_of(week.until + timedelta(days=1))
    assert after.since == week.until + timedelta(days=1)
    assert week.words != after.words
    written = f"{week.since.isocalendar().year}-W{week.since.isocalendar().week:02d}"
    assert read_span(written) == week


@given(st.integers(2000, 2098), st.integers(1, 12), st.integers(2, 28))
def test_shifted_months_follow_one_another_without_gap(year, month, start):
    one = read_span(f"{year}-{month:02d}@{start}")
    following = (year + month // 12, month % 12 + 1)
    assert read_span(f"{following[0]}-{following[1]:02d}@{start}").since == one.until + timedelta(days=1)


@pytest.mark.parametrize("parts", [("Q1", "Q2", "Q3", "Q4"), ("H1", "H2")])
def test_parts_of_a_year_make_the_year(parts):
    spans = [read_span(f"2028-{part}") for part in parts]
    assert (spans[0].since, spans[-1].until) == (read_span("2028").since, read_span("2028").until)
    for first, second in pairwise(spans):
        assert second.since == first.until + timedelta(days=1)


def test_a_period_is_fit_for_the_name_of_a_file():
    assert as_file_name("2026-09-01..2026-09-20 中秋/慰问") == "2026-09-01至2026-09-20-中秋慰问"
