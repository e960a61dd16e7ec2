"""How identity numbers stand in a sheet: whole, as 6-8-4, or a digit a cell under one heading. Always text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from forms.roster import DIGITS, GROUPED
from printing.sheet_rows import Cell, Sheet, SheetColumn, Subtotal

LENGTH = 18
"""Signs of an identity number."""
_NARROW = 2.4  # characters across a cell of one digit


def numbered(sheet: Sheet, ways: Sequence[str]) -> Sheet:
    """The sheet with each column's identity numbers written its way (`forms.roster.NUMBERS`), column by column.

    A number longer than eighteen signs keeps its rest in the last cell: nothing is cut.
    """
    if not {GROUPED, DIGITS} & set(ways):
        return sheet

    def spread(cells: Sequence[Cell]) -> tuple[Cell, ...]:
        return tuple(part for cell, way in zip(cells, ways, strict=True) for part in _parts(cell, way))

    return replace(
        sheet,
        columns=tuple(part for column, way in zip(sheet.columns, ways, strict=True) for part in _columns(column, way)),
        rows=[spread(row) for row in sheet.rows],
        totals=spread(sheet.totals) if sheet.totals else (),
        subtotals=tuple(Subtotal(one.after, one.words, spread(one.cells)) for one in sheet.subtotals),
    )


def grouped(number: str) -> str:
    """`990101 19800101 123X`; anything that is no identity number stays as it is."""
    return f"{number[:6]} {number[6:14]} {number[14:]}" if len(number) == LENGTH else number


def signs_of(number: str) -> list[str]:
    """A number a sign a cell, eighteen of them; what is longer stays together in the last."""
    return [*(number[at : at + 1] for at in range(LENGTH - 1)), number[LENGTH - 1 :]]


def _columns(column: SheetColumn, way: str) -> Iterator[SheetColumn]:
    if way == DIGITS:
        yield from [replace(column, width=_NARROW, room=0, group=column.heading)] * LENGTH
    else:
        yield replace(column, room=column.room + 2) if way == GROUPED else column


def _parts(cell: Cell, way: str) -> Iterator[Cell]:
    if way == GROUPED:
        yield grouped(cell) if isinstance(cell, str) else cell
    elif way == DIGITS:
        yield from (sign or None for sign in signs_of(cell if isinstance(cell, str) else ""))
    else:
        yield cell
