"""Random households that have told everything, and what their rosters hand out."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from clerk.casefile import CaseFile
from clerk.periods import month_of
from clerk.rosters import roster_rows
from forms.language import Plan
from printing.leaks import workbook_texts
from printing.workbook import write_workbook
from tests.forms.language.families import Families
from tests.printing.cases import OFFICE
from tests.printing.made_public import a_case

MADE = date(2026, 9, 30)


@dataclass(slots=True)
class Seen:
    """What was looked for in a file, and what of it was found."""

    rows: int = 0
    hidden: int = 0
    told: tuple[str, ...] = ()


def cases_of(plan: Plan, seeds: range) -> list[CaseFile]:
    """Cases of households by seed, each with its own number and accepted in the plan's month."""
    families = Families(plan)
    found = []
    for seed in seeds:
        dice = random.Random(seed)
        case = a_case(families.one(dice, dice.choice((0.0, 0.1))), plan, dice)
        number = f"990101-2026-{seed:05d}"
        applications = tuple(
            replace(each, number=f"{number}-{at:02d}", case_number=number)
            for at, each in enumerate(case.record.applications, start=1)
        )
        record = replace(case.record, case_number=number, household_id=f"h{seed}", applications=applications)
        found.append(CaseFile(record, plan, MADE))
    return found


def handed_out(cases: list[CaseFile], plan: Plan, version: str, target: Path) -> Seen:
    """Every roster of a version in one workbook, searched in all its parts for every sensitive answer of every household."""
    span = month_of(plan.on)
    rosters = [one for one in plan.catalogue.rosters.values() if version in one.versions]
    tables = [roster_rows(one, span, cases, plan, version) for one in rosters]
    write_workbook(tables, target, OFFICE, MADE)
    guards = [table.guard for table in tables if table.guard]
    assert len(guards) == len(tables)
    names = frozenset[str]().union(*(guard.names for guard in guards))
    secrets = frozenset[str]().union(*(guard.secrets for guard in guards)) - names
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as package:
        assert not [name for name in package.namelist() if "comment" in name or "vml" in name]
    said = "|".join("".join(text.split()) for text in workbook_texts(target.read_bytes()))
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(name, "|")
    return Seen(sum(len(table.rows) for table in tables), len(secrets), tuple(word for word in secrets if word in said))
