"""What the helper process does for an own list: show how it begins, and write it. Qt-free, module-level."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ui.jobs import office_of, plans_of, reading, room_for, working

if TYPE_CHECKING:
    from clerk.own_lists import OwnList
    from clerk.periods import Span
    from ui.jobs import Source

SHOWN = 30
"""Rows of a list that are shown before it is written."""


@dataclass(frozen=True, slots=True)
class Preview:
    """How a list begins, in words, which columns are figures, and how much of it there is."""

    headings: tuple[str, ...]
    figures: frozenset[int]
    shown: tuple[tuple[str, ...], ...]
    count: int
    households: int
    people: int
    notes: tuple[str, ...]


def preview_own(source: Source, own: OwnList, span: Span, version: str) -> Preview:
    """The first rows of a list. Raises UserCanFix in a sentence for what cannot be listed so."""
    from clerk.own_rows import own_table
    from forms.roster import GROUPED
    from printing.county_sheet.cautions import seen
    from printing.county_sheet.filling import sheet_for
    from printing.id_numbers import grouped
    from printing.sheet_rows import Format

    with reading(source) as view:
        table, office = own_table(view, own, span, plans_of(source), version), office_of(view)
    sheet = sheet_for(table, (office, source.today))
    dress = [grouped if column.numbers == GROUPED else str for column in table.columns]
    rows = tuple(
        tuple(dress[at](seen(value, sheet.columns[at].format)) for at, value in enumerate(row))
        for row in sheet.rows[:SHOWN]
    )
    headings = tuple(column.heading for column in table.columns)
    words = (Format.TEXT, Format.DATE, Format.MONTH)
    figures = frozenset(at for at, column in enumerate(sheet.columns) if column.format not in words)
    return Preview(headings, figures, rows, len(table.rows), table.households, table.people, table.notes)


def write_own(source: Source, own: OwnList, span: Span, version: str, target: Path) -> tuple[Path, int]:
    """Write a list into a workbook and tell the journal: where it is, and how many rows it has."""
    from clerk.own_rows import own_table
    from clerk.roster_exports import record_export
    from printing.workbook import write_workbook

    with reading(source) as view:
        table, office = own_table(view, own, span, plans_of(source), version), office_of(view)
    write_workbook([table], room_for(target), office, source.today)
    with working(source) as work:
        record_export(work, [table], target, office.clerk)
    return target, len(table.rows)
