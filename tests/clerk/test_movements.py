"""The book of a period: it always closes, opens with what the last one left, and says corrections as such."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk.household import Household, Row
from clerk.movements import Book, Movement, Standing, entries, unsettled
from clerk.paying import ONCE
from clerk.periods import Span, read_span, week_of
from clerk.records import STOPPED, AmountKept, Application, CaseRecord, Decision
from clerk.settings import Office
from tests.builders import a_small_catalogue

CATALOGUE = a_small_catalogue()
OFFICE = Office("示例乡社会救助窗口", "990101001", "测试员")
SEPTEMBER, OCTOBER = read_span("2026-09"), read_span("2026-10")
HERE, THERE = "990101001201", "990101001202"
MONDAY = date(2026, 1, 5)


def a_case(*applications: Application, home: str = HERE, household: str = "h1") -> CaseRecord:
    lived = Household({"户籍地": home}, {"成员": (Row("m1", "", {"姓名": "张某军"}),)}, frozenset({"成员"}))
    day = min(each.accepted for each in applications)
    return CaseRecord(applications[0].case_number, household, 1, lived, applications, OFFICE, day)


def paid(fen: int, since: date, number: str = "b1", cycle: str = "每月", programme: str = "甲助") -> Application:
    amounts = (AmountKept("甲金", cycle, "元", fen, fen),)
    return Application(number, f"c-{number}", programme, "", ("m1",), "已受理", "民政", since, amounts=amounts)


def said(moved: Movement) -> tuple[str, int, int, int, int, int]:
    return moved.change, moved.opening, moved.correction, moved.came, moved.left, moved.closing


def book(span: Span, *cases: CaseRecord, before: tuple[Standing, ...] | None = None) -> Book:
    return entries(cases, span, CATALOGUE, before)


def test_who_comes_is_new_who_stays_is_the_same_and_who_ends_leaves() -> None:
    came = paid(50_000, date(2026, 9, 8))
    (first,) = book(SEPTEMBER, a_case(came)).movements
    assert said(first) == ("新增", 0, 0, 50_000, 0, 50_000)
    assert (first.village, first.name) == (HERE, "张某军")
    left = book(SEPTEMBER, a_case(came)).standing
    (second,) = book(OCTOBER, a_case(came), before=left).movements
    assert said(second) == ("未变", 50_000, 0, 0, 0, 50_000)
    ended = replace(came, status=STOPPED, ended=date(2026, 10, 1))
    (third,) = book(OCTOBER, a_case(ended), before=left).movements
    assert said(third) == ("退出", 50_000, 0, 0, 50_000, 0)
    assert not book(OCTOBER, a_case(ended), before=left).standing


def test_a_later_application_for_the_same_replaces_the_earlier_one() -> None:
    cases = [a_case(paid(50_000, date(2026, 8, 3))), a_case(paid(62_000, date(2026, 9, 9), "b2"))]
    (moved,) = book(SEPTEMBER, *cases).movements
    assert said(moved) == ("变更", 50_000, 0, 12_000, 0, 62_000)
    assert moved.number == "b2"


def test_the_decided_amount_and_month_count_before_what_was_accepted() -> None:
    asked = paid(50_000, date(2026, 8, 3))
    decision = Decision("同意", date(2026, 9, 2), (AmountKept("甲金", "每月", "元", 48_050, 48_050),))
    decided = replace(asked, status="已批准", decision=decision, pay_since=date(2026, 10, 1))
    assert not book(SEPTEMBER, a_case(decided)).movements
    assert said(book(OCTOBER, a_case(decided)).movements[0]) == ("新增", 0, 0, 48_050, 0, 48_050)


def test_a_refused_application_was_never_paid_and_leaves_the_earlier_one_standing() -> None:
    cases = [
        a_case(paid(50_000, date(2026, 8, 3))),
        a_case(replace(paid(9, date(2026, 9, 9), "b2"), status="不予批准")),
    ]
    assert said(book(SEPTEMBER, *cases).movements[0]) == ("未变", 50_000, 0, 0, 0, 50_000)


def test_what_is_paid_once_comes_and_goes_in_one_period() -> None:
    case = a_case(paid(200_000, date(2026, 9, 9), cycle=ONCE))
    first = book(SEPTEMBER, case)
    assert [said(each) for each in first.movements] == [("新增", 0, 0, 200_000, 200_000, 0)]
    assert not book(OCTOBER, case, before=first.standing).movements


def test_what_was_found_out_late_is_a_correction_of_the_next_book() -> None:
    wrong = paid(50_000, date(2026, 8, 3))
    left = book(SEPTEMBER, a_case(wrong)).standing
    dead = replace(wrong, status=STOPPED, ended=date(2026, 9, 1))
    (moved,) = book(OCTOBER, a_case(dead), before=left).movements
    assert said(moved) == ("更正", 50_000, -50_000, 0, 0, 0)
    late = a_case(paid(30_000, date(2026, 9, 20), "b7", ONCE, "乙助"), household="h2")
    (once,) = [each for each in book(OCTOBER, a_case(wrong), late, before=left).movements if each.line.cycle == ONCE]
    assert said(once) == ("更正", 0, 30_000, 0, 30_000, 0)


def test_who_moves_leaves_one_village_and_comes_into_the_other() -> None:
    cases = [a_case(paid(50_000, date(2026, 8, 3))), a_case(paid(50_000, date(2026, 9, 9), "b2"), home=THERE)]
    assert [(each.village, said(each)) for each in book(SEPTEMBER, *cases).movements] == [
        (HERE, ("退出", 50_000, 0, 0, 50_000, 0)),
        (THERE, ("新增", 0, 0, 50_000, 0, 50_000)),
    ]


def test_only_decided_applications_without_a_settled_amount_hinder() -> None:
    waiting = replace(paid(0, date(2026, 9, 8)), amounts=(AmountKept("甲金", "每月", "元", 0, 50_000),))
    decided = replace(waiting, number="b2", decision=Decision("同意", date(2026, 9, 9)))
    found = unsettled([a_case(waiting), a_case(decided, household="h2")], SEPTEMBER)
    assert [(case.household_id, each.number) for case, each in found] == [("h2", "b2")]
    assert not unsettled([a_case(decided)], read_span("2026-08"))


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[int, int, str, str, int, bool, str]]:
    """Changes in order of the week they become known: week, days back, household, programme, fen, ends, village."""
    change = st.tuples(
        st.integers(0, 51),
        st.integers(-20, 90),
        st.sampled_from(("h1", "h2", "h3")),
        st.sampled_from(("甲助", "乙助")),
        st.integers(1, 99_999),
        st.booleans(),
        st.sampled_from((HERE, THERE)),
    )
    return sorted(draw(st.lists(change, max_size=14)))


@pytest.mark.parametrize("cycle", ["每月", ONCE])
@settings(max_examples=25, deadline=None)
@given(history=histories())
def test_random_histories_over_a_year_always_close(
    cycle: str, history: list[tuple[int, int, str, str, int, bool, str]]
) -> None:
    before: tuple[Standing, ...] | None = None
    closing: dict[tuple[object, str], int] = {}
    booked, paid_out = 0, 0
    for week, cases in weeks(history, cycle):
        made = book(week, *cases, before=before)
        for moved in made.movements:
            assert moved.opening + moved.correction + moved.came - moved.left == moved.closing
        opening = {(each.line, each.village): each.opening for each in made.movements if each.opening}
        assert before is None or opening == closing
        closing = {(each.line, each.village): each.closing for each in made.movements if each.closing}
        standing = {(each.line, each.village): each.amount for each in made.standing if each.line.cycle != ONCE}
        assert closing == standing
        if before is None:
            booked = sum(each.amount for each in made.standing)
        else:
            paid_out += sum(each.left for each in made.movements)
        before = made.standing
    if cycle == ONCE:
        assert booked + paid_out == sum(each.amount for each in before or ())
    assert closing == last_standing(history, cycle)


def weeks(
    history: list[tuple[int, int, str, str, int, bool, str]], cycle: str
) -> Iterator[tuple[Span, list[CaseRecord]]]:
    """Each of 52 weeks with the cases as they are known at its end."""
    cases: list[CaseRecord] = []
    for week in range(52):
        span = week_of(MONDAY + timedelta(weeks=week))
        for at, (known, back, household, programme, fen, ends, home) in enumerate(history):
            day = span.until - timedelta(days=back)
            if known != week:
                continue
            if ends:
                cases = [
                    replace(each, applications=tuple(_ended(one, day) for one in each.applications))
                    if each.household_id == household
                    else each
                    for each in cases
                ]
            else:
                cases.append(a_case(paid(fen, day, f"b{at}", cycle, programme), home=home, household=household))
        yield span, list(cases)


def _ended(application: Application, day: date) -> Application:
    return application if application.ended else replace(application, status=STOPPED, ended=day)


def last_standing(
    history: list[tuple[int, int, str, str, int, bool, str]], cycle: str
) -> dict[tuple[object, str], int]:
    """What stands after the year, worked out from the last state alone."""
    *_, (span, cases) = weeks(history, cycle)
    alone = entries(cases, Span(span.until + timedelta(days=1), span.until + timedelta(days=1), "", "周"), CATALOGUE)
    return {(each.line, each.village): each.opening for each in alone.movements if each.opening}
