"""What a cell looks like before anyone fills it: labels, tick boxes, combs, printed paragraphs, places to sign.

`still` gives the marks that every copy shares, `blank` the place that a copy fills, `needed` the least height.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from clerk.errors import UserCanFix
from forms.paper import Cell, CellKind, Template, plain
from forms.schema import Option
from printing.boxes import ASCENT, Box, set_line, set_lines, set_upright
from printing.marks import KAI, POINTS_PER_MM, SONG, Line, Mark, Rect, Text, Tick
from printing.text import Style, fit, indented, split, width

PAD = 2.2
FOOT = 7.5 * POINTS_PER_MM
DATE = "　　　年　　月　　日"
_GAP = 9.0
_LABEL_LEAST, _VALUE_LEAST, _PARAGRAPH_LEAST = 6.5, 7.0, 9.0
_COMB = 5.6 * POINTS_PER_MM
_UNKNOWN = "＿" * 8
_BOX = "□"


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to fill: `record` of `source` answers its text; `kind` None is the note that more rows follow elsewhere.

    `ticks` are the options drawn here, `elsewhere` those that other boxes of the page draw.
    """

    kind: CellKind | None
    text: Template
    box: Box
    style: Style
    align: str
    source: int
    record: int
    name: str
    table: str = ""
    ticks: Mapping[str, Tick] | None = None
    boxes: int = 0
    over: str = ""
    upright: bool = False
    elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Setting:
    """How cells are set: the base size, the options of tick cells, and the combs that are written as plain text."""

    size: float
    options: Mapping[int, tuple[Option, ...]]
    uncombed: frozenset[int] = frozenset()


def fixed(template: Template) -> bool:
    """Whether a template has no values."""
    return all(isinstance(part, str) for part in template)


def style_of(cell: Cell, size: float) -> Style:
    """Printed words in 宋体, filled ones in 楷体; paragraphs stay larger and more open."""
    size = cell.size or size
    if cell.kind is CellKind.PARAGRAPH:
        return Style(
            KAI if len(cell.text) == 1 and not fixed(cell.text) else SONG, size, min(size, _PARAGRAPH_LEAST), 1.5
        )
    centred = cell.align == "中"
    if fixed(cell.text) or cell.kind is CellKind.TICKS:
        return Style(SONG, size, min(size, _LABEL_LEAST), 1.25, centred)
    return Style(KAI, size, min(size, _VALUE_LEAST), 1.18, centred)


def still(cell: Cell, box: Box, setting: Setting) -> list[Mark]:
    """The marks of a cell which are the same on every copy."""
    marks: list[Mark] = list(_sign(cell, box, setting.size))
    inner = written(cell, box, setting)
    style = style_of(cell, setting.size)
    if cell.underlined:
        marks.append(Line(inner.x, box.y + PAD, inner.right, box.y + PAD, 0.4))
    if cell.kind is CellKind.TICKS:
        for tick, words in ticks(cell, inner, setting).values():
            marks += [tick, words]
    elif cell.kind is CellKind.COMB:
        marks += _comb(comb(cell, inner), cell.boxes) if id(cell.text) not in setting.uncombed else []
    elif cell.upright and fixed(cell.text):
        marks += set_upright(plain(cell.text), box.inset(1, 2), style.size)
    elif cell.text and fixed(cell.text):
        text = plain(cell.text)
        high = cell.kind is CellKind.PARAGRAPH
        fitted = fit(indented(text, 2) if high else text, inner.w, inner.h, style, "")
        if fitted.rest:
            raise UserCanFix(f"{cell.place} 「{text[:20]}」放不下，请加大这一格或缩短文字。")
        for line in set_lines(fitted, inner, style, cell.align, high):
            marks += _boxed(line)
    return marks


def _boxed(line: Text) -> list[Mark]:
    """A line of print whose □ are drawn as boxes to be ticked by hand."""
    marks: list[Mark] = [replace(line, text=line.text.replace(_BOX, "\u3000"))]
    for at, character in enumerate(line.text):
        if character == _BOX:
            x = line.x + width(line.text[:at], line.face, line.size)
            marks.append(Tick(x, line.y - 0.06 * line.size, line.size * 0.86))
    return marks


