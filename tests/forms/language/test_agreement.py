"""Two evaluators, one meaning: live and batch agree on random rules and on the shipped ones, and a slip in one is seen."""

import random
from dataclasses import replace

import numpy as np
import pytest

from clerk.household import Row
from clerk.packed import layout_of, ordered_rows, pack
from clerk.unpacked import columns_of
from forms.language import Evaluator
from forms.language.columns import Batch
from forms.schema import ROOT
from tests.forms.language.campaigns import (
    DAYS,
    UNKNOWN,
    a_mutual_county,
    is_caught,
    random_rules,
    shipped_rules,
    slips,
    the_plan,
)
from tests.forms.language.families import Families
from tests.forms.language.side_by_side import Tally, batch_of
from tests.forms.language.strategies import a_home, a_random_county, completed

ASSISTED = ("特困", "孤儿", "低保", "低保边缘", "刚性支出")


def test_twenty_thousand_verdicts_agree_on_random_rules_and_on_the_shipped_ones() -> None:
    tally = Tally()
    random_rules(range(50), 40, tally)
    shipped_rules(3, 50, tally)
    assert tally.differ == []
    assert tally.verdicts >= 20_000
    assert tally.left <= tally.verdicts // 1000
    assert min(tally.said.values()) > 2000, "every answer is given often"


def test_a_batch_without_households_is_answered_too() -> None:
    plan = the_plan(DAYS[0])
    batch, _ = batch_of(plan, [])
    assert all(len(batch.verdict(name)) == 0 for name in plan.programmes)


@pytest.mark.parametrize("seed", range(30))
def test_a_definite_answer_of_the_batch_stays_when_the_unknown_is_told(seed: int) -> None:
    dice = random.Random(seed)
    building = (a_mutual_county if seed % 2 else a_random_county)(dice)
    plan = building.plan()
    homes = [a_home(building, dice, UNKNOWN[place % 5]) for place in range(40)]
    before = _by_row(batch_of(plan, homes))
    for _ in range(3):
        after = _by_row(batch_of(plan, [completed(building, home, dice) for home in homes]))
        assert _unsound(before, after) == []


def test_a_definite_answer_by_the_shipped_rules_stays_when_the_unknown_is_told() -> None:
    plan = the_plan(DAYS[0])
    families, dice = Families(plan), random.Random(11)
    told = [families.whole(dice) for _ in range(200)]
    after = _by_row(batch_of(plan, told))
    said = 0
    for chance in UNKNOWN[1:]:
        before = _by_row(batch_of(plan, [families.hiding(home, dice, chance) for home in told]))
        assert _unsound(before, after) == []
        said += sum(truth != 0 for truth in before.values())
    assert said > 5000


def test_a_swapped_sign_in_one_evaluator_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, list[bool]] = {"Logic": [], "Compare": []}
    for seed in range(40):
        dice = random.Random(1000 + seed)
        building = a_random_county(dice)
        plan = building.plan()
        found = list(slips(plan))
        homes = [a_home(building, dice, (0, 0, 0.1, 0.3)[place % 4]) for place in range(60)]
        if found:
            target = dice.choice(found)
            seen[type(target).__name__].append(is_caught(plan, homes, target, monkeypatch))
    assert len(seen["Logic"]) >= 10
    assert len(seen["Compare"]) >= 10
    assert sum(seen["Logic"]) >= 0.9 * len(seen["Logic"])
    assert sum(seen["Compare"]) >= 0.6 * len(seen["Compare"]), "the others were never on their boundary"


def test_a_swapped_sign_in_the_shipped_rules_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = the_plan(DAYS[0])
    families, dice = Families(plan), random.Random(5)
    homes = [families.one(dice, (0, 0.05, 0.2)[place % 3]) for place in range(90)]
    wanted = ("低保财产", "周岁(出生日期) ≥ 特困老年年龄", "周岁(出生日期) < 成年年龄", "属重残 或 属三级精智 或 患重病")
    targets = [node for node in slips(plan) if any(word in node.text for word in wanted)]
    found = [is_caught(plan, homes, node, monkeypatch) for node in dice.sample(targets, 4)]
    assert all(found)


def test_more_income_brings_nobody_help_who_had_none() -> None:
    plan = the_plan(DAYS[0])
    families, dice = Families(plan), random.Random(7)
    homes = [families.one(dice, (0, 0, 0.1)[place % 3]) for place in range(600)]
    richer = [_earning_more(home, dice) for home in homes]
    before, after = _assisted(plan, homes), _assisted(plan, richer)
    assert int((before == 1).sum()) > 20
    assert int((before != after).sum()) > 5, "the income must matter"
    # An open answer may become any: the income that closes one class may be what was missing for the next.
    assert not np.any((before == -1) & (after > -1))


