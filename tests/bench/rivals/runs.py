"""What every rival needs to know of a page: its texts split over the font files, its other marks, and a code's squares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import segno

from printing.faces import shipped
from printing.marks import Mark, Page, Text


@dataclass(frozen=True)
class Piece:
    """A stretch of text that one font file draws; `x`, `y` are the left end of its baseline, from the bottom left."""

    x: float
    y: float
    size: float
    path: Path
    text: str


def pieces(page: Page) -> Iterator[Piece]:
    """Every text of a page, split where the font file changes."""
    for mark in marks(page):
        if isinstance(mark, Text):
            x = mark.x
            for run in shipped().runs(mark.text, mark.face):
                yield Piece(x, mark.y, mark.size, run.font.path, run.text)
                x += shipped().width(run.text, mark.face, mark.size)


def marks(page: Page) -> tuple[Mark, ...]:
    """Everything on a page, its form first."""
    return (*(page.form.marks if page.form else ()), *page.marks)


@cache
def squares(text: str) -> tuple[tuple[int, int], ...]:
    """The dark squares of a QR code as (column, row from the top), and so its side is the largest plus one."""
    matrix = segno.make_qr(text, error="m", mode="byte").matrix
    return tuple((x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)


def side(text: str) -> int:
    """How many squares a code is wide."""
    return max(x for x, _ in squares(text)) + 1
