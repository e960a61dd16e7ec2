"""Compile a grid paper into plates: for each page the marks that all copies share, and the blanks a copy fills.

A plate depends only on the paper's edition, the rule pack's code tables and the page's shape (how many rows each
repeated table has), so it is made once and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from forms.paper import Cell, CellKind, Grid, GridRow, Paper, Template, plain
from printing.boxes import Box, set_line, set_upright
from printing.cells import PAD, Blank, Setting, comb, fixed, needed, still, style_of, ticks, written
from printing.marks import KAI, SIZES, SONG, SONG_BOLD, Form, Mark
from printing.ruling import Rules
from printing.spread import Spread
from printing.strips import Need, Strip, points, stretched
from printing.text import Style, split

_HEAD = Style(SONG, 10.5, 8.0)
_HEAD_VALUE = Style(KAI, 10.5, 8.0)
_NEXT, _HEADLINE, _CODE = points(10), points(7.5), points(15)
_NEXT_TITLE = 13.0
_SMALL = Style(SONG, 9.0, 7.0, 1.4)


@dataclass(frozen=True, slots=True)
class Plate:
    """One page of a paper, ready to be filled; `code` is where the QR code stands, a `sequel` is a continuation sheet."""

    width: float
    height: float
    form: Form
    blanks: tuple[Blank, ...]
    code: Box | None = None
    sequel: bool = False


@dataclass(frozen=True, slots=True)
class Canvas:
    """What is known of all pages of one paper: its grid as it is spread out, cell setting, and a name for its shape."""

    paper: Paper
    laid: Spread
    setting: Setting
    shape: str

    @property
    def grid(self) -> Grid:
        """The grid with its blocks written out."""
        return self.laid.grid

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        wide, high = SIZES[self.paper.stock]
        return (high, wide) if self.grid.sheet.landscape else (wide, high)

    @property
    def area(self) -> Box:
        """The page within its margins."""
        wide, high = self.size
        sheet = self.grid.sheet
        left, low = points(sheet.left), points(sheet.bottom)
        return Box(left, low, wide - left - points(sheet.right), high - low - points(sheet.top))

    def edges(self, block: int) -> list[float]:
        """The x of every column edge of a block."""
        found, area = self.grid.blocks[block], self.area
        side = points(self.grid.sheet.side) if found.side else 0.0
        unit = (area.w - side) / sum(found.columns)
        edges = [area.x + side]
        for column in found.columns:
            edges.append(edges[-1] + column * unit)
        return edges

    def need(self, squeeze: float = 1.0) -> Need:
        """How high a row must be: its own height, somewhat squeezed, and room for what is printed in it."""

        def high(block: int, row: GridRow) -> float:
            edges = self.edges(block)
            asked = [
                needed(c, edges[c.column + c.width] - edges[c.column], self.setting) for c in row.cells if c.depth == 1
            ]
            return max([points(row.height) * squeeze, *asked])

        return high

    def notes(self) -> list[str]:
        """The notes below the frame, broken into lines."""
        lines: list[str] = []
        for note in self.grid.notes:
            lines += split(plain(note), self.area.w - 4, 99, _SMALL.face, _SMALL.size)[0]
        return lines

    def room(self, first: bool) -> float:
        """The height that strips may take on a page, above the notes."""
        notes = len(self.notes())
        return self.area.h - self.head(first) - (notes * _SMALL.size * _SMALL.pitch + 2 * PAD if notes else 0)

    def head(self, first: bool) -> float:
        """The height of the title and the line above the frame."""
        return (points(self.grid.sheet.head) if first else _NEXT) + _HEADLINE


def press(canvas: Canvas, strips: Sequence[Strip], page: int, last: bool, sequel: str = "") -> Plate:
    """The plate of one page; `sequel` is added to the title of continuation sheets."""
    first = page == 0 and not sequel
    area = canvas.area
    marks, blanks = _head(canvas, first, sequel)
    top = area.top - canvas.head(first)
    room = canvas.room(first)
    laid = list(strips) if sequel else stretched(strips, room, last, page == 0)
    low = top - sum(strip.height for strip in laid)
    body, filled = _body(canvas, laid, Box(area.x, low, area.w, top - low))
    marks += body
    if last and not sequel:
        base = low - PAD - _SMALL.size
        for index, line in enumerate(canvas.notes()):
            marks.append(set_line(line, area.x + 1, base - index * _SMALL.size * _SMALL.pitch, _SMALL))
    paper = canvas.paper
    key = f"{paper.id} {paper.edition} {canvas.shape} {page + 1}{sequel}"
    code = Box(area.right - _CODE, area.top - _CODE, _CODE, _CODE) if canvas.grid.code and first else None
    return Plate(*canvas.size, Form(key, tuple(marks)), (*blanks, *filled), code, bool(sequel))


def _head(canvas: Canvas, first: bool, sequel: str) -> tuple[list[Mark], list[Blank]]:
    """Title, subtitle, and the line above the frame."""
    grid, area = canvas.grid, canvas.area
    size = grid.sheet.title if first else min(_NEXT_TITLE, grid.sheet.title)
    base = area.top - (points(grid.sheet.head - 5.5) if first else points(6.5))
    room = area.w - (2 * _CODE + 12 if grid.code and first else 0)
    left = area.x + (area.w - room) / 2
    line = Box(area.x, area.top - canvas.head(first) + 1.5 * PAD, area.w, 12)
    said = [
        (
            (*grid.title, sequel) if sequel else grid.title,
            Box(left, base - 0.2 * size, room, size * 1.1),
            Style(SONG_BOLD, size, 11.0),
            "中",
        ),
        (grid.subtitle if first else (), Box(left, base - points(6), room, 12), _HEAD, "中"),
        (grid.left, replace(line, w=area.w * 0.54) if grid.right else line, _HEAD, "左"),
        (grid.right, replace(line, x=area.x + area.w * 0.56, w=area.w * 0.44) if grid.left else line, _HEAD, "右"),
    ]
    foot = footer(canvas.paper)
    marks: list[Mark] = [set_line(foot, canvas.area.x, points(9), Style(SONG, 7.5, 7))]
    blanks: list[Blank] = []
    for words, box, style, align in said:
        still_marks, open_blanks = _say(words, box, style, align, canvas.laid.tables[0])
        marks += still_marks
        blanks += open_blanks
    return marks, blanks


def _say(words: Template, box: Box, style: Style, align: str, table: str) -> tuple[list[Mark], list[Blank]]:
    """Words above the frame: a mark when they never change, else a blank."""
    if not words:
        return [], []
    if fixed(words):
        at = {"左": box.x, "中": box.x + box.w / 2, "右": box.right}[align]
        return [set_line("".join(map(str, words)), at, box.y + 0.2 * style.size, style, align)], []
    name = plain(words).strip("：: ")
    return [], [Blank(CellKind.VALUE, words, box, style, align, 0, 0, name, table)]


def footer(paper: Paper) -> str:
    """What stands small at the foot of every page: paper, edition, whose drawing it follows."""
    return "　".join(filter(None, (paper.id, paper.edition, paper.style)))


def _body(canvas: Canvas, strips: Sequence[Strip], frame: Box) -> tuple[list[Mark], list[Blank]]:
    marks: list[Mark] = []
    blanks: list[Blank] = []
    rules = Rules(frame, canvas.grid.sheet.framed)
    tops = [frame.top]
    for strip in strips:
        tops.append(tops[-1] - strip.height)
    blocks = [canvas.grid.blocks[strip.block] for strip in strips]
    for start, end in _runs([id(block) for block in blocks]):
        if blocks[start].side:
            side = Box(canvas.area.x, tops[end], points(canvas.grid.sheet.side), tops[start] - tops[end])
            marks += set_upright(blocks[start].side, side.inset(1, 2), 11)
            rules.around(side)
    for place in _places(canvas, strips, tops):
        if blocks[place.at].ruled:
            rules.around(place.box)
        marks += [] if place.strip.note else still(place.cell, place.box, canvas.setting)
        blanks += _blank(canvas, place)
    return [*rules.lines(), *marks], blanks


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell where it stands: the strip it begins at (number `at`), its box, and the source and record that fill it."""

    at: int
    strip: Strip
    cell: Cell
    box: Box
    source: int
    record: int


