"""What expressions answer: three answers, exact ranges, lists that may grow, standards on a day, ages, amounts."""

from datetime import date
from fractions import Fraction
from math import inf

import pytest

from forms.language import Evaluator, MissingStandard, compile_expression
from forms.language.values import Range, Verdict
from forms.schema import ROOT, Kind
from tests.forms.language.building import ON, YUAN, Home, a_county, ask, expression, judge

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


def exactly(number) -> Range:
    return Range(number, number)


def closed() -> Home:
    return Home().close("成员", "收入", "车辆", "已享")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("本地户籍 且 存款 > 1元", None),
        ("本地户籍 且 支出 > 9元", False),
        ("本地户籍 或 支出 ≤ 9元", True),
        ("非 本地户籍", None),
        ("存款 + 支出", Range(500, inf)),
        ("存款 - 支出", Range(-500, inf)),
        ("支出 * 60%", exactly(300)),
        ("支出 / 3", exactly(Fraction(500, 3))),
        ("四舍五入(支出 / 3, 1元)", exactly(200)),
        ("四舍五入(2.5元, 1元)", exactly(300)),
        ("四舍五入(支出 / 3, 0.01元)", exactly(167)),
        ("支出 * 0", exactly(0)),
        ("存款 * 0", exactly(0)),
        ("取小(存款, 支出)", Range(0, 500)),
        ("取大(存款, 支出)", Range(500, inf)),
        ("如果(本地户籍, 支出, 8元)", Range(500, 800)),
        ("如果(支出 > 1元, 支出, 8元)", exactly(500)),
        ("如果(本地户籍, 支出 > 1元, 支出 > 2元)", True),
        ("如果(本地户籍, 支出 > 1元, 支出 > 9元)", None),
        ("支出 / (存款 - 存款)", Range(-inf, inf)),
        ("支出 / 零 > 99", True),
        ("零 / 零 > 0.6", None),
        ("支出 / 存款", Range(0, inf)),
        ("-支出", exactly(-500)),
        ("一 / 3 * 3 = 1", True),
        ("取小(存款, 支出) < 6元", True),
        ("存款 = 支出", None),
        ("存款 ≥ 零", True),
        ("成员数()", Range(1, inf)),
        ("合计车辆(价格)", Range(0, inf)),
        ("合计车辆(0元 - 价格)", Range(-inf, 0)),
        ("合计车辆(价格) ≥ 零", True),
        ("任一车辆(价格 > 1元)", None),
        ("每辆车辆(价格 > 1元)", None),
        ("需求 包含 视力", None),
    ],
)
def test_an_expression_answers_exactly_as_far_as_the_facts_go(text, answer):
    building = a_county().define("家庭.零", "支出 - 5元").define("家庭.一", "支出 / 5元")
    assert ask(building, Home().say(支出=500), text) == answer


def test_nothing_told_is_never_a_yes_or_a_no():
    building = (
        a_county().programme("甲", "人均 < 标准").programme("乙", "本地户籍").programme("丙", "非 任一车辆(价格 > 1元)")
    )
    evaluator = judge(building.programme("丁", "每名成员(学生)"), Home())
    assert set(evaluator.verdicts().values()) == {UNKNOWN}


def test_until_a_list_is_complete_any_is_no_no_and_every_is_no_yes():
    building = a_county().programme("甲", "任一车辆(价格 > 5万元)").programme("乙", "每名成员(学生)")
    building.programme("丙", "合计收入(金额) < 100元").programme("丁", "成员数() ≥ 2")
    home = Home().add("成员", "父", 学生=True).add("车辆", "车", 价格=100).add("收入", "薪", "父", 金额=5000)
    evaluator = judge(building, home)
    assert list(evaluator.verdicts().values()) == [UNKNOWN] * 4
    assert evaluator.used("丙")[0][0].value == Range(5000, inf)

    home.close("成员", "收入", "车辆")
    for table in ("成员", "收入", "车辆"):
        evaluator.rows_changed(table)

    assert list(evaluator.verdicts().values()) == [NO, YES, YES, NO]


def test_what_is_already_certain_does_not_wait_for_the_list():
    building = (
        a_county()
        .programme("甲", "任一车辆(价格 > 5万元)")
        .programme("乙", "每名成员(学生)")
        .programme("丙", "合计收入(金额) < 100元")
    )
    home = Home().add("成员", "父", 学生=False).add("车辆", "车", 价格=6_000_000).add("收入", "薪", "父", 金额=10_000)
    assert list(judge(building, home).verdicts().values()) == [YES, NO, NO]


def test_a_row_that_may_belong_counts_for_nothing_or_for_all_of_itself():
    home = closed().add("成员", "父", 类别="视力").add("成员", "母")
    home.add("收入", "甲", "父", 金额=1000).add("收入", "乙", "母", 金额=3000).add("收入", "丙", "母", 金额=-500)
    assert ask(a_county(), home, "合计成员(合计收入(金额), 类别 = 视力)") == Range(1000, 3500)
    assert ask(a_county(), home, "成员数(类别 = 视力)") == Range(1, 2)
    assert ask(a_county(), home, "合计收入(金额, 种类 = 智力)") == Range(-500, 4000)


