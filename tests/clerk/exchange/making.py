"""Sheets as others send them: workbooks, text tables, bombs, damaged files."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from clerk.errors import UserCanFix
from clerk.exchange import importing, matching
from clerk.exchange.reading import Book, Guard
from clerk.exchange.trial import Ground, Trial
from clerk.records import Batch
from clerk.settings import Office
from clerk.store import Store
from forms.language.plan import compile_catalogue
from tests.builders import DAY, an_id, the_demo_catalogue

FILES = Path(__file__).parent / "files"
OFFICE = Office("示例县红星镇人民政府", "990101100", "赵某经办")
LEDGER = "低保台账"
VILLAGE = "村名单"
REPLIES = "部门答复"
WARNINGS = "预警名单"
HEAD = ("户编号", "户主", "姓名", "身份证号", "与户主关系", "村", "家庭住址", "联系电话")

_SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_END = b"</sheetData></worksheet>"


def a_workbook(path: Path, rows: Iterable[Sequence[Any]], merged: Iterable[str] = ()) -> Path:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


def a_couple(number: int = 1) -> list[tuple[str, ...]]:
    """Two rows of one household."""
    later, order = divmod(number, 90)
    head, wife = an_id(f"19{60 + later}0101", 10 * order + 1), an_id(f"19{65 + later}0202", 10 * order + 2)
    home, place, name = f"H{number}", ("红星村", f"{number}组"), named(number)
    return [
        (home, f"张{name}", f"张{name}", head, "本人", *place, "13800000000"),
        (home, f"张{name}", f"李{name}", wife, "妻子", *place, ""),
    ]


def named(number: int) -> str:
    """A given name for each number: 1 → 乙."""
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(number))


def people(path: Path, couples: int = 1) -> Path:
    """A village's list of so many couples."""
    return a_workbook(path, [HEAD, *(row for number in range(1, couples + 1) for row in a_couple(number))])


def tried(store: Store, book: Book, sheet: str, decided: dict[int, str] | None = None, reason: str = "") -> Trial:
    """A book tried out as a kind of sheet of the shipped data."""
    catalogue = the_demo_catalogue()
    incoming = importing.incoming_by_name(catalogue, sheet)
    with store.reading() as view:
        matched = matching.match(book, incoming, catalogue, importing.kept_matchings(view, incoming))
        return importing.try_out(book, matched, Ground(view, PLAN, decided or {}, reason))


def taken_in(store: Store, book: Book, sheet: str, **more: Any) -> Batch:
    """The same, kept; whatever is to be confirmed is."""
    trial = tried(store, book, sheet, **more)
    with store.work() as work:
        return importing.carry_out(trial, work, OFFICE, PLAN, confirmed=True)


def taken_back(store: Store, batch: Batch) -> Batch:
    """A batch undone."""
    with store.work() as work:
        return importing.undo(batch.id, work, OFFICE, PLAN)


def read(guard: Guard, path: Path, rows: Iterable[Sequence[Any]]) -> Book:
    """A workbook written and read."""
    return guard.read(a_workbook(path, rows))


def all_of(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to see that nothing changed."""
    with store.reading() as view:
        names = [
            row[0] for row in view.connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {name: sorted(map(repr, view.connection.exec_driver_sql(f"SELECT * FROM {name}"))) for name in names}


def _with_sheet(path: Path, pieces: Callable[[], Iterable[bytes]]) -> Path:
    """A workbook whose sheet holds these bytes, packed as tightly as can be."""
    plain = BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name in source.namelist():
            with made.open(name, "w") as part:
                for piece in pieces() if name == "xl/worksheets/sheet1.xml" else [source.read(name)]:
                    part.write(piece)
    return path


def far_cell(path: Path) -> Path:
    """A tiny file with one cell in the last row and column."""
    return _with_sheet(path, lambda: [_SHEET, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', _END])


def great_cell(path: Path) -> Path:
    """One cell of 400 MB."""

    def pieces() -> Iterator[bytes]:
        yield _SHEET + b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
        yield from (b"A" * (1 << 20) for _ in range(400))
        yield b"</t></is></c></row>" + _END

    return _with_sheet(path, pieces)


def million_rows(path: Path) -> Path:
    """A million rows in a small file."""

    def pieces() -> Iterator[bytes]:
        yield _SHEET
        for start in range(1, 1_000_001, 1000):
            yield b"".join(
                b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(start, start + 1000)
            )
        yield _END

    return _with_sheet(path, pieces)


def entities(path: Path) -> Path:
    """Entities within entities."""
    inner = b"".join(b'<!ENTITY b%d "%s">' % (n, (b"&b%d;" % (n - 1) if n else b"aaaaaaaaaa") * 10) for n in range(9))
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b8;</t></is></c></row>'
    return _with_sheet(path, lambda: [b'<?xml version="1.0"?><!DOCTYPE x [' + inner + b"]>" + _SHEET[21:], cell, _END])


BOMBS = {"far cell": far_cell, "great cell": great_cell, "million rows": million_rows, "entities": entities}


def mutated(data: bytes, seed: int) -> bytes:
    """The same bytes with a few of them changed, cut out or doubled."""
    dice, changed = random.Random(seed), bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5, 30))):
        place, way = dice.randrange(len(changed)), dice.randrange(4)
        if way == 0:
            changed[place] ^= 1 << dice.randrange(8)
        elif way == 1:
            changed[place] = dice.randrange(256)
        elif way == 2:
            del changed[place : place + dice.randrange(1, 200)]
        else:
            changed[place:place] = changed[place : place + dice.randrange(1, 50)]
    return bytes(changed)


def sentences(guard: Guard, whole: Path, seeds: Iterable[int]) -> list[str]:
    """What is said of damaged copies of a file that could not be read."""
    data, path, said = whole.read_bytes(), whole.with_name("b.xlsx"), []
    for seed in seeds:
        path.write_bytes(mutated(data, seed))
        try:
            guard.read(path)
        except UserCanFix as fault:
            said.append(fault.message)
    return said


PLAN = compile_catalogue(the_demo_catalogue(), DAY)
