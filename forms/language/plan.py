"""A checked catalogue on one day: resolved, typed trees and the order they rest on one another.

The plan is data: the live evaluator turns its trees into closures, a batch evaluator may turn the same trees into
columns. Standards are resolved at the plan's day, so a date costs nothing per household.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms.catalogue import Catalogue
from forms.language import graph
from forms.language.checker import Checker, Poisoned
from forms.language.graph import Key
from forms.language.tree import FieldRead, Node
from forms.language.types import FLAG, MONEY, NUMBER, Type
from forms.places import DataError, DataErrors
from forms.policy import Programme
from forms.schema import ROOT, Expression, Field


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """One checked expression at rows of `table`, for papers, rosters and 仅当."""

    node: Node
    table: str
    expression: Expression

    @property
    def type(self) -> Type:
        """What it answers; `field` is set when it plainly reads one field."""
        return self.node.type


@dataclass(frozen=True, slots=True, eq=False)
class ProgrammePlan:
    """A programme's checked conditions, amounts and materials, each in the programme's own order."""

    programme: Programme
    in_force: bool
    conditions: tuple[Node, ...]
    amounts: tuple[Node, ...]
    materials: tuple[Compiled | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Everything an evaluator needs; `rings` numbers what takes part in a fixpoint, and only that.

    `relevance` holds a field's 仅当 by the field's key. `workshop` is for evaluators to keep what they build from the
    plan once.
    """

    catalogue: Catalogue
    on: date
    definitions: Mapping[tuple[str, str], Node]
    programmes: Mapping[str, ProgrammePlan]
    relevance: Mapping[str, Compiled]
    rings: Mapping[Key, int]
    checker: Checker = field(repr=False)
    workshop: dict[str, Any] = field(default_factory=dict, repr=False)


def compile_catalogue(catalogue: Catalogue, on: date) -> Plan:
    """The plan of a whole catalogue on one day.

    Raises DataErrors with every fault of every expression, in file order: names, scopes, units, options, cycles.
    """
    checker = Checker(catalogue, on)
    for definition in catalogue.definitions.values():
        if definition.table != ROOT and definition.table not in catalogue.tables:
            checker.errors.append(DataError(definition.expression.place, f"没有「{definition.table}」这张表"))
            continue
        try:
            checker.definition(definition)
        except Poisoned:
            continue
    relevance = {one.key: found for one in catalogue.fields.values() if (found := _relevance(checker, one))}
    programmes = {key: _programme(checker, programme) for key, programme in catalogue.programmes.items()}
    if checker.errors:
        raise DataErrors(dict.fromkeys(checker.errors))
    plan = Plan(catalogue, on, checker.definitions, programmes, relevance, {}, checker)
    rings = graph.rings(plan)
    return Plan(catalogue, on, checker.definitions, programmes, relevance, rings, checker)


def compile_expression(expression: Expression, table: str, plan: Plan, wanted: Type | None = None) -> Compiled:
    """One expression at rows of `table`; `wanted` refuses any other unit (e.g. FLAG for a 仅当).

    Raises DataErrors.
    """
    checker = plan.checker
    checker.errors.clear()
    node = checker.check(expression, table, wanted, "这里")
    if node is None:
        raise DataErrors(tuple(checker.errors))
    return Compiled(node, table, expression)


def names_used(compiled: Compiled, plan: Plan, *, deep: bool = False) -> tuple[Field, ...]:
    """The fields an expression reads, in written order; with `deep` also those behind its definitions."""
    found: dict[str, Field] = {}
    for node in graph.reached(compiled.node, plan.definitions if deep else {}):
        if isinstance(node, FieldRead):
            found.setdefault(node.field.key, node.field)
    return tuple(found.values())


def _relevance(checker: Checker, one: Field) -> Compiled | None:
    if one.relevant is None:
        return None
    node = checker.check(one.relevant, one.table, FLAG, "「仅当」")
    return Compiled(node, one.table, one.relevant) if node else None


def _programme(checker: Checker, programme: Programme) -> ProgrammePlan:
    table = programme.subject
    if table != ROOT and table not in checker.catalogue.tables:
        checker.errors.append(DataError(programme.place, f"「{programme.id}」的对象「{table}」不是一张表"))
        return ProgrammePlan(programme, False, (), (), ())
    if not programme.conditions:
        fault = DataError(programme.place, f"「{programme.id}」没有条件", "没有条件等于人人符合，请至少写一条")
        checker.errors.append(fault)
    conditions = [checker.check(one.expression, table, FLAG, f"条件「{one.id}」") for one in programme.conditions]
    amounts = [
        checker.check(one.expression, table, MONEY if one.unit == "元" else NUMBER, f"金额「{one.id}」")
        for one in programme.amounts
    ]
    materials = []
    for one in programme.materials:
        node = checker.check(one.relevant, table, FLAG, f"材料「{one.name}」的「仅当」") if one.relevant else None
        materials.append(Compiled(node, table, one.relevant) if node and one.relevant else None)
    in_force = checker.on in programme.period
    checked = tuple(node for node in conditions if node), tuple(node for node in amounts if node)
    return ProgrammePlan(programme, in_force, *checked, tuple(materials))
