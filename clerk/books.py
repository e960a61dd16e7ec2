"""Closing books (结账): a period's rosters and movements frozen as they stood, with a fingerprint, for good.

A closed book is never opened again. What the records say otherwise later is a correction in the next book
(`clerk.movements`); the closed one gives the same tables, cell for cell, whenever it is asked for.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from clerk.book_tables import tables_of
from clerk.errors import UserCanFix
from clerk.frozen import freeze, thaw
from clerk.movements import Book, entries, unsettled
from clerk.periods import Span
from clerk.records import CaseRecord, ClosedBook, Event
from clerk.rosters import RosterTable
from clerk.settings import Office
from forms.catalogue import Catalogue

CLOSED = "结账"
"""The event of closing a book."""
_COUNT = "结账"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a closed book holds: every roster of the period with the book's own two tables, the movements, by whom and when."""

    office: Office
    made: date
    tables: tuple[RosterTable, ...]
    book: Book


class View(Protocol):
    """What books read (`clerk.store.View`)."""

    def cases(self, since: date, until: date, catalogue: Catalogue) -> Iterable[CaseRecord]:
        """Cases accepted from one day to another."""

    def closed_books(self) -> list[ClosedBook]:
        """Periods whose books were closed, oldest first."""

    def closed_content(self, number: int) -> bytes | None:
        """What a closed book holds."""

    def events(self, subject: str) -> list[Event]:
        """What happened to a subject."""


class Work(View, Protocol):
    """What closing writes (`clerk.store.UnitOfWork`)."""

    def next_number(self, scope: str) -> int:
        """The next number of a scope."""

    def keep_book(self, book: ClosedBook, content: bytes) -> None:
        """Keep a closed book."""

    def record(self, action: str, subject: str, *, actor: str, detail: Mapping[str, str] | None = None) -> object:
        """Write an event."""

    @property
    def moment(self) -> datetime:
        """Now."""


def last_closed(view: View, kind: str) -> ClosedBook | None:
    """The newest closed book of a kind of period."""
    return max((one for one in view.closed_books() if one.kind == kind), key=lambda one: one.until, default=None)


def book_of(view: View, span: Span, catalogue: Catalogue, cases: Iterable[CaseRecord] | None = None) -> Book:
    """The movements of a period as they would be closed now, opening with what the closed book before it left.

    `cases` are all up to its last day, for whoever has them at hand.
    """
    last = max(
        (one for one in view.closed_books() if one.kind == span.kind and one.until < span.since),
        key=lambda one: one.until,
        default=None,
    )
    before = thaw(Book, _plain(view, last.number)["book"]).standing if last else None
    known = view.cases(date.min, span.until, catalogue) if cases is None else cases
    return entries(known, span, catalogue, before)


def out_of_turn(view: View, span: Span, today: date) -> list[str]:
    """Why a period cannot close today whatever the records say: it is not over, closed already, or not the next one."""
    found = []
    if today <= span.until:
        found.append(f"{span.words}到{span.until.isoformat()}才结束，之后再结账")
    last = last_closed(view, span.kind)
    if last and span.since <= last.until:
        found.append(f"{last.words}已经结账，不能再结与它重叠的{span.words}；更正会列入下一期")
    elif last and span.since > last.until + timedelta(days=1):
        found.append(
            f"{last.words}之后、{span.words}之前还有没结的账，请先结从{(last.until + timedelta(days=1)).isoformat()}起的一期"
        )
    return found


def close(
    work: Work, span: Span, catalogue: Catalogue, office: Office, make: Callable[[], Sequence[RosterTable]]
) -> ClosedBook:
    """Close a period's books, for good: in the caller's unit of work everything is frozen and the journal told.

    `make` gives the rosters of the period as they stand; its refusals (a payment list that does not equal its sources)
    hinder closing as much as the period's turn and amounts nobody has settled. Raises `UserCanFix` with all that is missing.
    """
    at = work.moment
    cases = list(work.cases(date.min, span.until, catalogue))
    missing = [*out_of_turn(work, span, at.date()), *_open_amounts(cases, span)]
    if missing:
        raise UserCanFix("还不能结账：" + "；".join(missing))
    moved = book_of(work, span, catalogue, cases)
    held = Frozen(office, at.date(), (*make(), *tables_of(moved, catalogue, office)), moved)
    plain = json.dumps(freeze(held), ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(plain).hexdigest()
    number = work.next_number(_COUNT)
    book = ClosedBook(number, span.kind, span.since, span.until, span.words, digest, office.clerk, at)
    work.keep_book(book, zlib.compress(plain))
    detail = {"期间": span.words, "起": span.since.isoformat(), "止": span.until.isoformat(), "指纹": digest}
    detail |= {"花名册": str(len(held.tables)), "变动": str(len(held.book.movements))}
    work.record(CLOSED, subject_of(number), actor=office.clerk, detail=detail)
    return book


def again(view: View, number: int) -> Frozen:
    """What a book held when it was closed, equal to the last cell. UserCanFix as for `whole`."""
    return thaw(Frozen, _plain(view, number))


def whole(view: View, number: int) -> bytes:
    """What a book was frozen as.

    UserCanFix when there is no such number, or it is not what the journal of events was told: damaged, or put in its place.
    """
    content = view.closed_content(number)
    if content is None:
        raise UserCanFix(f"没有第 {number} 号账，请核对")
    try:
        plain = zlib.decompress(content)
    except zlib.error:
        plain = b""
    told = {event.detail.get("指纹") for event in view.events(subject_of(number)) if event.action == CLOSED}
    if hashlib.sha256(plain).hexdigest() not in told:
        raise UserCanFix(f"第 {number} 号账的存档已损坏，与结账时的指纹不符，请从备份恢复后再取")
    return plain


def _plain(view: View, number: int) -> Mapping[str, object]:
    plain: Mapping[str, object] = json.loads(whole(view, number))
    return plain


def standing_before(view: View, span: Span) -> dict[str, RosterTable]:
    """The rosters of the last closed book that ended before a period, by id: what receivers keep as their base list."""
    books = [one for one in view.closed_books() if one.kind == span.kind and one.until < span.since]
    last = max(books, key=lambda one: one.until, default=None)
    return {table.id: table for table in again(view, last.number).tables} if last else {}


def _open_amounts(cases: Iterable[CaseRecord], span: Span) -> list[str]:
    """In one sentence, whose amount is not settled; nothing when all are."""
    found = [each.number for _, each in unsettled(cases, span)]
    more = f"等{len(found)}件" if len(found) > _NAMED else ""
    return [f"办件 {'、'.join(found[:_NAMED])}{more}的金额还没有核定，请先录入核定结果"] if found else []


def subject_of(number: int) -> str:
    """What the journal calls a closed book."""
    return f"{_COUNT} {number}"
