"""What the books say, as lines for tables. Qt-free."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ui.books.figures import SUM
from ui.policy.table import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clerk.book_review import Past, Review
    from clerk.records import ClosedBook
    from clerk.rosters import Cell, RosterTable

NOTHING = "—"
HARD, SOFT = "结账前必须", "报出前补齐"


def balance_rows(table: RosterTable) -> list[Row]:
    """The sums, and under them one line for each programme, village and cycle."""
    rows = [Row(tuple(_words(table, row)), row[:3]) for row in table.rows]
    if len(rows) > 1:
        rows.insert(0, Row((SUM, "", "", *tuple(_words(table, table.totals))[3:]), SUM))
    return rows


def line_rows(table: RosterTable, key: object) -> list[Row]:
    """The lines that moved under one line of the balance, all of them under the sums; each stands for its application."""
    return [Row(tuple(_words(table, row)[3:]), row[3:5]) for row in table.rows if key in (SUM, row[:3])]


def lack_rows(found: Review) -> list[Row]:
    """What is missing: the application, whose, where, what, and how much it matters."""
    return [
        Row(
            (one.number, one.name, one.village, one.words, HARD if one.hard else SOFT),
            one,
            "bad" if one.hard else "wait",
        )
        for one in found.lacks
    ]


def state_of(found: Review) -> tuple[str, str]:
    """In one sentence whether the period can be closed, and the tone to say it in."""
    if found.closed:
        book = found.closed
        words = f"● {found.span.words}　已结账　第 {book.number} 号　{book.at:%Y-%m-%d %H:%M}　{book.actor}　指纹 {book.digest[:12]}"
        return words, "yes"
    if found.waits:
        return f"○ {found.span.words}　还不能结账：{'；'.join(found.waits)}", "soft"
    hard = sum(one.hard for one in found.lacks)
    if hard:
        return f"○ {found.span.words}　还不能结账：有 {hard} 处结账前必须补好，列在下面", "bad"
    return (
        f"● {found.span.words}　可以结账" + (f"，有 {len(found.lacks)} 处报出前要补齐" if found.lacks else ""),
        "yes",
    )


def past_rows(past: Sequence[Past]) -> list[Row]:
    """Closed books, newest first."""
    return [
        Row(
            (
                f"第 {one.book.number} 号",
                one.book.words,
                f"{one.book.at:%Y-%m-%d %H:%M}",
                one.book.actor,
                f"{one.rosters} 张",
                one.book.digest[:12],
                f"● {one.state}" if one.holds else f"○ {one.state}",
            ),
            one.book,
            "yes" if one.holds else "bad",
        )
        for one in past
    ]


def periods_offered(books: Sequence[ClosedBook], today: date) -> list[tuple[str, str]]:
    """The periods most likely meant, as written and in words: what follows the last book, then what has just ended."""
    found = dict(_following(books))
    last = today.replace(day=1) - timedelta(days=1)
    found.setdefault(f"{last:%Y-%m}", "上月")
    shifted = today if today.day > _CUT else last
    found.setdefault(f"{shifted:%Y-%m}@{_CUT + 1}", "上月21日至本月20日")
    found.setdefault(_week(today - timedelta(days=7)), "上周")
    found.setdefault(f"{today:%Y-%m}", "本月")
    return list(found.items())


_CUT = 20
"""The day of the month on which many offices end their own month (domain 5.1)."""


def _following(books: Sequence[ClosedBook]) -> Iterator[tuple[str, str]]:
    for book in sorted(books, key=lambda one: one.until, reverse=True):
        first = book.until + timedelta(days=1)
        words = f"接着「{book.words}」"
        if book.kind == "周":
            yield _week(first), words
        elif book.kind == "月":
            yield (f"{first:%Y-%m}" if first.day == 1 else f"{_next_month(first):%Y-%m}@{first.day}"), words
        else:
            continue
        return


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _words(table: RosterTable, cells: Sequence[Cell]) -> list[str]:
    from forms.schema import Kind

    return [_figure(cell, column.kind is Kind.MONEY) for column, cell in zip(table.columns, cells, strict=True)]


def _figure(cell: Cell, is_money: bool) -> str:
    from clerk.wording import money

    if isinstance(cell, int):
        return (money(cell) if is_money else str(cell)) if cell else NOTHING
    return "" if cell is None else str(cell)
