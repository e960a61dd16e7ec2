"""Where the mechanism itself finds a person in any form: by kind and derivation of the questions, never by a programme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from clerk.answers import code_table
from clerk.crosschecks import applicant_field
from clerk.document import project
from clerk.household import Household
from clerk.records import HouseholdKeys, PersonKeys
from clerk.wording import region_name, say
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW, Facts
from forms.schema import ROOT, Field, Kind

HEAD = "户主"
"""The group (类) or label of the kinship option that marks the head of the household."""
_KEPT = 4
"""Of how many catalogues it is kept where their landmarks are: they are asked for at every row."""
_INDEXED = frozenset({Kind.OPTION, Kind.FLAG, Kind.DATE, Kind.MONTH, Kind.REGION})


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The questions that say who a member is, each None when the form does not ask it."""

    name: Field | None
    identity: Field | None
    phone: Field | None
    born: Field | None
    sex: Field | None
    head: Field | None
    village: Field | None


class _Same:
    """A catalogue as the key of what is kept about it: that very object, no other."""

    __slots__ = ("catalogue",)

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.catalogue is self.catalogue


def landmarks(catalogue: Catalogue) -> Landmarks:
    """The landmarks of a catalogue's members' table."""
    return _landmarks(_Same(catalogue))


@lru_cache(maxsize=_KEPT)
def _landmarks(known: _Same) -> Landmarks:
    catalogue = known.catalogue
    table = catalogue.tables[Kind.MEMBER.value]
    fields = [field for section in catalogue.sections if not section.system for field in section.fields]
    own = [field for field in fields if field.table == table.id]

    def first(kind: Kind) -> Field | None:
        return next((field for field in own if field.kind is kind), None)

    def read_by(reader: str) -> Field | None:
        return next((field for field in own if field.derived and field.derived.reader == reader), None)

    villages = [field for field in fields if field.kind is Kind.REGION]
    return Landmarks(
        catalogue.field_of(table.id, table.title),
        first(Kind.ID),
        first(Kind.PHONE),
        read_by("证件出生日期"),
        read_by("证件性别"),
        next((field for field in own if field.kind is Kind.OPTION and head_codes(catalogue, field)), None),
        next(iter(sorted(villages, key=lambda field: field.table != ROOT)), None),
    )


def head_codes(catalogue: Catalogue, field: Field) -> frozenset[str]:
    """The codes of a question that mean the head of the household."""
    options = code_table(catalogue, field.codes).options
    return frozenset(option.code for option in options if HEAD in (option.group, option.label))


def head_row(facts: Facts, catalogue: Catalogue) -> str | None:
    """The member who heads the household, or None while nobody is said to."""
    found = _head(facts, catalogue)
    return found[1] if found else None


def kinship_field(facts: Facts, catalogue: Catalogue) -> Field | None:
    """The question that says how members are related to the head; to the applicant while nobody is said to be head."""
    found = _head(facts, catalogue)
    return found[0] if found else applicant_field(catalogue)


def _head(facts: Facts, catalogue: Catalogue) -> tuple[Field, str] | None:
    for field, codes in _kinships(_Same(catalogue)):
        for row in facts.rows(field.table):
            if facts.answer(field.table, field.id, row) in codes:
                return field, row
    return None


@lru_cache(maxsize=_KEPT)
def _kinships(known: _Same) -> tuple[tuple[Field, frozenset[str]], ...]:
    """The questions about members that may say who heads the household, with the answers that say so."""
    own = [field for field in known.catalogue.fields.values() if field.table == Kind.MEMBER.value]
    asked = [(field, head_codes(known.catalogue, field)) for field in own if field.kind is Kind.OPTION]
    return tuple((field, codes) for field, codes in asked if codes)


def words_of(facts: Facts, field: Field | None, row: str) -> str:
    """A text answer of a landmark, empty when not known."""
    answer = facts.answer(field.table, field.id, ROOT_ROW if field.table == ROOT else row) if field else None
    return answer if isinstance(answer, str) else ""


def indexed_fields(catalogue: Catalogue) -> tuple[str, ...]:
    """The short answers of household and members that filters need, by full key."""
    return tuple(
        field.key
        for section in catalogue.sections
        if not section.system and section.table in (ROOT, Kind.MEMBER.value)
        for field in section.fields
        if field.kind in _INDEXED
    )


def household_keys(
    household: Household, catalogue: Catalogue, known: tuple[Landmarks, tuple[str, ...]] | None = None
) -> HouseholdKeys:
    """What a household is found and filtered by: its people, and the short answers of household and members.

    `known` are the catalogue's landmarks and indexed fields, for whoever asks of many households.
    """
    marks, indexed = known or (landmarks(catalogue), indexed_fields(catalogue))
    return HouseholdKeys(tuple(_people(household, catalogue, marks)), project(household, indexed))


def _people(household: Household, catalogue: Catalogue, marks: Landmarks) -> Iterator[PersonKeys]:
    for row in household.rows(Kind.MEMBER.value):
        born = household.answer(marks.born.table, marks.born.id, row) if marks.born else None
        sex = household.answer(marks.sex.table, marks.sex.id, row) if marks.sex else None
        village = words_of(household, marks.village, row)
        yield PersonKeys(
            row,
            words_of(household, marks.name, row),
            words_of(household, marks.identity, row),
            words_of(household, marks.phone, row),
            born if isinstance(born, date) else None,
            say(sex, Kind.OPTION, catalogue, marks.sex.codes) if marks.sex and sex is not None else "",
            region_name(village, catalogue) if village else "",
        )
