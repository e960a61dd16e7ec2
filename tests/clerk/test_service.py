"""The use cases that the window and the command line share, on the shipped data."""

from datetime import date

import pytest

from clerk.errors import UserCanFix
from clerk.periods import read_span
from clerk.screening import Standing
from clerk.service import Plans, Wanted, already_kept, apply_file, case_files, roster_tables, screen_file
from clerk.settings import Office
from forms.layers import DEMO
from tests.builders import DAY, the_demo_catalogue

PLANS = Plans(the_demo_catalogue())
OFFICE = Office("示例县红星镇人民政府", "990101100", "赵某经办")
WEEK = read_span("2026-W36")


def screened(name="C01"):
    return screen_file(DEMO / "cases" / f"{name}.yaml", PLANS, DAY)


def applied(store, name="C01", choose="all"):
    return apply_file(screened(name), choose, store=store, plans=PLANS, office=OFFICE)


def test_a_worked_household_is_screened_filed_and_read_again(store):
    record = applied(store)
    with store.reading() as view:
        (case,) = case_files(view, [record.case_number], PLANS, DAY)
    assert case.record == record
    open_offers = screened().screening.standing(Standing.OPEN)
    assert [each.programme for each in record.applications] == [offer.programme for offer in open_offers]


def test_the_father_stands_once_on_the_roster_of_the_week(store):
    applied(store)
    with store.reading() as view:
        tables = roster_tables(view, Wanted(["R01"], WEEK), PLANS)
    headings = [column.heading for column in tables[0].columns]
    assert [row[headings.index("姓名")] for row in tables[0].rows] == ["张某山"]
    assert tables[0].rows[0][headings.index("本期金额")] == 31_300


def test_all_rosters_come_in_their_own_order_and_each_is_announced(store):
    heard = []
    with store.reading() as view:
        tables = roster_tables(view, Wanted((), WEEK), PLANS, heard.append)
    assert len(tables) == len(the_demo_catalogue().rosters)
    assert heard == [table.name for table in tables]


def test_a_household_with_nothing_to_apply_for_is_not_filed_by_accident(store):
    with pytest.raises(UserCanFix, match="没有可以申请的项目"):
        applied(store, "C15")
    with store.reading() as view:
        assert not list(view.cases(date(2026, 1, 1), date(2026, 12, 31), the_demo_catalogue()))


def test_unknown_cases_and_rosters_are_refused_by_name(store):
    with store.reading() as view:
        with pytest.raises(UserCanFix, match="99-1"):
            case_files(view, ["99-1"], PLANS, DAY)
        with pytest.raises(UserCanFix, match="R99"):
            roster_tables(view, Wanted(["R99"], WEEK), PLANS)


def test_a_number_already_kept_elsewhere_is_said_with_its_case(store):
    record = applied(store)
    with store.reading() as view:
        said = already_kept(view, screened().household, the_demo_catalogue())
    assert len(said) == 5
    assert record.case_number in said[0]


def test_every_worked_household_can_be_filed_and_listed(store):
    filed = 0
    for path in sorted((DEMO / "cases").glob("*.yaml")):
        if not path.name.endswith(".expect.yaml") and screened(path.stem).screening.standing(Standing.OPEN):
            applied(store, path.stem)
            filed += 1
    with store.reading() as view:
        tables = roster_tables(view, Wanted((), WEEK), PLANS)
        kept = list(view.cases(DAY, DAY, the_demo_catalogue()))
    assert len(kept) == filed
    entered = {programme for table in tables for programme in the_demo_catalogue().rosters[table.id].programmes}
    listed = sum(1 for case in kept for each in case.applications if each.programme in entered)
    assert listed > 0
    assert sum(len(table.rows) for table in tables) >= listed
