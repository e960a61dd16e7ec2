"""What printing needs of a machine, whatever its print service: the shapes, and the interface (`Way`) that one fills.

`printing.cups` is the way of a Linux desk: the PDF goes through as it is. Where a print service takes no PDF, page
images are drawn by a way that lies in the window (it needs Qt). Nothing here waits longer than a few seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Sides(Enum):
    """How a sheet is used; the values are IPP's own (RFC 8011 5.2.8)."""

    ONE = "one-sided"
    LONG_EDGE = "two-sided-long-edge"
    SHORT_EDGE = "two-sided-short-edge"


class State(Enum):
    """What a queue is doing, as shown to the clerk."""

    IDLE = "空闲"
    PRINTING = "正在打印"
    WAITING = "等待打印机"
    STOPPED = "已停用"


class Stage(Enum):
    """How far a job has come, as shown to the clerk. UNKNOWN: the print service no longer knows the job."""

    SENT = "已送达"
    PRINTING = "打印中"
    DONE = "已完成"
    WAITING = "等待打印机"
    FAILED = "出错"
    CANCELLED = "已取消"
    UNKNOWN = "结果不明"


OVER = frozenset({Stage.DONE, Stage.FAILED, Stage.CANCELLED, Stage.UNKNOWN})
"""Stages after which a job changes no more."""


@dataclass(frozen=True, slots=True)
class Printer:
    """One queue; `reason` says in a sentence why it does not print, "" when nothing is wrong."""

    name: str
    state: State
    default: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: the printer's own word, and what the clerk reads."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Features:
    """What a printer can do; an empty tuple where it does not say. `tray` and `medium` are what it takes by itself."""

    trays: tuple[Option, ...] = ()
    media: tuple[Option, ...] = ()
    sides: tuple[Sides, ...] = ()
    tray: str = ""
    medium: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """How to print; `tray` is the id of one of the printer's, None leaves its own choice; `medium` A3, A4 or A5."""

    copies: int = 1
    sides: Sides = Sides.ONE
    tray: str | None = None
    medium: str = "A4"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come, and one sentence that says so."""

    stage: Stage
    words: str

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.stage in OVER


class Way(Protocol):
    """A way to the printers of this machine. Every question is answered, or refused by UserCanFix, within seconds."""

    def printers(self) -> tuple[Printer, ...]:
        """The queues; UserCanFix when there is no print service, or it does not answer."""

    def features(self, printer: str) -> Features:
        """What a printer can do."""

    def send(self, pdf: bytes, title: str, printer: str, order: Order) -> str:
        """Hand a PDF over; the job's id. Titles are case numbers, because panels and logs show them."""

    def follow(self, jobs: Sequence[str]) -> Mapping[str, Progress]:
        """What became of jobs; WAITING when their printer, or the print service, is not answering."""

    def cancel(self, job: str) -> None:
        """Take a job back; nothing happens to one that is over."""

    def forget(self, job: str) -> bool:
        """Let the print service destroy a job and all it keeps of it, over or not; False when it refuses."""


def sides_of(word: str) -> Sides:
    """The sides a paper's data asks for (单面, 双面); sheets are bound at the long edge."""
    return Sides.LONG_EDGE if word == "双面" else Sides.ONE
