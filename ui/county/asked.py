"""The county's sheet as the window and the helper process speak of it: plain shapes, Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clerk.periods import Span

COLUMN, NUMBER, FIXED, NOTHING, RIGHT = "column", "number", "fixed", "nothing", "right"
"""What the clerk may say of a column of the county's sheet; the last: as it was found."""
RUNNING, COMPUTED = "序号", "县里的公式"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the clerk says of one column (from 0): `text` is our heading or the fixed words, `word` a name beyond the roster."""

    place: int
    what: str
    text: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which file, which roster over which period in which version, where the head is (first and last line), and corrections."""

    file: Path
    roster: str
    span: Span
    version: str
    sheet: str = ""
    head: tuple[int, int] | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One column of the county's sheet: letter, heading, what stands there, what we fill in and the first of it.

    `by` is how it was found (`clerk.exchange.matching`), "" for nothing of ours; `cautions` what to know of it.
    """

    place: int
    letters: str
    title: str
    sample: str
    ours: str
    first: str
    by: str
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be filled in: a column of the roster with its first value, or (`word`) another name of the form."""

    heading: str
    note: str
    word: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What the window shows of a county sheet: its sheets with their rows, where the head is, its columns, all there is to fill in."""

    sheets: Mapping[str, int]
    sheet: str
    head: tuple[int, int]
    first: int
    lines: tuple[Line, ...]
    offers: tuple[Offer, ...]
    rows: int
    known: bool
    doubtful: tuple[int, ...]
    notes: tuple[str, ...]
