"""What a case has told and none of its papers says: named, so that nothing is silently left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from clerk.casefile import CaseFile
from clerk.titles import gap_title
from clerk.wording import say
from forms.language.facts import ROOT_ROW
from forms.language.results import Missing
from forms.schema import ROOT, Field, Kind, Value
from printing.copies import values_of
from printing.layout import lay_out
from printing.packet import Wanted, wanted


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One answer that no paper says: where it is kept, its question (with whose it is) and its words.

    One that is not `asked` no longer belongs to the household's situation (仅当): papers leave its box blank.
    """

    table: str
    row: str
    field: str
    label: str
    said: str
    asked: bool


def not_on_papers(case: CaseFile, only: Collection[str] | None = None) -> tuple[LeftOut, ...]:
    """Every answer of the household that no paper of the packet (`only` of them) has a box for, in the form's order.

    Raises what `printing.packet.wanted` raises.
    """
    return left_out(case, [key for one in wanted(case, only) for key in said_by(case, one)])


def said_by(case: CaseFile, one: Wanted) -> frozenset[tuple[str, str, str]]:
    """The answers that one copy of a paper says in full, by table, row and field."""
    values = values_of(case, one.paper, one.row, "", case.record.accepted)
    lay_out(one.paper, values, one.row)
    return values.told


def left_out(case: CaseFile, told: Collection[tuple[str, str, str]]) -> tuple[LeftOut, ...]:
    """Every answer of the household that is not among those `told` by papers (`printing.case_values.CaseValues.told`)."""
    known = frozenset(told)
    found = (
        _left_out(case, field, row, value)
        for field, row, value in _answers(case)
        if (field.table, row, field.id) not in known
    )
    return tuple(found)


def _answers(case: CaseFile) -> Iterator[tuple[Field, str, Value]]:
    household = case.record.household
    for section in sorted(case.catalogue.sections, key=lambda section: section.order):
        for row in [ROOT_ROW] if section.table == ROOT else household.rows(section.table):
            for field in section.fields:
                value = household.answer(section.table, field.id, row)
                if value is not None:
                    yield field, row, value


def _left_out(case: CaseFile, field: Field, row: str, value: Value) -> LeftOut:
    asked = case.plan.relevance.get(field.key)
    return LeftOut(
        field.table,
        row,
        field.id,
        gap_title(case.facts, case.catalogue, Missing(field.table, field.id, row)),
        case.name(str(value)) if field.kind is Kind.MEMBER else say(value, field.kind, case.catalogue, field.codes),
        asked is None or case.evaluator.value(asked, row) is not False,
    )
