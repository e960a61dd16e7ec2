"""The streamed workbook is, cell by cell and style by style, what openpyxl alone writes."""

import io
import string
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from printing.sheet_rows import Cell, Format, Sheet, SheetColumn
from printing.workbook import workbook_bytes
from tests.printing.plain_workbook import plain_workbook

_TEXT = st.text(string.printable + "汉字𠮷长名=＝+-@'\u3000", max_size=60)
_VALUES: dict[Format, st.SearchStrategy[Cell]] = {
    Format.TEXT: _TEXT,
    Format.MONEY: st.integers(-(10**11), 10**11),
    Format.COUNT: st.integers(-(10**9), 10**9),
    Format.NUMBER: st.fractions(-1000, 1000, max_denominator=100),
    Format.DATE: st.dates(date(1901, 1, 1), date(2099, 12, 31)),
    Format.MONTH: st.dates(date(1901, 1, 1), date(2099, 12, 31)).map(lambda day: day.replace(day=1)),
}


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    forms = draw(st.lists(st.sampled_from(list(Format)), min_size=1, max_size=6))
    cells = [st.one_of(st.none(), _VALUES[form], _TEXT) for form in forms]
    rows = draw(st.lists(st.tuples(*cells), min_size=1, max_size=6))
    columns = tuple(SheetColumn(f"列{at}", form) for at, form in enumerate(forms))
    return Sheet("册", "题名", "某乡", date(2026, 9, 7), columns, rows, totals=(None,) * len(forms))


def looks(data: bytes) -> Iterator[tuple[Any, ...]]:
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    for row in page.iter_rows(max_col=page.max_column):
        yield page.row_dimensions[row[0].row].height, None
        for cell in row:
            if cell.value is None and not cell.has_style:
                continue
            value = round(cell.value, 6) if isinstance(cell.value, float) else cell.value
            where = (cell.coordinate, value, cell.data_type, cell.number_format)
            yield (*where, repr(cell.font), repr(cell.border), repr(cell.alignment), repr(cell.fill))


@settings(max_examples=25, deadline=None)
@given(sheets())
def test_ours_equals_plain_openpyxl_in_every_cell_and_style(sheet: Sheet):
    assert list(looks(workbook_bytes([sheet]))) == [
        look for look in looks(plain_workbook(sheet)) if not str(look[0]).startswith(_beyond(sheet))
    ]


def _beyond(sheet: Sheet) -> str:
    """The column right of the sheet, where the skeleton keeps the style of words: plain openpyxl leaves it behind."""
    return openpyxl.utils.get_column_letter(len(sheet.columns) + 2)


def test_a_ratio_is_written_as_a_number():
    sheet = Sheet("册", "题", "乡", date(2026, 9, 7), (SheetColumn("数", Format.NUMBER),), [(Fraction(1, 3),)])
    assert openpyxl.load_workbook(io.BytesIO(workbook_bytes([sheet]))).worksheets[0]["B4"].value == 0.3333333333
