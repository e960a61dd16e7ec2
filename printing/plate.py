"""Compile a grid paper into plates: for each page the marks that all copies share, and the blanks a copy fills.

A plate depends only on the paper's edition, the rule pack's code tables and the page's shape (how many rows each
repeated table has), so it is made once and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from forms.paper import Cell, CellKind, Grid, GridRow, Paper, Template, plain
from printing.boxes import Box, set_line, set_upright
from printing.cells import PAD, Blank, Setting, comb, fixed, needed, still, style_of, ticks, written
from printing.marks import A4, KAI, SONG, SONG_BOLD, Form, Line, Mark
from printing.strips import Need, Strip, points, sources, stretched
from printing.text import Style, split

FRAME, RULE = 1.4, 0.5
_HEAD = Style(SONG, 10.5, 8.0)
_HEAD_VALUE = Style(KAI, 10.5, 8.0)
_FIRST, _NEXT, _HEADLINE, _CODE = points(16), points(10), points(7.5), points(15)
_SMALL = Style(SONG, 9.0, 7.0, 1.4)


@dataclass(frozen=True, slots=True)
class Plate:
    """One page of a paper, ready to be filled; `code` is where the QR code stands."""

    width: float
    height: float
    form: Form
    blanks: tuple[Blank, ...]
    code: Box | None = None


@dataclass(frozen=True, slots=True)
class Canvas:
    """What is known of all pages of one paper: its grid, cell setting, and the tables its sources are rows of."""

    paper: Paper
    grid: Grid
    setting: Setting
    tables: tuple[str, ...]
    shape: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        wide, high = A4
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
        head = (_FIRST if first else _NEXT) + _HEADLINE
        return self.area.h - head - (notes * _SMALL.size * _SMALL.pitch + 2 * PAD if notes else 0)


def press(canvas: Canvas, strips: Sequence[Strip], page: int, last: bool, sequel: str = "") -> Plate:
    """The plate of one page; `sequel` is added to the title of continuation sheets."""
    first = page == 0 and not sequel
    area = canvas.area
    marks, blanks = _head(canvas, first, sequel)
    top = area.top - (_FIRST if first else _NEXT) - _HEADLINE
    room = canvas.room(first)
    laid = list(strips) if sequel else stretched(strips, room, last, page == 0)
    low = top - sum(strip.height for strip in laid)
    body, filled = _body(canvas, laid, top)
    marks += [*body, *_frame(Box(area.x, low, area.w, top - low))]
    if last and not sequel:
        base = low - PAD - _SMALL.size
        for index, line in enumerate(canvas.notes()):
            marks.append(set_line(line, area.x + 1, base - index * _SMALL.size * _SMALL.pitch, _SMALL))
    paper = canvas.paper
    key = f"{paper.id} {paper.edition} {canvas.shape} {page + 1}{sequel}"
    code = Box(area.right - _CODE, area.top - _CODE, _CODE, _CODE) if canvas.grid.code and first else None
    return Plate(*canvas.size, Form(key, tuple(marks)), (*blanks, *filled), code)


def tables(paper: Paper, grid: Grid) -> tuple[str, ...]:
    """The table each source's rows belong to."""
    return tuple(rows.table if rows else paper.each for rows in sources(grid))


def _head(canvas: Canvas, first: bool, sequel: str) -> tuple[list[Mark], list[Blank]]:
    """Title, subtitle, and the line above the frame."""
    grid, area = canvas.grid, canvas.area
    size = 20.0 if first else 13.0
    base = area.top - (points(10.5) if first else points(6.5))
    room = area.w - (2 * _CODE + 12 if grid.code and first else 0)
    left = area.x + (area.w - room) / 2
    line = Box(area.x, area.top - (_FIRST if first else _NEXT) - _HEADLINE + 1.5 * PAD, area.w, 12)
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
    foot = f"{canvas.paper.id}　{canvas.paper.edition}"
    marks: list[Mark] = [set_line(foot, canvas.area.x, points(9), Style(SONG, 7.5, 7))]
    blanks: list[Blank] = []
    for words, box, style, align in said:
        still_marks, open_blanks = _say(words, box, style, align, canvas.tables[0])
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


