"""Sheets as a county clerk draws them in Excel, made with openpyxl, and the rules they are imported by."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from forms.language.plan import Plan, compile_catalogue
from printing.case_values import CaseValues
from printing.drawn.blank import nobody
from printing.drawn.compiling import Wish
from printing.drawn.importing import Import, import_sheet
from tests.builders import the_demo_catalogue

Rows = Sequence[Sequence[str | None]]
LINE = Side(style="thin")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
FORM: Rows = [
    ["姓名", "{姓名}", "性别", "{性别}", "证件号", "{证件号 格}"],
    ["户口", "{户口性质 选}", None, None, "手机", "{手机}"],
    ["成员", "关系", "证件号码", None, "健康", "从业"],
    ["{成员.姓名}", "{与申请人关系}", "{证件号}", None, "{健康状况}", "{从业状况}"],
    [None] * 6,
    [None] * 6,
    ["理由", "{困难叙述 段}", None, None, None, None],
    ["签字", "以上属实。{签 申请人： 日期 指印}", None, None, None, None],
]
MERGED = ("B4:D4", "C5:D5", "C6:D6", "C7:D7", "C8:D8", "B9:F9", "B10:F10")
HEIGHTS = {9: 90, 10: 100}
WIDTHS = (11, 14, 8, 12, 11, 36)


@cache
def the_plan() -> Plan:
    return compile_catalogue(the_demo_catalogue(), date(2026, 10, 1))


@cache
def values() -> CaseValues:
    return nobody(the_plan())


def a_sheet(
    rows: Rows = FORM, merged: Sequence[str] = MERGED, change: Callable[[Worksheet], None] | None = None
) -> bytes:
    """A ruled form with title, two words above and a note below it; rows begin at 3."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"], sheet["A2"], sheet["E2"] = "示例申请表", "编号：{案件编号}", "{受理日期}"
    sheet["A1"].font, sheet["A1"].alignment = Font(name="方正小标宋简体", size=22), Alignment(horizontal="center")
    sheet["E2"].alignment = Alignment(horizontal="right")
    for at, row in enumerate(rows, 3):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(at, column, text)
            cell.border, cell.font = BOX, Font(name="仿宋", size=11)
        sheet.row_dimensions[at].height = HEIGHTS.get(at, 24)
    for letter, wide in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = wide
    for area in ("A1:F1", *merged):
        sheet.merge_cells(area)
    sheet.cell(len(rows) + 3, 1, "注：一式两份。")
    sheet.page_setup.paperSize = 9
    if change:
        change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def imported(data: bytes, wish: Wish | None = None) -> Import:
    """What an import of a new paper finds."""
    return import_sheet(data, "表.xlsx", wish or Wish("X01", "1"), the_plan(), values())


def told(data: bytes) -> list[str]:
    """The problems of an import in words."""
    return [str(problem) for problem in imported(data).problems]


def with_part(data: bytes, name: str, text: bytes) -> bytes:
    """A workbook with one more part in its zip, or another in its place."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, text)
    return file.getvalue()
