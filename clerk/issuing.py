"""Handing papers out (印发): the bytes are kept, numbers are given, and the same bytes come again whenever asked for.

A number is taken in the same transaction as the bytes that carry it are kept, so there is no gap and no double; what
was handed out is not numbered again because a printer did not answer. A paper that would say nothing new is not handed
out anew: the kept one is. Papers are drawn by the caller (printing lies above), beforehand with the number expected;
only when somebody else took that number meanwhile is a paper drawn while the store is held.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from clerk.errors import UserCanFix
from clerk.records import CaseRecord, Event, IssuedPaper
from clerk.settings import Office
from forms.numbering import Series
from forms.paper import Paper

ISSUED, AGAIN = "印发", "补印"
"""The events of handing out, and of printing again what was handed out."""
_COUNT = "印发"


class State(Enum):
    """How a paper stands to what was handed out before; the word is what the plan shows."""

    NEW = "新"
    CHANGED = "有变"
    SAME = "未变"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper's PDF and how many pages it has."""

    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Ready:
    """One copy of one paper ready to be handed out: for which row, whose (a member's row, "" the household's).

    `packs` is the digest of the rule packs it was made by, `content` the SHA-256 of what it says apart from its number and day of printing. `draw` makes it with a number
    ("" for a paper without one) and remembers what it made. `blank` are the required questions whose boxes stay empty.
    """

    paper: Paper
    row: str
    application: str
    person: str
    whom: str
    packs: str
    content: str
    draw: Callable[[str], Drawn]
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handing:
    """When, by whom, on which printer; `copies` 0 means as many as each paper is made in. `reason` is why it is printed again."""

    at: datetime
    actor: str
    printer: str = ""
    copies: int = 0
    reason: str = ""


class View(Protocol):
    """What handing out reads (`clerk.store.View`)."""

    def issued(self, case_number: str) -> list[IssuedPaper]:
        """Papers handed out for a case, oldest first."""

    def issued_paper(self, number: int) -> tuple[IssuedPaper, bytes] | None:
        """One of them with its bytes."""

    def last_number(self, scope: str) -> int:
        """The last number given in a scope."""

    def events(self, subject: str) -> list[Event]:
        """What happened to a case."""


class Work(View, Protocol):
    """What handing out writes (`clerk.store.UnitOfWork`)."""

    def next_number(self, scope: str) -> int:
        """The next number of a scope."""

    def keep_issued(self, paper: IssuedPaper, pdf: bytes) -> None:
        """Keep a paper and its bytes."""

    def record(self, action: str, subject: str, *, actor: str, detail: Mapping[str, str] | None = None) -> object:
        """Write an event."""


def state_of(last: IssuedPaper | None, content: str) -> State:
    """How a paper that says `content` stands to the last one handed out for the same row."""
    if last is None:
        return State.NEW
    return State.SAME if last.content == content else State.CHANGED


def latest_of(issued: Sequence[IssuedPaper]) -> dict[tuple[str, str], IssuedPaper]:
    """The last paper handed out by paper and row, of papers in the order they were handed out."""
    return {(one.paper, one.row): one for one in issued}


def coming_labels(view: View, record: CaseRecord, wanted: Sequence[Series | None], at: datetime) -> list[str]:
    """The numbers that new papers of these series would take, in this order, if nobody takes one meanwhile."""
    taken, labels = dict[str, int](), []
    for series in wanted:
        if series is None:
            labels.append("")
            continue
        scope = _scope(series, record.office, at.year)
        taken[scope] = taken.get(scope, view.last_number(scope)) + 1
        labels.append(series.label(at.year, taken[scope], record.office.mark))
    return labels


def draw_ahead(view: View, record: CaseRecord, ready: Sequence[Ready], at: datetime) -> tuple[IssuedPaper | Drawn, ...]:
    """What handing out now would give, if nobody takes a number meanwhile: drawn, or the paper that is handed out again.

    The drawings are remembered, so that the store need not be held while papers are handed out.
    """
    latest = latest_of(view.issued(record.case_number))
    kept = [_said_before(latest.get((one.paper.id, one.row)), one) for one in ready]
    new = [one.paper.series for one, last in zip(ready, kept, strict=True) if last is None]
    labels = iter(coming_labels(view, record, new, at))
    return tuple(last or one.draw(next(labels)) for one, last in zip(ready, kept, strict=True))


