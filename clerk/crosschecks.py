"""Faults that no single answer shows: one number on two people, two applicants, a card that is another person's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from clerk.answers import code_table
from clerk.identity import Complaint
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW, Facts
from forms.schema import ROOT, Field, Kind, Sensitivity, Value

APPLICANT = "本人"
"""The group (类) or label of the kinship option that marks the applicant."""

Found = tuple[tuple[str, str, str], Complaint]


class Form(Facts, Protocol):
    """What the checks look at: answers, rows, and the questions of each table."""

    today: date

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue the form follows."""

    def questions(self, table: str) -> Sequence[Field]:
        """The questions of a table, in order."""

    def title(self, table: str, row: str) -> str:
        """How a row is called."""

    def contradicts(self, field: Field, row: str) -> bool:
        """True when something else was typed into a derived field than its source says."""


def across(form: Form) -> Iterator[Found]:
    """Every fault across fields and rows, with the place where it should be mended."""
    yield from disagreements(form)
    yield from _applicants(form)
    yield from _dead(form)


def disagreements(form: Form) -> Iterator[Found]:
    """Answers that cannot all be right, whoever applies and whatever is asked next: also those of somebody else's sheet."""
    tables = [ROOT, *(name for name in form.catalogue.tables if name != ROOT)]
    for table in tables:
        rows = [ROOT_ROW] if table == ROOT else list(form.rows(table))
        for question in form.questions(table):
            if question.kind is Kind.ID and table == Kind.MEMBER.value:
                yield from _twice(form, question, rows)
            if question.kind is Kind.DISABILITY_CARD:
                yield from _foreign_cards(form, question, rows)
            if question.derived is not None:
                yield from _contradictions(form, question, rows)
            if question.kind is Kind.NAME and question.sensitivity is Sensitivity.FINANCE:
                yield from _strange_payees(form, question, rows)


def applicant_field(catalogue: Catalogue) -> Field | None:
    """The question of the members' table that says who applies: the one a kinship relation reads, or whose list has 本人."""
    table = Kind.MEMBER.value
    by = next((relation.by for relation in catalogue.relations.values() if relation.table == table), None)
    if by is not None:
        return catalogue.field_of(table, by)
    for field in catalogue.fields.values():
        if field.table == table and field.kind is Kind.OPTION and applicant_codes(catalogue, field):
            return field
    return None


def applicant_codes(catalogue: Catalogue, field: Field) -> frozenset[str]:
    """The codes of a kinship question that mean the applicant."""
    options = code_table(catalogue, field.codes).options
    grouped = frozenset(option.code for option in options if option.group == APPLICANT)
    return grouped or frozenset(option.code for option in options if option.label == APPLICANT)


def applicant_row(facts: Facts, catalogue: Catalogue) -> str | None:
    """The row key of the member who applies, or None while nobody is marked."""
    field = applicant_field(catalogue)
    if field is None:
        return None
    codes = applicant_codes(catalogue, field)
    return next((row for row in facts.rows(field.table) if facts.answer(field.table, field.id, row) in codes), None)


def _twice(form: Form, question: Field, rows: Sequence[str]) -> Iterator[Found]:
    seen: dict[Value, str] = {}
    for row in rows:
        number = form.answer(question.table, question.id, row)
        if number is None:
            continue
        if number in seen:
            message = f"证件号与{form.title(question.table, seen[number])}的相同，请核对"
            yield (question.table, row, question.id), Complaint(message, hard=True)
        seen.setdefault(number, row)


def _foreign_cards(form: Form, question: Field, rows: Sequence[str]) -> Iterator[Found]:
    holder = next((other for other in form.questions(question.table) if other.kind is Kind.ID), None)
    for row in rows if holder else ():
        card = form.answer(question.table, question.id, row)
        number = form.answer(question.table, holder.id, row) if holder else None
        if isinstance(card, str) and number is not None and card[:18] != number:
            message = "残疾证号前18位与本人证件号不一致，请核对是否录错人"
            yield (question.table, row, question.id), Complaint(message)


def _contradictions(form: Form, question: Field, rows: Sequence[str]) -> Iterator[Found]:
    for row in rows:
        if form.contradicts(question, row):
            source = form.catalogue.field_of(question.table, question.derived.source) if question.derived else None
            message = f"与{source.label if source else ''}所载不一致，请核对"
            yield (question.table, row, question.id), Complaint(message)


def _strange_payees(form: Form, question: Field, rows: Sequence[str]) -> Iterator[Found]:
    """An account in a stranger's name needs a record of who collects for whom (最低生活保障审核确认办法 Art. 26)."""
    members = form.catalogue.tables[Kind.MEMBER.value]
    known = {form.answer(members.id, members.title, row) for row in form.rows(members.id)}
    agents = [other for other in form.questions(question.table) if other.kind is Kind.NAME and other is not question]
    for row in rows:
        payee = form.answer(question.table, question.id, row)
        named = known | {form.answer(question.table, agent.id, row) for agent in agents}
        if payee is not None and payee in _buried(form):
            yield (question.table, row, question.id), Complaint(f"{payee}已去世，请换成新的收款人和账号", hard=True)
        elif payee is not None and payee not in named:
            message = f"{question.label}不是家庭成员，请录入代领人，或注明理由"
            yield (question.table, row, question.id), Complaint(message, reason=True)


def _buried(form: Form) -> set[Value | None]:
    """The names of who was noted as dead and shares his name with no member."""
    death, members = form.catalogue.death, form.catalogue.tables[Kind.MEMBER.value]
    if death is None:
        return set()
    title = form.catalogue.tables[death.table].title
    noted = {form.answer(death.table, title, row) for row in form.rows(death.table)}
    return noted - {form.answer(members.id, members.title, row) for row in form.rows(members.id)}


def _dead(form: Form) -> Iterator[Found]:
    """Who has died still stands among the members (身故表)."""
    death, table = form.catalogue.death, Kind.MEMBER.value
    for row in form.rows(table) if death else ():
        day = form.answer(table, death.day, row) if death else None
        if death and isinstance(day, date):
            message = "死亡日期在今天之后，请核对" if day > form.today else "已去世，请在这里按回车办理移出和接任"
            yield (table, row, death.day), Complaint(message, hard=True)


def _applicants(form: Form) -> Iterator[Found]:
    field = applicant_field(form.catalogue)
    if field is None:
        return
    codes = applicant_codes(form.catalogue, field)
    rows = form.rows(field.table)
    marked = [row for row in rows if form.answer(field.table, field.id, row) in codes]
    for row in marked[1:]:
        message = f"{form.title(field.table, marked[0])}已是{APPLICANT}，{field.label}为{APPLICANT}的只能有一人"
        yield (field.table, row, field.id), Complaint(message, hard=True)
    answered = [row for row in rows if form.answer(field.table, field.id, row) is not None]
    if rows and not marked and len(answered) == len(rows):
        yield (field.table, rows[0], field.id), Complaint(f"还没有{field.label}为{APPLICANT}的成员，请指定申请人", hard=True)
