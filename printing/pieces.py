"""What a letter is made of: pieces of so many lines, and how they are divided into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from printing.boxes import ASCENT, set_line
from printing.gauge import Gauge
from printing.marks import KAI, Line, Mark, Text
from printing.text import Style


@dataclass(frozen=True, slots=True)
class Piece:
    """Marks that take so many lines, drawn from (0, 0) at their upper left; `glued` ones stay with the next piece.

    `again` is said once more when a page begins here; a `low` piece stands at the foot of its page.
    """

    marks: tuple[Mark, ...]
    lines: int = 1
    glued: bool = False
    again: Piece | None = None
    low: bool = False


def on_line(text: str, gauge: Gauge, x: float, align: str, style: Style | None = None) -> Text:
    """Text on the first line of a piece: in the letter's own size, in 楷体, unless `style` says otherwise.

    The standard's 28 characters of 3号 are a little wider than its type area: they keep their height and are set closer.
    """
    size = style.size if style else gauge.size
    mark = set_line(text, x, -(gauge.pitch - size) / 2 - ASCENT * size, style or Style(KAI, size, size), align)
    return replace(mark, tall=gauge.tall) if size == gauge.size != gauge.tall else mark


def lowered(marks: Sequence[Mark], down: float) -> tuple[Mark, ...]:
    """Marks moved down by so many points."""
    return tuple(moved(mark, 0, -down) for mark in marks)


def paginate(pieces: Sequence[Piece], most: int) -> list[list[tuple[int, Piece]]]:
    """Pieces with the line they begin at, page by page; glued pieces are not parted."""
    sheets: list[list[tuple[int, Piece]]] = [[]]
    line = 0
    for clump in _clumps(pieces):
        high = sum(piece.lines for piece in clump)
        if line + high == most + 1:
            clump = _tightened(clump)
            high = sum(piece.lines for piece in clump)
        if line + high > most and line:
            sheets.append([])
            line = 0
            if clump[0].again:
                sheets[-1].append((0, clump[0].again))
                line = clump[0].again.lines
        for piece in clump:
            if line + piece.lines > most:  # a clump longer than a page has to be parted after all
                sheets.append([])
                line = 0
            sheets[-1].append((most - piece.lines if piece.low else line, piece))
            line += piece.lines
    return sheets


def _tightened(clump: list[Piece]) -> list[Piece]:
    """The clump with one blank line less above the signature, where there are two."""
    for at, piece in enumerate(clump):
        if not piece.marks and piece.lines > 1:
            return [*clump[:at], replace(piece, lines=piece.lines - 1), *clump[at + 1 :]]
    return clump


def _clumps(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    clump: list[Piece] = []
    for piece in pieces:
        clump.append(piece)
        if not piece.glued:
            yield clump
            clump = []
    if clump:
        yield clump


def moved(mark: Mark, x: float, y: float) -> Mark:
    """The mark so many points further right and up."""
    if isinstance(mark, Line):
        return replace(mark, x1=mark.x1 + x, x2=mark.x2 + x, y1=mark.y1 + y, y2=mark.y2 + y)
    return replace(mark, x=mark.x + x, y=mark.y + y)
