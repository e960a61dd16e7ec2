"""A grid as one case fills it: which rows stand where, with blocks that are repeated for a table written out.

Every list of rows that fills cells is a source: number 0 is the paper's own row, each 取, 逐 and 重复 is one more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from forms.paper import Block, Grid, Paper, Repeat, Rows
from printing.rows import rows_of
from printing.values import Values


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a block stands: the source and the record of it that its cells show, and the source of each repeated row."""

    home: int
    record: int
    repeats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The grid with its blocks written out, a `Stand` for each, and for each source its table, repeat and rows."""

    grid: Grid
    stands: tuple[Stand, ...]
    tables: tuple[str, ...]
    repeats: tuple[Repeat | None, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """How many rows each source takes on paper, blank ones included."""
        return tuple(
            max(len(rows), repeat.least) if repeat else 1 for rows, repeat in zip(self.rows, self.repeats, strict=True)
        )

    @property
    def measures(self) -> tuple[str, ...]:
        """The measure word of each source."""
        return tuple(repeat.measure if repeat else "" for repeat in self.repeats)


def spread(paper: Paper, grid: Grid, values: Values, row: str) -> Spread:
    """The grid written out for `row` of the paper's table."""
    made = _Spreading(paper.each, row, values)
    for block in grid.blocks:
        made.add(block)
    same = len(made.blocks) == len(grid.blocks)
    return Spread(
        grid=grid if same else replace(grid, blocks=tuple(made.blocks)),
        stands=tuple(made.stands),
        tables=tuple(made.tables),
        repeats=tuple(made.repeats),
        rows=tuple(made.rows),
    )


class _Spreading:
    """The lists of a spread while it is made."""

    def __init__(self, table: str, row: str, values: Values) -> None:
        self._table, self._row, self._values = table, row, values
        self.blocks: list[Block] = []
        self.stands: list[Stand] = []
        self.tables = [table]
        self.rows: list[tuple[str, ...]] = [(row,)]
        self.repeats: list[Repeat | None] = [None]

    def add(self, block: Block) -> None:
        """A block, as often as it stands on the form."""
        home = self._source(block.at, None, self._table, self._row) if block.at else 0
        if block.copies is None or block.at is None:
            self._stand(block, home, 0, self._table, self._row)
            return
        found = self.rows[home]
        for record in range(max(len(found), block.copies)):
            row = found[record] if record < len(found) else None
            self._stand(block, home, record, block.at.table, row)

    def _stand(self, block: Block, home: int, record: int, table: str, row: str | None) -> None:
        repeats = [one for one in block.rows if isinstance(one, Repeat)]
        sources = tuple(self._source(repeat.rows, repeat, table, row) for repeat in repeats)
        self.blocks.append(block)
        self.stands.append(Stand(home, record, sources))

    def _source(self, rows: Rows, repeat: Repeat | None, table: str, row: str | None) -> int:
        """A source more; a copy that no row fills has no rows of its own."""
        self.tables.append(rows.table)
        self.repeats.append(repeat)
        self.rows.append(tuple(rows_of(rows, self._values, table, row)) if row is not None else ())
        return len(self.rows) - 1
