"""Whether a plain question of a case is asked at all: one that does not apply counts as nothing, which is not "missing"."""

from __future__ import annotations

from forms.language.evaluate import Evaluator
from forms.language.facts import Facts
from forms.language.plan import Compiled
from forms.schema import ROOT, Field


def home_of(evaluator: Evaluator, facts: Facts, table: str, field: Field, row: str) -> str:
    """The row of a field's own table that a row of `table` belongs to."""
    tables = evaluator.plan.catalogue.tables
    while table not in (field.table, ROOT):
        row, table = facts.owner(table, row), tables[table].owner or ROOT
    return row


def is_asked(evaluator: Evaluator, facts: Facts, compiled: Compiled, row: str) -> bool:
    """False where an expression plainly reads a question whose 仅当 is answered no at that row."""
    field = compiled.type.field
    return field is None or concerns(evaluator, field, home_of(evaluator, facts, compiled.table, field, row))


def concerns(evaluator: Evaluator, field: Field, row: str) -> bool:
    """Whether a question is asked at a row of its own table: nobody has said no to its 仅当."""
    asked = evaluator.plan.relevance.get(field.key)
    return asked is None or evaluator.value(asked, row) is not False
