"""The book of a period (账): what stood in payment before, what came, what left, what earlier books did not know yet.

Every amount is that of one turn of payment (a month's, a year's, or once), as decided, else as accepted; each cycle is
a line of its own. What earlier closed books said is taken as they said it: where the records tell it otherwise today,
the difference is a correction (更正) in the period that finds it out, and the closed book stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from clerk.fanout import CHANGED, NEW
from clerk.landmarks import head_row, landmarks, words_of
from clerk.paying import ONCE, amounts_paid, pays_since
from clerk.periods import Span
from clerk.records import LEFT, Application, CaseRecord
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW
from forms.schema import Kind

CORRECTED, SAME = "更正", "未变"
YUAN = "元"
"""The unit of money."""


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """What a line of the book is about: whom (`subject` is the row key in the household) a programme pays in which cycle.

    `number` is the application of what is paid once; what stands goes on under another number when it is changed.
    """

    programme: str
    cycle: str
    household_id: str
    subject: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A line as a book leaves it: where (code of the village, empty when not known), how much in fen, by which application.

    `name` is whose it is: the person's, or that of the head of the household. Of what is paid once it says what has been booked so far.
    """

    line: Line
    village: str
    amount: int
    number: str
    case_number: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """One line in one village over one period, in fen: `opening + correction + came - left == closing`, always.

    `opening` is what the last closed book left; `change` is 新增, 变更, 退出, 更正 or 未变. What is paid once leaves in the
    period it came in: `left` is what was paid out, less than nothing where an earlier book paid what never was.
    """

    line: Line
    village: str
    number: str
    case_number: str
    name: str
    opening: int
    correction: int
    came: int
    left: int
    closing: int

    @property
    def change(self) -> str:
        """What the period did to the line, in one word."""
        moved = self.came if self.line.cycle == ONCE else self.came or self.left
        if not moved:
            return CORRECTED if self.correction else SAME
        if not self.opening + self.correction:
            return NEW
        return CHANGED if self.closing else LEFT


@dataclass(frozen=True, slots=True)
class Book:
    """The movements of a period, and how every line stands after it: with what the next book opens."""

    span: Span
    movements: tuple[Movement, ...]
    standing: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class _Turn:
    """One application paying in one cycle: from its first day up to, not including, the day it ends."""

    since: date
    until: date | None
    found: Standing


def entries(
    cases: Iterable[CaseRecord], span: Span, catalogue: Catalogue, before: Iterable[Standing] | None = None
) -> Book:
    """The book of a period over every case of the office accepted up to its last day.

    `before` is what the last closed book left standing; None for the first book, which opens with what stood by then.
    Amounts that are not settled are left out; `unsettled` names them.
    """
    turns: dict[Line, list[_Turn]] = {}
    for case in cases:
        for turn in _turns(case, catalogue):
            turns.setdefault(turn.found.line, []).append(turn)
    was = _on(turns, span.since - timedelta(days=1))
    now = _on(turns, span.until)
    booked = was if before is None else {each.line: each for each in before}
    moved = [
        each
        for line in sorted(booked.keys() | was.keys() | now.keys())
        for each in _moved(line, booked.get(line), was.get(line), now.get(line))
    ]
    return Book(span, tuple(moved), tuple(now[line] for line in sorted(now) if now[line].amount))


def unsettled(cases: Iterable[CaseRecord], span: Span) -> list[tuple[CaseRecord, Application]]:
    """The decided applications in payment in the period of which an amount in money is not settled, with their cases.

    Who still waits for a decision is paid nothing yet, and hinders nothing.
    """
    return [
        (case, each)
        for case in cases
        for each in case.applications
        if (each.decision or each.pay_since)
        and (since := pays_since(each)) is not None
        and since <= span.until
        and (each.ended is None or each.ended > span.since)
        and any(line.unit == YUAN and line.low != line.high for line in amounts_paid(each))
    ]


def _turns(case: CaseRecord, catalogue: Catalogue) -> Iterator[_Turn]:
    village = words_of(case.household, landmarks(catalogue).village, ROOT_ROW)
    for each in case.applications:
        since, lines = pays_since(each), [line for line in amounts_paid(each) if line.unit == YUAN]
        if since is None:
            continue
        open_cycles = {line.period for line in lines if line.low != line.high}
        for cycle in dict.fromkeys(line.period for line in lines if line.period not in open_cycles):
            fen = sum(line.low for line in lines if line.period == cycle)
            number = each.number if cycle == ONCE else ""
            line = Line(each.programme, cycle, case.household_id, each.subject, number)
            found = Standing(line, village, fen, each.number, case.case_number, whose(case, each, catalogue))
            yield _Turn(since, each.ended, found)


def whose(case: CaseRecord, application: Application, catalogue: Catalogue) -> str:
    """Whose an application is: the person's name, or that of the head of the household."""
    members = case.household.rows(Kind.MEMBER.value)
    head = head_row(case.household, catalogue) if application.subject == ROOT_ROW else application.subject
    row = next((one for one in (head, *application.persons) if one in members), None)
    return words_of(case.household, landmarks(catalogue).name, row) if row else ""


def _on(turns: Mapping[Line, list[_Turn]], day: date) -> dict[Line, Standing]:
    """How every line stands at the end of a day: by the application that began last; an ended one revives no earlier."""
    standing = {}
    for line, all_turns in turns.items():
        begun = [turn for turn in all_turns if turn.since <= day]
        last = max(begun, key=lambda turn: (turn.since, turn.found.number), default=None)
        if last is not None and (last.until is None or last.until > day or _paid_before_it_ended(last)):
            standing[line] = last.found
    return standing


def _paid_before_it_ended(turn: _Turn) -> bool:
    """What is paid once stays paid, unless it ended before it began."""
    return turn.found.line.cycle == ONCE and turn.until is not None and turn.until > turn.since


def _moved(line: Line, booked: Standing | None, was: Standing | None, now: Standing | None) -> Iterator[Movement]:
    """The movements of a line, one for each village it was in: who moves away leaves one book and comes into the other."""
    named = now or was or booked
    assert named is not None
    for village in sorted({each.village for each in (booked, was, now) if each}):
        opening, stood, closing = (_at(each, village) for each in (booked, was, now))
        who = named.number, named.case_number, named.name
        correction, came, left = stood - opening, max(closing - stood, 0), max(stood - closing, 0)
        if line.cycle == ONCE:
            opening, left, closing = 0, correction + came - left, 0
        if opening or correction or came or left or closing:
            yield Movement(line, village, *who, opening, correction, came, left, closing)


def _at(standing: Standing | None, village: str) -> int:
    return standing.amount if standing and standing.village == village else 0
