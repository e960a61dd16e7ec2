"""Match a sheet's headings to what its kind of sheet may hold: as last time, by name, by likeness, by what stands below."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clerk.errors import UserCanFix
from clerk.exchange.headings import Head, find_head, folded, head_at
from clerk.exchange.reading import Book, Sheet
from clerk.exchange.values import cell_text
from clerk.identity import check_character, normalise
from forms.catalogue import Catalogue
from forms.incoming import Incoming, IncomingColumn
from forms.schema import Kind

KNOWN, NAMED, LIKE, SAMPLED, CORRECTED = "旧对照", "标题", "相近", "样值", "更正"
DOUBTFUL = frozenset({LIKE, SAMPLED})
"""How a column was found, in words; a doubtful one is to be looked at before anything is kept."""

Kept = Mapping[str, Mapping[str, int | None]]
"""What was matched before, by fingerprint: column id → place, None where the clerk said it is not there."""

_LIKENESS = 0.75
_ALMOST_SAME = 0.9
"""Names and numbers of somebody else (户主, 监护人) are called almost the same: a person's own must be much more alike."""
_SAMPLES = 60
_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """One column found: which, where (from 0), under which heading, and how."""

    id: str
    place: int
    heading: str
    by: str


@dataclass(frozen=True, slots=True)
class Matched:
    """Where everything stands in one sheet; `first` is its first row of data (from 0)."""

    incoming: Incoming
    wanted: tuple[IncomingColumn, ...]
    sheet: Sheet
    head: Head
    columns: tuple[MatchedColumn, ...]
    absent: frozenset[str] = frozenset()

    @property
    def first(self) -> int:
        """The first row of data, from 0."""
        return self.head.first

    @property
    def missing(self) -> tuple[IncomingColumn, ...]:
        """Columns that must be there and were not found."""
        found = {column.id for column in self.columns}
        return tuple(column for column in self.wanted if column.required and column.id not in found)

    @property
    def unused(self) -> tuple[tuple[int, str], ...]:
        """Headings nothing was made of, with their places."""
        used = {column.place for column in self.columns}
        return tuple((place, title) for place, title in enumerate(self.head.titles) if title and place not in used)

    @property
    def doubtful(self) -> tuple[MatchedColumn, ...]:
        """Columns found by likeness or by their values only."""
        return tuple(column for column in self.columns if column.by in DOUBTFUL)

    @property
    def fingerprint(self) -> str:
        """What the headings of this sheet hash to: a sheet with the same ones is matched the same way again."""
        return hashlib.sha256("\0".join(map(folded, self.head.titles)).encode()).hexdigest()[:16]

    def corrected(self, column: str, place: int | None) -> Matched:
        """The same with one column put where the clerk says; None: it is not in this sheet."""
        left = tuple(one for one in self.columns if one.id != column and one.place != place)
        if place is None:
            return replace(self, columns=left, absent=self.absent | {column})
        if not 0 <= place < len(self.head.titles):
            raise UserCanFix(f"这张表没有第{place + 1}列")
        moved = MatchedColumn(column, place, self.head.titles[place], CORRECTED)
        return replace(self, columns=(*left, moved), absent=self.absent - {column})

    def to_keep(self) -> dict[str, int | None]:
        """What to remember for the next sheet with this fingerprint."""
        return {one.id: one.place for one in self.columns} | dict.fromkeys(self.absent)


def match(book: Book, incoming: Incoming, catalogue: Catalogue, kept: Kept | None = None) -> Matched:
    """The sheet of a book that fits best, matched. Raises `UserCanFix` when no visible sheet has such headings."""
    wanted = incoming.columns(catalogue.fields)
    known = {folded(word): column.id for column in reversed(wanted) for word in column.words}
    found = [(sheet, head) for sheet in book.sheets if not sheet.hidden and (head := find_head(sheet, known))]
    if not found:
        names = "、".join((column.words[1] if len(column.words) > 1 else column.id) for column in wanted[:5])
        raise UserCanFix(f"「{book.name}」里没有找到表头：应有一行写着 {names} 这样的标题；没有读入，原有资料没有改动")
    made = [_match(sheet, head, incoming, wanted) for sheet, head in found]
    best = max(made, key=lambda one: (len(one.columns), len(one.sheet.rows)))
    return as_before(best, kept or {})


