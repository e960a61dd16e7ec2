"""Whom a programme is for: the members one offer covers, and which member stands for a row of any table."""

from __future__ import annotations

from clerk.crosschecks import applicant_row
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.facts import ROOT_ROW, Facts
from forms.language.plan import Compiled, compile_expression
from forms.policy import Programme
from forms.schema import ROOT, Kind


def persons_of(evaluator: Evaluator, programme: Programme, row: str) -> tuple[str, ...]:
    """The members an application covers, the applicant first.

    A household programme covers those members for whom its 户内 is not a no (all, when it says nothing); any other one
    covers the member its subject row is or belongs to.
    """
    facts, catalogue = evaluator.cells.facts, evaluator.plan.catalogue
    if programme.subject != ROOT:
        return (member_of(facts, catalogue, programme.subject, row),)
    members = facts.rows(Kind.MEMBER.value)
    within = _within(evaluator, programme)
    covered = [member for member in members if within is None or evaluator.value(within, member) is not False]
    applicant = applicant_row(facts, catalogue)
    return tuple(sorted(covered, key=lambda member: member != applicant))


def member_of(facts: Facts, catalogue: Catalogue, table: str, row: str) -> str:
    """The member a row is or belongs to; for rows of the household itself the applicant, ROOT_ROW when nobody is."""
    while table != Kind.MEMBER.value:
        if table == ROOT or table not in catalogue.tables or not catalogue.tables[table].owner:
            return applicant_row(facts, catalogue) or ROOT_ROW
        row, table = facts.owner(table, row), catalogue.tables[table].owner
    return row


def _within(evaluator: Evaluator, programme: Programme) -> Compiled | None:
    if programme.unit is None:
        return None
    kept: dict[str, Compiled] = evaluator.plan.workshop.setdefault("clerk.within", {})
    if programme.id not in kept:
        kept[programme.id] = compile_expression(programme.unit, Kind.MEMBER.value, evaluator.plan)
    return kept[programme.id]
