"""The measure of a letter's page: its type area, its lines, and the sizes of what stands on them. Points."""

from __future__ import annotations

from dataclasses import dataclass

from printing.boxes import Box
from printing.marks import A4, POINTS_PER_MM

_LINES, _CHARACTERS = 22, 28
_BODY, _CELL, _CELL_LEAST, _TITLE, _FOOT = 16.0, 12.0, 9.0, 22.0, 10.5
_PITCH = 1.5


@dataclass(frozen=True, slots=True)
class Gauge:
    """Page and type area, lines of a page, size of the text, of the title, of table cells (wanted and least), of the foot.

    `size` is also how far apart characters stand; `tall` is how large they are drawn.
    """

    page: tuple[float, float]
    area: Box
    lines: int
    size: float
    title: float
    cell: float
    least: float
    foot: float
    tall: float

    @property
    def pitch(self) -> float:
        """From one line to the next."""
        return self.area.h / self.lines


def _points(millimetres: float) -> float:
    return millimetres * POINTS_PER_MM


OFFICIAL = Gauge(
    page=A4,
    area=Box(_points(28), A4[1] - _points(37 + 225), _points(156), _points(225)),
    lines=_LINES,
    size=_points(156) / _CHARACTERS,
    title=_TITLE,
    cell=_CELL,
    least=_CELL_LEAST,
    foot=_FOOT,
    tall=_BODY,
)
"""GB/T 9704-2012: 156 × 225 mm, 37 mm from the top and 28 mm from the binding edge, 22 lines of 28 characters in 3号."""


def large(size: float, page: tuple[float, float] = A4) -> Gauge:
    """A page of type of `size` throughout, for readers who need it large or for a wall: nothing on it is set smaller."""
    wide, high = page
    area = Box(_points(20), _points(22), wide - _points(40), high - _points(44))
    return Gauge(page, area, int(area.h / (size * _PITCH)), size, size * 1.5, size, size, size, size)
