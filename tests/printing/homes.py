"""Random households that have told the window all kinds of things: every question of the catalogue, by its kind.

Nothing here knows a question by name: a question added to the form's data is asked of these households at once.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

from clerk.casefile import CaseFile
from clerk.crosschecks import applicant_codes, applicant_field
from clerk.household import Household, Row
from clerk.records import AmountKept, Application, CaseRecord
from forms.catalogue import Catalogue
from forms.language import Plan
from forms.language.facts import ROOT_ROW
from forms.schema import PROGRAMMES, ROOT, Field, Kind, Table, Value
from tests.builders import an_id
from tests.printing.cases import OFFICE

MEMBERS = Kind.MEMBER.value
_SHORT, _LONG = 25, 400
_RARE = "㛃𠅤𬱖䶮·𠮷𫖯𬀩𬇙"


@cache
def standard_characters() -> str:
    """The 8,105 characters of 通用规范汉字表 (State Council, 2013) in its own order: 3,500, 3,000 and 1,605."""
    folder = Path(__file__).parent / "data"
    return "".join((folder / "standard-characters.txt").read_text(encoding="utf-8").split())


class Homes:
    """Makes cases for one plan by seed."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.catalogue: Catalogue = plan.catalogue
        self.questions: dict[str, list[Field]] = {}
        for section in plan.catalogue.sections:
            if not section.system:
                self.questions.setdefault(section.table, []).extend(section.fields)

    def case(self, dice: random.Random, people: int) -> CaseFile:
        """A filed case of so many people: some answers missing, some tables long, some programmes asked for."""
        household = self.household(dice, people)
        members = household.rows(MEMBERS)
        record = CaseRecord("990101-2026-00001", "h", 1, household, (), OFFICE, self.plan.on)
        share = dice.choice((0.02, 0.02, 0.05, 0.2))
        chosen = [one for one in self.catalogue.programmes.values() if dice.random() < share]
        applications = tuple(
            Application(
                f"{record.case_number}-{place:02d}",
                record.case_number,
                programme.id,
                ROOT_ROW if programme.subject == ROOT else dice.choice(members),
                tuple(members),
                "已受理",
                programme.department,
                self.plan.on,
                amounts=(AmountKept("金额", "每月", "元", 100 * dice.randrange(1, 10**5), None),)[: dice.randrange(2)],
            )
            for place, programme in enumerate(chosen or [next(iter(self.catalogue.programmes.values()))], start=1)
            if programme.subject in (ROOT, MEMBERS)
        )
        return CaseFile(replace(record, applications=applications), self.plan, self.plan.on)

    def household(self, dice: random.Random, people: int) -> Household:
        """One household of so many people."""
        unknown = dice.choice((0.0, 0.1, 0.4))
        keys: dict[str, list[str]] = {ROOT: [ROOT_ROW], "": [ROOT_ROW]}
        owners: dict[str, list[str]] = {}
        for table in _owners_first(self.catalogue):
            known, homes = self.catalogue.tables[table], keys[self.catalogue.tables[table].owner]
            count = people if table == MEMBERS else _count(dice) if homes else 0
            keys[table] = [f"{table}{at}" for at in range(count)]
            owners[table] = [dice.choice(homes) if known.owner else ROOT_ROW for _ in keys[table]]
        tables = {
            table: tuple(
                Row(key, owner, self._answers(table, dice, unknown, keys[MEMBERS]))
                for key, owner in zip(keys[table], owners[table], strict=True)
            )
            for table in owners
        }
        tables[MEMBERS] = self._one_applicant(tables[MEMBERS], dice)
        complete = frozenset(table for table in self.catalogue.tables if dice.random() >= unknown)
        return Household(self._answers(ROOT, dice, unknown, keys[MEMBERS]), tables, complete)

    def _one_applicant(self, rows: tuple[Row, ...], dice: random.Random) -> tuple[Row, ...]:
        field = applicant_field(self.catalogue)
        assert field is not None
        own = sorted(applicant_codes(self.catalogue, field))
        others = [option.code for option in self.catalogue.codes[field.codes].options if option.code not in own]
        codes = [own[0], *(dice.choice(others) for _ in rows[1:])]
        return tuple(
            replace(row, answers={**row.answers, field.id: code}) for row, code in zip(rows, codes, strict=True)
        )

    def _answers(self, table: str, dice: random.Random, unknown: float, members: list[str]) -> dict[str, Value]:
        told = {
            field.id: self.answer(field, dice, members)
            for field in self.questions.get(table, ())
            if dice.random() >= unknown
        }
        return {field: value for field, value in told.items() if value is not None and value != frozenset()}

    def answer(self, field: Field, dice: random.Random, members: list[str]) -> Value | None:
        """An answer of the field's kind within its limits; words are such as stand nowhere else."""
        match field.kind:
            case Kind.NAME | Kind.TEXT | Kind.LONG:
                return _words(field, dice)
            case Kind.FLAG:
                return dice.random() < 0.5
            case Kind.MONEY | Kind.INTEGER | Kind.NUMBER:
                return _number(field, dice)
            case Kind.DATE | Kind.MONTH:
                day = self.plan.on - timedelta(days=dice.randrange(30_000))
                return day.replace(day=1) if field.kind is Kind.MONTH else day
            case Kind.OPTION | Kind.OPTIONS:
                return self._option(field, dice)
            case Kind.REGION:
                return dice.choice(sorted(self.catalogue.regions))
            case Kind.MEMBER:
                return dice.choice(members) if members else None
            case _:
                return _numerals(field.kind, dice)

    def _option(self, field: Field, dice: random.Random) -> Value:
        if field.codes == PROGRAMMES:
            codes = list(self.catalogue.programmes)
        else:
            codes = [option.code for option in self.catalogue.codes[field.codes].options]
        if field.kind is Kind.OPTIONS:
            return frozenset(dice.sample(codes, min(len(codes), dice.randrange(1, 5))))
        return dice.choice(codes)


