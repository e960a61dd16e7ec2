"""Who is paid in a period: the last that began, what was decided, and what falls due once or each year."""

from dataclasses import replace
from datetime import date

from clerk.lacks import overdue_lacks
from clerk.paying import MONTHS, ONCE, YEARLY, paid_in, term_ends
from clerk.periods import Span, read_span
from clerk.records import STOPPED, AmountKept, Application, Decision
from tests.clerk.test_movements import CATALOGUE, OCTOBER, SEPTEMBER, a_case, paid

AUGUST = date(2026, 8, 3)


def said(span: Span, *applications: Application) -> list[tuple[str, list[int]]]:
    found = paid_in([a_case(each) for each in applications], span)
    return sorted((each.number, [line.low for line in each.amounts]) for theirs in found.values() for each in theirs)


def test_what_goes_on_is_paid_until_it_ends() -> None:
    goes = paid(50_000, AUGUST)
    assert said(SEPTEMBER, goes) == said(OCTOBER, goes) == [("b1", [50_000])]
    ended = replace(goes, status=STOPPED, ended=date(2026, 10, 1))
    assert said(SEPTEMBER, ended) == [("b1", [50_000])]
    assert not said(OCTOBER, ended)
    assert not said(SEPTEMBER, replace(goes, status="不予批准"))


def test_a_change_is_paid_instead_of_what_it_changed_and_an_end_revives_nothing() -> None:
    first, second = paid(50_000, AUGUST), paid(62_000, date(2026, 9, 9), "b2")
    assert said(SEPTEMBER, first, second) == [("b2", [62_000])]
    assert said(read_span("2026-08"), first, second) == [("b1", [50_000])]
    assert not said(OCTOBER, first, replace(second, status=STOPPED, ended=date(2026, 10, 1)))


def test_the_decided_amount_is_paid_from_the_decided_month() -> None:
    decision = Decision("同意", date(2026, 9, 2), (AmountKept("甲金", "每月", "元", 48_050, 48_050),))
    decided = replace(paid(50_000, AUGUST), decision=decision, pay_since=date(2026, 10, 1))
    assert not said(SEPTEMBER, decided)
    assert said(OCTOBER, decided) == [("b1", [48_050])]


def test_what_is_paid_once_is_paid_in_its_own_period_beside_another_of_its_kind() -> None:
    early, late = (paid(90_000, day, number, ONCE) for day, number in ((AUGUST, "b1"), (date(2026, 9, 9), "b2")))
    again = paid(10_000, date(2026, 9, 20), "b3", ONCE)
    assert said(SEPTEMBER, early, late, again) == [("b2", [90_000]), ("b3", [10_000])]
    assert not said(OCTOBER, early, late, again)
    assert not said(SEPTEMBER, replace(late, status=STOPPED, ended=late.accepted))


def test_what_is_paid_each_year_comes_again_on_its_day_until_it_ends() -> None:
    yearly = paid(36_000, AUGUST, cycle=YEARLY)
    assert [bool(said(read_span(month), yearly)) for month in ("2026-08", "2026-09", "2027-08")] == [True, False, True]
    assert not said(read_span("2027-08"), replace(yearly, status=STOPPED, ended=date(2027, 1, 1)))


def test_what_is_not_money_stands_like_what_is() -> None:
    care = replace(paid(0, AUGUST), amounts=())
    assert said(SEPTEMBER, care) == [("b1", [])]
    assert not said(SEPTEMBER, replace(care, status=STOPPED, ended=date(2026, 9, 1)))


def test_a_term_in_months_ends_and_who_is_still_paid_after_it_is_named() -> None:
    goes = paid(50_000, AUGUST)
    term = AmountKept("期", ONCE, MONTHS, 2, 2)
    limited = replace(goes, amounts=(*goes.amounts, term))
    assert term_ends(goes) is None
    assert term_ends(replace(limited, amounts=(replace(term, high=6),))) is None
    assert term_ends(limited) == date(2026, 10, 3)
    assert not list(overdue_lacks([a_case(limited)], OCTOBER, CATALOGUE))
    (late,) = overdue_lacks([a_case(limited)], read_span("2026-11"), CATALOGUE)
    assert (late.number, late.name, late.hard) == ("b1", "张某军", False)
    assert late.words.startswith("2026-10-03起已期满")
    ended = replace(limited, status=STOPPED, ended=date(2026, 11, 1))
    assert not list(overdue_lacks([a_case(ended)], read_span("2026-11"), CATALOGUE))
