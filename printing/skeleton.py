"""The skeleton of a roster's workbook: everything but the rows, built by openpyxl.

Styles, title, unit and day, header, 合计, signatures, frozen panes, filter and print set-up; one styled sample row
stands where the rows will be streamed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from printing.sheet_fit import BOTTOM, LINE, ROW, SIDE, SIZE, TITLE, TOP, Column, Fit, headings_of, text_width
from printing.sheet_rows import Format, Sheet, clean, said, yuan

_HEADER = 3  # title, unit and day, header: then the rows
FIRST = _HEADER + 1
_FROZEN_WIDEST = 90.0  # characters: a screen must still show what scrolls
_SONG = "宋体"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center")
_AMOUNT = Alignment(horizontal="right", vertical="center", shrink_to_fit=True)  # rather small than cut or ####
_WHOLE = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_ROOM, _GAP = " " * 14, " " * 4  # to sign in, and between who signs
_TITLE, _LINES = 18, 10  # points on paper: of the title, of the lines above and below the table
_EDGE = 0.35  # inches; between bottom and edge stands the footer


def add_sheet(book: Workbook, sheet: Sheet, fitted: Fit, names: set[str]) -> None:
    """Add a roster's page as it was measured; `names` are the sheet names taken so far, and grow."""
    page = book.create_sheet(_sheet_name(sheet.name, names))
    last_column = get_column_letter(len(sheet.columns) + 1)
    end = FIRST + sheet.lines - 1
    page.sheet_format.defaultRowHeight, page.sheet_format.customHeight = ROW, True
    _heads(page, sheet, fitted, last_column)
    if sheet.rows:
        _sample_row(page, sheet, fitted, FIRST)
    if sheet.subtotals:
        _sample_row(page, sheet, fitted, FIRST + 1, bold=True)
    after = end + 1
    if sheet.totals:
        _total_row(page, sheet, after)
        after += 1
    for text in (*sheet.notes, *_signatures(sheet, fitted)):
        _line_across(page, text, after, last_column, fitted.larger)
        after += 1
    for place, column in enumerate(fitted.columns, 1):
        page.column_dimensions[get_column_letter(place)].width = column.units
    page.freeze_panes = f"{get_column_letter(_frozen(sheet, fitted.columns) + 1)}{FIRST}"
    page.auto_filter.ref = f"A{_HEADER}:{last_column}{max(end, _HEADER)}"
    _print_setup(page, sheet, fitted)


