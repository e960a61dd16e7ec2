"""The rows of a roster written with the styles of a county sheet's prepared rows."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from xml.sax.saxutils import escape

from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string, get_column_letter

from printing.county_sheet.formats import Formats
from printing.county_sheet.grid import FORMULA, Cell, Grid, Row, placed, said_again, without
from printing.county_sheet.inspecting import CountySheet
from printing.county_sheet.moving import Move, pieces, said_for
from printing.id_numbers import signs_of
from printing.sheet_rows import Cell as Value
from printing.sheet_rows import Format, Sheet, inline, number_in, said, yuan

_NOT_ROOM = re.compile(r"<(?:f|is)\b|<v>")
_SUM = re.compile(r"(?:SUM\(|SUBTOTAL\((?:9|109),)\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)\)")
_HERE = "\0"
_NUMBER = -1
"""The source of the running number."""
_SHARED = re.compile(r'\bsi="(\d+)"')


@dataclass(frozen=True, slots=True)
class _Slot:
    """One cell of a prepared row: where, its style, and what goes there.

    `source` is a column of the roster, `_NUMBER` for the running number, None for nothing of ours; `formula` is the
    county's own, `words` what stands in every row, `sign` which sign of a number a cell takes.
    """

    letter: str
    style: int
    source: int | None = None
    form: Format = Format.TEXT
    given: Format = Format.TEXT
    formula: tuple[str | int, ...] = ()
    words: str = ""
    sign: int | None = None


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One prepared row to write like: its attributes before and after the number of its line, and its cells."""

    before: str
    after: str
    slots: tuple[_Slot, ...]


class Writer:
    """Writes the rows that go into the prepared lines of a county sheet, and the sums in its line of totals."""

    def __init__(self, county: CountySheet, sheet: Sheet, grid: Grid, formats: Formats, move: Move) -> None:
        self._county, self._sheet, self._formats, self._move = county, sheet, formats, move
        self._places = _places(county, sheet)
        self._signs = _signs(county, sheet, self._places)
        self._masters = masters(grid)
        layout = county.layout
        lines = range(layout.first, layout.last + 1) or range(layout.first, layout.first + 1)
        self._patterns = [self._pattern(grid.rows.get(line), line) for line in lines]

    def pattern_of(self, count: int) -> int:
        """Which prepared row (from 0) the row at this place (from 0) is written like: the last like the last."""
        known, rows = len(self._patterns), len(self._sheet.rows)
        if count == rows - 1 and rows >= known:
            return known - 1
        return min(count, max(known - 2, 0)) if rows >= known else count

    def rows(self) -> Iterator[str]:
        """Each row as XML, then the prepared rows that stay empty."""
        first = self._county.layout.first
        for count, row in enumerate(self._sheet.rows):
            pattern, line = self._patterns[self.pattern_of(count)], first + count
            cells = [
                self._cell(slot, line, count, None if slot.source is None else row[slot.source])
                for slot in pattern.slots
            ]
            yield f"<row{pattern.before}{line}{pattern.after}>{''.join(cells)}</row>"
        for count in range(len(self._sheet.rows), self._county.layout.prepared):
            pattern, line = self._patterns[count], first + count
            blank = [replace(slot, source=None, words="") for slot in pattern.slots]
            cells = [self._cell(slot, line, count, None) for slot in blank]
            yield f"<row{pattern.before}{line}{pattern.after}>{''.join(cells)}</row>"

    def totals(self, row: Row) -> Row:
        """The line of totals with the roster's sums where the county left room; what it wrote there itself stays."""
        cells = {cell.column: cell for cell in row.cells}
        for place, source in self._places.items():
            total = self._sheet.totals[source] if self._sheet.totals else None
            old = cells.get(place + 1)
            if total is None or (old is not None and _NOT_ROOM.search(old.inner)):
                continue
            style, form = self._formats.fitting(
                old.style if old else 0, self._sheet.columns[source].format, digits=False
            )
            slot = _Slot(get_column_letter(place + 1), style, source, form, self._sheet.columns[source].format)
            attributes = f' r="{slot.letter}{row.line}" s="{style}"'
            xml = self._cell(slot, row.line, 0, total)
            head, _, rest = xml.partition(">")
            cells[place + 1] = Cell(
                place + 1, style, head.removeprefix("<c") if rest else attributes, rest.removesuffix("</c>")
            )
        inner = "".join(said_again(cells[column]) for column in sorted(cells))
        return Row(row.line, row.attributes, inner)

    def result(self, formula: str) -> str:
        """What a formula comes to that adds up one whole column of ours; nothing for any other."""
        found = _SUM.fullmatch(formula)
        if not found or found[1] != found[3]:
            return ""
        source = self._places.get(column_index_from_string(found[1]) - 1)
        first = self._county.layout.first
        if source is None or int(found[2]) != first or int(found[4]) < first + len(self._sheet.rows) - 1:
            return ""
        known = [row[source] for row in self._sheet.rows]
        total = sum((one for one in known if isinstance(one, int | Fraction)), start=Fraction(0))
        form = self._sheet.columns[source].format
        return number_in(int(total) if total.denominator == 1 else total, form) or ""

    def _pattern(self, row: Row | None, line: int) -> _Pattern:
        known = {cell.column - 1: cell for cell in row.cells} if row else {}
        wanted = {*known, *self._places, *self._signs, *self._county.fixed}
        wanted |= {self._county.number} if self._county.number is not None else set()
        attributes = without(without(row.attributes, "hidden"), "spans") if row else f' r="{line}"'
        before, _, after = placed(attributes, _HERE).partition(_HERE)
        return _Pattern(before, after, tuple(self._slot(place, known.get(place), line) for place in sorted(wanted)))

    def _slot(self, place: int, cell: Cell | None, line: int) -> _Slot:
        letter, style = get_column_letter(place + 1), cell.style if cell else 0
        if place in self._signs:
            source, sign = self._signs[place]
            style, form = self._formats.fitting(style, Format.TEXT, digits=True)
            return _Slot(letter, style, source, form, Format.TEXT, sign=sign)
        if place in self._places:
            source = self._places[place]
            column = self._sheet.columns[source]
            style, form = self._formats.fitting(style, column.format, digits=column.room > 0)
            return _Slot(letter, style, source, form, column.format)
        if place == self._county.number:
            style, form = self._formats.fitting(style, Format.COUNT, digits=False)
            return _Slot(letter, style, _NUMBER, form, Format.COUNT)
        if place in self._county.fixed:
            return _Slot(letter, style, words=self._county.fixed[place])
        formula = formula_of(cell, line, self._masters) if cell and self._county.layout.prepared else ""
        if not formula:
            return _Slot(letter, style)
        return _Slot(letter, style, formula=pieces(self._move.formula(formula, here=True, carried=True), line))

    def _cell(self, slot: _Slot, line: int, count: int, value: Value) -> str:
        head = f'<c r="{slot.letter}{line}" s="{slot.style}"'
        if slot.formula:
            return f"{head}><f>{escape(said_for(slot.formula, line))}</f></c>"
        if slot.words:
            return f'{head} t="inlineStr">{inline(slot.words)}</c>'
        if slot.source == _NUMBER:
            value = self._sheet.start + count + 1
        if value is None or value == "" or slot.source is None:
            return f"{head}/>"
        if slot.sign is not None:
            value = signs_of(words_in(value, slot.given))[slot.sign]
            if not value:
                return f"{head}/>"
        number = number_in(value, slot.form)
        if number is None:
            return f'{head} t="inlineStr">{inline(words_in(value, slot.given))}</c>'
        return f"{head}><v>{number}</v></c>"


