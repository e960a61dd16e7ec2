"""A county's own sheet filled with a roster: our patch of the zip beside openpyxl loading, writing and saving it."""

from __future__ import annotations

import io
import tempfile
import time
import warnings
from copy import copy
from pathlib import Path

import openpyxl

from printing.county_sheet.filling import filled
from printing.county_sheet.inspecting import open_county
from printing.workbook import sheet_of
from tests.bench.figures import Figure, cpu_of
from tests.printing.county_template import FIRST, LAST, MAIN, a_county_template
from tests.printing.test_county_sheet import MADE, a_table, looked_into

_RUNS = 5


def figures(rows: int = 10_000) -> list[Figure]:
    """CPU seconds, median of five, the two taking turns; the guarded look into the file by the clock."""
    with tempfile.TemporaryDirectory() as folder:
        path = a_county_template(Path(folder) / "county.xlsx")
        start = time.perf_counter()
        open_county(path)
        looked = time.perf_counter() - start
        opened, county = looked_into(path)
        sheet = sheet_of(a_table(rows), *MADE)
        lines = [
            [row[at] for at in _sources(county.columns, [one.heading for one in sheet.columns])] for row in sheet.rows
        ]
        places = sorted(at for at in county.columns.values() if at is not None)
        pairs = [
            (
                cpu_of(lambda: filled(opened.data, county, sheet), 1),
                cpu_of(lambda: _by_openpyxl(opened.data, places, lines), 1),
            )
            for _ in range(_RUNS)
        ]
    ours, peer = (sorted(one[side] for one in pairs)[_RUNS // 2] for side in (0, 1))
    return [
        Figure(
            f"county sheet filled with {rows:,} rows",
            f"{ours:.2f} s",
            f"openpyxl {peer:.2f} s: {ours / peer:.2f}×",
            "≤ 0.25×",
        ),
        Figure("guarded look into the county's file", f"{looked:.2f} s"),
    ]


def _sources(columns: dict[str, int | None], headings: list[str]) -> list[int]:
    """Which columns of the roster are written, in the order of the sheet."""
    found = sorted((at, headings.index(name)) for name, at in columns.items() if at is not None)
    return [source for _, source in found]


def _by_openpyxl(data: bytes, places: list[int], lines: list[list[object]]) -> bytes:
    """What a program does without patching: the foot moved, then each cell with its value and the prepared row's style."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(io.BytesIO(data))
    page = book[MAIN]
    page.move_range(f"A{LAST + 1}:L{LAST + 3}", rows=len(lines) - (LAST - FIRST + 1), translate=True)
    like = [copy(page.cell(FIRST, column)._style) for column in range(1, 13)]
    for count, values in enumerate(lines):
        line = FIRST + count
        for column in range(1, 13):
            page.cell(line, column)._style = like[column - 1]
        page.cell(line, 1).value = count + 1
        page.cell(line, 9).value = f"=H{line}*12"
        for place, value in zip(places, values, strict=True):
            cell = page.cell(line, place + 1)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
