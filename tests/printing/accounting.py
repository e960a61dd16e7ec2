"""What a paper has to say: every value of every box, for every row it goes through, worked out from the paper's data
alone and compared with the words that stand on the laid-out pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from forms.language.values import Verdict
from forms.paper import Cell, CellKind, Grid, Ledger, Letter, Paper, Repeat, Rows, Slot, Template, slots
from forms.schema import Expression, Option
from printing.marks import Page, Text
from printing.rows import concerned, rows_of
from printing.values import Values

_FOOT, _HEAD = re.compile(r"第\d+页共\d+页"), 120
"""The foot of a page, and how many characters the head of the next has at most."""


@dataclass(frozen=True, slots=True)
class Due:
    """One value that must stand on the paper; one of the `head` may be said again on every page."""

    slot: Slot
    table: str
    row: str
    head: bool = False

    def said(self, values: Values) -> str:
        """The value in words."""
        return values.say(self.slot.value, self.table, self.row, self.slot.form)


def dues(paper: Paper, values: Values, row: str) -> Iterator[Due]:
    """Every value that one copy of a paper must say."""
    body = paper.body
    yield from _grid(paper, body, values, row) if isinstance(body, Grid) else _letter(paper, body, values, row)


def words(pages: Sequence[Page]) -> str:
    """All words on the pages in the order they were written, without blanks."""
    marks = [mark for page in pages for mark in (*(page.form.marks if page.form else ()), *page.marks)]
    return bare("".join(mark.text for mark in marks if isinstance(mark, Text)))


def bare(text: str) -> str:
    """A text without blanks and line ends."""
    return "".join(text.split())


def stands(value: str, text: str) -> bool:
    """Whether a value stands in a text: whole, or begun in its box and ended on continuation pages."""
    value = bare(value)
    if value in text:
        return True
    return any(f"{value[:at]}（见附页" in text and _goes_on(value[at:], text) for at in range(len(value)))


def _goes_on(value: str, text: str) -> bool:
    """Whether a value stands in a text whole, or up to the foot of a page and on below the head of the next."""
    if value in text:
        return True
    for foot in _FOOT.finditer(text):
        at = next((at for at in range(len(value) - 1, 0, -1) if text.endswith(value[:at], 0, foot.start())), 0)
        below = text[foot.end() :]
        if at and value[at : at + 12] in below[:_HEAD] and _goes_on(value[at:], below):
            return True
    return False


def most_rows(paper: Paper) -> set[int]:
    """How many rows each repeated table of a form holds before it goes on elsewhere."""
    if isinstance(paper.body, Letter):
        return set()
    repeats = [row for block in paper.body.blocks for row in block.rows if isinstance(row, Repeat)]
    return {repeat.per_page or (repeat.most if repeat.most <= 90 else 9) for repeat in repeats}


@dataclass
class Tokens:
    """A case in which every question has an answer of its own, and every table `count` rows (`printing.values.Values`).

    Rows within a row of a block are two. Options are those of a real case; none is chosen.
    """

    real: Values
    count: int
    made: dict[tuple[str, str, str, str], str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Layouts are kept apart from those of real cases."""
        return "tokens"

    def say(self, value: Expression, table: str, row: str, form: str) -> str:
        """A word that stands for one value alone: five characters, none part of another."""
        return self.made.setdefault((value.text, table, row, form), f"Z{len(self.made):04d}")

    def holds(self, value: Expression, table: str, row: str) -> Verdict:
        """Everything is so."""
        return Verdict.YES

    def chosen(self, value: Expression, table: str, row: str) -> frozenset[str]:
        """Nothing is ticked."""
        return frozenset()

    def options(self, value: Expression, table: str) -> tuple[Option, ...]:
        """The options of the real code table."""
        return self.real.options(value, table)

    def rows(self, table: str, home: str, row: str) -> Sequence[str]:
        """`count` rows of any table."""
        if table == home and row:
            return (row,)
        return tuple(f"{row}>{table}{at}" for at in range(2 if ">" in row else self.count))


def boxes(paper: Paper, grid: Grid, values: Values, row: str) -> Iterator[tuple[Cell, str, str]]:
    """Every cell that one copy of a form fills, with the table and the row it is filled from."""
    for block in grid.blocks:
        if not concerned(block.relevant, block.sure, values, (paper.each, row)):
            continue
        table, homes = _homes(paper, block.at, values, row)
        for home in homes if block.copies is not None else homes[:1]:
            for line in block.rows:
                beside = line.row.cells[: line.beside] if isinstance(line, Repeat) else line.cells
                yield from ((cell, table, home) for cell in beside)
                if isinstance(line, Repeat):
                    inner = (table, home) if block.copies is not None else (paper.each, row)
                    for one in rows_of(line.rows, values, *inner):
                        yield from ((cell, line.rows.table, one) for cell in line.row.cells[line.beside :])


def _grid(paper: Paper, grid: Grid, values: Values, row: str) -> Iterator[Due]:
    for template in (grid.title, grid.subtitle, grid.left, grid.right):
        yield from _template(template, paper.each, row, head=True)
    for cell, table, home in boxes(paper, grid, values, row):
        if cell.kind is not CellKind.TICKS:
            yield from _template(cell.text, table, home)


def _homes(paper: Paper, at: Rows | None, values: Values, row: str) -> tuple[str, list[str]]:
    return (at.table, rows_of(at, values, paper.each, row)) if at else (paper.each, [row])


def _letter(paper: Paper, letter: Letter, values: Values, row: str) -> Iterator[Due]:
    imprint = letter.imprint
    ends = (letter.title, letter.number, letter.to, letter.sender, letter.dated, *letter.attached, *letter.foot)
    frame = (imprint.authority, imprint.serial, imprint.signatory, imprint.copied, imprint.issuer, imprint.issued)
    for template in (*ends, *frame):
        yield from _template(template, paper.each, row, head=True)
    for part in letter.body:
        table = part.rows.table if part.rows else paper.each
        whole = isinstance(part, Ledger)
        if whole and not concerned(part.relevant, part.sure, values, (paper.each, row)):
            continue
        for one in rows_of(part.rows, values, paper.each, row) if part.rows else [row]:
            if whole or concerned(part.relevant, part.sure, values, (table, one)):
                for template in part.values if isinstance(part, Ledger) else (part.text,):
                    yield from _template(template, table, one)


def _template(template: Template, table: str, row: str, head: bool = False) -> Iterator[Due]:
    return (Due(slot, table, row, head) for slot in slots(template))
