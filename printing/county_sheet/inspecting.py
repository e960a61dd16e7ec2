"""Look into a sheet the county sent: where its head is, which column takes what; plain data that a caller can correct."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from clerk.atomic import cause
from clerk.errors import UserCanFix
from clerk.exchange import reading
from clerk.exchange.matching import CORRECTED, DOUBTFUL, KNOWN, Matched, match, match_at
from clerk.exchange.values import cell_text, column_letters
from forms.catalogue import Catalogue
from forms.incoming import Incoming
from printing.county_sheet.grid import FORMULA, cut
from printing.county_sheet.layout import Layout, layout_of
from printing.county_sheet.parts import Parts
from printing.id_numbers import LENGTH


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered of a county sheet: its fingerprint, and which column (from 0) takes which of the roster's.

    None: the clerk says the sheet has no such column. `number` is the column of running numbers, `fixed` the words that
    stand in every row of a column, `more` what the roster lists beyond its own columns (heading → name). `head` is where
    the clerk said the head stands (sheet, first and last line), None where it was found.
    """

    fingerprint: str
    columns: Mapping[str, int | None]
    number: int | None
    fixed: Mapping[int, str] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)
    head: tuple[str, int, int] | None = None

    def to_plain(self) -> dict[str, Any]:
        """As it is written into settings."""
        fixed = {str(place): text for place, text in self.fixed.items()}
        plain: dict[str, Any] = {"指纹": self.fingerprint, "列": dict(self.columns), "序号": self.number}
        plain |= ({"固定": fixed} if fixed else {}) | ({"另列": dict(self.more)} if self.more else {})
        return plain | ({"表头": list(self.head)} if self.head else {})

    @staticmethod
    def from_plain(plain: Mapping[str, Any]) -> Kept:
        """As it was read back. Raises UserCanFix for what is no such mapping."""
        try:
            columns = {str(name): None if place is None else int(place) for name, place in plain["列"].items()}
            number = plain["序号"]
            fixed = {int(place): str(text) for place, text in plain.get("固定", {}).items()}
            more = {str(heading): str(word) for heading, word in plain.get("另列", {}).items()}
            head = (str(plain["表头"][0]), int(plain["表头"][1]), int(plain["表头"][2])) if "表头" in plain else None
            return Kept(str(plain["指纹"]), columns, None if number is None else int(number), fixed, more, head)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise UserCanFix("保存的表头对照已损坏，请重新核对一次") from error


@dataclass(frozen=True, slots=True)
class CountySheet:
    """One county sheet with its columns matched: column of the roster → place (from 0), `by` how each was found.

    `known`: it is a form whose columns were checked before. `computed` are columns that the county's formulas fill,
    `fixed` those with the same words in every row. `pointed` is where the clerk said the head stands (`Kept.head`).
    """

    name: str
    layout: Layout
    columns: Mapping[str, int | None]
    by: Mapping[str, str]
    number: int | None
    known: bool
    computed: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    fixed: Mapping[int, str] = field(default_factory=dict)
    pointed: tuple[str, int, int] | None = None

    @property
    def unused(self) -> tuple[tuple[int, str], ...]:
        """Headings of the sheet that take nothing, with their places."""
        used = {*self.columns.values(), self.number, *self.computed, *self.fixed}
        used |= {at + more for at in self.columns.values() if at is not None for more in range(self.boxes(at))}
        titles = self.layout.headings
        return tuple(
            (at, title)
            for at, title in enumerate(titles)
            if title and at not in used and not (at and titles[at - 1] == title)
        )

    def boxes(self, place: int) -> int:
        """How many cells the value at a place is spread over: one for each sign where the county has so many under one heading."""
        titles = self.layout.headings
        same = next((at for at in range(place, len(titles)) if titles[at] != titles[place]), len(titles)) - place
        return LENGTH if same == LENGTH and place not in self.layout.merged else 1

    @property
    def said(self) -> tuple[str, ...]:
        """What is to be known of the sheet as it is matched now."""
        titles = "、".join(f"{column_letters(at)}列「{title}」" for at, title in self.unused)
        return (*self.notes, f"没有内容可填的列：{titles}") if titles else self.notes

    @property
    def doubtful(self) -> tuple[str, ...]:
        """Columns of the roster found by likeness or by what stands below only: to be looked at before anything is filled."""
        return tuple(name for name, how in self.by.items() if how in DOUBTFUL and self.columns[name] is not None)

    def at(self, place: int) -> str | None:
        """Which column of the roster goes to a place."""
        return next((name for name, at in self.columns.items() if at == place), None)

    def corrected(self, column: str, place: int | None) -> CountySheet:
        """The same with a column of the roster put where the clerk says; None: the sheet has no such column."""
        if column not in self.columns:
            raise UserCanFix(f"花名册里没有「{column}」这一列")
        made = self if place is None else self.emptied(place)
        return replace(made, columns={**made.columns, column: place}, by={**made.by, column: CORRECTED})

    def emptied(self, place: int) -> CountySheet:
        """The same with nothing of ours at a place: what the county wrote there stays."""
        if not 0 <= place < len(self.layout.headings):
            raise UserCanFix(f"这张表没有{column_letters(place)}列")
        was = self.at(place)
        return replace(
            self,
            columns={name: None if at == place else at for name, at in self.columns.items()},
            by={**self.by, was: CORRECTED} if was else self.by,
            number=None if place == self.number else self.number,
            fixed={at: text for at, text in self.fixed.items() if at != place},
        )

    def with_fixed(self, place: int, text: str) -> CountySheet:
        """The same with one text in every row at a place."""
        made = self.emptied(place)
        return replace(made, fixed={**made.fixed, place: text})

    def numbered(self, place: int) -> CountySheet:
        """The same with running numbers at a place."""
        return replace(self.emptied(place), number=place)

    def to_keep(self, more: Mapping[str, str] | None = None) -> Kept:
        """What to remember for the next time this very form of sheet comes; `more` as `Kept` has it."""
        used = {heading: word for heading, word in (more or {}).items() if self.columns.get(heading) is not None}
        return Kept(self.layout.fingerprint, dict(self.columns), self.number, dict(self.fixed), used, self.pointed)


