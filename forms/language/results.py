"""What a judgement says: verdicts with the values used, what is missing, amounts, and the next question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from forms.language.types import Type
from forms.language.values import Range, Verdict
from forms.policy import Condition, Source

Answer = Range | bool | str | date | frozenset[str] | None
"""What an expression answers; None is not yet known (an unknown number is a Range with different ends)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An unanswered field that still matters; `field` is empty when the table `table` waits for its 录齐."""

    table: str
    field: str
    row: str


@dataclass(frozen=True, slots=True)
class MissingStandard:
    """A standard without a value: nothing in force on the day, or not for this case's row of the table."""

    standard: str
    on: date


Gap = Missing | MissingStandard


@dataclass(frozen=True, slots=True)
class Used:
    """One value a condition rests on; `parts` are the values behind a definition, `since` and `source` a standard's."""

    name: str
    value: Answer
    type: Type
    since: date | None = None
    source: Source | None = None
    parts: tuple[Used, ...] = ()


@dataclass(frozen=True, slots=True)
class Stands:
    """How values stand to each other here: `sign` is what is true of `sides` (< ≤ > ≥ = ≠ 在 不在), 是 or 否 of one."""

    sign: str
    sides: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class OfProgramme:
    """Whether a programme is held or would be had (`what`: 资格, 在享, 身份)."""

    what: str
    programme: str
    truth: bool


@dataclass(frozen=True, slots=True)
class OfRow:
    """What decided for one row of a table."""

    row: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class OfRows:
    """The rows that decided a 任一 or 每, out of `walked` rows of a table, or of a relation between its rows."""

    table: str
    relation: str
    rows: tuple[OfRow, ...]
    walked: int


Ground = Stands | OfProgramme | OfRows
"""One fact that decided an answer; definitions are looked through."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition's verdict with its reasons."""

    condition: Condition
    verdict: Verdict
    missing: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class AmountSaid:
    """One line of money: fen when `unit` is 元; a range while facts are missing."""

    id: str
    period: str
    unit: str
    value: Range


@dataclass(frozen=True, slots=True)
class Judgement:
    """One programme for one subject row, with every condition's finding; amounts are empty when the verdict is no."""

    programme: str
    row: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    amounts: tuple[AmountSaid, ...]
    missing: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask next, and how many undecided verdicts it still matters to."""

    missing: Missing
    matters: int
