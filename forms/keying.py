"""The frozen shapes of keying lists (代录清单): what somebody else's system asks, in its order, with its words and codes.

Such a system takes nothing but typing. A list says for one of them which of our values stands under which of its labels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.places import Place
from forms.policy import Source
from forms.schema import Expression, Kind

UNIT = "办件"
"""The table at whose rows a list is made: one application, typed into one system."""

_DAYS = frozenset({Kind.DATE})
_MONTHS = frozenset({Kind.DATE, Kind.MONTH})
_MONEY = frozenset({Kind.MONEY})
_NUMBERS = frozenset({Kind.ID, Kind.DISABILITY_CARD})
CODE = "代码"
FORMATS: Mapping[str, frozenset[Kind]] = {
    "年-月-日": _DAYS,
    "年/月/日": _DAYS,
    "年月日": _DAYS,
    "年-月": _MONTHS,
    "年月": _MONTHS,
    "元": _MONEY,
    "分": _MONEY,
    "末位小写": _NUMBERS,
    CODE: frozenset({Kind.OPTION, Kind.OPTIONS}),
}
"""How a value is written (写法), and for which kinds of answers: 2026-09-01, 2026/09/01, 20260901, 2026-09, 202609,
123.40 yuan, 12340 fen, an identity number with a small x, an option by its code in our own table (a national one)."""

CODED = frozenset({Kind.OPTION, Kind.OPTIONS, Kind.FLAG})
"""The kinds of answers that may be said in the other system's codes (换码)."""


@dataclass(frozen=True, slots=True)
class Code:
    """A word of ours, and what the other system calls it."""

    word: str
    code: str
    place: Place


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One box of the other system: its `label` there, our value, how it is written.

    `codes` say a word of ours in theirs, `other` stands for every word without one (其余); `join` is what several chosen
    options are joined by. `hint` tells the clerk what to heed there.
    """

    label: str
    value: Expression
    form: str = ""
    codes: tuple[Code, ...] = ()
    other: str = ""
    join: str = "、"
    hint: str = ""

    def code(self, word: str) -> str:
        """The other system's code for a word of ours; empty where it has none."""
        return next((one.code for one in self.codes if one.word == word), self.other)


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Boxes that stand together; with `each` they come again for every row of that table that meets `where`.

    A person's application goes through that person's own rows, or with `whole` (全户) through the family's.
    """

    name: str
    lines: tuple[KeyLine, ...]
    each: str = ""
    where: Expression | None = None
    whole: bool = False

    @property
    def table(self) -> str:
        """The table at whose rows its values are asked."""
        return self.each or UNIT


@dataclass(frozen=True, slots=True)
class KeyingList:
    """One list: for applications of which programmes, typed into which system; `source` says whether that was checked."""

    id: str
    name: str
    system: str
    programmes: tuple[str, ...]
    groups: tuple[KeyGroup, ...]
    source: Source
    place: Place
    layer: str
    note: str = ""
    order: int = 0