def needed(cell: Cell, measure: float, setting: Setting) -> float:
    """The least height in points that a cell's printed contents ask for at full size; 0 when it does not matter."""
    wide = measure - (2 if cell.align == "中" else 4) * PAD
    foot = foot_height(cell, measure, setting.size)
    finger = cell.signing.fingerprint * POINTS_PER_MM
    wide -= finger + 2 * PAD if finger else 0
    style = style_of(cell, setting.size)
    inner = 0.0
    if cell.kind is CellKind.TICKS:
        inner = _tick_rows(cell, wide, setting)[1] * style.size * 1.5 + PAD
    elif cell.kind is CellKind.PARAGRAPH:
        text = indented("".join(part if isinstance(part, str) else _UNKNOWN for part in cell.text), 2)
        lines, _ = split(text, wide, 999, style.face, style.size)
        inner = (
            style.size * (1 + (len(lines) - 1) * style.pitch) + 4 * PAD
            if fixed(cell.text) or len(cell.text) > 1
            else 0.0
        )
    return max(inner + foot, finger + 3 * PAD if finger else 0.0)


def written(cell: Cell, box: Box, setting: Setting) -> Box:
    """The part of a cell that text may fill: above the foot, left of the fingerprint, inside the padding."""
    foot = foot_height(cell, box.w, setting.size)
    finger = cell.signing.fingerprint * POINTS_PER_MM
    wide = box.w - (finger + 2 * PAD if finger else 0)
    high = cell.kind is CellKind.PARAGRAPH
    across = PAD * (1 if cell.align == "中" else 2)
    return Box(box.x, box.y + foot, wide, box.h - foot).inset(across, PAD * 1.6 if high else 1.0)


def ticks(cell: Cell, inner: Box, setting: Setting) -> dict[str, tuple[Tick, Text]]:
    """Each option's box and words, by code: in columns when they need several lines."""
    pitches, rows, size = _tick_rows(cell, inner.w, setting, inner.h)
    style = Style(SONG, size, size)
    side, pitch = size * 0.86, min(size * 1.7, inner.h / rows)
    top = inner.y + (inner.h + pitch * rows) / 2
    placed: dict[str, tuple[Tick, Text]] = {}
    x, row = 0.0, 0
    for option, long in zip(setting.options[id(cell)], pitches, strict=True):
        if x and x + long - _GAP > inner.w + 0.1:
            x, row = 0.0, row + 1
        base = top - pitch * row - (pitch - size) / 2 - ASCENT * size
        place = inner.x + x
        tick = Tick(place, base - 0.06 * size, side)
        placed[option.code] = (tick, set_line(option.label, place + side + 2, base, style))
        x += long
    return placed


def comb(cell: Cell, inner: Box) -> Box:
    """The ruled comb inside its cell."""
    high = min(_COMB, inner.h - 3)
    wide = min(inner.w - 4, cell.boxes * high)
    return Box(inner.x + (inner.w - wide) / 2, inner.y + (inner.h - high) / 2, wide, high)


def foot_height(cell: Cell, measure: float, size: float) -> float:
    """The height of the signing line, twice when parties and date do not stand side by side."""
    signing = cell.signing
    if not (signing.parties or signing.dated or signing.seal):
        return 0.0
    return FOOT * (2 if _stacked(cell, measure, size) else 1)


def _stacked(cell: Cell, measure: float, size: float) -> bool:
    signing = cell.signing
    finger = signing.fingerprint * POINTS_PER_MM
    parties = sum(width(party, SONG, size) + 5 * size for party in signing.parties)
    other = width(DATE, SONG, size) * signing.dated + (width(signing.seal, SONG, size) + size if signing.seal else 0)
    return bool(signing.parties) and bool(other) and parties + other > measure - finger - 4 * PAD