def _count(dice: random.Random) -> int:
    """How many rows a list has: mostly few, now and then more than any form holds."""
    return 14 if dice.random() < 0.03 else dice.choice((0, 0, 0, 1, 1, 2, 4))


def _words(field: Field, dice: random.Random) -> str:
    most = field.longest or (_LONG if field.kind is Kind.LONG else _SHORT)
    long = dice.choice((min(4, most), min(6, most), most)) if dice.random() < 0.9 else dice.randrange(2, most + 1)
    letters = [dice.choice(_RARE if dice.random() < 0.05 else standard_characters()) for _ in range(long)]
    if field.kind is Kind.LONG:
        letters = [letter if dice.random() < 0.95 else dice.choice("，。；\n") for letter in letters]
    return "".join(letters).strip() or letters[0]


def _number(field: Field, dice: random.Random) -> Value:
    low = field.low if isinstance(field.low, int | Fraction) else 0
    high = field.high if isinstance(field.high, int | Fraction) else 10**8
    span = int(high - low)
    value = low + dice.choice((0, dice.randrange(min(span, 99) + 1), dice.randrange(span + 1), span))
    if field.kind is Kind.NUMBER:
        return Fraction(min(value + Fraction(dice.randrange(100), 100), Fraction(high)))
    return int(value)


def _numerals(kind: Kind, dice: random.Random) -> str:
    born = date(1930, 1, 1) + timedelta(days=dice.randrange(35_000))
    number = an_id(f"{born:%Y%m%d}", dice.randrange(1000))
    if kind is Kind.ID:
        return number
    if kind is Kind.DISABILITY_CARD:
        return f"{number}{dice.randrange(1, 8)}{dice.randrange(1, 5)}"
    if kind is Kind.PHONE:
        return "、".join(f"1{dice.randrange(3 * 10**9, 10**10)}" for _ in range(dice.choice((1, 1, 2))))
    assert kind is Kind.ACCOUNT, f"no random answer is made of kind {kind}: add one"
    return f"62{dice.randrange(10**14, 10**17)}"


def _owners_first(catalogue: Catalogue) -> list[str]:
    system = {section.table for section in catalogue.sections if section.system}
    asked = {section.table for section in catalogue.sections if not section.system}
    tables = [table for table in catalogue.tables.values() if table.id != ROOT and table.id in asked | (asked - system)]

    def depth(table: Table) -> int:
        return 1 + depth(catalogue.tables[table.owner]) if table.owner in catalogue.tables else 0

    return [table.id for table in sorted(tables, key=depth)]
