"""Literals of data files: money with its unit, ratios, days, options, full-width as typed from a Chinese keyboard."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.literals import narrow, read_literal, read_options
from forms.reading import DataError, Located, Place
from forms.schema import CodeTable, Kind, Option, Value

PLACE = Place("甲.yaml", 3, 7)
LEVELS = CodeTable("等级", (Option("1", "一级"), Option("2", "二级"), Option("9", "（无）")), "", PLACE)


def read(text: str, kind: Kind) -> Value:
    return read_literal(Located(text, PLACE), kind, LEVELS)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("700元", Kind.MONEY, 70000),
        ("７００．５元", Kind.MONEY, 70050),
        ("1.5万元", Kind.MONEY, 1_500_000),
        ("12,000 元", Kind.MONEY, 1_200_000),
        ("-0.01元", Kind.MONEY, -1),
        ("60%", Kind.NUMBER, Fraction(3, 5)),
        ("６０％", Kind.NUMBER, Fraction(3, 5)),
        ("1.5", Kind.NUMBER, Fraction(3, 2)),
        ("12", Kind.INTEGER, 12),
        ("12.0", Kind.INTEGER, 12),
        ("2026-04-01", Kind.DATE, date(2026, 4, 1)),
        ("2026/4/1", Kind.DATE, date(2026, 4, 1)),
        ("2026.4.1", Kind.DATE, date(2026, 4, 1)),
        ("2026年4月1日", Kind.DATE, date(2026, 4, 1)),
        ("20260401", Kind.DATE, date(2026, 4, 1)),
        ("2026-04", Kind.MONTH, date(2026, 4, 1)),
        ("2026年4月", Kind.MONTH, date(2026, 4, 1)),
        ("202604", Kind.MONTH, date(2026, 4, 1)),
        ("是", Kind.FLAG, True),
        ("否", Kind.FLAG, False),
        ("一级", Kind.OPTION, "1"),
        ("２", Kind.OPTION, "2"),
        ("(无)", Kind.OPTION, "9"),
        ("no", Kind.TEXT, "no"),
    ],
)
def test_a_literal_is_read_as_its_kind(text: str, kind: Kind, value: Value) -> None:
    assert read(text, kind) == value


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("700", Kind.MONEY, "金额请写单位，例如 700元"),
        ("七百元", Kind.MONEY, "金额这样写，例如 700元"),
        ("1,00元", Kind.MONEY, "不是金额"),
        ("0.001元", Kind.MONEY, "不足一分"),
        ("700元", Kind.NUMBER, "带「元」的请把类型写成「金额」"),
        ("1/2", Kind.NUMBER, "不是数"),
        ("1.5", Kind.INTEGER, "应是整数"),
        ("true", Kind.FLAG, "应写「是」或「否」"),
        ("2026-13-01", Kind.DATE, "不是真实的日期"),
        ("2026-04", Kind.DATE, "不是日期"),
        ("2026-04-01", Kind.MONTH, "不是年月"),
        ("2026-0401", Kind.DATE, "不是日期"),
        ("三级", Kind.OPTION, "没有选项「三级」"),
    ],
)
def test_a_bad_literal_says_where_and_how_to_write_it(text: str, kind: Kind, words: str) -> None:
    with pytest.raises(DataError) as caught:
        read(text, kind)
    assert str(caught.value).startswith("甲.yaml:3:7 ")
    assert words in str(caught.value)


def test_a_set_of_options_is_read_by_label_or_code() -> None:
    assert read_options([Located("一级", PLACE), Located("2", PLACE)], LEVELS) == {"1", "2"}


def test_an_option_twice_is_a_fault() -> None:
    with pytest.raises(DataError, match="写了两次"):
        read_options([Located("一级", PLACE), Located("1", PLACE)], LEVELS)


@given(st.integers(-(10**12), 10**12))
def test_money_of_any_size_is_read_to_the_fen(fen: int) -> None:
    sign, rest = ("-" if fen < 0 else ""), abs(fen)
    assert read(f"{sign}{rest // 100}.{rest % 100:02d}元", Kind.MONEY) == fen
    assert read(f"{sign}{rest // 100:,}.{rest % 100:02d}元", Kind.MONEY) == fen


@given(st.dates(date(1000, 1, 1)))
def test_any_day_is_read_in_every_way_of_writing_it(day: date) -> None:
    for text in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", f"{day.year}/{day.month}/{day.day}"):
        assert read(text, Kind.DATE) == day


@given(st.text(max_size=8), st.sampled_from([kind for kind in Kind if kind is not Kind.OPTIONS]))
def test_no_text_makes_a_reader_fail_in_another_way(text: str, kind: Kind) -> None:
    believed: Value | DataError
    try:
        believed = read(text, kind)
    except DataError as fault:
        believed = fault
    assert believed is not None


def test_full_width_is_narrowed() -> None:
    assert narrow("　１２．５％ ") == "12.5%"
