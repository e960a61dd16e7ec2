"""A household as one JSON document, and back: every answer kept, typed again by the catalogue's field kinds.

What the catalogue no longer (or not yet) knows is preserved as it stands: reading and writing it again gives the same
document. A field's kind never changes, so an answer that does not fit its kind is a damaged document and is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from clerk.household import Household, Row
from clerk.plain import to_plain
from forms.catalogue import Catalogue
from forms.schema import ROOT, Field, Kind, Value

Document = dict[str, Any]
"""`{"answers": {field: value}, "tables": {table: [{"key", "owner", "answers"}]}, "complete": [table]}`."""


def to_document(household: Household) -> Document:
    """Plain values only: fen and whole numbers as integers, ratios as `n/d`, days as ISO text, sets as sorted lists."""
    return {
        "answers": to_plain(household.answers),
        "tables": {
            table: [{"key": row.key, "owner": row.owner, "answers": to_plain(row.answers)} for row in rows]
            for table, rows in household.tables.items()
        },
        "complete": sorted(household.complete),
    }


def from_document(document: Mapping[str, Any], catalogue: Catalogue) -> Household:
    """The household of a document; ValueError names the field whose answer does not fit its kind."""

    def believed(table: str, answers: Mapping[str, Any]) -> dict[str, Value]:
        return {name: read_value(catalogue.field_of(table, name), answer) for name, answer in answers.items()}

    return Household(
        answers=believed(ROOT, document["answers"]),
        tables={
            table: tuple(Row(row["key"], row["owner"], believed(table, row["answers"])) for row in rows)
            for table, rows in document["tables"].items()
        },
        complete=frozenset(document["complete"]),
    )


def to_text(document: Mapping[str, Any]) -> str:
    """The document as one line of JSON; equal documents give equal text."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def project(household: Household, fields: Collection[str]) -> dict[tuple[str, str], Value]:
    """The answers of the given fields (full keys, `表.字段`), by field and row key; the household's own row is ''."""
    found: dict[tuple[str, str], Value] = {}
    for table, names in _by_table(tuple(fields)).items():
        rows = (
            [("", household.answers)]
            if table == ROOT
            else [(row.key, row.answers) for row in household.tables.get(table, ())]
        )
        for key, answers in rows:
            for name, value in answers.items():
                if name in names:
                    found[names[name], key] = value
    return found


@lru_cache(maxsize=8)
def _by_table(fields: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    """By table the full key of each field's name."""
    wanted: dict[str, dict[str, str]] = {}
    for field in fields:
        table, _, name = field.partition(".")
        wanted.setdefault(table, {})[name] = field
    return wanted


def read_value(field: Field | None, plain: Any) -> Value:
    """One answer from its plain form, by its question; ValueError names the question it does not fit."""
    if field is None:
        return frozenset(plain) if isinstance(plain, list) else plain
    try:
        return _READERS.get(field.kind, _text)(plain)
    except (TypeError, ValueError) as error:
        raise ValueError(f"the kept answer of {field.key} is not of kind {field.kind.name}") from error


def _whole(plain: Any) -> int:
    if type(plain) is not int:
        raise TypeError
    return plain


def _flag(plain: Any) -> bool:
    if type(plain) is not bool:
        raise TypeError
    return plain


def _text(plain: Any) -> str:
    if not isinstance(plain, str):
        raise TypeError
    return plain


def _codes(plain: Any) -> frozenset[str]:
    if not isinstance(plain, list):
        raise TypeError
    return frozenset(map(_text, plain))


_READERS: Mapping[Kind, Callable[[Any], Value]] = {
    Kind.MONEY: _whole,
    Kind.INTEGER: _whole,
    Kind.FLAG: _flag,
    Kind.NUMBER: Fraction,
    Kind.DATE: date.fromisoformat,
    Kind.MONTH: date.fromisoformat,
    Kind.OPTIONS: _codes,
}
