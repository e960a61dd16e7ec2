"""How a batch of households writes its answers as numbers, and which of them any rule reads; knows no NumPy.

A question with options is 0 while not answered, 1 when it does not arise, and a place in its code table from 2 on; a
flag is −1 / 0 / 1; a day its ordinal, 0 while not known; money fen, a plain number ten-thousandths.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.language.tree import DefinitionRead, Each, FieldRead, Node, ProgrammeRead, Rows
from forms.schema import ROOT, Field

if TYPE_CHECKING:
    from forms.language.plan import Plan

UNKNOWN, NOTHING, FIRST = 0, 1, 2
"""A code not yet known, the code of a question that does not arise, and the code of the first option."""
SCALE = 10_000
"""What a plain number (数) is multiplied by."""


@dataclass(frozen=True, slots=True)
class Reads:
    """What the rules of a plan read: fields, and the tables whose rows they walk, owners before what they own.

    Days on which something runs out (到期提醒) and what the household chose (择一) are among them.
    """

    fields: tuple[Field, ...]
    tables: tuple[str, ...]


def interned(plan: Plan, codes: str) -> Mapping[str, int]:
    """The number of each code of a code table."""
    kept: dict[str, Mapping[str, int]] = plan.workshop.setdefault("interned", {})
    if codes not in kept:
        options = plan.checker.scope.options(codes)
        kept[codes] = {option.code: number for number, option in enumerate(options, FIRST)}
    return kept[codes]


def reads(plan: Plan) -> Reads:
    """Every field and table that a verdict, an amount or a 仅当 behind one may look at, in the catalogue's order."""
    if "reads" not in plan.workshop:
        plan.workshop["reads"] = _reads(plan)
    found: Reads = plan.workshop["reads"]
    return found


def _reads(plan: Plan) -> Reads:
    fields: dict[str, Field] = {}
    tables: set[str] = {programme.programme.subject for programme in plan.programmes.values()}
    waiting = [node for one in plan.programmes.values() for node in (*one.conditions, *one.amounts)]
    seen: set[Node] = set()

    def note(field: Field) -> None:
        fields[field.key] = field
        tables.add(field.table)
        if field.key in plan.relevance:
            waiting.append(plan.relevance[field.key].node)

    choices = plan.catalogue.choices
    names = (choices.taken, choices.left, choices.subject) if choices else ()
    chosen = {f"{choices.table}.{name}" for name in names} if choices else set()
    for field in plan.catalogue.fields.values():
        if field.expires or field.key in chosen:
            note(field)
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        waiting += node.parts()
        if isinstance(node, DefinitionRead):
            waiting.append(plan.definitions[node.key])
        for rows in _walks(node):
            tables |= set(rows.path)
        for field in _fields(node, plan):
            note(field)
    known = plan.catalogue.fields
    tables = tables.union(*(plan.checker.scope.chain(table) for table in tables))
    own = [table for table in plan.catalogue.tables if table in tables and table != ROOT]
    ordered = sorted(own, key=lambda table: len(plan.checker.scope.chain(table)))
    return Reads(tuple(known[key] for key in known if key in fields), (ROOT, *ordered))


def _walks(node: Node) -> Iterator[Rows]:
    if isinstance(node, Each):
        yield node.rows
    if isinstance(node, ProgrammeRead) and node.status is not None:
        yield node.status


def _fields(node: Node, plan: Plan) -> Iterator[Field]:
    if isinstance(node, FieldRead):
        yield node.field
    if isinstance(node, Each) and node.rows.by is not None:
        yield node.rows.by
    if isinstance(node, ProgrammeRead) and node.status is not None and plan.catalogue.status is not None:
        status = plan.catalogue.status
        names = (status.programme, status.since, status.until)
        yield from (one for name in names if (one := plan.catalogue.field_of(status.table, name)))
