"""Values in words."""

from datetime import date
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk import wording
from clerk.answers import Around, read_answer
from forms.language.values import Range
from forms.schema import Kind
from tests.builders import DAY, a_small_catalogue, the_demo_catalogue


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (100, "壹元整"),
        (105, "壹元零伍分"),
        (53_300, "伍佰叁拾叁元整"),
        (100_000_00, "壹拾万元整"),
        (100_001_00, "壹拾万零壹元整"),
        (10_050_00, "壹万零伍拾元整"),
        (10_700_00, "壹万零柒佰元整"),
        (100_100_000_00, "壹亿零壹拾万元整"),
        (1_234_567_89, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
        (-832_00, "负捌佰叁拾贰元整"),
    ],
)
def test_amounts_in_banking_capitals(fen, words):
    assert wording.capitals(fen) == words


@given(st.integers(0, 10**12 - 1))
def test_no_two_neighbouring_amounts_have_the_same_capitals(fen):
    assert wording.capitals(fen) != wording.capitals(fen + 1)


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (None, Kind.MONEY, ""),
        (True, Kind.FLAG, "是"),
        (123_400, Kind.MONEY, "1234.00"),
        (date(2026, 9, 1), Kind.DATE, "2026年9月1日"),
        (date(2026, 9, 1), Kind.MONTH, "2026年9月"),
        (Fraction(1, 3), Kind.NUMBER, "0.33"),
        (Fraction(1, 200), Kind.NUMBER, "0.01"),
        (Range(100, 100), Kind.MONEY, "1.00"),
        (Range(100, 300), Kind.MONEY, "1.00至3.00"),
        (Range(100, inf), Kind.MONEY, "1.00以上"),
        (Range(0, inf), Kind.MONEY, "待定"),
        (Range(0, 300), Kind.MONEY, "3.00以下"),
        (Range(-inf, inf), Kind.MONEY, "待定"),
        ("990101001201", Kind.REGION, "示例县示例乡红星村"),
        ("990101009", Kind.REGION, "示例县（990101009）"),
    ],
)
def test_values_in_words(value, kind, words):
    assert wording.say(value, kind, a_small_catalogue()) == words


def test_each_end_of_an_open_amount_carries_the_unit():
    assert wording.say_range(Range(100, 300), Kind.MONEY, "元") == "1.00元至3.00元"
    assert wording.say_range(Range(2, inf), Kind.NUMBER, "度") == "2度以上"
    assert wording.say_range(Range(0, 0), Kind.MONEY, "元") == "0.00元"


def test_options_are_said_by_label_in_the_order_of_their_table():
    said = wording.say(frozenset({"因学", "因病"}), Kind.OPTIONS, a_small_catalogue(), "致困原因")
    assert said == "因病、因学"


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("990101198605129032", Kind.ID, "990101********9032"),
        ("R12345", Kind.ID, "****45"),
        ("13800138000、041188887777", Kind.PHONE, "138****8000、041****7777"),
        ("6225000000000000015", Kind.ACCOUNT, "***************0015"),
        ("张某军", Kind.NAME, "张某某"),
        ("李某", Kind.NAME, "李某"),
        ("某街12号", Kind.TEXT, "＊＊＊＊"),
    ],
)
def test_masked_forms_show_only_what_a_public_list_may(text, kind, masked):
    assert wording.masked(text, kind) == masked


values = {
    "存款": st.integers(0, 10**12 - 1),
    "占比": st.fractions(max_denominator=10**5, min_value=-(10**9), max_value=10**9),
    "申请日期": st.dates(),
    "致困原因": st.frozensets(st.sampled_from(["因病", "因残", "因学"]), min_size=1),
}


@pytest.mark.parametrize("name", list(values))
@given(data=st.data())
def test_a_value_typed_from_its_words_is_the_same_value(name, data):
    catalogue = a_small_catalogue()
    value = data.draw(values[name])
    field = catalogue.fields[f"家庭.{name}"]
    answer = read_answer(field, wording.typed(value, field, catalogue), Around(catalogue, DAY))
    assert answer.value == value


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("990101100201", ["示例县", "红星镇", "红星村"]),
        ("990101001001", ["示例县", "城关街道", "东门社区"]),
        ("990101100", ["示例县", "红星镇", ""]),
        ("990101", ["示例县", "", ""]),
        ("990101100000", ["示例县", "红星镇", ""]),
        ("980102", ["示例区", "", ""]),
        ("990101100999", ["示例县", "红星镇", "990101100999"]),
        ("", ["", "", ""]),
    ],
)
def test_each_level_of_a_region_has_its_own_words(code, parts):
    assert [wording.region_part(code, digits, the_demo_catalogue()) for digits in (6, 9, 12)] == parts
