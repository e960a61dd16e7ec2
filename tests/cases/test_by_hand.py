"""The shipped rules with the demo county's amounts, held against the same rules worked out by hand on invented households."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from typing import Any

import yaml

from clerk.files import read_household_file
from forms.language.evaluate import Evaluator
from forms.language.values import Verdict
from tests.cases.by_hand import DAY, HOME
from tests.cases.by_hand_classes import worked_out
from tests.cases.expectations import rules
from tests.cases.invented import a_household

COMPARED = (
    "特困", "低保", "低保边缘", "刚性支出", "因病致贫", "单人保", "孤儿", "事实无人", "残疾生活", "残疾护理", "高龄津贴",
    "资助参保", "住院救助", "学生资助", "免费电量", "取暖救助", "租赁补贴",
)  # fmt: skip


def test_invented_households_come_out_as_worked_by_hand() -> None:
    dice, seen = random.Random(990101), Counter[str]()
    for _ in range(450):
        said = a_household(dice)
        wanted = worked_out(said)
        found = judged(said)
        assert found == {name: wanted.get(name, {}) for name in COMPARED}, yaml.safe_dump(said, allow_unicode=True)
        seen.update(name for name in COMPARED if found[name])
    assert min(seen[name] for name in COMPARED) >= 3, seen


def judged(said: dict[str, Any]) -> dict[str, dict[str, dict[str, Fraction]]]:
    """programme → who qualifies → line → yuan, by the product."""
    catalogue, plan = rules((), DAY)
    household = read_household_file(yaml.safe_dump(said, allow_unicode=True), catalogue, DAY)
    evaluator = Evaluator(plan, household)
    found: dict[str, dict[str, dict[str, Fraction]]] = {name: {} for name in COMPARED}
    for programme, row in evaluator.verdicts():
        if programme not in COMPARED:
            continue
        said_by_rules = evaluator.judge(programme, row)
        who = str(household.answer("成员", "姓名", row)) if row else HOME
        assert said_by_rules.verdict is not Verdict.UNKNOWN, (programme, who, said_by_rules.missing)
        if said_by_rules.verdict is Verdict.YES:
            lines = said_by_rules.amounts
            found[programme][who] = {
                line.id: Fraction(line.value.low) / (100 if line.unit == "元" else 1) for line in lines
            }
    return found
