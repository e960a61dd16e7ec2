"""The frozen shapes of a roster of one period: typed cells under their headings, ready to be written anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from clerk.periods import Span
from clerk.wording import say
from forms.language.types import Type
from forms.roster import INTERNAL, WHOLE, Signer
from forms.schema import Kind, Value

if TYPE_CHECKING:
    from clerk.casefile import CaseFile

Cell = str | int | Fraction | date | None
"""One typed cell: words, fen or a whole number, an exact number, a day; None is not known."""


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """One column: its heading, what kind of value it holds (text when masked), its width and whether it is added up.

    `main` marks the total that stands for the whole roster, `numbers` says how identity numbers are written.
    """

    heading: str
    kind: Kind
    width: float = 0.0
    total: bool = False
    main: bool = False
    numbers: str = WHOLE


@dataclass(frozen=True, slots=True)
class Guard:
    """What must not be found in a version that leaves the office: every sensitive answer of every household on it.

    `names` are the names it does show, `numbers` the numbers of ours that may stand in it.
    """

    secrets: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Subtotal:
    """The sums of a run of rows: `after` so many rows, of what (`words`), the cells beside the columns."""

    after: int
    words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RosterTable:
    """One roster of one period: typed rows without running numbers; `totals` beside the columns, None where not added.

    A cell is None while its value is not known, empty where there is nothing to know. `households` and `people` count
    distinct cases and covered members; `notes` say what the totals leave open. `version` is how it is handed out: any
    but the internal one has a `guard`, and its own `footer`. So many rows as
    `page` says stand on each page, 0 for as many as there is room for.
    """

    id: str
    name: str
    department: str
    span: Span
    columns: tuple[RosterColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...]
    households: int
    people: int
    notes: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()
    level: str = INTERNAL
    paper: str = "A4"
    subtotals: tuple[Subtotal, ...] = ()
    version: str = INTERNAL
    footer: str = ""
    guard: Guard | None = None
    page: int = 0


_TYPED = frozenset({Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.DATE, Kind.MONTH})


def cell_of(case: CaseFile, value: Value | None, kind: Type, row: str) -> Cell:
    """A value as a cell: numbers and days typed, all else in words; None while not known."""
    if value is None:
        field = kind.field
        return "" if field and case.facts.lacks(field.table, field.id, row) else None
    if kind.kind in _TYPED and not isinstance(value, bool | str | frozenset):
        return value
    return words_of_value(case, value, kind)


def words_of_value(case: CaseFile, value: Value, kind: Type) -> str:
    """A value in words; a member by name."""
    if kind.kind is Kind.MEMBER:
        return case.name(str(value))
    return say(value, kind.kind, case.catalogue, kind.codes)


def sum_of(cells: Sequence[Cell]) -> Cell:
    """The sum of what is known; None where there are rows and nothing of them is known."""
    total: int | Fraction = 0
    for cell in cells:
        if isinstance(cell, int | Fraction):
            total += cell
    return None if cells and not any(isinstance(cell, int | Fraction) for cell in cells) else total


def sums_of(columns: Sequence[RosterColumn], rows: Iterable[Sequence[Cell]]) -> tuple[Cell, ...]:
    """The sums of the columns that are added up."""
    known = list(rows)
    return tuple(sum_of([row[at] for row in known]) if column.total else None for at, column in enumerate(columns))