def match_at(book: Book, incoming: Incoming, catalogue: Catalogue, sheet: str, top: int, depth: int = 1) -> Matched:
    """The sheet and head the clerk points to, matched; rows count from 0. Raises `UserCanFix` when it is not there."""
    found = next((one for one in book.sheets if one.name == sheet and not one.hidden), None)
    if found is None or not 0 <= top < len(found.rows):
        raise UserCanFix(f"「{book.name}」里没有工作表「{sheet}」的第{top + 1}行")
    return _match(found, head_at(found, top, depth), incoming, incoming.columns(catalogue.fields))


def as_before(made: Matched, kept: Kept) -> Matched:
    """The same as a sheet with these headings was matched before, where one was."""
    before = kept.get(made.fingerprint)
    if before is None:
        return made
    ids = {column.id for column in made.wanted}
    titles = made.head.titles
    columns = tuple(
        MatchedColumn(column, place, titles[place], KNOWN)
        for column, place in before.items()
        if place is not None and column in ids and 0 <= place < len(titles)
    )
    return replace(made, columns=columns, absent=frozenset(one for one, place in before.items() if place is None))


def _match(sheet: Sheet, head: Head, incoming: Incoming, wanted: tuple[IncomingColumn, ...]) -> Matched:
    found: dict[str, MatchedColumn] = {}
    for search in (_by_name, _by_likeness, _by_samples):
        taken = {one.place for one in found.values()}
        free = [(place, words) for place, words in enumerate(head.words) if words and place not in taken]
        left = [column for column in wanted if column.id not in found]
        for one in search(left, free, sheet.rows[head.first : head.first + _SAMPLES]):
            if one.id not in found and one.place not in {other.place for other in found.values()}:
                found[one.id] = one
    return Matched(incoming, wanted, sheet, head, tuple(found.values()))


_Free = Sequence[tuple[int, tuple[str, ...]]]


def _by_name(wanted: Sequence[IncomingColumn], free: _Free, rows: Sequence[Sequence[Any]]) -> Iterator[MatchedColumn]:
    """The whole heading first, then its lowest row alone: 户主/姓名 is the head's before it is anybody's 姓名."""
    for level in range(2):
        for column in wanted:
            known = {folded(word) for word in column.words}
            for place, words in free:
                if level < len(words) and folded(words[level]) in known:
                    yield MatchedColumn(column.id, place, words[0], NAMED)


def _by_likeness(
    wanted: Sequence[IncomingColumn], free: _Free, rows: Sequence[Sequence[Any]]
) -> Iterator[MatchedColumn]:
    near = [
        (difflib.SequenceMatcher(None, folded(word), folded(words[0])).ratio(), column, place, words[0])
        for column in wanted
        for word in column.words
        for place, words in free
    ]
    for ratio, column, place, heading in sorted(near, key=lambda one: -one[0]):
        if ratio >= (_ALMOST_SAME if column.field.kind in (Kind.ID, Kind.NAME) else _LIKENESS):
            yield MatchedColumn(column.id, place, heading, LIKE)


def _by_samples(
    wanted: Sequence[IncomingColumn], free: _Free, rows: Sequence[Sequence[Any]]
) -> Iterator[MatchedColumn]:
    """The person's own number before the head's: it is the one a sheet cannot do without."""
    for column in sorted(wanted, key=lambda one: bool(one.role)):
        test = _TESTS.get(column.field.kind)
        fitting = [(place, words) for place, words in free if test and _mostly(test, place, rows)]
        if len(fitting) == 1:
            yield MatchedColumn(column.id, fitting[0][0], fitting[0][1][0], SAMPLED)


def _mostly(test: Callable[[str], bool], place: int, rows: Sequence[Sequence[Any]]) -> bool:
    texts = [text for row in rows if place < len(row) and (text := cell_text(row[place]).strip())]
    return bool(texts) and sum(map(test, texts)) >= _SHARE * len(texts)


def _is_number(text: str) -> bool:
    number = normalise(text)
    return len(number) == 18 and number[:17].isdigit() and check_character(number[:17]) == number[17]


def _is_mobile(text: str) -> bool:
    number = normalise(text)
    return len(number) == 11 and number.isdigit() and number[0] == "1"


def _is_card(text: str) -> bool:
    number = normalise(text)
    return len(number) in (20, 22) and _is_number(number[:18])


_TESTS: Mapping[Kind, Callable[[str], bool]] = {
    Kind.ID: _is_number,
    Kind.PHONE: _is_mobile,
    Kind.DISABILITY_CARD: _is_card,
}
"""What the cells of a column look like, for the kinds that cannot be mistaken."""
