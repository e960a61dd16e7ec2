"""The packed record: what the rules read of one household, at fixed widths, for screening the whole store at once.

A record is a head (the layout's stamp, row counts, which lists are complete), the household's own answers, then each
table's rows, those of one owner together. It is written with the household and can be rebuilt from its document; a
record of another layout is never read. Knows no NumPy, so that filing a case stays light.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from clerk.household import Household
from forms.language.encoding import FIRST, SCALE, UNKNOWN, interned, reads
from forms.language.facts import ROOT_ROW, Facts
from forms.language.plan import Plan
from forms.schema import ROOT, Field, Kind, Value

VERSION = 1
"""Raised when the way a record is written changes."""
STAMP = 8
"""Bytes at the start of a record that name its layout."""
_LARGEST = 2**53
_ROWS = 0xFFFF
Write = Callable[[Value | None], Any]


class TooWideError(ValueError):
    """An answer that does not fit the fixed widths; such a household is judged from its document."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field in a row: its id, how `struct` and NumPy write it, and how to encode an answer."""

    field: Field
    code: str
    width: int
    write: Write


@dataclass(frozen=True, slots=True)
class Shape:
    """One table in a record: its columns, after the digest of the row key and the place of the owner where there are any.

    Rows have a digest when somebody speaks of them: programmes judged for them, questions that name a member. `blank`
    is what stands in the columns of a row without answers, `places` the column of each field.
    """

    table: str
    owner: str
    keyed: bool
    columns: tuple[Column, ...]
    row: struct.Struct
    blank: tuple[Any, ...]
    places: Mapping[str, int]

    @property
    def lead(self) -> str:
        """What stands before the columns of a row."""
        return ("Q" if self.keyed else "") + ("H" if self.owner else "")

    def leading(self, row: str, owner: int) -> tuple[int, ...]:
        """The values of the lead."""
        return ((digest_of(row),) if self.keyed else ()) + ((owner,) if self.owner else ())

    def pack(self, row: str, owner: int, answers: Mapping[str, Value]) -> bytes:
        """A row's record; most questions of the form are not answered."""
        told = list(self.blank)
        for name, value in answers.items():
            place = self.places.get(name)
            if place is not None:
                told[place] = self.columns[place].write(value)
        return self.row.pack(*self.leading(row, owner), *told)


@dataclass(frozen=True, slots=True)
class Layout:
    """How records of one catalogue are written; `stamp` changes with anything that changes their meaning."""

    stamp: bytes
    head: struct.Struct
    shapes: tuple[Shape, ...]


def layout_of(plan: Plan) -> Layout:
    """The layout of a plan's catalogue: the fields its rules read, and days on which something runs out."""
    if "layout" not in plan.workshop:
        plan.workshop["layout"] = _layout(plan)
    found: Layout = plan.workshop["layout"]
    return found


def pack(household: Household, layout: Layout) -> bytes | None:
    """The record of a household; None when it does not fit, and must be judged from its document."""
    try:
        return _pack(household, layout)
    except (TooWideError, struct.error):
        return None


def ordered_rows(household: Facts, layout: Layout, table: str) -> list[str]:
    """The row keys of a table in the order of its record: those of one owner together. Raises `TooWideError`."""
    return [row for row, _ in _ordered(household, layout)[table]]


def subject_rows(household: Facts, layout: Layout, table: str) -> list[str]:
    """The rows a programme is judged for, in the record's order, or the document's when there is no record."""
    if table == ROOT:
        return [ROOT_ROW]
    try:
        return ordered_rows(household, layout, table)
    except (TooWideError, KeyError):
        return list(household.rows(table))


def digest_of(row: str) -> int:
    """64 bits of a row key; 0 and 1 mean not known and nobody."""
    return max(int.from_bytes(hashlib.blake2b(row.encode(), digest_size=8).digest(), "little"), FIRST)


def _layout(plan: Plan) -> Layout:
    read = reads(plan)
    shapes = tuple(
        _shape(plan, table, [field for field in read.fields if field.table == table]) for table in read.tables
    )
    head = struct.Struct(f"<{STAMP}sQ{len(shapes)}H")
    said = [str(VERSION), *(f"{shape.table}<{shape.owner}:{shape.lead}" for shape in shapes)]
    for shape in shapes:
        said += [
            f"{one.field.key}={one.field.kind.value}/{one.code}/{_codes(plan, one.field)}" for one in shape.columns
        ]
    stamp = hashlib.blake2b("\n".join(said).encode(), digest_size=STAMP).digest()
    return Layout(stamp, head, shapes)


def _codes(plan: Plan, field: Field) -> str:
    return "|".join(interned(plan, field.codes)) if field.codes else ""


