"""The batch evaluator beside OpenFisca-Core, on rules that both can say: the same households, and equal verdicts.

Run by `python3 dev.py bench openfisca` in an environment of its own, as OpenFisca is no part of the product. All
answers are told, because OpenFisca has no "not yet known"; amounts are whole yuan, because its numbers are 32-bit
floats; income stands on the member, because its persons own nothing.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from clerk.household import Household, Row
from clerk.packed import layout_of, pack
from clerk.unpacked import columns_of
from forms.language import Plan
from forms.language.blocks import Columns
from forms.language.columns import Batch
from forms.language.encoding import interned
from forms.schema import ROOT
from tests.bench.figures import Figure, show
from tests.bench.openfisca_rules import AREAS, CARE, GRADES, MONTH, VARIABLES, a_system
from tests.forms.language.building import YUAN, Building

TODAY = date(2026, 9, 1)
PERSONS = "成员"
_ALWAYS = (date(2026, 4, 1), None)
Verdicts = dict[str, Any]


def rules() -> Plan:
    """Five programmes of the shipped catalogue in its own words, less what OpenFisca cannot hold."""
    building = Building().table(PERSONS, "名", closing="家庭成员已全部录入", least=1)
    building.code("城乡", *AREAS).code("残疾等级", *GRADES).code("护理类待遇", *CARE)
    building.field("家庭.适用标准", "选项", "城乡").field("家庭.货币财产", "金额").field("家庭.车辆数", "整数")
    building.field("家庭.车辆必需", "是否").field("家庭.车辆现值", "金额")
    building.field("成员.出生日期", "日期").field("成员.月收入", "金额").field("成员.持残疾证", "是否")
    building.field("成员.残疾等级", "选项", "残疾等级").field("成员.需长期照护", "是否")
    building.field("成员.护理类待遇", "选项", "护理类待遇")
    building.standard("低保标准", "金额", (*_ALWAYS, {"城市": 832 * YUAN, "农村": 632 * YUAN}), by=["适用标准"])
    building.standard("边缘倍数", "数", (*_ALWAYS, Fraction(3, 2))).standard("低保货币年数", "数", (*_ALWAYS, Fraction(2)))
    building.standard("边缘货币年数", "数", (*_ALWAYS, Fraction(3))).standard("高龄起龄", "整数", (*_ALWAYS, 80))
    building.standard("边缘车辆现值上限", "金额", (*_ALWAYS, 50_000 * YUAN))
    building.define("家庭.人均月收入", "合计成员(月收入) / 成员数()").define("家庭.人均货币财产", "货币财产 / 成员数()")
    building.programme("低保", "人均月收入 < 低保标准", "人均货币财产 ≤ 低保标准 * 12 * 低保货币年数", "车辆数 = 0")
    building.programme(
        "低保边缘", "非 资格(低保)", "人均月收入 < 低保标准 * 边缘倍数", "人均货币财产 ≤ 低保标准 * 12 * 边缘货币年数",
        "车辆数 = 0 或 (车辆数 = 1 且 车辆必需 且 车辆现值 ≤ 边缘车辆现值上限)",
    )  # fmt: skip
    care = "护理类待遇 ≠ 工伤生活护理费"
    building.programme("残疾生活", "持残疾证", "资格(低保)", care, subject=PERSONS)
    building.programme("残疾护理", "持残疾证 且 残疾等级 在 [一级, 二级]", "需长期照护", care, subject=PERSONS)
    building.programme("高龄津贴", "周岁(出生日期) ≥ 高龄起龄", subject=PERSONS)
    return building.plan(TODAY)


def a_household(dice: random.Random) -> Household:
    """One to six members; incomes, savings and cars as often at a limit as anywhere."""
    area, size = dice.choice(AREAS), dice.choice((1, 1, 2, 2, 3, 3, 4, 5, 6))
    standard = {"城市": 832, "农村": 632}[area]
    near = standard * dice.choice((1, 1, 1.5, 2))
    months = dice.choice((0, 6, 24, 24, 36, 36, 60))
    savings = int(standard * months * size) + dice.choice((-1, 0, 1))
    cars = dice.choice((0, 0, 0, 0, 1, 1, 2))
    answers = {
        "适用标准": area, "货币财产": max(0, savings) * YUAN, "车辆数": cars, "车辆必需": dice.random() < 0.6,
        "车辆现值": (dice.choice((0, 49_999, 50_000, 50_001)) if cars else 0) * YUAN,
    }  # fmt: skip
    people = tuple(Row(str(number), "", _a_person(dice, int(near))) for number in range(size))
    return Household(answers, {PERSONS: people}, frozenset({PERSONS}))


def _a_person(dice: random.Random, near: int) -> dict[str, Any]:
    birthday = date(TODAY.year - dice.choice((5, 30, 45, 60, 79, 80, 81, 90)), 9, 1) + timedelta(days=dice.choice((-1, 0, 0, 1, 90)))
    income = dice.choice((0, near // 2, near - 1, near, near, near + 1, near * 2))
    card = dice.random() < 0.3
    return {
        "出生日期": birthday, "月收入": income * YUAN, "持残疾证": card, "残疾等级": dice.choice(GRADES),
        "需长期照护": dice.random() < 0.5, "护理类待遇": CARE[dice.random() < 0.2],
    }  # fmt: skip


def ours(plan: Plan, columns: Columns) -> Verdicts:
    """Every verdict by the batch evaluator, true where it is yes; any doubt or unknown is an error here."""
    batch = Batch(plan, columns)
    found = {name: batch.verdict(name) for name in plan.programmes}
    if batch.doubtful.any() or any((verdict == 0).any() for verdict in found.values()):
        raise AssertionError("complete data must be decided")
    return {name: verdict > 0 for name, verdict in found.items()}


def theirs(simulation: Simulation, inputs: Mapping[str, Any]) -> Verdicts:
    """Every verdict by OpenFisca."""
    for name, values in inputs.items():
        simulation.set_input(name, MONTH, values)
    return {name: simulation.calculate(variable, MONTH) for name, variable in VARIABLES.items()}


def inputs_of(plan: Plan, columns: Columns) -> dict[str, Any]:
    """The same columns as OpenFisca takes them: yuan, days, places in its enumerations."""
    root, people = columns.blocks[ROOT].fields, columns.blocks[PERSONS].fields
    first = {codes: min(interned(plan, codes).values()) for codes in ("城乡", "残疾等级", "护理类待遇")}
    born = people["出生日期"].astype(np.int64) - date(1970, 1, 1).toordinal()
    return {
        "area": root["适用标准"].astype(np.int16) - first["城乡"],
        "savings": (root["货币财产"] / YUAN).astype(np.float32),
        "cars": root["车辆数"].astype(np.int32),
        "car_needed": root["车辆必需"] > 0,
        "car_value": (root["车辆现值"] / YUAN).astype(np.float32),
        "birth": born.astype("datetime64[D]"),
        "income": (people["月收入"] / YUAN).astype(np.float32),
        "card": people["持残疾证"] > 0,
        "grade": people["残疾等级"].astype(np.int16) - first["残疾等级"],
        "needs_care": people["需长期照护"] > 0,
        "care": people["护理类待遇"].astype(np.int16) - first["护理类待遇"],
    }


def a_simulation(system: TaxBenefitSystem, columns: Columns) -> Simulation:
    """Persons and households, without an answer yet."""
    people, builder = columns.blocks[PERSONS], SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(people.rows))
    household = builder.declare_entity("household", np.arange(columns.households))
    builder.join_with_persons(household, people.household, np.zeros(people.rows, dtype=np.int16))
    return builder.build(system)


def figures(households: int = 100_000, rounds: int = 5) -> list[Figure]:
    """Medians of CPU seconds in turn, from arrays in memory to all verdicts; OpenFisca's population is made outside."""
    plan, system, dice = rules(), a_system(), random.Random(5)
    layout = layout_of(plan)
    records = [record for _ in range(households) if (record := pack(a_household(dice), layout)) is not None]
    if len(records) != households:
        raise AssertionError("a household does not fit its record")
    unpacking, columns = _timed(lambda: columns_of(records, layout))
    inputs = inputs_of(plan, columns)
    mine, peer, peopling = [], [], []
    for _ in range(rounds):
        # Made anew, so that nothing is kept from the round before.
        fresh = Columns(columns.households, columns.blocks, columns.closed)
        spent, said = _timed(lambda: ours(plan, fresh))  # noqa: B023 - used at once
        made, simulation = _timed(lambda: a_simulation(system, columns))
        other, told = _timed(lambda: theirs(simulation, inputs))  # noqa: B023 - used at once
        mine.append(spent), peer.append(other), peopling.append(made)
        _agree(said, told)
    return _said(said, (mine, peer, peopling), unpacking, (households, columns.size(PERSONS)))


