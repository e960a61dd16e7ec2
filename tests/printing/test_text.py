"""Lines of Chinese text: whole, unbroken where they must be, and never beginning or ending wrongly."""

from hypothesis import given
from hypothesis import strategies as st

from printing.marks import KAI, SONG
from printing.text import CLOSING, OPENING, Style, fit, split, width

STYLE = Style(SONG, 10.5, 7.0)
WORDS = st.lists(
    st.sampled_from(
        [
            "困难",
            "家庭",
            "（",
            "）",
            "《",
            "》",
            "，",
            "。",
            "：",
            "4.8万元",
            "2026-09-01",
            "A12",
            "·",
            "——",
            "“",
            "”",
            "%",
        ]
    ),
    min_size=1,
    max_size=60,
).map("".join)


def _calm(text: str) -> bool:
    """Without long runs of punctuation, which no line can hold together."""
    marks = set(OPENING + CLOSING)
    return all(not set(text[at : at + 4]) <= marks for at in range(len(text) - 3))


@given(WORDS.filter(_calm), st.integers(12, 40))
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(text: str, ems: int) -> None:
    lines, rest = split(text, ems * 10.5, 999, SONG, 10.5)
    assert not rest
    assert not any(line[0] in CLOSING for line in lines[1:] if line)
    assert not any(line[-1] in OPENING for line in lines[:-1] if line)


@given(
    st.text(alphabet="困难的家庭，。（）“”1234567890. abcXYZ\n", max_size=300), st.integers(3, 30), st.integers(0, 8)
)
def test_lines_and_rest_are_the_whole_text_and_no_line_is_too_long(text: str, ems: int, room: int) -> None:
    lines, rest = split(text, ems * 9, room, KAI, 9)
    assert len(lines) <= room
    assert "".join("".join([*lines, rest]).split()) == "".join(text.split())
    assert all(width(line, KAI, 9) <= ems * 9 + 0.01 for line in lines)


@given(WORDS, st.floats(20, 200), st.floats(8, 60))
def test_a_fitted_text_and_its_continuation_are_complete_and_inside_the_box(
    text: str, wide: float, high: float
) -> None:
    fitted = fit(text, wide, high, STYLE, "见附页")
    said = "".join(fitted.lines).removesuffix("见附页") if fitted.rest else "".join(fitted.lines)
    assert said + fitted.rest == text
    assert len(fitted.lines) == 1 or fitted.size * (1 + (len(fitted.lines) - 1) * STYLE.pitch) <= high + 0.1
    assert STYLE.least - 0.01 <= fitted.size <= STYLE.size


def test_numbers_and_words_stay_whole() -> None:
    lines, _ = split("自付医疗费用合计48,000.50元，见票据ABC-1029号", 10.5 * 9, 99, SONG, 10.5)
    assert any("48,000.50" in line for line in lines)
    assert any("ABC-1029" in line for line in lines)


def test_the_policy_goes_one_line_then_shrinks_then_wraps_then_shrinks_more_then_continues() -> None:
    def size_and_lines(count: int) -> tuple[float, int, bool]:
        fitted = fit("某" * count, 105, 30, STYLE, "见附页")
        return fitted.size, len(fitted.lines), bool(fitted.rest)

    assert size_and_lines(10) == (10.5, 1, False)
    assert size_and_lines(11) == (105 / 11, 1, False)
    assert size_and_lines(20) == (10.5, 2, False)
    size, lines, rest = size_and_lines(40)
    assert (lines, rest) == (3, False)
    assert 7.0 <= size < 10.5
    assert size_and_lines(90) == (7.0, 3, True)


def test_a_name_of_25_characters_stays_whole_in_a_narrow_cell() -> None:
    name = "阿卜杜热西提·买买提艾力江·阿不都克里木买买提明江依"
    fitted = fit(name, 62, 24, Style(KAI, 10.5, 6.5, 1.12), "见附页")
    assert "".join(fitted.lines) == name
    assert not fitted.rest


def test_an_overlong_word_is_cut_rather_than_lost() -> None:
    lines, rest = split("1234567890" * 8, 105, 99, SONG, 10.5)
    assert "".join(lines) == "1234567890" * 8
    assert not rest
