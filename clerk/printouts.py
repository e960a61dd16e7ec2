"""What became of handed-out papers at the printer: every attempt in the journal, and which are not yet known printed.

A paper has its number before any printer is asked, so an attempt changes nothing of it: trying again prints the kept
bytes under the number they carry. What waits is kept in the store and survives a restart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from clerk.records import Event

SENT, ENDED = "送打印机", "打印结果"
"""The events of giving a paper to a printer, and of what came of it."""
_WAITING = "print_waiting"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One paper at one printer: its number of hand-out and case, the job ("" not taken), the stage's word.

    `over` when no more will come of this job; `settled` when paper came out or the clerk took it back, so that nothing
    waits any more.
    """

    number: int
    case_number: str
    printer: str
    job: str
    stage: str
    over: bool = False
    settled: bool = False


class View(Protocol):
    """What is read (`clerk.store.View`)."""

    def setting(self, name: str, default: object = None) -> Any:
        """A setting."""

    def events(self, subject: str) -> list[Event]:
        """What happened to a case."""


class Work(View, Protocol):
    """What is written (`clerk.store.UnitOfWork`)."""

    def set_setting(self, name: str, value: object) -> None:
        """Keep a setting."""

    def record(self, action: str, subject: str, *, actor: str, detail: Mapping[str, str] | None = None) -> object:
        """Write an event."""


def note_attempts(work: Work, attempts: Sequence[Attempt], actor: str) -> None:
    """Write down how papers stand: an event when a job begins and when it is over, none for what lies between.

    What is not settled waits, also when its job failed, until it is printed or taken back.
    """
    kept = {one.number: one for one in waiting(work)}
    for one in attempts:
        before = kept.get(one.number)
        if before is None or before.job != one.job or not (one.job or one.over):
            _record(work, SENT, one, actor)
        if one.over and (before is None or (before.job, before.stage) != (one.job, one.stage)):
            _record(work, ENDED, one, actor)
        kept[one.number] = one
    left = [asdict(one) for number, one in sorted(kept.items()) if not one.settled]
    work.set_setting(_WAITING, left)


def waiting(view: View) -> tuple[Attempt, ...]:
    """The papers of all cases that were given to a printer and are not known to have come out, by number."""
    return tuple(Attempt(**one) for one in view.setting(_WAITING, []))


def attempts_of(view: View, case_number: str, number: int) -> tuple[Event, ...]:
    """The journal of one handed-out paper at printers, oldest first."""
    return tuple(
        event
        for event in view.events(case_number)
        if event.action in (SENT, ENDED) and event.detail.get("印发号") == str(number)
    )


def _record(work: Work, action: str, one: Attempt, actor: str) -> None:
    detail = {"印发号": str(one.number), "打印机": one.printer, "任务": one.job, "状态": one.stage}
    work.record(action, one.case_number, actor=actor, detail=detail)
