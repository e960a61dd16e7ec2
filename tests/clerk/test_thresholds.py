"""What would change a no: the exact border of one answer, judged by the rules on both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk.files import read_household_file
from clerk.household import Household, Row
from clerk.screening import screen
from clerk.threshold_search import Threshold
from clerk.thresholds import Outlook, outlook, undecided_classes
from clerk.thresholds_text import to_lines, to_plain
from clerk.what_if import turned
from forms.language.evaluate import Evaluator
from forms.language.plan import Plan, compile_catalogue
from forms.language.values import Verdict
from forms.layers import DEMO, NATIONAL
from forms.loader import load
from forms.schema import ROOT, Value
from tests.builders import the_demo_catalogue

DAY = date(2026, 9, 1)
OFF = DEMO / "cases" / "layers" / "no-deduction"
CASES = sorted(path.stem for path in (DEMO / "cases").glob("*.yaml") if not path.name.endswith(".expect.yaml"))
OWN_COST = "支出.自负"


@cache
def the_plan(*, deduction: bool = True) -> Plan:
    return compile_catalogue(the_demo_catalogue() if deduction else load([NATIONAL, DEMO, OFF]), DAY)


def a_household(name: str, plan: Plan) -> Household:
    return read_household_file(DEMO / "cases" / f"{name}.yaml", plan.catalogue, DAY)


def found_for(household: Household, plan: Plan) -> Outlook:
    """For every class of households, also those after one that it has: what is left out of a list is tested apart."""
    offers = screen(Evaluator(plan, household), plan.catalogue).offers
    classes = [one for one in offers if not one.row and plan.catalogue.programmes[one.programme].confirms]
    return outlook(plan, household, classes)


def with_answer(household: Household, one: Threshold, value: Value) -> Household:
    """The household itself with one answer replaced: made afresh, not imagined."""
    table, field = one.field.table, one.field.id
    if table == ROOT:
        return Household({**household.answers, field: value}, household.tables, household.complete)
    rows = tuple(
        Row(row.key, row.owner, {**row.answers, field: value}) if row.key == one.at else row for row in household.tables[table]
    )
    return Household(household.answers, {**household.tables, table: rows}, household.complete)


def verdict_at(household: Household, plan: Plan, one: Threshold, value: Value) -> Verdict:
    return Evaluator(plan, with_answer(household, one, value)).verdict(one.programme, one.row)


def by_programme(found: Outlook, field: str) -> dict[str, tuple[object, object]]:
    return {one.programme: (one.low, one.high) for one in found.thresholds if one.field.key == field}


def test_with_the_deduction_c03_becomes_edge_above_18648_and_dibao_above_28632() -> None:
    plan = the_plan()
    found = found_for(a_household("C03", plan), plan)
    assert by_programme(found, OWN_COST) == {"低保": (28632_01, None), "低保边缘": (18648_01, 28632_00)}
    assert {one.switches for one in found.thresholds if one.field.key == OWN_COST} == {("医疗扣减",)}
    assert found.complete


def test_without_the_deduction_c03_becomes_rigid_above_32400() -> None:
    plan = the_plan(deduction=False)
    found = found_for(a_household("C03", plan), plan)
    assert by_programme(found, OWN_COST) == {"刚性支出": (32400_01, None)}


def test_the_switch_is_named_with_what_it_would_bring() -> None:
    plan = the_plan()
    (turn,) = found_for(a_household("C03", plan), plan).turned
    assert (turn.switch.standard, turn.switch.present, turn.switch.level) == ("医疗扣减", True, "县")
    assert str(turn.switch.source) == "示例县练习参数（待核）"
    assert turn.flips == ()
    assert [(one.programme, one.low, one.high) for one in turn.thresholds] == [("刚性支出", 32400_01, None)]


def test_a_switch_that_alone_decides_is_said_to_decide() -> None:
    plan = the_plan(deduction=False)
    household = a_household("C03", plan)
    cost = next(one for one in found_for(household, plan).thresholds if one.field.key == OWN_COST)
    (turn,) = found_for(with_answer(household, cost, 20000_00), plan).turned
    assert turn.flips == (("低保边缘", ""),)


def test_c03_is_said_in_the_clerks_words() -> None:
    plan = the_plan()
    household = a_household("C03", plan)
    lines = "\n".join(to_lines(found_for(household, plan), plan.catalogue, household))
    assert "若〔王某薇 支出·医疗 自负金额〕超过 18648.00元 → 符合 低保边缘家庭（现为 8000.00元；超过 28632.00元 时不再是" in lines
    assert "若〔王某薇 支出·医疗 自负金额〕超过 28632.00元 → 符合 最低生活保障" in lines
    assert "若县级开关〔医疗扣减〕由「是」改为「否」（2025-04-01起，示例县练习参数（待核）），且〔王某薇 支出·医疗 自负金额〕超过 32400.00元" in lines
    assert "若〔王某薇 收入·工资性收入 全年数额〕低于 42168.89元 → 符合 低保边缘家庭" in lines


def test_machines_get_both_ends() -> None:
    plan = the_plan()
    household = a_household("C03", plan)
    plain = to_plain(found_for(household, plan), plan.catalogue, household)
    singles = plain["单项"]
    assert isinstance(singles, list)
    edge = next(one for one in singles if one["项目"] == "低保边缘" and one["字段"] == "自负")
    assert (edge["现为"], edge["自"], edge["至"]) == ("8000.00元", "18648.01元", "28632.00元")
    assert plain["算完"] is True


@pytest.mark.parametrize("name", CASES)
def test_one_step_on_either_side_of_every_border_gives_the_two_verdicts(name: str) -> None:
    plan = the_plan()
    household = a_household(name, plan)
    for one in found_for(household, plan).thresholds:
        assert verdict_at(household, plan, one, one.present or 0) is not one.verdict or one.present is None
        for inside, outside in ((one.low, -one.step), (one.high, one.step)):
            if inside is not None:
                assert verdict_at(household, plan, one, inside) is one.verdict, one.key
                assert verdict_at(household, plan, one, inside + outside) is not one.verdict, one.key


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60000_00), st.integers(0, 40000_00), st.integers(1, 8), st.booleans())
def test_borders_hold_for_any_income_and_cost(income: int, cost: int, children: int, deduction: bool) -> None:
    plan = the_plan(deduction=deduction)
    household = _family(income, cost, children, plan)
    for one in found_for(household, plan).thresholds:
        for inside, outside in ((one.low, -one.step), (one.high, one.step)):
            if inside is not None:
                assert verdict_at(household, plan, one, inside) is one.verdict
                assert verdict_at(household, plan, one, inside + outside) is not one.verdict


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60000_00), st.integers(0, 40000_00), st.integers(0, 100_000_00))
def test_whatever_single_cost_brings_a_yes_lies_within_what_was_said(income: int, cost: int, tried: int) -> None:
    plan = the_plan()
    household = _family(income, cost, 1, plan)
    found = found_for(household, plan)
    probe = _cost_of(plan)
    for programme in ("低保", "低保边缘", "刚性支出"):
        at = replace(probe, programme=programme)
        if verdict_at(household, plan, at, cost) is Verdict.NO and verdict_at(household, plan, at, tried) is Verdict.YES:
            said = [one for one in found.thresholds if one.programme == programme and one.field.key == OWN_COST]
            assert any((one.low or 0) <= tried and (one.high is None or tried <= one.high) for one in said)


def test_an_unanswered_amount_is_said_towards_both_answers() -> None:
    plan = the_plan()
    household = a_household("C03", plan)
    row = household.rows("支出")[0]
    rows = tuple(Row(one.key, one.owner, {k: v for k, v in one.answers.items() if k != "自负"}) for one in household.tables["支出"])
    open_household = Household(household.answers, {**household.tables, "支出": rows}, household.complete)
    found = [one for one in found_for(open_household, plan).thresholds if one.at == row and one.programme == "低保"]
    assert {(one.verdict, one.low, one.high) for one in found} == {
        (Verdict.YES, 28632_01, None),
        (Verdict.NO, None, 28632_00),
    }


def test_running_out_of_trials_is_said() -> None:
    plan = the_plan()
    household = a_household("C03", plan)
    screening = screen(Evaluator(plan, household), plan.catalogue)
    found = outlook(plan, household, undecided_classes(screening.offers, plan.catalogue), trials=20)
    assert not found.complete
    assert "  情况复杂，只列出已算到的" in to_lines(found, plan.catalogue, household)


def test_imagining_leaves_the_facts_and_the_plan_as_they_were() -> None:
    plan = the_plan()
    household = a_household("C01", plan)
    before = Evaluator(plan, household).verdicts()
    found_for(household, plan)
    assert Evaluator(plan, household).verdicts() == before
    other = turned(plan, "医疗扣减")
    assert other is turned(plan, "医疗扣减")
    assert plan.catalogue.standards["医疗扣减"].on(DAY).values[()] is True  # type: ignore[union-attr]


def test_a_household_of_five_is_answered_by_a_bounded_number_of_trials() -> None:
    plan = the_plan()
    household = a_household("C01", plan)
    assert len(household.rows("成员")) == 5
    assert 0 < found_for(household, plan).trials <= 1500


def test_a_household_is_not_told_how_to_fall_into_a_lower_class() -> None:
    plan = the_plan()
    offers = screen(Evaluator(plan, a_household("C01", plan)), plan.catalogue).offers
    assert {one.programme for one in offers if one.verdict is Verdict.YES} >= {"低保边缘"}
    assert "刚性支出" not in {one.programme for one in undecided_classes(offers, plan.catalogue)}



def _family(income: int, cost: int, children: int, plan: Plan) -> Household:
    """C03 with other amounts and more children like hers."""
    base = a_household("C03", plan)
    tables = dict(base.tables)
    tables["收入"] = tuple(Row(one.key, one.owner, {**one.answers, "年收入": income}) for one in tables["收入"])
    tables["支出"] = tuple(Row(one.key, one.owner, {**one.answers, "自负": cost}) for one in tables["支出"])
    own, child = tables["成员"]
    more = tuple(Row(f"{child.key}-{number}", child.owner, child.answers) for number in range(1, children))
    tables["成员"] = (own, child, *more)
    return Household(base.answers, tables, base.complete)


def _cost_of(plan: Plan) -> Threshold:
    household = a_household("C03", plan)
    return next(one for one in found_for(household, plan).thresholds if one.field.key == OWN_COST)


def test_steps_are_fen_for_money_and_hundredths_for_measures() -> None:
    plan = the_plan()
    known = _cost_of(plan)
    area = plan.catalogue.fields["房屋.建筑面积"]
    assert known.step == 1
    assert replace(known, field=area).step == Fraction(1, 100)
