"""Values that decided, as a sentence says them: with label, unit and day, and how two of them stand to each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from clerk.titles import row_title
from clerk.wording import say, say_range
from forms.catalogue import Catalogue
from forms.language.facts import Facts
from forms.language.results import Answer, Stands, Used
from forms.language.types import Type
from forms.language.values import Range
from forms.schema import Field, Kind, Value

_COUNTED = {"周岁": "周岁", "满月": "个月"}
_UNKNOWN, _NOT_ASKED = "未知", "不涉及"
_NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)
_FINE = Decimal("0.000001")


class Values:
    """Says values of one household."""

    def __init__(self, catalogue: Catalogue, facts: Facts) -> None:
        self._catalogue, self._facts = catalogue, facts

    def value(self, value: Answer, kind: Type) -> str:
        """One value with its unit; 未知 when it is not known, 不涉及 when the question does not arise."""
        if value in ("", frozenset()):
            return _NOT_ASKED
        if kind.kind is Kind.MEMBER and isinstance(value, str):
            return row_title(self._facts, self._catalogue, Kind.MEMBER.value, value)
        if isinstance(value, Range):
            return say_range(value, kind.kind, "元" if kind.kind is Kind.MONEY else "") or _UNKNOWN
        return say(value, kind.kind, self._catalogue, kind.codes) or _UNKNOWN

    def plain(self, answer: Value, field: Field) -> str:
        """An answer of the form with its unit."""
        said = say(answer, field.kind, self._catalogue, field.codes)
        return f"{said}元" if field.kind is Kind.MONEY else said

    def single(self, ground: Stands) -> str:
        """A question or switch that is answered 是 or 否."""
        (side,) = ground.sides
        return f"{self._name(side)} {ground.sign}{self._behind(side, '')}"

    def origin(self, ground: Stands) -> str:
        """The bracket behind the left value that says where it comes from, which one sentence says once."""
        return self._behind(ground.sides[0], "")

    def pair(self, ground: Stands, heard: str) -> str:
        """Two values and how they stand; an amount's name is left out when `heard` says it already."""
        left, right = ground.sides
        if left.type.kind in _NUMBERS or ground.sign in "<≤>≥":
            return self._measured(ground, heard)
        if not left.name:
            return self._named(right)
        if not right.name:
            return self._named(left)
        if isinstance(right.value, frozenset):
            return f"{self._named(left)}，{self._listed(right, ground.sign == '在')}"
        return f"{self._named(left)}，{'同' if ground.sign == '=' else '不同于'}{self._named(right)}"

    def _listed(self, right: Used, within: bool) -> str:
        """In or out of a named set; who is out is told what is in."""
        since = since_of(right)
        told = [] if within else [self.value(right.value, right.type)]
        told += [f"自{since.isoformat()}"] if since else []
        return ("列入" if within else "未列入") + right.name + (f"（{'，'.join(told)}）" if told else "")

    def _measured(self, ground: Stands, heard: str) -> str:
        left, right = ground.sides
        if ground.sign in "=≠" and not right.name and not right.parts:
            return self._named(left)
        unit = _COUNTED.get(left.name, "") or _COUNTED.get(right.name, "")
        first, second = self.value(left.value, left.type) + unit, self.value(right.value, right.type) + unit
        if first == second and left.value != right.value:
            first, second = self._finer(left) + unit, self._finer(right) + unit
        name = self._name(left)
        spoken = left.type.kind is Kind.MONEY and name in heard
        lead = f"{name} " if name and not spoken else ""
        said = f"{lead}{first}{self._behind(left, '')} {ground.sign} {second}{self._behind(right, self._name(right))}"
        return said.replace("） ", "）")

    def _finer(self, side: Used) -> str:
        """More decimals, where two would hide on which side of a limit a value lies."""
        if not isinstance(side.value, Range) or isinstance(side.value.low, float) or not side.value.known:
            return self.value(side.value, side.type)
        exact = Fraction(side.value.low) / (100 if side.type.kind is Kind.MONEY else 1)
        if (exact * 100).denominator == 1:
            return self.value(side.value, side.type)
        rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_FINE, ROUND_HALF_UP)
        return f"{rounded:f}".rstrip("0").rstrip(".") + ("元" if side.type.kind is Kind.MONEY else "")

    def _named(self, side: Used) -> str:
        return f"{self._name(side)} {self.value(side.value, side.type)}{self._behind(side, '')}".strip()

    def _name(self, side: Used) -> str:
        if side.name in _COUNTED:
            return ""
        return side.type.field.label if side.type.field is not None else side.name

    def _behind(self, side: Used, name: str) -> str:
        """In brackets: the name, since when a standard holds, and what a value was computed from that has no name."""
        since = since_of(side)
        told = [name] if name else []
        told += [f"自{since.isoformat()}"] if since else []
        if not side.name or side.name in _COUNTED:
            told += [self._part(part) for part in side.parts]
        return f"（{'，'.join(told)}）" if told else ""

    def _part(self, part: Used) -> str:
        since = since_of(part)
        return f"{self._name(part)} {self.value(part.value, part.type)}" + (f"，自{since.isoformat()}" if since else "")


def since_of(used: Used) -> date | None:
    """Since when a value holds that comes from standards alone; None where the household's answers enter."""
    if used.since:
        return used.since
    if not used.name or not used.parts:
        return None
    days = list(_days(used.parts))
    return max(day for day in days if day) if days and None not in days else None


def _days(parts: tuple[Used, ...]) -> Iterator[date | None]:
    for part in parts:
        if part.since is not None or not part.parts:
            yield part.since
        else:
            yield from _days(part.parts)
