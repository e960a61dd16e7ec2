"""The head and the foot of official letters: 版头 and 版记 of GB/T 9704-2012, and the rules of 信函格式.

Black only: a seal and a red head are the only red on such paper, and windows print in black.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from forms.paper import Imprint, Letter, Template
from printing.boxes import ASCENT, set_line
from printing.gauge import Gauge
from printing.marks import HEI, KAI, SONG_BOLD, Line, Mark
from printing.pieces import Piece, lowered, on_line
from printing.strips import points
from printing.text import Style, split, width

Say = Callable[[Template], str]
_NAME = 42.0
_NAME_TOP, _UNDER_NUMBER = points(35), points(4)
_PLAIN_TOP, _PLAIN_RULES, _PLAIN_LOW = points(7), points(170), points(20)
_THICK, _THIN, _HEAD_RULE = 1.0, 0.7, 1.4
_SMALL = 14.0


def head(letter: Letter, secrecy: str, say: Say, gauge: Gauge) -> Iterator[Piece]:
    """What stands above the title; nothing for a letter without a head."""
    imprint = letter.imprint
    corner = _corner(imprint, secrecy, say, gauge)
    if not imprint.authority:
        yield from (Piece((mark,), glued=True) for mark in corner)
        return
    stacked = [lowered([mark], at * gauge.pitch)[0] for at, mark in enumerate(corner)]
    if imprint.plain:
        yield _plain_head(letter, stacked, say, gauge)
    else:
        yield _formal_head(letter, stacked, say, gauge)


def foot(imprint: Imprint, say: Say, gauge: Gauge) -> Piece | None:
    """Who gets a copy, who issued it and when: between rules, at the foot of the last page."""
    style, wide = Style(KAI, _SMALL, _SMALL), gauge.area.w
    marks: list[Mark] = [_across(0, wide, _THICK)]
    lines = 0
    if imprint.copied:
        lead = "抄送："
        hang = _SMALL + width(lead, KAI, _SMALL)
        marks.append(on_line(lead, gauge, _SMALL, "左", style))
        for line in split(say(imprint.copied), wide - hang - _SMALL, 99, KAI, _SMALL)[0]:
            marks += lowered([on_line(line, gauge, hang, "左", style)], lines * gauge.pitch)
            lines += 1
    if imprint.issuer:
        if lines:
            marks.append(_across(-lines * gauge.pitch, wide, _THIN))
        said = [on_line(say(imprint.issuer), gauge, _SMALL, "左", style)]
        if imprint.issued:
            said.append(on_line(say(imprint.issued) + "印发", gauge, wide - _SMALL, "右", style))
        marks += lowered(said, lines * gauge.pitch)
        lines += 1
    marks.append(_across(-lines * gauge.pitch, wide, _THICK))
    return Piece(tuple(marks), lines, low=True) if lines else None


def _corner(imprint: Imprint, secrecy: str, say: Say, gauge: Gauge) -> list[Mark]:
    """份号, 密级, 紧急程度: one under another at the upper left, those that there are."""
    style = Style(HEI, gauge.size, gauge.size)
    marks: list[Mark] = [on_line(say(imprint.serial), gauge, 0, "左")] if imprint.serial else []
    return marks + [on_line(words, gauge, 0, "左", style) for words in (secrecy, imprint.urgency) if words]


def _formal_head(letter: Letter, corner: list[Mark], say: Say, gauge: Gauge) -> Piece:
    """The name 35 mm below the top of the type area, the number two lines under it, a rule 4 mm under that."""
    wide, imprint = gauge.area.w, letter.imprint
    name, size = _name(say(imprint.authority), wide)
    marks = [*corner, set_line(name, wide / 2, -_NAME_TOP - ASCENT * size, Style(SONG_BOLD, size, size), "中")]
    top = _NAME_TOP + size + 2 * gauge.pitch
    if imprint.signatory:
        signed = on_line("签发人：" + say(imprint.signatory), gauge, wide - gauge.size, "右")
        marks += lowered([on_line(say(letter.number), gauge, gauge.size, "左"), signed], top)
    elif letter.number:
        marks += lowered([on_line(say(letter.number), gauge, wide / 2, "中")], top)
    rule = top + (gauge.pitch + gauge.tall) / 2 + _UNDER_NUMBER
    marks.append(_across(-rule, wide, _HEAD_RULE))
    return Piece(tuple(marks), math.ceil(rule / gauge.pitch + 1.7), glued=True)


def _plain_head(letter: Letter, corner: list[Mark], say: Say, gauge: Gauge) -> Piece:
    """信函格式: the name 30 mm below the edge of the page, double rules under it and 20 mm above the lower edge."""
    wide = gauge.area.w
    name, size = _name(say(letter.imprint.authority), wide)
    low = _PLAIN_TOP - size - points(4)
    down = math.ceil(-low / gauge.pitch) * gauge.pitch
    marks: list[Mark] = [set_line(name, wide / 2, _PLAIN_TOP - ASCENT * size, Style(SONG_BOLD, size, size), "中")]
    said = [*corner, on_line(say(letter.number), gauge, wide, "右")] if letter.number else corner
    marks += lowered(said, down)
    bottom = _PLAIN_LOW - gauge.area.top
    for y, widths in ((low, (2.2, 0.7)), (bottom, (0.7, 2.2))):
        marks += [_ruled(gauge, y, widths[0]), _ruled(gauge, y - 2.4, widths[1])]
    lines = round(down / gauge.pitch) + max(1, len(corner)) + 2
    return Piece(tuple(marks), lines, glued=True)


def _name(words: str, wide: float) -> tuple[str, float]:
    """The name of the authority and its size: large, but never wider than the type area."""
    return words, min(_NAME, _NAME * wide / max(width(words, SONG_BOLD, _NAME), 1.0))


def _across(y: float, wide: float, thick: float) -> Line:
    return Line(0, y, wide, y, thick)


def _ruled(gauge: Gauge, y: float, thick: float) -> Line:
    """A rule 170 mm long in the middle of the page."""
    left = (gauge.page[0] - _PLAIN_RULES) / 2 - gauge.area.x
    return Line(left, y, left + _PLAIN_RULES, y, thick)
