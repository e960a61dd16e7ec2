"""Workbooks read back by two readers: what a clerk checks in Excel."""

import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from clerk.errors import UserCanFix
from printing import workbook
from printing.sheet_rows import Cell, Format, Sheet, SheetColumn, Signature, Subtotal
from printing.workbook import workbook_bytes, write_sheets

DAY = date(2026, 9, 7)
COLUMNS = (
    SheetColumn("村（社区）", Format.TEXT),
    SheetColumn("姓名", Format.TEXT),
    SheetColumn("证件号", Format.TEXT),
    SheetColumn("受理日期", Format.DATE),
    SheetColumn("起发月", Format.MONTH),
    SheetColumn("月金额", Format.MONEY),
    SheetColumn("家庭人口", Format.COUNT),
    SheetColumn("面积", Format.NUMBER),
    SheetColumn("备注", Format.TEXT, 30),
)
ROW: tuple[Cell, ...] = (
    "红星村",
    "𠮷某",
    "99010119800101123X",
    date(2026, 9, 1),
    date(2026, 10, 1),
    123456,
    3,
    Fraction(61, 2),
    "无",
)
TOTALS: tuple[Cell, ...] = (None, None, None, None, None, 246912, 6, None, None)


def a_sheet(rows: object = 2, **changes: object) -> Sheet:
    known: dict[str, object] = {
        "name": "新增名单",
        "title": "青山镇新增名单（2026年9月）",
        "unit": "青山镇人民政府",
        "made": DAY,
        "columns": COLUMNS,
        "rows": [ROW] * rows if isinstance(rows, int) else rows,
        "totals": TOTALS,
        "signers": (Signature("审核人"), Signature("填表人", "测试员")),
        "receiver": "县民政局",
        "footer": "内部资料",
        "households": 2,
        "people": 5,
    }
    return Sheet(**(known | changes))  # type: ignore[arg-type]


PAYLOADS = [
    *(
        "=1+1",
        "+SUM(A1)",
        "-2",
        "@cmd",
        '=HYPERLINK("x")',
        "\t=1",
        "\r=1",
        "\n=1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "|=1",
    ),
    *(
        "000123",
        "1E5",
        "1/2",
        "'=1",
        '"=1',
        " =1",
        "{=1}",
        "=cmd|' /C calc'!A0",
        "DDE('cmd';'/C calc';'!A0')",
        "#N/A",
        "TRUE",
    ),
]


def opened(*sheets: Sheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(sheets)))


def test_text_stays_text_dates_are_dates_and_money_has_two_decimals():
    page = opened(a_sheet()).worksheets[0]
    cells = page[4]
    assert [cell.value for cell in cells] == [
        1,
        "红星村",
        "𠮷某",
        "99010119800101123X",
        datetime(2026, 9, 1),  # noqa: DTZ001
        datetime(2026, 10, 1),  # noqa: DTZ001
        1234.56,
        3,
        30.5,
        "无",
    ]
    assert [cell.number_format for cell in cells[3:]] == ["@", "yyyy-mm-dd", 'yyyy"年"mm"月"', "0.00", "0", "0.0#", "@"]


def test_two_readers_agree_on_every_cell():
    data = workbook_bytes([a_sheet(300)])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    slow = list(
        openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=4, max_row=303, values_only=True)
    )
    for quick, careful in zip(rows[3:303], slow, strict=True):
        assert quick == [value.date() if isinstance(value, datetime) else value for value in careful]


def test_each_styled_row_looks_like_the_sample_in_full():
    page = opened(a_sheet(50)).worksheets[0]
    for line in (4, 27, 53):
        for cell in page[line]:
            assert cell.border.left.style == cell.border.bottom.style == "thin"
            assert (cell.font.name, cell.font.sz) == ("宋体", 9)
            assert cell.fill.fill_type is None


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_text_that_looks_like_a_formula_or_a_number_is_only_text(text: str):
    sheet = a_sheet(
        rows=[(text, *ROW[1:])], title=text, unit=text, signers=(Signature(text, text),), totals=(text, *TOTALS[1:])
    )
    data = workbook_bytes([sheet])
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    for place in ("A1", "A2", "B4", "B5", "A6"):
        assert page[place].data_type == "s"
        assert page[place].number_format == "@"
    assert page["B4"].value == text.replace("\r", "\n") or page["B4"].value == text
    parts = _parts(data)
    assert not any(re.search(rb"<f[ >/]", part) for part in parts.values())
    assert not any(b"<hyperlink" in part or b"externalLink" in part for part in parts.values())
    assert b'quotePrefix="1"' not in parts["xl/styles.xml"]


