"""Boxes on a page and text set in them: alignment, line pitch, vertical headings. Points, origin at the bottom left."""

from __future__ import annotations

from dataclasses import dataclass

from printing.marks import HEI, Mark, Text
from printing.text import Fitted, Style, width

ASCENT = 0.88
"""The share of the em that stands above the baseline in Chinese faces."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its bottom left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y + self.h

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    def inset(self, across: float, down: float) -> Box:
        """The box within, `across` points in from left and right, `down` from top and bottom."""
        return Box(self.x + across, self.y + down, self.w - 2 * across, self.h - 2 * down)


def set_lines(fitted: Fitted, box: Box, style: Style, align: str, high: bool = False) -> list[Text]:
    """The lines of a fitted text in a box, centred from top to bottom or from the top when `high`."""
    size, pitch = fitted.size, fitted.size * style.pitch
    tall = size + (len(fitted.lines) - 1) * pitch
    base = (box.top if high else box.y + (box.h + tall) / 2) - ASCENT * size
    marks = []
    for line, long in zip(fitted.lines, fitted.widths, strict=True):
        if line:
            marks.append(Text(_start(box, long, align), base, size, style.face, line))
        base -= pitch
    return marks


def set_line(text: str, x: float, y: float, style: Style, align: str = "左") -> Text:
    """One line whose left end, middle or right end is at `x`, on the baseline `y`."""
    long = 0.0 if align == "左" else width(text, style.face, style.size)
    return Text(x - (long if align == "右" else long / 2), y, style.size, style.face, text)


def set_upright(text: str, box: Box, size: float, face: str = HEI) -> list[Mark]:
    """Vertical words: one character under another, in two columns when one would be too small."""
    text = "".join(text.split())
    columns = 1 if len(text) * 7.5 <= box.h else 2
    rows = -(-len(text) // columns)
    pitch = min(box.h / rows, size * 1.5)
    size = min(size, pitch, box.w / columns)
    top = box.y + (box.h + pitch * rows) / 2
    marks: list[Mark] = []
    for index, character in enumerate(text):
        column, row = divmod(index, rows)
        middle = box.x + box.w * (2 * column + 1) / (2 * columns)
        base = top - pitch * row - (pitch - size) / 2 - ASCENT * size
        marks.append(set_line(_turned(character), middle, base, Style(face, size, size), "中"))
    return marks


def _start(box: Box, long: float, align: str) -> float:
    if align == "左":
        return box.x
    return box.right - long if align == "右" else box.x + (box.w - long) / 2


def _turned(character: str) -> str:
    """The upright form of brackets."""
    return {"（": "︵", "）": "︶"}.get(character, character)
