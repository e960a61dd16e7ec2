"""Worked households and what must come out of them: read the expectation files beside the households of a pack.

An expectation document names its household (案例), the day (日期), changes to the household (改: path → value) and
extra layers (层); then what is expected, in the words of `CHECKS` in test_cases.py. Amounts are yuan, or the line's unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from clerk.files import read_household_file
from clerk.household import Household
from clerk.screening import Offer, Screening, screen
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.plan import Plan, compile_catalogue, compile_expression
from forms.language.values import Range
from forms.loader import DEMO, NATIONAL, load
from forms.reading import Place
from forms.schema import Expression

CASES = DEMO / "cases"
BOUNDARIES = Path(__file__).parent / "boundaries"
LAYERS = Path(__file__).parent / "layers"
HOUSEHOLD = "家庭"
ABOUT = ("案例", "名", "日期", "改", "层")


@dataclass(frozen=True)
class Expectation:
    """One document: which household, on which day, changed how, and what is expected of it."""

    household: Path
    name: str
    on: date
    changes: dict[str, Any]
    layers: tuple[str, ...]
    expected: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.household.stem} {self.name}"


@dataclass(frozen=True)
class Judged:
    """A household judged: everything a check may look at."""

    catalogue: Catalogue
    plan: Plan
    household: Household
    evaluator: Evaluator
    screening: Screening

    def row(self, name: str) -> str:
        """The row key of a member by name; the household itself for 家庭 or no name."""
        if name in ("", HOUSEHOLD):
            return ""
        return next(row for row in self.household.rows("成员") if self.household.answer("成员", "姓名", row) == name)

    def offers(self, subject: str) -> list[Offer]:
        """The offers of `项目` (every row) or `项目@姓名`."""
        programme, _, name = subject.partition("@")
        found = [each for each in self.screening.offers if each.programme == programme]
        assert found, f"没有项目「{programme}」"
        return [each for each in found if each.row == self.row(name)] if name else found

    def amounts(self, programme: str, name: str) -> dict[str, Range]:
        """The lines of money of one programme for one subject."""
        (offer,) = [each for each in self.offers(programme) if each.row == self.row(name)]
        return {said.id: said.value for said in offer.judgement.amounts}

    def value(self, name: str) -> Fraction:
        """A definition or field of the household, or of a member when written `名称@姓名`; exactly known."""
        what, _, who = name.partition("@")
        compiled = compile_expression(Expression(what, Place("关键数", 1, 1)), "成员" if who else HOUSEHOLD, self.plan)
        found = self.evaluator.value(compiled, self.row(who))
        assert isinstance(found, Range), f"{name} 是 {found}"
        assert found.known, f"{name} 是 {found}"
        return Fraction(found.low)


def expectations(folder: Path) -> Iterator[Expectation]:
    """Every expectation of a folder, in file order."""
    for path in sorted(folder.glob("*.expect.yaml")):
        for said in yaml.load_all(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):
            yield Expectation(
                CASES / f"{said['案例']}.yaml",
                said["名"],
                date.fromisoformat(said["日期"]),
                said.get("改", {}),
                tuple(said.get("层", ())),
                {key: value for key, value in said.items() if key not in ABOUT},
            )


def judge(expectation: Expectation) -> Judged:
    """Load, read the household file with its changes, evaluate, screen: the way the command line goes."""
    catalogue, plan = rules(expectation.layers, expectation.on)
    text = changed(expectation.household.read_text(encoding="utf-8"), expectation.changes)
    household = read_household_file(text, catalogue, expectation.on)
    evaluator = Evaluator(plan, household)
    return Judged(catalogue, plan, household, evaluator, screen(evaluator, catalogue))


@cache
def rules(layers: tuple[str, ...], on: date) -> tuple[Catalogue, Plan]:
    """The demo catalogue with extra layers, and its plan for a day."""
    catalogue = _catalogue(layers)
    return catalogue, compile_catalogue(catalogue, on)


@cache
def _catalogue(layers: tuple[str, ...]) -> Catalogue:
    return load([NATIONAL, DEMO, *(LAYERS / layer for layer in layers)])


def changed(text: str, changes: dict[str, Any]) -> str:
    """The household text with some answers replaced: `成员/1/支出/2/自负` counts rows from 1."""
    if not changes:
        return text
    document = yaml.load(text, Loader=yaml.BaseLoader)
    for path, value in changes.items():
        *way, last = path.split("/")
        place = document
        for step in way:
            place = place[int(step) - 1] if step.isdigit() else place[step]
        place[last] = value
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
