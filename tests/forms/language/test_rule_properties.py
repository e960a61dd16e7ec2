"""What must hold for any rules and any household: no premature certainty, no stale answer, two evaluators that agree."""

import random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from forms.language import Evaluator
from forms.language.values import Verdict
from forms.schema import ROOT
from tests.forms.language.plainly import Plainly
from tests.forms.language.strategies import a_home, a_random_county, completed, rows_of, value

DIVIDES = "支出 / 存款"
"""The one division that may be zero by zero, which nothing can decide."""
TRUTH = {Verdict.YES: True, Verdict.NO: False, Verdict.UNKNOWN: None}
some = settings(max_examples=120, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
dice = st.integers(0, 2**32).map(random.Random)
unknown = st.sampled_from([0.0, 0.1, 0.3, 0.6, 0.9])


def amounts(evaluator, keys):
    return {(key, said.id): said.value for key in keys for said in evaluator.judge(*key).amounts}


@some
@given(dice, unknown)
def test_a_definite_answer_stays_when_the_unknown_is_told(rolled, chance):
    building = a_random_county(rolled)
    plan = building.plan()
    home = a_home(building, rolled, chance)
    before = Evaluator(plan, home)
    verdicts = before.verdicts()
    ranges = amounts(before, verdicts)
    for _ in range(4):
        after = Evaluator(plan, completed(building, home, rolled))
        for key, verdict in verdicts.items():
            told = after.verdict(*key)
            assert verdict in (told, Verdict.UNKNOWN), (key, verdict, told)
        for (key, line), told in amounts(after, verdicts).items():
            wide = ranges[key, line]
            assert wide.low <= told.low, (key, wide, told)
            assert told.high <= wide.high, (key, wide, told)


@some
@given(dice, unknown)
def test_ranges_only_add_certainty_to_three_valued_logic_and_agree_when_all_is_told(rolled, chance):
    building = a_random_county(rolled)
    plan = building.plan()
    told = a_home(building, rolled, chance)
    for home in (told, completed(building, told, rolled)):
        evaluator, plainly = Evaluator(plan, home), Plainly(plan, home)
        for key, verdict in evaluator.verdicts().items():
            plain = plainly.verdict(*key)
            assert plain is None or TRUTH[verdict] is plain, (key, verdict, plain)


@some
@given(dice, unknown)
def test_after_any_edits_the_kept_answers_equal_a_fresh_judgement(rolled, chance):
    building = a_random_county(rolled)
    plan = building.plan()
    home = a_home(building, rolled, chance)
    evaluator = Evaluator(plan, home)
    for step in range(12):
        evaluator.verdicts()
        evaluator.questions(5)
        edit(building, home, evaluator, rolled, step)
        fresh = Evaluator(plan, home)
        assert evaluator.verdicts() == fresh.verdicts()
        assert evaluator.questions(50) == fresh.questions(50)
        if step % 4 == 3:
            assert [evaluator.judge(*key) for key in evaluator.pairs()] == [fresh.judge(*key) for key in fresh.pairs()]


def edit(building, home, evaluator, rolled, step):
    kind = rolled.randrange(8)
    table = rolled.choice(list(building.tables))
    if kind == 0:
        home.add(table, f"新{step}", rolled.choice(home.rows("成员") or [""]) if building.tables[table].owner else "")
    elif kind == 1 and home.rows(table):
        remove(building, home, table, rolled.choice(home.rows(table)))
    elif kind == 2:
        home.complete ^= {table}
    else:
        field = rolled.choice(list(building.fields.values()))
        for row in rows_of(home, field.table)[:1]:
            home.answers[field.table, field.id, row] = value(building, field, rolled) if rolled.random() < 0.7 else None
            evaluator.changed(field.table, field.id, row)
        return
    evaluator.rows_changed(table)


def remove(building, home, table, key):
    del home.lists[table][key]
    for below, shape in building.tables.items():
        if shape.owner == table:
            for child in [row for row, owner in home.lists.get(below, {}).items() if owner == key]:
                del home.lists[below][child]


@some
@given(dice, unknown)
def test_an_unrelated_fact_changes_nothing_and_is_not_even_looked_at(rolled, chance):
    building = a_random_county(rolled)
    plan = building.field("家庭.爱好", "文字").plan()
    home = a_home(building, rolled, chance)
    home.answers.pop((ROOT, "爱好", ""), None)
    evaluator = Evaluator(plan, home)
    before = [evaluator.judge(*key) for key in evaluator.pairs()]
    kept = set(evaluator.cells.kept())

    home.say(爱好="钓鱼")
    evaluator.changed(ROOT, "爱好", "")

    assert set(evaluator.cells.kept()) == kept
    assert [evaluator.judge(*key) for key in evaluator.pairs()] == before
    assert [Evaluator(plan, home).judge(*key) for key in evaluator.pairs()] == before


@some
@given(dice, unknown)
def test_an_open_verdict_says_what_is_missing_and_a_decided_one_asks_nothing(rolled, chance):
    building = a_random_county(rolled)
    plan = building.plan()
    evaluator = Evaluator(plan, a_home(building, rolled, chance))
    for key in evaluator.pairs():
        said = evaluator.judge(*key)
        if said.verdict is not Verdict.UNKNOWN:
            assert said.missing == ()
        for finding in said.findings:
            assert finding.verdict is Verdict.UNKNOWN or finding.missing == ()
            assert finding.verdict is not Verdict.UNKNOWN or finding.missing or DIVIDES in written(building)
        if said.verdict is Verdict.YES:
            assert all(finding.verdict is Verdict.YES for finding in said.findings)


def written(building):
    return "".join(one.expression.text for programme in building.programmes.values() for one in programme.conditions)


@some
@given(dice)
def test_everything_told_decides_every_verdict(rolled):
    building = a_random_county(rolled)
    plan = building.plan()
    evaluator = Evaluator(plan, completed(building, a_home(building, rolled, 0.5), rolled))
    text = written(building) + "".join(
        line.expression.text for one in building.programmes.values() for line in one.amounts
    )
    if DIVIDES not in text:
        assert Verdict.UNKNOWN not in evaluator.verdicts().values()
        assert evaluator.questions(9) == ()


@some
@given(dice, unknown)
def test_answering_the_questions_in_turn_ends_with_nothing_left_to_ask(rolled, chance):
    building = a_random_county(rolled)
    plan = building.plan()
    home = a_home(building, rolled, chance)
    evaluator = Evaluator(plan, home)
    asked = 0
    while question := evaluator.next_question():
        missing = question.missing
        asked += 1
        assert asked < 300
        assert question.matters >= 1
        if missing.field:
            assert home.answer(missing.table, missing.field, missing.row) is None
            field = building.fields[f"{missing.table}.{missing.field}"]
            home.answers[missing.table, missing.field, missing.row] = value(building, field, rolled)
            evaluator.changed(missing.table, missing.field, missing.row)
        else:
            home.close(missing.table)
            evaluator.rows_changed(missing.table)
    assert evaluator.next_question() is None


@some
@given(dice, unknown)
def test_the_products_own_household_gives_the_same_answers(rolled, chance):
    building = a_random_county(rolled)
    plan = building.plan()
    home = a_home(building, rolled, chance)
    assert Evaluator(plan, home).verdicts() == Evaluator(plan, home.frozen()).verdicts()
