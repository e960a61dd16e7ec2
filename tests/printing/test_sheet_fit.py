"""Columns wide enough and rows high enough: nothing a clerk must read is cut, on paper or on screen."""

from dataclasses import replace

import pytest

from printing.sheet_fit import ROW, fit, line_count, text_width
from printing.sheet_rows import Cell, Format, Sheet, SheetColumn
from tests.printing.test_workbook import a_sheet, opened

ADDRESS = "青山镇红星村二组18号（老村部东侧第二排，从粮站旧址进巷）"


def a_table(columns: dict[str, list[Cell]], **changes: object) -> Sheet:
    """A sheet of text columns with the cells given."""
    shape = tuple(SheetColumn(heading, Format.TEXT) for heading in columns)
    return a_sheet(list(zip(*columns.values(), strict=True)), columns=shape, totals=(), **changes)


def wide_table(count: int, **changes: object) -> Sheet:
    """So many columns of identity numbers that the paper must shrink them, and one of addresses."""
    numbers: dict[str, list[Cell]] = {f"证件号{at}": ["99010119800101123X"] * 2 for at in range(count)}
    return a_table({**numbers, "现住址": [ADDRESS, "红星村"]}, **changes)


def printed_width(page: object) -> float:
    return sum(column.width for column in page.column_dimensions.values()) * 5.25  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", ["99010119800101123X", "990101001-2026-00002", "13800005678", "张某军", "示例县"])
def test_numbers_codes_and_names_keep_to_one_line_however_full_the_sheet(value: str):
    measured = fit(replace(a_table({f"列{at}": [value] for at in range(40)})))
    for column in measured.columns[1:]:
        assert not column.wraps
        assert column.width >= text_width(value) + 4


def test_a_long_text_takes_few_lines_and_its_row_is_as_high_as_they_are():
    page = opened(wide_table(12)).worksheets[0]
    width = page.column_dimensions["N"].width * 5.25
    assert width < text_width(ADDRESS) / 2
    lines = line_count(ADDRESS, width - 5)
    assert 2 <= lines <= 4
    assert page.row_dimensions[4].height >= lines * 12
    assert page.row_dimensions[5].height is None
    assert page["N4"].alignment.wrap_text
    assert page.sheet_format.defaultRowHeight == ROW


def test_where_there_is_room_words_stay_on_one_line():
    measured = fit(wide_table(2))
    assert not measured.columns[-1].wraps
    assert measured.scale == 1
    assert not measured.height(("", "", ADDRESS))


def test_a_narrow_sheet_fills_its_page_a_full_one_is_printed_as_large_as_it_goes():
    page = 841.9 - 2 * 0.59 * 72
    few, many = fit(wide_table(3)), fit(wide_table(12))
    assert page * 0.9 <= sum(column.width for column in few.columns) <= page + 0.1
    assert many.scale == pytest.approx(page / sum(column.width for column in many.columns))
    assert 0.5 < many.scale < 1
    assert fit(wide_table(12, paper="A3")).scale > many.scale * 1.35


def test_a_wide_roster_lies_on_a3_when_its_data_says_so():
    assert opened(wide_table(12, paper="A3")).worksheets[0].page_setup.paperSize == 8
    assert opened(wide_table(12)).worksheets[0].page_setup.paperSize == 9


def test_titles_of_a_shrunk_sheet_are_larger_so_that_they_print_in_their_size():
    few, many = (opened(wide_table(count)).worksheets[0] for count in (3, 12))
    scale = fit(wide_table(12)).scale
    assert few["A1"].font.sz == 18
    assert many["A1"].font.sz * scale == pytest.approx(18, abs=1)
    assert many.row_dimensions[1].height > few.row_dimensions[1].height


def test_amounts_and_days_have_room_for_the_longest_and_for_their_total():
    columns = (SheetColumn("金额", Format.MONEY), SheetColumn("日", Format.DATE), SheetColumn("月", Format.MONTH))
    measured = fit(a_sheet([(100, None, None)], columns=columns, totals=(12_345_678_901_23, None, None)))
    wanted = ("12345678901.23", "2026-09-01", "2026年09月")
    for column, longest in zip(measured.columns[1:], wanted, strict=True):
        assert column.width >= text_width(longest) + 4


def test_a_column_of_numbers_has_room_for_one_written_by_hand():
    columns = (SheetColumn("证件号", Format.TEXT, room=18), SheetColumn("姓名", Format.TEXT))
    empty = fit(a_sheet([], columns=columns, totals=()))
    assert empty.columns[1].width >= text_width("9" * 18)
    assert empty.columns[2].width < empty.columns[1].width / 2


def test_words_in_a_column_of_money_make_their_row_higher_too():
    columns = tuple(SheetColumn("上期发放金额", Format.MONEY) for _ in range(40))
    measured = fit(a_sheet([("按照第二季度的标准另行核定之后补发",) * 40], columns=columns, totals=()))
    assert measured.columns[1].wraps
    assert measured.height(("按照第二季度的标准另行核定之后补发",) * 40) > ROW


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("红星村", 27, 1),
        ("红星村", 26, 2),
        ("红星村二组18号", 36, 2),  # 18 stays whole
        ("一二三四。五", 36, 2),  # the full stop takes 四 along
        ("一\n二\n三", 90, 3),
        ("", 90, 1),
        ("9" * 30, 60, 3),
    ],
)
def test_lines_are_counted_as_a_sheet_breaks_them(text: str, width: float, lines: int):
    assert line_count(text, width) == lines


def test_headings_stand_whole_in_at_most_three_lines():
    headings = ["家庭人口", "与申请人关系", "家庭可计收入合计数额", "乡镇（街道）", "住房面积（㎡）"]
    measured = fit(a_table({heading: ["是"] for heading in [*headings, *map(str, range(30))]}))
    for heading, column in zip(headings, measured.columns[1:], strict=False):
        assert 1 <= line_count(heading, column.width - 5) <= 3
    assert line_count("乡镇（街道）", measured.columns[4].width - 5) == 1
    assert measured.heading >= 3 * 12


def test_footers_have_their_own_room_below_the_table():
    page = opened(a_sheet()).worksheets[0]
    assert page.page_margins.bottom - page.page_margins.footer >= 0.4
    assert page.page_margins.left == page.page_margins.right == 0.59
    assert page.HeaderFooter.scaleWithDoc is False


def test_numbers_shrink_rather_than_be_cut_by_a_wider_face():
    page = opened(a_sheet()).worksheets[0]
    assert all(page.cell(4, at).alignment.shrink_to_fit for at in (1, 4, 5, 6, 7, 8, 9))
