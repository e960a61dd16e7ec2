"""From one form to many applications: each with its number, persons, department and first deadlines, in one stroke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from clerk.answers import code_table
from clerk.choices import with_choices
from clerk.closing import Work as Closing
from clerk.closing import close_for_death
from clerk.deadlines import due_days, events_of
from clerk.household import Household, Row
from clerk.identity import Document, temporary_number
from clerk.landmarks import household_keys, indexed_fields, landmarks
from clerk.packed import layout_of, pack
from clerk.persons import persons_of
from clerk.reasons import Reasons
from clerk.records import AmountKept, Application, CaseRecord, HouseholdKeys, Kept, Reason
from clerk.screening import Offer, Standing
from clerk.settings import Office
from clerk.wording import round_half_up
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.plan import Plan
from forms.language.results import AmountSaid, Judgement
from forms.schema import Field, Kind, Value

FILED = "已受理"
"""The first status of every application."""
NEW, CHANGED = "新增", "变更"
"""What an application does to the rolls: somebody comes onto them, or what is already received is changed."""
DOCUMENTS = "证件类型"


class Work(Closing, Protocol):
    """What filing asks of a unit of work (`clerk.store.UnitOfWork`)."""

    def keep_household(self, household: Household, keys: HouseholdKeys) -> Kept:
        """Keep a household for the first time."""

    def revise(self, was: Kept, household: Household, keys: HouseholdKeys) -> Kept:
        """Keep a correction."""

    def next_number(self, scope: str) -> int:
        """The next number of a scope."""

    def add_case(self, record: CaseRecord) -> None:
        """File a case."""


def submit(
    household: Household,
    chosen: Sequence[Offer],
    *,
    work: Work,
    plan: Plan,
    office: Office,
    was: Kept | None = None,
) -> CaseRecord:
    """Keep a household and make its applications, together or not at all: all is done in the caller's unit of work.

    The case is accepted on the plan's day. `was` names the household when it is kept already. ValueError when nothing
    was chosen.
    """
    if not chosen:
        raise ValueError("nothing was chosen")
    household = with_choices(household, chosen, Evaluator(plan, household))
    household = _with_numbers(household, plan, work, office)
    keys = keys_of(household, plan)
    kept = work.revise(was, household, keys) if was else work.keep_household(household, keys)
    closed = _close(household, kept, work, plan, office) if was else ()
    serial = work.next_number(f"案件 {office.region} {plan.on.year}")
    case_number = f"{office.region}-{plan.on.year}-{serial:05d}"
    evaluator = Evaluator(plan, household)
    applications = tuple(
        _application(offer, case_number, place, evaluator) for place, offer in enumerate(chosen, start=1)
    )
    record = CaseRecord(case_number, kept.household_id, kept.revision, household, applications, office, plan.on)
    work.add_case(record)
    work.record("受理", case_number, actor=office.clerk, detail=_event(record, closed))
    return record


def correct(household: Household, *, work: Work, plan: Plan, office: Office, was: Kept, case_number: str) -> Kept:
    """Keep a correction that asks for nothing new; what was filed stays as it was filed."""
    household = _with_numbers(household, plan, work, office)
    kept = work.revise(was, household, keys_of(household, plan))
    work.record("更正", case_number, actor=office.clerk)
    _close(household, kept, work, plan, office)
    return kept


def _close(household: Household, kept: Kept, work: Work, plan: Plan, office: Office) -> tuple[Application, ...]:
    return close_for_death(household, kept.household_id, work=work, catalogue=plan.catalogue, actor=office.clerk)


def keys_of(household: Household, plan: Plan) -> HouseholdKeys:
    """What a household is found, filtered and screened by, as it is kept with it."""
    if "clerk.keys" not in plan.workshop:
        plan.workshop["clerk.keys"] = (landmarks(plan.catalogue), indexed_fields(plan.catalogue))
    keys = household_keys(household, plan.catalogue, plan.workshop["clerk.keys"])
    return replace(keys, packed=pack(household, layout_of(plan)))


def would_file(household: Household, chosen: Sequence[Offer], plan: Plan) -> tuple[Application, ...]:
    """The applications that filing some offers would make, without a case number; nothing is kept."""
    evaluator = Evaluator(plan, household)
    return tuple(_application(offer, "", place, evaluator) for place, offer in enumerate(chosen, start=1))


def _application(offer: Offer, case_number: str, place: int, evaluator: Evaluator) -> Application:
    catalogue, on = evaluator.plan.catalogue, evaluator.plan.on
    programme = catalogue.programmes[offer.programme]
    held = offer.standing is Standing.HELD
    return Application(
        number=f"{case_number}-{place:02d}",
        case_number=case_number,
        programme=offer.programme,
        subject=offer.row,
        persons=persons_of(evaluator, programme, offer.row),
        status=FILED,
        department=programme.department,
        accepted=on,
        dues=due_days(programme, events_of(programme, evaluator.cells.facts, on), catalogue),
        amounts=kept_amounts(offer.judgement),
        packs=catalogue.digest,
        reasons=tuple(_reasons(offer, evaluator)),
        change=CHANGED if held else NEW,
    )


def kept_amounts(said: Judgement) -> tuple[AmountKept, ...]:
    """A judgement's amounts as an application keeps them, rounded to the fen."""
    return tuple(_kept(amount) for amount in said.amounts)


def _kept(said: AmountSaid) -> AmountKept:
    low, high = (None if isinstance(end, float) else round_half_up(end) for end in (said.value.low, said.value.high))
    return AmountKept(said.id, said.period, said.unit, low or 0, high)


def _reasons(offer: Offer, evaluator: Evaluator) -> Iterator[Reason]:
    for worded in Reasons(evaluator).of(offer.judgement):
        yield Reason(worded.id, worded.verdict.value, worded.text, worded.source)


def _event(record: CaseRecord, closed: Sequence[Application]) -> dict[str, str]:
    before = "、".join(dict.fromkeys(each.case_number for each in closed))
    return ({"接续": before} if before else {}) | {
        "办件数": str(len(record.applications)),
        "项目": "、".join(f"{each.number} {each.programme}" for each in record.applications),
        "规则包": record.applications[0].packs,
    }


def _with_numbers(household: Household, plan: Plan, work: Work, office: Office) -> Household:
    """Lend a number to each member without any document: it is allotted here, in the same unit of work."""
    identity = landmarks(plan.catalogue).identity
    documents = _documents_field(plan.catalogue, identity)
    if identity is None or documents is None:
        return household
    without = _codes_without(plan.catalogue, documents)
    rows = [
        _lend(row, identity, plan.on, work, office) if row.answers.get(documents.id) in without else row
        for row in household.tables.get(identity.table, ())
    ]
    return replace(household, tables={**household.tables, identity.table: tuple(rows)})


def _lend(row: Row, identity: Field, on: date, work: Work, office: Office) -> Row:
    if row.answers.get(identity.id) is not None:
        return row
    serial = work.next_number(f"临时编号 {office.region} {on.year}")
    answers: dict[str, Value] = {**row.answers, identity.id: temporary_number(office.region, on.year, serial)}
    return replace(row, answers=answers)


def _documents_field(catalogue: Catalogue, identity: Field | None) -> Field | None:
    table = identity.table if identity else Kind.MEMBER.value
    return next(
        (field for field in catalogue.fields.values() if field.table == table and field.codes == DOCUMENTS), None
    )


def _codes_without(catalogue: Catalogue, documents: Field) -> frozenset[str]:
    word = Document.NONE.value
    options = code_table(catalogue, documents.codes).options
    return frozenset(option.code for option in options if word in (option.group, option.label))
