"""Lay out official letters (通知书, 决定书, 公示) on the page of GB/T 9704-2012.

The type area is 156 × 225 mm, 37 mm from the top and 28 mm from the binding edge; it holds 22 lines of 28 characters
in 3号. Title in 2号, centred; the date of signing stands four characters from the right with the sender centred over
it; page numbers in 4号 between dashes, at the right on odd pages and at the left on even ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from forms.language.values import Verdict
from forms.paper import Ledger, Letter, Paper, Passage, Rows, Template
from printing.boxes import ASCENT, Box, set_line, set_lines
from printing.fill import Filling
from printing.marks import A4, HEI, KAI, SONG, SONG_BOLD, Code, Line, Mark, Page, Rect, Text
from printing.rows import rows_of
from printing.strips import points
from printing.text import Fitted, Style, fit, indented, split, width
from printing.values import Values

LINES, CHARACTERS = 22, 28
AREA = Box(points(28), A4[1] - points(37 + 225), points(156), points(225))
PITCH = AREA.h / LINES
SIZE = AREA.w / CHARACTERS
_TITLE, _PAGE_NUMBER, _CODE = 22.0, 14.0, points(15)
_RULED = "＿＿＿＿"
_FACES = {0: KAI, 1: HEI, 2: KAI, 3: KAI}
_CELL = Style(KAI, 12.0, 9.0, 1.2)
_HEAD = Style(HEI, 12.0, 9.0, 1.2)
_FOOT = Style(SONG, 10.5, 10.5, 1.5)


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
    writer = _Writer(letter, Filling(values, (paper.each,), ((row,),), ("",)), paper.each, row)
    sheets = _paginate(list(writer.pieces()))
    code = writer.say(letter.code) if letter.code else ""
    return [_page(paper, sheet, at, len(sheets), code if at == 0 else "") for at, sheet in enumerate(sheets)]


@dataclass(frozen=True, slots=True)
class _Writer:
    """One letter being written."""

    letter: Letter
    filling: Filling
    table: str
    row: str

    def say(self, template: Template, table: str = "", row: str | None = None, record: int = 0) -> str:
        """A template in words."""
        where, which = table or self.table, self.row if row is None else row
        return self.filling.say(template, where, which, record, _RULED) or _RULED

    def pieces(self) -> Iterator[Piece]:
        """Everything the letter says, in order."""
        letter = self.letter
        yield from _centred(self.say(letter.title), _TITLE, SONG_BOLD)
        if letter.number:
            yield from _centred(self.say(letter.number), SIZE, KAI)
        yield Piece(())
        if letter.to:
            yield from _paragraph(self.say(letter.to), KAI, 0)
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
            yield from _ledger(part, [self._cells(part, row, at) for at, row in enumerate(self._rows(part.rows))])
            return
        table = part.rows.table if part.rows else self.table
        for at, row in enumerate(self._rows(part.rows)):
            if part.relevant and self.filling.values.holds(part.relevant, table, row) is Verdict.NO:
                continue
            text = self.say(part.text, table, row, at)
            yield from _paragraph(text, _FACES[part.level], 2, heading=part.level == 1)

    def _rows(self, rows: Rows | None) -> list[str]:
        return rows_of(rows, self.filling.values, self.table, self.row) if rows else [self.row]

    def _cells(self, ledger: Ledger, row: str, at: int) -> list[str]:
        return [self.filling.say(value, ledger.rows.table, row, at) for value in ledger.values]

    def _signature(self) -> Iterator[Piece]:
        """附件, then sender and date: the date four characters in from the right, the sender centred over it."""
        letter = self.letter
        for at, name in enumerate(letter.attached, start=1):
            number = f"{at}．" if len(letter.attached) > 1 else ""
            yield from _paragraph(("附件：" if at == 1 else "　　　") + number + self.say(name), KAI, 2)
        if not (letter.sender or letter.dated):
            return
        yield Piece((), 1 + bool(letter.seal), glued=True)
        dated = self.say(letter.dated)
        middle = AREA.w - 4 * SIZE - width(dated, KAI, SIZE) / 2
        if letter.sender:
            sender = self.say(letter.sender)
            middle = min(middle, AREA.w - width(sender, KAI, SIZE) / 2)
            yield Piece((_at(sender, middle, "中"),), glued=True)
        yield Piece((_at(dated, AREA.w - 4 * SIZE, "右"),), glued=bool(letter.seal))
        if letter.seal:
            note = set_line(f"（加盖{letter.seal}）", AREA.w - 4 * SIZE, -10.5, Style(SONG, 9, 9), "右")
            yield Piece((note,))

    def _foot(self) -> Iterator[Piece]:
        lines = [line for note in self.letter.foot for line in split(self.say(note), AREA.w, 99, SONG, _FOOT.size)[0]]
        if lines:
            pitch = _FOOT.size * _FOOT.pitch
            high = -(-int(len(lines) * pitch + 8) // int(PITCH))
            top = len(lines) * pitch + 6 - high * PITCH
            marks: list[Mark] = [Line(0, top, AREA.w, top, 0.5)]
            for at, line in enumerate(lines):
                marks.append(set_line(line, 0, top - 5 - at * pitch - ASCENT * _FOOT.size, _FOOT))
            yield Piece(tuple(marks), high, low=True)


def _at(text: str, x: float, align: str, face: str = KAI, size: float = SIZE) -> Text:
    base = -(PITCH - size) / 2 - ASCENT * size
    return set_line(text, x, base, Style(face, size, size), align)


def _centred(text: str, size: float, face: str) -> Iterator[Piece]:
    for line in split(text, AREA.w - 2 * size, 9, face, size)[0]:
        yield Piece((_at(line, AREA.w / 2, "中", face, size),), glued=True)


def _paragraph(text: str, face: str, indent: int, heading: bool = False) -> Iterator[Piece]:
    """The lines of a paragraph; neither its first nor its last line is left alone on a page."""
    lines, _ = split(indented(text, indent) if indent else text, AREA.w + 0.01, 9999, face, SIZE)
    for at, line in enumerate(lines):
        alone = at == 0 or at == len(lines) - 2
        yield Piece((_at(line, 0, "左", face),), glued=heading or (alone and at < len(lines) - 1))


def _ledger(ledger: Ledger, rows: Sequence[Sequence[str]]) -> Iterator[Piece]:
    total = sum(ledger.widths)
    wide = [AREA.w * share / total for share in ledger.widths]
    head = replace(_ruled(ledger.headings, wide, _HEAD), glued=True)
    yield head
    for row in rows:
        yield replace(_ruled(row, wide, _CELL), again=head)
    yield Piece(())


def _ruled(texts: Sequence[str], wide: Sequence[float], style: Style) -> Piece:
    """One ruled row, as many lines high as its fullest cell needs."""
    lines = 1
    while True:
        fitted = [_fitted(text, across, lines * PITCH, style) for text, across in zip(texts, wide, strict=True)]
        if lines == LINES - 2 or not any(one.rest for one in fitted):
            break
        lines += 1
    marks: list[Mark] = []
    x, high = 0.0, lines * PITCH
    for one, across in zip(fitted, wide, strict=True):
        marks.append(Rect(x, -high, across, high, 0.5))
        marks += set_lines(one, Box(x, -high, across, high).inset(4, 2), style, "中")
        x += across
    return Piece(tuple(marks), lines)


def _fitted(text: str, across: float, high: float, style: Style) -> Fitted:
    return fit(text, across - 8, high - 4, style, "")


def _paginate(pieces: Sequence[Piece]) -> list[list[tuple[int, Piece]]]:
    """Pieces with the line they begin at, page by page; glued pieces are not parted."""
    sheets: list[list[tuple[int, Piece]]] = [[]]
    line = 0
    for clump in _clumps(pieces):
        high = sum(piece.lines for piece in clump)
        if line + high == LINES + 1:
            clump = _tightened(clump)
            high = sum(piece.lines for piece in clump)
        if line + high > LINES and line:
            sheets.append([])
            line = 0
            if clump[0].again:
                sheets[-1].append((0, clump[0].again))
                line = clump[0].again.lines
        for piece in clump:
            if line + piece.lines > LINES:  # a clump longer than a page has to be parted after all
                sheets.append([])
                line = 0
            sheets[-1].append((LINES - piece.lines if piece.low else line, piece))
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


def _page(paper: Paper, sheet: Sequence[tuple[int, Piece]], at: int, total: int, code: str) -> Page:
    marks: list[Mark] = []
    for line, piece in sheet:
        top = AREA.top - line * PITCH
        marks += [_moved(mark, AREA.x, top) for mark in piece.marks]
    style = Style(SONG, _PAGE_NUMBER, _PAGE_NUMBER)
    base = AREA.y - points(7) - ASCENT * _PAGE_NUMBER
    odd = at % 2 == 0
    x = AREA.right - _PAGE_NUMBER if odd else AREA.x + _PAGE_NUMBER
    marks.append(set_line(f"— {at + 1} —", x, base, style, "右" if odd else "左"))
    note = f"{paper.id}　{paper.edition}　第{at + 1}页　共{total}页"
    marks.append(set_line(note, AREA.x if odd else AREA.right, points(12), Style(SONG, 7.5, 7), "左" if odd else "右"))
    if code:
        marks.append(Code(AREA.right - _CODE, A4[1] - points(15) - _CODE, _CODE, code))
    return Page(*A4, None, tuple(marks))


def _moved(mark: Mark, x: float, y: float) -> Mark:
    if isinstance(mark, Line):
        return replace(mark, x1=mark.x1 + x, x2=mark.x2 + x, y1=mark.y1 + y, y2=mark.y2 + y)
    return replace(mark, x=mark.x + x, y=mark.y + y)
