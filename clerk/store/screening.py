"""What screening the whole store reads and writes: packed records in passing, and who has applied for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, func, select, text

from clerk.store.tables import application, case_file

Running = tuple[str, str, str, str, date]
"""(household, programme, subject row, status, the day it counts from) of one application."""
_TOGETHER = 10_000
"""How many households one look at the applications asks for."""


def packed_records(connection: Connection, size: int) -> Iterator[list[tuple[str, bytes | None]]]:
    """Every household's id and packed record, `size` at a time; read straight from the cursor, which is much faster."""
    result = connection.exec_driver_sql("SELECT id, packed FROM household")
    cursor = result.cursor
    try:
        while cursor is not None and (rows := cursor.fetchmany(size)):
            yield [(row[0], row[1]) for row in rows]
    finally:
        result.close()


def write_packed(connection: Connection, records: Iterable[tuple[str, bytes | None]]) -> None:
    """Replace packed records; the households themselves do not change."""
    rows = [{"id": household_id, "packed": record} for household_id, record in records]
    if rows:
        connection.execute(text("UPDATE household SET packed = :packed WHERE id = :id"), rows)


def applied(connection: Connection, households: Sequence[str]) -> set[tuple[str, str, str]]:
    """Every (household, programme, subject row) of these households that an application was ever made for."""
    found: set[tuple[str, str, str]] = set()
    question = (
        select(case_file.c.household, application.c.programme, application.c.subject)
        .join_from(case_file, application)
        .where(case_file.c.household.in_(bindparam("some", expanding=True)))
    )
    for start in range(0, len(households), _TOGETHER):
        rows = connection.execute(question, {"some": list(households[start : start + _TOGETHER])})
        found |= {(row[0], row[1], row[2]) for row in rows}
    return found


def running(connection: Connection, households: Sequence[str]) -> list[Running]:
    """The applications of these households: household, programme, subject row, status, and the day it counts from.

    That is the first month paid, once it is decided, else the day it was accepted.
    """
    since = func.coalesce(func.json_extract(application.c.document, "$.pay_since"), application.c.accepted)
    question = (
        select(case_file.c.household, application.c.programme, application.c.subject, application.c.status, since)
        .join_from(case_file, application)
        .where(case_file.c.household.in_(bindparam("some", expanding=True)))
    )
    found: list[Running] = []
    for start in range(0, len(households), _TOGETHER):
        rows = connection.execute(question, {"some": list(households[start : start + _TOGETHER])})
        found += [(row[0], row[1], row[2], row[3], date.fromisoformat(row[4])) for row in rows]
    return found
