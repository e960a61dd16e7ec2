"""Divide a ruled paper into pages: saved by a small squeeze where that helps, filled with blank rows where asked."""

from __future__ import annotations

from collections.abc import Sequence

from clerk.errors import UserCanFix
from printing.plate import Canvas, Plate, press
from printing.strips import Strip, main_strips, more_strips, paginate

_SQUEEZES = (1.0, 0.96, 0.92, 0.88)
"""Row heights that are tried so as to save a page."""


def press_all(canvas: Canvas, blocks: frozenset[int], counts: Sequence[int]) -> list[Plate]:
    """The plates of all pages and continuation sheets; `counts` are the rows of each source.

    Raises UserCanFix when a page cannot hold the rows that it is said to.
    """
    pages = _filled_up(canvas, blocks, _whole_pages(canvas, counts))
    plates = [press(canvas, strips, at, at == len(pages) - 1) for at, strips in enumerate(pages)]
    more = more_strips(canvas.laid, blocks, counts, canvas.need())
    if more:
        sheets = paginate(more, frozenset(), lambda _: canvas.room(first=False), canvas.need())
        plates += [press(canvas, strips, at, at == len(sheets) - 1, "（续表）") for at, strips in enumerate(sheets)]
    return plates


def _divided(canvas: Canvas, blocks: frozenset[int], counts: Sequence[int], squeeze: float) -> list[list[Strip]]:
    """The strips of each page, rows squeezed to a share of their height."""
    fresh = frozenset(index for index, block in enumerate(canvas.grid.blocks) if block.fresh)
    need = canvas.need(squeeze)
    strips = main_strips(canvas.laid, blocks, counts, need)
    return paginate(strips, fresh, lambda at: canvas.room(at == 0), need)


def _whole_pages(canvas: Canvas, counts: Sequence[int]) -> list[int]:
    """Rows made up to whole pages, where a page has a fixed number of them."""
    whole = list(counts)
    for source, repeat in enumerate(canvas.laid.repeats):
        if repeat and repeat.per_page and repeat.fills:
            whole[source] = -(-max(counts[source], 1) // repeat.per_page) * repeat.per_page
    return whole


def _filled_up(canvas: Canvas, blocks: frozenset[int], counts: list[int]) -> list[list[Strip]]:
    """The pages, squeezed as little as saves the most of them, with blank rows to the foot of the last where asked."""
    tries = [(_divided(canvas, blocks, counts, squeeze), squeeze) for squeeze in _SQUEEZES]
    pages, squeeze = min(tries, key=lambda one: len(one[0]))
    for source, repeat in enumerate(canvas.laid.repeats):
        if repeat and repeat.per_page:
            _refuse_parted(pages, source, repeat.per_page, str(repeat.place))
        elif repeat and repeat.fills:
            pages, counts = _grown(canvas, blocks, counts, (source, squeeze))
    return pages


def _grown(
    canvas: Canvas, blocks: frozenset[int], counts: list[int], which: tuple[int, float]
) -> tuple[list[list[Strip]], list[int]]:
    """The pages and counts with as many rows more of one source as cost no page more."""
    source, squeeze = which
    pages = _divided(canvas, blocks, counts, squeeze)
    while True:
        more = list(counts)
        more[source] += 1
        longer = _divided(canvas, blocks, more, squeeze)
        if len(longer) > len(pages):
            return pages, counts
        pages, counts = longer, more


def _refuse_parted(pages: Sequence[Sequence[Strip]], source: int, per_page: int, place: str) -> None:
    """Refuse a fixed number of rows that no page holds."""
    starts = [next((strip.record for strip in page if strip.source == source), 0) for page in pages]
    if any(start % per_page for start in starts):
        raise UserCanFix(f"{place} 一页放不下 {per_page} 行，请减少「每页」的行数或把行高改小。")
