"""A period's books before they are closed: what moved, what is missing; and after: what was frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from clerk.book_tables import tables_of
from clerk.books import CLOSED, again, book_of, out_of_turn, subject_of, whole
from clerk.errors import UserCanFix
from clerk.lacks import Lack, needed_lacks, overdue_lacks, unequal_lacks, unsettled_lacks
from clerk.movements import unsettled
from clerk.periods import Span
from clerk.records import ClosedBook
from clerk.roster_lines import lines_of
from clerk.rosters import RosterTable
from clerk.service import Plans, cases_for

if TYPE_CHECKING:
    from clerk.settings import Office
    from clerk.store import View

HOLDS = "与结账时一致"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Review:
    """A period's books: the balance (per programme, village and cycle), every line that moved, and what is missing.

    `closed` is the closed book where there is one: then both tables are the frozen ones, and nothing is missing.
    `waits` says why it is not the period's turn.
    """

    span: Span
    balance: RosterTable
    lines: RosterTable
    waits: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()
    closed: ClosedBook | None = None

    @property
    def ready(self) -> bool:
        """Whether the period can be closed."""
        return self.closed is None and not self.waits and not any(one.hard for one in self.lacks)


@dataclass(frozen=True, slots=True)
class Past:
    """A closed book in the history: how many rosters it holds, and in words whether it still is what was closed."""

    book: ClosedBook
    rosters: int
    state: str

    @property
    def holds(self) -> bool:
        """Whether its content still has the fingerprint that the journal was told."""
        return self.state == HOLDS


def review(
    view: View, span: Span, plans: Plans, about: tuple[Office, date], progress: Progress = lambda words: None
) -> Review:
    """The books of a period as they would be closed today, or as they were closed. `about` is the office and today."""
    office, today = about
    closed = next((one for one in view.closed_books() if (one.since, one.until) == (span.since, span.until)), None)
    if closed:
        *_, balance, lines = again(view, closed.number).tables
        return Review(span, balance, lines, closed=closed)
    progress("正在计算收支")
    cases = list(view.cases(date.min, span.until, plans.catalogue))
    balance, lines = tables_of(book_of(view, span, plans.catalogue, cases), plans.catalogue, office)
    progress("正在核对缺项")
    overdue = overdue_lacks(cases, span, plans.catalogue)
    lacks = [*overdue, *unsettled_lacks(unsettled(cases, span), plans.catalogue), *_lists(view, span, plans, progress)]
    order = sorted(lacks, key=lambda one: not one.hard)
    return Review(span, balance, lines, tuple(out_of_turn(view, span, today)), tuple(order))


def history(view: View) -> list[Past]:
    """Every closed book, newest first, each checked against its fingerprint."""
    return [_past(view, book) for book in reversed(view.closed_books())]


def _past(view: View, book: ClosedBook) -> Past:
    told = [event for event in view.events(subject_of(book.number)) if event.action == CLOSED]
    count = told[-1].detail.get("花名册", "") if told else ""
    try:
        whole(view, book.number)
    except UserCanFix as fault:
        return Past(book, int(count or 0), fault.message)
    return Past(book, int(count or 0), HOLDS)


def _lists(view: View, span: Span, plans: Plans, progress: Progress) -> Iterator[Lack]:
    """What the payment lists due in the period lack, and where they do not meet their sources."""
    due = [one for one in plans.catalogue.rosters.values() if one.equals and span.kind in one.periods]
    for roster in due:
        progress(f"正在核对{roster.name}")
        cases, plan = cases_for(view, roster, span, plans), plans.on(span.until)
        yield from unequal_lacks(roster, span, cases, plan, plans.catalogue.rosters)
        yield from needed_lacks(roster, lines_of(roster, span, cases))
