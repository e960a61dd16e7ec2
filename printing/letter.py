"""Lay out official letters (通知书, 决定书, 公示) on the page of GB/T 9704-2012.

The type area and its lines are a `printing.gauge.Gauge`: that of the standard, or a page of large type. Title in 2号, centred; the date of signing stands four characters from the right with the sender centred over
it; page numbers in 4号 between dashes, at the right on odd pages and at the left on even ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from forms.language.values import Verdict
from forms.paper import Ledger, Letter, Paper, Passage, Rows, Template
from printing.boxes import ASCENT, Box, set_line, set_lines
from printing.fill import Filling
from printing.gauge import OFFICIAL, Gauge, large
from printing.marks import A4, HEI, KAI, SONG, SONG_BOLD, Code, Line, Mark, Page, Rect, Text
from printing.rows import rows_of
from printing.strips import points
from printing.text import Style, fit, indented, split, width
from printing.values import Values

AREA, PITCH = OFFICIAL.area, OFFICIAL.pitch
_PAGE_NUMBER, _CODE = 14.0, points(15)
_RULED = "＿＿＿＿"
_FACES = {0: KAI, 1: HEI, 2: KAI, 3: KAI}
_SPACING = 1.2


@dataclass(frozen=True, slots=True)
class Piece:
    """Marks that take so many lines, drawn from (0, 0) at their upper left; `glued` ones stay with the next piece.

    `again` is said once more when a page begins here; a `low` piece stands at the foot of its page.
    """

    marks: tuple[Mark, ...]
    lines: int = 1
    glued: bool = False
    again: Piece | None = None
    low: bool = False


def lay_out_letter(paper: Paper, letter: Letter, values: Values, row: str) -> list[Page]:
    """The pages of one letter for `row` of the paper's table; an unknown value is a ruled blank to be filled by hand."""
    gauge = large(letter.size) if letter.size else OFFICIAL
    writer = _Writer(letter, Filling(values, (paper.each,), ((row,),), ("",)), paper.each, row, gauge)
    sheets = _paginate(list(writer.pieces()), gauge.lines)
    code = writer.say(letter.code) if letter.code else ""
    foot = f"{paper.id}　{paper.edition}"
    return [
        Page(*A4, None, tuple(_page(sheet, (at, len(sheets)), foot, gauge) + (_code(code, gauge) if at == 0 else [])))
        for at, sheet in enumerate(sheets)
    ]


