"""An own list in the clerk's words: whose rows, what a row is, how numbers are written. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from clerk.case_facts import APPLICATION
from forms.language.types import DAYS, NUMBERS
from forms.roster import ACCEPTED, DIGITS, GROUPED, PAID, REGISTERED, STANDING, WHOLE
from forms.schema import ROOT, Kind
from ui.intake.matching import Choice

if TYPE_CHECKING:
    from clerk.own_lists import OwnColumn
    from clerk.sayable import Sayable
    from forms.catalogue import Catalogue

SOURCES = {
    ACCEPTED: "期间内受理的",
    STANDING: "期末在册的",
    PAID: "期间内在发的",
    REGISTERED: "登记在案的所有人",
}
UNITS = {APPLICATION: "一件一行", Kind.MEMBER.value: "一人一行", ROOT: "一户一行"}
MASKED = "遮盖"
_WAYS = {WHOLE: "18位连写", GROUPED: "6-8-4 分节", DIGITS: "一格一位"}
_HIDDEN = {WHOLE: "原样"}
_SPREAD = frozenset({Kind.ID})
_MASKABLE = frozenset({Kind.ID, Kind.PHONE, Kind.ACCOUNT, Kind.DISABILITY_CARD, Kind.NAME})


def way_of(column: OwnColumn, kind: Kind) -> str:
    """How the values of a column are written; nothing is said of those that are written in one way only."""
    if column.masked:
        return MASKED
    if kind in _SPREAD:
        return _WAYS[column.numbers]
    return _HIDDEN[WHOLE] if kind in _MASKABLE else ""


def next_way(column: OwnColumn, kind: Kind) -> tuple[str, bool]:
    """The way after this one: how numbers are written, and whether they are masked."""
    ways = [(one, False) for one in (_WAYS if kind in _SPREAD else _HIDDEN)]
    ways += [(WHOLE, True)] if kind in _MASKABLE else []
    here = (column.numbers if kind in _SPREAD else WHOLE, column.masked)
    return ways[(ways.index(here) + 1) % len(ways)] if here in ways else ways[0]


def takes_ends(kind: Kind) -> bool:
    """Whether a condition on such an answer says from where to where."""
    return kind in NUMBERS | DAYS


def answers_for(one: Sayable, catalogue: Catalogue) -> Sequence[Choice]:
    """What a condition on such an answer may be, where that is a list; places by their names."""
    kind = one.type.kind
    if kind in (Kind.OPTION, Kind.OPTIONS):
        table = catalogue.codes[one.type.codes]
        known = [option for option in table.options if not option.retired]
        return [Choice(one.label, one.label, one.code if one.code != one.label else "") for one in known]
    if kind is Kind.FLAG:
        return [Choice("是", "是"), Choice("否", "否")]
    if kind is Kind.REGION:
        return [Choice(name, name, code) for name, code in places(catalogue).items()]
    return []


def places(catalogue: Catalogue) -> Mapping[str, str]:
    """Every place by its name; one whose name another has too, with its code."""
    found: dict[str, str] = {}
    for code, name in catalogue.regions.items():
        found[f"{name}（{code}）" if name in found else name] = code
    return found
