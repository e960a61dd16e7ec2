"""Sheets taken in, as the store keeps them: who is there already, what a batch changed, and how it is taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Row, delete, func, insert, select, update

from clerk.document import read_value
from clerk.plain import from_plain, to_plain
from clerk.records import Application, Batch, Entered, KnownPerson
from clerk.store.tables import (
    application,
    application_person,
    case_file,
    household,
    household_revision,
    import_batch,
    import_change,
    person,
    register_entry,
)
from forms.catalogue import Catalogue
from forms.incoming import Incoming
from forms.schema import Field

HOUSEHOLD, APPLICATION = "h", "a"
"""Marks of what a batch changed."""
_TOGETHER = 5_000
T = TypeVar("T")


def people_by(connection: Connection, which: str, wanted: Iterable[str]) -> list[KnownPerson]:
    """People now in a household whose column `which` (`id_no` or `name`) is one of the wanted."""
    column: Column[str] = person.c[which]
    chosen = (person.c.household, person.c.row, person.c.name, person.c.id_no, person.c.birth, person.c.village)
    found: list[KnownPerson] = []
    for some in _some(sorted(set(wanted))):
        rows = connection.execute(select(*chosen).where(column.in_(some), person.c.current))
        found += [_known(row) for row in rows]
    return found


def count_people(connection: Connection) -> int:
    """How many people now stand in some household."""
    return connection.execute(select(func.count()).select_from(person).where(person.c.current)).scalar_one()


def documents(connection: Connection, wanted: Iterable[str]) -> dict[str, tuple[int, int, str]]:
    """Of each household its revision, version and document as kept."""
    found: dict[str, tuple[int, int, str]] = {}
    question = (
        select(household.c.id, household.c.revision, household.c.row_version, household_revision.c.document)
        .join_from(household, household_revision)
        .where(household_revision.c.revision == household.c.revision)
    )
    for some in _some(sorted(set(wanted))):
        for row in connection.execute(question.where(household.c.id.in_(some))):
            found[row.id] = (row.revision, row.row_version, row.document)
    return found


def with_case(connection: Connection, wanted: Iterable[str]) -> dict[str, str]:
    """Of the households with a filed case, one case number each."""
    found: dict[str, str] = {}
    for some in _some(sorted(set(wanted))):
        rows = connection.execute(
            select(case_file.c.household, case_file.c.number).where(case_file.c.household.in_(some))
        )
        found |= {row.household: row.number for row in rows}
    return found


def applications(connection: Connection, numbers: Iterable[str]) -> dict[str, tuple[int, Application]]:
    """Applications by number, each with its version."""
    found: dict[str, tuple[int, Application]] = {}
    for some in _some(sorted(set(numbers))):
        question = select(application.c.number, application.c.row_version, application.c.document)
        for row in connection.execute(question.where(application.c.number.in_(some))):
            found[row.number] = (row.row_version, from_plain(Application, json.loads(row.document)))
    return found


def text_of(kept: Application) -> str:
    """An application's document as it is kept."""
    return json.dumps(to_plain(kept), ensure_ascii=False, sort_keys=True)


def numbers_of(connection: Connection, households: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """By household and member row the numbers of the applications that cover the member."""
    found: dict[tuple[str, str], list[str]] = {}
    for some in _some(sorted(set(households))):
        question = select(application_person.c.household, application_person.c.row, application_person.c.application)
        for row in connection.execute(question.where(application_person.c.household.in_(some))):
            found.setdefault((row.household, row.row), []).append(row.application)
    return found


def keep_batch(connection: Connection, batch: Batch, changes: Sequence[tuple[str, str, int, str | None]]) -> None:
    """Keep a batch and what it changed: (mark, subject, version after, document before; None: it was not there)."""
    row = {name: getattr(batch, name) for name in ("id", "incoming", "file", "digest", "actor")}
    counts = json.dumps(dict(batch.counts), ensure_ascii=False)
    row |= {"at": batch.at.isoformat(timespec="milliseconds"), "counts": counts, "undone": None}
    connection.execute(insert(import_batch).values(row))
    names = ("batch", "kind", "subject", "version", "before")
    rows = [dict(zip(names, (batch.id, *change), strict=True)) for change in changes]
    if rows:
        connection.execute(insert(import_change), rows)


def batches(connection: Connection) -> list[Batch]:
    """Every batch, newest first."""
    return [_batch(row) for row in connection.execute(select(import_batch).order_by(import_batch.c.at.desc()))]


def changes_of(connection: Connection, batch: str) -> list[tuple[str, str, int, str | None]]:
    """What a batch changed, as it was kept."""
    rows = connection.execute(select(import_change).where(import_change.c.batch == batch))
    return [(row.kind, row.subject, row.version, row.before) for row in rows]


def mark_undone(connection: Connection, batch: str, at: str) -> None:
    """The batch was taken back: its register rows go, the batch itself stays on record."""
    connection.execute(delete(register_entry).where(register_entry.c.batch == batch))
    connection.execute(update(import_batch).where(import_batch.c.id == batch).values(undone=at))


def remove_households(connection: Connection, wanted: Sequence[str]) -> None:
    """Remove households that no case refers to, with all that is made of them."""
    for some in _some(list(wanted)):
        connection.execute(delete(household).where(household.c.id.in_(some)))


def keep_entries(connection: Connection, entries: Sequence[Entered]) -> None:
    """Put rows into registers."""
    rows = [
        {
            "batch": each.batch,
            "register": each.register,
            "incoming": each.incoming,
            "day": each.day.isoformat(),
            "household": each.household_id,
            "row": each.row,
            "name": each.name,
            "id_no": each.id_no,
            "answers": json.dumps(to_plain(each.values), ensure_ascii=False, sort_keys=True),
        }
        for each in entries
    ]
    if rows:
        connection.execute(insert(register_entry), rows)


def entries(connection: Connection, register: str, since: date, until: date, catalogue: Catalogue) -> Iterator[Entered]:
    """Rows of a register from one day to another, both included, by day.

    Values are typed by the register's table, else by the columns of the sheet they came in.
    """
    within = register_entry.c.day.between(since.isoformat(), until.isoformat())
    question = select(register_entry).where(register_entry.c.register == register, within)
    columns = {each.id: _fields(each, catalogue) for each in catalogue.incoming.values()}
    for row in connection.execute(question.order_by(register_entry.c.day, register_entry.c.id)):
        known = columns.get(row.incoming, {})
        values = {
            name: read_value(catalogue.field_of(register, name) or known.get(name), plain)
            for name, plain in json.loads(row.answers).items()
        }
        day = date.fromisoformat(row.day)
        yield Entered(row.register, row.incoming, day, row.household, row.row, row.name, row.id_no, values, row.batch)


def _fields(incoming: Incoming, catalogue: Catalogue) -> dict[str, Field]:
    return {column.id: column.field for column in incoming.columns(catalogue.fields)}


def _known(row: Any) -> KnownPerson:
    birth = date.fromisoformat(row.birth) if row.birth else None
    return KnownPerson(row.household, row.row, row.name, row.id_no, birth, row.village)


def _batch(row: Row[Any]) -> Batch:
    undone = datetime.fromisoformat(row.undone) if row.undone else None
    counts: Mapping[str, int] = json.loads(row.counts)
    return Batch(row.id, row.incoming, row.file, row.digest, datetime.fromisoformat(row.at), row.actor, counts, undone)


def _some(wanted: Sequence[T]) -> Iterator[list[T]]:
    for start in range(0, len(wanted), _TOGETHER):
        yield list(wanted[start : start + _TOGETHER])
