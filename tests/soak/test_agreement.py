"""The long form of agreement: half a million verdicts of the live and the batch evaluator; run with `pytest tests/soak`."""

import random

import numpy as np
import pytest

from tests.forms.language.campaigns import DAYS, random_rules, shipped_rules, slipped, slips, the_plan
from tests.forms.language.families import Families
from tests.forms.language.side_by_side import Tally, answers, compare

WANTED = 500_000


@pytest.mark.timeout(3600)
def test_half_a_million_verdicts_agree() -> None:
    tally, seed = Tally(), 10_000
    while tally.verdicts < WANTED:
        random_rules(range(seed, seed + 50), 60, tally)
        shipped_rules(seed, 100, tally)
        assert tally.differ == [], seed
        seed += 50
    print(f"\n{tally.verdicts} verdicts, {tally.parts} values on the way, {tally.left} left to the live evaluator, {tally.said}")
    assert tally.left <= tally.verdicts // 1000
    assert min(tally.said.values()) > WANTED // 20


@pytest.mark.timeout(3600)
def test_swapped_signs_of_the_shipped_rules_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = the_plan(DAYS[0])
    families, dice = Families(plan), random.Random(5)
    homes = [families.one(dice, (0, 0.05, 0.2)[place % 3]) for place in range(300)]
    targets = {node.text: node for node in slips(plan)}
    tally = Tally()
    compare(plan, homes, tally)
    assert tally.differ == [], "the right batch is what the live evaluator says"
    right = answers(plan, homes)
    seen: dict[str, bool] = {}
    for said, node in targets.items():
        with slipped(node, monkeypatch):
            wrong = answers(plan, homes)
        seen[said] = any(not np.array_equal(a, b) for one, other in zip(right, wrong, strict=True) for a, b in zip(one, other, strict=True))
    logic = [text for text, node in targets.items() if node.sign in "且或"]
    print(f"\n{sum(seen.values())} of {len(seen)} seen; {sum(seen[text] for text in logic)} of {len(logic)} 且 or 或")
    print([text for text, found in seen.items() if not found])
    assert sum(seen[text] for text in logic) >= 0.95 * len(logic)
