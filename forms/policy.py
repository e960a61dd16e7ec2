"""The frozen shapes of policy: standards, definitions, programmes, the compatibility matrix, days off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from forms.places import Place
from forms.schema import Expression, Kind, Value

_UNTITLED = frozenset("《〔")
"""Signs of a title that already stands in its marks, or is a document number itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or an amount comes from; `verified` is False for what must be shown as 待核.

    In words: 《title》（number）article; what is not verified shows neither number nor article, which nobody has read.
    `formal` is False where the title only describes a paper that the place itself has yet to name.
    """

    title: str = ""
    article: str = ""
    number: str = ""
    verified: bool = False
    formal: bool = True

    def __str__(self) -> str:
        if not self.title:
            return ""
        named = f"《{self.title}》" if self.formal and not _UNTITLED.intersection(self.title) else self.title
        if not self.verified:
            return f"{named}（待核）"
        return named + (f"（{self.number}）" if self.number else "") + self.article


@dataclass(frozen=True, slots=True)
class Period:
    """From a day, to a day or open; both ends included."""

    since: date
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class StandardValue:
    """One dated value of a standard: by dimension words (nested to a flat tuple), or under `()` when it has none."""

    period: Period
    values: Mapping[tuple[str, ...], Value]
    source: Source
    place: Place
    layer: str


@dataclass(frozen=True, slots=True)
class Standard:
    """A dated local or national amount, ratio, switch or set (标准); `by` names the fields that choose its row."""

    id: str
    kind: Kind
    by: tuple[str, ...]
    values: tuple[StandardValue, ...]
    place: Place
    codes: str = ""
    note: str = ""

    def on(self, day: date) -> StandardValue | None:
        """The value in force on a day, or None: never last year's."""
        return next((value for value in self.values if day in value.period), None)


@dataclass(frozen=True, slots=True)
class Definition:
    """A named expression of one table, shared by rules (定义)."""

    id: str
    table: str
    expression: Expression
    layer: str
    source: Source = Source()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One numbered condition of a programme, with where it comes from and what to do when it fails.

    `words` say what it demands the way a clerk would (说法).
    """

    id: str
    expression: Expression
    source: Source
    layer: str
    local: bool = False
    advice: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class AmountLine:
    """One line of money a programme pays: named, with its period (每月 …) and who is paid."""

    id: str
    expression: Expression
    period: str
    unit: str = "元"
    note: str = ""
    source: Source = Source()


MEANS = (CHECKED, BROUGHT, PROMISED) = ("系统核对免提交", "提交", "告知承诺")
"""How a material comes: the office checks it itself, the applicant brings it, or promises it in writing."""


@dataclass(frozen=True, slots=True)
class Material:
    """One paper the applicant brings, does not need to bring, or promises (材料)."""

    name: str
    means: str
    relevant: Expression | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """n working or calendar days (时限) from an event of the case, or from a day the household told (`表.日期字段`)."""

    step: str
    days: int
    working: bool
    since: str
    extended: int = 0


@dataclass(frozen=True, slots=True)
class Programme:
    """One policy a household may receive: data, whole; `unit` says which members a household programme covers (户内)."""

    id: str
    number: str
    name: str
    subject: str
    group: str
    department: str
    order: int
    period: Period
    conditions: tuple[Condition, ...]
    amounts: tuple[AmountLine, ...]
    place: Place
    layer: str
    sources: tuple[Source, ...] = ()
    human: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    papers: tuple[str, ...] = ()
    unit: Expression | None = None
    office: str = ""
    approval: str = ""
    published: bool = False
    review_months: int = 0
    valid_months: int = 0
    fixpoint: bool = False
    referral: str = ""
    confirms: str = ""


class Bond(Enum):
    """How two programmes live together on one person or household (兼容)."""

    EXCLUDES = "互斥"
    CHOOSE = "择一"
    TOP_UP = "补差"
    HIGHER = "取高"
    TOGETHER = "可并领"


@dataclass(frozen=True, slots=True)
class Compatibility:
    """A rule of the matrix: `keeps` stays when both would be paid (empty: the higher amount stays)."""

    programmes: tuple[str, str]
    bond: Bond
    keeps: str
    source: Source
    place: Place
    layer: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DayOff:
    """One statutory day off, or a swapped working day."""

    day: date
    working: bool
    name: str
