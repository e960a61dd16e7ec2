"""Two editions differ box by box, in words."""

import re

from forms.paper import Paper
from printing.drawn.comparing import compare
from tests.printing.drawn.sheets import FORM, Rows, a_sheet, imported, values


def a_form(rows: Rows = FORM) -> Paper:
    found = imported(a_sheet(rows))
    assert found.paper is not None, found.problems
    return found.paper


def changed(row: int, column: int, text: str | None) -> tuple[str, ...]:
    rows = [list(line) for line in FORM]
    rows[row][column] = text
    return compare(a_form(), a_form(rows), values())


def test_the_same_form_has_no_differences() -> None:
    assert compare(a_form(), a_form(), values()) == ()


def test_boxes_added_and_gone_are_named_with_their_place() -> None:
    added, gone = changed(1, 5, "{民族}")
    assert added.startswith("新增 「手机」{民族}（第1页 左")
    assert gone.startswith("删去 {手机}（原在第1页 左")


def test_a_box_with_another_label_or_another_kind_is_said_to_be_so() -> None:
    assert changed(1, 4, "电话") == ("改名 {手机}：「手机」→「电话」",)
    (said,) = [words for words in changed(0, 5, "{证件号}") if words.startswith("改样")]
    assert said == "改样 {证件号}：格 → 值"


def test_a_row_more_moves_all_below_it_in_one_sentence() -> None:
    rows = [*FORM[:2], ["民族", "{民族}", None, None, "学历", "{文化程度}"], *FORM[2:]]
    merged = ("B4:D4", "B5:D5", "C6:D6", "C7:D7", "C8:D8", "C9:D9", "B10:F10", "B11:F11")
    found = imported(a_sheet(rows, merged))
    assert found.paper is not None
    said = compare(a_form(), found.paper, values())
    assert sum(words.startswith("新增") for words in said) == 2
    (moved,) = [words for words in said if words.startswith("移动 ")]
    assert re.search(r"等 \d 个框：下移 [\d.]+ 毫米$", moved)


def test_a_larger_box_is_said_in_millimetres() -> None:
    def wide(sheet: object) -> None:
        sheet.row_dimensions[9].height = 120  # type: ignore[attr-defined]

    found = imported(a_sheet(change=wide))
    assert found.paper is not None
    (said,) = compare(a_form(), found.paper, values())
    assert said.startswith("变大 「理由」{困难叙述}：")
