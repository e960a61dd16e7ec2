"""Why, what is missing, and what to ask next."""

from datetime import date
from math import inf

from forms.language import Missing, MissingStandard, compile_expression, names_used
from forms.language.values import Range, Verdict
from forms.schema import ROOT, Section
from tests.forms.language.building import YUAN, Home, a_county, expression, judge


def told() -> Home:
    home = Home().close("成员", "收入", "车辆", "已享").say(城乡="城市", 本地户籍=True, 存款=0)
    return home.add("成员", "父").add("收入", "薪", "父", 金额=6000 * YUAN)


def test_a_finding_names_the_values_with_definitions_expanded_and_the_standards_source():
    building = a_county().programme("甲", "人均 < 标准 * 倍数 且 本地户籍", amounts={"补差": "取大(标准 - 人均, 0元)"})
    evaluator = judge(building, told())
    said = evaluator.judge("甲")

    (finding,) = said.findings
    assert finding.verdict is Verdict.YES
    assert finding.condition.id == "条件1"
    ((mean, standard, ratio, here),) = evaluator.used("甲")
    assert (mean.name, mean.value) == ("人均", Range(500 * YUAN, 500 * YUAN))
    assert [part.name for part in mean.parts] == ["合计成员(月收入)", "成员数()"]
    assert mean.source is not None
    assert mean.source.title == "人均依据"
    assert (standard.value, standard.since) == (Range(832 * YUAN, 832 * YUAN), date(2026, 4, 1))
    assert standard.source is not None
    assert standard.source.title == "标准文件"
    assert [(part.name, part.value) for part in standard.parts] == [("城乡", "城市")]
    assert (ratio.name, here.name, here.value) == ("倍数", "本地户籍", True)
    assert [(one.id, one.period, one.unit, one.value) for one in said.amounts] == [
        ("补差", "每月", "元", Range(332 * YUAN, 332 * YUAN))
    ]


def test_a_value_used_twice_is_said_once():
    (values,) = judge(a_county().programme("甲", "存款 > 1元 或 存款 < 标准"), told()).used("甲")
    assert [used.name for used in values] == ["存款", "标准"]


def test_a_no_says_which_condition_failed_and_offers_no_amount():
    building = a_county().programme("甲", "本地户籍", "人均 < 100元", "支出 > 1元", amounts={"钱": "标准"})
    said = judge(building, told()).judge("甲")
    assert [finding.verdict for finding in said.findings] == [Verdict.YES, Verdict.NO, Verdict.UNKNOWN]
    assert said.findings[2].missing == (Missing(ROOT, "支出", ""),)
    assert (said.verdict, said.amounts, said.missing) == (Verdict.NO, (), ())


def test_an_open_verdict_gives_the_amounts_as_a_range():
    building = a_county().programme("甲", "本地户籍", amounts={"钱": "取小(存款, 500元)"})
    said = judge(building, Home()).judge("甲")
    assert (said.verdict, said.amounts[0].value) == (Verdict.UNKNOWN, Range(0, 500 * YUAN))


def test_branches_that_are_decided_are_not_asked_about():
    building = a_county().programme("甲", "(本地户籍 且 存款 > 1元) 或 支出 > 5元")
    gaps = judge(building, Home().say(本地户籍=False)).judge("甲").missing
    assert gaps == (Missing(ROOT, "支出", ""),)
    building = a_county().programme("甲", "如果(本地户籍, 存款, 支出) > 5元")
    assert judge(building, Home().say(本地户籍=False)).judge("甲").missing == (Missing(ROOT, "支出", ""),)
    assert len(judge(building, Home()).judge("甲").missing) == 3
    building = a_county().programme("甲", "取大(存款, 支出) > 标准")
    assert judge(building, Home().say(存款=5, 城乡="城市")).judge("甲").missing == (Missing(ROOT, "支出", ""),)


def test_a_list_that_is_not_complete_is_asked_for_by_its_table():
    building = a_county().programme("甲", "非 任一车辆(价格 > 1元)").programme("乙", "月收入 < 标准", subject="成员")
    home = Home().add("车辆", "车").add("成员", "父").say(城乡="城市")
    evaluator = judge(building, home)
    assert evaluator.judge("甲").missing == (Missing("车辆", "价格", "车"), Missing("车辆", "", ""))
    assert evaluator.judge("乙", "父").missing == (Missing("收入", "", "父"),)
    assert [question.missing for question in evaluator.questions(9)] == [
        Missing("收入", "", ""), Missing("车辆", "价格", "车"), Missing("车辆", "", ""),
    ]  # fmt: skip


