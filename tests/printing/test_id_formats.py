"""Identity numbers whole, as 6-8-4, or a digit a cell under one heading: in the finished workbook, as it is opened again."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from clerk.periods import read_span
from clerk.roster_shapes import RosterColumn, RosterTable, Subtotal
from clerk.settings import Office
from forms.roster import DIGITS, GROUPED, WHOLE, Signer
from forms.schema import Kind
from printing.id_numbers import grouped
from printing.workbook import sheet_of, workbook_bytes
from tests.builders import an_id

OFFICE, DAY = Office("示例县红星镇人民政府", "990101100", "赵某经办"), date(2026, 9, 7)
NUMBERS = [an_id(f"19{50 + order}0{order % 9 + 1}1{order % 9}", order * 2 + 1) for order in range(30)]
HEAD, FIRST, TITLE_LINE = 3, 4, 1
LONG = "99010119500101001142B1"
"""A card's number: longer than an identity number."""


def a_table(*ways: str) -> RosterTable:
    """People with their number once in each way, an amount behind."""
    columns = (
        RosterColumn("姓名", Kind.NAME),
        *(RosterColumn(f"证件号{at}", Kind.ID, numbers=way) for at, way in enumerate(ways)),
        RosterColumn("金额", Kind.MONEY, total=True),
    )
    rows = [(f"李某{order}", *[number] * len(ways), 10_000 + order) for order, number in enumerate(NUMBERS)]
    rows += [("没有号的", *[None] * len(ways), 0), ("证号长的", *[LONG] * len(ways), 0)]
    totals = (None, *[None] * len(ways), sum(row[-1] for row in rows))
    return RosterTable(
        "R", "名单", "民政局", read_span("2026-09"), columns, tuple(rows), totals, len(rows), len(rows), (), (Signer("填表人"),)
    )  # fmt: skip


def opened(table: RosterTable):
    data = workbook_bytes([sheet_of(table, OFFICE, DAY)])
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


@pytest.fixture(scope="module")
def page():
    """A digit a cell from column C on, 6-8-4 in column U, whole in column V, the amount in column W."""
    return opened(a_table(DIGITS, GROUPED, WHOLE))


def test_every_digit_stands_in_its_own_cell_as_text(page) -> None:
    for order, number in enumerate(NUMBERS):
        cells = page[FIRST + order][2:20]
        assert [cell.value for cell in cells] == list(number)
        assert {cell.data_type for cell in cells} == {"s"}
        assert {cell.number_format for cell in cells} == {"@"}
    assert {number[-1] for number in NUMBERS} & {"X"}, "one of them ends with X"


def test_the_other_columns_keep_their_places_behind_the_digits(page) -> None:
    for order, number in enumerate(NUMBERS):
        name, spaced, whole, amount = (page.cell(FIRST + order, at).value for at in (2, 21, 22, 23))
        assert (name, whole, amount) == (f"李某{order}", number, (10_000 + order) / 100)
        assert spaced == f"{number[:6]} {number[6:14]} {number[14:]}"
        assert page.cell(FIRST + order, 21).data_type == "s"
    total = FIRST + len(NUMBERS) + 2
    assert page.cell(total, 1).value == "合计"
    assert page.cell(total, 23).value == pytest.approx(sum(10_000 + order for order in range(len(NUMBERS))) / 100)


def test_one_heading_spans_eighteen_narrow_cells_and_nothing_below_it_is_merged(page) -> None:
    merged = {str(area) for area in page.merged_cells.ranges}
    assert f"C{HEAD}:T{HEAD}" in merged
    assert page.cell(HEAD, 3).value == "证件号0"
    last = FIRST + len(NUMBERS) + 1
    assert not [area for area in page.merged_cells.ranges if FIRST <= area.min_row <= last], "no data cell is merged"
    widths = [page.column_dimensions[letter].width for letter in "CDEFGHIJKLMNOPQRST"]
    assert len(set(widths)) == 1
    assert 2 <= widths[0] <= 4, "wide enough for a digit, no wider"
    assert page.column_dimensions["U"].width >= 18, "6-8-4 takes two blanks more"
    assert page.column_dimensions["V"].width >= 16
    assert page.row_dimensions[HEAD].height <= 32, "a heading over eighteen cells has the room of all of them"
    assert page.auto_filter.ref == f"A{HEAD}:W{last}"
    assert page.freeze_panes.endswith(str(FIRST))


def test_what_is_no_identity_number_is_neither_cut_nor_guessed(page) -> None:
    none, long = FIRST + len(NUMBERS), FIRST + len(NUMBERS) + 1
    assert [page.cell(none, at).value for at in range(3, 23)] == [None] * 20
    assert "".join(page.cell(long, at).value for at in range(3, 21)) == LONG
    assert page.cell(long, 20).value == LONG[17:], "the rest stays together in the last cell"
    assert page.cell(long, 21).value == page.cell(long, 22).value == LONG
    assert grouped("123") == "123"


def test_two_numbers_beside_one_another_have_a_heading_each() -> None:
    merged = {str(area) for area in opened(a_table(DIGITS, DIGITS)).merged_cells.ranges}
    assert {f"C{HEAD}:T{HEAD}", f"U{HEAD}:AL{HEAD}"} <= merged


def test_subtotals_stay_under_their_columns() -> None:
    table = a_table(DIGITS)
    page = opened(replace(table, subtotals=(Subtotal(2, "甲村", (None, None, 20_001)),)))
    assert [page.cell(FIRST + 2, at).value for at in (1, 2, 3, 21)] == ["小计", "甲村", None, 200.01]
