"""Figures of sheets in: reading under guard beside the bare reader and openpyxl; people into the store beside raw SQL."""

from __future__ import annotations

import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from clerk.exchange import importing
from clerk.exchange.reading import Book, Guard, Sheet
from clerk.store import Store, open_store
from tests.bench.figures import Figure, cpu_of
from tests.bench.people import invented_people
from tests.clerk.exchange.making import HEAD, LEDGER, OFFICE, PLAN, tried

_TABLES = ("household", "household_revision", "person", "search_key", "answer_index")
_COLUMNS = 30
_RUNS = 3


def figures(rows: int = 100_000) -> list[Figure]:
    """Measured on files and stores in a temporary folder; the readers by the clock, best of three; keeping by CPU seconds."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_reading(Path(folder), rows), *_keeping(Path(folder), rows)]


def _reading(folder: Path, rows: int) -> list[Figure]:
    path = _great_workbook(folder / "great.xlsx", rows)
    alone = cpu_of(lambda: list(CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()), _RUNS)
    before = _both()
    with Guard() as guard:
        guard.read(_great_workbook(folder / "small.xlsx", 10))
        pairs = [
            (
                _spent(lambda: list(CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())),
                _spent(lambda: guard.read(path)),
            )
            for _ in range(_RUNS)
        ]
    guarded = (_both() - before) / _RUNS - alone
    bare, ours = min(first for first, _ in pairs), min(second for _, second in pairs)
    other = _spent(lambda: _by_openpyxl(path))
    name = f"read {rows:,} × {_COLUMNS} under guard"
    return [
        Figure(name, f"{ours:.1f} s", f"python-calamine alone {bare:.1f} s: {bare / ours:.2f}×", "≥ 0.75×"),
        Figure(
            "  CPU of both processes",
            f"{guarded:.1f} s",
            f"python-calamine alone {alone:.1f} s: {alone / guarded:.2f}×",
        ),
        Figure(f"{name}, beside openpyxl", f"{ours:.1f} s", f"openpyxl read-only {other:.1f} s: {other / ours:.1f}×"),
    ]


def _both() -> float:
    """CPU seconds of this process and of those it started that have ended."""
    ours, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in (ours, theirs))


def _by_openpyxl(path: Path) -> int:
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))


def _keeping(folder: Path, people: int) -> list[Figure]:
    store = open_store(folder / "ours")
    sheet = Sheet("名单", list(_people(people)))
    start = time.process_time()
    trial = tried(store, Book("名单.xlsx", "xlsx", "0", (sheet,)), LEDGER)
    tried_out = time.process_time() - start
    assert trial.ready
    start = time.process_time()
    with store.work() as work:
        importing.carry_out(trial, work, OFFICE, PLAN, confirmed=True)
    kept = time.process_time() - start
    with store.reading() as view:
        rows = {
            table: [tuple(row) for row in view.connection.exec_driver_sql(f"SELECT * FROM {table}")]
            for table in _TABLES
        }
    store.close()
    raw = _raw(open_store(folder / "raw"), rows)
    return [
        Figure(f"try out a sheet of {people:,} people", f"{tried_out:.1f} s"),
        Figure(
            f"keep {people:,} people",
            f"{kept:.1f} s",
            f"the same rows by raw executemany {raw:.1f} s: {kept / raw:.2f}×",
            "≤ 2×",
        ),
    ]


def _raw(store: Store, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    """Seconds to put rows that are ready into an empty store, in one transaction, past everything of ours."""
    start = time.process_time()
    with store.engine.connect() as connection, connection.begin():
        bare = connection.connection.driver_connection
        assert bare is not None
        for table, some in rows.items():
            bare.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(some[0]))})", some)
    spent = time.process_time() - start
    store.close()
    return spent


def _people(count: int) -> Iterator[list[str]]:
    """A ledger of households of three."""
    yield list(HEAD)
    for place, person in enumerate({one.id_no: one for one in invented_people(count + count // 50)}.values()):
        if place == count:
            return
        home = place // 3
        yield [f"H{home}", "", person.name, person.id_no, "", "红星村", f"{home}组", ""]


def _great_workbook(path: Path, rows: int) -> Path:
    """A streamed workbook of words, numbers of people and amounts."""
    plain, dice = BytesIO(), random.Random(1)
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            with made.open(name, "w") as part:
                if name != "xl/worksheets/sheet1.xml":
                    part.write(source.read(name))
                    continue
                part.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
                for row in range(1, rows + 1):
                    part.write(_row(row, dice))
                part.write(b"</sheetData></worksheet>")
    return path


def _row(row: int, dice: random.Random) -> bytes:
    cells = []
    for column in range(_COLUMNS):
        place = f"{chr(65 + column) if column < 26 else 'A' + chr(39 + column)}{row}"
        if column % 5 == 4:
            cells.append(f'<c r="{place}"><v>{dice.randrange(10**6) / 100}</v></c>')
            continue
        word = f"990101{dice.randrange(10**11):011d}X" if column == 3 else f"张{dice.randrange(3000)}村组"
        cells.append(f'<c r="{place}" t="inlineStr"><is><t>{word}</t></is></c>')
    return f'<row r="{row}">{"".join(cells)}</row>'.encode()


def _spent(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
