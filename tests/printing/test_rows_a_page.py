"""A roster that prints so many records a page does so in every viewer: by breaks, and by rows that fill the page."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from clerk.periods import read_span
from clerk.roster_shapes import RosterColumn, RosterTable
from clerk.settings import Office
from forms.loader import load
from forms.schema import Kind
from printing.sheet_fit import BOTTOM, LINE, TITLE, TOP, fit
from printing.workbook import sheet_of, workbook_bytes
from tests.builders import the_demo_catalogue
from tests.forms.small_layer import SMALL, faults, write_layer

OFFICE = Office("示例乡", "990101001", "测试员")
MADE = date(2026, 9, 30)


def a_table(rows: int, page: int) -> RosterTable:
    columns = (RosterColumn("姓名", Kind.NAME), RosterColumn("证件号", Kind.ID), RosterColumn("单位", Kind.TEXT))
    one = ("某甲", "990101198001010110", "某村村民委员会")
    return RosterTable(
        "甲", "备案表", "某局", read_span("2026-09"), columns, (one,) * rows, (None,) * 3, 1, 1, page=page
    )


def a_sheet(rows: int, page: int) -> openpyxl.worksheet.worksheet.Worksheet:
    data = workbook_bytes([sheet_of(a_table(rows, page), OFFICE, MADE)])
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


@pytest.mark.parametrize(("rows", "breaks"), [(0, []), (9, []), (10, [12]), (20, [12, 21]), (27, [12, 21])])
def test_a_page_ends_behind_the_ninth_record(rows: int, breaks: list[int]) -> None:
    sheet = a_sheet(rows, 9)
    assert [one.id for one in sheet.row_breaks.brk] == breaks
    assert sheet.print_title_rows == "$1:$3"


def test_nine_rows_fill_a_page_and_a_tenth_has_no_room() -> None:
    fitted = fit(sheet_of(a_table(20, 9), OFFICE, MADE))
    room = (595.3 - (TOP + BOTTOM) * 72) / fitted.scale - (TITLE + LINE) * fitted.larger - fitted.heading
    sheet = a_sheet(20, 9)
    high = sum(sheet.row_dimensions[line].height for line in range(4, 13))
    assert high < room < high / 9 * 10
    assert a_sheet(20, 0).row_dimensions[4].height is None


def test_the_shipped_roster_of_relatives_has_nine_a_page() -> None:
    paged = {name: one.page for name, one in the_demo_catalogue().rosters.items() if one.page}
    assert paged == {"R27": 9}
    assert replace(a_table(1, 9), page=0) == a_table(1, 0)


@pytest.mark.parametrize("wrong", ["每页: 0", "每页: 9\n分组: 姓名"])
def test_pages_of_no_rows_or_with_subtotals_are_refused(tmp_path: Path, wrong: str) -> None:
    text = SMALL["rosters/r1.yaml"] + wrong + "\n"
    layer = write_layer(tmp_path / "national", SMALL | {"rosters/r1.yaml": text})
    assert "「每页」是每页的行数" in str(faults(layer)[0])
    good = write_layer(tmp_path / "good", SMALL | {"rosters/r1.yaml": SMALL["rosters/r1.yaml"] + "每页: 9\n"})
    assert load([good]).rosters["Y01"].page == 9
