"""Statistical rosters, registers, subtotals: what is counted, once each, and what stays open."""

from datetime import date
from fractions import Fraction

import pytest

from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from clerk.periods import read_span
from clerk.progress import days_late, days_taken, holds_until, was_in_time
from clerk.records import Decision, Due, Entered
from clerk.registers import Book, registered
from clerk.rosters import roster_rows
from forms.board import Board
from forms.language.plan import compile_catalogue
from forms.load_rosters import read_roster
from forms.places import DataError
from forms.reading import entries_of
from forms.roster import Roster
from tests.builders import DAY, the_demo_catalogue
from tests.clerk.test_rosters import CATALOGUE, file_one

HEAD = "花名册: S1\n名称: 统计\n部门: 民政局\n行: 办件\n项目: [甲助, 乙助]\n"
WEEK = read_span("2026-W36")


def a_roster(text: str) -> Roster:
    board = Board()
    for entry in entries_of(HEAD + text, "s.yaml"):
        read_roster(entry, board)
    return board.rosters["S1"]


def table(text: str, cases: list[CaseFile]):
    return roster_rows(a_roster(text), WEEK, cases, compile_catalogue(CATALOGUE, WEEK.until))


def test_people_and_households_count_once_however_many_applications_name_them(store):
    cases = [file_one(store, date(2026, 9, 1)), file_one(store, date(2026, 9, 2), "李某")]
    made = table("指标: [{标题: 件, 数: 件}, {标题: 户, 数: 户}, {标题: 人, 数: 人}, {标题: 钱, 合计: 月金额}]", cases)
    assert made.rows == ((4, 2, 4, 260_000),)
    assert made.totals == made.rows[0]
    by = table("列: [{标题: 事项, 值: 项目}]\n指标: [{标题: 户, 数: 户}, {标题: 人, 数: 人}]", cases)
    assert by.rows == (("乙类救助", 2, 2), ("甲类救助", 2, 4))
    assert by.totals == (None, 2, 4)


def test_a_condition_is_asked_of_the_member_the_household_or_the_application(store):
    cases = [file_one(store, date(2026, 9, 1))]
    made = table(
        "指标:\n"
        "  - {标题: 老人, 数: 人, 仅当: 周岁(出生日期) ≥ 60}\n"
        "  - {标题: 大户, 数: 户, 仅当: 成员数() > 5}\n"
        "  - {标题: 乙类, 数: 件, 办件: 项目 = 乙助}\n",
        cases,
    )
    assert made.rows == ((1, 0, 1),)


def test_what_may_count_and_may_not_is_left_out_and_said(store):
    unknown = file_one(store, date(2026, 9, 1), more=("出生日期: 1986-05-12, ", ""))
    made = table("指标: [{标题: 老人, 数: 人, 仅当: 周岁(出生日期) ≥ 60}]", [unknown])
    assert made.rows == ((1,),)
    assert made.notes == ("老人：1人未定，未计入",)


def test_a_quotient_is_of_the_whole_and_has_no_value_over_nothing(store):
    text = "指标: [{标题: 件, 数: 件}, {标题: 乙, 数: 件, 办件: 项目 = 乙助}, {标题: 率, 分子: 乙, 分母: 件, 百分: 是}]"
    assert table(text, [file_one(store, date(2026, 9, 1))]).rows == ((2, 1, Fraction(50)),)
    assert table(text, []).rows == ((0, 0, None),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("指标: [{标题: 甲}]", "怎样算"),
        ("指标: [{标题: 甲, 数: 户, 合计: 月金额}]", "怎样算"),
        ("指标: [{标题: 甲, 数: 家}]", "计数"),
        ("指标: [{标题: 甲, 分子: 乙, 分母: 丙}]", "前面没有"),
        ("指标: [{标题: 甲, 数: 户}, {标题: 甲, 数: 人}]", "写了两次"),
        ("列: [姓名]\n期: [旬]", "期间"),
        ("列: [{标题: 号, 值: 证件号, 号码: 斜体}]", "号码"),
        ("列: [{列组: 没有}]", "列组"),
        ("列: [姓名]\n签字按: 没有", "签字组"),
        ("列: [姓名]\n版本: [公示]", "版本"),
    ],
)
def test_what_a_roster_file_says_wrongly_is_refused(text, said):
    with pytest.raises(DataError, match=said):
        a_roster(text)


def an_application(store, **changes):
    from dataclasses import replace

    made = file_one(store, date(2026, 9, 1)).record.applications[0]
    return replace(made, dues=(Due("审核", date(2026, 9, 20)),), **changes)


def test_how_long_it_took_and_how_late_it_is(store):
    open_one = an_application(store)
    assert (days_taken(open_one), was_in_time(open_one)) == (None, None)
    assert [days_late(open_one, date(2026, 9, day)) for day in (19, 20, 23)] == [0, 0, 3]
    done = an_application(store, decision=Decision("批准", date(2026, 9, 22)))
    assert (days_taken(done), was_in_time(done), days_late(done, date(2026, 12, 1))) == (21, False, 2)
    assert holds_until(done, 12) == date(2027, 9, 22)
    assert holds_until(done, 0) is None
    assert holds_until(an_application(store, decision=Decision("批准", date(2026, 8, 31))), 6) == date(2027, 2, 28)
    assert days_late(an_application(store, status="已撤回"), date(2027, 1, 1)) == 0


def test_a_register_lists_people_kept_and_not_kept_with_what_was_entered(store):
    plan = compile_catalogue(the_demo_catalogue(), DAY)
    entries = [
        Entered("走访", "走访记录", DAY, "", "", "张某", "", {"三色": "红", "应走访次数": 2, "实走访次数": 1}),
        Entered("走访", "走访记录", DAY, "", "", "李某", "0", {"三色": "绿"}),
        Entered("走访", "走访记录", DAY, "", "", "王某", "0", {"三色": "黄"}),
    ]
    made = roster_rows(plan.catalogue.rosters["R23"], WEEK, registered(entries, Book(plan, lambda _: None)), plan)
    headings = [column.heading for column in made.columns]
    rows = sorted((row[headings.index("姓名")], row[headings.index("三色")]) for row in made.rows)
    assert rows == [("张某", "红"), ("李某", "绿"), ("王某", "黄")]
    assert made.people == 3
    assert made.totals[headings.index("应走访")] == 2
    assert {row[headings.index("走访日期")] for row in made.rows} == {DAY}


def test_a_version_a_statistic_is_not_made_in_is_said():
    plan = compile_catalogue(the_demo_catalogue(), DAY)
    counting = next(one for one in plan.catalogue.rosters.values() if one.measures and one.columns)
    with pytest.raises(UserCanFix, match="没有别的版"):
        roster_rows(counting, WEEK, [], plan, "别的")
