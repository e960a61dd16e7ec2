"""How rows and questions are called when the program speaks of them."""

from __future__ import annotations

from clerk.wording import say
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW, Facts
from forms.language.results import Gap, MissingStandard
from forms.schema import ROOT

WHOLE = "全户"


def row_title(facts: Facts, catalogue: Catalogue, table: str, row: str) -> str:
    """A row in words: its title field, else its table's name and place; rows owned by another say whose they are."""
    if table == ROOT or row == ROOT_ROW or table not in catalogue.tables:
        return WHOLE
    known, own = catalogue.tables[table], own_title(facts, catalogue, table, row)
    owner = facts.owner(table, row) if known.owner else ROOT_ROW
    if owner == ROOT_ROW:
        return own or f"{known.name}{_place(facts, table, ROOT_ROW, row)}"
    return f"{row_title(facts, catalogue, known.owner, owner)}的{known.name}{own or _place(facts, table, owner, row)}"


def own_title(facts: Facts, catalogue: Catalogue, table: str, row: str) -> str:
    """What a row's title field says, without whose it is; empty when nothing is typed there."""
    known = catalogue.tables[table]
    field = catalogue.field_of(table, known.title) if known.title else None
    answer = facts.answer(table, field.id, row) if field else None
    return say(answer, field.kind, catalogue, field.codes) if field and answer is not None else ""


def gap_title(facts: Facts, catalogue: Catalogue, gap: Gap) -> str:
    """What is missing, in words: whose answer to which question, which list to close, which standard to publish."""
    if isinstance(gap, MissingStandard):
        return f"标准「{gap.standard}」在{gap.on.isoformat()}没有数值"
    if not gap.field:
        table = catalogue.tables.get(gap.table)
        return f"「{table.closing or table.name if table else gap.table}」尚未勾选"
    field = catalogue.field_of(gap.table, gap.field)
    label = field.label if field else gap.field
    return label if gap.table == ROOT else f"{row_title(facts, catalogue, gap.table, gap.row)} {label}"


def _place(facts: Facts, table: str, owner: str, row: str) -> int:
    rows = list(facts.rows(table, owner))
    return rows.index(row) + 1 if row in rows else 0
