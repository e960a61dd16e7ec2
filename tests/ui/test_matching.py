"""Picking from a list by a few letters."""

import pytest

from clerk.pinyin import readings
from ui.intake.matching import Choice, matches

VILLAGES = [Choice("1", "红星村", "990101100201"), Choice("2", "红旗村", "990101100202"), Choice("3", "向阳村", "990101100203")]
ACCIDENTS = [Choice(word, word) for word in ("火灾", "交通事故", "溺水", "人身伤害", "重大疾病")]


def best(query: str, choices: list[Choice]) -> list[str]:
    return [choice.label for choice in matches(query, choices, readings)]


def test_nothing_typed_offers_everything_in_its_order() -> None:
    assert best("", VILLAGES) == ["红星村", "红旗村", "向阳村"]


@pytest.mark.parametrize(("query", "wanted"), [("hx", "红星村"), ("HQ", "红旗村"), ("xyc", "向阳村"), ("阳", "向阳村"), ("990101100202", "红旗村")])
def test_initials_words_and_codes_find_the_village(query: str, wanted: str) -> None:
    assert best(query, VILLAGES)[0] == wanted


def test_a_likely_reading_comes_before_an_unlikely_one() -> None:
    assert best("rs", ACCIDENTS)[0] == "人身伤害"


def test_a_character_of_two_readings_is_found_by_both() -> None:
    assert best("zd", ACCIDENTS) == ["重大疾病"]
    assert best("cd", ACCIDENTS) == ["重大疾病"]


def test_letters_in_the_middle_find_it_too() -> None:
    assert best("sh", ACCIDENTS) == ["人身伤害"]


def test_what_fits_nothing_offers_nothing() -> None:
    assert best("qqq", VILLAGES) == []
