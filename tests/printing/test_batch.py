"""Many households in order: made by real helper processes, stopped in the middle, all accounted for."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from clerk.errors import UserCanFix
from printing.batch import Account, Batch
from printing.draw import draw
from printing.marks import A4, KAI, Page, Text
from printing.process import Helper
from printing.sending import Piece

CASES = [f"990101-2026-{place:06d}" for place in range(1, 13)]


@pytest.fixture(scope="module")
def helper() -> Iterator[Helper]:
    with Helper(workers=2) as two:
        yield two


def two_papers(case: str) -> tuple[Piece, ...]:
    """What a helper makes of a case; the last two digits say what goes wrong."""
    if case.endswith("05"):
        raise UserCanFix("这一户没有需要打印的文书")
    if case.endswith("07"):
        os._exit(1)
    number = int(case[-6:])
    pdf = draw([Page(*A4, None, (Text(60, 400, 12, KAI, case),))], case)
    return Piece(2 * number - 1, case, pdf, 2), Piece(2 * number, case, pdf)


def only_well(cases: list[str]) -> list[str]:
    return [case for case in cases if case[-2:] not in ("05", "07")]


def test_households_come_in_the_order_of_the_list_whoever_made_them(helper: Helper) -> None:
    made = list(Batch(helper, two_papers, only_well(CASES)))
    assert [one.key for one in made] == only_well(CASES)
    assert [one.place for one in made] == list(range(1, 11))
    assert {one.of for one in made} == {10}


def test_one_household_that_cannot_be_made_does_not_hold_up_the_rest(helper: Helper) -> None:
    made = list(Batch(helper, two_papers, CASES[:6]))
    assert [one.fault for one in made if one.result is None] == ["这一户没有需要打印的文书"]
    assert len([one for one in made if one.result]) == 5


def test_a_process_that_dies_costs_its_households_and_is_told() -> None:
    with Helper() as helper:
        made = list(Batch(helper, two_papers, CASES[5:]))
    lost = [one.key for one in made if one.result is None]
    assert CASES[6] in lost
    assert len(lost) <= 3, "only those that were with the process are lost"
    assert all("意外中断" in one.fault for one in made if one.result is None)
    assert [one.key for one in made] == CASES[5:]


def a_bug(case: str) -> str:
    """Made, but for the third."""
    if case.endswith("03"):
        raise ValueError(case)
    return case


def test_a_fault_of_ours_is_raised_at_its_place_and_costs_that_household_alone(helper: Helper) -> None:
    batch = Batch(helper, a_bug, CASES[:6])
    assert [next(batch).key for _ in range(2)] == CASES[:2]
    with pytest.raises(ValueError, match=CASES[2]):
        next(batch)
    assert batch.place == 3
    assert [one.key for one in batch] == CASES[3:6]


def test_after_a_stop_what_is_begun_comes_out_and_nothing_more_is_begun(helper: Helper) -> None:
    cases = only_well(CASES)
    batch = Batch(helper, a_bug, [case for case in cases if not case.endswith("03")])
    first = next(batch).key
    batch.stop()
    rest = [one.key for one in batch]
    assert [first, *rest] == list(batch.keys)[: 1 + len(rest)]
    assert len(rest) < 2 * helper.workers
    assert next(batch, None) is None


def test_an_account_of_a_batch_leaves_no_household_out() -> None:
    account = Account(9, ["1", "2"], ["3"], ["4"], {"5": "缺 1 项"}, "打印机没纸。")
    assert account.done == 5
    assert account.words() == (
        "共 9 户，已送打印 2 户，没有新的、有变的文书 1 户，已编号未打印 1 户，没有做成 1 户，还没有开始 4 户。打印机没纸。"
    )
    assert Account(2, ["1", "2"]).words() == "共 2 户，已送打印 2 户。"
