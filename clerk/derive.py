"""Answers that another answer already holds (派生): sex and birth date in an ID, kind and grade in a disability card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from clerk.answers import code_table
from clerk.identity import document_of, read_disability_card, read_identity
from forms.catalogue import Catalogue
from forms.schema import Field, Kind, Value

Words = tuple[str, ...]
"""Ways to say one option, tried in order against the labels and codes of the field's code table."""

_KINDS = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
_GRADES = "一二三四"


def derive(field: Field, source: Value, catalogue: Catalogue, today: date) -> Value | None:
    """The answer of a derived field from its believed source, or None when the source does not hold it."""
    if field.derived is None or not isinstance(source, str):
        return None
    read = READERS[field.derived.reader](source, today)
    if read is None or isinstance(read, date):
        return read
    if field.kind is not Kind.OPTION:
        return read[0]
    table = code_table(catalogue, field.codes)
    return next((code for code in map(table.code, read) if code is not None), None)


def _sex(number: str, today: date) -> Words | None:
    if not _is_eighteen(number):
        return None
    sex = read_identity(number, today).sex
    return (sex, sex + "性", {"男": "1", "女": "2"}[sex]) if sex else None


def _born(number: str, today: date) -> date | None:
    return read_identity(number, today).born if _is_eighteen(number) else None


def _is_eighteen(number: str) -> bool:
    document = document_of(number)
    return document is not None and document.eighteen


def _card_kind(number: str, today: date) -> Words | None:
    kind = read_disability_card(number, today).kind
    return (_KINDS[int(kind) - 1], _KINDS[int(kind) - 1] + "残疾", kind) if kind else None


def _card_grade(number: str, today: date) -> Words | None:
    grade = read_disability_card(number, today).grade
    return (_GRADES[int(grade) - 1] + "级", grade + "级", grade) if grade else None


READERS: Mapping[str, Callable[[str, date], Words | date | None]] = {
    "证件性别": _sex,
    "证件出生日期": _born,
    "残疾证类别": _card_kind,
    "残疾证等级": _card_grade,
}
