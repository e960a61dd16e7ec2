"""What the helper process does for books: a period reviewed, closed, written again, compared. Qt-free, module-level."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.jobs import office_of, plans_of, reading, room_for, store_of, working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clerk.book_review import Past, Review
    from clerk.periods import Span
    from clerk.records import ClosedBook
    from clerk.rosters import RosterTable
    from ui.jobs import Source


def review_period(source: Source, span: Span) -> Review:
    """The books of a period, and what is missing before they can close."""
    from clerk.book_review import review

    with reading(source) as view:
        return review(view, span, plans_of(source), (office_of(view), source.today))


def close_books(source: Source, span: Span) -> ClosedBook:
    """Close a period for good. UserCanFix with what is missing."""
    from clerk.period_close import close_period

    with working(source) as work:
        return close_period(work, span, plans_of(source), office_of(work))


def past_books(source: Source) -> tuple[list[Past], str]:
    """Every closed book, newest first, each checked against its fingerprint in the journal.

    And what is wrong with the journal itself, which is checked from its first entry on; empty when it is whole.
    """
    from clerk.book_review import history

    with store_of(source) as store:
        chain = store.verify_events()
        with store.reading() as view:
            past = history(view)
    return past, "" if chain.whole else f"日志第 {chain.broken_at} 条起不可信（{chain.reason}）"


def write_book(source: Source, number: int, folder: Path) -> Path:
    """Write a closed book's workbook again, cell for cell; where it is. UserCanFix for a damaged one."""
    from clerk.books import again
    from printing.workbook import write_workbook

    with reading(source) as view:
        held = again(view, number)
    target = room_for(folder / f"第{number}号账.xlsx")
    write_workbook(held.tables, target, held.office, held.made)
    return target


def write_changes(source: Source, span: Span, folder: Path) -> tuple[Path, Sequence[RosterTable]]:
    """Write what changed in the standing rosters since the last closed period; where it is, and the sheets in it.

    UserCanFix when nothing was closed before, or nothing of it stands.
    """
    from clerk.errors import UserCanFix
    from clerk.period_close import changes_since
    from clerk.periods import as_file_name
    from printing.workbook import write_workbook

    with reading(source) as view:
        tables = changes_since(view, span, plans_of(source))
        office = office_of(view)
    if not tables:
        raise UserCanFix("上期结账时没有在册的花名册，没有可报的变动")
    target = room_for(folder / f"变动 {as_file_name(span.words)}.xlsx")
    write_workbook(tables, target, office, source.today)
    return target, tables
