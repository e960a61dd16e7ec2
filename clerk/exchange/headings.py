"""Find the headings of a sheet: below titles, in up to three merged rows, above a row of running numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from clerk.exchange.reading import Sheet

_LOOKED_AT = 30
_DEPTH = 3
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|〔.*?〕")
_NOISE = re.compile(r"[\s*:：、.。/\\_-]+")
_STEMS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True, slots=True)
class Head:
    """Where the headings of a sheet stand: their rows from `top` on, the first row of data, the words of each column."""

    top: int
    first: int
    words: tuple[tuple[str, ...], ...]
    """Of each column the ways to say its heading: all rows of it joined, and the lowest alone."""

    @property
    def titles(self) -> tuple[str, ...]:
        """Each column's heading as the clerk knows it."""
        return tuple(words[0] if words else "" for words in self.words)


def folded(text: str) -> str:
    """A heading as it is compared: half-width, without blanks, brackets and their remarks, stars and colons."""
    plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", text))
    return _NOISE.sub("", plain).lower() or _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


def find_head(sheet: Sheet, known: Mapping[str, str]) -> Head | None:
    """The head that bears most of the `known` columns (folded word → column); None where fewer than two are found.

    A whole heading counts more than its lowest row alone, so that titles above are not taken for a part of it.
    """
    best, most = None, 0
    for top in range(min(_LOOKED_AT, len(sheet.rows))):
        for depth in range(1, min(_DEPTH, len(sheet.rows) - top) + 1):
            words = _words(sheet, top, depth)
            score = _score(words, known)
            if score > most:
                best, most = Head(top, top + depth, words), score
    if best is None:
        return None
    top = _reaching(sheet, best)
    return Head(top, _below(sheet, best.first), _words(sheet, top, best.first - top))


def _reaching(sheet: Sheet, head: Head) -> int:
    """The top of the head with the rows above from which merged headings reach down into it (序号 beside 基本情况/姓名)."""
    above = [area[0] for area in sheet.merged if head.top - _DEPTH < area[0] < head.top <= area[2] < head.first]
    return min(above, default=head.top)


def _score(columns: Sequence[tuple[str, ...]], known: Mapping[str, str]) -> int:
    """Two for each column known by its whole heading, one by its lowest row; 0 where only one is known."""
    found: dict[str, int] = {}
    for words in columns:
        for level, word in enumerate(words):
            column = known.get(folded(word))
            if column is not None:
                found[column] = max(found.get(column, 0), 2 - level)
    return sum(found.values()) if len(found) > 1 else 0


def head_at(sheet: Sheet, top: int, depth: int = 1) -> Head:
    """The head that the clerk says stands there."""
    return Head(top, _below(sheet, top + depth), _words(sheet, top, depth))


def _words(sheet: Sheet, top: int, depth: int) -> tuple[tuple[str, ...], ...]:
    grid = [
        [str(cell).strip() if isinstance(cell, str) else "" for cell in row] for row in sheet.rows[top : top + depth]
    ]
    width = max(map(len, grid), default=0)
    for row in grid:
        row.extend([""] * (width - len(row)))
    _spread(sheet, grid, top)
    columns = []
    for column in range(width):
        parts = list(dict.fromkeys(row[column] for row in grid if row[column]))
        columns.append(tuple(dict.fromkeys(("".join(parts), parts[-1]))) if parts else ())
    return tuple(columns)


def _spread(sheet: Sheet, grid: list[list[str]], top: int) -> None:
    """A merged heading stands above every column it covers; a file that does not tell has it run on to the next one."""
    areas = [area for area in sheet.merged if top <= area[0] < top + len(grid)]
    for first_row, first, last_row, last in areas:
        for row in range(first_row, min(last_row, top + len(grid) - 1) + 1):
            for column in range(first, min(last, len(grid[0]) - 1) + 1):
                grid[row - top][column] = grid[row - top][column] or grid[first_row - top][first]
    for above, below in pairwise(grid) if not sheet.merged else ():
        for column in range(1, len(above)):
            if not above[column] and below[column]:
                above[column] = above[column - 1]


def _below(sheet: Sheet, first: int) -> int:
    """The first row of data: a row that only counts the columns (1 2 3 …, 甲 乙 1 2 …) is none."""
    while first < len(sheet.rows) and _counts(sheet.rows[first]):
        first += 1
    return first


def _counts(row: Sequence[Any]) -> bool:
    cells = list(_numbered(row))
    return len(cells) > 1 and all(cells) and not any(isinstance(cell, str) and len(cell.strip()) > 3 for cell in row)


def _numbered(row: Sequence[Any]) -> Iterator[bool]:
    expected = 0
    for cell in row:
        text = f"{cell:g}" if isinstance(cell, float) else str(cell).strip()
        if text in ("", "None"):
            continue
        if text in _STEMS:
            yield True
            continue
        expected += 1
        yield text.strip("()（）") == str(expected) or (expected == 1 and text == "序号")
