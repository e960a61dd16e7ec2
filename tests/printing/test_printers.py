"""Hand-over to a print service played by small programs in PATH: what is asked of it, and how its answers are said."""

import os
import tempfile
from pathlib import Path

import pytest

from clerk.errors import UserCanFix
from printing.cups import Cups
from printing.cups_words import features_of, progress_of, state_of
from printing.printers import Order, Printer, Sides, Stage, State, sides_of

CASE = "990101-2026-000123"
PDF = b"%PDF-1.5 pages"
NOWHERE = "127.0.0.1:9"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH besides the shell's tools, with its own place for temporary files."""
    programs, spool = tmp_path / "bin", tmp_path / "spool"
    programs.mkdir()
    spool.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:{os.defpath}")
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    return tmp_path


def a_program(desk: Path, name: str, script: str) -> None:
    file = desk / "bin" / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def a_service(desk: Path) -> None:
    """A print service whose `lp` keeps what it is given."""
    keep = f'for a in "$@"; do printf "%s\\n" "$a"; done > {desk}/asked; cat > {desk}/got.pdf'
    a_program(desk, "lp", keep + "; echo 'request id is Hall-7 (0 file(s))'")


def test_a_paper_goes_through_as_it_is_titled_by_its_case_number(desk: Path) -> None:
    a_service(desk)
    order = Order(copies=2, sides=Sides.LONG_EDGE, tray="Tray2", medium="A3")
    assert Cups().send(PDF, CASE, "Hall", order) == "Hall-7"
    asked = (desk / "asked").read_text().split("\n")
    assert (desk / "got.pdf").read_bytes() == PDF
    assert asked[:6] == ["-d", "Hall", "-t", CASE, "-n", "2"]
    options = [asked[at + 1] for at, word in enumerate(asked) if word == "-o"]
    assert options[:3] == ["sides=two-sided-long-edge", "media=A3", "print-scaling=none"]
    assert options[3:] == ["document-format=application/pdf", "InputSlot=Tray2"]


def test_no_file_of_ours_is_ever_written(desk: Path) -> None:
    a_program(desk, "lp", f"ls {desk}/spool > {desk}/while-printing; cat > /dev/null; echo 'request id is Hall-7'")
    Cups().send(PDF, CASE, "Hall", Order())
    assert (desk / "while-printing").read_text() == ""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("lp: The printer or class does not exist.", "没有这台打印机"),
        ('lp: Destination "Hall" is not accepting jobs.', "不接收任务"),
        ("lp: Too many active jobs.", "积压的任务太多"),
        ("lp: Something else.", "Something else"),
        ("", "原因不明"),
    ],
)
def test_a_refusal_is_told_in_the_clerks_words(
    desk: Path, said: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cups, "printers", lambda _: ())
    a_program(desk, "lp", f"echo '{said}' >&2; exit 1")
    with pytest.raises(UserCanFix, match=f"「Hall」没有接收：.*{told}"):
        Cups().send(PDF, CASE, "Hall", Order())


def test_a_persons_name_never_becomes_a_job_title(desk: Path) -> None:
    a_service(desk)
    for title in ("张某", "990101 张某", "", "-o x"):
        with pytest.raises(ValueError, match="case number"):
            Cups().send(PDF, title, "Hall", Order())
    assert not (desk / "asked").exists()


def test_without_a_print_service_the_clerk_is_told_what_to_do(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(desk / "bin"))
    for ask in (Cups().printers, lambda: Cups().features("Hall"), lambda: Cups().send(PDF, CASE, "Hall", Order())):
        with pytest.raises(UserCanFix, match="没有打印服务"):
            ask()


def test_a_silent_service_is_given_up_on_within_its_seconds(desk: Path) -> None:
    a_program(desk, "lp", "exec sleep 30")
    assert Cups().seconds < 5
    with pytest.raises(UserCanFix, match="没有应答"):
        Cups(seconds=0.2).send(PDF, CASE, "Hall", Order())


def test_a_server_that_is_not_there_means_waiting_and_nothing_is_forgotten(desk: Path) -> None:
    a_program(desk, "lpstat", "exit 1")
    way = Cups(NOWHERE)
    assert {one.stage for one in way.follow(["Hall-7", "Hall-8"]).values()} == {Stage.WAITING}
    assert not way.forget("Hall-7")
    with pytest.raises(UserCanFix, match="没有应答"):
        way.cancel("Hall-7")
    with pytest.raises(UserCanFix, match="没有应答"):
        way.printers()