def test_an_unknown_kinship_is_asked_of_both_sides():
    building = a_county().relation("家人", "成员", "关系", {"本人": ("配偶",)})
    building.programme("甲", "任一家人(学生)", subject="成员")
    home = Home().close("成员").add("成员", "我").add("成员", "她", 学生=True)
    gaps = judge(building, home).judge("甲", "我").missing
    assert gaps == (Missing("成员", "关系", "我"), Missing("成员", "关系", "她"))


def test_a_missing_standard_is_told_beside_the_missing_answers():
    building = a_county().programme("甲", "存款 < 标准 且 本地户籍")
    gaps = judge(building, Home(), date(2030, 1, 1)).judge("甲").missing
    assert gaps == (Missing(ROOT, "存款", ""), Missing(ROOT, "本地户籍", ""), MissingStandard("标准", date(2030, 1, 1))) or gaps == (
        Missing(ROOT, "本地户籍", ""), Missing(ROOT, "存款", ""), MissingStandard("标准", date(2030, 1, 1)),
    )  # fmt: skip


def test_the_next_question_is_the_one_that_matters_to_most_open_verdicts():
    building = (
        a_county().programme("甲", "本地户籍 且 存款 > 1元").programme("乙", "存款 < 5元").programme("丙", "支出 > 1元")
    )
    evaluator = judge(building, Home())
    assert [(one.missing.field, one.matters) for one in evaluator.questions(9)] == [
        ("存款", 2),
        ("本地户籍", 1),
        ("支出", 1),
    ]
    assert evaluator.next_question() == evaluator.questions(1)[0]


def test_equal_questions_are_asked_in_the_order_of_the_form():
    building = a_county().programme("甲", "学生 且 等级 = 一级 且 本地户籍", subject="成员")
    home = Home().add("成员", "父").add("成员", "母")
    asked = [(one.missing.row, one.missing.field, one.matters) for one in judge(building, home).questions(9)]
    assert asked == [("", "本地户籍", 2), ("父", "等级", 1), ("父", "学生", 1), ("母", "等级", 1), ("母", "学生", 1)]


def test_a_field_read_off_another_is_asked_through_it_while_it_is_empty():
    building = a_county().field("成员.证件号", "证件号").field("成员.生日", "日期", derived="证件号")
    building.programme("甲", "周岁(生日) > 60", subject="成员")
    home = Home().add("成员", "父")
    assert judge(building, home).next_question().missing.field == "证件号"  # type: ignore[union-attr]
    home.answers["成员", "证件号", "父"] = "护照一"
    assert judge(building, home).next_question().missing.field == "生日"  # type: ignore[union-attr]


def test_what_the_program_fills_itself_is_never_asked():
    building = a_county().programme("甲", "本地户籍 且 支出 > 1元")
    catalogue = building.catalogue()
    system = tuple(
        Section(s.id, s.name, s.table, s.order, s.fields, system=s.table == ROOT) for s in catalogue.sections
    )
    building.catalogue = lambda: catalogue_with(catalogue, system)  # type: ignore[method-assign]
    assert judge(building, Home()).questions(9) == ()


def catalogue_with(catalogue, sections):
    import dataclasses

    return dataclasses.replace(catalogue, sections=sections)


def test_whether_a_question_arises_is_asked_before_the_question():
    building = a_county().field("家庭.有车", "是否").field("家庭.车价", "金额", relevant="有车")
    evaluator = judge(building.programme("甲", "车价 > 5元"), home := Home())
    assert evaluator.judge("甲").missing == (Missing(ROOT, "有车", ""),)
    home.say(有车=True)
    evaluator.changed(ROOT, "有车", "")
    assert evaluator.judge("甲").missing == (Missing(ROOT, "车价", ""),)
    home.say(有车=False)
    evaluator.changed(ROOT, "有车", "")
    assert evaluator.judge("甲").verdict is Verdict.NO


def test_the_fields_an_expression_reads_are_listed_directly_or_behind_definitions():
    plan = a_county().plan()
    compiled = compile_expression(expression("人均 + 存款 + 合计车辆(价格, 城乡 = 城市) + 存款"), ROOT, plan)
    assert [field.key for field in names_used(compiled, plan)] == ["家庭.存款", "车辆.价格", "家庭.城乡"]
    assert [field.key for field in names_used(compiled, plan, deep=True)] == [
        "收入.金额",
        "家庭.存款",
        "车辆.价格",
        "家庭.城乡",
    ]


def test_an_expression_says_what_keeps_it_open():
    plan = a_county().plan()
    compiled = compile_expression(expression("存款 + 支出"), ROOT, plan)
    evaluator = judge(a_county(), Home().say(支出=5))
    assert evaluator.value(compiled) == Range(5, inf)
    assert evaluator.missing(compiled) == (Missing(ROOT, "存款", ""),)
