"""The small ruled tables inside letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from forms.paper import Ledger
from printing.boxes import Box, set_lines
from printing.gauge import Gauge
from printing.marks import HEI, KAI, Mark, Rect
from printing.pieces import Piece
from printing.text import Style, fit

_SPACING = 1.2


def ruled_table(ledger: Ledger, rows: Sequence[Sequence[str]], gauge: Gauge) -> Iterator[Piece]:
    """A table of the letter: its headings, said again on every page, a ruled row for each of `rows`, a blank line."""
    total = sum(ledger.widths)
    wide = [gauge.area.w * share / total for share in ledger.widths]
    (first, *others) = _ruled(ledger.headings, wide, ["中"] * len(wide), HEI, gauge)
    head = replace(first, glued=True)
    yield from (head, *others)
    for row in rows:
        yield from (replace(piece, again=head) for piece in _ruled(row, wide, ledger.aligns, KAI, gauge))
    yield Piece(())


def _ruled(
    texts: Sequence[str], wide: Sequence[float], aligns: Sequence[str], face: str, gauge: Gauge
) -> Iterator[Piece]:
    """A ruled row, as many lines high as its fullest cell needs; what a whole page cannot hold goes on in another."""
    style = Style(face, gauge.cell, gauge.least, _SPACING)
    while True:
        for lines in range(1, gauge.lines - 1):
            high = lines * gauge.pitch
            fitted = [fit(text, across - 8, high - 4, style, "") for text, across in zip(texts, wide, strict=True)]
            if not any(one.rest for one in fitted):
                break
        marks: list[Mark] = []
        x = 0.0
        for one, across, align in zip(fitted, wide, aligns, strict=True):
            marks.append(Rect(x, -high, across, high, 0.5))
            marks += set_lines(one, Box(x, -high, across, high).inset(4, 2), style, align)
            x += across
        yield Piece(tuple(marks), lines)
        texts = [one.rest for one in fitted]
        if not any(texts):
            return