def test_a_members_own_rows_are_only_his_own():
    home = (
        closed()
        .add("成员", "父")
        .add("成员", "母")
        .add("收入", "甲", "父", 金额=1200)
        .add("收入", "乙", "母", 金额=3600)
    )
    assert ask(a_county(), home, "合计收入(金额)", "成员", "母") == exactly(3600)
    assert ask(a_county(), home, "合计收入(金额)") == exactly(4800)
    assert ask(a_county(), home, "月收入", "收入", "甲") == exactly(100)
    assert ask(a_county(), home, "成员数()", "收入", "甲") == exactly(2)


def test_a_standard_is_the_one_of_the_day_and_never_last_years():
    building = a_county().programme("甲", "存款 < 标准")
    home = Home().say(城乡="城市", 存款=600 * YUAN)
    assert [judge(building, home, date(year, 5, 1)).verdict("甲") for year in (2025, 2026)] == [YES, YES]
    home.say(存款=750 * YUAN)
    assert [judge(building, home, date(year, 5, 1)).verdict("甲") for year in (2025, 2026)] == [NO, YES]

    gap = judge(building, home, date(2026, 2, 1))

    assert gap.verdict("甲") is UNKNOWN
    assert gap.judge("甲").missing == (MissingStandard("标准", date(2026, 2, 1)),)
    assert gap.next_question() is None


def test_a_standard_chosen_by_an_unknown_answer_spans_its_values():
    assert ask(a_county(), Home(), "标准") == Range(632 * YUAN, 832 * YUAN)
    assert ask(a_county(), Home().say(城乡="农村"), "标准") == exactly(632 * YUAN)
    assert ask(a_county(), Home().say(存款=500 * YUAN), "存款 < 标准") is True
    assert ask(a_county(), Home().say(存款=700 * YUAN), "存款 < 标准") is None


def test_a_standard_without_a_row_for_the_case_is_missing_and_not_guessed():
    building = a_county().code("城乡", "城市", "农村", "牧区").programme("甲", "存款 < 标准")
    home = Home().say(城乡="牧区", 存款=0)
    evaluator = judge(building, home)
    assert evaluator.verdict("甲") is UNKNOWN
    assert evaluator.judge("甲").missing == (MissingStandard("标准", ON),)

    home.answers.pop((ROOT, "城乡", ""))
    assert judge(building, home).verdict("甲") is UNKNOWN  # the household may still be of the row that has no value
    assert [str(gap) for gap in judge(building, home).judge("甲").missing] == [
        "Missing(table='家庭', field='城乡', row='')"
    ]


def test_a_standard_of_two_dimensions_and_a_switch_are_read():
    building = a_county().field("家庭.集中", "是否")
    rows = {("城市", "是"): 100, ("城市", "否"): 200, ("农村", "是"): 300, ("农村", "否"): 400}
    building.standard("照料", "金额", (date(2026, 1, 1), None, rows), by=["城乡", "集中"])
    building.standard("放宽", "是否", (date(2026, 1, 1), None, True)).standard(
        "主类", "选项", (date(2026, 1, 1), None, "智力"), codes="类别"
    )
    assert ask(building, Home().say(集中=False), "照料") == Range(200, 400)
    assert ask(building, Home().say(集中=False, 城乡="农村"), "照料") == exactly(400)
    assert ask(building, Home(), "放宽 或 本地户籍") is True
    assert ask(building, Home().add("成员", "父", 类别="智力"), "类别 = 主类", "成员", "父") is True


@pytest.mark.parametrize(
    ("born", "on", "years", "months"),
    [
        (date(2010, 9, 1), date(2026, 9, 1), 16, 192),
        (date(2010, 9, 2), date(2026, 9, 1), 15, 191),
        (date(2008, 2, 29), date(2026, 2, 28), 17, 215),
        (date(2008, 2, 29), date(2026, 3, 1), 18, 216),
        (date(2026, 1, 31), date(2026, 2, 28), 0, 0),
        (date(2026, 1, 31), date(2026, 3, 1), 0, 1),
        (date(2027, 1, 1), date(2026, 9, 1), 0, 0),
    ],
)
def test_ages_count_full_years_and_months_by_the_calendar(born, on, years, months):
    plan = a_county().plan(on)
    evaluator = Evaluator(plan, Home().add("成员", "子", 出生日期=born))
    for text, number in (("周岁(出生日期)", years), ("满月数(出生日期)", months)):
        assert evaluator.value(compile_expression(expression(text), "成员", plan), "子") == exactly(number)


