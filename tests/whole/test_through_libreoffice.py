"""Write, let LibreOffice open it, edit one cell and save, read it in: every identity number is the text it was, X included.

The cell is edited in LibreOffice's own flat file, no macro runs: our workbook → .fods → one cell changed → .xlsx.
"""

import io
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from clerk.exchange.reading import Book, day_of, read_book
from clerk.periods import read_span
from clerk.roster_shapes import RosterColumn, RosterTable
from clerk.settings import Office
from forms.roster import DIGITS, GROUPED, WHOLE
from forms.schema import Kind
from printing.workbook import write_workbook
from tests.builders import an_id

OFFICE, DAY = Office("示例县红星镇人民政府", "990101100", "赵某经办"), date(2026, 9, 7)
NUMBERS = [an_id(f"{1940 + order % 70}{order % 12 + 1:02d}{order % 28 + 1:02d}", order + 11) for order in range(200)]
WAYS = (WHOLE, GROUPED, DIGITS)
OLD, NEW = "李某7", "李某改"
HEAD = 3
"""Lines above the rows."""


def a_table(way: str) -> RosterTable:
    columns = (
        RosterColumn("姓名", Kind.NAME),
        RosterColumn("证件号", Kind.ID, numbers=way),
        RosterColumn("账号", Kind.ACCOUNT),
        RosterColumn("生日", Kind.DATE),
        RosterColumn("金额", Kind.MONEY, total=True),
    )
    rows = tuple(
        (f"李某{order}", number, f"0{number[:17]}{order % 10}", date(1980, 1, order % 28 + 1), order * 100 + 5)
        for order, number in enumerate(NUMBERS)
    )
    total = sum(row[-1] for row in rows)
    return RosterTable(
        way, f"{way}名单", "民政局", read_span("2026-09"), columns, rows, (None, None, None, None, total), 200, 200
    )


@pytest.fixture(scope="module")
def soffice(tmp_path_factory: pytest.TempPathFactory):
    """Converts a file into another kind beside it; one home, so that the second start is quick."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    home = tmp_path_factory.mktemp("office")

    def convert(path: Path, kind: str) -> Path:
        words = [office, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", kind]
        subprocess.run([*words, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=120)
        return path.with_suffix(f".{kind.partition(':')[0]}")

    return convert


@pytest.fixture(scope="module")
def edited(soffice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our workbook after somebody opened it in LibreOffice, changed one name and saved."""
    path = tmp_path_factory.mktemp("through") / "名单.xlsx"
    write_workbook([a_table(way) for way in WAYS], path, OFFICE, DAY)
    flat = soffice(path, "fods")
    xml, count = re.subn(rf"(<text:p>){OLD}(</text:p>)", rf"\g<1>{NEW}\g<2>", flat.read_text(encoding="utf-8"), count=1)
    assert count == 1
    flat.write_text(xml, encoding="utf-8")
    path.unlink()
    return soffice(flat, "xlsx:Calc MS Excel 2007 XML")


@pytest.fixture(scope="module")
def book(edited: Path) -> Book:
    """What our reader makes of it."""
    return read_book(edited)


def rows_of(book: Book, way: str) -> list[list[object]]:
    sheet = next(one for one in book.sheets if one.name == f"{way}名单")
    return [list(row) for row in sheet.rows[HEAD : HEAD + len(NUMBERS)]]


@pytest.mark.slow
def test_every_number_of_eighteen_signs_comes_back_as_the_same_text(book: Book) -> None:
    assert sum(number.endswith("X") for number in NUMBERS) > 5
    found = [row[2] for row in rows_of(book, WHOLE)]
    assert found == NUMBERS
    assert all(isinstance(number, str) for number in found)
    assert [row[3] for row in rows_of(book, WHOLE)] == [f"0{number[:17]}{at % 10}" for at, number in enumerate(NUMBERS)]


@pytest.mark.slow
def test_spaced_and_spread_numbers_come_back_sign_by_sign(book: Book) -> None:
    assert [str(row[2]).replace(" ", "") for row in rows_of(book, GROUPED)] == NUMBERS
    assert [[*map(str, row[2:20])] for row in rows_of(book, DIGITS)] == [list(number) for number in NUMBERS]
    assert all(isinstance(sign, str) for row in rows_of(book, DIGITS) for sign in row[2:20])


@pytest.mark.slow
def test_only_the_cell_that_was_edited_is_another_and_days_and_money_are_still_such(book: Book) -> None:
    names = [row[1] for way in WAYS for row in rows_of(book, way)]
    wanted = [f"李某{order}" for _ in WAYS for order in range(len(NUMBERS))]
    assert [pair for pair in zip(wanted, names, strict=True) if pair[0] != pair[1]] == [(OLD, NEW)]
    first = rows_of(book, WHOLE)[0]
    assert (day_of(first[4]), first[5]) == (date(1980, 1, 1), 0.05)


@pytest.mark.slow
def test_libreoffice_kept_the_cells_as_text_and_the_heading_over_the_digits(edited: Path) -> None:
    page = openpyxl.load_workbook(io.BytesIO(edited.read_bytes()))[f"{DIGITS}名单"]
    assert page.cell(HEAD + 1, 3).number_format == "@"
    assert f"C{HEAD}:T{HEAD}" in {str(area) for area in page.merged_cells.ranges}
