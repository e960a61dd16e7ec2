"""The syntax tree of one expression as written: no names resolved yet, every node with its place."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from forms.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Any written piece: its place, and its own text for messages and reasons."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Written):
    """A number, or an amount of fen when `money`."""

    number: int | Fraction
    money: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Written):
    """A bare word: a field, definition, standard, option, 是 / 否; `quoted` ones can only be options."""

    word: str
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Written):
    """名称(甲, 乙)."""

    word: str
    arguments: tuple[Written, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unary(Written):
    """非 x or - x."""

    sign: str
    operand: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary(Written):
    """x sign y, for arithmetic, comparisons, 在, 不在, 包含; `where` is the sign's own place."""

    sign: str
    left: Written
    right: Written
    where: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain(Written):
    """Two or more parts joined by 且, or by 或."""

    sign: str
    parts: tuple[Written, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices(Written):
    """[甲, 乙]: option words."""

    words: tuple[Name, ...]
