"""Cases and their applications in the store; filing a case freezes the household revision it was judged on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from clerk.document import from_document, to_document, to_text
from clerk.plain import from_plain, to_plain
from clerk.records import STOPPED, Application, CaseRecord
from clerk.settings import Office
from clerk.store.households import ChangedMeanwhile
from clerk.store.tables import application, application_person, case_file, household_revision
from forms.catalogue import Catalogue


def insert_case(connection: Connection, record: CaseRecord) -> None:
    """File a case with its applications; the household revision it names must be kept already."""
    _freeze(connection, record)
    row = {
        "number": record.case_number,
        "household": record.household_id,
        "revision": record.revision,
        "accepted": record.accepted.isoformat(),
        "office": _text(record.office),
    }
    connection.execute(insert(case_file).values(row))
    _insert_applications(connection, record)


def change_application(connection: Connection, was: Application, now: Application) -> None:
    """Replace an application (status, deadlines …); ChangedMeanwhile when the kept one is no longer `was`."""
    found = connection.execute(select(application.c.document).where(application.c.number == was.number)).scalar()
    if found is None or from_plain(Application, json.loads(found)) != was:
        raise ChangedMeanwhile(f"申请「{was.number}」刚被别人修改过，请重新打开后再改")
    connection.execute(
        update(application)
        .where(application.c.number == was.number)
        .values(status=now.status, document=_text(now), row_version=application.c.row_version + 1)
    )


def read_cases(connection: Connection, which: ColumnElement[bool], catalogue: Catalogue) -> Iterator[CaseRecord]:
    """Cases by a condition on `case_file`, in order of day and number."""
    files = connection.execute(
        select(case_file, household_revision.c.document)
        .join_from(case_file, household_revision)
        .where(which)
        .order_by(case_file.c.accepted, case_file.c.number)
    ).all()
    applications = _read_applications(connection, which)
    for row in files:
        yield CaseRecord(
            case_number=row.number,
            household_id=row.household,
            revision=row.revision,
            household=from_document(json.loads(row.document), catalogue),
            applications=applications.get(row.number, ()),
            office=from_plain(Office, json.loads(row.office)),
            accepted=date.fromisoformat(row.accepted),
        )


def stopped(since: date, until: date) -> ColumnElement[bool]:
    """The cases of which an application ended (`Application.ended`) between two days."""
    ended = func.json_extract(application.c.document, "$.ended")
    within = ended.between(since.isoformat(), until.isoformat())
    return case_file.c.number.in_(select(application.c.case_file).where(application.c.status == STOPPED, within))


def _read_applications(connection: Connection, which: ColumnElement[bool]) -> dict[str, tuple[Application, ...]]:
    rows = connection.execute(
        select(application.c.case_file, application.c.document)
        .join_from(application, case_file)
        .where(which)
        .order_by(application.c.case_file, application.c.place)
    )
    return {number: tuple(_applications(group)) for number, group in groupby(rows, key=lambda row: str(row[0]))}


def _applications(rows: Iterable[tuple[str, str]]) -> Iterator[Application]:
    return (from_plain(Application, json.loads(document)) for _, document in rows)


def _insert_applications(connection: Connection, record: CaseRecord) -> None:
    rows = [
        {
            "number": made.number,
            "case_file": record.case_number,
            "place": place,
            "programme": made.programme,
            "subject": made.subject,
            "status": made.status,
            "accepted": made.accepted.isoformat(),
            "document": _text(made),
            "row_version": 1,
        }
        for place, made in enumerate(record.applications)
    ]
    if rows:
        connection.execute(insert(application), rows)
    people = [
        {"application": made.number, "place": place, "household": record.household_id, "row": row}
        for made in record.applications
        for place, row in enumerate(made.persons)
    ]
    if people:
        connection.execute(insert(application_person), people)


def _freeze(connection: Connection, record: CaseRecord) -> None:
    """From now on the revision's document stays as it is; ValueError when it is not the household of the record."""
    revision = (household_revision.c.household == record.household_id, household_revision.c.revision == record.revision)
    kept = connection.execute(select(household_revision.c.document, household_revision.c.frozen).where(*revision)).one_or_none()
    if kept is None or kept.document != to_text(to_document(record.household)):
        raise ValueError(f"case {record.case_number} does not hold the household of its revision")
    if not kept.frozen:
        connection.execute(update(household_revision).where(*revision).values(frozen=True))


def _text(shape: Application | Office) -> str:
    return to_text(cast("Mapping[str, Any]", to_plain(shape)))