@dataclass(frozen=True, slots=True)
class _Writer:
    """One letter being written."""

    letter: Letter
    filling: Filling
    table: str
    row: str
    gauge: Gauge

    def say(self, template: Template, table: str = "", row: str | None = None, record: int = 0) -> str:
        """A template in words."""
        where, which = table or self.table, self.row if row is None else row
        return self.filling.say(template, where, which, record, _RULED) or _RULED

    def pieces(self) -> Iterator[Piece]:
        """Everything the letter says, in order."""
        letter, gauge = self.letter, self.gauge
        yield from self._centred(self.say(letter.title), gauge.title, SONG_BOLD)
        if letter.number:
            yield from self._centred(self.say(letter.number), gauge.size, KAI)
        yield Piece(())
        if letter.to:
            yield from self._paragraph(self.say(letter.to), KAI, 0)
        body = [list(self._part(part)) for part in letter.body]
        pieces = [piece for part in body for piece in part]
        signed = list(self._signature())
        if pieces and signed:
            pieces[-1] = replace(pieces[-1], glued=True)
        yield from pieces
        yield from signed
        yield from self._foot()

    def _part(self, part: Passage | Ledger) -> Iterator[Piece]:
        if isinstance(part, Ledger):
            if not part.relevant or self.filling.values.holds(part.relevant, self.table, self.row) is not Verdict.NO:
                rows = [self._cells(part, row, at) for at, row in enumerate(self._rows(part.rows))]
                yield from _ledger(part, rows, self.gauge)
            return
        table = part.rows.table if part.rows else self.table
        for at, row in enumerate(self._rows(part.rows)):
            if part.relevant and self.filling.values.holds(part.relevant, table, row) is Verdict.NO:
                continue
            text = self.say(part.text, table, row, at)
            yield from self._paragraph(text, _FACES[part.level], 2, heading=part.level == 1)

    def _rows(self, rows: Rows | None) -> list[str]:
        return rows_of(rows, self.filling.values, self.table, self.row) if rows else [self.row]

    def _cells(self, ledger: Ledger, row: str, at: int) -> list[str]:
        return [self.filling.say(value, ledger.rows.table, row, at) for value in ledger.values]

    def _signature(self) -> Iterator[Piece]:
        """附件, then sender and date: the date four characters in from the right, the sender centred over it."""
        letter = self.letter
        for at, name in enumerate(letter.attached, start=1):
            number = f"{at}．" if len(letter.attached) > 1 else ""
            yield from self._paragraph(("附件：" if at == 1 else "　　　") + number + self.say(name), KAI, 2)
        if not (letter.sender or letter.dated):
            return
        gauge = self.gauge
        right = gauge.area.w - 4 * gauge.size
        yield Piece((), 1 + bool(letter.seal), glued=True)
        dated = self.say(letter.dated)
        middle = right - width(dated, KAI, gauge.size) / 2
        if letter.sender:
            sender = self.say(letter.sender)
            middle = min(middle, gauge.area.w - width(sender, KAI, gauge.size) / 2)
            yield Piece((self._at(sender, middle, "中"),), glued=True)
        yield Piece((self._at(dated, right, "右"),), glued=bool(letter.seal))
        if letter.seal:
            note = set_line(f"（加盖{letter.seal}）", right, -10.5, Style(SONG, 9, 9), "右")
            yield Piece((note,))

    def _foot(self) -> Iterator[Piece]:
        gauge = self.gauge
        style = Style(SONG, gauge.foot, gauge.foot, 1.5)
        notes = [self.say(note) for note in self.letter.foot]
        lines = [line for note in notes for line in split(note, gauge.area.w, 99, SONG, style.size)[0]]
        if lines:
            pitch = style.size * style.pitch
            high = -(-int(len(lines) * pitch + 8) // int(gauge.pitch))
            top = len(lines) * pitch + 6 - high * gauge.pitch
            marks: list[Mark] = [Line(0, top, gauge.area.w, top, 0.5)]
            for at, line in enumerate(lines):
                marks.append(set_line(line, 0, top - 5 - at * pitch - ASCENT * style.size, style))
            yield Piece(tuple(marks), high, low=True)

    def _at(self, text: str, x: float, align: str, face: str = KAI, size: float = 0.0) -> Text:
        size = size or self.gauge.size
        base = -(self.gauge.pitch - size) / 2 - ASCENT * size
        return set_line(text, x, base, Style(face, size, size), align)

    def _centred(self, text: str, size: float, face: str) -> Iterator[Piece]:
        wide = self.gauge.area.w
        for line in split(text, wide - 2 * size, 9, face, size)[0]:
            yield Piece((self._at(line, wide / 2, "中", face, size),), glued=True)

    def _paragraph(self, text: str, face: str, indent: int, heading: bool = False) -> Iterator[Piece]:
        """The lines of a paragraph; neither its first nor its last line is left alone on a page."""
        wide = self.gauge.area.w + 0.01
        lines, _ = split(indented(text, indent) if indent else text, wide, 9999, face, self.gauge.size)
        for at, line in enumerate(lines):
            alone = at == 0 or at == len(lines) - 2
            yield Piece((self._at(line, 0, "左", face),), glued=heading or (alone and at < len(lines) - 1))


def _ledger(ledger: Ledger, rows: Sequence[Sequence[str]], gauge: Gauge) -> Iterator[Piece]:
    total = sum(ledger.widths)
    wide = [gauge.area.w * share / total for share in ledger.widths]
    (first, *others) = _ruled(ledger.headings, wide, ["中"] * len(wide), HEI, gauge)
    head = replace(first, glued=True)
    yield from (head, *others)
    for row in rows:
        yield from (replace(piece, again=head) for piece in _ruled(row, wide, ledger.aligns, KAI, gauge))
    yield Piece(())


def _ruled(
    texts: Sequence[str], wide: Sequence[float], aligns: Sequence[str], face: str, gauge: Gauge
) -> Iterator[Piece]:
    """A ruled row, as many lines high as its fullest cell needs; what a whole page cannot hold goes on in another."""
    style = Style(face, gauge.cell, gauge.least, _SPACING)
    while True:
        for lines in range(1, gauge.lines - 1):
            high = lines * gauge.pitch
            fitted = [fit(text, across - 8, high - 4, style, "") for text, across in zip(texts, wide, strict=True)]
            if not any(one.rest for one in fitted):
                break
        marks: list[Mark] = []
        x = 0.0
        for one, across, align in zip(fitted, wide, aligns, strict=True):
            marks.append(Rect(x, -high, across, high, 0.5))
            marks += set_lines(one, Box(x, -high, across, high).inset(4, 2), style, align)
            x += across
        yield Piece(tuple(marks), lines)
        texts = [one.rest for one in fitted]
        if not any(texts):
            return


def _paginate(pieces: Sequence[Piece], most: int) -> list[list[tuple[int, Piece]]]:
    """Pieces with the line they begin at, page by page; glued pieces are not parted."""
    sheets: list[list[tuple[int, Piece]]] = [[]]
    line = 0
    for clump in _clumps(pieces):
        high = sum(piece.lines for piece in clump)
        if line + high == most + 1:
            clump = _tightened(clump)
            high = sum(piece.lines for piece in clump)
        if line + high > most and line:
            sheets.append([])
            line = 0
            if clump[0].again:
                sheets[-1].append((0, clump[0].again))
                line = clump[0].again.lines
        for piece in clump:
            if line + piece.lines > most:  # a clump longer than a page has to be parted after all
                sheets.append([])
                line = 0
            sheets[-1].append((most - piece.lines if piece.low else line, piece))
            line += piece.lines
    return sheets


def _tightened(clump: list[Piece]) -> list[Piece]:
    """The clump with one blank line less above the signature, where there are two."""
    for at, piece in enumerate(clump):
        if not piece.marks and piece.lines > 1:
            return [*clump[:at], replace(piece, lines=piece.lines - 1), *clump[at + 1 :]]
    return clump


def _clumps(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    clump: list[Piece] = []
    for piece in pieces:
        clump.append(piece)
        if not piece.glued:
            yield clump
            clump = []
    if clump:
        yield clump


def _page(sheet: Sequence[tuple[int, Piece]], place: tuple[int, int], foot: str, gauge: Gauge) -> list[Mark]:
    """The marks of one page; `place` is its number, from 0, and how many there are."""
    at, total = place
    area = gauge.area
    marks: list[Mark] = []
    for line, piece in sheet:
        top = area.top - line * gauge.pitch
        marks += [_moved(mark, area.x, top) for mark in piece.marks]
    style = Style(SONG, _PAGE_NUMBER, _PAGE_NUMBER)
    base = area.y - points(7) - ASCENT * _PAGE_NUMBER
    odd = at % 2 == 0
    x = area.right - _PAGE_NUMBER if odd else area.x + _PAGE_NUMBER
    marks.append(set_line(f"— {at + 1} —", x, base, style, "右" if odd else "左"))
    note = f"{foot}　第{at + 1}页　共{total}页"
    marks.append(set_line(note, area.x if odd else area.right, points(12), Style(SONG, 7.5, 7), "左" if odd else "右"))
    return marks


def _code(code: str, gauge: Gauge) -> list[Mark]:
    """The QR code at the upper right of a first page, if it says anything."""
    return [Code(gauge.area.right - _CODE, A4[1] - points(15) - _CODE, _CODE, code)] if code else []


def _moved(mark: Mark, x: float, y: float) -> Mark:
    if isinstance(mark, Line):
        return replace(mark, x1=mark.x1 + x, x2=mark.x2 + x, y1=mark.y1 + y, y2=mark.y2 + y)
    return replace(mark, x=mark.x + x, y=mark.y + y)
