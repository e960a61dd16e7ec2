"""Random households that have told everything, each answer recognisable, and the public papers made of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date

import pypdfium2

from clerk.casefile import CaseFile
from clerk.crosschecks import applicant_field
from clerk.household import Household, Row
from clerk.landmarks import landmarks
from clerk.publicity import notice_of, refusal, secrets
from clerk.records import AmountKept, Application, CaseRecord
from forms.language import Plan
from forms.language.facts import ROOT_ROW
from forms.policy import Programme
from forms.schema import ROOT, Kind
from printing.handing import ready_papers
from tests.builders import an_id
from tests.forms.language.families import Families
from tests.printing.cases import OFFICE

PAPER = "D20"
POSTED = date(2026, 9, 18)
_WORDS = frozenset({Kind.NAME, Kind.TEXT, Kind.LONG})


@dataclass(slots=True)
class Found:
    """What a campaign saw: papers made, refusals, answers that must not be found, and those that were."""

    made: int = 0
    refused: int = 0
    hidden: int = 0
    told: list[str] = field(default_factory=list)


def campaign(plan: Plan, seeds: range, found: Found) -> None:
    """The public papers of households by seed, searched for every answer of the household."""
    families = Families(plan)
    for seed in seeds:
        dice = random.Random(seed)
        case = a_case(families.one(dice, dice.choice((0.0, 0.1))), plan, dice)
        for application in case.record.applications:
            if refusal(case, application):
                found.refused += 1
                continue
            alone = CaseFile(replace(case.record, applications=(application,)), plan, POSTED, POSTED)
            (ready,) = ready_papers(alone, {PAPER})
            text = _text(ready.draw("").pdf)
            notice = notice_of(alone, application, POSTED)
            found.made += 1
            assert notice.entries[0].name in text
            hidden = secrets(alone, notice)
            found.hidden += len(hidden)
            found.told += [f"{seed}: {word}" for word in hidden if word in text]


def a_case(home: Household, plan: Plan, dice: random.Random) -> CaseFile:
    """A household with words in every question, filed for every programme that is made public and some that are not."""
    tables = {
        table: tuple(Row(row.key, row.owner, _told(table, dict(row.answers), plan, dice)) for row in rows)
        for table, rows in home.tables.items()
    }
    members = [row.key for row in tables[Kind.MEMBER.value]]
    kinship = applicant_field(plan.catalogue)
    assert kinship is not None
    own = plan.catalogue.codes[kinship.codes].code("本人")
    tables[kinship.table] = tuple(
        Row(
            row.key,
            row.owner,
            {**row.answers, kinship.id: own if row.key == members[0] else row.answers.get(kinship.id, "99")},
        )
        for row in tables[kinship.table]
    )
    born = landmarks(plan.catalogue).born
    assert born is not None
    first, *others = tables[born.table]
    if dice.random() < 0.9:
        first = replace(first, answers={**first.answers, born.id: date(dice.randrange(1940, 2008), 3, 3)})
    tables[born.table] = (first, *others)
    household = Household(_told(ROOT, dict(home.answers), plan, dice), tables, home.complete)
    record = CaseRecord("990101-2026-00001", "h", 1, household, (), OFFICE, plan.on)
    applications = tuple(
        Application(
            f"{record.case_number}-{place:02d}",
            record.case_number,
            programme.id,
            ROOT_ROW if programme.subject == ROOT else dice.choice((*members, members[0])),
            tuple(members),
            "已受理",
            "民政",
            plan.on,
            amounts=(AmountKept("金额", "每月", "元", 63200, 63200),),
        )
        for place, programme in enumerate(plan.catalogue.programmes.values(), start=1)
        if programme.subject in (ROOT, Kind.MEMBER.value) and dice.random() < _chance(programme)
    )
    return CaseFile(replace(record, applications=applications), plan, POSTED, POSTED)


def _chance(programme: Programme) -> float:
    return 0.4 if PAPER in programme.papers else 0.0 if programme.published else 0.05


def _told(table: str, answers: dict[str, object], plan: Plan, dice: random.Random) -> dict[str, object]:
    """Every question of words and numbers answered with something that stands nowhere else."""
    for one in plan.catalogue.fields.values():
        if one.table != table:
            continue
        if one.kind is Kind.ID:
            answers[one.id] = an_id(
                f"{dice.randrange(1940, 2026)}0{dice.randrange(1, 10)}1{dice.randrange(10)}", dice.randrange(1000)
            )
        elif one.kind is Kind.PHONE:
            answers[one.id] = f"1{dice.randrange(3 * 10**9, 10**10)}"
        elif one.kind is Kind.ACCOUNT:
            answers[one.id] = f"62{dice.randrange(10**14, 10 ** dice.randrange(15, 18))}"
        elif one.kind in _WORDS:
            answers[one.id] = "".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(4))
    return answers


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document).replace(
            "\ufffe", ""
        )
    finally:
        document.close()