def issue(work: Work, record: CaseRecord, ready: Sequence[Ready], handing: Handing) -> tuple[IssuedPaper, ...]:
    """Hand papers of a case out, all of them or none: in the caller's unit of work numbers are given and bytes kept.

    A paper that says what the last one handed out for its row said is that one again (event 补印, no new number). What a
    printer does afterwards changes nothing here: print `reprint`'s bytes as often as needed.
    """
    latest = latest_of(work.issued(record.case_number))
    made = []
    for one in ready:
        last = _said_before(latest.get((one.paper.id, one.row)), one)
        if last is not None:
            note_again(work, last, handing)
            made.append(last)
        else:
            made.append(_issue(work, record, one, handing))
    return tuple(made)


def reprint(view: View, number: int) -> tuple[IssuedPaper, bytes]:
    """A paper as it was handed out, to the byte, whatever has changed since.

    UserCanFix when there is no such number, or the kept bytes are not those whose fingerprint the journal of events
    was given when they were handed out: damaged, or put in their place.
    """
    found = view.issued_paper(number)
    if found is None:
        raise UserCanFix(f"没有印发号 {number}，请核对")
    paper, pdf = found
    digest = hashlib.sha256(pdf).hexdigest()
    if digest not in _witnessed(view, paper):
        name = f"「{paper.name}」{paper.label}".rstrip()
        raise UserCanFix(f"{name}的存档已损坏，与印发时的指纹不符，不能补印，请从备份恢复后再印")
    return paper, pdf


def note_again(work: Work, paper: IssuedPaper, handing: Handing) -> None:
    """Write down that a paper handed out before is printed again."""
    detail = _detail(paper) | {"份数": str(handing.copies or paper.copies), "打印机": handing.printer}
    if handing.reason:
        detail["原因"] = handing.reason
    work.record(AGAIN, paper.case_number, actor=handing.actor, detail=detail)


def _issue(work: Work, record: CaseRecord, one: Ready, handing: Handing) -> IssuedPaper:
    series, year = one.paper.series, handing.at.year
    scope, serial, label = "", 0, ""
    if series:
        scope = _scope(series, record.office, year)
        serial = work.next_number(scope)
        label = series.label(year, serial, record.office.mark)
    drawn = one.draw(label)
    paper = IssuedPaper(
        number=work.next_number(_COUNT),
        case_number=record.case_number,
        application=one.application,
        paper=one.paper.id,
        name=one.paper.name,
        edition=one.paper.edition,
        row=one.row,
        person=one.person,
        whom=one.whom,
        packs=one.packs,
        series=scope,
        serial=serial,
        label=label,
        content=one.content,
        digest=hashlib.sha256(drawn.pdf).hexdigest(),
        pages=drawn.pages,
        copies=handing.copies or one.paper.copies,
        printer=handing.printer,
        actor=handing.actor,
        at=handing.at,
    )
    work.keep_issued(paper, drawn.pdf)
    more = {"版": paper.edition, "规则包": paper.packs, "份数": str(paper.copies), "打印机": paper.printer}
    if one.blank:
        more["留空手填"] = "、".join(one.blank)
    work.record(ISSUED, record.case_number, actor=handing.actor, detail=_detail(paper) | more)
    return paper


def _said_before(last: IssuedPaper | None, one: Ready) -> IssuedPaper | None:
    """The last paper handed out for the same row, when it says the same."""
    return last if state_of(last, one.content) is State.SAME else None


def _detail(paper: IssuedPaper) -> dict[str, str]:
    """What the journal says of a paper: never a name."""
    return {"印发号": str(paper.number), "文书": paper.paper, "文号": paper.label, "指纹": paper.digest}


def _witnessed(view: View, paper: IssuedPaper) -> set[str]:
    """The fingerprints that the journal's entries of the hand-out give."""
    return {
        event.detail.get("指纹", "")
        for event in view.events(paper.case_number)
        if event.action == ISSUED and event.detail.get("印发号") == str(paper.number)
    }


def _scope(series: Series, office: Office, year: int) -> str:
    return f"文号 {office.region} {series.name} {year}"
