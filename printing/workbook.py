"""Rosters as an Excel workbook: one sheet a roster, a 汇总 sheet in front when there are several.

openpyxl builds the skeleton; the rows are streamed into its sheet parts. What clerks check is here: numbers of
people and accounts are text, dates are dates, money has two decimals, the header repeats on every printed page.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from clerk.atomic import atomic_write
from clerk.roster_shapes import Guard, RosterColumn, RosterTable
from clerk.settings import Office
from forms.roster import CLERK, DAY, INTERNAL, UNIT
from forms.schema import Kind
from printing.id_numbers import numbered
from printing.leaks import Bounds, refuse_leaks_in_workbook
from printing.sheet_fit import Fit, fit
from printing.sheet_rows import Format, Sheet, SheetColumn, Signature, Styles, Subtotal, rows_xml
from printing.skeleton import FIRST, add_sheet
from printing.summary import summary_of

_MOST_ROWS = 1_000_000  # of data in one sheet; Excel's own end is 1,048,576 lines
_INTERNAL = "内部资料　不得外传"
_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_FORMATS = {
    Kind.MONEY: Format.MONEY,
    Kind.INTEGER: Format.COUNT,
    Kind.NUMBER: Format.NUMBER,
    Kind.DATE: Format.DATE,
    Kind.MONTH: Format.MONTH,
}
_ROOM = {Kind.ID: 18, Kind.DISABILITY_CARD: 20, Kind.ACCOUNT: 19, Kind.PHONE: 11}
"""Digits that numbers of a kind have: their columns take a whole one, even one written in by hand."""
_BATCH = 500  # rows handed to the compressor at once
_FAST = 1
_LEVEL = "_compresslevel"
"""Where a part keeps its level: one that brings its own day takes none from the archive (public only from Python 3.13)."""


def write_workbook(tables: Sequence[RosterTable], target: Path, office: Office, made: date) -> None:
    """Write rosters as one workbook, whole or not at all; `made` is the day of filing.

    What leaves the office in a version of its own is searched for what must not be in it before it is written.
    Raises UserCanFix when the disk refuses, a text is too long for a cell or something private was found, ValueError
    without a roster.
    """
    made_ = workbook_bytes([sheet_of(table, office, made) for table in tables])
    guards = [table.guard for table in tables if table.guard]
    if guards:
        refuse_leaks_in_workbook(made_, _bounds(guards))
    atomic_write(target, made_)


def _bounds(guards: Sequence[Guard]) -> Bounds:
    names = frozenset[str]().union(*(guard.names for guard in guards))
    secrets = frozenset[str]().union(*(guard.secrets for guard in guards)) - names
    return Bounds(secrets, names, frozenset[str]().union(*(guard.numbers for guard in guards)))


def write_per_receiver(tables: Sequence[RosterTable], folder: Path, office: Office, made: date) -> tuple[Path, ...]:
    """Write one workbook for each receiving department with all its rosters; the files, by department.

    A roster for several departments (甲、乙) goes to each of them. Raises as write_workbook does.
    """
    files = []
    for receiver, theirs in per_receiver(tables).items():
        files.append(folder / f"{_FILE_NAME.sub('', receiver)}花名册 {_FILE_NAME.sub('', theirs[0].span.words)}.xlsx")
        write_workbook(theirs, files[-1], office, made)
    return tuple(files)


def per_receiver(tables: Sequence[RosterTable]) -> dict[str, list[RosterTable]]:
    """The rosters that each department receives, by department in order."""
    found: dict[str, list[RosterTable]] = {}
    for table in tables:
        for receiver in table.department.split("、"):
            found.setdefault(receiver, []).append(table)
    return dict(sorted(found.items()))


def sheet_of(table: RosterTable, office: Office, made: date) -> Sheet:
    """A roster as a sheet: its columns' kinds as Excel formats, what its totals leave open as notes."""
    version = "" if table.version in (INTERNAL, table.level) else f"·{table.version}版"
    filled = {UNIT: office.name, CLERK: office.clerk, DAY: made.isoformat()}
    return numbered(
        Sheet(
            name=table.name,
            title=f"{table.name}（{table.span.words}）{version}",
            unit=office.name,
            made=made,
            columns=tuple(map(_column, table.columns)),
            rows=table.rows,
            totals=table.totals,
            signers=tuple(Signature(one.label, filled.get(one.fill, "")) for one in table.signers),
            receiver=table.department,
            notes=(f"共{table.households}户、{table.people}人", *table.notes),
            footer=_INTERNAL if table.version == INTERNAL else table.footer,
            households=table.households,
            people=table.people,
            paper=table.paper,
            subtotals=tuple(Subtotal(one.after, one.words, one.cells) for one in table.subtotals),
            page=table.page,
        ),
        [column.numbers for column in table.columns],
    )


