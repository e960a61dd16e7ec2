"""Find people by whatever was typed: a name or part of it, pinyin, initials, an ID or its end, a phone or its end, a case.

Every probe is a range on an index, `key >= q and key < next(q)`: the same on every engine, no LIKE, no extension.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, bindparam, select

from clerk.pinyin import INITIALS, NAME, PINYIN, plain_name
from clerk.records import Hit
from clerk.store.households import fold_number
from clerk.store.tables import case_file, person, search_key

_Probe = tuple[str, Select[Any], dict[str, str]]
_LAST = 0x10FFFF
_READINGS = 4
"""One person can stand several times in a range of keys, once per reading; so many more keys are looked through."""


def find(connection: Connection, text: str, limit: int = 50) -> list[Hit]:
    """At most `limit` people, best matches first; nothing for a text without letters or digits."""
    found: dict[int, str] = {}
    for matched, statement, bounds in _probes(text):
        for person_id in connection.execute(statement, {**bounds, "most": limit * _READINGS}).scalars():
            if len(found) < limit:
                found.setdefault(person_id, matched)
        if len(found) >= limit:
            break
    rows = {row.id: row for row in connection.execute(select(person).where(person.c.id.in_(found)))} if found else {}
    cases = _cases(connection, {row.household for row in rows.values()})
    hits = [_hit(matched, rows[found_id], cases.get(rows[found_id].household, ())) for found_id, matched in found.items()]
    return sorted(hits, key=lambda hit: not hit.current)


def after(key: str) -> str:
    """The smallest text greater than every text that begins with `key` (code point order); key must not be empty."""
    last = ord(key[-1])
    if last == _LAST:
        return after(key[:-1])
    return key[:-1] + chr(0xE000 if last == 0xD7FF else last + 1)


def _by_column(column: Column[str]) -> Select[Any]:
    within = (column >= bindparam("low"), column < bindparam("high"))
    return select(person.c.id).where(*within).order_by(column, person.c.id).limit(bindparam("most"))


def _by_key(kind: str) -> Select[Any]:
    within = (search_key.c.kind == kind, search_key.c.key >= bindparam("low"), search_key.c.key < bindparam("high"))
    return select(search_key.c.person).where(*within).order_by(search_key.c.key, search_key.c.person).limit(bindparam("most"))


_COLUMNS = {name: _by_column(person.c[name]) for name in ("name", "id_no", "id_rev", "phone", "phone_rev", "py")}
_KEYS = {kind: _by_key(kind) for kind in (NAME, PINYIN, INITIALS)}
_BY_CASE = (
    select(person.c.id)
    .join_from(case_file, person, case_file.c.household == person.c.household)
    .where(case_file.c.number >= bindparam("low"), case_file.c.number < bindparam("high"))
    .order_by(case_file.c.number, person.c.id)
    .limit(bindparam("most"))
)


def _probes(text: str) -> Iterator[_Probe]:
    name, number = plain_name(text), fold_number(text)
    if not name:
        return
    if re.search("[0-9]", name):
        yield from _number_probes(number)
    elif not name.isascii() and not _latin(text):
        yield _probe("姓名", _COLUMNS["name"], text.strip())
        yield _probe("姓名", _KEYS[NAME], name)
    else:
        yield from _letter_probes(_latin(text) or name)
    yield _probe("案件编号", _BY_CASE, "".join(unicodedata.normalize("NFKC", text).split()))


def _number_probes(number: str) -> Iterator[_Probe]:
    yield _probe("证件号", _COLUMNS["id_no"], number)
    yield _probe("证件号", _COLUMNS["id_rev"], number[::-1])
    yield _probe("电话", _COLUMNS["phone"], number)
    yield _probe("电话", _COLUMNS["phone_rev"], number[::-1])


def _letter_probes(letters: str) -> Iterator[_Probe]:
    yield _probe("拼音", _KEYS[INITIALS], letters)
    yield _probe("拼音", _COLUMNS["py"], letters)
    yield _probe("拼音", _KEYS[PINYIN], letters)
    yield _probe("姓名", _KEYS[NAME], letters)


def _latin(text: str) -> str:
    """The letters of a text written in Latin only, ü as v, other marks dropped; '' when anything else is in it."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("ü", "v").replace("u:", "v")
    plain = plain_name("".join(char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char)))
    return plain if plain.isascii() else ""


def _probe(matched: str, statement: Select[Any], low: str) -> _Probe:
    return matched, statement, {"low": low, "high": after(low)}


def _cases(connection: Connection, households: set[str]) -> dict[str, tuple[str, ...]]:
    if not households:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    rows = connection.execute(
        select(case_file.c.household, case_file.c.number)
        .where(case_file.c.household.in_(households))
        .order_by(case_file.c.accepted.desc(), case_file.c.number.desc())
    )
    for household, number in rows:
        found[household] = (*found.get(household, ()), number)
    return found


def _hit(matched: str, row: Row[Any], cases: tuple[str, ...]) -> Hit:
    return Hit(
        household_id=row.household,
        row=row.row,
        name=row.name,
        id_no=row.id_no,
        phone=row.phone,
        birth=date.fromisoformat(row.birth) if row.birth else None,
        sex=row.sex,
        village=row.village,
        matched=matched,
        current=row.current,
        cases=cases,
    )
