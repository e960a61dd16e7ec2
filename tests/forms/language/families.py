"""Random households for any catalogue: every list and answer its rules read, dull, nasty, and near the standards."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from clerk.household import Household, Row
from forms.language import Plan
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

    def told(self, home: Household, dice: random.Random, never: Sequence[str] = ()) -> Household:
        """The same household with everything told: open lists may grow and are closed, every answer but `never` is given."""
        size = len(home.tables[MEMBERS])
        tables = dict(home.tables)
        for table in self.reads.tables[1:]:
            owner = self.plan.catalogue.tables[table].owner
            owners = [row.key for row in tables.get(owner, ())] if owner else [""]
            ticked = self.plan.catalogue.tables[table].closing and not home.closed(table)
            if ticked and owners and dice.random() < 0.4:
                new = Row(f"new-{table}-{dice.randrange(10**6)}", dice.choice(owners), {})
                tables[table] = (*tables.get(table, ()), new)
        filled = {
            table: tuple(Row(row.key, row.owner, self._filled(table, row.answers, dice, (size, never))) for row in rows)
            for table, rows in tables.items()
        }
        return Household(self._filled(ROOT, home.answers, dice, (size, never)), filled, frozenset(self.plan.catalogue.tables))

    def _filled(self, table: str, answers: Any, dice: random.Random, how: tuple[int, Sequence[str]]) -> dict[str, Any]:
        size, never = how
        wanted = [one for one in self.reads.fields if one.table == table and one.key not in never]
        return {one.id: self.answer(one, dice, size) for one in wanted} | dict(answers)

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
