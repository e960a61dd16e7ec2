"""Everything that can stand on a page, decided before anything is drawn.

All lengths are points (1/72 inch); the origin is the page's bottom left corner and y grows upwards.
Text is one line, already fitted: nothing wraps, shrinks or moves after this.
"""

from __future__ import annotations

from dataclasses import dataclass, field

POINTS_PER_MM = 72 / 25.4
A4 = (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)
SIZES = {
    "A3": (297 * POINTS_PER_MM, 420 * POINTS_PER_MM),
    "A4": A4,
    "A5": (148 * POINTS_PER_MM, 210 * POINTS_PER_MM),
}
"""Width and height of each size of paper, upright."""

SONG = "宋体"
SONG_BOLD = "宋体粗"
HEI = "黑体"
HEI_BOLD = "黑体粗"
KAI = "楷体"
FACES = (SONG, SONG_BOLD, HEI, HEI_BOLD, KAI)


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `x`, `y` are the left end of its baseline, `face` one of FACES.

    Characters are drawn as large as they stand apart (`size`), or `tall` when that is not 0: narrowed or widened to fit.
    """

    x: float
    y: float
    size: float
    face: str
    text: str
    tall: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A straight rule."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.6


@dataclass(frozen=True, slots=True)
class Rect:
    """A ruled, unfilled box; `x`, `y` are its bottom left corner, `width` the thickness of its rule."""

    x: float
    y: float
    w: float
    h: float
    width: float = 0.6


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick box drawn with lines; `x`, `y` are its bottom left corner, `size` its side.

    One that is not `boxed` is the tick alone, for a box that is on the paper already.
    """

    x: float
    y: float
    size: float
    checked: bool = False
    boxed: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code of at most 84 bytes of UTF-8; `x`, `y` are its bottom left corner, `size` its side without quiet zone."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Ghost:
    """A line of text drawn as grey shapes that no reader takes for words; `angle` in degrees, `grey` 0 black to 1 white."""

    x: float
    y: float
    size: float
    face: str
    text: str
    angle: float
    grey: float


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as a PDF holds it: its hash, width and height in pixels, further entries, and the packed bytes."""

    digest: str
    width: int
    height: int
    entries: bytes
    data: bytes = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image set on the page; only forms have them."""

    x: float
    y: float
    w: float
    h: float
    image: Image


Mark = Text | Line | Rect | Tick | Code | Ghost | Picture


@dataclass(frozen=True, slots=True)
class Form:
    """The marks which every copy of one page of a paper edition shares; compiled once.

    `key` names paper, edition and page for people; the cache goes by the marks themselves. A `passing` form serves one
    packet only and is not kept on disk.
    """

    key: str
    marks: tuple[Mark, ...]
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page: an edition's shared form below (when there is one), and this copy's own marks on top.

    `under` lies beneath both. `shift` moves and stretches all of it for a printer that is out of true: x and y are
    multiplied by the first two numbers, then moved by the other two.
    """

    width: float
    height: float
    form: Form | None
    marks: tuple[Mark, ...]
    under: Form | None = None
    shift: tuple[float, float, float, float] | None = None

    @property
    def forms(self) -> tuple[Form, ...]:
        """The shared forms, the lowest first."""
        return tuple(form for form in (self.under, self.form) if form is not None)
