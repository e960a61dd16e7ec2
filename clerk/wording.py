"""Values in words: as a clerk would type them, as a paper prints them, as a public list may show them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from clerk.answers import code_table
from forms.catalogue import Catalogue
from forms.language.results import AmountSaid
from forms.language.values import Range
from forms.schema import Field, Kind, Value

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def typed(value: Value, field: Field, catalogue: Catalogue) -> str:
    """The value as a clerk may type it into its field again: it reads back to the same value."""
    if field.kind is Kind.MONTH and isinstance(value, date):
        return f"{value:%Y-%m}"
    if field.kind is Kind.MONEY and isinstance(value, int):
        return money(value).removesuffix(".00")
    if field.kind is Kind.NUMBER and isinstance(value, Fraction | int):
        return str(Fraction(value))
    return say(value, field.kind, catalogue, field.codes, iso=True)


def say(value: Value | Range | None, kind: Kind | None, catalogue: Catalogue, codes: str = "", *, iso: bool = False) -> str:
    """The value in words for papers and screens: option labels, 是/否, `1234.00`, 2026年9月1日; unknown is empty.

    `iso` writes dates as 2026-09-01. A range says both ends, so that nobody takes it for an amount.
    """
    if value is None:
        return ""
    if isinstance(value, Range):
        return say_range(value, kind)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return _say_day(value, kind, iso)
    if isinstance(value, frozenset):
        return "、".join(_labels(value, catalogue, codes))
    if kind is Kind.OPTION and isinstance(value, str):
        return code_table(catalogue, codes).label(value)
    if kind is Kind.REGION and isinstance(value, str) and not iso:
        return region_name(value, catalogue)
    return money(value) if kind is Kind.MONEY and isinstance(value, int) else number(value)


def say_range(value: Range, kind: Kind | None, unit: str = "") -> str:
    """A number that may still be open, each end with its unit: `1.00元`, `1.00元至3.00元`, `1.00元以上`, 待定."""

    def one(end: int | Fraction | float) -> str:
        if isinstance(end, float):
            return ""
        return (money(round_half_up(end)) if kind is Kind.MONEY else number(end)) + unit

    if value.known:
        return one(value.low)
    low, high = one(value.low) if value.low else "", one(value.high)
    if low and high:
        return f"{low}至{high}"
    return f"{low}以上" if low else f"{high}以下" if high else "待定"


def paid_words(amounts: Iterable[AmountSaid]) -> str:
    """Amount lines joined: `甲金 900.00元/月＋乙金 100.00元/月`; empty without any."""
    return "＋".join(f"{one.id} {paid_word(one)}" for one in amounts)


def paid_word(amount: AmountSaid) -> str:
    """One amount with its unit and period: `900.00元/月`."""
    kind = Kind.MONEY if amount.unit == "元" else Kind.NUMBER
    period = {"每月": "/月", "每年": "/年", "每季": "/季", "每日": "/日"}.get(amount.period, f"（{amount.period}）")
    return say_range(amount.value, kind, amount.unit) + period


def money(fen: int) -> str:
    """Fen as yuan with two decimals, without separators: `1234.00`."""
    return f"{Decimal(fen) / 100:.2f}"


def number(value: Value | float) -> str:
    """A number without useless zeros, at most two decimals (half up); words stay as they are."""
    if isinstance(value, Fraction):
        rounded = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"{rounded:f}".rstrip("0").rstrip(".")
    return str(value)


def percent(value: Fraction) -> str:
    """A ratio as a percentage with two decimals, half up; for the eye only, rules compare unrounded."""
    rounded = (Decimal(value.numerator) * 100 / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded:f}%"


def long_date(day: date) -> str:
    """2026年9月1日, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def capitals(fen: int) -> str:
    """An amount in the banking capitals of 正确填写票据和结算凭证的基本规定: 壹仟贰佰叁拾元整, 零伍分, 负 for a minus."""
    if fen < 0:
        return "负" + capitals(-fen)
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    whole = _capital_integer(yuan) + "元" if yuan or not (jiao or rest) else ""
    if not jiao and not rest:
        return whole + "整"
    tenth = _DIGITS[jiao] + "角" if jiao else ("零" if whole else "")
    return whole + tenth + (_DIGITS[rest] + "分" if rest else "整")


