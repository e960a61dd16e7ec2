"""The frozen shapes of a paper that is drawn already: an official page as a background, with boxes set on it."""

from __future__ import annotations

from dataclasses import dataclass

from forms.cells import Cell, Rows, Template
from forms.places import Place


@dataclass(frozen=True, slots=True)
class Background:
    """A page of a file that lies beside the paper's own: `data` is the whole file (pdf, png or jpg), `page` counts from 1."""

    file: str
    page: int
    data: bytes
    place: Place


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell set free: `box` is left, top, width and height in mm from the upper left corner of the page."""

    cell: Cell
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Group:
    """Spots filled from the same row: the paper's own, the first of `rows`, or one row after another, `pitch` mm lower each.

    Of a repeated group at most `most` rows stand on the page; the others are said on a continuation page (附页).
    """

    spots: tuple[Spot, ...]
    rows: Rows | None = None
    pitch: float = 0.0
    most: int = 1
    measure: str = "项"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: what lies under it (nothing on stock that is printed already), and what is written on it."""

    background: Background | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Overlay:
    """A paper of pages that are drawn already; `size` is the size of type in points."""

    leaves: tuple[Leaf, ...]
    size: float
    landscape: bool
    title: Template
