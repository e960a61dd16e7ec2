"""How wide the columns of a roster are and how high its rows: every value whole, and the print as large as its paper allows.

Numbers, days and codes keep to one line; words may take a few lines, and their rows are as high as that. Measured for
the body face of the sheets at its size; a viewer's other face is a little wider, so numbers may also shrink to fit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil
from operator import itemgetter

from printing.sheet_rows import Cell, Format, Sheet, SheetColumn, said, yuan

SIZE = 9.0
"""Points of the body text."""
SIDE = 0.59
"""Inches of the left and right margin, 1.5 cm."""
TOP, BOTTOM = 0.6, 0.8
"""Inches of the upper and lower margin."""
ROW = 18.0
"""Points of a row of one line."""
TITLE, LINE = 32.0, 20.0
"""Points of the title's row, and of the one below it with the unit and the day, before both are enlarged."""
_PAPERS = {"A4": (9, 841.9, 595.3), "A3": (8, 1190.6, 841.9)}  # Excel's number, width and height in points when it lies
_SPARE = 0.4  # of a row, left free below so many as stand on a page: one more has no room
_UPRIGHT = 595.3  # points across an A4 that stands
_UNIT = 5.25  # points in one unit of column width
_HALF = 0.52 * SIZE  # a digit or a Latin letter; a Han character is SIZE wide
_PAD = 5.0  # points that Excel keeps free beside the text, and a hair more
_LINE = 12.5  # points
_NUMBER = 4  # characters of a running number at least
_SHORT = 6 * SIZE  # so much is never broken
_LONG = 16 * SIZE  # so much is wide enough for any words
_FEW, _MOST = 3, 24  # lines: wanted, and what Excel's highest row still shows
_WIDEST, _HIGHEST = 255 * _UNIT, 409.0  # Excel's own limits
_ROOMY = 1.8  # times what it needs, of a column on an empty page
_LARGER = 1.8  # at most, of a title that is printed smaller
_FIXED = {Format.DATE: 10 * _HALF, Format.MONTH: 6 * _HALF + 2 * SIZE}
_RUN = re.compile(r"[!-~]+")
_TOKEN = re.compile(r"[（《“(]*(?:[!-~]+|.)[，。；：、）》”！？)]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Column:
    """One column, in points; `wraps` where some text needs several lines."""

    width: float
    wraps: bool

    @property
    def units(self) -> float:
        """The width as a worksheet says it."""
        return round(self.width / _UNIT, 2)


@dataclass(frozen=True, slots=True)
class Fit:
    """A sheet measured: its columns, the running number's first; `scale` is how large it prints, 1 at most.

    Every row is `least` points high where so many are to fill a page.
    """

    columns: tuple[Column, ...]
    paper: int
    scale: float
    heading: float
    least: float = 0.0
    _wrapping: tuple[tuple[int, float], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        wrapping = [(at, one.width - _PAD) for at, one in enumerate(self.columns[1:]) if one.wraps]
        object.__setattr__(self, "_wrapping", tuple(wrapping))

    @property
    def larger(self) -> float:
        """By how much titles are enlarged so that they print in their own size."""
        return min(1 / self.scale, _LARGER)

    def height(self, row: Sequence[Cell]) -> float:
        """The height of a row in points, 0 where it is an ordinary one."""
        lines = 1
        for at, room in self._wrapping:
            value = row[at]
            if isinstance(value, str) and (len(value) * SIZE > room or "\n" in value):
                lines = max(lines, line_count(value, room))
        return max(_high(lines) if lines > 1 else 0.0, self.least)


def fit(sheet: Sheet) -> Fit:
    """Measure a sheet. Words get just the room that leaves the print largest, then what the paper has over."""
    number, across, _ = _PAPERS[sheet.paper]
    page = (_UPRIGHT if sheet.whole else across) - 2 * SIDE * 72
    needs = [_need(column, _cells(sheet, at)) for at, column in enumerate(sheet.columns)]
    running = max(_NUMBER, len(str(sheet.start + len(sheet.rows)))) * _HALF + _PAD
    needs.insert(0, _Need(running, running, 0.0))
    widths = _spread(needs, page)
    columns = tuple(
        Column(min(width, _WIDEST), need.breaks or need.words > width + 0.01)
        for width, need in zip(widths, needs, strict=True)
    )
    headings = ["序号", *headings_of(sheet)]
    rooms = _rooms(sheet, columns)
    lines = max(line_count(text, room - _PAD) for text, room in zip(headings, rooms, strict=True))
    scale = min(1.0, page / sum(column.width for column in columns))
    fitted = Fit(columns, number, scale, max(_high(lines), 30.0))
    return replace(fitted, least=_filling(sheet, fitted)) if sheet.page else fitted


def _filling(sheet: Sheet, fitted: Fit) -> float:
    """How high rows are so that just as many as the sheet says (每页) fill a page: Excel heeds no break while it fits widths."""
    page = (_PAPERS[sheet.paper][2] - (TOP + BOTTOM) * 72) / fitted.scale
    head = (TITLE + LINE) * fitted.larger + fitted.heading
    return min(max((page - head) / (sheet.page + _SPARE), ROW), _HIGHEST)


def _rooms(sheet: Sheet, columns: Sequence[Column]) -> list[float]:
    """Points that each heading has: of its column, or of all columns that share it."""
    rooms: dict[str, float] = {}
    for column, fitted in zip(sheet.columns, columns[1:], strict=True):
        rooms[column.group] = rooms.get(column.group, 0.0) + fitted.width
    shared = [
        rooms[column.group] if column.group else fitted.width
        for column, fitted in zip(sheet.columns, columns[1:], strict=True)
    ]
    return [columns[0].width, *shared]


def headings_of(sheet: Sheet) -> list[str]:
    """The heading of each column; of several that share one, the first has it."""
    seen = ["", *(column.group for column in sheet.columns)]
    return [
        "" if column.group and column.group == before else column.heading
        for before, column in zip(seen, sheet.columns, strict=False)
    ]


def text_width(text: str) -> float:
    """Points that a line of body text takes."""
    if text.isascii():
        return len(text) * _HALF
    return sum(SIZE if character > "\xa0" else _HALF for character in text)


@lru_cache(maxsize=65_536)
def line_count(text: str, width: float) -> int:
    """Lines that a text takes in so many points: Latin words and numbers stay whole, no line begins with a full stop."""
    lines = 0
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0.0
        for token in _TOKEN.findall(paragraph):
            wide = text_width(token)
            if used and used + wide > width:
                lines, used = lines + 1, 0.0
            lines += max(ceil(wide / width) - 1, 0)
            used += wide
    return lines


@dataclass(frozen=True, slots=True)
class _Need:
    """Points a column takes at least and at most; `words` is its longest text on one line, `breaks` when it has several.

    `given` where the data says the width: it is kept.
    """

    least: float
    most: float
    words: float
    breaks: bool = False
    given: bool = False


def _need(column: SheetColumn, cells: Collection[Cell]) -> _Need:
    texts = [value for value in cells if type(value) is str]
    longest = max(map(len, texts), default=0)
    lines = [text for text in texts if len(text) * 2 >= longest]  # Han: not twice as wide
    breaks = any("\n" in text for text in texts)
    if breaks:
        lines = [line for text in lines for line in text.split("\n")]
    words = max(map(text_width, lines), default=0.0) + _PAD
    if column.width:
        return _Need(column.width * _UNIT, column.width * _UNIT, words, breaks, given=True)
    parts = (
        0.0 if column.group else _heading(column.heading),
        _number(column.format, cells),
        column.room * _HALF,
        _unbroken(words, texts),
    )
    least = max(parts) + _PAD
    return _Need(least, max(least, words), words, breaks)


def _unbroken(words: float, texts: Iterable[str]) -> float:
    """What words need: short ones whole, long ones in a few lines without breaking a number."""
    if words - _PAD <= _SHORT:
        return words - _PAD
    return max(_longest_run(texts) * _HALF, _SHORT, min(words / _FEW + SIZE / 2, _LONG), words / _MOST)


def _longest_run(texts: Iterable[str]) -> int:
    """Characters of the longest number or Latin word."""
    longest = 0
    for text in sorted(texts, key=len, reverse=True):
        if len(text) <= longest:
            break
        longest = max(longest, max(map(len, _RUN.findall(text)), default=0))
    return longest


def _number(form: Format, cells: Collection[Cell]) -> float:
    if form in _FIXED:
        return _FIXED[form]
    numbers = (
        [] if form is Format.TEXT else [value for value in cells if type(value) is int or isinstance(value, Fraction)]
    )
    if not numbers:
        return 0.0
    ends = (min(numbers), max(numbers))
    shown = [yuan(round(end)) if form is Format.MONEY else f"{float(end):.2f}" for end in ends]
    if form is Format.COUNT:
        shown = [said(end) for end in ends]
    return max(map(text_width, shown))


def _heading(text: str) -> float:
    """What a heading needs in two or three lines; a short one with a bracket stays on one, no viewer breaks it well."""
    lines = 1 if "（" in text and len(text) <= 6 else 2 if len(text) <= 6 else 3
    return max(text_width(text[: ceil(len(text) / lines)]), 2 * SIZE)


def _cells(sheet: Sheet, at: int) -> set[Cell]:
    """What stands in a column, each value once."""
    return set(map(itemgetter(at), sheet.rows)).union(sheet.totals[at : at + 1])


def _spread(needs: Sequence[_Need], page: float) -> list[float]:
    """Widths between least and most that fill the page; where even the most is too little, all grow a little."""
    least, most = sum(need.least for need in needs), sum(need.most for need in needs)
    if most <= page:
        free = sum(need.most for need in needs if not need.given)
        grown = min((page - most) / free + 1, _ROOMY) if free else 1.0
        return [need.most * (1.0 if need.given else grown) for need in needs]
    part = max(page - least, 0.0) / (most - least) if most > least else 0.0
    return [need.least + (need.most - need.least) * part for need in needs]


def _high(lines: int) -> float:
    return min(max(lines * _LINE + 5.5, ROW), _HIGHEST)