def words_in(value: Value, form: Format) -> str:
    """A value of a column in words, for a county column that holds text: money in yuan, a month as months are said."""
    if form is Format.MONEY and isinstance(value, int) and not isinstance(value, bool):
        return yuan(value)
    if form is Format.MONEY and isinstance(value, Fraction):
        return said(value / 100)
    if form is Format.MONTH and isinstance(value, date):
        return f"{value.year}年{value.month:02d}月"
    return said(value)


def masters(grid: Grid) -> dict[str, tuple[str, str]]:
    """The formulas that several cells share, by their number: where each is written out, and what it says."""
    found = {}
    for row in grid.rows.values():
        if "<f" not in row.inner:
            continue
        for cell in row.cells:
            formula = FORMULA.search(cell.inner)
            shared = _SHARED.search(formula[1]) if formula else None
            if formula and shared and formula[2]:
                found[shared[1]] = (f"{get_column_letter(cell.column)}{row.line}", html.unescape(formula[2]))
    return found


def formula_of(cell: Cell, line: int, known: Mapping[str, tuple[str, str]]) -> str:
    """What a cell computes, written out; empty where it computes nothing."""
    formula = FORMULA.search(cell.inner)
    if formula is None:
        return ""
    if formula[2]:
        return html.unescape(formula[2])
    shared = _SHARED.search(formula[1])
    origin, text = known.get(shared[1], ("", "")) if shared else ("", "")
    if not text:
        return ""
    place = f"{get_column_letter(cell.column)}{line}"
    return str(Translator(f"={text}", origin=origin).translate_formula(place)).removeprefix("=")


def _places(county: CountySheet, sheet: Sheet) -> dict[int, int]:
    """Column of the county sheet → column of the roster, both from 0."""
    sources: dict[str, int] = {}
    for at, column in enumerate(sheet.columns):
        sources.setdefault(column.heading, at)
    return {place: sources[name] for name, place in county.columns.items() if place is not None and name in sources}


def _signs(county: CountySheet, sheet: Sheet, places: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """Column of the county sheet → column of the roster and which of its signs, where a number has a cell for each."""
    found: dict[int, tuple[int, int]] = {}
    for place, source in places.items():
        if sheet.columns[source].room:
            found |= {place + at: (source, at) for at in range(county.boxes(place)) if county.boxes(place) > 1}
    return found
