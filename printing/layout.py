"""Lay out a ruled paper for one case: plates from the cache, blanks filled, continuation sheets and pages added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms.language.facts import ROOT_ROW
from forms.paper import Cell, CellKind, Grid, Letter, Overlay, Paper, Slot, cells
from forms.schema import Option
from printing.appendix import appendix
from printing.boxes import set_line
from printing.cells import Setting
from printing.fill import Filling, TooLong
from printing.letter import lay_out_letter
from printing.marks import SONG, Code, Mark, Page
from printing.overlay import lay_out_overlay
from printing.pages import press_all
from printing.plate import Canvas, Plate
from printing.rows import concerned
from printing.spread import Spread, spread
from printing.strips import points
from printing.text import Style
from printing.values import Values

_FOOT = Style(SONG, 9, 9)
_KEPT = 512
_Key = tuple[int, str, frozenset[int], tuple[int, ...], frozenset[int]]
_plates: dict[_Key, tuple[Paper, list[Plate]]] = {}


def lay_out(paper: Paper, values: Values, row: str = ROOT_ROW) -> list[Page]:
    """The pages of one copy of a paper for `row` of its table."""
    body = paper.body
    if isinstance(body, Letter):
        return lay_out_letter(paper, body, values, row)
    if isinstance(body, Overlay):
        return lay_out_overlay(paper, body, values, row)
    return lay_out_grid(paper, body, values, row)


def lay_out_grid(paper: Paper, grid: Grid, values: Values, row: str) -> list[Page]:
    """The pages of one copy of a grid paper for `row` of its table, numbered 第x页 共y页.

    Every row of every repeated table stands once: on the form, or on a continuation sheet (续表). Every text stands
    whole: in its cell, or, begun there, on a continuation page (附页), a short text from its beginning, a long one from
    where the cell ended. On stock that is printed already only values stand, and what goes on beyond it.
    """
    laid = spread(paper, grid, values, row)
    uncombed: frozenset[int] = frozenset()
    while True:
        try:
            return _filled(paper, laid, values, plates_of(paper, laid, values, uncombed))
        except TooLong as long:
            uncombed |= {id(long.text)}


def numbered(pages: Sequence[Page], height: float = points(9)) -> list[Page]:
    """The pages with 第x页 共y页 at the foot."""
    total = len(pages)
    return [
        replace(page, marks=(*page.marks, set_line(f"第{at}页　共{total}页", page.width / 2, height, _FOOT, "中")))
        for at, page in enumerate(pages, start=1)
    ]


def plates_of(paper: Paper, laid: Spread, values: Values, uncombed: frozenset[int] = frozenset()) -> list[Plate]:
    """The pages before they are filled, kept for as long as paper, pack and shape stay; `uncombed` combs are plain cells."""
    row = laid.rows[0][0]
    blocks = frozenset(
        index
        for index, block in enumerate(laid.grid.blocks)
        if concerned(block.relevant, block.sure, values, (paper.each, row))
    )
    counts = laid.counts
    key = (id(paper), values.digest, blocks, counts, uncombed)
    kept = _plates.get(key)
    if kept is None:
        if len(_plates) >= _KEPT:
            _plates.clear()
        setting = Setting(laid.grid.sheet.size, _options(paper, laid.grid, values), uncombed)
        repeated = [count for count, repeat in zip(counts, laid.repeats, strict=True) if repeat]
        shape = "-".join(map(str, repeated)) + "".join(f"/{block}" for block in sorted(blocks))
        shape += f"+{len(uncombed)}" if uncombed else ""
        kept = _plates[key] = (paper, press_all(Canvas(paper, laid, setting, shape), blocks, counts))
    return kept[1]


def _filled(paper: Paper, laid: Spread, values: Values, plates: list[Plate]) -> list[Page]:
    grid, row = laid.grid, laid.rows[0][0]
    filling = Filling(values, laid.tables, laid.rows, laid.measures)
    code = filling.say(grid.code, paper.each, row, 0) if grid.code else ""
    pages = []
    forms = sum(not plate.sequel for plate in plates)
    for plate in plates:
        marks: list[Mark] = []
        for blank in plate.blanks:
            marks += filling.fill(blank)
        if plate.code and code:
            marks.append(Code(plate.code.x, plate.code.y, plate.code.w, code))
        pages.append(Page(plate.width, plate.height, plate.form, tuple(marks)))
    if filling.more:
        title = filling.say(grid.title, paper.each, row, 0)
        left = filling.say(grid.left, paper.each, row, 0) if grid.left else ""
        area = Canvas(paper, laid, Setting(grid.sheet.size, {}), "").area
        pages += appendix(filling.more, pages[0], area, (f"{title}（附页）", left))
    paged = numbered(pages)
    if not paper.preprinted:
        return paged
    return [*(replace(page, form=None) for page in pages[:forms]), *paged[forms:]]


def _options(paper: Paper, grid: Grid, values: Values) -> dict[int, tuple[Option, ...]]:
    """The options each tick cell draws."""
    found = {}
    for cell, home in cells(grid):
        part = cell.text[0] if cell.text else None
        if cell.kind is CellKind.TICKS and isinstance(part, Slot):
            found[id(cell)] = _chosen_options(cell, values.options(part.value, cell.over or home or paper.each))
    return found


def _chosen_options(cell: Cell, options: tuple[Option, ...]) -> tuple[Option, ...]:
    """All options, those the paper names, or the paper's own words for yes and no."""
    if not cell.options:
        return options
    named = tuple(option for option in options if option.label in cell.options)
    if not named and len(options) == len(cell.options) == 2:
        return tuple(replace(option, label=word) for option, word in zip(options, cell.options, strict=True))
    return named
