"""Typed literals of data files: `700元`, `1.5万元`, `60%`, `2026-04-01`, `是`, option labels.

Full-width digits, points and signs are read as their narrow twins; money without its unit is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

from forms.reading import Located, did_you_mean, read_flag
from forms.schema import CodeTable, Kind, Value

_NUMBER = r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
_MONEY = re.compile(rf"{_NUMBER}\s*(万?)元")
_RATIO = re.compile(rf"{_NUMBER}\s*%")
_PLAIN = re.compile(_NUMBER)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")


def read_literal(found: Located, kind: Kind, codes: CodeTable | None = None) -> Value:
    """The value of a scalar as `kind`: fen, Fraction, int, bool, date, option code or text.

    Raises `DataError` at the scalar, saying how the kind is written. 多选 takes a list: see `read_options`.
    """
    readers: dict[Kind, Callable[[Located], Value]] = {
        Kind.MONEY: read_money,
        Kind.NUMBER: read_number,
        Kind.INTEGER: read_whole,
        Kind.FLAG: read_flag,
        Kind.DATE: read_date,
        Kind.MONTH: read_month,
    }
    if kind in (Kind.OPTION, Kind.OPTIONS):
        if codes is None:
            raise found.fail(f"「{found.text}」没有代码表可查", "请写「代码表」")
        return read_option(found, codes)
    return readers[kind](found) if kind in readers else found.text


def read_money(found: Located) -> int:
    """Money with its unit, as whole fen."""
    text = narrow(found.text)
    match = _MONEY.fullmatch(text)
    if match is None:
        unit = "金额请写单位" if _PLAIN.fullmatch(text) else "金额这样写"
        raise found.fail(f"「{found.text}」不是金额", f"{unit}，例如 700元、1.5万元")
    fen = _exact(match[1]) * (1_000_000 if match[2] else 100)
    if fen.denominator != 1:
        raise found.fail(f"「{found.text}」不足一分", "金额最多写到分")
    return int(fen)


def read_number(found: Located) -> Fraction:
    """A number or a percentage, exact."""
    text = narrow(found.text)
    if match := _RATIO.fullmatch(text):
        return _exact(match[1]) / 100
    if _PLAIN.fullmatch(text) is None:
        raise found.fail(f"「{found.text}」不是数", "例如 3、1.5、60%；带「元」的请把类型写成「金额」")
    return _exact(text)


def read_whole(found: Located) -> int:
    """A whole number."""
    text = narrow(found.text)
    value = _exact(text) if _PLAIN.fullmatch(text) else None
    if value is None or value.denominator != 1:
        raise found.fail(f"「{found.text}」应是整数", "例如 12")
    return int(value)


def read_date(found: Located) -> date:
    """A day: 2026-04-01, 2026/4/1, 2026.4.1, 2026年4月1日 or 20260401."""
    text = narrow(found.text)
    match = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    parts = [part for part in match.groups() if part] if match else []
    if len(parts) != 3:
        raise found.fail(f"「{found.text}」不是日期", "例如 2026-04-01")
    return _day(found, parts)


def read_month(found: Located) -> date:
    """A month as its first day: 2026-04, 2026年4月, 202604."""
    text = narrow(found.text)
    match = _MONTH.fullmatch(text) or _COMPACT.fullmatch(text)
    parts = [part for part in match.groups() if part] if match else []
    if len(parts) != 2:
        raise found.fail(f"「{found.text}」不是年月", "例如 2026-04")
    return _day(found, [*parts, "1"])


def read_option(found: Located, codes: CodeTable) -> str:
    """An option's code, written as its label or its code."""
    wanted = narrow(found.text)
    for word in (found.text, wanted):
        code = codes.code(word)
        if code is not None:
            return code
    for option in codes.options:
        if narrow(option.label) == wanted:
            return option.code
    labels = [option.label for option in codes.options if not option.retired]
    advice = did_you_mean(found.text, labels) or f"只有：{_some(labels)}"
    raise found.fail(f"代码表「{codes.id}」没有选项「{found.text}」", advice)


def read_options(found: Iterable[Located], codes: CodeTable) -> frozenset[str]:
    """A set of option codes; the same option twice is a fault."""
    chosen: set[str] = set()
    for item in found:
        code = read_option(item, codes)
        if code in chosen:
            raise item.fail(f"选项「{item.text}」写了两次", "请删去一处")
        chosen.add(code)
    return frozenset(chosen)


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as their narrow twins, spaces trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def _exact(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _day(found: Located, parts: list[str]) -> date:
    year, month, day = map(int, parts)
    try:
        return date(year, month, day)
    except ValueError:
        raise found.fail(f"「{found.text}」不是真实的日期", "请核对月和日") from None


def _some(labels: list[str], most: int = 12) -> str:
    return "、".join(labels[:most]) + (f" 等 {len(labels)} 项" if len(labels) > most else "")
