"""政策找人: screen the whole store on two days and say whom a change of amounts, rules or time touches.

Everybody is judged by columns; who cannot be (numbers beyond exact arithmetic, answers of another form) one by one.
What is said is a lead for a visit, never a decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Protocol

from clerk.household import Household
from clerk.records import Kept
from forms.catalogue import Catalogue
from forms.language.plan import Plan

CHUNK = 16_384
"""Households screened together: what fits a processor's cache is screened fastest."""
READ = 100_000
"""Households read from the store together."""


class Turn(Enum):
    """What two days make of one programme for one subject; the word is the list's heading."""

    GAINED = "新符合"
    MOVED = "转为"
    LOST = "不再符合"
    UNSURE = "原符合、现待补"
    POSSIBLE = "可能符合、待补"
    GAP = "符合、从未申请"


class Reason(Enum):
    """Why a day is worth a reminder; the word is the list's heading."""

    AGE = "到龄"
    EXPIRY = "证件、期限到期"
    ENDING = "待遇到期"
    VALIDITY = "有效期满"
    REVIEW = "应复核"


@dataclass(frozen=True, slots=True)
class Found:
    """One subject of one household; `other` is the programme moved from, `held` whether it is recorded as received now.

    `place` is the subject's place among the rows of its record, which `clerk.radar_words` turns into a row.
    """

    turn: Turn
    household: str
    programme: str
    place: int
    held: bool
    other: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """One day of one row to be reminded of; `field` is the question or, for a benefit, empty with its `programme`.

    `age` is the age reached.
    """

    reason: Reason
    household: str
    table: str
    place: int
    day: date
    field: str = ""
    programme: str = ""
    age: int = 0


class Source(Protocol):
    """What the radar asks of a look at the store (`clerk.store.View`)."""

    def packed(self, size: int) -> Iterator[list[tuple[str, bytes | None]]]:
        """Every household's id and packed record."""

    def household(self, household_id: str, catalogue: Catalogue) -> tuple[Kept, Household] | None:
        """One household as last kept."""

    def applied(self, households: Sequence[str]) -> AbstractSet[tuple[str, str, str]]:
        """Every (household, programme, subject row) ever applied for."""

    def running(self, households: Sequence[str]) -> Sequence[tuple[str, str, str, str, date]]:
        """Every application: household, programme, subject row, status, the day it counts from."""


@dataclass(slots=True)
class Radar:
    """What was found between two days; `totals` count everything, `found` and `dues` keep the first `most` of each kind.

    `alone` is how many households had to be judged one by one.
    """

    since: date
    until: date
    most: int
    households: int = 0
    alone: int = 0
    totals: Counter[tuple[Turn, str]] = field(default_factory=Counter)
    due_totals: Counter[Reason] = field(default_factory=Counter)
    found: list[Found] = field(default_factory=list)
    dues: list[Due] = field(default_factory=list)

    def room(self, turn: Turn, programme: str) -> int:
        """How many more of a kind may be kept."""
        return max(0, self.most - self.totals[turn, programme])

    def take(self, one: Found) -> None:
        """Count one, and keep it while there is room."""
        if self.room(one.turn, one.programme):
            self.found.append(one)
        self.totals[one.turn, one.programme] += 1

    def remind(self, reason: Reason, days: int, some: Callable[[int], Iterable[Due]]) -> None:
        """Count so many reminders, and keep the first, asked for by their number, while there is room."""
        room = min(days, max(0, self.most - self.due_totals[reason]))
        if room:
            self.dues.extend(some(room))
        if days:
            self.due_totals[reason] += days


def radar(
    source: Source,
    before: Plan,
    after: Plan,
    *,
    most: int = 1000,
    ages: Sequence[int] = (),
    progress: Callable[[str], None] = lambda words: None,
) -> Radar:
    """Screen every household by both plans (two days of one catalogue, or two catalogues) and gather what differs.

    `ages` are reminded of; when none is given, those that the rules compare ages with. `most` bounds what is kept of
    each kind, never what is counted.
    """
    from clerk.radar_days import Calendar
    from clerk.radar_scan import Scan

    made = Radar(before.on, after.on, most)
    scan, calendar = Scan(source, before, after, made), Calendar(source, before.on, after, ages, made)
    for records in source.packed(READ):
        for start in range(0, len(records), CHUNK):
            chunk = scan.chunk(records[start : start + CHUNK])
            calendar.look(chunk.ids, chunk.after)
        made.households += len(records)
        progress(f"已核查 {made.households} 户")
    return made
