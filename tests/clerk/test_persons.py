"""Whom a row is for, and how it is called."""

from clerk.files import read_household_file
from clerk.persons import member_of
from clerk.titles import gap_title, row_title
from forms.language.results import Missing, MissingStandard
from tests.builders import DAY, a_small_catalogue

HOUSEHOLD = read_household_file(
    "成员: [{姓名: 张某, 与申请人关系: 本人, 收入: [{金额: 1}]}, {与申请人关系: 配偶, 收入: [{}, {金额: 2}]}]\n车辆: [{}]\n",
    a_small_catalogue(),
    DAY,
)


def test_a_row_belongs_to_the_member_above_it_or_to_the_applicant():
    assert member_of(HOUSEHOLD, a_small_catalogue(), "收入", "收入3") == "成员2"
    assert member_of(HOUSEHOLD, a_small_catalogue(), "车辆", "车辆1") == "成员1"
    assert member_of(HOUSEHOLD, a_small_catalogue(), "家庭", "") == "成员1"


def test_rows_are_called_by_title_or_by_owner_and_place():
    catalogue = a_small_catalogue()
    assert row_title(HOUSEHOLD, catalogue, "成员", "成员1") == "张某"
    assert row_title(HOUSEHOLD, catalogue, "成员", "成员2") == "家庭成员2"
    assert row_title(HOUSEHOLD, catalogue, "收入", "收入3") == "家庭成员2的收入2"
    assert row_title(HOUSEHOLD, catalogue, "车辆", "车辆1") == "车辆1"
    assert row_title(HOUSEHOLD, catalogue, "家庭", "") == "全户"


def test_gaps_are_said_in_words():
    catalogue = a_small_catalogue()
    assert gap_title(HOUSEHOLD, catalogue, Missing("成员", "电话", "成员1")) == "张某 电话"
    assert gap_title(HOUSEHOLD, catalogue, Missing("家庭", "存款", "")) == "存款"
    assert gap_title(HOUSEHOLD, catalogue, Missing("车辆", "", "")) == "「车辆已全部录入」尚未勾选"
    assert gap_title(HOUSEHOLD, catalogue, MissingStandard("甲标准", DAY)) == "标准「甲标准」在2026-09-01没有数值"
