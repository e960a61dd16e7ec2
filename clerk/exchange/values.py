"""One cell of another's sheet as the text a clerk would have typed; a number where digits count is refused, never guessed."""

from __future__ import annotations

import re
from typing import Any

from clerk.answers import ABSENT
from clerk.exchange.reading import day_of
from clerk.identity import normalise
from forms.schema import Kind

DIGITS = frozenset({Kind.ID, Kind.ACCOUNT, Kind.DISABILITY_CARD})
"""Kinds whose digits a number cell has lost, or may have."""
EXACT = 1e15
"""From here on a spreadsheet's number no longer holds every digit."""

_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_NOBODY = frozenset(
    {
        "无",
        "没有",
        "暂无",
        "未知",
        "空",
        "无证件",
        "无身份证",
        "NULL",
        "NONE",
        "N/A",
        "NA",
        "-",
        "--",
        "/",
        "／",
        "—",
        "——",
        "?",
        "？",
    }
)
_SAME = re.compile(r"(.)\1*")


def cell_text(cell: Any) -> str:
    """A cell in words: whole numbers without a point, days as 2026-09-01, yes and no in Chinese."""
    value = day_of(cell)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    return str(value)


def cell_fault(cell: Any, kind: Kind) -> str:
    """What is wrong with a cell before it is read as this kind, in one sentence; empty when nothing is."""
    if isinstance(cell, str):
        if cell.strip() in _ERRORS:
            return f"这一格是公式错误「{cell.strip()}」，请在原表改好"
        if kind in DIGITS and _POWER.fullmatch(normalise(cell)):
            return f"号码成了「{cell.strip()}」，末几位已丢失，请在原表改成文本重新填"
        return ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if kind in DIGITS:
            return "号码存成了数字，末几位可能已丢失，请在原表把这一列改成文本重新填"
        if abs(cell) >= EXACT:
            return "数字过长，末几位已丢失，请在原表改成文本重新填"
    return ""


def names_nobody(text: str) -> bool:
    """True for what is written where there is no number: 0, 无, 不详, eighteen zeros, one character over and over."""
    number = normalise(text)
    if not number or number in _NOBODY or number in ABSENT:
        return True
    return number.isdigit() and _SAME.fullmatch(number) is not None


def column_letters(place: int) -> str:
    """A column's name as spreadsheets have it: 0 → A, 26 → AA."""
    name, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
