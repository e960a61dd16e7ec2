"""The shipped rosters as data: what a receiving department checks before it reads the first line."""

from functools import cache

import pytest

from forms.catalogue import Catalogue
from forms.language.plan import Plan, compile_catalogue, compile_expression
from forms.language.types import Type
from forms.loader import DEMO, NATIONAL, load
from forms.roster import Column, Roster
from forms.rules import last_change
from forms.schema import Kind

NUMBERS = [f"R{number:02d}" for number in range(1, 31)]
KEPT_IN_REGISTERS = {"R11", "R23", "R24", "R25", "R28"}
COUNTED = {"R03", "R30"}
NOBODYS_OWN = COUNTED | {"R22", "R26", "R27", "R29"}


@cache
def shipped() -> tuple[Catalogue, Plan]:
    catalogue = load([NATIONAL, DEMO])
    return catalogue, compile_catalogue(catalogue, last_change(catalogue))


def type_of(roster: Roster, column: Column) -> Type:
    return compile_expression(column.value, column.each or roster.unit, shipped()[1]).type


def rosters() -> list[Roster]:
    return list(shipped()[0].rosters.values())


@pytest.mark.parametrize("roster", rosters(), ids=lambda roster: roster.id)
def test_every_column_means_something_and_only_numbers_are_added_up(roster: Roster):
    for column in roster.columns:
        kind = type_of(roster, column)
        assert not column.total or kind.is_number, column.heading


@pytest.mark.parametrize("roster", rosters(), ids=lambda roster: roster.id)
def test_a_roster_of_money_says_which_sum_stands_for_it(roster: Roster):
    money = [column for column in roster.columns if column.total and type_of(roster, column).kind is Kind.MONEY]
    assert [column.main for column in money].count(True) == (1 if money else 0)


@pytest.mark.parametrize("roster", rosters(), ids=lambda roster: roster.id)
def test_the_sum_that_stands_for_a_roster_counts_every_amount_its_programmes_pay(roster: Roster):
    main = next((column for column in roster.columns if column.main), None)
    paid = {"月金额": "每月", "年金额": "每年", "一次金额": "一次"}
    if main is None or main.value.text not in paid:
        return
    for programme in roster.programmes:
        periods = {amount.period for amount in shipped()[0].programmes[programme].amounts if amount.unit == "元"}
        assert periods <= {paid[main.value.text]}, programme


@pytest.mark.parametrize("roster", rosters(), ids=lambda roster: roster.id)
def test_no_two_columns_of_a_roster_show_the_same(roster: Roster):
    values = [(column.value.text, column.each) for column in roster.columns]
    assert len(values) == len(set(values))


@pytest.mark.parametrize("roster", rosters(), ids=lambda roster: roster.id)
def test_a_roster_says_who_receives_it_when_and_who_signs(roster: Roster):
    assert roster.department
    assert roster.periods
    assert [one.label for one in roster.signers][:: len(roster.signers) - 1] == ["填报单位", "填表日期"]
    assert set(roster.programmes) <= set(shipped()[0].programmes)
    assert roster.programmes or roster.id in KEPT_IN_REGISTERS | {"R22", "R27", "R30"}


def test_all_thirty_are_there_under_their_own_numbers_in_their_order():
    ids = [roster.id for roster in rosters()]
    assert list(dict.fromkeys(id_.partition("-")[0] for id_ in ids if id_.startswith("R"))) == NUMBERS
    assert [id_ for id_ in ids if not id_.startswith("R")] == ["Z01", "Z02"]
    assert ids == sorted(ids)


@pytest.mark.parametrize("roster", rosters(), ids=lambda roster: roster.id)
def test_a_roster_begins_with_the_common_columns_and_is_sorted_by_village(roster: Roster):
    headings = [column.heading for column in roster.columns]
    if roster.id in NOBODYS_OWN - {"R27"}:
        return
    assert headings[:3] == ["县（市区）", "乡镇（街道）", "村（社区）"]
    assert roster.sort[0] == "现住地"
    if roster.id in KEPT_IN_REGISTERS | {"R27"}:
        return
    assert headings[3:16] == [
        *("户编号", "户主姓名", "户主证件号", "姓名", "与户主关系", "性别", "证件号", "民族", "户籍类别"),
        *("家庭人口", "保障人口", "联系电话", "现住址"),
    ]
    assert headings[-1] == "备注"


def test_a_roster_of_records_that_come_later_takes_them_from_a_register():
    assert {roster.id for roster in rosters() if roster.event == "登记"} == KEPT_IN_REGISTERS
    assert {roster.id for roster in rosters() if roster.measures} == COUNTED


def test_children_have_no_version_that_leaves_the_office():
    catalogue, _ = shipped()
    for roster in rosters():
        if any(not catalogue.programmes[name].published for name in roster.programmes) and "公示" in roster.versions:
            assert roster.id in {"R01", "R06", "R12", "R20-1"}, roster.id  # their other rows are left out, never shown
    assert next(roster for roster in rosters() if roster.id == "R15").versions == ("内部",)


def test_what_a_version_lets_through_is_a_closed_list():
    """A change here is a decision about what everybody may read: it is made on purpose."""
    catalogue, _ = shipped()
    assert set(catalogue.versions["公示"].fields) == {
        *("成员.姓名", "办件.对象姓名", "家庭.居住乡镇", "家庭.居住村", "办件.项目名称", "办件.保障人数"),
        *("办件.月金额", "办件.年金额", "办件.一次金额", "办件.发放金额", "办件.发放周期", "办件.起发月"),
    }
    assert set(catalogue.versions["微信"].fields) == {
        *("家庭.居住乡镇", "家庭.居住村", "办件.办件编号", "办件.项目名称", "办件.保障人数", "办件.办件受理日期"),
        *("办件.办件承诺办结日", "办件.状态", "办件.接收部门", "办件.超期天数"),
    }


def test_every_programme_that_pays_money_stands_in_the_payment_list_or_in_a_departments_own():
    catalogue, _ = shipped()
    listed = {programme for roster in rosters() for programme in roster.programmes}
    paying = {name for name, programme in catalogue.programmes.items() if programme.amounts}
    assert paying <= listed