def _said(verdicts: Verdicts, spent: tuple[list[float], ...], unpacking: float, sizes: tuple[int, int]) -> list[Figure]:
    mine, peer, peopling = (statistics.median(one) for one in spent)
    households, people = sizes
    judged, yes = sum(one.size for one in verdicts.values()), sum(int(one.sum()) for one in verdicts.values())
    made, populated = households / (mine + unpacking), households / (peer + peopling)
    return [
        Figure(f"{households:,} households of {people:,}, {len(verdicts)} programmes, arrays to verdicts", f"{households / mine:,.0f}/s", f"OpenFisca-Core {households / peer:,.0f}/s"),
        Figure("  times OpenFisca-Core", f"{peer / mine:.2f}x", "1x"),
        Figure("  with records unpacked, with its population made", f"{made:,.0f}/s", f"OpenFisca-Core {populated:,.0f}/s"),
        Figure("  verdicts compared, all equal", f"{judged:,}", f"{yes:,} of them yes"),
    ]


def _agree(said: Verdicts, told: Verdicts) -> None:
    for name, verdict in said.items():
        if differ := int((verdict != told[name]).sum()):
            raise AssertionError(f"{differ} verdicts of {name} differ")
        if verdict.all() or not verdict.any():
            raise AssertionError(f"{name} is the same for everybody: nothing was compared")


def _timed(action: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    made = action()
    return time.process_time() - start, made


if __name__ == "__main__":
    show(figures())
