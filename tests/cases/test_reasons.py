"""Reasons as a clerk and an auditor read them: plain words, the facts that decided, sources in their own marks."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

from clerk.fanout import submit
from clerk.reasons import Reasons, Worded
from clerk.screening_text import to_plain, to_text
from clerk.settings import Office
from clerk.store import open_store
from forms.language.values import Verdict
from tests.cases.expectations import BOUNDARIES, CASES, Expectation, Judged, expectations, judge

DAY = date(2026, 9, 1)
RULE_TEXT = re.compile(r" 在 \[| 不在 \[| 且 | 或 |任一|每[名辆户](成员|车辆|经营登记|义务人)\(|资格\(|身份\(|在享\(|周岁\(|\*|None|Range")
"""Signs of a rule that was printed as it is written."""


def case(name: str, on: date = DAY, **changes: str) -> Judged:
    household = CASES / f"{name}.yaml"
    return judge(Expectation(household, name, on, {key.replace("_", "/"): value for key, value in changes.items()}, (), {}))


def worded(judged: Judged, programme: str, condition: str, name: str = "") -> Worded:
    (offer,) = [offer for offer in judged.offers(programme) if offer.row == judged.row(name)]
    return next(one for one in Reasons(judged.evaluator).of(offer.judgement) if one.id == condition)


@cache
def everything() -> tuple[Worded, ...]:
    """Every reason of every worked household and of every boundary."""
    judged = (judge(each) for folder in (CASES, BOUNDARIES) for each in expectations(folder))
    return tuple(
        one for each in judged for offer in each.screening.offers for one in Reasons(each.evaluator).of(offer.judgement)
    )


def test_a_car_that_keeps_a_household_out_is_named_with_its_worth_and_its_exemption() -> None:
    said = worded(case("C01"), "低保", "车辆")
    assert said.verdict is Verdict.NO
    assert said.text == (
        "车辆：名下无车辆，或车辆可豁免 — 不符：练A00001（小型轿车，现值 45000.00元）：豁免类型 疾病治疗必需，"
        "未列入低保车辆豁免（残疾人功能性代步车、普通二轮三轮摩托车，自2025-04-01）"
    )
    assert said.source == "《最低生活保障审核确认办法》（民发〔2021〕57号）"
    assert said.advice


def test_a_comparison_says_both_amounts_with_two_decimals_and_since_when_the_limit_holds() -> None:
    assert worded(case("C01"), "低保边缘", "收入").because == ("206.67元 < 948.00元（低保边缘标准，自2026-04-01）",)
    at_the_limit = case("C03", **{"成员_1_支出_1_自负": "18648元"})
    assert worded(at_the_limit, "低保边缘", "收入").decided == "不符：1248.00元 ≥ 1248.00元（低保边缘标准，自2026-04-01）"
    below = case("C03", **{"成员_1_支出_1_自负": "18649元"})
    assert worded(below, "低保边缘", "收入").because == ("1247.96元 < 1248.00元（低保边缘标准，自2026-04-01）",)


def test_two_amounts_that_differ_by_less_than_a_fen_are_not_shown_as_equal() -> None:
    shown = [said for one in everything() for said in one.because]
    assert any("631.999167元 < 632.00元" in said for said in shown)
    for said in shown:
        for left, sign, right in re.findall(r"([\d.]+元) ([<>]) ([\d.]+元)", said):
            assert left != right, f"{left} {sign} {right}"


def test_an_open_condition_asks_for_what_is_missing_in_the_words_of_the_form_each_once() -> None:
    said = worded(case("C20"), "残疾生活", "残疾证", "逄某波")
    assert (said.verdict, said.because, said.missing) == (Verdict.UNKNOWN, (), ("逄某波 持残疾证",))
    assert said.text == "残疾证：持有残疾人证 — 待补：还缺逄某波 持残疾证"
    income = worded(case("C20"), "低保", "收入")
    assert "「各成员收入已全部录入（没有就直接勾）」尚未勾选" in income.missing
    assert len(set(income.missing)) == len(income.missing)


def test_of_many_obligors_each_is_named_with_age_and_what_they_share_is_said_once() -> None:
    said = worded(case("C01"), "特困", "义务人", "张某甲").decided
    assert "张某军：40周岁（出生日期 1986年5月12日）≥ 18周岁（成年年龄，自2021-01-01）" in said
    assert said.count("出生日期 1986年5月12日") == 1
    assert said.count("持残疾证 否") == 1
    assert said.endswith("均：持残疾证 否，共同生活 是，不符合特困人员救助供养")


def test_a_list_that_is_empty_says_so() -> None:
    assert worded(case("C02"), "低保", "车辆").because == ("没有车辆",)


def test_a_source_shows_its_marks_and_no_number_that_was_not_verified() -> None:
    judged = case("C01")
    assert worded(judged, "低保", "户籍").source == "《社会救助法》第三十七条"
    assert worded(judged, "低保边缘", "车辆").source == "县级财产规定（待核）"
    assert worded(judged, "残疾生活", "残疾证", "张某山").source == "《国务院两项补贴制度意见》（待核）"


def test_no_reason_of_any_worked_household_shows_a_rule_as_it_is_written() -> None:
    assert len(everything()) > 10_000
    for one in everything():
        assert not RULE_TEXT.search(one.text), one.text
        assert one.because or one.verdict is Verdict.UNKNOWN, one.text


def test_the_list_in_words_and_for_machines_says_the_same() -> None:
    judged = case("C01")
    text, plain = to_text(judged.screening, judged.evaluator), to_plain(judged.screening, judged.evaluator)
    assert not RULE_TEXT.search(text)
    said = worded(judged, "低保", "车辆")
    assert said.text in text
    (offer,) = [each for each in plain["项目"] if each["项目"] == "低保"]  # type: ignore[attr-defined]
    (condition,) = [each for each in offer["条件"] if each["编号"] == "车辆"]
    assert condition["说法"] == said.words
    assert condition["理由"] == list(said.because)
    assert condition["要求"] == "低保车辆合规"


def test_what_is_filed_keeps_the_same_words_for_the_papers(tmp_path: Path) -> None:
    judged = case("C01")
    with closing(open_store(tmp_path / "store")) as store, store.work() as work:
        record = submit(
            judged.household,
            judged.offers("低保边缘"),
            work=work,
            plan=judged.plan,
            office=Office("红星镇人民政府", "990101100", "测试员"),
        )
    (application,) = record.applications
    kept = "；".join(reason.text for reason in application.reasons)
    assert "收入：人均月收入低于低保边缘标准 — 206.67元 < 948.00元（低保边缘标准，自2026-04-01）" in kept
    assert not RULE_TEXT.search(kept)
    assert "《社会救助法》第二十一条" in [reason.source for reason in application.reasons]
