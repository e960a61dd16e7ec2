"""Rosters of a period: which rows, in what order, with what totals, and what a public one may show."""

from datetime import date

import pytest

from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from clerk.fanout import submit
from clerk.files import read_household_file
from clerk.periods import read_span
from clerk.rosters import roster_rows, since_of
from clerk.screening import chosen, screen
from clerk.settings import Office
from forms.language.evaluate import Evaluator
from forms.language.plan import compile_catalogue
from forms.schema import Kind
from tests.builders import a_small_catalogue

CATALOGUE = a_small_catalogue()
OFFICE = Office("示例乡社会救助窗口", "990101001", "测试员")
WEEK = read_span("2026-W36")
TEXT = """\
户籍地: {village}
存款: 20000
成员:
  - {姓名: {name}山, 与申请人关系: 父亲, 出生日期: 1950-01-01, 残疾等级: 一级, 在校: 否, 证件号: "{father}"}
  - {姓名: {name}军, 与申请人关系: 本人, 出生日期: 1986-05-12, 电话: "13800005678", 残疾等级: 四级, 在校: 否}
录齐: 全部
"""


def file_one(store, day, name="张某", village="990101001201", choose="all", **changes):
    plan = compile_catalogue(CATALOGUE, day)
    text = TEXT.replace("{name}", name).replace("{village}", village).replace("{father}", "990101195603089117")
    for before, after in changes.values():
        text = text.replace(before, after)
    household = read_household_file(text, CATALOGUE, day)
    offers = chosen(screen(Evaluator(plan, household), CATALOGUE), choose)
    with store.work() as work:
        record = submit(household, offers, work=work, plan=plan, office=OFFICE)
    return CaseFile(record, plan, day)


def listed(name, cases, span=WEEK):
    return roster_rows(CATALOGUE.rosters[name], span, cases, compile_catalogue(CATALOGUE, span.until))


def column(table, heading):
    place = [each.heading for each in table.columns].index(heading)
    return [row[place] for row in table.rows]


def test_a_person_stands_once_for_each_application_of_the_week(store):
    case = file_one(store, date(2026, 9, 1))
    table = listed("L1", [case])
    assert column(table, "姓名") == ["张某军", "张某山"]
    assert column(table, "事项") == ["甲类救助", "乙类救助"]
    assert (table.households, table.people) == (1, 2)


@pytest.mark.parametrize(
    ("day", "inside"), [((2026, 8, 30), 0), ((2026, 8, 31), 2), ((2026, 9, 6), 2), ((2026, 9, 7), 0)]
)
def test_a_week_runs_from_monday_to_sunday(store, day, inside):
    assert len(listed("L1", [file_one(store, date(*day))]).rows) == inside


def test_a_standing_ledger_counts_what_came_before(store):
    case = file_one(store, date(2026, 7, 1))
    table = listed("L2", [case])
    assert column(table, "姓名") == ["张某军", "张某山"]
    assert since_of(CATALOGUE.rosters["L2"], WEEK) == date.min
    assert since_of(CATALOGUE.rosters["L1"], WEEK) == WEEK.since
    assert not listed("L2", [file_one(store, date(2026, 9, 7))]).rows


def test_rows_are_sorted_by_village_then_case_then_applicant_first(store):
    late = file_one(store, date(2026, 9, 1), "李某", "990101001202")
    early = file_one(store, date(2026, 9, 2), "王某", "990101001201")
    nowhere = file_one(store, date(2026, 9, 2), "赵某", "~")
    table = listed("L1", [nowhere, late, early])
    assert column(table, "姓名") == ["王某军", "王某山", "李某军", "李某山", "赵某军", "赵某山"]


def test_cells_are_typed_and_numbers_of_people_are_text(store):
    table = listed("L1", [file_one(store, date(2026, 9, 1))])
    kinds = {each.heading: each.kind for each in table.columns}
    assert kinds["证件号"] is Kind.ID
    assert kinds["电话"] is Kind.TEXT  # masked
    assert kinds["月金额"] is Kind.MONEY
    assert kinds["受理日期"] is Kind.DATE
    assert column(table, "证件号") == [None, "990101195603089117"]
    assert column(table, "受理日期") == [date(2026, 9, 1)] * 2
    assert column(table, "残疾等级") == ["四级", "一级"]
    assert column(table, "在校") == ["否", "否"]
    assert column(table, "村") == ["示例县示例乡红星村"] * 2