QUEUE = {"printer-name": ("Hall",), "printer-is-accepting-jobs": (True,), "printer-state": (3,)}


@pytest.mark.parametrize(
    ("more", "state", "words"),
    [
        ({}, State.IDLE, ""),
        ({"printer-state": (4,)}, State.PRINTING, ""),
        ({"printer-state": (5,), "printer-state-message": ("换硒鼓",)}, State.STOPPED, "已暂停（换硒鼓）"),
        ({"printer-is-accepting-jobs": (False,)}, State.STOPPED, "不接收任务"),
        ({"printer-state-reasons": ("media-empty-error",)}, State.WAITING, "缺纸"),
        ({"printer-state-reasons": ("offline-report",)}, State.WAITING, "关机或断开"),
        ({"printer-state-message": ("The printer is not responding.",)}, State.WAITING, "没有应答"),
        ({"printer-state-reasons": ("none",), "printer-state-message": ("Idle.",)}, State.IDLE, ""),
    ],
)
def test_a_queue_says_what_it_does_and_why_it_does_not(more: dict, state: State, words: str) -> None:
    found, reason = state_of(QUEUE | more)
    assert found is state
    assert words in reason
    assert bool(words) == bool(reason)


IDLE = Printer("Hall", State.IDLE, True)


@pytest.mark.parametrize(
    ("job", "queue", "stage", "words"),
    [
        ({"job-state": (3,)}, IDLE, Stage.SENT, "排队"),
        ({"job-state": (3,)}, Printer("Hall", State.STOPPED, True, "队列已暂停"), Stage.WAITING, "队列已暂停"),
        ({"job-state": (4,)}, IDLE, Stage.WAITING, "暂缓"),
        ({"job-state": (5,)}, IDLE, Stage.PRINTING, "正在打印"),
        (
            {"job-state": (5,), "job-printer-state-message": ("Connecting to printer.",)},
            IDLE,
            Stage.WAITING,
            "没有应答",
        ),
        ({"job-state": (5,), "job-printer-state-reasons": ("media-jam-error",)}, IDLE, Stage.WAITING, "卡纸"),
        ({"job-state": (6,), "job-printer-state-message": ("Filter failed",)}, IDLE, Stage.WAITING, "Filter failed"),
        ({"job-state": (7,), "job-state-reasons": ("job-canceled-by-user",)}, None, Stage.CANCELLED, "已取消"),
        (
            {"job-state": (7,), "job-printer-state-message": ("Print job canceled at printer.",)},
            None,
            Stage.CANCELLED,
            "打印机上被取消",
        ),
        ({"job-state": (8,), "job-printer-state-message": ("No pages.",)}, None, Stage.FAILED, "No pages"),
        # a job that printed keeps its last reason on real servers: only its state counts
        ({"job-state": (9,), "job-state-reasons": ("processing-to-stop-point",)}, None, Stage.DONE, "完成"),
    ],
)
def test_a_job_is_told_in_one_sentence(job: dict, queue: Printer | None, stage: Stage, words: str) -> None:
    found = progress_of(job, queue)
    assert found.stage is stage
    assert words in found.words
    assert found.words.endswith("。")


def test_what_a_printer_can_do_is_read_from_its_options() -> None:
    said = (
        "PageSize/Media Size: *A4 A3 Letter\nInputSlot/Media Source: Auto *Main Tray2 Odd\n"
        "Duplex/2-Sided Printing: *None DuplexNoTumble DuplexTumble\nnoise"
    )
    found = features_of(said)
    assert [one.name for one in found.trays] == ["自动选择", "主纸盒", "纸盒2", "Odd"]
    assert [one.id for one in found.trays] == ["Auto", "Main", "Tray2", "Odd"]
    assert (found.tray, found.medium) == ("Main", "A4")
    assert found.sides == (Sides.ONE, Sides.LONG_EDGE, Sides.SHORT_EDGE)
    assert features_of("lpoptions: Unable to get PPD file").sides == ()


def test_a_paper_says_its_sides_in_words() -> None:
    assert sides_of("双面") is Sides.LONG_EDGE
    assert sides_of("单面") is Sides.ONE
