"""The cases each programme has of its own, written short: household, one answer, what comes out for one subject.

A document names a programme (项目) and its cases (例): 案 household, 人 member, 日期 day, 改 changed answers, then 答
(符合, 不符, 待补, 不并领) with 额 every line of money, 因 the conditions that fail, 让 what stands in its way. 界 marks
one side of a boundary; its twin is the same case one step away with the other answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from tests.cases.expectations import CASES, HOUSEHOLD, Expectation

FOLDER = Path(__file__).parent / "programmes"
DAY = "2026-09-01"
YES = ("符合", "不并领")
"""Answers in which the conditions are met."""
_KEYS = {"案", "人", "日期", "改", "答", "额", "因", "让", "界"}


@dataclass(frozen=True)
class Case:
    """One case of one programme, with the expectation it stands for."""

    programme: str
    answer: str
    edge: bool
    place: tuple[str, str]
    facts: dict[str, str]
    expectation: Expectation

    def __str__(self) -> str:
        return f"{self.programme} {self.expectation}"


def programme_cases() -> Iterator[Case]:
    """Every case of every file, in file order."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for said in yaml.load_all(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):
            for number, one in enumerate(said["例"], 1):
                assert set(one) <= _KEYS, f"{path.name} {said['项目']} {set(one) - _KEYS}"
                yield _case(said["项目"], number, one)


def one_step(one: Case, other: Case) -> bool:
    """Whether two cases differ in one fact only, by a fen, a day, a count of one, a hundredth, or a yes and a no."""
    if one.place != other.place or set(one.facts) != set(other.facts):
        return False
    differing = [(one.facts[key], other.facts[key]) for key in one.facts if one.facts[key] != other.facts[key]]
    return len(differing) == 1 and _near(*differing[0])


def _case(programme: str, number: int, one: dict[str, Any]) -> Case:
    day, changes, who = one.get("日期", DAY), one.get("改", {}), one.get("人", HOUSEHOLD)
    expectation = Expectation(
        CASES / f"{one['案']}.yaml",
        f"{programme}{number} {one['答']}",
        date.fromisoformat(day),
        changes,
        (),
        _wanted(programme, who, one),
    )
    facts = {"日期": day} | dict(_flat("", changes))
    return Case(programme, one["答"], one.get("界") == "是", (one["案"], who), facts, expectation)


def _wanted(programme: str, who: str, one: dict[str, Any]) -> dict[str, Any]:
    subject = programme if who == HOUSEHOLD else f"{programme}@{who}"
    answer = one["答"]
    if answer == "符合":
        return {"符合": {programme: {who: one.get("额", {})}}}
    if answer == "不并领":
        return {"不并领": {subject: one["让"]}}
    because = {"不符因": {subject: one["因"]}} if "因" in one else {}
    return {answer: [subject]} | because


def _flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{path}/{key}", inner)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _flat(f"{path}/{at}", inner)
    else:
        yield path, value


def _near(one: str, other: str) -> bool:
    if {one, other} == {"是", "否"}:
        return True
    if one.count("-") == 2:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) == 1
    step = abs(Fraction(one.removesuffix("元")) - Fraction(other.removesuffix("元")))
    return step == Fraction(1, 100) or (step == 1 and "元" not in one)
