"""What an import would do, before it does it: every problem by row and column, questions for a person, and the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from clerk.identity import Complaint
from clerk.records import Application, Entered
from forms.incoming import Incoming
from forms.language.plan import Plan
from forms.schema import Value

if TYPE_CHECKING:
    from clerk.household import Household
    from clerk.records import Kept
    from clerk.store import View

NEW, SKIP = "新", "略"
"""Answers to a question beside the people it names: nobody of these, a new one; leave the row out."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one row, as the clerk counts rows; `column` is the heading, empty for the row as a whole.

    `passable`: it stands once the import is given a reason.
    """

    row: int
    column: str
    message: str
    passable: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question: its key, and its words."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can decide about one row."""

    row: int
    words: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet, believed: answers by column id; `whole` when it stands for a household of its own."""

    row: int
    values: Mapping[str, Value]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """What an import is tried out on: the store as it is, the rules of the day, what the clerk has decided so far.

    `decided` are answers to questions by row; `reason` lets unlikely answers stand (其理由) and is kept with the batch.
    """

    view: View
    plan: Plan
    decided: Mapping[int, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def on(self) -> date:
        """The day of the import."""
        return self.plan.on


@dataclass(slots=True)
class Outcome:
    """What is gathered while an import is tried out; what to keep in the end is in the lists of its use."""

    problems: list[RowProblem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hints: list[RowProblem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    new: list[Household] = field(default_factory=list)
    changed: list[tuple[Kept, str, Household]] = field(default_factory=list)
    entries: list[Entered] = field(default_factory=list)
    answered: list[tuple[int, Application, Application]] = field(default_factory=list)
    touched: int = 0
    """Rows that change something already kept."""
    disagreeing: int = 0
    """How many of the hints say that two answers cannot both be right."""

    def count(self, what: str, more: int = 1) -> None:
        """Add to one of the counts."""
        if more:
            self.counts[what] = self.counts.get(what, 0) + more

    def problem(self, row: int, column: str, message: str) -> None:
        """Note what is wrong in a row."""
        self.problems.append(RowProblem(row, column, message))

    def complain(self, row: int, column: str, complaint: Complaint, reason: str) -> None:
        """Note what the door says of an answer: impossible, unlikely (it passes with a reason), or a doubt."""
        if complaint.hard:
            self.problem(row, column, complaint.message)
        elif complaint.reason and not reason:
            message = f"{complaint.message}；核对无误的，导入时写明理由即可放行"
            self.problems.append(RowProblem(row, column, message, passable=True))
        else:
            self.hints.append(RowProblem(row, column, complaint.message))


@dataclass(frozen=True, slots=True)
class Trial:
    """One import tried out. Nothing is kept before `carry_out`; `ready` when no problem and no question is left.

    `confirm` is what must be said yes to first, empty when nothing; `hints` hinder nothing.
    """

    incoming: Incoming
    file: str
    digest: str
    matching: tuple[str, Mapping[str, int | None]]
    outcome: Outcome
    confirm: str
    reason: str

    @property
    def problems(self) -> Sequence[RowProblem]:
        """Everything that is wrong, in the order of the rows."""
        return sorted(self.outcome.problems, key=lambda one: (one.row, one.column))

    @property
    def questions(self) -> Sequence[Question]:
        """What a person has to decide, in the order of the rows."""
        return sorted(self.outcome.questions, key=lambda one: one.row)

    @property
    def counts(self) -> Mapping[str, int]:
        """How much of what: 新增户, 新增人, 更改, 未变, 登记, 批准 …"""
        return self.outcome.counts

    @property
    def notes(self) -> Sequence[str]:
        """What the clerk should know: hidden rows, totals left out, placeholders."""
        return self.outcome.notes

    @property
    def hints(self) -> Sequence[RowProblem]:
        """Doubts that hinder nothing."""
        return self.outcome.hints

    @property
    def ready(self) -> bool:
        """True when it may be carried out (after `confirm`, where it is not empty)."""
        return not self.outcome.problems and not self.outcome.questions
