"""The policy list as lines, and its reasons."""

from fractions import Fraction
from math import inf

import pytest

from clerk.screening import Standing
from forms.language.results import AmountSaid
from forms.language.values import Range
from tests.ui.test_controller import a_desk, case
from ui.offers.lines import amount_words, lines, say_amount
from ui.offers.reasons import reasons


def everything(desk: object) -> list:
    return lines(desk.screening(), desk, lambda offer: True, frozenset())  # type: ignore[attr-defined]


def test_what_can_be_applied_for_stands_first_and_is_picked() -> None:
    shown = everything(case("C01"))
    assert shown[0].heading
    assert shown[0].title == "可申请"
    assert shown[1].chosen is True
    assert shown[1].sign + shown[1].word == "●符合"


def test_a_folded_group_says_how_many_it_holds() -> None:
    desk = case("C01")
    folded = lines(desk.screening(), desk, lambda offer: True, frozenset({Standing.NO}))
    (heading,) = [line for line in folded if line.standing is Standing.NO]
    assert heading.count > 10


def test_members_with_the_same_answer_share_a_line() -> None:
    shown = everything(a_desk())
    waiting = [line.title for line in shown if line.standing is Standing.MISSING and not line.heading]
    assert len(waiting) == len(set(waiting))


def test_a_line_is_spoken_whole() -> None:
    line = next(line for line in everything(case("C01")) if line.title == "单人纳入低保" and line.whose == "张某山")
    assert line.spoken == "已选，符合单人纳入低保，张某山，313元/月"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Range(31300, 31300), "313元"),
        (Range(31350, 31350), "313.50元"),
        (Range(0, 83200), "至多832元"),
        (Range(0, inf), "待定"),
        (Range(10000, 20000), "100–200元"),
        (Range(10000, inf), "100元以上"),
    ],
)
def test_an_amount_says_how_sure_it_is(value: Range, words: str) -> None:
    assert say_amount(value, "元") == words


def test_amounts_of_one_period_are_added_up() -> None:
    parts = [AmountSaid("甲", "每月", "元", Range(221600, 221600)), AmountSaid("乙", "每月", "元", Range(28400, 28400))]
    assert amount_words([*parts, AmountSaid("丙", "每年", "元", Range(Fraction(50000), Fraction(50000)))]) == "2500元/月 500元/年"


def test_reasons_show_values_standards_and_sources_and_the_failing_first() -> None:
    desk = case("C01")
    line = next(line for line in everything(desk) if line.title == "最低生活保障")
    text = reasons(line.offers, desk, 11)
    assert "车辆" in text
    assert text.index("—") < text.index("●")
    assert "条" in text
    assert "待核" in text or "社会救助法" in text


def test_text_of_the_household_cannot_break_the_page() -> None:
    desk = a_desk()
    (row,) = desk.rows("成员")
    from ui.intake.desk import Spot

    desk.type(Spot("成员", row, "姓名"), "<b>某")
    line = next(line for line in everything(desk) if line.whose == "<b>某")
    assert "<b>某" not in reasons(line.offers, desk, 11)
