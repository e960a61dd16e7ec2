"""What kind of answer an expression gives, in the units the checker holds apart: 元, 数, 日, 是否, options, text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from forms.places import DataError, Place
from forms.schema import Field, Kind

TEXTS = frozenset(
    {Kind.TEXT, Kind.LONG, Kind.NAME, Kind.ID, Kind.PHONE, Kind.ACCOUNT, Kind.DISABILITY_CARD, Kind.REGION}
)
NUMBERS = frozenset({Kind.MONEY, Kind.NUMBER, Kind.INTEGER})
DAYS = frozenset({Kind.DATE, Kind.MONTH})


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of answer; `codes` is the code table of options, `field` the one field a plain reading comes from."""

    kind: Kind
    codes: str = ""
    field: Field | None = None

    @property
    def is_number(self) -> bool:
        """True for amounts and plain numbers."""
        return self.kind in NUMBERS

    @property
    def unit(self) -> str:
        """The word a message calls this type by; two types mix only when their units are equal."""
        word: str = self.kind.value
        if self.kind is Kind.MONEY:
            return "元"
        if self.kind in NUMBERS:
            return "数"
        if self.kind in DAYS:
            return "日"
        if self.kind in TEXTS:
            return "文字"
        if self.kind in (Kind.OPTION, Kind.OPTIONS):
            return f"{word}（{self.codes}）" if self.codes else word
        return word


FLAG = Type(Kind.FLAG)
MONEY = Type(Kind.MONEY)
NUMBER = Type(Kind.NUMBER)
INTEGER = Type(Kind.INTEGER)
DAY = Type(Kind.DATE)


def plain(kind: Type) -> Type:
    """The type of something computed: the same unit, no longer one field's own reading."""
    return Type(kind.kind, kind.codes)


def need(found: Type, wanted: Type, place: Place, what: str) -> None:
    """Refuse a type of another unit, naming both."""
    if found.unit != wanted.unit:
        mismatch(place, f"{what}应为{wanted.unit}，实际是{found.unit}", {wanted.unit, found.unit})


def mismatch(place: Place, message: str, units: set[str]) -> NoReturn:
    """Raise a fault about units; money against a plain number gets the usual advice."""
    raise DataError(place, message, "金额请写单位，例如 700元" if units == {"元", "数"} else "")