def _shape(plan: Plan, table: str, fields: Sequence[Field]) -> Shape:
    owner = plan.catalogue.tables[table].owner if table != ROOT else ""
    columns = tuple(_column(plan, field) for field in fields if field.kind in _KINDS or field.codes)
    subjects = {one.subject for one in plan.catalogue.programmes.values()}
    keyed = table != ROOT and table in {*subjects, Kind.MEMBER.value}
    blank = tuple(one.write(None) for one in columns)
    places = {one.field.id: place for place, one in enumerate(columns)}
    shape = Shape(table, owner, keyed, columns, struct.Struct("<"), blank, places)
    return replace(shape, row=struct.Struct("<" + shape.lead + "".join(one.code for one in columns)))


def _column(plan: Plan, field: Field) -> Column:
    if field.kind in _KINDS:
        code, write = _KINDS[field.kind]
        return Column(field, code, struct.calcsize("<" + code), write)
    numbers = interned(plan, field.codes)
    if field.kind is Kind.OPTION:
        code = "B" if len(numbers) + FIRST < 256 else "H"
        return Column(field, code, struct.calcsize("<" + code), partial(_option, numbers))
    width = (len(numbers) + 8) // 8
    return Column(field, f"{width}s", width, partial(_options, numbers, width))


def _pack(household: Household, layout: Layout) -> bytes:
    rows = _ordered(household, layout)
    closed = sum(1 << place for place, shape in enumerate(layout.shapes) if household.closed(shape.table))
    parts = [layout.head.pack(layout.stamp, closed, *(len(rows[shape.table]) for shape in layout.shapes))]
    for shape in layout.shapes:
        for row, owner in rows[shape.table]:
            parts.append(shape.pack(row, owner, household.answers_of(shape.table, row)))
    return b"".join(parts)


def _ordered(household: Facts, layout: Layout) -> dict[str, list[tuple[str, int]]]:
    """Each table's rows with the place of their owner among the owners' rows, by that place."""
    found: dict[str, list[tuple[str, int]]] = {}
    for shape in layout.shapes:
        if shape.table == ROOT:
            found[ROOT] = [(ROOT_ROW, 0)]
            continue
        keys = household.rows(shape.table)
        if not keys:
            found[shape.table] = []
            continue
        if len(keys) > _ROWS or len(set(keys)) < len(keys):
            raise TooWideError(shape.table)
        if not shape.owner:
            found[shape.table] = [(key, 0) for key in keys]
            continue
        places = {key: place for place, (key, _) in enumerate(found[shape.owner])}
        owners = [(key, places.get(household.owner(shape.table, key), -1)) for key in keys]
        if any(place < 0 for _, place in owners):
            raise TooWideError(shape.table)
        found[shape.table] = sorted(owners, key=lambda pair: pair[1])
    return found


def _flag(value: Value | None) -> int:
    return 0 if value is None else 1 if value else -1


def _whole(least: int, value: Value | None) -> int:
    if value is None:
        return least
    if not isinstance(value, int) or abs(value) >= _LARGEST:
        raise TooWideError(value)
    return value


def _number(value: Value | None) -> int:
    if value is None:
        return -(2**63)
    if not isinstance(value, int | Fraction):
        raise TooWideError(value)
    scaled = Fraction(value) * SCALE
    if scaled.denominator != 1 or abs(scaled) >= _LARGEST:
        raise TooWideError(value)
    return scaled.numerator


def _day(value: Value | None) -> int:
    return value.toordinal() if isinstance(value, date) else UNKNOWN


def _member(value: Value | None) -> int:
    return UNKNOWN if value is None else digest_of(str(value))


def _option(numbers: Mapping[str, int], value: Value | None) -> int:
    if value is None:
        return UNKNOWN
    if value not in numbers:
        raise TooWideError(value)
    return numbers[str(value)]


def _options(numbers: Mapping[str, int], width: int, value: Value | None) -> bytes:
    if not isinstance(value, frozenset):
        return bytes(width)
    if any(code not in numbers for code in value):
        raise TooWideError(value)
    return (1 + sum(1 << (numbers[code] - FIRST + 1) for code in value)).to_bytes(width, "little")


_KINDS: dict[Kind, tuple[str, Write]] = {
    Kind.FLAG: ("b", _flag),
    Kind.MONEY: ("q", partial(_whole, -(2**63))),
    Kind.INTEGER: ("i", partial(_whole, -(2**31))),
    Kind.NUMBER: ("q", _number),
    Kind.DATE: ("i", _day),
    Kind.MONTH: ("i", _day),
    Kind.MEMBER: ("Q", _member),
}
