"""Random households for any catalogue: every list and answer its rules read, dull, nasty, and near the standards."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from clerk.household import Household, Row
from forms.language import Evaluator, Plan
from forms.language.bounds import domain
from forms.language.encoding import Reads, reads
from forms.language.types import NUMBERS
from forms.schema import ROOT, Field, Kind

MEMBERS = "成员"
_AGES = (0, 1, 3, 6, 16, 18, 59, 60, 70, 80, 90)


class Families:
    """Makes households for one plan; `unknown` is the chance of each answer and each tick to be missing."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.reads: Reads = reads(plan)
        now = [(one.kind, found) for one in plan.catalogue.standards.values() if (found := one.on(plan.on))]
        self.near = {
            kind: sorted({int(cell) for kept, found in now if kept is kind for cell in found.values.values() if isinstance(cell, int)})
            for kind in NUMBERS
        }

    def one(self, dice: random.Random, unknown: float, members: int = 4) -> Household:
        """One household."""
        rows = {table: self._rows(dice, table, 1 + dice.randrange(members)) for table in self.reads.tables if table != ROOT}
        keys: dict[str, list[str]] = {}
        tables: dict[str, tuple[Row, ...]] = {}
        size = len(rows[MEMBERS])
        for table in self.reads.tables:
            owner = self.plan.catalogue.tables[table].owner if table != ROOT else ""
            owners = keys.get(owner, [""])
            if table == ROOT or not owners:
                continue
            made = [Row(key, dice.choice(owners) if owner else "", self._answers(dice, table, unknown, size)) for key in rows[table]]
            keys[table], tables[table] = [row.key for row in made], tuple(made)
        closed = frozenset(table for table in self.plan.catalogue.tables if dice.random() >= unknown)
        return Household(self._answers(dice, ROOT, unknown, size), tables, closed)

    def whole(self, dice: random.Random) -> Household:
        """A household that has told everything, and nothing that was not to be asked (仅当)."""
        home = self.one(dice, 0.0)
        while True:
            evaluator = Evaluator(self.plan, home)
            void = {
                (field.table, field.id, row)
                for field in self.reads.fields
                if (slot := evaluator.live.relevance(field)) is not None
                for row in ([""] if field.table == ROOT else home.rows(field.table))
                if home.answer(field.table, field.id, row) is not None and evaluator.cells.read(slot, row) is False
            }
            if not void:
                return home
            home = _kept(home, lambda *answer: answer not in void)  # noqa: B023 - used at once

    def hiding(self, home: Household, dice: random.Random, chance: float) -> Household:
        """The same household with answers not yet told; lists not closed, the open ones perhaps without some rows.

        Answers whose absence says something (the end of a benefit) stay.
        """
        status = self.plan.catalogue.status
        ends = (status.table, status.until) if status else ()
        open_tables = {one.id for one in self.plan.catalogue.tables.values() if one.closing and dice.random() < chance}
        owners = {one.owner for one in self.plan.catalogue.tables.values()}
        tables = {
            table: tuple(row for row in rows if table not in open_tables or table in owners or dice.random() >= chance)
            for table, rows in home.tables.items()
        }
        shorter = Household(home.answers, tables, home.complete - open_tables)
        return _kept(shorter, lambda table, field, row: (table, field) == ends or dice.random() >= chance)

    def _rows(self, dice: random.Random, table: str, members: int) -> list[str]:
        count = members if table == MEMBERS else dice.choice((0, 0, 0, 1, 1, 2))
        return [f"{table}-{dice.randrange(10**6)}-{number}" for number in range(count)]

    def _answers(self, dice: random.Random, table: str, unknown: float, size: int) -> dict[str, Any]:
        fields = [one for one in self.reads.fields if one.table == table]
        told = {one.id: self.answer(one, dice, size) for one in fields if dice.random() >= unknown}
        return {name: value for name, value in told.items() if value is not None}

    def answer(self, field: Field, dice: random.Random, size: int) -> Any:
        """A believable answer within the question's limits, near what rules compare with."""
        if field.kind in NUMBERS:
            return self._number(field, dice, size)
        if field.kind is Kind.FLAG:
            return dice.random() < 0.6
        if field.kind in (Kind.DATE, Kind.MONTH):
            return _day(self.plan.on, dice)
        codes = [option.code for option in self.plan.checker.scope.options(field.codes)]
        if field.kind is Kind.OPTIONS:
            return frozenset(code for code in codes if dice.random() < 0.3)
        return _often_first(codes, dice) if field.kind is Kind.OPTION else None

    def _number(self, field: Field, dice: random.Random, size: int) -> Any:
        low, high = domain(field) or (0, 0)
        near = dice.choice(self.near[field.kind] or [0])
        whole = dice.choice((0, near, near * 12, near * 12 * size, near * 12 * size, near * 24 * size, dice.randrange(10**6)))
        value: Any = whole + dice.choice((-1, 0, 0, 0, 1))
        if field.kind is Kind.INTEGER or high <= 100:
            value = dice.randrange(13)
        if field.kind is Kind.NUMBER and dice.random() < 0.5:
            value = Fraction(dice.randrange(4000), dice.choice((1, 2, 4, 100)))
        return Fraction(min(high, max(low, value))) if field.kind is Kind.NUMBER else int(min(high, max(low, value)))


def _kept(home: Household, wanted: Callable[[str, str, str], bool]) -> Household:
    """The household with only the answers wanted."""

    def some(table: str, row: str, answers: Any) -> dict[str, Any]:
        return {name: value for name, value in answers.items() if wanted(table, name, row)}

    tables = {
        table: tuple(Row(row.key, row.owner, some(table, row.key, row.answers)) for row in rows) for table, rows in home.tables.items()
    }
    return Household(some(ROOT, "", home.answers), tables, home.complete)


def _often_first(codes: Sequence[str], dice: random.Random) -> str:
    """The first options are the usual ones; without them hardly anybody would qualify."""
    return codes[min(int(dice.expovariate(0.5)), len(codes) - 1)] if dice.random() < 0.6 else dice.choice(codes)


def _day(on: date, dice: random.Random) -> date:
    shape = dice.randrange(4)
    if shape == 0:
        return on - timedelta(days=dice.randrange(-400, 800))
    if shape == 1:
        return on - timedelta(days=dice.randrange(33_000))
    years = dice.choice(_AGES)
    birthday = date(on.year - years, on.month, min(on.day, 28))
    return birthday + timedelta(days=dice.choice((-1, 0, 0, 1)))
