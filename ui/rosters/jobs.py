"""What the helper process does for the page of rosters: one of them looked at before it goes out. Qt-free, module-level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ui.jobs import office_of, plans_of, reading

if TYPE_CHECKING:
    from clerk.lacks import Lack
    from clerk.service import Wanted
    from printing.sheet_rows import Cell, SheetColumn
    from ui.jobs import Source

MOST = 100
"""Rows that a preview shows."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A roster as its sheet will stand: title, who receives it, headings, which columns are figures, the first rows in words.

    `rows` counts all there will be, `kept_back` those the version leaves out; `lacks` is what is still missing.
    """

    title: str
    department: str
    headings: tuple[str, ...]
    figures: frozenset[int]
    shown: tuple[tuple[str, ...], ...]
    rows: int
    kept_back: int
    lacks: tuple[Lack, ...]


def preview_roster(source: Source, wanted: Wanted) -> Preview:
    """The first rows of the one roster wanted, as the workbook would hold them. UserCanFix as for the workbook."""
    from clerk.roster_look import look_at
    from printing.sheet_rows import Format
    from printing.workbook import sheet_of

    with reading(source) as view:
        look, office = look_at(view, wanted, plans_of(source), MOST), office_of(view)
    sheet = sheet_of(look.table, office, source.today)
    words = (Format.TEXT, Format.DATE, Format.MONTH)
    return Preview(
        sheet.title,
        look.table.department,
        tuple(map(_heading, sheet.columns)),
        frozenset(at for at, column in enumerate(sheet.columns) if column.format not in words),
        tuple(tuple(map(_words, sheet.columns, row)) for row in sheet.rows),
        look.rows,
        look.kept_back,
        look.lacks,
    )


def _heading(column: SheetColumn) -> str:
    return column.heading or column.group


def _words(column: SheetColumn, cell: Cell) -> str:
    """A cell as a reader of the workbook sees it."""
    from clerk.wording import money
    from printing.sheet_rows import Format

    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, date):
        return f"{cell:%Y年%m月}" if column.format is Format.MONTH else cell.isoformat()
    if column.format is Format.MONEY and isinstance(cell, int):
        return money(cell)
    return f"{float(cell):g}" if isinstance(cell, Fraction) else str(cell)
