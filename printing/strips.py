"""Turn the blocks of a grid into strips (rows that stand on paper) and strips into pages.

Heights are points. A strip knows which row of which source fills it (see `printing.spread`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from forms.paper import Block, CellKind, GridRow, Repeat
from printing.marks import POINTS_PER_MM
from printing.spread import Spread, Stand

_TOGETHER, _WASTE = 0.4, 0.12
_MOST_STRETCH = 3.0
_EASE = 1.12
_NOTE = 9 * POINTS_PER_MM


@dataclass(frozen=True, slots=True)
class Strip:
    """One row on paper: its cells, its height, and the source row (`record` of `source`) that fills it.

    `heading` is said again when a page begins here; `joined` strips stay with the next one; `note` says that the rows
    from `record` on stand on a continuation sheet; a `fresh` one begins a page. The first `beside` cells belong to the
    block's own row, whose source and record is `home`.
    """

    block: int
    row: GridRow
    source: int
    record: int
    height: float
    heading: tuple[GridRow, ...] = ()
    joined: bool = False
    note: bool = False
    fresh: bool = False
    beside: int = 0
    home: tuple[int, int] = (0, 0)


Need = Callable[[int, GridRow], float]
"""The least height in points that a row of a block (by its number) asks for."""


def shown(repeat: Repeat, count: int) -> int:
    """How many of `count` rows stand on the form itself; the last place is needed for a note when some do not."""
    return count if count <= repeat.most else repeat.most - 1


def main_strips(laid: Spread, blocks: frozenset[int], counts: Sequence[int], need: Need) -> list[Strip]:
    """The strips of the form itself: `blocks` are the ones that print, `counts` the rows of each source."""
    strips: list[Strip] = []
    headed: Block | None = None
    for index, block, stand in _blocks(laid, blocks):
        if block.heading and block is not headed:
            strips += [Strip(index, row, 0, 0, need(index, row), joined=True) for row in block.heading]
        headed = block
        for row, source in _rows(block, stand):
            if isinstance(row, Repeat):
                strips += _repeated((index, block), row, source, counts[source], need, stand)
            else:
                joined = _spans(block, row) or _heads(block, row)
                high = need(index, row)
                home = (stand.home, stand.record)
                strips.append(Strip(index, row, *home, high, block.heading, joined, home=home))
    return strips


def more_strips(laid: Spread, blocks: frozenset[int], counts: Sequence[int], need: Need) -> list[Strip]:
    """The strips of the continuation sheets: every row that had no place on the form."""
    strips: list[Strip] = []
    for index, block, stand in _blocks(laid, blocks):
        for row, source in _rows(block, stand):
            if isinstance(row, Repeat) and counts[source] > row.most:
                records = range(shown(row, counts[source]), counts[source])
                strips += _heading(index, row, stand, need)
                strips += [
                    replace(one, heading=row.heading) for one in _records(index, row, source, records, need, stand)
                ]
    return strips


def paginate(
    strips: Sequence[Strip], fresh: frozenset[int], room: Callable[[int], float], need: Need
) -> list[list[Strip]]:
    """Strips to pages, none higher than `room(page)`: blocks stay whole where they can, headings are said again."""
    pages: list[list[Strip]] = [[]]
    left = room(0)
    for clump, whole in _clumps(strips):
        height = sum(strip.height for strip in clump)
        first = clump[0]
        new_block = not pages[-1] or pages[-1][-1].block != first.block
        page = room(len(pages))
        wanted = whole if new_block and whole <= page * _TOGETHER and left <= page * _WASTE else height
        if pages[-1] and (wanted > left + 0.01 or first.fresh or (new_block and first.block in fresh)):
            pages.append(_again(first, need))
            left = room(len(pages) - 1) - sum(strip.height for strip in pages[-1])
        pages[-1].extend(clump)
        left -= height
    return pages


def stretched(strips: Sequence[Strip], room: float, last: bool, alone: bool) -> list[Strip]:
    """Let the elastic rows fill the page; without elastic rows a page that is not the last eases all its rows a little.

    A paper of one page is filled to the end; repeated rows, and rows on the last page of several, do not grow out of
    proportion.
    """
    used = sum(strip.height for strip in strips)
    if not any(strip.row.stretch for strip in strips):
        ease = 1.0 if last or not used else min(_EASE, room / used)
        return [replace(strip, height=strip.height * ease) for strip in strips]
    free = alone or not last
    limits = [strip.height * _MOST_STRETCH if strip.heading or not free else float("inf") for strip in strips]
    heights = [strip.height for strip in strips]
    for _ in range(3):  # what a limited row cannot take goes to the others
        spare = room - sum(heights)
        weights = [s.row.stretch if h < limit else 0.0 for s, h, limit in zip(strips, heights, limits, strict=True)]
        if spare < 1 or not sum(weights):
            break
        shares = [spare * weight / sum(weights) for weight in weights]
        heights = [min(h + more, limit) for h, more, limit in zip(heights, shares, limits, strict=True)]
    return [replace(strip, height=height) for strip, height in zip(strips, heights, strict=True)]


def _blocks(laid: Spread, blocks: frozenset[int]) -> Iterator[tuple[int, Block, Stand]]:
    """The blocks that print, with their numbers."""
    for index, (block, stand) in enumerate(zip(laid.grid.blocks, laid.stands, strict=True)):
        if index in blocks:
            yield index, block, stand


def _rows(block: Block, stand: Stand) -> Iterator[tuple[GridRow | Repeat, int]]:
    """Each row of a block, with its own source when it is repeated."""
    sources = iter(stand.repeats)
    for row in block.rows:
        yield row, next(sources) if isinstance(row, Repeat) else 0


def _repeated(
    where: tuple[int, Block], repeat: Repeat, source: int, count: int, need: Need, stand: Stand
) -> list[Strip]:
    index, block = where
    rows = range(max(shown(repeat, count), min(repeat.least, repeat.most) if count <= repeat.most else 0))
    heading = (*block.heading, *repeat.heading)
    strips = [replace(one, heading=heading) for one in _records(index, repeat, source, rows, need, stand)]
    if count > repeat.most:
        height = min(need(index, repeat.row), _NOTE)
        strips.append(Strip(index, repeat.row, source, len(strips), height, heading, note=True))
    return _heading(index, repeat, stand, need) + strips


def _records(index: int, repeat: Repeat, source: int, records: range, need: Need, stand: Stand) -> Iterator[Strip]:
    height, home = need(index, repeat.row), (stand.home, stand.record)
    for at in records:
        fresh = bool(repeat.per_page and at and at % repeat.per_page == 0)
        yield Strip(index, repeat.row, source, at, height, fresh=fresh, beside=repeat.beside, home=home)


def _heading(index: int, repeat: Repeat, stand: Stand, need: Need) -> list[Strip]:
    home = (stand.home, stand.record)
    return [Strip(index, row, *home, need(index, row), joined=True, home=home) for row in repeat.heading]


def _again(first: Strip, need: Need) -> list[Strip]:
    block = first.block
    return [Strip(block, row, *first.home, need(block, row), joined=True) for row in first.heading]


def _spans(block: Block, row: GridRow) -> bool:
    """Whether a cell of this row or of one above reaches below it."""
    deep = 0
    for other in block.rows:
        cells = other.cells if isinstance(other, GridRow) else ()
        deep = max(deep - 1, max((cell.depth - 1 for cell in cells), default=0))
        if other is row:
            return deep > 0
    return False


def _heads(block: Block, row: GridRow) -> bool:
    """Whether this is a line of print across the form that heads a table below it."""
    place = next(at for at, other in enumerate(block.rows) if other is row)
    table = place + 1 < len(block.rows) and isinstance(block.rows[place + 1], Repeat)
    return table and len(row.cells) == 1 and row.cells[0].kind is CellKind.LABEL


def _clumps(strips: Sequence[Strip]) -> Iterator[tuple[list[Strip], float]]:
    """Strips that must stay together, with the height of their whole block."""
    heights: dict[int, float] = {}
    for strip in strips:
        heights[strip.block] = heights.get(strip.block, 0.0) + strip.height
    clump: list[Strip] = []
    for strip in strips:
        clump.append(strip)
        if not strip.joined:
            yield clump, heights[strip.block]
            clump = []
    if clump:
        yield clump, heights[clump[0].block]


def points(millimetres: float) -> float:
    """Millimetres as points."""
    return millimetres * POINTS_PER_MM
