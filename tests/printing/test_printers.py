"""Hand-over to a print service played by small programs in PATH: what is asked of it, and what it answers."""

import os
import re
import tempfile
from pathlib import Path

import pytest

from clerk.errors import UserCanFix
from printing import printers
from printing.printers import Order, Sides, State, job_state, print_pdf, trays

CASE = "990101-2026-000123"
PDF = b"%PDF-1.5 pages"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH besides the shell's tools, with its own place for temporary files."""
    programs, spool = tmp_path / "bin", tmp_path / "spool"
    programs.mkdir()
    spool.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:{os.defpath}")
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    monkeypatch.setattr(printers, "_SECONDS", 1)
    return tmp_path


def a_program(desk: Path, name: str, script: str) -> None:
    file = desk / "bin" / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def a_service(desk: Path, *, queues: str = "printer Hall is idle.  enabled since today", jobs: str = "") -> None:
    """A print service with one or more queues; `lp` keeps what it is given."""
    (desk / "queues").write_text(queues + "\n")
    (desk / "jobs").write_text(jobs + "\n")
    listing = (
        f'case "$1" in -p) cat {desk}/queues;; -d) echo "system default destination: Hall";; *) cat {desk}/jobs;; esac'
    )
    a_program(desk, "lpstat", listing)
    keep = f'for a in "$@"; do printf "%s\\n" "$a"; last="$a"; done > {desk}/asked; cp "$last" {desk}/got.pdf'
    a_program(desk, "lp", keep + f"; stat -c %a \"$last\" > {desk}/mode; echo 'request id is Hall-7 (1 file(s))'")


def test_a_paper_goes_through_as_it_is_titled_by_its_case_number(desk: Path):
    a_service(desk)
    job = print_pdf(PDF, CASE, "Hall", Order(copies=2, sides=Sides.LONG_EDGE, tray="Tray2"))
    asked = (desk / "asked").read_text().split("\n")
    assert job == "Hall-7"
    assert (desk / "got.pdf").read_bytes() == PDF
    assert asked[:6] == ["-d", "Hall", "-t", CASE, "-n", "2"]
    options = [asked[at + 1] for at, word in enumerate(asked) if word == "-o"]
    assert options == ["sides=two-sided-long-edge", "media=A4", "print-scaling=none", "InputSlot=Tray2"]


def test_nothing_is_left_in_the_spool_and_nobody_else_could_read_it(desk: Path):
    a_service(desk)
    print_pdf(PDF, CASE, "Hall")
    assert (desk / "mode").read_text().strip() == "600"
    assert list((desk / "spool").iterdir()) == []


def test_a_refusal_is_told_in_the_services_words_and_leaves_nothing_behind(desk: Path):
    a_program(desk, "lp", 'echo "lp: The printer or class does not exist." >&2; exit 1')
    with pytest.raises(UserCanFix, match="「Hall」没有接收：lp: The printer or class does not exist"):
        print_pdf(PDF, CASE, "Hall")
    assert list((desk / "spool").iterdir()) == []


def test_a_persons_name_never_becomes_a_job_title(desk: Path):
    a_service(desk)
    for title in ("张某", "990101 张某", "", "-o x"):
        with pytest.raises(ValueError, match="case number"):
            print_pdf(PDF, title, "Hall")
    assert not (desk / "asked").exists()


def test_without_a_print_service_the_clerk_is_told_what_to_do(desk: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(desk / "bin"))
    with pytest.raises(UserCanFix, match="没有打印服务"):
        print_pdf(PDF, CASE, "Hall")
    assert printers.printers() == ()
    assert trays("Hall") == ()


def test_a_silent_service_is_given_up_on(desk: Path):
    a_program(desk, "lp", "exec sleep 30")
    a_program(desk, "lpstat", "exec sleep 30")
    with pytest.raises(UserCanFix, match="没有应答"):
        print_pdf(PDF, CASE, "Hall")
    assert job_state("Hall-7") is State.WAITING
    assert list((desk / "spool").iterdir()) == []


def test_queues_are_listed_with_their_state_and_the_default_one(desk: Path):
    queues = (
        "printer Hall is idle.  enabled since today\n"
        "printer Office now printing Office-3.  enabled since today\n"
        "printer Old disabled since today -\n\tPaused\n"
        "printer Far now printing Far-9.  enabled since today\n\tThe printer is not responding."
    )
    a_service(desk, queues=queues)
    found = printers.printers()
    assert [(one.name, one.state) for one in found] == [
        ("Hall", State.IDLE),
        ("Office", State.PRINTING),
        ("Old", State.STOPPED),
        ("Far", State.WAITING),
    ]
    assert [one.name for one in found if one.default] == ["Hall"]
    assert found[3].reason == "The printer is not responding."


@pytest.mark.parametrize(
    ("queue", "jobs", "state"),
    [
        ("is idle.  enabled since today", "", State.SENT),
        ("now printing Hall-7.  enabled since today", "Hall-7 clerk 1024 today", State.PRINTING),
        ("is idle.  enabled since today", "Hall-7 clerk 1024 today", State.QUEUED),
        ("disabled since today -\n\tPaused", "Hall-7 clerk 1024 today", State.WAITING),
        ("now printing Hall-7.\n\tWaiting for printer to become available.", "Hall-7 clerk 1024 today", State.WAITING),
        ("is idle.  enabled since today", "Hall-77 clerk 1024 today", State.SENT),
    ],
)
def test_a_job_is_followed_until_its_printer_has_it(desk: Path, queue: str, jobs: str, state: State):
    a_service(desk, queues=f"printer Hall {queue}", jobs=jobs)
    assert job_state("Hall-7") is state


def test_a_service_that_refuses_to_answer_means_waiting(desk: Path):
    a_program(desk, "lpstat", 'echo "lpstat: Scheduler is not running." >&2; exit 1')
    assert job_state("Hall-7") is State.WAITING
    assert State.WAITING.value == "等待打印机"


def test_trays_are_the_printers_own(desk: Path):
    said = "PageSize/Media Size: *A4 Letter\nInputSlot/Media Source: Auto *Main Photo\nDuplex/2-Sided: *None Long"
    a_program(desk, "lpoptions", f"printf '%s\\n' '{said}'")
    assert trays("Hall") == ("Auto", "Main", "Photo")
    assert re.fullmatch(r"\w+", trays("Hall")[1])