def _body(canvas: Canvas, strips: Sequence[Strip], top: float) -> tuple[list[Mark], list[Blank]]:
    marks: list[Mark] = []
    blanks: list[Blank] = []
    rules = _Rules(canvas.area)
    tops = [top]
    for strip in strips:
        tops.append(tops[-1] - strip.height)
    for start, end in _runs(strips):
        block = canvas.grid.blocks[strips[start].block]
        if block.side:
            side = Box(canvas.area.x, tops[end], points(canvas.grid.sheet.side), tops[start] - tops[end])
            marks += set_upright(block.side, side.inset(1, 2), 11)
            rules.around(side)
    for index, strip in enumerate(strips):
        for cell, box in _cells(canvas, strip, tops, index):
            rules.around(box)
            marks += [] if strip.note else still(cell, box, canvas.setting)
            blanks += _blank(canvas, strip, cell, box)
    return [*rules.lines(), *marks], blanks


def _cells(canvas: Canvas, strip: Strip, tops: Sequence[float], index: int) -> Iterable[tuple[Cell, Box]]:
    edges = canvas.edges(strip.block)
    if strip.note:
        cell = strip.row.cells[0]
        yield cell, Box(edges[0], tops[index + 1], edges[-1] - edges[0], tops[index] - tops[index + 1])
        return
    for cell in strip.row.cells:
        low = tops[min(index + cell.depth, len(tops) - 1)]
        left, right = edges[cell.column], edges[cell.column + cell.width]
        yield cell, Box(left, low, right - left, tops[index] - low)


def _blank(canvas: Canvas, strip: Strip, cell: Cell, box: Box) -> list[Blank]:
    style, inner = style_of(cell, canvas.setting.size), written(cell, box, canvas.setting)
    name, table = _name(strip, cell, canvas.grid), canvas.tables[strip.source]
    if strip.note:
        return [Blank(None, (), inner, style, "中", strip.source, strip.record, name, table)]
    if fixed(cell.text):
        return []
    made = Blank(cell.kind, cell.text, inner, style, cell.align, strip.source, strip.record, name, cell.over or table)
    if cell.kind is CellKind.TICKS:
        chosen = {code: replace(tick, checked=True) for code, (tick, _) in ticks(cell, inner, canvas.setting).items()}
        return [replace(made, ticks=chosen, over=cell.over)]
    if cell.kind is CellKind.COMB:
        if id(cell.text) in canvas.setting.uncombed:
            return [replace(made, kind=CellKind.VALUE)]
        return [replace(made, box=comb(cell, inner), boxes=cell.boxes)]
    return [made]


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


def _runs(strips: Sequence[Strip]) -> Iterable[tuple[int, int]]:
    """Where each block begins and ends among the strips of a page."""
    start = 0
    for index in range(1, len(strips) + 1):
        if index == len(strips) or strips[index].block != strips[start].block:
            yield start, index
            start = index


def _frame(box: Box) -> list[Mark]:
    left, right, low, top = box.x, box.right, box.y, box.top
    half = FRAME / 2
    return [
        Line(left - half, top, right + half, top, FRAME),
        Line(left - half, low, right + half, low, FRAME),
        Line(left, low, left, top, FRAME),
        Line(right, low, right, top, FRAME),
    ]


class _Rules:
    """The inner rules of a page, each drawn once however many cells share it; the frame's own edges are left out."""

    def __init__(self, area: Box) -> None:
        self._area = area
        self._flat: dict[float, list[tuple[float, float]]] = {}
        self._tall: dict[float, list[tuple[float, float]]] = {}

    def around(self, box: Box) -> None:
        """Note the right and lower edge of a cell; the others belong to its neighbours."""
        self._flat.setdefault(round(box.y, 2), []).append((round(box.x, 2), round(box.right, 2)))
        self._tall.setdefault(round(box.right, 2), []).append((round(box.y, 2), round(box.top, 2)))

    def lines(self) -> list[Mark]:
        """The rules, joined where they meet end to end."""
        right, low = round(self._area.right, 2), min(self._flat, default=0.0)
        flat = [Line(a, y, b, y, RULE) for y, spans in self._flat.items() if y != low for a, b in _joined(spans)]
        tall = [Line(x, a, x, b, RULE) for x, spans in self._tall.items() if x != right for a, b in _joined(spans)]
        return [*flat, *tall]


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 0.02:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
