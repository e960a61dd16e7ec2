"""Places in data files, and the faults found there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a data file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def moved(self, columns: int) -> Place:
        """The place `columns` further right on the same line."""
        return Place(self.file, self.line, self.column + columns)


Lines = tuple[tuple[int, Place], ...]
"""Where each source line of a folded or multi-line scalar begins: offset in its text, place in its file."""


def place_in(place: Place, lines: Lines, offset: int) -> Place:
    """Where the character `offset` of a scalar stands that begins at `place` and runs over `lines`."""
    start, first = max((line for line in lines if line[0] <= offset), default=(0, place))
    return first.moved(offset - start)


class DataError(Exception):
    """One fault in a data file, for the person who maintains it: where, what, what to do."""

    def __init__(self, place: Place, message: str, advice: str = "") -> None:
        self.place, self.message, self.advice = place, message, advice
        super().__init__(str(self))

    def __str__(self) -> str:
        return f"{self.place} {self.message}" + (f"，{self.advice}" if self.advice else "")


class DataErrors(Exception):  # noqa: N818 - the plural says what it is
    """All faults found in one reading, in file order."""

    def __init__(self, errors: Iterable[DataError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: error.place))
        super().__init__("\n".join(map(str, self.errors)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Advice naming the closest known words, or an empty string."""
    near = difflib.get_close_matches(word, list(known), n=2, cutoff=0.5)
    return "是不是" + "".join(f"「{candidate}」" for candidate in near) + "？" if near else ""
