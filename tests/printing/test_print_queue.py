"""Papers through a real CUPS server to a real IPP printer: what arrives, in what order, and what stays behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from clerk.errors import UserCanFix
from printing.cups import Cups
from printing.draw import draw
from printing.marks import KAI, SIZES, Page, Text
from printing.printers import Sides, Stage, State
from printing.sending import Choice, Piece, Sent, cancel_all, send_all, watch
from tests.printing.print_server import DEAD, PrintServer, a_print_server, missing, until

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
CASE = "990101-2026-000123"
MARKER = "990101197001010019"


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    with a_print_server() as running:
        yield running


def a_paper(words: str, stock: str = "A4") -> bytes:
    return draw([Page(*SIZES[stock], None, (Text(60, 400, 12, KAI, words),))], CASE)


def printed(server: PrintServer, sent: Sequence[Sent]) -> tuple[Sent, ...]:
    """Follow papers until all are over."""
    now = [tuple(sent)]

    def over() -> bool:
        now[0] = watch(server.way, now[0])
        return all(one.progress.over for one in now[0])

    until(over)
    return now[0]


def test_order_copies_sides_trays_and_stock_arrive_and_the_bytes_are_the_kept_ones(server: PrintServer) -> None:
    before = len(server.taken())
    pieces = [
        Piece(1, CASE, a_paper("受理通知书 甲"), copies=2),
        Piece(2, CASE, a_paper("审核确认表 乙"), copies=1, sides=Sides.LONG_EDGE),
        Piece(3, CASE, a_paper("公示 丙"), copies=3),
        Piece(4, CASE, a_paper("卷内目录 丁"), copies=1, sides=Sides.SHORT_EDGE),
    ]
    sent = send_all(server.way, pieces, Choice("Hall", tray="Manual"))
    assert [one.progress.stage for one in printed(server, sent)] == [Stage.DONE] * 4
    got = server.taken()[before:]
    assert [one.pdf for one in got] == [piece.pdf for piece in pieces]
    assert [one.told.get("IPP_COPIES", one.told["IPP_COPIES_DEFAULT"]) for one in got] == ["2", "1", "3", "1"]
    sides = ["one-sided", "two-sided-long-edge", "one-sided", "two-sided-short-edge"]
    assert [one.told["IPP_SIDES"] for one in got] == sides
    assert all("media-source=manual" in one.told["IPP_MEDIA_COL"] for one in got)
    assert all("x-dimension=21000 y-dimension=29700" in one.told["IPP_MEDIA_COL"] for one in got)
    assert {one.title for one in got} == {CASE}


def test_the_clerks_choice_goes_before_what_the_paper_says(server: PrintServer) -> None:
    before = len(server.taken())
    choice = Choice("Hall", sides=Sides.LONG_EDGE, copies=5)
    printed(server, send_all(server.way, [Piece(1, CASE, a_paper("甲"), copies=2)], choice))
    (got,) = server.taken()[before:]
    assert (got.told["IPP_COPIES"], got.told["IPP_SIDES"]) == ("5", "two-sided-long-edge")
    assert Choice.from_plain(choice.to_plain()) == choice


def test_nothing_of_the_household_stays_on_the_server_once_it_is_printed(server: PrintServer) -> None:
    spool = server.home / "spool"
    pdf = a_paper("甲") + f"\n%{MARKER}\n".encode()
    sent = send_all(server.way, [Piece(1, CASE, pdf)], Choice("Hall"))
    until(lambda: server.way.follow([sent[0].job])[sent[0].job].stage is Stage.DONE)
    assert holding(MARKER, spool), "the server of this test keeps what it printed, as Debian's does for a day"
    assert printed(server, sent)[0].progress.stage is Stage.DONE
    assert holding(MARKER, spool) == []
    assert holding(MARKER, server.home / "passing") == []
    assert server.way.follow([sent[0].job])[sent[0].job].stage is Stage.UNKNOWN


def test_a_dead_printer_is_waited_for_and_what_is_taken_back_leaves_nothing(server: PrintServer) -> None:
    server.add_queue("Dead", DEAD)
    pdf = a_paper("甲") + f"\n%{MARKER}\n".encode()
    sent = send_all(server.way, [Piece(1, CASE, pdf)], Choice("Dead"))
    until(lambda: server.way.follow([sent[0].job])[sent[0].job].stage is Stage.WAITING)
    (now,) = watch(server.way, sent)
    assert "没有应答" in now.progress.words
    assert "已保留" in now.progress.words
    dead = next(one for one in server.way.printers() if one.name == "Dead")
    assert (dead.state, "没有应答" in dead.reason) == (State.WAITING, True)
    (taken,) = printed(server, cancel_all(server.way, [now]))
    assert taken.progress.stage is Stage.CANCELLED
    assert holding(MARKER, server.home / "spool") == []


def test_a_paused_queue_keeps_the_job_and_prints_it_when_it_goes_on(server: PrintServer) -> None:
    server.pause("Hall", "换硒鼓")
    try:
        before = len(server.taken())
        sent = send_all(server.way, [Piece(1, CASE, a_paper("甲"))], Choice("Hall"))
        (now,) = watch(server.way, sent)
        assert now.progress.stage is Stage.WAITING
        assert "换硒鼓" in now.progress.words
    finally:
        server.go_on("Hall")
    assert printed(server, [now])[0].progress.stage is Stage.DONE
    assert len(server.taken()) == before + 1


def test_a_job_under_way_is_destroyed_at_once_when_the_paper_goes_elsewhere(server: PrintServer) -> None:
    server.add_queue("Gone", DEAD)
    pdf = a_paper("甲") + f"\n%{MARKER}\n".encode()
    (sent,) = send_all(server.way, [Piece(1, CASE, pdf)], Choice("Gone"))
    assert server.way.forget(sent.job)
    until(lambda: holding(MARKER, server.home / "spool") == [])


def test_after_a_refusal_no_later_paper_overtakes(server: PrintServer) -> None:
    before = len(server.taken())
    pieces = [Piece(1, CASE, a_paper("甲")), Piece(2, CASE, a_paper("乙"))]
    sent = send_all(server.way, pieces, Choice("Nowhere"))
    assert [(one.job, one.progress.stage) for one in sent] == [("", Stage.WAITING)] * 2
    assert "没有这台打印机" in sent[0].progress.words
    assert len(server.taken()) == before


def test_a_printer_without_the_stock_is_refused_before_anything_is_sent(server: PrintServer) -> None:
    before = len(server.taken())
    sent = send_all(server.way, [Piece(1, CASE, a_paper("甲")), Piece(2, CASE, a_paper("乙", "A3"))], Choice("Hall"))
    assert [(one.job, one.progress.words) for one in sent] == [("", "打印机「Hall」没有 A3 纸，请另选打印机。")] * 2
    assert len(server.taken()) == before


def test_the_printers_own_trays_sizes_and_sides_are_offered(server: PrintServer) -> None:
    found = server.way.features("Hall")
    assert [one.name for one in found.trays] == ["自动选择", "主纸盒", "手动进纸", "多功能纸盒"]
    assert found.tray == "Main"
    assert "A4" in [one.id for one in found.media]
    assert found.sides == (Sides.ONE, Sides.LONG_EDGE, Sides.SHORT_EDGE)
    assert "Hall" in [one.name for one in server.way.printers()]


def test_a_server_that_has_gone_is_told_within_five_seconds() -> None:
    way = Cups("localhost:9")
    assert way.seconds < 5
    with pytest.raises(UserCanFix, match="打印服务没有应答"):
        way.send(a_paper("甲"), CASE, "Hall", Choice("Hall").order(Piece(1, CASE, a_paper("甲"))))
    with pytest.raises(UserCanFix, match="没有应答"):
        way.printers()


def holding(marker: str, folder: Path) -> list[str]:
    """The files of a folder that hold a marker."""
    return [file.name for file in folder.rglob("*") if file.is_file() and marker.encode() in file.read_bytes()]
