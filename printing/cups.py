"""The way to the printers of a Linux desk: CUPS' own `lp` hands over, its protocol tells what became of it.

The PDF goes through standard input as it is: vectors stay vectors, nothing is scaled to fit, and no file of ours is
ever written. A job's title is a case number, because titles are shown on panels and kept in the server's log.
"""

from __future__ import annotations

import getpass
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from clerk.errors import UserCanFix
from printing import ipp
from printing.cups_words import features_of, progress_of, state_of
from printing.printers import Features, Order, Printer, Progress, Stage

SECONDS = 4.0
"""A print service that has not answered by then is taken for dead: the clerk is told within five."""
_TITLE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/-]{0,63}")
_REQUEST = re.compile(r"request id is (\S+-\d+)")
_JOB = re.compile(r"(.+)-(\d+)")
_ENVIRONMENT = {"LC_ALL": "C", "LANGUAGE": "C"}
_ABOUT_JOB = ("job-state", "job-state-reasons", "job-printer-state-message", "job-printer-state-reasons")
_ABOUT_PRINTER = (
    "printer-name",
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
)
_SILENT = "打印服务没有应答，请检查打印服务是否已启动，稍后重试。"
_REFUSALS = {
    "does not exist": "没有这台打印机",
    "not accepting jobs": "这台打印机已设为不接收任务",
    "too many": "打印服务里积压的任务太多",
    "no default destination": "没有设置默认打印机",
    "scheduler is not running": "打印服务没有启动",
    "connection refused": "打印服务没有启动",
    "unable to connect": "打印服务没有启动",
}


@dataclass(frozen=True, slots=True)
class Cups:
    """A print server ("" the one this desk is set up for) and how long it may think about one question."""

    server: str = ""
    seconds: float = SECONDS

    def printers(self) -> tuple[Printer, ...]:
        """See `Way.printers`."""
        try:
            default = re.search(r"destination: (\S+)", self._run("lpstat", *self._server("-h"), "-d").stdout)
            return self._queues(default.group(1) if default else "")
        except ipp.UnansweredError as fault:
            raise UserCanFix(_SILENT) from fault

    def features(self, printer: str) -> Features:
        """See `Way.features`."""
        return features_of(self._run("lpoptions", *self._server("-h"), "-p", printer, "-l").stdout)

    def send(self, pdf: bytes, title: str, printer: str, order: Order) -> str:
        """See `Way.send`. ValueError for a title that is no case number."""
        if not _TITLE.fullmatch(title):
            raise ValueError("a print job is titled by a case number only")
        said = self._run("lp", *self._server("-h"), *_options(title, printer, order), given=pdf)
        request = _REQUEST.search(said.stdout)
        if said.returncode or request is None:
            self.printers()  # `lp` takes a server that is not there for a printer that is not there
            raise UserCanFix(f"打印机「{printer}」没有接收：{_refusal(said.stderr.strip() or said.stdout.strip())}")
        return request.group(1)

    def follow(self, jobs: Sequence[str]) -> dict[str, Progress]:
        """See `Way.follow`."""
        found: dict[str, Progress] = {}
        silent = Progress(Stage.WAITING, _SILENT)
        try:
            queues = {one.name: one for one in self._queues("")}
            for job in jobs:
                found[job] = self._follow(job, queues)
        except ipp.UnansweredError:
            return {job: found.get(job, silent) for job in jobs}
        return found

    def cancel(self, job: str) -> None:
        """See `Way.cancel`."""
        try:
            self._about(ipp.CANCEL_JOB, job)
        except ipp.UnansweredError as fault:
            raise UserCanFix(_SILENT) from fault

    def forget(self, job: str) -> bool:
        """See `Way.forget`."""
        try:
            answer = self._about(ipp.CANCEL_JOB, job, {"purge-job": True})
        except ipp.UnansweredError:
            return False
        return answer.well or answer.status == ipp.GONE

    def _queues(self, default: str) -> tuple[Printer, ...]:
        found = self._ask(ipp.GET_PRINTERS, {"requested-attributes": _ABOUT_PRINTER})
        return tuple(_printer(group, default) for group in found.groups if "printer-name" in group)

    def _follow(self, job: str, queues: dict[str, Printer]) -> Progress:
        answer = self._about(ipp.GET_JOB, job, {"requested-attributes": _ABOUT_JOB})
        if not answer.well or not answer.groups:
            return Progress(Stage.UNKNOWN, "打印服务里已没有这个任务，请看打印机是否已经出纸。")
        return progress_of(answer.groups[0], queues.get(_parts(job)[0]))

    def _about(self, operation: int, job: str, more: ipp.Question | None = None) -> ipp.Answer:
        queue, number = _parts(job)
        about: ipp.Question = {"printer-uri": f"ipp://localhost/printers/{queue}", "job-id": number}
        return self._ask(operation, {**about, "requesting-user-name": getpass.getuser(), **(more or {})})

    def _ask(self, operation: int, about: ipp.Question) -> ipp.Answer:
        return ipp.ask(self.server or ipp.this_server(), self.seconds, operation, about)

    def _server(self, option: str) -> tuple[str, ...]:
        return (option, self.server) if self.server else ()

    def _run(self, *command: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
        try:
            done = subprocess.run(
                command,
                input=given,
                capture_output=True,
                check=False,
                timeout=self.seconds,
                env=os.environ | _ENVIRONMENT,
            )
        except FileNotFoundError as fault:
            raise UserCanFix("本机没有打印服务（cups-client），请先安装或改用「另存为 PDF」。") from fault
        except subprocess.TimeoutExpired as fault:
            raise UserCanFix(_SILENT) from fault
        said = (done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
        return subprocess.CompletedProcess(command, done.returncode, *said)


def _options(title: str, printer: str, order: Order) -> list[str]:
    options = [
        f"sides={order.sides.value}",
        f"media={order.medium}",
        "print-scaling=none",
        "document-format=application/pdf",
    ]
    if order.tray is not None:
        options.append(f"InputSlot={order.tray}")
    words = (word for option in options for word in ("-o", option))
    return ["-d", printer, "-t", title, "-n", str(order.copies), *words]


def _parts(job: str) -> tuple[str, int]:
    parts = _JOB.fullmatch(job)
    if parts is None:
        raise ValueError(f"{job!r} is no job of this print service")
    return parts.group(1), int(parts.group(2))


def _printer(group: ipp.Attributes, default: str) -> Printer:
    name = str(ipp.one(group, "printer-name"))
    state, reason = state_of(group)
    return Printer(name, state, name == default, reason)


def _refusal(said: str) -> str:
    """A refusal in the clerk's words; the service's own where we have none."""
    return next((ours for theirs, ours in _REFUSALS.items() if theirs in said.lower()), said or "原因不明")
