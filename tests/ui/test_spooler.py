"""Papers under way, seen from the window: a dead printer never holds it, nothing is numbered twice, nothing forgotten."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from clerk.issuing import Handing
from clerk.printouts import attempts_of
from clerk.records import IssuedPaper
from clerk.store import Store, open_store
from printing.handing import hand_out
from printing.packet import wanted
from printing.printers import Stage
from printing.sending import Choice
from tests.printing.cases import a_household, file_case, names
from tests.printing.paper_printer import PaperPrinter
from tests.ui.desk import wait_until
from ui.spooler import CONFIRMED, Spooler

AT = datetime(2026, 9, 1, 10, 0, tzinfo=timezone(timedelta(hours=8)))
Papers = tuple[tuple[IssuedPaper, bytes], ...]


class Desk:
    """A store with a case whose papers are handed out, and what a spooler needs of a workspace."""

    def __init__(self, folder: Path, case: CaseFile, papers: Papers) -> None:
        self.number, self.papers = case.record.case_number, papers
        self.store: Store = open_store(folder, create=False)
        self.catalogue = case.catalogue

    def setting(self, name: str, default: object = None) -> object:
        with self.store.reading() as view:
            return view.setting(name, default)

    def keep_setting(self, name: str, value: object) -> None:
        with self.store.work() as work:
            work.set_setting(name, value)

    def journal(self, number: int) -> list[tuple[str, str]]:
        with self.store.reading() as view:
            return [(one.action, one.detail["状态"]) for one in attempts_of(view, self.number, number)]


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CaseFile, Papers]:
    folder = tmp_path_factory.mktemp("case")
    case = file_case(folder, a_household(names(2)), "低保")
    case.posted = date(2026, 9, 18)
    store = open_store(folder / "store", create=False)
    papers = hand_out(store, case, Handing(AT, "甲"), [(one.paper.id, one.row) for one in wanted(case)][:3])
    store.close()
    return folder / "store", case, papers


@pytest.fixture
def desk(tmp_path: Path, handed_out: tuple[Path, CaseFile, Papers]) -> Iterator[Desk]:
    store, case, papers = handed_out
    shutil.copytree(store, tmp_path / "store")
    made = Desk(tmp_path / "store", case, papers)
    yield made
    made.store.close()


def a_spooler(desk: Desk, way: PaperPrinter) -> Spooler:
    return Spooler(desk, way)  # type: ignore[arg-type]


def done(job: object) -> list[object]:
    """Wait for a job; what it brought or raised."""
    heard: list[object] = []
    job.tell(heard.append, heard.append)  # type: ignore[attr-defined]
    wait_until(lambda: bool(heard), 20)
    return heard


def test_what_was_handed_out_prints_byte_by_byte_and_waits_no_more(qtbot: QtBot, desk: Desk) -> None:
    way = PaperPrinter(Stage.PRINTING)
    spooler = a_spooler(desk, way)
    done(spooler.print_issued(desk.papers, Choice("Hall", tray="Tray2"), "甲"))
    assert [pdf for *_, pdf in way.taken] == [pdf for _, pdf in desk.papers]
    assert [order.copies for *_, order, _ in way.taken] == [one.copies for one, _ in desk.papers]
    assert [one.number for one in spooler.waiting()] == [one.number for one, _ in desk.papers]
    assert (spooler.last_printer(), spooler.choice("Hall")) == ("Hall", Choice("Hall", tray="Tray2"))
    way.stage = Stage.DONE
    spooler.look()
    wait_until(lambda: not spooler.waiting(), 20)
    assert way.forgotten == ["Hall-1", "Hall-2", "Hall-3"]
    assert desk.journal(desk.papers[0][0].number) == [("送打印机", "已送达"), ("打印结果", "已完成")]
    spooler.close()


def test_trying_again_elsewhere_takes_no_second_number_and_comes_out_once(qtbot: QtBot, desk: Desk) -> None:
    way = PaperPrinter(Stage.WAITING)
    spooler = a_spooler(desk, way)
    with desk.store.reading() as view:
        before = view.issued(desk.number)
    done(spooler.print_issued(desk.papers, Choice("Hall"), "甲"))
    spooler.look()
    numbers = [one.number for one, _ in desk.papers]
    wait_until(lambda: {one.stage for one in spooler.waiting()} == {"等待打印机"}, 20)
    done(spooler.retry(numbers, Choice("Office"), "乙"))
    assert way.forgotten == ["Hall-1", "Hall-2", "Hall-3"], "what waited at the first printer never comes out"
    assert [(printer, pdf) for _, _, printer, _, pdf in way.taken[3:]] == [("Office", pdf) for _, pdf in desk.papers]
    with desk.store.reading() as view:
        assert view.issued(desk.number) == before
    assert desk.journal(numbers[0]) == [("送打印机", "已送达"), ("送打印机", "已送达")]
    spooler.close()


def test_what_waits_is_followed_again_after_a_restart(qtbot: QtBot, desk: Desk) -> None:
    way = PaperPrinter(Stage.WAITING)
    first = a_spooler(desk, way)
    done(first.print_issued(desk.papers, Choice("Hall"), "甲"))
    first.close()
    second = a_spooler(desk, way)
    second.resume("甲")
    way.stage = Stage.DONE
    second.look()
    wait_until(lambda: not second.waiting(), 20)
    second.close()


def test_a_refusal_is_told_and_kept_and_can_be_taken_back(qtbot: QtBot, desk: Desk) -> None:
    way = PaperPrinter(refusal="打印服务没有应答。")
    spooler, heard = a_spooler(desk, way), list[str]()
    spooler.said.connect(heard.append)
    (sent,) = done(spooler.print_issued(desk.papers, Choice("Hall"), "甲"))
    assert [one.progress.words for one in sent] == ["打印服务没有应答。"] * 3  # type: ignore[attr-defined]
    wait_until(lambda: heard == ["打印：打印服务没有应答。"], 20)
    (fault,) = done(spooler.printers())
    assert isinstance(fault, UserCanFix)
    done(spooler.cancel([one.number for one in spooler.waiting()]))
    wait_until(lambda: not spooler.waiting(), 20)
    spooler.close()


def test_a_failed_paper_waits_until_the_clerk_has_seen_it(qtbot: QtBot, desk: Desk) -> None:
    way = PaperPrinter(Stage.UNKNOWN)
    spooler = a_spooler(desk, way)
    done(spooler.print_issued(desk.papers[:1], Choice("Hall"), "甲"))
    spooler.look()
    wait_until(lambda: [one.stage for one in spooler.waiting()] == ["结果不明"], 20)
    spooler.confirm([desk.papers[0][0].number], "甲")
    assert spooler.waiting() == ()
    assert desk.journal(desk.papers[0][0].number)[-1] == ("打印结果", CONFIRMED)
    spooler.close()


def test_a_preview_is_printed_and_not_written_down(qtbot: QtBot, desk: Desk) -> None:
    spooler = a_spooler(desk, PaperPrinter())
    done(spooler.print_preview(desk.papers[0][1], desk.number, Choice("Hall")))
    assert spooler.waiting() == ()
    spooler.close()


def test_the_window_goes_on_while_a_printer_thinks(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    way, answer = PaperPrinter(), threading.Event()
    monkeypatch.setattr(way, "printers", lambda: answer.wait(20))
    spooler, heard = a_spooler(desk, way), list[object]()
    spooler.printers().tell(heard.append, heard.append)
    assert heard == []
    answer.set()
    wait_until(lambda: bool(heard), 20)
    spooler.close()
