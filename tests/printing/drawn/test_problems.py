"""Whatever a drawn form cannot do is listed at its cell before anyone prints it; nothing becomes a silent blank."""

from datetime import date

import pytest
from openpyxl.styles import Border
from openpyxl.worksheet.worksheet import Worksheet

from clerk.errors import UserCanFix
from printing.drawn.compiling import Wish
from tests.printing.drawn.sheets import FORM, Rows, a_sheet, imported, told


def with_cell(row: int, column: int, text: str) -> Rows:
    rows = [list(line) for line in FORM]
    rows[row][column] = text
    return rows


def only(rows: Rows) -> list[str]:
    """The problems that a change of the form adds."""
    usual = told(a_sheet())
    return [words for words in told(a_sheet(rows)) if words not in usual]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{手几}", "F4　没有「手几」这一项，是不是「手机"),
        ("{手机", "F4　花括号没有成对"),
        ("{周岁(出生日棋)}", "F4　{周岁(出生日棋)}：没有这个名称「出生日棋」"),
        ("{车辆类型}", "F4　「车辆类型」是「车辆」的内容，这一行不是"),
    ],
)
def test_an_unknown_placeholder_is_listed_at_its_cell_and_keeps_the_paper_out(text: str, said: str) -> None:
    found = imported(a_sheet(with_cell(1, 5, text)))
    assert found.paper is None
    (problem,) = [one for one in found.problems if one.hard]
    assert str(problem).startswith(said)


def test_a_label_of_several_fields_lists_the_choices() -> None:
    rows = [["享受人", "{已享.姓名}", "类别", "{用途}", None, None]]
    found = imported(a_sheet([["车", "{车辆.用途}", None, None, None, None]], ()))
    assert found.paper is not None  # told apart by its table
    (problem,) = [one for one in imported(a_sheet(rows, ())).problems if one.hard]
    assert (problem.address, "用途" in problem.message) == ("D3", True)


def test_a_mark_that_names_no_table_is_refused_at_its_row() -> None:
    found = imported(a_sheet(with_cell(3, 0, "{重复 成元 至少4}{姓名}")))
    assert any(str(one).startswith("A6　没有表「成元」，是不是「成员」") for one in found.problems if one.hard)


def test_an_option_that_does_not_exist_is_listed_with_those_that_do() -> None:
    (words,) = only(with_cell(1, 1, "{户口性质 选 农业户口 城里户口}"))
    assert words.startswith("B4　没有选项「城里户口」，印不出这个方框，可用：")


def test_boxes_too_small_for_their_fields_are_listed_with_their_size() -> None:
    def narrow(sheet: Worksheet) -> None:
        for letter, wide in zip("ABCDEF", (20, 14, 8, 12, 30, 12), strict=True):
            sheet.column_dimensions[letter].width = wide

    said = told(a_sheet(change=narrow))
    assert any(words.startswith("F3　「证件号」的小格只有") for words in said)
    assert not any("小格只有" in words for words in told(a_sheet()))
    assert any(words.startswith("B3　「姓名」的框太小（") and "最长 25 个字" in words for words in told(a_sheet()))
    assert any("只有 15 个小格，最长 18 位" in words for words in only(with_cell(0, 5, "{证件号 格 15}")))


def test_a_box_drawn_twice_is_listed_at_both_cells() -> None:
    assert {words[:2] for words in only(with_cell(1, 5, "{性别}")) if "有 2 个框" in words} == {"D3", "F4"}


def test_fields_of_the_older_edition_without_a_box_are_listed_with_how_to_add_them() -> None:
    found = imported(a_sheet(), Wish("D12-2", "2027", date(2027, 1, 1)))
    assert "原版（2026-09）有「现住址」（必填），新版没有它的框，需要的话请加 {现住址}" in map(str, found.problems)


def test_formulas_hidden_rows_and_words_beside_the_frame_are_said_by_name() -> None:
    def odd(sheet: Worksheet) -> None:
        sheet["F4"] = "=1+1"
        sheet.row_dimensions[6].hidden = True
        sheet["H5"] = "内部记录"

    said = told(a_sheet(change=odd))
    assert any(words.startswith("F4　公式不导入") for words in said)
    assert any(words.startswith("第6行　隐藏的行也导入了") for words in said)
    assert any(words.startswith("H5　框外的文字「内部记录」不印") for words in said)


def test_an_edition_that_was_used_is_never_drawn_anew() -> None:
    with pytest.raises(UserCanFix, match="已有 2026-09 版，用过的版不能改"):
        imported(a_sheet(), Wish("D12-2", "2026-09"))
    for wish, words in ((Wish("", "1"), "哪份文书"), (Wish("X01", ""), "版号")):
        with pytest.raises(UserCanFix, match=words):
            imported(a_sheet(), wish)


def test_words_below_what_is_read_keep_the_paper_out() -> None:
    def low(sheet: Worksheet) -> None:
        sheet["C900"] = "还有"

    (problem,) = [one for one in imported(a_sheet(change=low)).problems if one.hard]
    assert str(problem).startswith("C900　第400行以下还有内容")


def test_a_form_without_borders_is_read_and_said_to_have_none() -> None:
    def bare(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                cell.border = Border()

    found = imported(
        a_sheet([["姓名", "{姓名}", None, None, None, None], ["手机", "{手机}", None, None, None, None]], (), bare)
    )
    assert found.paper is not None
    assert any("没有画边框" in one.message for one in found.problems)
    assert found.boxes >= 2
