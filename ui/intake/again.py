"""A kept household as journal entries, so that it can be typed on. Qt-free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clerk.entry import ADD, CLOSE, Entry
from clerk.wording import typed
from forms.schema import ROOT, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clerk.household import Household
    from forms.catalogue import Catalogue
    from forms.schema import Value


def entries_of(household: Household, catalogue: Catalogue) -> list[Entry]:
    """The entries that make the household again, owners before what they own; what the program fills is left out."""
    made = list(_answers(ROOT, "", household.answers, catalogue))
    for table in _owners_first(catalogue):
        for row in household.tables.get(table, ()):
            made.append(Entry(table, row.key, ADD, row.owner))
    for table in _owners_first(catalogue):
        for row in household.tables.get(table, ()):
            made.extend(_answers(table, row.key, row.answers, catalogue))
    made.extend(Entry(table, "", CLOSE, "是") for table in sorted(household.complete) if catalogue.tables[table].closing)
    return made


def _answers(table: str, row: str, answers: Mapping[str, Value], catalogue: Catalogue) -> Iterator[Entry]:
    ours = [field for section in catalogue.sections if section.table == table and not section.system for field in section.fields]
    for field in ours:
        value = answers.get(field.id)
        if value is not None:
            text = str(value) if field.kind is Kind.MEMBER else typed(value, field, catalogue)
            yield Entry(table, row, field.id, text)


def _owners_first(catalogue: Catalogue) -> list[str]:
    system = {section.table for section in catalogue.sections if section.system}
    shown = {section.table for section in catalogue.sections if not section.system}
    tables = [table for table in catalogue.tables.values() if table.id in shown or table.id not in system]
    return [table.id for table in sorted(tables, key=lambda one: (bool(one.owner), one.id)) if table.id != ROOT]