def test_each_level_of_the_place_shows_its_own_words(store):
    table = listed("L6", [file_one(store, date(2026, 9, 1))])
    assert [column(table, level)[0] for level in ("县", "乡镇", "村")] == ["示例县", "示例乡", "红星村"]
    unknown = listed("L6", [file_one(store, date(2026, 9, 1), village="~")])
    assert [column(unknown, level)[0] for level in ("县", "乡镇", "村")] == [None] * 3


def test_the_applicant_comes_first_then_each_person_with_all_their_applications(store):
    younger = "  - {姓名: 张某宝, 与申请人关系: 父亲, 出生日期: 1952-01-01, 残疾等级: 一级, 在校: 否}\n录齐: 全部"
    table = listed("L6", [file_one(store, date(2026, 9, 1), more=("录齐: 全部", younger))])
    assert column(table, "姓名") == ["张某军", *["张某山"] * 2, *["张某宝"] * 2]
    assert column(table, "关系") == ["本人", *["父亲"] * 4]


def test_an_amount_of_another_period_is_nobodys_open_question(store):
    table = listed("L6", [file_one(store, date(2026, 9, 1))])
    assert column(table, "周期") == ["每月", "每月", "每年"]
    assert column(table, "年金额") == ["", "", 80_000]
    assert column(table, "发放") == [120_000, 10_000, 80_000]
    assert table.totals[5:8] == (130_000, 80_000, 210_000)
    assert not table.notes


def test_a_sum_of_which_nothing_is_known_is_no_zero(store):
    case = file_one(store, date(2026, 9, 1), choose=["甲助"], wage=("录齐: 全部", "录齐: [成员, 车辆, 已享]"))
    table = listed("L6", [case])
    assert column(table, "发放") == [None]
    assert table.totals[5:8] == (None, None, None)
    assert column(table, "备注") == ["甲金 待核定"]
    assert "发放：1行未定，未计入合计" in table.notes


def test_the_sum_that_stands_for_a_roster_and_its_paper_come_from_the_data():
    table = listed("L6", [])
    assert [each.heading for each in table.columns if each.main] == ["发放"]
    assert (table.paper, listed("L1", []).paper) == ("A3", "A4")


def test_masked_columns_show_stars(store):
    table = listed("L1", [file_one(store, date(2026, 9, 1))])
    assert column(table, "电话") == ["138****5678", None]


def test_totals_add_what_is_known_and_say_what_is_not(store):
    table = listed("L1", [file_one(store, date(2026, 9, 1))])
    money = [each.heading for each in table.columns].index("月金额")
    assert table.totals[money] == 120_000 + 10_000
    assert table.totals[0] is None
    assert not table.notes
    open_case = file_one(store, date(2026, 9, 1), choose=["甲助"], wage=("录齐: 全部", "录齐: [成员, 车辆, 已享]"))
    both = listed("L1", [open_case, file_one(store, date(2026, 9, 1))])
    assert both.totals[money] == 120_000 + 10_000
    assert both.notes == ("月金额：1行未定，未计入合计",)


def test_a_public_roster_holds_name_count_and_money_only(store):
    table = listed("L3", [file_one(store, date(2026, 9, 1))])
    assert table.rows == (("张某军", 2),)


@pytest.mark.parametrize(("name", "word"), [("L4", "不公示"), ("L5", "证件号")])
def test_what_must_not_be_published_is_refused(store, name, word):
    with pytest.raises(UserCanFix, match=word):
        listed(name, [file_one(store, date(2026, 9, 1))])


def test_a_week_without_cases_is_an_empty_roster_with_its_headings():
    table = listed("L1", [])
    assert table.rows == ()
    assert len(table.columns) == 10
    assert table.totals[6] == 0
