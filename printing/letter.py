"""Lay out official letters (通知书, 决定书, 公示) on the page of GB/T 9704-2012.

The type area and its lines are a `printing.gauge.Gauge`: that of the standard, or a page of large type for readers or for
a wall. Title in 2号, centred; the date of signing stands four characters from the right with the sender centred over it;
page numbers in 4号 between dashes, at the right on odd pages and at the left on even ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from forms.paper import Ledger, Letter, Paper, Passage, Rows, Template
from printing import imprint
from printing.boxes import ASCENT, set_line
from printing.fill import Filling
from printing.gauge import OFFICIAL, Gauge, large
from printing.ledger import ruled_table
from printing.marks import HEI, KAI, SIZES, SONG, SONG_BOLD, Code, Line, Mark, Page
from printing.pieces import Piece, lowered, moved, on_line, paginate
from printing.plate import footer
from printing.rows import concerned, rows_of
from printing.strips import points
from printing.text import Style, balanced, indented, split, width
from printing.values import Values

AREA, PITCH = OFFICIAL.area, OFFICIAL.pitch
_PAGE_NUMBER, _CODE = 14.0, points(15)
_RULED = "＿＿＿＿"
_FACES = {0: KAI, 1: HEI, 2: KAI, 3: KAI}


def lay_out_letter(paper: Paper, letter: Letter, values: Values, row: str) -> list[Page]:
    """The pages of one letter for `row` of the paper's table; an unknown value is a ruled blank to be filled by hand."""
    gauge = gauge_of(paper, letter)
    writer = _Writer(paper, letter, Filling(values, (paper.each,), ((row,),), ("",)), row, gauge)
    sheets = paginate(list(writer.pieces()), gauge.lines)
    code = writer.say(letter.code) if letter.code else ""
    pages = []
    for at, sheet in enumerate(sheets):
        marks = [*_body(sheet, gauge), *_furniture(paper, letter, (at, len(sheets)), gauge)]
        pages.append(Page(*gauge.page, None, (*marks, *(_code(code, gauge) if at == 0 else ()))))
    return pages


def gauge_of(paper: Paper, letter: Letter) -> Gauge:
    """The page a letter is set on: the standard's, or one of large type when size, paper or side differ from it."""
    if not letter.size and paper.stock == "A4" and not letter.landscape:
        return OFFICIAL
    wide, high = SIZES[paper.stock]
    return large(letter.size or OFFICIAL.tall, (high, wide) if letter.landscape else (wide, high))