def test_what_xml_cannot_hold_is_left_out_and_the_rest_is_kept():
    page = opened(a_sheet(rows=[("红\x00星\x1b村\ud800", "  两头空格 ", *ROW[2:-1], "一行\n二行<&>\"'")])).worksheets[0]
    assert page["B4"].value == "红星村"
    assert page["C4"].value == "  两头空格 "
    assert page["J4"].value == "一行\n二行<&>\"'"


def test_a_value_of_another_kind_than_its_column_is_written_as_words():
    rows = [(None, "", *ROW[2:3], "待补", "长期", "500元至800元", "不详", True, False)]
    page = opened(a_sheet(rows=rows)).worksheets[0]
    assert [cell.value for cell in page[4]] == [
        1,
        None,
        None,
        ROW[2],
        "待补",
        "长期",
        "500元至800元",
        "不详",
        "是",
        "否",
    ]
    assert page["G4"].number_format == "@"
    assert page["B4"].border.left.style == "thin"


def test_amounts_are_exact_to_the_fen_and_may_be_negative():
    amounts = [0, 1, -1, 99, -12345, 10**11 + 7]
    page = opened(a_sheet(rows=[(*ROW[:5], amount, *ROW[6:]) for amount in amounts])).worksheets[0]
    assert [page.cell(4 + at, 7).value for at in range(6)] == [0, 0.01, -0.01, 0.99, -123.45, 1000000000.07]


def test_the_page_prints_as_offices_want_it():
    page = opened(a_sheet()).worksheets[0]
    assert page["A1"].value == "青山镇新增名单（2026年9月）"
    assert [cell.value for cell in page[2] if cell.value] == [
        "填报单位：青山镇人民政府",
        "填报日期：2026-09-07",
        "单位：元",
    ]
    assert [cell.value for cell in page[3]] == ["序号", *(column.heading for column in COLUMNS)]
    assert page.print_title_rows == "$1:$3"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert page.oddFooter.left.text == "内部资料"
    assert page.freeze_panes == "D4"
    assert page.auto_filter.ref == "A3:J5"
    assert page.dimensions == "A1:J7"
    assert page.column_dimensions["J"].width == 30
    assert page.column_dimensions["D"].width >= 20


def test_totals_and_signatures_follow_the_rows():
    page = opened(a_sheet()).worksheets[0]
    assert [cell.value for cell in page[6]] == ["合计", None, None, None, None, None, 2469.12, 6, None, None]
    assert page["A7"].value == f"审核人：{' ' * 18}填表人：测试员"


def test_an_empty_roster_still_has_its_head_total_and_signatures():
    page = opened(a_sheet(0, totals=(None,) * 5 + (0, 0, None, None))).worksheets[0]
    assert page["A4"].value == "合计"
    assert page["G4"].value == 0
    assert page["A5"].value == f"审核人：{' ' * 18}填表人：测试员"


def test_no_cell_of_the_rows_is_merged():
    page = opened(a_sheet(5)).worksheets[0]
    assert all(area.max_row <= 2 or area.min_row > 9 for area in page.merged_cells.ranges)


def test_several_rosters_have_a_summary_in_front():
    book = opened(
        a_sheet(3), a_sheet(0, name="另一[份]*名单:很长很长很长很长很长很长很长很长很长很长很长", totals=()), a_sheet(1)
    )
    assert book.sheetnames[0] == "汇总"
    assert book.sheetnames[1] == "新增名单"
    assert book.sheetnames[3] == "新增名单-2"
    assert len(book.sheetnames[2]) <= 31
    assert not set(book.sheetnames[2]) & set("[]:*?/\\")
    front = book.worksheets[0]
    rows = list(front.iter_rows(min_row=4, values_only=True))
    assert rows[0] == (1, "新增名单", "县民政局", 3, 2, 5, 2469.12)
    assert rows[1][3:] == (0, 2, 5, None)
    assert (front.page_setup.orientation, front.page_setup.fitToWidth, front.print_title_rows) == (
        "portrait",
        1,
        "$1:$3",
    )
    assert front.page_setup.fitToHeight == 1