def test_kin_are_the_other_rows_in_the_relation_and_an_unknown_kinship_may_belong():
    building = a_county().relation("家人", "成员", "关系", {"本人": ("配偶", "父母"), "子女": ("本人",)})
    home = Home().add("成员", "我", 关系="本人").add("成员", "妻", 关系="配偶", 学生=True)
    assert ask(building, home, "任一家人(学生)", "成员", "我") is True
    assert ask(building, home, "每名家人(学生)", "成员", "我") is None
    home.close("成员")
    assert ask(building, home, "每名家人(学生)", "成员", "我") is True
    assert ask(building, home, "家人数()", "成员", "妻") == exactly(0)
    home.add("成员", "客", 学生=False)
    assert ask(building, home, "每名家人(学生)", "成员", "我") is None
    assert ask(building, home, "家人数()", "成员", "我") == Range(1, 2)
    assert ask(building, home, "家人数()", "成员", "客") == Range(0, 2)
    home.answers["成员", "关系", "客"] = "长子"
    assert ask(building, home, "家人数()", "成员", "我") == exactly(1)
    assert ask(building, home, "家人数()", "成员", "客") == exactly(1)


def test_a_word_for_a_group_of_codes_means_any_of_them():
    home = closed().add("成员", "甲", 关系="长子").add("成员", "乙", 关系="次女").add("成员", "丙", 关系="配偶")
    assert ask(a_county(), home, "成员数(关系 = 子女类)") == exactly(2)
    assert ask(a_county(), home, "成员数(关系 ≠ 子女)") == exactly(1)
    assert ask(a_county(), home, "成员数(关系 在 [子女, 配偶])") == exactly(3)


def test_a_recorded_benefit_counts_while_it_runs():
    building = a_county().programme("甲", "本地户籍").programme("乙", "在享(甲)").programme("丙", "身份(甲)")
    home = closed().add("成员", "父").say(本地户籍=False)
    assert list(judge(building, home).verdicts().values()) == [NO, NO, NO]
    home.add("已享", "一", "父", 项目="甲")
    assert list(judge(building, home).verdicts().values()) == [NO, UNKNOWN, UNKNOWN]  # since when is not told
    home.answers["已享", "起", "一"] = date(2026, 9, 1)
    assert list(judge(building, home).verdicts().values()) == [NO, YES, YES]
    home.answers["已享", "止", "一"] = date(2026, 8, 31)
    assert list(judge(building, home).verdicts().values()) == [NO, NO, NO]
    home.answers["已享", "止", "一"] = date(2026, 9, 1)
    assert judge(building, home).verdict("乙") is YES
    home.answers["已享", "起", "一"] = date(2026, 9, 2)
    assert judge(building, home).verdict("乙") is NO


def test_an_amount_is_nothing_unless_the_programme_qualifies():
    building = (
        a_county()
        .programme("甲", "本地户籍", amounts={"钱": "支出"})
        .programme("乙", "金额(甲) > 1元 且 金额(甲, 钱) > 1元")
    )
    assert ask(building, Home().say(支出=500), "金额(甲)") == Range(0, 500)
    assert ask(building, Home().say(支出=500, 本地户籍=True), "金额(甲)") == exactly(500)
    assert ask(building, Home().say(支出=500, 本地户籍=False), "金额(甲)") == exactly(0)
    assert ask(building, Home().say(本地户籍=False), "金额(甲)") == exactly(0)


def test_a_programme_not_in_force_on_the_day_qualifies_nobody_and_is_not_listed():
    building = (
        a_county().programme("甲", "支出 > 1元", since=date(2027, 1, 1)).programme("乙", "资格(甲) 或 支出 > 9元")
    )
    evaluator = judge(building, Home().say(支出=500))
    assert evaluator.verdicts() == {("乙", ""): NO}
    assert evaluator.verdict("甲") is NO
    assert evaluator.judge("甲").findings == ()


def test_a_question_that_does_not_arise_reads_as_nothing():
    building = a_county().field("家庭.有车", "是否").field("家庭.车价", "金额", relevant="有车", low=100)
    building.field("家庭.车类", "选项", "类别", relevant="有车").field("家庭.急用", "是否", relevant="有车")
    assert ask(building, Home(), "车价") == Range(0, inf)
    assert ask(building, Home().say(有车=True), "车价") == Range(100, inf)
    no = Home().say(有车=False, 车价=900, 急用=True)
    assert (ask(building, no, "车价"), ask(building, no, "急用"), ask(building, no, "车类 = 视力")) == (
        exactly(0),
        False,
        False,
    )
    assert ask(building, no, "车类 ≠ 视力") is True
    assert ask(building, Home().say(车价=900), "车价") == exactly(900)


def test_bounds_of_a_field_are_what_an_unknown_answer_can_be():
    building = a_county().field("家庭.月数", "整数", low=1, high=12).field("家庭.差额", "金额", low=-1000)
    assert ask(building, Home(), "月数 ≤ 12 且 月数 > 0") is True
    assert ask(building, Home(), "差额") == Range(-1000, inf)


def test_texts_can_be_shown_though_not_compared():
    building = a_county()
    plan = building.plan()
    compiled = compile_expression(expression("姓名"), "成员", plan)
    assert Evaluator(plan, Home().add("成员", "父", 姓名="㛃某")).value(compiled, "父") == "㛃某"
    assert (compiled.type.kind, compiled.type.field) == (Kind.NAME, building.fields["成员.姓名"])
    assert ask(building, Home().say(本地户籍=True, 备注="甲"), "如果(本地户籍, 备注, 备注)") == "甲"
