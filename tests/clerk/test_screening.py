"""What a household may receive, and what stands in the way."""

import pytest

from clerk.errors import UserCanFix
from clerk.files import read_household_file
from clerk.screening import Standing, chosen, confirmed, screen
from clerk.screening_text import to_plain, to_text
from forms.language.evaluate import Evaluator
from forms.language.plan import compile_catalogue
from tests.builders import DAY, a_small_catalogue

PLAN = compile_catalogue(a_small_catalogue(), DAY)
BASE = """\
存款: 20000
成员:
  - 姓名: 张某
    与申请人关系: 本人
    出生日期: 1980-01-01
    残疾等级: 四级
    在校: 否
    收入: [{金额: 3600}]
  - 姓名: 张某山
    与申请人关系: 父亲
    出生日期: 1950-01-01
    残疾等级: 一级
    在校: 否
    {held}
录齐: 全部
"""
HELD = "已享: [{项目: 丙助, 起始日期: 2026-01-01}]"


def screened(text=BASE, **changes):
    text = text.replace("{held}", changes.pop("held", "收入: []"))
    for before, after in changes.values():
        text = text.replace(before, after)
    evaluator = Evaluator(PLAN, read_household_file(text, a_small_catalogue(), DAY))
    return screen(evaluator, a_small_catalogue()), evaluator


def standings(screening):
    return {(offer.programme, offer.row): offer.standing for offer in screening.offers}


def offer_of(screening, programme, row):
    return next(offer for offer in screening.offers if offer.key == (programme, row))


def test_a_loser_bars_nobody():
    screening, _ = screened()
    found = standings(screening)
    assert found["丁助", "成员2"] is Standing.OPEN
    assert found["丙助", "成员2"] is Standing.BARRED
    assert found["乙助", "成员2"] is Standing.OPEN


def test_the_higher_of_two_stays_when_nothing_else_decides():
    screening, _ = screened(age=("1950-01-01", "1960-01-01"))
    found = standings(screening)
    assert found["丙助", "成员2"] is Standing.OPEN
    assert found["乙助", "成员2"] is Standing.BARRED
    assert offer_of(screening, "乙助", "成员2").by == "丙助"


def test_what_is_already_received_says_what_it_stands_against():
    screening, _ = screened(held=HELD, age=("1950-01-01", "1960-01-01"))
    found = standings(screening)
    assert found["丙助", "成员2"] is Standing.HELD
    assert found["乙助", "成员2"] is Standing.BARRED
    assert "已享受的丙类救助" in offer_of(screening, "乙助", "成员2").reason


def test_a_benefit_received_that_the_matrix_gives_up_stays_visible_with_a_warning():
    screening, _ = screened(held=HELD)
    held = offer_of(screening, "丙助", "成员2")
    assert held.standing is Standing.HELD
    assert "停发" in held.reason
    assert "待核" in held.reason
    assert offer_of(screening, "丁助", "成员2").standing is Standing.OPEN


def test_a_benefit_received_without_right_is_flagged_for_review():
    screening, _ = screened(held=HELD, grade=("残疾等级: 一级", "残疾等级: 四级"))
    assert "复核" in offer_of(screening, "丙助", "成员2").reason


def test_a_top_up_of_nothing_is_not_paid_and_a_positive_one_is():
    screening, _ = screened(cash=("存款: 20000", "存款: 5000"))
    barred = offer_of(screening, "己助", "")
    assert (barred.standing, barred.by) == (Standing.BARRED, "甲助")
    dearer, _ = screened(cash=("存款: 20000", "存款: 5000"), wage=("3600", "12000"))
    assert offer_of(dearer, "己助", "").standing is Standing.OPEN


def test_a_referral_is_not_an_application():
    screening, _ = screened(school=("在校: 否\n    {held}", "在校: 是\n    {held}"), again=("在校: 否", "在校: 是"))
    assert offer_of(screening, "戊助", "").standing is Standing.REFER
    assert "戊助" not in [offer.programme for offer in chosen(screening, "all")]


def test_an_unknown_fact_is_not_a_no_and_is_asked():
    screening, evaluator = screened(grade=("    残疾等级: 一级\n", ""))
    offer = offer_of(screening, "丙助", "成员2")
    assert offer.standing is Standing.BARRED or offer.standing is Standing.MISSING
    asked = [question.missing.field for question in screening.questions]
    assert "残疾证号" in asked or "残疾等级" in asked
    assert "还缺" in to_text(screening, evaluator)


def test_choosing_all_takes_what_may_be_applied_for():
    screening, _ = screened()
    assert [offer.key for offer in chosen(screening, "all")] == [("甲助", ""), ("乙助", "成员2"), ("丁助", "成员2")]


def test_the_clerk_may_insist_on_one_offer_whatever_its_standing():
    screening, _ = screened()
    assert [offer.key for offer in chosen(screening, ["丙助@成员2"])] == [("丙助", "成员2")]
    assert [offer.standing for offer in chosen(screening, ["戊助"])] == [Standing.NO]


@pytest.mark.parametrize(("choose", "word"), [("丙肋", "丙助"), ("丙助", "丙助@成员1"), ("乙助@成员9", "没有")])
def test_a_choice_that_names_nothing_is_refused_with_advice(choose, word):
    screening, _ = screened()
    with pytest.raises(UserCanFix, match=word):
        chosen(screening, [choose])


def test_the_class_of_the_household_is_said():
    screening, evaluator = screened()
    assert confirmed(screening, a_small_catalogue()) == (("甲类家庭", ""),)
    text = to_text(screening, evaluator)
    assert "认定：甲类家庭" in text


def test_reasons_name_values_standards_and_sources_and_mark_what_is_not_verified():
    screening, evaluator = screened()
    text = to_text(screening, evaluator)
    assert "150.00元 < 600.00元（甲标准，自2026-04-01）" in text
    assert "依据：《救助办法》第二条" in text
    assert "依据：救助办法（待核）" in text
    assert "甲金 900.00元/月" in text


def test_a_refusal_names_the_failing_condition_and_what_to_try():
    screening, evaluator = screened(wage=("3600", "36000"))
    text = to_text(screening, evaluator)
    assert "收入：人均 < 甲标准 — 不符：1500.00元 ≥ 600.00元（甲标准，自2026-04-01）；可看乙类救助" in text


def test_machines_get_the_same_with_parts_and_exact_amounts():
    screening, evaluator = screened()
    plain = to_plain(screening, evaluator)
    first = plain["项目"][0]
    assert first["金额"] == [{"名称": "甲金", "周期": "每月", "单位": "元", "低": "900.00", "高": "900.00"}]
    assert first["条件"][0]["取值"][0]["由"]
    assert plain["认定"] == [{"认定": "甲类家庭", "对象": "全户", "行": ""}]


def test_the_same_household_gives_the_same_words_twice():
    once, evaluator = screened()
    again, other = screened()
    assert to_text(once, evaluator) == to_text(again, other)
