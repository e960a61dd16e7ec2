"""Households in the store: the document of each revision, and what is made from it (people, search keys, projection).

A revision is frozen once an application refers to it: the next change makes a new one, otherwise the last is rewritten.
"""

from __future__ import annotations

import json
import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, delete, insert, literal_column, select, update

from clerk.document import from_document, to_document, to_text
from clerk.errors import UserCanFix
from clerk.household import Household
from clerk.pinyin import search_keys, spelled
from clerk.records import HouseholdKeys, Kept, PersonKeys
from clerk.store.tables import answer_index, household, household_revision, person, search_key
from forms.catalogue import Catalogue
from forms.schema import Value


class ChangedMeanwhile(UserCanFix):
    """Somebody else kept the same thing since it was read; nothing was written."""


def insert_household(connection: Connection, believed: Household, keys: HouseholdKeys, at: str) -> Kept:
    """Keep a household for the first time, under a new id."""
    kept = Kept(str(uuid.uuid4()), 1, 1)
    row = {"id": kept.household_id, "revision": 1, "row_version": 1, "changed": at, "packed": keys.packed}
    connection.execute(insert(household).values(row))
    _write_document(connection, kept, believed, at)
    _write_people(connection, kept.household_id, keys.people)
    _write_projection(connection, kept.household_id, keys.projection)
    return kept


def revise_household(connection: Connection, was: Kept, believed: Household, keys: HouseholdKeys, at: str) -> Kept:
    """Keep a correction; ChangedMeanwhile when the household is no longer as `was` says."""
    frozen = connection.execute(
        select(household_revision.c.frozen).where(
            household_revision.c.household == was.household_id, household_revision.c.revision == was.revision
        )
    ).scalar()
    kept = Kept(was.household_id, was.revision + bool(frozen), was.version + 1)
    changed = connection.execute(
        update(household)
        .where(
            household.c.id == was.household_id,
            household.c.row_version == was.version,
            household.c.revision == was.revision,
        )
        .values(revision=kept.revision, row_version=kept.version, changed=at, packed=keys.packed)
    )
    if changed.rowcount != 1:
        raise ChangedMeanwhile("这一家的资料刚被别人修改过，请重新打开后再改")
    _write_document(connection, kept, believed, at, replace=not frozen)
    _write_people(connection, kept.household_id, keys.people)
    connection.execute(delete(answer_index).where(answer_index.c.household == kept.household_id))
    _write_projection(connection, kept.household_id, keys.projection)
    return kept


def read_household(connection: Connection, household_id: str, catalogue: Catalogue) -> tuple[Kept, Household] | None:
    """The household as last kept."""
    row = connection.execute(
        select(household.c.revision, household.c.row_version, household_revision.c.document)
        .join_from(household, household_revision)
        .where(household.c.id == household_id, household_revision.c.revision == household.c.revision)
    ).one_or_none()
    if row is None:
        return None
    return Kept(household_id, row.revision, row.row_version), from_document(json.loads(row.document), catalogue)


def read_households(connection: Connection, catalogue: Catalogue) -> Iterator[tuple[Kept, Household]]:
    """Every household as last kept, in the order in which they first were."""
    rows = connection.execute(
        select(household.c.id, household.c.revision, household.c.row_version, household_revision.c.document)
        .join_from(household, household_revision)
        .where(household_revision.c.revision == household.c.revision)
        .order_by(literal_column("household.rowid"))
    )
    for row in rows:
        yield Kept(row.id, row.revision, row.row_version), from_document(json.loads(row.document), catalogue)


def person_columns(keys: PersonKeys) -> dict[str, Any]:
    """What the person table holds of one person; numbers are folded so that they are found however they were typed."""
    id_no, phone = fold_number(keys.id_no), fold_number(keys.phone)
    full, initials = spelled(keys.name)
    return {
        "name": keys.name,
        "id_no": id_no,
        "id_rev": id_no[::-1],
        "phone": phone,
        "phone_rev": phone[::-1],
        "py": full,
        "pi": initials,
        "birth": keys.birth.isoformat() if keys.birth else "",
        "sex": keys.sex,
        "village": keys.village,
    }


def projection_rows(household_id: str, projection: Mapping[tuple[str, str], Value]) -> list[dict[str, Any]]:
    """What the projection table holds of one household."""
    return [
        {"household": household_id, "field": field, "row": row, "place": place, "number": number, "text": text}
        for (field, row), value in projection.items()
        for place, (number, text) in enumerate(_projected(value))
    ]


def fold_number(text: str) -> str:
    """An ID or phone number as it is searched: half-width, upper case, without spaces and dashes."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return "".join(unicodedata.normalize("NFKC", text).upper().replace("-", "").split())


def _write_document(connection: Connection, kept: Kept, believed: Household, at: str, *, replace: bool = False) -> None:
    text = to_text(to_document(believed))
    if replace:
        connection.execute(
            update(household_revision)
            .where(household_revision.c.household == kept.household_id, household_revision.c.revision == kept.revision)
            .values(document=text, kept=at)
        )
        return
    row = {"household": kept.household_id, "revision": kept.revision, "document": text, "kept": at, "frozen": False}
    connection.execute(insert(household_revision).values(row))


def _write_people(connection: Connection, household_id: str, people: Iterable[PersonKeys]) -> None:
    """People who left the household stay findable, marked as no longer current; unchanged rows are not touched."""
    found = connection.execute(select(person).where(person.c.household == household_id)).mappings()
    known = {row["row"]: row for row in found}
    for keys in people:
        columns = person_columns(keys) | {"current": True}
        old = known.pop(keys.row, None)
        if old is None:
            made = connection.execute(insert(person).values(household=household_id, row=keys.row, **columns))
            _write_keys(connection, made.inserted_primary_key, keys.name)
        elif any(old[name] != value for name, value in columns.items()):
            connection.execute(update(person).where(person.c.id == old["id"]).values(columns))
            if old["name"] != keys.name:
                connection.execute(delete(search_key).where(search_key.c.person == old["id"]))
                _write_keys(connection, (old["id"],), keys.name)
    gone = [row["id"] for row in known.values() if row["current"]]
    if gone:
        connection.execute(update(person).where(person.c.id.in_(gone)).values(current=False))


def _write_keys(connection: Connection, primary_key: Sequence[Any] | None, name: str) -> None:
    (person_id,) = primary_key or ()
    rows = [{"kind": kind, "key": key, "person": person_id} for kind, key in search_keys(name)]
    if rows:
        connection.execute(insert(search_key), rows)


def _write_projection(
    connection: Connection, household_id: str, projection: Mapping[tuple[str, str], Value]
) -> None:
    rows = projection_rows(household_id, projection)
    if rows:
        connection.execute(insert(answer_index), rows)


def _projected(value: Value) -> list[tuple[int | float | None, str | None]]:
    """Numbers, money (fen) and flags (1, 0) by number; days, codes and words by text; a set as one row per code."""
    if isinstance(value, frozenset):
        return [(None, code) for code in sorted(value)]
    if isinstance(value, str):
        return [(None, value)]
    if isinstance(value, date):
        return [(None, value.isoformat())]
    return [(float(value) if isinstance(value, Fraction) else int(value), None)]