def test_the_summary_takes_the_sum_that_stands_for_a_roster():
    columns = (SheetColumn("上期金额", Format.MONEY), SheetColumn("本期金额", Format.MONEY, main=True))
    known = a_sheet([(1, 2)], name="甲", columns=columns, totals=(100, 20_050))
    unknown = a_sheet([(1, None)], name="乙", columns=columns, totals=(100, None))
    plain = a_sheet([(1, 2)], name="丙", columns=(columns[0], columns[0]), totals=(100, 200))
    front = opened(known, unknown, plain).worksheets[0]
    assert [front.cell(line, 7).value for line in (4, 5, 6)] == [200.5, None, 1]


def test_a_run_of_rows_has_its_subtotal_in_bold_and_the_numbering_goes_on():
    subtotals = (
        Subtotal(2, "甲类", TOTALS),
        Subtotal(3, "乙类", (None, None, None, None, None, 123456, 3, None, None)),
    )
    page = opened(a_sheet(3, subtotals=subtotals)).worksheets[0]
    assert [page.cell(line, 1).value for line in range(4, 10)] == [1, 2, "小计", 3, "小计", "合计"]
    assert [page.cell(line, 2).value for line in (6, 8)] == ["甲类", "乙类"]
    assert [page.cell(line, 7).value for line in (5, 6, 7, 8, 9)] == [1234.56, 2469.12, 1234.56, 1234.56, 2469.12]
    assert [page.cell(line, 7).font.b for line in (5, 6, 7)] == [False, True, False]
    assert page.auto_filter.ref == "A3:J8"


def test_a_sign_off_too_long_for_the_paper_takes_another_line():
    labels = ("填报单位", "领导签批人", "分管审核人", "救助部门审核人", "计财部门审核人", "填表人", "填表日期")
    page = opened(a_sheet(1, signers=tuple(Signature(label, "某" * 8) for label in labels))).worksheets[0]
    lines = [page.cell(line, 1).value for line in range(6, page.max_row + 1)]
    assert len(lines) == 2
    assert "".join(lines).count("：") == 7
    assert "".join(lines).count("某" * 8) == 7


def test_a_single_roster_needs_no_summary():
    assert opened(a_sheet()).sheetnames == ["新增名单"]


def test_a_roster_longer_than_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbook, "_MOST_ROWS", 3)
    book = opened(a_sheet(7))
    assert book.sheetnames == ["新增名单(1)", "新增名单(2)", "新增名单(3)"]
    numbers = [
        row[0].value for page in book.worksheets for row in page.iter_rows(min_row=4) if isinstance(row[0].value, int)
    ]
    assert numbers == [1, 2, 3, 4, 5, 6, 7]
    assert [page.max_row for page in book.worksheets] == [6, 6, 6]
    assert book.worksheets[2]["A5"].value == "合计"


def test_a_text_no_cell_can_hold_is_refused_not_cut():
    with pytest.raises(UserCanFix, match="32767"):
        workbook_bytes([a_sheet(rows=[("长" * 40_000, *ROW[1:])])])


def test_the_same_rosters_give_the_same_bytes_in_any_process(tmp_path: Path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from tests.printing.test_workbook import *;"
        "sys.stdout.buffer.write(workbook_bytes([a_sheet(3), a_sheet(2)]))"
    )
    root = str(Path(__file__).parents[2])
    made = {workbook_bytes([a_sheet(3), a_sheet(2)])}
    for seed in "12":
        run = subprocess.run(
            [sys.executable, "-c", code, root],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        )
        made.add(run.stdout)
    assert len(made) == 1
    assert re.search(b"2026-09-07T00:00:00Z", _parts(made.pop())["docProps/core.xml"])


def test_a_workbook_is_written_whole_for_its_owner_only(tmp_path: Path):
    target = tmp_path / "名单.xlsx"
    write_sheets([a_sheet()], target)
    assert target.read_bytes() == workbook_bytes([a_sheet()])
    assert os.name != "posix" or target.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["名单.xlsx"]


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}
