"""The frozen shapes of what stands on a paper: words with values between them, cells, and the rows they are filled from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from forms.places import Place
from forms.schema import Expression


@dataclass(frozen=True, slots=True)
class Slot:
    """One value to be written: the expression, and how it is said (`form`, e.g. 大写)."""

    value: Expression
    form: str = ""


@dataclass(frozen=True, slots=True)
class Ordinal:
    """The number of a row among its fellows, from 1 (`{#}`)."""


Template = tuple[str | Slot | Ordinal, ...]
"""Words with values between them; a plain label is a template of one word."""


class CellKind(Enum):
    """What a cell shows; the word is what data files write."""

    LABEL = "标签"
    VALUE = "值"
    COMB = "格"
    TICKS = "选"
    PARAGRAPH = "段"
    SIGN = "签"


@dataclass(frozen=True, slots=True)
class Signing:
    """The foot of a cell that is signed by hand: who signs, with a date, a fingerprint or a seal."""

    parties: tuple[str, ...] = ()
    dated: bool = False
    fingerprint: float = 0.0
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: from `column` on `width` columns wide, `depth` rows deep.

    `over` is the table whose rows' answers are ticked together; `upright` words stand one under another; `underlined`
    draws a rule under what is written.
    """

    kind: CellKind
    text: Template
    place: Place
    width: int = 0
    depth: int = 1
    column: int = 0
    align: str = "中"
    options: tuple[str, ...] = ()
    over: str = ""
    boxes: int = 18
    size: float = 0.0
    signing: Signing = Signing()
    upright: bool = False
    underlined: bool = False


BEYOND = (HOUSEHOLD, OTHERS) = ("全户", "其余")
"""How far a list of rows looks past the row that a paper is for."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows of a table: all that do not answer no to `where`.

    `beyond` (范围) looks past the row that the paper is for: 全户 the whole household's rows, 其余 all but that row.
    """

    table: str
    place: Place
    where: Expression | None = None
    beyond: str = ""


def slots(template: Template) -> Iterator[Slot]:
    """The values of a template."""
    return (part for part in template if isinstance(part, Slot))


def plain(template: Template) -> str:
    """A template's fixed words, without its values."""
    return "".join(part for part in template if isinstance(part, str))