def test_an_unrelated_fact_is_not_even_in_the_record() -> None:
    plan = the_plan(DAYS[0])
    layout = layout_of(plan)
    families, dice = Families(plan), random.Random(9)
    for _ in range(20):
        home = families.one(dice, 0.3)
        members = tuple(Row(row.key, row.owner, {**row.answers, "姓名": "甲某", "民族": "01"}) for row in home.tables["成员"])
        other = replace(home, answers={**home.answers, "困难叙述": "房屋漏雨"}, tables={**home.tables, "成员": members})
        assert pack(other, layout) == pack(home, layout) is not None


def test_no_answer_that_the_rules_do_not_read_changes_any_verdict() -> None:
    plan = the_plan(DAYS[0])
    families, dice = Families(plan), random.Random(21)
    unread = [one for one in plan.catalogue.fields.values() if one not in families.reads.fields and not one.derived]
    assert len(unread) > 50
    for _ in range(25):
        home = families.one(dice, 0.2)
        more = {name: {one.id: families.answer(one, dice, 3) for one in unread if one.table == name} for name in (ROOT, *home.tables)}
        tables = {name: tuple(Row(row.key, row.owner, {**more[name], **row.answers}) for row in rows) for name, rows in home.tables.items()}
        told = replace(home, answers={**more[ROOT], **home.answers}, tables=tables)
        before, after = Evaluator(plan, home), Evaluator(plan, told)
        assert [before.judge(*key) for key in before.pairs()] == [after.judge(*key) for key in after.pairs()]
        assert [before.used(*key) for key in before.pairs()] == [after.used(*key) for key in after.pairs()]


def test_a_household_is_judged_the_same_alone_and_among_others() -> None:
    plan = the_plan(DAYS[0])
    families, dice = Families(plan), random.Random(13)
    homes = [families.one(dice, 0.2) for _ in range(60)]
    together = _by_row(batch_of(plan, homes))
    alone = {(key[0], number, *key[2:]): truth for number, home in enumerate(homes) for key, truth in _by_row(batch_of(plan, [home])).items()}
    assert alone == together


def test_numbers_too_large_for_exact_arithmetic_are_left_to_the_live_evaluator() -> None:
    plan = the_plan(DAYS[0])
    layout = layout_of(plan)
    home = Families(plan).one(random.Random(1), 0.0)
    assets = (Row("a", "", {"金额": 2**53 - 5}), Row("b", "", {"金额": 2**52}))
    huge = replace(home, tables={**home.tables, "金融资产": assets})
    record = pack(huge, layout)
    assert record is not None
    batch = Batch(plan, columns_of([record, pack(home, layout) or b""], layout))
    for name in plan.programmes:
        batch.verdict(name)
    assert batch.doubtful.tolist() == [True, False]


def _by_row(made):
    batch, homes = made
    plan = batch.plan
    found = {}
    for name, one in plan.programmes.items():
        table = one.programme.subject
        keys = [(number, row) for number, home in enumerate(homes) for row in _rows(home, plan, table)]
        found |= {(name, *key): int(truth) for key, truth in zip(keys, batch.verdict(name), strict=True)}
    return found


def _rows(home, plan, table):
    return [""] if table == ROOT else ordered_rows(home, layout_of(plan), table)


def _unsound(before, after):
    return [(key, truth, after[key]) for key, truth in before.items() if truth not in (0, after[key])]


def _assisted(plan, homes):
    batch, kept = batch_of(plan, homes)
    assert len(kept) == len(homes)
    best = np.full(len(homes), -1, dtype=np.int8)
    for name in ASSISTED:
        table = plan.programmes[name].programme.subject
        household = np.arange(len(homes)) if table == ROOT else batch.columns.blocks[table].household
        np.maximum.at(best, household, batch.verdict(name))
    return best


def _earning_more(home, dice):
    members = [row.key for row in home.tables["成员"]]
    raised = [
        Row(row.key, row.owner, {name: v + 100_000 if name in ("年收入", "月额") else v for name, v in row.answers.items()})
        for row in home.tables.get("收入", ())
    ]
    new = Row("more", dice.choice(members), {"类别": "工资性收入", "计法": "按年", "年收入": dice.choice((1, 500_000, 3_000_000))})
    return replace(home, tables={**home.tables, "收入": (*raised, new)})
