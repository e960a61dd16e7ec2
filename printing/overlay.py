"""Lay out papers that are drawn already: the official page as a background, answers in boxes set on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from forms.cells import Cell, CellKind, Slot, plain
from forms.overlay import Group, Overlay
from forms.paper import Paper
from forms.schema import Option
from printing.appendix import appendix
from printing.background import image_of
from printing.boxes import Box, set_line
from printing.cells import PAD, Blank, Setting, fixed, still, style_of, ticks
from printing.fill import Filling, More, TooLong
from printing.marks import SIZES, SONG, Form, Mark, Page, Picture, Tick
from printing.plate import Plate, footer
from printing.rows import rows_of
from printing.strips import points
from printing.text import Style
from printing.values import Values

_NOTE = Style(SONG, 9, 7)
_MARGIN = points(18)
_KEPT = 64
_plates: dict[tuple[int, str], tuple[Paper, list[Plate]]] = {}


def lay_out_overlay(paper: Paper, overlay: Overlay, values: Values, row: str) -> list[Page]:
    """The pages of one copy for `row` of the paper's table; rows beyond a page's places go to a continuation page."""
    groups = [group for leaf in overlay.leaves for group in leaf.groups]
    found = [rows_of(one.rows, values, paper.each, row) if one.rows else [row] for one in groups]
    tables = [one.rows.table if one.rows else paper.each for one in groups]
    filling = Filling(values, tables, found, [one.measure for one in groups])
    pages = []
    for plate in plates_of(paper, overlay, values):
        marks = [mark for blank in plate.blanks for mark in _written(filling, blank)]
        pages.append(Page(plate.width, plate.height, plate.form if plate.form.marks else None, tuple(marks)))
    notes = list(_left_over(groups, filling))
    if notes:
        base = points(9)
        text = "；".join(notes)
        last = pages[-1]
        pages[-1] = replace(last, marks=(*last.marks, set_line(text, last.width / 2, base, _NOTE, "中")))
    if filling.more:
        title = filling.say(overlay.title, paper.each, row, 0)
        area = Box(_MARGIN, _MARGIN, pages[0].width - 2 * _MARGIN, pages[0].height - 2 * _MARGIN)
        pages += appendix(filling.more, pages[0], area, (f"{title}（附页）", footer(paper)))
    return pages


def _written(filling: Filling, blank: Blank) -> list[Mark]:
    """A blank filled; what has more characters than its boxes is written across them."""
    try:
        return filling.fill(blank)
    except TooLong:
        return filling.fill(replace(blank, kind=CellKind.VALUE))


def plates_of(paper: Paper, overlay: Overlay, values: Values) -> list[Plate]:
    """The pages before they are filled; made once for an edition and rule pack."""
    key = (id(paper), values.digest)
    if key not in _plates:
        if len(_plates) >= _KEPT:
            _plates.clear()
        _plates[key] = (paper, list(_pressed(paper, overlay, values)))
    return _plates[key][1]


def _pressed(paper: Paper, overlay: Overlay, values: Values) -> Iterator[Plate]:
    wide, high = SIZES[paper.stock][:: -1 if overlay.landscape else 1]
    source = 0
    for number, leaf in enumerate(overlay.leaves, start=1):
        marks: list[Mark] = []
        if leaf.background and not paper.preprinted:
            marks.append(Picture(0, 0, wide, high, image_of(leaf.background)))
        blanks: list[Blank] = []
        for group in leaf.groups:
            table = group.rows.table if group.rows else paper.each
            setting = Setting(overlay.size, _options(group, values, table))
            shared = _elsewhere(group, setting)
            for record in range(group.most):
                for spot in group.spots:
                    left, top, w, h = (points(length) for length in spot.box)
                    box = Box(left, high - top - h - points(group.pitch) * record, w, h)
                    marks += [] if paper.preprinted else _still(spot.cell, box, setting)
                    blanks += _blank(spot.cell, box, setting, (source, record, table), shared[id(spot.cell)])
            source += 1
        yield Plate(wide, high, Form(f"{paper.id} {paper.edition} {number}", tuple(marks)), tuple(blanks))


def _still(cell: Cell, box: Box, setting: Setting) -> list[Mark]:
    """What we add to the official page in every copy: words of our own and places to sign, never boxes it has already."""
    if cell.kind in (CellKind.TICKS, CellKind.COMB) or not fixed(cell.text):
        cell = replace(cell, kind=CellKind.SIGN, text=())
    return still(cell, box, setting)


def _blank(
    cell: Cell, box: Box, setting: Setting, where: tuple[int, int, str], elsewhere: frozenset[str]
) -> list[Blank]:
    if fixed(cell.text):
        return []
    source, record, table = where
    style = style_of(cell, setting.size)
    inner = box if cell.kind is CellKind.COMB else box.inset(min(PAD, box.w / 8) if cell.align != "中" else 0, 0)
    name = _name(cell)
    made = Blank(cell.kind, cell.text, inner, style, cell.align, source, record, name, cell.over or table)
    if cell.kind is CellKind.COMB:
        return [replace(made, boxes=cell.boxes)]
    if cell.kind is CellKind.TICKS:
        drawn = frozenset(option.code for option in setting.options[id(cell)])
        return [replace(made, ticks=_ticks(cell, box, setting), over=cell.over, elsewhere=elsewhere - drawn)]
    return [replace(made, upright=cell.upright)]


def _ticks(cell: Cell, box: Box, setting: Setting) -> Mapping[str, Tick]:
    """Where options are ticked: a box of one option is that option's own; several stand as they would in a form."""
    options = setting.options[id(cell)]
    if len(options) == 1:
        side = min(box.w, box.h)
        tick = Tick(box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, side, checked=True, boxed=False)
        return {options[0].code: tick}
    return {code: replace(tick, checked=True, boxed=False) for code, (tick, _) in ticks(cell, box, setting).items()}


