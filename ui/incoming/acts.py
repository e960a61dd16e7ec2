"""What the pages do to sheets that come in: read, match, try out, keep, take back. Qt-free; called away from the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from clerk.exchange import importing, matching
from clerk.exchange.reading import Book, read_book
from clerk.exchange.trial import Ground, Trial

if TYPE_CHECKING:
    from clerk.exchange.matching import Matched
    from clerk.records import Batch
    from clerk.settings import Office
    from clerk.store import Store
    from forms.catalogue import Catalogue
    from forms.incoming import Incoming
    from forms.language.plan import Plan
    from ui.task import Tell

KEEPING = "正在写入…"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the clerk says the headings stand: the sheet, their first row (from 0), how many rows of them."""

    sheet: str
    top: int
    depth: int


@dataclass(frozen=True, slots=True)
class Opened:
    """One file read as one kind of sheet, its headings matched; `spot` where the clerk pointed to them."""

    path: Path
    book: Book
    matched: Matched
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What an import works with: the store, the rules of the day, whose office it is."""

    store: Store
    plan: Plan
    office: Office

    @property
    def catalogue(self) -> Catalogue:
        """The data the rules were compiled from."""
        return self.plan.catalogue


@dataclass(frozen=True, slots=True)
class Decided:
    """What the clerk decided about a sheet: answers to questions by row, and the reason that lets unlikely answers stand."""

    answers: Mapping[int, str] = field(default_factory=dict)
    reason: str = ""


def open_sheet(desk: Desk, incoming: Incoming, path: Path) -> Opened:
    """Read a file under guard and match it, as last time where it was taken in before. UserCanFix in one sentence."""
    book = read_book(path)
    with desk.store.reading() as view:
        kept = importing.kept_matchings(view, incoming)
    return Opened(path, book, matching.match(book, incoming, desk.catalogue, kept))


def point_to(desk: Desk, opened: Opened, spot: Spot) -> Opened:
    """The same file with the headings where the clerk says they are. UserCanFix when nothing is there."""
    incoming = opened.matched.incoming
    matched = matching.match_at(opened.book, incoming, desk.catalogue, spot.sheet, spot.top, spot.depth)
    with desk.store.reading() as view:
        kept = importing.kept_matchings(view, incoming)
    return replace(opened, matched=matching.as_before(matched, kept), spot=spot)


def read_again(desk: Desk, opened: Opened) -> Opened:
    """The file as it lies there now; the same headings are matched as the clerk left them."""
    again = open_sheet(desk, opened.matched.incoming, opened.path)
    if opened.spot is not None and any(sheet.name == opened.spot.sheet for sheet in again.book.sheets):
        again = point_to(desk, again, opened.spot)
    if again.matched.fingerprint != opened.matched.fingerprint:
        return again
    was = opened.matched
    return replace(again, matched=replace(again.matched, columns=was.columns, absent=was.absent))


def try_out(desk: Desk, opened: Opened, decided: Decided) -> Trial:
    """What taking it in would do; nothing is changed."""
    with desk.store.reading() as view:
        return importing.try_out(
            opened.book, opened.matched, Ground(view, desk.plan, dict(decided.answers), decided.reason)
        )


def take_in(desk: Desk, trial: Trial, confirmed: bool, tell: Tell) -> Batch:
    """Keep it in one stroke; a stop asked for meanwhile leaves everything as it was."""
    tell(KEEPING)
    with desk.store.work() as work:
        batch = importing.carry_out(trial, work, desk.office, desk.plan, confirmed=confirmed)
        tell(KEEPING)
    return batch


def take_back(desk: Desk, batch: Batch) -> Batch:
    """Undo a batch whole; UserCanFix where later work builds on it."""
    with desk.store.work() as work:
        return importing.undo(batch.id, work, desk.office, desk.plan)


def batches(store: Store) -> list[Batch]:
    """Every sheet that was taken in, newest first."""
    with store.reading() as view:
        return view.batches()