def _places(canvas: Canvas, strips: Sequence[Strip], tops: Sequence[float]) -> Iterator[_Place]:
    """Every cell of a page; the cells beside repeated rows are as high as all of those that stand on the page."""
    for at, strip in enumerate(strips):
        cells = strip.row.cells[:1] if strip.note else strip.row.cells[strip.beside :]
        for cell in cells:
            low = tops[min(at + cell.depth, len(tops) - 1)]
            box = _between(canvas, strip, cell, tops[at], low)
            yield _Place(at, strip, cell, box, strip.source, strip.record)
    for start, end in _runs([(strip.block, strip.row.cells[: strip.beside]) for strip in strips]):
        strip = strips[start]
        for cell in strip.row.cells[: strip.beside] if not strip.note else ():
            yield _Place(start, strip, cell, _between(canvas, strip, cell, tops[start], tops[end]), *strip.home)


def _between(canvas: Canvas, strip: Strip, cell: Cell, top: float, low: float) -> Box:
    edges = canvas.edges(strip.block)
    if strip.note:
        return Box(edges[0], low, edges[-1] - edges[0], top - low)
    left, right = edges[cell.column], edges[cell.column + cell.width]
    return Box(left, low, right - left, top - low)


def _blank(canvas: Canvas, place: _Place) -> list[Blank]:
    strip, cell, source, record = place.strip, place.cell, place.source, place.record
    style, inner = style_of(cell, canvas.setting.size), written(cell, place.box, canvas.setting)
    name, table = _name(strip, cell, canvas.grid), canvas.laid.tables[source]
    if strip.note:
        return [Blank(None, (), inner, style, "中", source, record, name, table)]
    if fixed(cell.text):
        return []
    made = Blank(cell.kind, cell.text, inner, style, cell.align, source, record, name, cell.over or table)
    if cell.kind is CellKind.TICKS:
        chosen = {code: replace(tick, checked=True) for code, (tick, _) in ticks(cell, inner, canvas.setting).items()}
        return [replace(made, ticks=chosen, over=cell.over)]
    if cell.kind is CellKind.COMB:
        if id(cell.text) in canvas.setting.uncombed:
            return [replace(made, kind=CellKind.VALUE)]
        return [replace(made, box=comb(cell, inner), boxes=cell.boxes)]
    return [replace(made, upright=cell.upright)]


def _name(strip: Strip, cell: Cell, grid: Grid) -> str:
    """What a cell is called on the continuation page: its heading or the label to its left, and the row's number."""
    for row in strip.heading:
        for head in row.cells:
            if head.column <= cell.column < head.column + head.width and fixed(head.text):
                return f"{_words(head)}（第{strip.record + 1}行）"
    before = [other for other in strip.row.cells if other.column < cell.column and other.kind is CellKind.LABEL]
    return _words(before[-1]) if before else grid.blocks[strip.block].side or plain(grid.title)


def _words(cell: Cell) -> str:
    return plain(cell.text).replace("\u3000", "").replace(" ", "").replace("\n", "")


def _runs(keys: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Where equal neighbours begin and end."""
    start = 0
    for index in range(1, len(keys) + 1):
        if index == len(keys) or keys[index] != keys[start]:
            yield start, index
            start = index
