"""The same styled roster written by every writer: title, header, borders, number formats, print set-up, frozen panes, filter.

Each takes a sheet and gives its bytes. Widths are ours to measure; the others are handed them for nothing.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import date

from printing.sheet_rows import Cell, Format, Sheet, SheetColumn

_FORMS = [
    *([Format.TEXT] * 16),
    *([Format.MONEY] * 6),
    *([Format.DATE] * 3),
    *([Format.COUNT] * 3),
    *([Format.TEXT] * 2),
]
_WIDTH = 14.0


def a_sheet(count: int) -> Sheet:
    """A roster of 30 columns: names, 18-digit numbers, phones, accounts, addresses, money, days, counts."""
    dice = random.Random(7)
    columns = tuple(SheetColumn(f"栏目{at}", form) for at, form in enumerate(_FORMS, 1))
    return Sheet("名单", "示例花名册", "示例乡", date(2026, 9, 7), columns, [_row(dice) for _ in range(count)])


def _row(dice: random.Random) -> tuple[Cell, ...]:
    words = [f"红星村{dice.randrange(99)}组", f"张某{dice.randrange(999)}", f"990101{dice.randrange(10**12):012d}"]
    words += [f"1{dice.randrange(3 * 10**9, 10**10)}", f"62{dice.randrange(10**15):015d}", "农村", "汉族", "本人"]
    texts = (words * 2)[:16]
    money = [dice.randrange(10**6) for _ in range(6)]
    days = [date(2026, dice.randrange(1, 13), dice.randrange(1, 29)) for _ in range(3)]
    return (*texts, *money, *days, *(dice.randrange(9) for _ in range(3)), "因病", "无")


def ours(sheet: Sheet) -> bytes:
    """The product's own."""
    from printing.workbook import workbook_bytes

    return workbook_bytes([sheet])


def plain_openpyxl(sheet: Sheet) -> bytes:
    """openpyxl, styled cell by cell."""
    from tests.printing.plain_workbook import plain_workbook

    return plain_workbook(sheet)


def openpyxl_write_only(sheet: Sheet) -> bytes:
    """openpyxl's streaming mode, with one styled cell reused for each column."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, Side

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.name)
    page.freeze_panes = "D4"
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
    page.print_title_rows = "1:3"
    side = Side(style="thin")
    cells = []
    for column in (SheetColumn("序号", Format.COUNT), *sheet.columns):
        cell = WriteOnlyCell(page)
        cell.font, cell.border = Font(name="宋体", size=9), Border(left=side, right=side, top=side, bottom=side)
        cell.number_format, cell.alignment = column.format.value, Alignment(vertical="center", wrap_text=True)
        cells.append(cell)
    page.append([sheet.title])
    page.append([sheet.unit])
    page.append(["序号", *(column.heading for column in sheet.columns)])
    for count, row in enumerate(sheet.rows, 1):
        for cell, value in zip(cells, (count, *_plain(sheet, row)), strict=True):
            cell.value = value
        page.append(cells)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def xlsxwriter_constant_memory(sheet: Sheet) -> bytes:
    """XlsxWriter, row by row into a temporary file."""
    import xlsxwriter

    made = io.BytesIO()
    known = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(made, known)
    page = book.add_worksheet(sheet.name)
    base = {"font_name": "宋体", "font_size": 9, "border": 1, "valign": "vcenter", "text_wrap": True}
    formats = [book.add_format(base | {"num_format": column.format.value}) for column in sheet.columns]
    number = book.add_format(base | {"num_format": "0"})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 2)
    page.freeze_panes(3, 3)
    page.set_footer("&C第 &P 页 共 &N 页")
    page.set_column(0, len(sheet.columns), _WIDTH)
    page.merge_range(0, 0, 0, len(sheet.columns), sheet.title, book.add_format({"bold": True, "font_size": 18}))
    page.write_row(2, 0, ["序号", *(column.heading for column in sheet.columns)], number)
    for line, row in enumerate(sheet.rows, 3):
        page.write_number(line, 0, line - 2, number)
        for at, (value, form) in enumerate(zip(_plain(sheet, row), formats, strict=True), 1):
            if isinstance(value, str):
                page.write_string(line, at, value, form)
            elif isinstance(value, date):
                page.write_datetime(line, at, value, form)
            else:
                page.write_number(line, at, value, form)
    page.autofilter(2, 0, 2 + len(sheet.rows), len(sheet.columns))
    book.close()
    return made.getvalue()


def rust(sheet: Sheet) -> bytes:
    """The best full-fidelity Rust writer on PyPI: rvgsrust-xlsxwriter."""
    import rvgsrust_xlsxwriter

    book = rvgsrust_xlsxwriter.Workbook()
    page = book.add_worksheet(sheet.name)
    formats = []
    for column in (SheetColumn("序号", Format.COUNT), *sheet.columns):
        form = book.add_format()
        form.set_font_name("宋体").set_font_size(9).set_border("thin").set_num_format(column.format.value)
        form.set_vertical_align("vcenter").set_text_wrap()
        formats.append(form)
    page.set_landscape()
    page.set_paper_size(9)
    page.set_print_fit_to_pages(1, 0)
    page.set_repeat_rows(0, 2)
    page.freeze_panes(3, 3)
    page.set_footer("&C第 &P 页 共 &N 页")
    for at in range(len(formats)):
        page.set_column_width(at, _WIDTH)
    page.merge_range(0, 0, 0, len(sheet.columns), sheet.title, formats[1])
    page.write_row(2, 0, ["序号", *(column.heading for column in sheet.columns)], formats[1])
    for line, row in enumerate(sheet.rows, 3):
        for at, (value, form) in enumerate(zip((line - 2, *_plain(sheet, row)), formats, strict=True)):
            if isinstance(value, date):
                page.write_date_py(line, at, value, form)
            else:
                page.write(line, at, value, form)
    page.autofilter(2, 0, 2 + len(sheet.rows), len(sheet.columns))
    return bytes(book.save_to_buffer())


def _plain(sheet: Sheet, row: tuple[Cell, ...] | list[Cell]) -> list[str | float | date]:
    pairs = zip(sheet.columns, row, strict=True)
    return [float(value) / 100 if column.format is Format.MONEY else value for column, value in pairs]  # type: ignore[arg-type, misc]


WRITERS: dict[str, Callable[[Sheet], bytes]] = {
    "ours": ours,
    "plain openpyxl": plain_openpyxl,
    "openpyxl write-only": openpyxl_write_only,
    "XlsxWriter constant_memory": xlsxwriter_constant_memory,
    "rvgsrust-xlsxwriter": rust,
}
