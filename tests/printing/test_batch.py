"""Many households in order: made by real helper processes, printed on a printer of paper, stopped in the middle."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from clerk.errors import UserCanFix
from printing.batch import Batch
from printing.batch_print import Account, BatchPrint
from printing.draw import draw
from printing.marks import A4, KAI, Page, Text
from printing.printers import Stage
from printing.process import Helper
from printing.sending import Choice, Piece, Sent
from tests.printing.paper_printer import PaperPrinter

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


def test_a_batch_prints_each_paper_of_each_household_in_order(helper: Helper) -> None:
    printer, told = PaperPrinter(), []
    run = BatchPrint(Batch(helper, two_papers, CASES[:6]), printer, Choice("Hall"))
    account = run.run(lambda now, news: told.append((now.done, len(news))))
    titles = [title for _, title, _, _, _ in printer.taken]
    assert titles == [case for case in only_well(CASES[:6]) for _ in range(2)]
    assert [order.copies for *_, order, _ in printer.taken[:2]] == [2, 1]
    assert told == [(1, 2), (2, 2), (3, 2), (4, 2), (5, 0), (6, 2)]
    assert account.words() == "共 6 户，已送打印 5 户，没有做成 1 户。"


def test_stopping_tells_what_is_printed_what_is_numbered_and_what_is_left(helper: Helper) -> None:
    cases = only_well(CASES)
    printer = PaperPrinter()
    run = BatchPrint(Batch(helper, two_papers, cases), printer, Choice("Hall"))

    def stop_after_three(now: Account, news: tuple[Sent, ...]) -> None:
        if now.done == 3:
            run.stop()

    account = run.run(stop_after_three)
    assert account.printed == cases[:3]
    assert [*account.printed, *account.numbered, *account.left] == cases
    assert len(printer.taken) == 6
    assert account.left, "nothing new is begun after stop"
    assert "已送打印 3 户" in account.words()


def test_a_printer_that_refuses_stops_the_batch_and_names_what_has_numbers(helper: Helper) -> None:
    cases = only_well(CASES)
    account = BatchPrint(Batch(helper, two_papers, cases), PaperPrinter(refusal="打印机没纸。"), Choice("Hall")).run(
        _hear
    )
    assert account.printed == []
    assert account.numbered[0] == cases[0]
    assert [*account.numbered, *account.left] == cases
    assert account.left
    assert account.words().endswith("打印机没纸。")


def test_a_slow_printer_is_not_flooded(helper: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printing.batch_print._MOST_OPEN", 4)
    monkeypatch.setattr("printing.batch_print._LOOK", 0.0)
    printer, open_jobs = PaperPrinter(stage=Stage.PRINTING), []

    def hear(now: Account, news: tuple[Sent, ...]) -> None:
        open_jobs.append(len(printer.taken) - len(printer.forgotten))
        printer.stage = Stage.DONE if len(open_jobs) % 3 == 0 else Stage.PRINTING

    account = BatchPrint(Batch(helper, two_papers, only_well(CASES)), printer, Choice("Hall")).run(hear)
    assert len(account.printed) == 10
    assert max(open_jobs) <= 4


def _hear(now: Account, news: tuple[Sent, ...]) -> None:
    assert now.of == 10
