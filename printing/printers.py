"""Handing papers to the printers of a Linux desk, through CUPS' own `lp`, `lpstat` and `lpoptions`.

The PDF goes through as it is: vectors stay vectors, and nothing is scaled to fit. A job's title is a case number,
because titles are shown on the printer's panel and kept in the server's log.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from clerk.errors import UserCanFix

_SECONDS = 15  # a print server that has not answered by then is taken for dead
_TITLE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/-]{0,63}")
_REQUEST = re.compile(r"request id is (\S+-\d+)")
_PRINTER = re.compile(r"printer (\S+) (.*)")
_NOT_ANSWERING = ("not responding", "unable to", "waiting for", "offline", "unplugged", "unreachable", "connecting to")
_ENVIRONMENT = {"LC_ALL": "C", "LANGUAGE": "C"}


class Sides(Enum):
    """How a sheet is used; the values are CUPS' own."""

    ONE = "one-sided"
    LONG_EDGE = "two-sided-long-edge"
    SHORT_EDGE = "two-sided-short-edge"


class State(Enum):
    """What a queue or a job is doing, as shown to the clerk."""

    IDLE = "空闲"
    PRINTING = "正在打印"
    QUEUED = "排队中"
    WAITING = "等待打印机"
    STOPPED = "已停用"
    SENT = "已送达打印机"


@dataclass(frozen=True, slots=True)
class Printer:
    """One queue; `reason` is what the server says about it (its own words)."""

    name: str
    state: State
    default: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """How to print; `tray` is one of `trays`, None leaves the printer's own choice."""

    copies: int = 1
    sides: Sides = Sides.ONE
    tray: str | None = None


def printers() -> tuple[Printer, ...]:
    """The queues of this desk; none when there is no print service or it does not answer."""
    listed = _asked("lpstat", "-p")
    chosen = re.search(r"destination: (\S+)", _asked("lpstat", "-d"))
    default = chosen.group(1) if chosen else ""
    found: list[Printer] = []
    for line in listed.splitlines():
        start = _PRINTER.match(line)
        if start:
            found.append(Printer(start.group(1), _queue_state(start.group(2)), start.group(1) == default))
        elif found and line.strip():
            found[-1] = _with_reason(found[-1], line.strip())
    return tuple(found)


def trays(printer: str) -> tuple[str, ...]:
    """The paper trays of a printer, in its own words; none when it does not say."""
    for line in _asked("lpoptions", "-p", printer, "-l").splitlines():
        if line.startswith("InputSlot"):
            return tuple(choice.lstrip("*") for choice in line.partition(":")[2].split())
    return ()


def print_pdf(pdf: bytes, case_number: str, printer: str, order: Order | None = None) -> str:
    """Hand a PDF over to a queue; the job's id. Returns as soon as the server has the file, printed or not.

    Raises UserCanFix when there is no print service or it refuses; ValueError for a title that is no case number.
    """
    order = order or Order()
    if not _TITLE.fullmatch(case_number):
        raise ValueError("a print job is titled by a case number only")
    handle, name = tempfile.mkstemp(suffix=".pdf")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pdf)
        said = _run(_command(name, case_number, printer, order))
    finally:
        Path(name).unlink(missing_ok=True)
    request = _REQUEST.search(said.stdout)
    if said.returncode or request is None:
        raise UserCanFix(f"打印机「{printer}」没有接收：{said.stderr.strip() or said.stdout.strip() or '原因不明'}")
    return request.group(1)


def job_state(job: str) -> State:
    """What became of a job; WAITING when its printer, or the print service, is not answering."""
    try:
        said = _run(["lpstat", "-W", "not-completed", "-o"])
    except UserCanFix:
        return State.WAITING
    if said.returncode:
        return State.WAITING
    if job not in {line.split()[0] for line in said.stdout.splitlines() if line.strip()}:
        return State.SENT
    queue = next((printer for printer in printers() if printer.name == job.rpartition("-")[0]), None)
    if queue is None or queue.state in (State.WAITING, State.STOPPED):
        return State.WAITING
    return queue.state if queue.state is State.PRINTING else State.QUEUED


def _command(file: str, case_number: str, printer: str, order: Order) -> list[str]:
    command = ["lp", "-d", printer, "-t", case_number, "-n", str(order.copies)]
    options = [f"sides={order.sides.value}", "media=A4", "print-scaling=none"]
    if order.tray is not None:
        options.append(f"InputSlot={order.tray}")
    return [*command, *(word for option in options for word in ("-o", option)), "--", file]


def _queue_state(said: str) -> State:
    if said.startswith("disabled"):
        return State.STOPPED
    return State.PRINTING if said.startswith("now printing") else State.IDLE


def _with_reason(printer: Printer, reason: str) -> Printer:
    """A queue with what the server says of it; a printer that does not answer is waited for."""
    waiting = any(words in reason.lower() for words in _NOT_ANSWERING)
    return Printer(printer.name, State.WAITING if waiting else printer.state, printer.default, reason)


def _asked(*command: str) -> str:
    """What a question to the server brought; nothing when it does not answer."""
    try:
        return _run(list(command)).stdout
    except UserCanFix:
        return ""


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_SECONDS, env=os.environ | _ENVIRONMENT
        )
    except FileNotFoundError as fault:
        raise UserCanFix("本机没有打印服务（cups-client），请先安装或改用「另存为 PDF」。") from fault
    except subprocess.TimeoutExpired as fault:
        raise UserCanFix("打印服务没有应答，请检查打印机和网络后重试。") from fault
