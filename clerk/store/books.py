"""Closed books as they were frozen: one row a closed period, never changed, never removed (triggers refuse)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from clerk.records import ClosedBook
from clerk.store.tables import closed_book

_SAME = ("number", "kind", "words", "digest", "actor")


def keep(connection: Connection, book: ClosedBook, content: bytes) -> None:
    """Keep a closed book with its content."""
    row = {name: getattr(book, name) for name in _SAME}
    row |= {"since": book.since.isoformat(), "until": book.until.isoformat()}
    row |= {"closed": book.at.isoformat(timespec="milliseconds"), "content": content}
    connection.execute(insert(closed_book).values(row))


def closed(connection: Connection) -> list[ClosedBook]:
    """Every closed book, oldest first."""
    columns = [column for column in closed_book.c if column.name != "content"]
    return [_book(row) for row in connection.execute(select(*columns).order_by(closed_book.c.number))]


def content_of(connection: Connection, number: int) -> bytes | None:
    """What a closed book holds, as it was kept; None when there is no such number."""
    return connection.execute(select(closed_book.c.content).where(closed_book.c.number == number)).scalar()


def _book(row: Row[Any]) -> ClosedBook:
    days = date.fromisoformat(row.since), date.fromisoformat(row.until)
    return ClosedBook(row.number, row.kind, *days, row.words, row.digest, row.actor, datetime.fromisoformat(row.closed))
