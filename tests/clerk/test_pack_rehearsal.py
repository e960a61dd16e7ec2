"""A rehearsal lists who gains, loses, moves and is paid otherwise; counted again here by brute force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from clerk.errors import UserCanFix
from clerk.rehearsal import Rehearsal, Turn, rehearse
from clerk.screening import Standing, chosen, screen
from clerk.service import Plans, apply_file, screen_file
from clerk.settings import Office
from clerk.store import Store, open_store
from forms.language.evaluate import Evaluator
from forms.language.plan import Plan, compile_catalogue
from forms.language.values import Verdict
from forms.layers import DEMO, NATIONAL
from forms.loader import load
from tests.builders import the_demo_catalogue
from tests.clerk.pack_making import a_tree, replaced

DAY = date(2026, 9, 1)
OFFICE = Office("示例县红星镇人民政府", "990101100", "赵某经办")
CASES = sorted(path for path in (DEMO / "cases").glob("*.yaml") if not path.name.endswith(".expect.yaml"))


@pytest.fixture(scope="module")
def present() -> Plan:
    return compile_catalogue(the_demo_catalogue(), DAY)


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory, present: Plan) -> Iterator[Store]:
    """Every worked household that may apply for something, filed; one of them twice."""
    store, plans = open_store(tmp_path_factory.mktemp("store") / "store"), Plans(present.catalogue)
    for path in CASES:
        done = screen_file(path, plans, DAY)
        if chosen(done.screening, "all"):
            apply_file(done, "all", store=store, plans=plans, office=OFFICE)
    yield store
    store.close()


def a_plan(folder: Path, *changes: tuple[str, str]) -> Plan:
    tree = a_tree(folder)
    for old, new in changes:
        replaced(tree, old, new)
    return compile_catalogue(load([NATIONAL, tree]), DAY)


def run(store: Store, present: Plan, new: Plan) -> Rehearsal:
    with store.reading() as view:
        return rehearse(view, present, new)


def recounted(store: Store, present: Plan, new: Plan) -> dict[str, tuple[set[tuple[str, str]], set[tuple[str, str]], set[tuple[str, str]]]]:
    """By case: what is gained, lost and paid otherwise, from nothing but verdicts and amounts of fresh evaluations."""
    found = {}
    with store.reading() as view:
        for record in list(view.cases(date(2000, 1, 1), date(2100, 1, 1), present.catalogue)):
            sides = []
            for plan in (present, new):
                _, household = view.household(record.household_id, plan.catalogue)  # type: ignore[misc]
                screening = screen(Evaluator(plan, household), plan.catalogue)
                sides.append({
                    (offer.programme, offer.row): [(line.id, line.value) for line in offer.judgement.amounts]
                    for offer in screening.offers
                    if offer.verdict is Verdict.YES and offer.standing is not Standing.BARRED
                })
            before, after = sides
            paid = {key for key in before.keys() & after.keys() if before[key] != after[key]}
            found[record.case_number] = (after.keys() - before.keys(), before.keys() - after.keys(), paid)
    return found


def listed(said: Rehearsal) -> dict[str, tuple[set[tuple[str, str]], set[tuple[str, str]], set[tuple[str, str]]]]:
    found = {}
    for each in said.changed:
        gained = {(c.after, c.row) for c in each.changes if c.turn in (Turn.GAIN, Turn.MOVE)}
        lost = {(c.before, c.row) for c in each.changes if c.turn in (Turn.LOSE, Turn.MOVE, Turn.OPEN)}
        paid = {(c.after, c.row) for c in each.changes if c.turn is Turn.AMOUNT}
        for number in each.cases:
            found[number] = (gained, lost, paid)
    return found


@pytest.mark.parametrize(
    "changes",
    [
        (("{城市: 832元, 农村: 632元}", "{城市: 900元, 农村: 700元}"),),
        (("{城市: 832元, 农村: 632元}", "{城市: 350元, 农村: 250元}"),),
        (("文件: {名称: 示例县练习参数, 标记: D}, 值: 是}", "文件: {名称: 示例县练习参数, 标记: D}, 值: 否}"),),
    ],
    ids=["higher", "lower", "no deduction"],
)
def test_the_rehearsal_says_exactly_what_a_recount_finds(
    filed: Store, present: Plan, tmp_path: Path, changes: tuple[tuple[str, str], ...]
) -> None:
    new = a_plan(tmp_path / "tree", *changes)
    said = run(filed, present, new)
    found = recounted(filed, present, new)
    assert (said.households, said.cases, said.unread) == (len(found), len(found), ())
    assert listed(said) == {number: sets for number, sets in found.items() if any(sets)}
    assert sum(said.counts.values()) == sum(len(each.changes) for each in said.changed) > 0


def test_the_same_rules_change_nothing(filed: Store, present: Plan, tmp_path: Path) -> None:
    said = run(filed, present, a_plan(tmp_path / "tree"))
    assert said.changed == ()
    assert said.households > 15


def test_a_household_that_leaves_one_class_for_another_moves(filed: Store, present: Plan, tmp_path: Path) -> None:
    said = run(filed, present, a_plan(tmp_path / "tree", ("{城市: 832元, 农村: 632元}", "{城市: 350元, 农村: 250元}")))
    moves = {(c.before, c.after) for each in said.changed for c in each.changes if c.turn is Turn.MOVE}
    assert ("低保", "低保边缘") in moves
    assert said.counts[Turn.MOVE] == sum(c.turn is Turn.MOVE for each in said.changed for c in each.changes)


def test_amounts_are_said_before_and_after(filed: Store, present: Plan, tmp_path: Path) -> None:
    said = run(filed, present, a_plan(tmp_path / "tree", ("{城市: 832元, 农村: 632元}", "{城市: 833元, 农村: 632元}")))
    (change,) = [
        c for each in said.changed if each.title == "刘某兰" for c in each.changes if c.before == "低保"
    ] or [next(c for each in said.changed for c in each.changes if c.turn is Turn.AMOUNT and c.before == "低保")]
    assert change.turn is Turn.AMOUNT
    assert change.paid[0].value.low != change.would_pay[0].value.low


def test_a_rule_without_a_value_leaves_people_open_instead_of_losing_them(filed: Store, present: Plan, tmp_path: Path) -> None:
    tree = a_tree(tmp_path / "tree")
    replaced(tree, "{自: 2026-04-01, 文件: {名称: 示例县练习参数, 标记: D}, 值: {城市: 832元, 农村: 632元}}",
             "{自: 2027-04-01, 文件: {名称: 示例县练习参数, 标记: D}, 值: {城市: 832元, 农村: 632元}}")
    said = run(filed, present, compile_catalogue(load([NATIONAL, tree]), DAY))
    assert said.counts[Turn.OPEN] > 0
    assert not [c for each in said.changed for c in each.changes if c.before == "低保" and c.turn is Turn.LOSE]


def test_a_household_that_cannot_be_read_is_counted_not_dropped(filed: Store, present: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    with filed.reading() as view:
        known = view.household

        def forgetful(household_id: str, catalogue: object) -> object:
            if not forgotten:
                forgotten.append(household_id)
            if household_id == forgotten[0]:
                raise UserCanFix("这一户的资料读不出来")
            return known(household_id, catalogue)  # type: ignore[arg-type]

        forgotten: list[str] = []
        monkeypatch.setattr(view, "household", forgetful)
        heard: list[int] = []
        said = rehearse(view, present, present, heard.append)
    assert [why for _, why in said.unread] == ["这一户的资料读不出来"]
    assert heard == list(range(1, said.households + 1))


def test_one_household_with_two_cases_is_judged_once(tmp_path: Path, present: Plan) -> None:
    store, plans = open_store(tmp_path / "store"), Plans(present.catalogue)
    try:
        done = screen_file(CASES[0], plans, DAY)
        first = apply_file(done, "all", store=store, plans=plans, office=OFFICE)
        second = apply_file(done, "all", store=store, plans=plans, office=OFFICE)
        new = a_plan(tmp_path / "tree", ("{城市: 832元, 农村: 632元}", "{城市: 900元, 农村: 700元}"))
        said = run(store, present, new)
    finally:
        store.close()
    assert said.cases == 2
    kept = {number for each in said.changed for number in each.cases}
    assert kept <= {first.case_number, second.case_number}
