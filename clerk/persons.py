"""Whom a programme is for: the members one offer covers, and which member stands for a row of any table."""

from __future__ import annotations

from clerk.crosschecks import applicant_row
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW, Facts
from forms.policy import Programme
from forms.schema import ROOT, Kind


def member_of(facts: Facts, catalogue: Catalogue, table: str, row: str) -> str:
    """The member a row belongs to: itself, or the nearest owner who is a member; ROOT_ROW when there is none."""
    while table != Kind.MEMBER.value:
        if table == ROOT or table not in catalogue.tables or not catalogue.tables[table].owner:
            return ROOT_ROW
        row, table = facts.owner(table, row), catalogue.tables[table].owner
    return row


def applicant_first(facts: Facts, catalogue: Catalogue, rows: list[str]) -> tuple[str, ...]:
    """Member rows in their order, the applicant's before the others."""
    applicant = applicant_row(facts, catalogue)
    return tuple(sorted(rows, key=lambda row: row != applicant))


def subject_rows(facts: Facts, programme: Programme) -> tuple[str, ...]:
    """The rows a programme is judged at: the household's own, or each of its table's."""
    return (ROOT_ROW,) if programme.subject == ROOT else tuple(facts.rows(programme.subject))