@dataclass(frozen=True, slots=True)
class Opened:
    """A county file read through the guard: its bytes and what its sheets hold."""

    data: bytes
    book: reading.Book


def open_county(path: Path) -> Opened:
    """Read a county file. Raises UserCanFix in one sentence for one that is locked, broken, or not an .xlsx."""
    book = reading.read_book(path)
    if book.kind != "xlsx":
        raise UserCanFix(f"「{path.name}」不是 .xlsx，不能原样填入，请用 WPS 或 Excel 打开后另存为 .xlsx 再选它")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserCanFix(f"打不开「{path.name}」：{cause(error)}") from error
    if hashlib.sha256(data).hexdigest() != book.digest:
        raise UserCanFix(f"「{path.name}」正被别的程序改写，请关闭后再选它")
    return Opened(data, book)


def inspect(opened: Opened, incoming: Incoming, catalogue: Catalogue, kept: Sequence[Kept] = ()) -> CountySheet:
    """The sheet of the file that fits the roster best, with its columns; as it was `kept` where it is one of those forms.

    Raises UserCanFix when no sheet has such headings, or its rows cannot be filled.
    """
    for one in kept:
        if one.head:
            with suppress(UserCanFix):  # another file has no such head, or none that can be filled
                made = inspect_at(opened, incoming, catalogue, one.head, (one,))
                if made.known:
                    return made
    return _made(opened, match(opened.book, incoming, catalogue), kept)


def inspect_at(
    opened: Opened, incoming: Incoming, catalogue: Catalogue, head: tuple[str, int, int], kept: Sequence[Kept] = ()
) -> CountySheet:
    """The same with the head where the clerk says: its sheet, its first and last line from 1."""
    sheet, top, end = head
    made = _made(opened, match_at(opened.book, incoming, catalogue, sheet, top - 1, end - top + 1), kept)
    return replace(made, pointed=head)


def _made(opened: Opened, matched: Matched, kept: Sequence[Kept]) -> CountySheet:
    with Parts(opened.data) as parts:
        grid = cut(parts.text(parts.part_of(matched.sheet.name)))
    layout = layout_of(matched.sheet, matched.head, grid)
    columns: dict[str, int | None] = dict.fromkeys(column.id for column in matched.wanted)
    columns |= {column.id: column.place for column in matched.columns}
    by, number = {column.id: column.by for column in matched.columns}, layout.number
    known = next((one for one in kept if one.fingerprint == layout.fingerprint), None)
    if known is not None:
        columns = dict.fromkeys(columns) | {name: at for name, at in known.columns.items() if name in columns}
        by, number = dict.fromkeys(columns, KNOWN), known.number
    fixed = {at: text for at, text in known.fixed.items() if at < len(layout.headings)} if known else {}
    if number in columns.values():
        number = None
    first = grid.rows.get(layout.first) if layout.prepared else None
    computed = {cell.column - 1 for cell in first.cells if FORMULA.search(cell.inner)} if first else set()
    samples = [row for row in matched.sheet.rows[layout.first - 1 : layout.last] if any(map(cell_text, row))]
    made = CountySheet(opened.book.name, layout, columns, by, number, known is not None, frozenset(computed), (), fixed)
    return replace(made, notes=tuple(_notes(made, bool(kept), len(samples))))


def _notes(made: CountySheet, before: bool, samples: int) -> list[str]:
    said = []
    if before and not made.known:
        said.append("这张表的样式与以前用过的不同，请重新核对表头对照")
    if samples:
        said.append(f"原表待填行里有{samples}行示例或旧内容，填入时会换掉")
    if not made.layout.prepared:
        said.append("表头下面没有留空行，将在表头下插入")
    return said