def _column(column: RosterColumn) -> SheetColumn:
    form, room = _FORMATS.get(column.kind, Format.TEXT), _ROOM.get(column.kind, 0)
    return SheetColumn(column.heading, form, column.width, room, column.main)


def write_sheets(sheets: Sequence[Sheet], target: Path) -> None:
    """Write the workbook, whole or not at all. Raises UserCanFix when the disk refuses or a text is too long."""
    atomic_write(target, workbook_bytes(sheets))


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The workbook's bytes: the same sheets give the same bytes. Raises ValueError without a sheet."""
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    book = Workbook()
    book.remove(book.worksheets[0])
    names: set[str] = set()
    front = [summary_of(sheets)] if len(sheets) > 1 else []
    parts = [part for sheet in (*front, *sheets) for part in _split(sheet)]
    measured = [fit(part) for part in parts]
    for part, fitted in zip(parts, measured, strict=True):
        add_sheet(book, part, fitted, names)
    book.properties.creator = "Clerk 一窗办"
    skeleton = io.BytesIO()
    book.save(skeleton)
    filling = enumerate(zip(parts, measured, strict=True), 1)
    fills = {f"xl/worksheets/sheet{at}.xml": (part, fitted) for at, (part, fitted) in filling if part.rows}
    return _filled(skeleton.getvalue(), fills, sheets[0].made)


def _split(sheet: Sheet) -> list[Sheet]:
    """A roster longer than a worksheet continues on further sheets; totals and signatures stand on the last."""
    starts = range(0, max(len(sheet.rows), 1), _MOST_ROWS)
    if len(starts) == 1:
        return [sheet]
    parts = [
        replace(
            sheet,
            name=f"{sheet.name}({count})",
            title=f"{sheet.title}（{count}/{len(starts)}）",
            rows=sheet.rows[start : start + _MOST_ROWS],
            start=start,
            totals=(),
            notes=(),
            signers=(),
            subtotals=_between(sheet.subtotals, start, start + _MOST_ROWS),
        )
        for count, start in enumerate(starts, 1)
    ]
    parts[-1] = replace(parts[-1], totals=sheet.totals, notes=sheet.notes, signers=sheet.signers)
    return parts


def _between(subtotals: Sequence[Subtotal], start: int, stop: int) -> tuple[Subtotal, ...]:
    return tuple(replace(one, after=one.after - start) for one in subtotals if start < one.after <= stop)


def _filled(skeleton: bytes, fills: dict[str, tuple[Sheet, Fit]], made: date) -> bytes:
    """The skeleton's parts, with the sample row of each roster's sheet replaced by its rows."""
    target = io.BytesIO()
    stamp = b">%bT00:00:00Z<" % made.isoformat().encode()
    with zipfile.ZipFile(io.BytesIO(skeleton)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            setattr(info, _LEVEL, _FAST)
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb">\d{4}-\d\d-\d\dT[\d:]+Z<", stamp, part)
            with new.open(info, "w") as stream:
                if name in fills:
                    _stream(stream, part.decode(), *fills[name])
                else:
                    stream.write(part)
    return target.getvalue()


def _stream(stream: IO[bytes], xml: str, sheet: Sheet, fitted: Fit) -> None:
    """Write a sheet part, its sample row replaced by the rows."""
    head, sample, tail = _around_sample(xml, FIRST)
    sums = None
    if sheet.subtotals:
        _, summed, tail = _around_sample(xml, FIRST + 1)
        sums = _styles(summed)
    last = get_column_letter(len(sheet.columns) + 1)
    stream.write(re.sub(r'(<dimension ref="A1:)[A-Z]+', rf"\g<1>{last}", head).encode())
    batch: list[str] = []
    for row in rows_xml(sheet, _styles(sample), sums, FIRST, fitted.height):
        batch.append(row)
        if len(batch) == _BATCH:
            stream.write("".join(batch).encode())
            batch.clear()
    stream.write(("".join(batch) + tail).encode())


def _styles(sample: str) -> Styles:
    numbers = [int(number) for number in re.findall(r'<c r="[A-Z]+\d+" s="(\d+)"', sample)]
    return Styles(numbers[0], tuple(numbers[1:-1]), numbers[-1])


def _around_sample(xml: str, line: int) -> tuple[str, str, str]:
    start = xml.index(f'<row r="{line}"')
    stop = xml.index("</row>", start) + len("</row>")
    return xml[:start], xml[start:stop], xml[stop:]