def region_name(code: str, catalogue: Catalogue) -> str:
    """The full words of a region code, from the widest known part to the code itself; the code where nothing is known."""
    parts = [catalogue.regions.get(code[:length], "") for length in (2, 4, 6, 9, 12) if length <= len(code)]
    words = ""
    for part in parts:  # some lists say each part alone, some the whole way down to it
        words = part if part.startswith(words) else words + part
    if parts and parts[-1]:
        return words
    return f"{words}（{code}）" if words else code


def region_part(code: str, digits: int, catalogue: Catalogue) -> str:
    """The words of one level of a region code alone: of the county at 6 digits, the township at 9, the village at 12.

    Empty where the code does not go down so far; its own digits where the level has no name.
    """
    own, parent = code[:digits], {6: 4, 9: 6, 12: 9}[digits]
    if len(code) < digits or not own[parent:].strip("0"):
        return ""
    name = catalogue.regions.get(own, "")
    wider = {own[:length] for length in (2, 4, 6, 9)} | {f"{own[:2]}0000", f"{own[:4]}00"}
    above = [catalogue.regions.get(each, "") for each in wider - {own}]  # some lists say the whole way down to a place
    return name.removeprefix(max(filter(name.startswith, above), key=len, default="")) or name or own


def mask_identity(number: str) -> str:
    """First six and last four of an identity number, eight stars between; short numbers show the last two only."""
    return f"{number[:6]}********{number[-4:]}" if len(number) >= 15 else "*" * max(len(number) - 2, 0) + number[-2:]


def mask_phone(phone: str) -> str:
    """`138****5678`; several numbers are masked each for itself."""
    return "、".join(f"{one[:3]}****{one[-4:]}" if len(one) >= 11 else "****" + one[-2:] for one in phone.split("、"))


def mask_account(account: str) -> str:
    """Stars and the last four of an account."""
    return "*" * max(len(account) - 4, 0) + account[-4:]


def mask_name(name: str) -> str:
    """张某某 style: the first character stays, each other becomes 某."""
    return name[:1] + "某" * min(max(len(name) - 1, 0), 2)


def masked(text: str, kind: Kind | None) -> str:
    """A text as a list that leaves the office may show it, by the kind of its question."""
    if kind is Kind.ID or kind is Kind.DISABILITY_CARD:
        return mask_identity(text)
    if kind is Kind.PHONE:
        return mask_phone(text)
    if kind is Kind.ACCOUNT:
        return mask_account(text)
    return mask_name(text) if kind is Kind.NAME else "＊" * min(len(text), 4)


def _labels(codes_chosen: frozenset[str], catalogue: Catalogue, codes: str) -> list[str]:
    table = code_table(catalogue, codes) if codes else None
    if table is None:
        return sorted(codes_chosen)
    order = [option.code for option in table.options]
    return [table.label(code) for code in sorted(codes_chosen, key=lambda c: (order.index(c) if c in order else 999, c))]


def _say_day(day: date, kind: Kind | None, iso: bool) -> str:
    if kind is Kind.MONTH:
        return f"{day:%Y-%m}" if iso else f"{day.year}年{day.month}月"
    return day.isoformat() if iso else long_date(day)


def round_half_up(value: int | Fraction) -> int:
    """A number of fen to the whole fen, halves up: money is rounded once, at the end."""
    return int((Fraction(value) + Fraction(1, 2)) // 1)


def _capital_integer(value: int) -> str:
    if value == 0:
        return "零"
    groups: list[int] = []
    while value:
        value, low = divmod(value, 10000)
        groups.append(low)
    said, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            said += ("零" if said and (gap or group < 1000) else "") + _capital_group(group) + _GROUPS[place]
        gap = not group
    return said


def _capital_group(group: int) -> str:
    said = "".join(
        (_DIGITS[int(digit)] + _PLACES[len(str(group)) - 1 - index]) if digit != "0" else "零"
        for index, digit in enumerate(str(group))
    )
    return re.sub("零+", "零", said).rstrip("零")
