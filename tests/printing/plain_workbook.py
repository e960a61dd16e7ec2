"""A roster's sheet written with openpyxl alone, cell by cell: what the streamed one must equal."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side

from printing.sheet_fit import fit
from printing.sheet_rows import Cell, Format, Sheet, clean, said
from printing.skeleton import FIRST, add_sheet

_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def plain_workbook(sheet: Sheet) -> bytes:
    """The sheet's bytes, every cell given its value and its styles one by one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    fitted = fit(sheet)
    add_sheet(book, sheet, fitted, set())
    page = book.worksheets[0]
    wraps = [column.wraps for column in fitted.columns]
    for count, row in enumerate(sheet.rows, 1):
        line = FIRST + count - 1
        values: Sequence[Cell] = [sheet.start + count, *row]
        forms = [Format.COUNT, *(column.format for column in sheet.columns)]
        for column, (value, form) in enumerate(zip(values, forms, strict=True), 1):
            _fill(page.cell(line, column), value, form, wraps[column - 1])
        if high := fitted.height(row):
            page.row_dimensions[line].height = high
        page.cell(line, len(values) + 1).style = "Normal"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _fill(cell: SheetCell, value: Cell, form: Format, wraps: bool) -> None:
    """A value of the column's kind as Excel's own, anything else as words."""
    fits = value is None or value == "" or _fits(value, form)
    shown = form if fits else Format.TEXT
    cell.font, cell.border, cell.number_format = Font(name="宋体", size=9), _BOX, shown.value
    if form is Format.MONEY and fits:
        cell.alignment = Alignment(horizontal="right", vertical="center", shrink_to_fit=True)
    elif shown is Format.TEXT and (wraps or not fits):
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
    else:
        cell.alignment = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
    if value is None or value == "":
        return
    if not fits or form is Format.TEXT:
        cell.value, cell.data_type = clean(said(value)), "s"
    elif form is Format.MONEY:
        cell.value = float(value) / 100  # type: ignore[arg-type]
    else:
        cell.value = float(value) if form is Format.NUMBER else value  # type: ignore[arg-type]


def _fits(value: Cell, form: Format) -> bool:
    if isinstance(value, bool | str):
        return form is Format.TEXT and isinstance(value, str)
    if form is Format.TEXT:
        return True
    return hasattr(value, "year") == (form in (Format.DATE, Format.MONTH))