def _options(group: Group, values: Values, table: str) -> dict[int, tuple[Option, ...]]:
    found = {}
    for spot in group.spots:
        cell = spot.cell
        part = cell.text[0] if cell.text else None
        if cell.kind is CellKind.TICKS and isinstance(part, Slot):
            options = values.options(part.value, cell.over or table)
            named = tuple(option for option in options if option.label in cell.options)
            found[id(cell)] = named if cell.options else options
    return found


def _elsewhere(group: Group, setting: Setting) -> dict[int, frozenset[str]]:
    """For each tick cell the options that the cells of the same question draw."""
    drawn: dict[str, set[str]] = {}
    for spot in group.spots:
        if spot.cell.kind is CellKind.TICKS:
            codes = {option.code for option in setting.options.get(id(spot.cell), ())}
            drawn.setdefault(_question(spot.cell), set()).update(codes)
    return {id(spot.cell): frozenset(drawn.get(_question(spot.cell), ())) for spot in group.spots}


def _question(cell: Cell) -> str:
    return next((part.value.text for part in cell.text if isinstance(part, Slot)), "")


def _left_over(groups: list[Group], filling: Filling) -> Iterator[str]:
    """Put the rows that had no place on the continuation page; a note for each group that has such rows."""
    for source, group in enumerate(groups):
        rows = filling.rows[source]
        if group.rows is None or not group.pitch or len(rows) <= group.most:
            continue
        number = len(filling.more) + 1
        said = []
        for record in range(group.most, len(rows)):
            words = [
                f"{_name(spot.cell)}：{text}"
                for spot in group.spots
                if (text := filling.say(spot.cell.text, group.rows.table, rows[record], record))
            ]
            said.append(f"第{record + 1}行　" + "；".join(words))
        filling.more.append(More(number, f"第{group.most + 1}行起", "\n".join(said)))
        yield f"（其余{len(rows) - group.most}{group.measure}见附页{number}）"


def _name(cell: Cell) -> str:
    """What a box is called: its words, else the names of what it shows."""
    names = [part.value.text for part in cell.text if isinstance(part, Slot)]
    return plain(cell.text).strip(" ：:　") or "、".join(names)