def _sign(cell: Cell, box: Box, size: float) -> list[Mark]:
    """The foot of a cell: parties from the left, seal and date at the right, a box for the fingerprint."""
    signing = cell.signing
    marks: list[Mark] = []
    style = Style(SONG, size, 7.0)
    right, base = box.right - 2 * PAD, box.y + (FOOT - size) / 2 + 0.12 * size
    if signing.fingerprint:
        side = signing.fingerprint * POINTS_PER_MM
        if side + PAD > min(box.w, box.h):
            raise UserCanFix(f"{cell.place} 指印框 {signing.fingerprint:g} 毫米见方，这一格放不下，请加宽或加高。")
        alone = not (cell.text or signing.parties or signing.dated or signing.seal)
        right = box.x + (box.w + side) / 2 if alone or right - side < box.x else right
        right -= side
        low = box.y + min(PAD * 1.5, (box.h - side) / 2)
        marks.append(Rect(right, low, side, side, 0.4))
        marks.append(set_line("指　印", right + side / 2, low + side / 2 - 4, Style(SONG, 9, 9), "中"))
        right -= 2 * PAD
    edge = right
    if signing.dated:
        marks.append(set_line(DATE, right, base, style, "右"))
        edge = right - width(DATE, SONG, size)
    if signing.seal:
        marks.append(set_line(signing.seal, edge - size, base, style, "右"))
        edge -= size * 2 + width(signing.seal, SONG, size)
    if _stacked(cell, box.w, size):
        edge, base = right, base + FOOT
    return marks + _parties(signing.parties, box.x + 2 * PAD, edge, base, style)


def _parties(parties: Sequence[str], left: float, right: float, base: float, style: Style) -> list[Mark]:
    marks: list[Mark] = []
    step = (right - left) / max(1, len(parties))
    for index, party in enumerate(parties):
        long = width(party, style.face, style.size)
        size = style.size * min(1.0, step / long) if long else style.size
        marks.append(Text(left + index * step, base, size, style.face, party))
    return marks


def _comb(box: Box, boxes: int) -> list[Mark]:
    step = box.w / boxes
    inner: list[Mark] = [Line(box.x + step * at, box.y, box.x + step * at, box.top, 0.4) for at in range(1, boxes)]
    return [Rect(box.x, box.y, box.w, box.h, 0.4), *inner]


def _tick_rows(cell: Cell, wide: float, setting: Setting, high: float = 0.0) -> tuple[list[float], int, float]:
    """The pitch of each option, how many lines they take, and the size: smaller when `high` is given and too low."""
    options = setting.options[id(cell)]
    size = cell.size or setting.size
    while True:
        natural = [size * 0.86 + 2 + width(option.label, SONG, size) + _GAP for option in options]
        pitches, rows = (natural, 1) if _flow(natural, wide) == 1 else _columns(natural, wide)
        if not high or size <= _LABEL_LEAST or rows * size * 1.2 <= high:
            return pitches, rows, size
        size -= 0.5


def _columns(natural: Sequence[float], wide: float) -> tuple[list[float], int]:
    """Equal columns, a long option taking several: the fewest columns that cost no line more than need be; a line more in long lists."""
    tries = [_in_columns(natural, wide, count) for count in range(1, 13)] if max(natural) - _GAP <= wide else []
    least = min((rows for _, rows in tries), default=0)
    return next((one for one in tries if one[1] <= least + (least > 3)), (list(natural), _flow(natural, wide)))


def _in_columns(natural: Sequence[float], wide: float, count: int) -> tuple[list[float], int]:
    pitch = (wide + _GAP) / count
    pitches = [min(count, math.ceil(one / pitch - 1e-6)) * pitch for one in natural]
    return pitches, _flow(pitches, wide)


def _flow(pitches: Sequence[float], wide: float) -> int:
    """How many lines options take."""
    rows, x = 1, 0.0
    for long in pitches:
        if x and x + long - _GAP > wide + 0.1:
            rows, x = rows + 1, 0.0
        x += long
    return rows