def _heads(page: Worksheet, sheet: Sheet, fitted: Fit, last_column: str) -> None:
    larger = fitted.larger
    _put(page, "A1", sheet.title, Font(name=_SONG, size=round(_TITLE * larger), bold=True), _CENTRE)
    page.row_dimensions[1].height = TITLE * larger
    money = any(column.format is Format.MONEY for column in sheet.columns)
    said_once = [f"填报单位：{sheet.unit}", f"填报日期：{sheet.made.isoformat()}", "单位：元" if money else ""]
    count = len(sheet.columns) + 1
    if count > 1:
        page.merge_cells(f"A1:{last_column}1")
    thirds = [0, count // 3, count - count // 3, count] if count >= 3 else [0, count]
    texts = said_once if count >= 3 else ["　".join(filter(None, said_once))]
    for text, start, stop, side in zip(texts, thirds, thirds[1:], (_LEFT, _CENTRE, _RIGHT), strict=False):
        _put(page, f"{get_column_letter(start + 1)}2", text, Font(name=_SONG, size=round(_LINES * larger)), side)
        if stop - start > 1:
            page.merge_cells(f"{get_column_letter(start + 1)}2:{get_column_letter(stop)}2")
    for column, heading in enumerate(["序号", *headings_of(sheet)], 1):
        place = f"{get_column_letter(column)}{_HEADER}"
        _put(page, place, heading, Font(name=_SONG, size=SIZE, bold=True), _CENTRE)
        page[place].border = _BOX
    for start, stop in _shared(sheet):
        page.merge_cells(f"{get_column_letter(start)}{_HEADER}:{get_column_letter(stop)}{_HEADER}")
    page.row_dimensions[2].height = LINE * larger
    page.row_dimensions[_HEADER].height = fitted.heading


def _shared(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The first and last column, counted from 1 with the running number's, of each heading over several columns."""
    for group, found in groupby(enumerate(sheet.columns, 2), key=lambda item: item[1].group):
        places = [place for place, _ in found]
        if group and len(places) > 1:
            yield places[0], places[-1]


def _signatures(sheet: Sheet, fitted: Fit) -> Iterator[str]:
    """The sign-off in as few lines as the paper is wide: what is known stands there, the rest leaves room to write."""
    across = sum(column.width for column in fitted.columns) / (fitted.larger * _LINES / SIZE)
    line = ""
    for one in sheet.signers:
        text = f"{one.label}：{one.said or _ROOM}"
        if line and text_width(line + _GAP + text) > across:
            yield line
            line = ""
        line += (_GAP if line else "") + text
    if line:
        yield line.rstrip()


def _sample_row(page: Worksheet, sheet: Sheet, fitted: Fit, line: int, bold: bool = False) -> None:
    """One row of styles in place of all rows; one cell more, at its right, is the style of text anywhere."""
    formats = [Format.COUNT, *(column.format for column in sheet.columns), Format.TEXT]
    wraps = [*(column.wraps for column in fitted.columns), True]
    for column, (form, wrap) in enumerate(zip(formats, wraps, strict=True), 1):
        cell = page.cell(line, column)
        cell.font = Font(name=_SONG, size=SIZE, bold=bold)
        cell.border = _BOX
        cell.number_format = form.value
        words = _LEFT if wrap else _WHOLE
        cell.alignment = _AMOUNT if form is Format.MONEY else words if form is Format.TEXT else _WHOLE


def _total_row(page: Worksheet, sheet: Sheet, line: int) -> None:
    bold = Font(name=_SONG, size=SIZE, bold=True)
    page.row_dimensions[line].height = ROW
    for column, value in enumerate(["合计", *sheet.totals], 1):
        form = sheet.columns[column - 2].format if column > 1 else Format.TEXT
        cell = page.cell(line, column)
        if isinstance(value, int) and not isinstance(value, bool):
            cell.value = float(yuan(value)) if form is Format.MONEY else value
        elif value is not None:
            _put(page, cell.coordinate, said(value), bold, _CENTRE)
        cell.font, cell.border, cell.number_format = bold, _BOX, form.value
        cell.alignment = _AMOUNT if form is Format.MONEY else _WHOLE


def _line_across(page: Worksheet, text: str, line: int, last_column: str, larger: float) -> None:
    """A line of words under the table: a note, or who signs."""
    _put(page, f"A{line}", text, Font(name=_SONG, size=round(_LINES * larger)), Alignment(vertical="center"))
    page.row_dimensions[line].height = 22 * larger
    if last_column != "A":
        page.merge_cells(f"A{line}:{last_column}{line}")


def _print_setup(page: Worksheet, sheet: Sheet, fitted: Fit) -> None:
    page.print_title_rows = f"1:{_HEADER}"
    page.page_setup.orientation = "portrait" if sheet.whole else "landscape"
    page.page_setup.paperSize = fitted.paper
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, int(sheet.whole)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for after in range(sheet.page, len(sheet.rows), sheet.page) if sheet.page else ():
        page.row_breaks.append(Break(id=FIRST + after - 1))
    page.page_margins = PageMargins(SIDE, SIDE, TOP, BOTTOM, _EDGE, _EDGE)
    page.print_options.horizontalCentered = True
    left, centre = _HeaderFooterPart(text=sheet.footer.replace("&", "&&")), _HeaderFooterPart(text="第 &P 页 共 &N 页")
    page.HeaderFooter.oddFooter = HeaderFooterItem(left=left, center=centre)
    page.HeaderFooter.scaleWithDoc = False


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


def _frozen(sheet: Sheet, columns: Sequence[Column]) -> int:
    """How many columns stay in sight: up to the name of the person, when a screen has room for that."""
    widths = [column.units for column in columns]
    places = [at + 2 for at, column in enumerate(sheet.columns) if column.heading.endswith("姓名")]
    exact = [at + 2 for at, column in enumerate(sheet.columns) if column.heading == "姓名"]
    for count in (*exact, *places):
        if sum(widths[:count]) <= _FROZEN_WIDEST:
            return count
    return 1
