"""The frozen shapes of papers (文书): when one prints, for whom, and what stands where.

A paper is a `Grid` (a ruled form: blocks of rows of cells), a `Letter` (flowing text on GB/T 9704-2012 layout) or an
`Overlay` (an official page with boxes set on it).
Lengths are millimetres, type sizes points. Every value is an expression of the rule language; `forms.paper_walk`
lists them all with the table they are evaluated in, so that they can be checked before anything is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from forms.cells import Cell as Cell
from forms.cells import CellKind as CellKind
from forms.cells import Ordinal as Ordinal
from forms.cells import Rows as Rows
from forms.cells import Signing as Signing
from forms.cells import Slot as Slot
from forms.cells import Template as Template
from forms.cells import plain as plain
from forms.cells import slots as slots
from forms.letters import Imprint as Imprint
from forms.letters import Ledger as Ledger
from forms.letters import Letter as Letter
from forms.letters import Passage as Passage
from forms.numbering import Series
from forms.overlay import Overlay as Overlay
from forms.places import Place
from forms.schema import Expression

ENDLESS = 100_000
"""More rows than any form has: a repeat that flows on from page to page."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of cells, `height` mm at least; `stretch` is its share of what the page has left."""

    cells: tuple[Cell, ...]
    height: float
    stretch: float = 0.0


@dataclass(frozen=True, slots=True)
class Repeat:
    """One row of cells for each row of a table: `least` to `most` on the form, the others on continuation sheets.

    A repeat without end (`most` ENDLESS) flows on over the pages of the form itself, at most `per_page` rows a page when
    that is set; one that `fills` rules blank rows to the foot of its last page. The first `beside` cells of the row
    belong to the block's own row and stand once beside all of the repeated ones.
    """

    rows: Rows
    row: GridRow
    heading: tuple[GridRow, ...]
    least: int
    most: int
    measure: str
    place: Place
    beside: int = 0
    per_page: int = 0
    fills: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together, beside an optional vertical heading; `at` is the table row whose answers it shows.

    A block with `copies` stands once for each row of `at`, at least so many times, under one `heading`; a block that is
    not `ruled` has no lines around its cells; a `sure` one stays out for as long as `relevant` is not surely yes.
    """

    rows: tuple[GridRow | Repeat, ...]
    columns: tuple[float, ...]
    side: str = ""
    at: Rows | None = None
    fresh: bool = False
    relevant: Expression | None = None
    copies: int | None = None
    heading: tuple[GridRow, ...] = ()
    ruled: bool = True
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The shape of the page: margins in mm, lying on its side or not, base type size in points.

    `title` is the size of the title in points and `head` the height in mm that it takes; a sheet that is not `framed`
    has no heavy frame.
    """

    left: float = 20.0
    right: float = 16.0
    top: float = 15.0
    bottom: float = 16.0
    landscape: bool = False
    size: float = 10.5
    side: float = 9.0
    row: float = 8.0
    title: float = 20.0
    head: float = 16.0
    framed: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled form: title, a line above the frame, blocks, notes below the frame."""

    sheet: Sheet
    title: Template
    subtitle: Template
    left: Template
    right: Template
    blocks: tuple[Block, ...]
    notes: tuple[Template, ...] = ()
    code: Template = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One edition of one paper; `each` is the table that gets a copy per row (家庭: one copy), filtered by `where`.

    `always` papers go with every case, others only when a programme of the case names them (or is in `programmes`).
    A `published` paper (公示) is refused for a programme that must not be made public. An `alone` paper (单印) is no part
    of a packet: it is printed when asked for; one that is `always` too suits any household, filed or not. An `early`
    paper (提交前) can be told of what is only chosen, before it is filed. A paper with a `series` takes an official number when it is handed out.
    An `unfiled` paper (不入卷) is no part of the case's file: its cover, its contents, what the household takes home.
    """

    id: str
    name: str
    edition: str
    each: str
    order: int
    copies: int
    body: Grid | Letter | Overlay
    place: Place
    layer: str
    relevant: Expression | None = None
    programmes: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    where: Expression | None = None
    since: date | None = None
    always: bool = False
    published: bool = False
    alone: bool = False
    early: bool = False
    unfiled: bool = False
    series: Series | None = None
    stock: str = "A4"
    sides: str = "单面"
    moment: str = ""
    seals: tuple[str, ...] = ()
    watermark: bool = False
    secrecy: str = ""
    preprinted: bool = False
    style: str = ""
    sure: bool = False
    note: str = field(default="", compare=False)


def cells(grid: Grid) -> Iterator[tuple[Cell, str]]:
    """Every cell of a grid with the table it is filled from, "" where that is the paper's own."""
    for block in grid.blocks:
        home = block.at.table if block.at else ""
        for row in block.rows:
            if isinstance(row, Repeat):
                for line in row.heading:
                    yield from ((cell, home) for cell in line.cells)
                yield from ((cell, home) for cell in row.row.cells[: row.beside])
                yield from ((cell, row.rows.table) for cell in row.row.cells[row.beside :])
            else:
                yield from ((cell, home) for cell in row.cells)