@dataclass(frozen=True, slots=True)
class _Writer:
    """One letter being written."""

    paper: Paper
    letter: Letter
    filling: Filling
    row: str
    gauge: Gauge

    def say(self, template: Template, table: str = "", row: str | None = None, record: int = 0) -> str:
        """A template in words."""
        where, which = table or self.paper.each, self.row if row is None else row
        return self.filling.say(template, where, which, record, _RULED) or _RULED

    def pieces(self) -> Iterator[Piece]:
        """Everything the letter says, in order."""
        letter, gauge = self.letter, self.gauge
        yield from imprint.head(letter, self.paper.secrecy, self.say, gauge)
        yield from self._centred(self.say(letter.title), gauge.title, SONG_BOLD)
        if letter.number and not letter.imprint.authority:
            yield from self._centred(self.say(letter.number), gauge.size, KAI)
        yield Piece(())
        if letter.to:
            yield from self._paragraph(self.say(letter.to), KAI, 0)
        body = [list(self._part(part)) for part in letter.body]
        pieces = [piece for part in body for piece in part]
        signed = [*self._attached(), *self._signature()]
        if pieces and signed:
            pieces[-1] = replace(pieces[-1], glued=True)
        yield from pieces
        yield from signed
        yield from self._foot()

    def _part(self, part: Passage | Ledger) -> Iterator[Piece]:
        values, table = self.filling.values, self.paper.each
        if isinstance(part, Ledger):
            if concerned(part.relevant, part.sure, values, (table, self.row)):
                rows = [self._cells(part, row, at) for at, row in enumerate(self._rows(part.rows))]
                yield from ruled_table(part, rows, self.gauge)
            return
        table = part.rows.table if part.rows else table
        for at, row in enumerate(self._rows(part.rows)):
            if concerned(part.relevant, part.sure, values, (table, row)):
                text = self.say(part.text, table, row, at)
                yield from self._paragraph(text, _FACES[part.level], 2, heading=part.level > 0)

    def _rows(self, rows: Rows | None) -> list[str]:
        return rows_of(rows, self.filling.values, self.paper.each, self.row) if rows else [self.row]

    def _cells(self, ledger: Ledger, row: str, at: int) -> list[str]:
        return [self.filling.say(value, ledger.rows.table, row, at) for value in ledger.values]

    def _attached(self) -> Iterator[Piece]:
        """附件: a blank line, then two characters in; names that run over hang under themselves."""
        letter, gauge = self.letter, self.gauge
        if letter.attached:
            yield Piece((), glued=True)
        for at, name in enumerate(letter.attached, start=1):
            lead = ("　　附件：" if at == 1 else "　　　　　") + (f"{at}．" if len(letter.attached) > 1 else "")
            hang = width(lead, KAI, gauge.size)
            lines = split(self.say(name), gauge.area.w - hang - gauge.size, 99, KAI, gauge.size)[0]
            for number, line in enumerate(lines):
                marks = [on_line(line, gauge, hang, "左")]
                yield Piece((on_line(lead, gauge, 0, "左"), *marks) if number == 0 else tuple(marks), glued=True)

    def _signature(self) -> Iterator[Piece]:
        """Sender and date: the date four characters in from the right, the sender centred over it."""
        letter, gauge = self.letter, self.gauge
        if not (letter.sender or letter.dated):
            return
        right = gauge.area.w - 4 * gauge.size
        yield Piece((), 1 + bool(letter.seal), glued=True)
        dated = self.say(letter.dated)
        middle = right - width(dated, KAI, gauge.size) / 2
        if letter.sender:
            sender = self.say(letter.sender)
            middle = min(middle, gauge.area.w - width(sender, KAI, gauge.size) / 2)
            yield Piece((on_line(sender, gauge, middle, "中"),), glued=True)
        yield Piece((on_line(dated, gauge, right, "右"),), glued=bool(letter.seal))
        if letter.seal:
            note = set_line(f"（加盖{letter.seal}）", right, -10.5, Style(SONG, 9, 9), "右")
            yield Piece((note,))

    def _foot(self) -> Iterator[Piece]:
        """Notes in small type under a rule, then 版记; both at the foot of the last page."""
        gauge, below = self.gauge, imprint.foot(self.letter.imprint, self.say, self.gauge)
        style = Style(SONG, gauge.foot, gauge.foot, 1.5)
        notes = [self.say(note) for note in self.letter.foot]
        lines = [line for note in notes for line in split(note, gauge.area.w, 99, SONG, style.size)[0]]
        pitch = style.size * style.pitch
        high = -(-int(len(lines) * pitch + 8) // int(gauge.pitch)) if lines else 0
        top = len(lines) * pitch + 6 - high * gauge.pitch
        marks: list[Mark] = [Line(0, top, gauge.area.w, top, 0.5)] if lines else []
        for at, line in enumerate(lines):
            marks.append(set_line(line, 0, top - 5 - at * pitch - ASCENT * style.size, style))
        marks += lowered(below.marks, high * gauge.pitch) if below else ()
        if marks:
            yield Piece(tuple(marks), high + (below.lines if below else 0), low=True)

    def _centred(self, text: str, size: float, face: str) -> Iterator[Piece]:
        """A title: lines about equally long."""
        wide, style = self.gauge.area.w, Style(face, size, size) if size != self.gauge.size else None
        room = wide - 2 * size
        count = len(split(text, room, 9, face, size)[0])
        for line in balanced(text, room, count, face, size) if count > 1 else (text,):
            yield Piece((on_line(line, self.gauge, wide / 2, "中", style),), glued=True)

    def _paragraph(self, text: str, face: str, indent: int, heading: bool = False) -> Iterator[Piece]:
        """The lines of a paragraph; neither its first nor its last line is left alone on a page."""
        gauge = self.gauge
        style = Style(face, gauge.size, gauge.size) if face != KAI else None
        text = indented(text, indent) if indent else text
        lines, _ = split(text, gauge.area.w + 0.01, 9999, face, gauge.size)
        for at, line in enumerate(lines):
            last = at == len(lines) - 1
            glued = heading if last else at in (0, len(lines) - 2)
            yield Piece((on_line(line, gauge, 0, "左", style),), glued=glued)


def _body(sheet: Sequence[tuple[int, Piece]], gauge: Gauge) -> Iterator[Mark]:
    """The marks of the pieces of one page."""
    for line, piece in sheet:
        for mark in piece.marks:
            yield moved(mark, gauge.area.x, gauge.area.top - line * gauge.pitch)


def _furniture(paper: Paper, letter: Letter, place: tuple[int, int], gauge: Gauge) -> list[Mark]:
    """The page number and the line that says which paper this is; `place` is the page, from 0, and how many there are."""
    at, total = place
    area, odd = gauge.area, at % 2 == 0
    style = Style(SONG, _PAGE_NUMBER, _PAGE_NUMBER)
    base = area.y - points(7) - ASCENT * _PAGE_NUMBER
    x = area.right - _PAGE_NUMBER if odd else area.x + _PAGE_NUMBER
    number = set_line(f"— {at + 1} —", x, base, style, "右" if odd else "左")
    said = f"{footer(paper)}　第{at + 1}页　共{total}页"
    side, align = (area.x, "左") if odd else (area.right, "右")
    note = set_line(said, side, points(12), Style(SONG, 7.5, 7), align)
    return [note] if letter.imprint.plain and at == 0 else [number, note]


def _code(code: str, gauge: Gauge) -> list[Mark]:
    """The QR code at the upper right of a first page, if it says anything."""
    top = gauge.page[1] - points(15) - _CODE
    return [Code(gauge.area.right - _CODE, top, _CODE, code)] if code else []
