"""Campaigns of agreement: random rule sets, the shipped catalogue, and what an injected slip does to them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from forms.language import Plan, column_nodes, compile_catalogue, tree
from forms.language.graph import reached
from tests.builders import the_demo_catalogue
from tests.forms.language.building import Building
from tests.forms.language.families import Families
from tests.forms.language.side_by_side import Tally, compare
from tests.forms.language.strategies import a_home, a_random_county, flag

UNKNOWN = (0.0, 0.1, 0.3, 0.6, 0.9)
DAYS = (date(2026, 9, 1), date(2028, 2, 29), date(2026, 4, 1))
SWAPPED = {"且": "或", "或": "且", "<": "≤", "≤": "<", ">": "≥", "≥": ">"}


def a_mutual_county(dice: random.Random) -> Building:
    """A random county whose members also vouch for one another: a fixpoint, through a definition and kin."""
    building = a_random_county(dice)
    building.define("成员.靠得住", f"资格(五) 或 {flag(dice, '成员', 1)}")
    quantifier = dice.choice(["每名家人", "任一家人", "任一成员"])
    return building.programme(
        "五", f"{quantifier}(靠得住)", flag(dice, "成员", 1), subject="成员", fixpoint=True, amounts={"钱": "标准 - 月收入"}
    )


def random_rules(seeds: range, homes: int, tally: Tally) -> None:
    """Random counties, each with random households at every share of unknown answers."""
    for seed in seeds:
        dice = random.Random(seed)
        building = (a_mutual_county if seed % 2 else a_random_county)(dice)
        compare(building.plan(), [a_home(building, dice, UNKNOWN[place % 5]) for place in range(homes)], tally)


def shipped_rules(seed: int, homes: int, tally: Tally) -> None:
    """The shipped catalogue on several days with random households at every share of unknown answers."""
    dice = random.Random(seed)
    for day in DAYS:
        plan = the_plan(day)
        families = Families(plan)
        compare(plan, [families.one(dice, UNKNOWN[place % 5] * (place % 3 > 0)) for place in range(homes)], tally)


@cache
def the_plan(day: date) -> Plan:
    """The shipped catalogue with the demo county's amounts, on a day."""
    return compile_catalogue(the_demo_catalogue(), day)


def slips(plan: Plan) -> Iterator[tree.Node]:
    """Every 且 / 或 and every comparison that a slip may change, as written in conditions and definitions."""
    roots = [node for one in plan.programmes.values() for node in one.conditions]
    for node in dict.fromkeys(part for root in roots for part in reached(root, plan.definitions)):
        if isinstance(node, tree.Logic | tree.Compare) and node.sign in SWAPPED:
            yield node


@contextmanager
def slipped(target: tree.Node, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The batch evaluator with one sign of one expression swapped (且↔或, <↔≤, >↔≥), wherever it is written."""
    kind = type(target)
    right: Callable[[Any, Any, str], Any] = column_nodes.BUILDERS[kind]

    def wrong(batch: Any, node: Any, table: str) -> Any:
        return right(batch, replace(node, sign=SWAPPED[node.sign]) if node.text == target.text else node, table)

    with patch.context() as within:
        within.setitem(column_nodes.BUILDERS, kind, wrong)
        yield


def is_caught(plan: Plan, homes: list[Any], target: tree.Node, patch: pytest.MonkeyPatch) -> bool:
    """Whether comparing the two evaluators shows the slip."""
    tally = Tally()
    with slipped(target, patch):
        compare(plan, homes, tally)
    return bool(tally.differ)
