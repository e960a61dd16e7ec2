"""Fill a county's own sheet with a roster: its rows are patched into the file, everything else stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from clerk.atomic import atomic_write
from clerk.errors import UserCanFix
from clerk.roster_shapes import RosterTable
from clerk.settings import Office
from forms.roster import WHOLE
from printing.county_sheet.around import after_rows, before_rows, merged_in, move_others, moved_row, recalculate
from printing.county_sheet.formats import Formats
from printing.county_sheet.grid import Grid, cut
from printing.county_sheet.inspecting import CountySheet, Opened
from printing.county_sheet.moving import MOST, Move, area_of
from printing.county_sheet.parts import Parts
from printing.county_sheet.writing import Writer, masters
from printing.leaks import Bounds, refuse_leaks_in_workbook
from printing.sheet_rows import Sheet
from printing.workbook import sheet_of

_STYLES = "xl/styles.xml"


def fill(opened: Opened, county: CountySheet, table: RosterTable, made: tuple[Office, date], target: Path) -> None:
    """Write the county file filled with the roster, whole or not at all; `made` is whose sheet it is and the day.

    `county` must come from inspecting this very file. What leaves the office in a version of its own is searched for
    what must not be in it. Raises UserCanFix when nothing of the roster has a place there, when there are too many rows,
    something private was found, or the disk refuses.
    """
    data = filled(opened.data, county, sheet_for(table, made))
    if table.guard:
        secrets = table.guard.secrets - table.guard.names
        refuse_leaks_in_workbook(data, Bounds(secrets, table.guard.names, table.guard.numbers))
    atomic_write(target, data)


def sheet_for(table: RosterTable, made: tuple[Office, date]) -> Sheet:
    """The roster as it goes into somebody else's sheet: a number is one cell there, however our own sheets write it."""
    columns = tuple(replace(column, numbers=WHOLE) for column in table.columns)
    return sheet_of(replace(table, columns=columns), *made)


def filled(data: bytes, county: CountySheet, sheet: Sheet) -> bytes:
    """The file's bytes with the rows in; the same file and roster give the same bytes."""
    if not {column.heading for column in sheet.columns} & {
        name for name, at in county.columns.items() if at is not None
    }:
        raise UserCanFix(f"「{county.name}」里没有一列与花名册对得上，请先核对表头对照")
    layout = county.layout
    more = max(0, len(sheet.rows) - layout.prepared)
    with Parts(data) as parts:
        part = parts.part_of(layout.sheet)
        grid = cut(parts.text(part))
        if max((layout.first, *grid.rows)) + more > MOST:
            raise UserCanFix(f"「{county.name}」放不下{len(sheet.rows)}行，请分期导出")
        move = Move(layout.sheet, layout.last, more)
        formats = Formats(parts.text(_STYLES))
        writer = Writer(county, sheet, grid, formats, move)
        rows = "".join(_rows(grid, county, writer, move))
        ours = list(_merged(grid, county, writer, len(sheet.rows)))
        lines = range(layout.first, layout.last + 1)
        behind = after_rows(grid.after, move, ours, lines) if more or ours else grid.after
        if more:
            move_others(parts, part, move)
        parts.put(part, f"{before_rows(grid.before, move)}<sheetData>{rows}</sheetData>{behind}")
        parts.put(_STYLES, formats.xml())
        if any("<f" in parts.text(other) for _, other in parts.sheets()):
            recalculate(parts)
        return parts.data()


def _rows(grid: Grid, county: CountySheet, writer: Writer, move: Move) -> Iterator[str]:
    layout, known = county.layout, masters(grid)
    above = [row for line, row in sorted(grid.rows.items()) if line < layout.first]
    below = [row for line, row in sorted(grid.rows.items()) if line > layout.last and line >= layout.first]
    for row in above:
        yield moved_row(row, move, known, writer.result)
    yield from writer.rows()
    for row in below:
        yield moved_row(writer.totals(row) if row.line == layout.total else row, move, known, writer.result)


def _merged(grid: Grid, county: CountySheet, writer: Writer, count: int) -> Iterator[str]:
    """The merged areas of the rows written: each as in the prepared row it is written like."""
    layout = county.layout
    known = merged_in(grid.after, range(layout.first, layout.last + 1))
    for place in range(max(count, layout.prepared) if known else 0):
        line = layout.first + (writer.pattern_of(place) if place < count else place)
        for left, right in known.get(line, ()):
            yield area_of(layout.first + place, left, right)
