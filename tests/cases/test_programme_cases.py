"""Each programme's own cases come out, and each programme has them: a yes, a no, one not yet known, both sides of its edge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from clerk.case_checks import CHECKS
from forms.language.graph import reached
from forms.language.plan import Plan
from forms.language.tree import Compare, Each, Elapsed, FieldRead, Node, ProgrammeRead
from forms.schema import Kind
from tests.cases.expectations import judge, rules
from tests.cases.programme_cases import YES, Case, one_step, programme_cases

OWN = list(programme_cases())
DAY = date(2026, 9, 1)
ORDERED = frozenset("<≤>≥")


@pytest.mark.parametrize("case", OWN, ids=str)
def test_a_case_of_a_programme_comes_out(case: Case) -> None:
    judged = judge(case.expectation)
    for word, wanted in case.expectation.expected.items():
        CHECKS[word](judged, wanted)


def test_every_programme_has_at_least_four_cases_with_each_answer() -> None:
    answers = defaultdict(list)
    for case in OWN:
        answers[case.programme].append("是" if case.answer in YES else case.answer)
    catalogue, _ = rules((), DAY)
    assert set(answers) == set(catalogue.programmes)
    for programme, said in answers.items():
        assert len(said) >= 4, programme
        assert set(said) == {"是", "不符", "待补"}, programme


def test_every_edge_has_its_twin_one_step_away() -> None:
    for case in OWN:
        if case.edge:
            twins = [each for each in OWN if each.programme == case.programme and each.edge and one_step(case, each)]
            assert {each.answer in YES for each in twins} == {case.answer not in YES}, str(case)


def test_every_programme_with_a_number_or_a_date_is_tried_on_both_sides() -> None:
    _, plan = rules((), DAY)
    tried = {case.programme for case in OWN if case.edge}
    numeric = {name for name in plan.programmes if any(_measures(plan, name))}
    assert len(numeric) > 35
    assert numeric - tried == set()


def test_every_means_tested_programme_is_tried_a_fen_on_either_side() -> None:
    _, plan = rules((), DAY)
    by_a_fen = {case.programme for case in OWN if case.edge and any(a_fen(case, each) for each in OWN)}
    tested = {name for name in plan.programmes if _turns_on_money(plan, name)}
    assert len(tested) > 40
    assert tested - by_a_fen == set()


def a_fen(one: Case, other: Case) -> bool:
    """Whether another case of the same programme is the same but for a fen."""
    if one.programme != other.programme or not other.edge or not one_step(one, other):
        return False
    return any("元" in one.facts[key] for key in one.facts if one.facts[key] != other.facts[key])


def test_every_edge_that_money_cannot_reach_is_named_here() -> None:
    _, plan = rules((), DAY)
    tried = {case.programme for case in OWN if case.edge}
    assert set(plan.programmes) - tried == {"疾病应急", "防返贫监测", "消费帮扶", "司法救助"}, (
        "they ask for a kind of event only"
    )


def test_amounts_that_follow_a_switch_or_a_month_are_tried_on_the_day_before_and_after() -> None:
    assert {"价格补贴", "两节补贴"} <= {case.programme for case in OWN if case.edge}


def _turns_on_money(plan: Plan, programme: str) -> bool:
    """Whether a comparison of household money stands behind its conditions, through other programmes too."""
    seen, waiting = {programme}, [programme]
    while waiting:
        for node in _behind(plan, waiting.pop()):
            if isinstance(node, Compare) and node.sign in ORDERED and node.left.type.kind is Kind.MONEY:
                if any(map(_of_household, reached(node, plan.definitions))):
                    return True
            elif isinstance(node, ProgrammeRead) and node.what != "在享" and node.programme not in seen:
                seen.add(node.programme)
                waiting.append(node.programme)
    return False


def _behind(plan: Plan, programme: str) -> Iterator[Node]:
    for condition in plan.programmes[programme].conditions:
        yield from reached(condition, plan.definitions)


def _measures(plan: Plan, programme: str) -> Iterator[Node]:
    """The comparisons by size behind a programme's conditions that measure something of the household."""
    for condition in plan.programmes[programme].conditions:
        for node in reached(condition, plan.definitions):
            if (
                isinstance(node, Compare)
                and node.sign in ORDERED
                and any(map(_of_household, reached(node, plan.definitions)))
            ):
                yield node


def _of_household(node: Node) -> bool:
    return isinstance(node, FieldRead | Each | Elapsed | ProgrammeRead)
