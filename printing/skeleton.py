"""The skeleton of a roster's workbook: everything but the rows, built by openpyxl.

Styles, title, unit and day, header, 合计, signatures, frozen panes, filter and print set-up; one styled sample row
stands where the rows will be streamed in.
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from printing.sheet_rows import Format, Sheet, clean, said, yuan

_HEADER = 3  # title, unit and day, header: then the rows
FIRST = _HEADER + 1
_NARROWEST, _WIDEST, _SAMPLED = 6.0, 40.0, 200
_FROZEN_WIDEST = 90.0  # characters: a screen must still show what scrolls
_SONG = "宋体"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_MARGIN = 0.6  # inches, about 1.5 cm


def add_sheet(book: Workbook, sheet: Sheet, names: set[str]) -> None:
    """Add a roster's page; `names` are the sheet names taken so far, and grow."""
    page = book.create_sheet(_sheet_name(sheet.name, names))
    last_column = get_column_letter(len(sheet.columns) + 1)
    end = FIRST + len(sheet.rows) - 1
    _heads(page, sheet, last_column)
    if sheet.rows:
        _sample_row(page, sheet)
    after = end + 1
    if sheet.totals:
        _total_row(page, sheet, after)
        after += 1
    signatures = "            ".join(f"{signer}：" for signer in sheet.signers)
    for text in (*sheet.notes, signatures):
        if text:
            _line_across(page, text, after, last_column)
            after += 1
    for column, width in enumerate([_NARROWEST, *_widths(sheet)], 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = f"{get_column_letter(_frozen(sheet) + 1)}{FIRST}"
    page.auto_filter.ref = f"A{_HEADER}:{last_column}{max(end, _HEADER)}"
    _print_setup(page, sheet)


def _heads(page: Worksheet, sheet: Sheet, last_column: str) -> None:
    _put(page, "A1", sheet.title, Font(name=_SONG, size=18, bold=True), _CENTRE)
    page.row_dimensions[1].height = 32
    money = any(column.format is Format.MONEY for column in sheet.columns)
    said_once = [f"填报单位：{sheet.unit}", f"填报日期：{sheet.made.isoformat()}", "单位：元" if money else ""]
    count = len(sheet.columns) + 1
    if count > 1:
        page.merge_cells(f"A1:{last_column}1")
    thirds = [0, count // 3, count - count // 3, count] if count >= 3 else [0, count]
    texts = said_once if count >= 3 else ["　".join(filter(None, said_once))]
    for text, start, stop, side in zip(texts, thirds, thirds[1:], (_LEFT, _CENTRE, _RIGHT), strict=False):
        _put(page, f"{get_column_letter(start + 1)}2", text, Font(name=_SONG, size=10), side)
        if stop - start > 1:
            page.merge_cells(f"{get_column_letter(start + 1)}2:{get_column_letter(stop)}2")
    for column, heading in enumerate(["序号", *(column.heading for column in sheet.columns)], 1):
        place = f"{get_column_letter(column)}{_HEADER}"
        _put(page, place, heading, Font(name=_SONG, size=10, bold=True), _CENTRE)
        page[place].border = _BOX
    page.row_dimensions[2].height = 20
    page.row_dimensions[_HEADER].height = 30


def _sample_row(page: Worksheet, sheet: Sheet) -> None:
    """One row of styles in place of all rows; one cell more, at its right, is the style of text anywhere."""
    formats = [Format.COUNT, *(column.format for column in sheet.columns), Format.TEXT]
    for column, form in enumerate(formats, 1):
        cell = page.cell(FIRST, column)
        cell.font = Font(name=_SONG, size=10)
        cell.border = _BOX
        cell.number_format = form.value
        cell.alignment = _RIGHT if form is Format.MONEY else _LEFT if form is Format.TEXT else _CENTRE


def _total_row(page: Worksheet, sheet: Sheet, line: int) -> None:
    bold = Font(name=_SONG, size=10, bold=True)
    for column, value in enumerate(["合计", *sheet.totals], 1):
        form = sheet.columns[column - 2].format if column > 1 else Format.TEXT
        cell = page.cell(line, column)
        if isinstance(value, int) and not isinstance(value, bool):
            cell.value = float(yuan(value)) if form is Format.MONEY else value
        elif value is not None:
            _put(page, cell.coordinate, said(value), bold, _CENTRE)
        cell.font, cell.border, cell.number_format = bold, _BOX, form.value
        cell.alignment = _RIGHT if form is Format.MONEY else _CENTRE


def _line_across(page: Worksheet, text: str, line: int, last_column: str) -> None:
    """A line of words under the table: a note, or who signs."""
    _put(page, f"A{line}", text, Font(name=_SONG, size=10), Alignment(horizontal="left", vertical="center"))
    page.row_dimensions[line].height = 24
    if last_column != "A":
        page.merge_cells(f"A{line}:{last_column}{line}")


def _print_setup(page: Worksheet, sheet: Sheet) -> None:
    page.print_title_rows = f"1:{_HEADER}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for side in ("left", "right", "top", "bottom"):
        setattr(page.page_margins, side, _MARGIN)
    page.print_options.horizontalCentered = True
    left, centre = _HeaderFooterPart(text=sheet.footer.replace("&", "&&")), _HeaderFooterPart(text="第 &P 页 共 &N 页")
    page.HeaderFooter.oddFooter = HeaderFooterItem(left=left, center=centre)


def _put(page: Worksheet, place: str, text: str, font: Font, alignment: Alignment) -> None:
    """Text that stays text, whatever it begins with."""
    cell = page[place]
    cell.value = clean(text)
    cell.data_type = "s"
    cell.font, cell.alignment, cell.number_format = font, alignment, Format.TEXT.value


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name Excel accepts: at most 31 characters, none of its own signs, used once."""
    plain = _SHEET_NAME.sub("", clean(wanted)).strip() or "花名册"
    name, count = plain[:31], 2
    while name.casefold() in taken:
        ending = f"-{count}"
        name, count = plain[: 31 - len(ending)] + ending, count + 1
    taken.add(name.casefold())
    return name


def _widths(sheet: Sheet) -> list[float]:
    return [column.width or _fitting(sheet, at) for at, column in enumerate(sheet.columns)]


def _fitting(sheet: Sheet, at: int) -> float:
    """Wide enough for the heading in two lines and for what stands in the first rows."""
    form = sheet.columns[at].format
    least = {Format.DATE: 11.0, Format.MONTH: 11.0, Format.MONEY: 11.0}.get(form, _NARROWEST)
    found = [_span(said(row[at])) for row in sheet.rows[:_SAMPLED] if isinstance(row[at], str)]
    return min(max([least, _span(sheet.columns[at].heading) / 2 + 2, *(width + 2 for width in found)]), _WIDEST)


def _span(text: str) -> float:
    """Columns of a fixed-width face: a Han character takes two."""
    return sum(2.0 if east_asian_width(character) in "WF" else 1.1 for character in text)


def _frozen(sheet: Sheet) -> int:
    """How many columns stay in sight: up to the name of the person, when a screen has room for that."""
    widths = [_NARROWEST, *_widths(sheet)]
    places = [at + 2 for at, column in enumerate(sheet.columns) if column.heading.endswith("姓名")]
    exact = [at + 2 for at, column in enumerate(sheet.columns) if column.heading == "姓名"]
    for count in (*exact, *places):
        if sum(widths[:count]) <= _FROZEN_WIDEST:
            return count
    return 1
