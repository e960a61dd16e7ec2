"""Identity numbers are judged by checksum and date; the region is only a hint."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.identity import (
    CHECKS,
    Document,
    check_character,
    luhn,
    read_disability_card,
    read_identity,
    temporary_number,
)
from clerk.people import read_account, read_name, read_phone
from tests.builders import DAY, an_id

DEMO = ("990101", "990201", "980102")


def blocking(identity):
    return [each for each in identity.complaints if each.hard or each.reason]


days = st.dates(date(1880, 1, 1), DAY)
numbers = st.builds(
    lambda born, order, region: an_id(f"{born:%Y%m%d}", order, f"{region:06d}"),
    days,
    st.integers(0, 999),
    st.integers(110000, 659999),
)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_published_samples_are_valid(number):
    assert not read_identity(number, DAY).complaints


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "'11010519491231002X",
        "\u200b110105\u300019491231002x\n",
    ],
)
def test_the_way_a_number_is_typed_does_not_matter(typed):
    read = read_identity(typed, DAY)
    assert (read.number, read.complaints) == ("11010519491231002X", ())


def test_a_wrong_check_character_asks_for_a_reason():
    (complaint,) = read_identity("110105194912310021", DAY).complaints
    assert complaint.reason
    assert not complaint.hard


@pytest.mark.parametrize("number", ["990101202602300016", "990101202701010014", an_id("18790101")])
def test_a_birth_date_that_cannot_be_is_refused(number):
    assert [each.hard for each in read_identity(number, DAY, None, DEMO).complaints] == [True]


def test_somebody_born_today_is_believed():
    assert not blocking(read_identity(an_id("20260901"), DAY))


def test_a_fifteen_digit_number_is_made_longer_with_a_hint():
    read = read_identity("110105491231002", DAY)
    assert read.number == "11010519491231002X"
    assert read.complaints
    assert not blocking(read)


@pytest.mark.parametrize(
    ("region", "document"),
    [
        ("810000", Document.RESIDENCE),
        ("820000", Document.RESIDENCE),
        ("830000", Document.RESIDENCE),
        ("911200", Document.FOREIGNER),
        ("440308", Document.RESIDENT),
        ("310115", Document.RESIDENT),
        ("990101", Document.RESIDENT),
    ],
)
def test_every_series_is_recognised_without_a_hint(region, document):
    read = read_identity(an_id("19600101", 12, region), DAY, None, DEMO)
    assert (read.document, read.sex, read.complaints) == (document, "女", ())


def test_an_unknown_region_is_only_a_hint():
    read = read_identity(an_id("19600101", 11, "770102"), DAY)
    assert read.complaints
    assert not blocking(read)


@pytest.mark.parametrize(
    ("number", "document", "good"),
    [
        ("E12345678", Document.PASSPORT, True),
        ("E1-2", Document.PASSPORT, False),
        ("H1234567890", Document.PERMIT, True),
        ("R120000001", Document.BIRTH, True),
        ("R12", Document.BIRTH, False),
        ("WZ99010100120260001", Document.NONE, True),
        ("随便", Document.NONE, False),
        ("任意ABC", Document.OTHER, True),
    ],
)
def test_other_papers_have_their_own_shapes(number, document, good):
    read = read_identity(number, DAY, document)
    assert bool(blocking(read)) is not good
    assert read.document is document


def test_without_a_chosen_paper_a_passport_asks_which_paper_it_is():
    assert [each.reason for each in read_identity("E12345678", DAY).complaints] == [True]


def test_a_number_of_seventeen_digits_is_refused_with_its_length():
    (complaint,) = read_identity("11010519491231002", DAY).complaints
    assert complaint.hard
    assert "17位" in complaint.message


@given(numbers)
def test_every_built_number_is_believed(number):
    read = read_identity(number, DAY, Document.RESIDENT, (number[:6],))
    assert not read.complaints
    assert read.born == date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    assert read.sex == ("男" if int(number[16]) % 2 else "女")


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789"))
def test_no_single_wrong_digit_passes(number, place, digit):
    wrong = number[:place] + digit + number[place + 1 :]
    if wrong != number:
        assert blocking(read_identity(wrong, DAY, Document.RESIDENT))


@given(numbers, st.integers(0, 16))
def test_no_swap_of_neighbours_passes(number, place):
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if wrong != number:
        assert blocking(read_identity(wrong, DAY, Document.RESIDENT))


@given(st.text(max_size=40))
def test_nothing_typed_can_break_the_reading(text):
    read = (read_identity(text, DAY), read_disability_card(text, DAY), read_account(text), read_phone(text), read_name(text))
    assert None not in read


def test_the_check_character_is_one_of_eleven():
    assert {check_character(f"{n:017d}") for n in range(200)} == set(CHECKS)


@pytest.mark.parametrize(
    ("number", "kind", "grade", "good"),
    [
        ("99010119560308911741", "4", "1", True),
        ("99010119560308911741B1", "4", "1", True),
        ("99010119560308911781", "", "", False),
        ("9901011956030891174", "", "", False),
        ("99010119560308911641", "4", "1", False),
    ],
)
def test_a_disability_card_is_split_or_complained_about(number, kind, grade, good):
    card = read_disability_card(number, DAY)
    assert (card.kind, card.grade, not card.complaints) == (kind, grade, good)


@pytest.mark.parametrize("number", ["622500000000000014", "6225000000000000015"])
def test_accounts_that_pass_luhn_give_no_hint(number):
    assert luhn(number)
    assert read_account(number) == (number, ())


def test_an_account_that_fails_luhn_is_kept_with_a_hint_only():
    account, (hint,) = read_account("6225 0000 0000 0000 10")
    assert account == "622500000000000010"
    assert not hint.reason
    assert not hint.hard


def test_an_account_of_eleven_digits_asks_for_a_reason():
    assert read_account("12345678901")[1][0].reason


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("古某•肉某", "古某·肉某"),
        ("古某。肉某", "古某·肉某"),
        ("古某 ● 肉某", "古某·肉某"),
        ("古某．肉某", "古某·肉某"),
        ("古某→肉某", "古某→肉某"),
        (" 张 某 军 ", "张某军"),
        ("John  Smith", "John Smith"),
        ("Ｊohn", "John"),
        ("㛃", "㛃"),
        ("𠅤某", "𠅤某"),
        ("𬱖某", "𬱖某"),
        ("䶮某", "䶮某"),
        ("某" * 25, "某" * 25),
    ],
)
def test_a_name_keeps_every_character_and_gets_one_kind_of_dot(typed, kept):
    assert read_name(typed) == (kept, ())


def test_a_name_of_fifty_one_characters_is_refused_and_not_cut():
    name, (complaint,) = read_name("某" * 51)
    assert len(name) == 51
    assert complaint.hard


@pytest.mark.parametrize("name", ["张?军", "张□", "张3", "张\ue000"])
def test_a_stand_in_for_a_rare_character_is_pointed_out(name):
    kept, (hint,) = read_name(name)
    assert kept == name
    assert not hint.hard


@pytest.mark.parametrize(
    ("typed", "kept", "good"),
    [
        ("138 0013 8000", "13800138000", True),
        ("+86 138-0013-8000", "13800138000", True),
        ("0411-88887777；１３９００１３９０００", "0411-88887777、13900139000", True),
        ("02388887777", "02388887777", True),
        ("1380013", "1380013", False),
        ("12800138000", "12800138000", False),
    ],
)
def test_phones_are_tidied_and_doubtful_ones_ask_for_a_reason(typed, kept, good):
    phones, complaints = read_phone(typed)
    assert (phones, not complaints) == (kept, good)
    assert all(each.reason for each in complaints)


def test_a_lent_number_is_read_back_as_no_document():
    number = temporary_number("990101001", 2026, 7)
    assert number == "WZ99010100120260007"
    assert read_identity(number, DAY).document is Document.NONE
