"""What a number can be in any household at all: decides whether rows yet to come may lower a sum."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, prod
from typing import TYPE_CHECKING, Any

from forms.language import ranges, tree
from forms.language.ranges import ANY, FROM_ZERO, ZERO, Pair
from forms.language.types import NUMBERS
from forms.language.values import Range
from forms.schema import Field, Kind, Value

if TYPE_CHECKING:
    from forms.language.plan import Plan


def bounds(plan: Plan, node: tree.Node) -> Pair:
    """The widest range of a number node, whatever is answered."""
    builder = _BOUNDS.get(type(node))
    return builder(plan, node) if builder else ANY


def domain(field: Field) -> Pair | None:
    """What an unanswered field may be: a pair for numbers, from zero up unless the form says otherwise."""
    if field.kind not in NUMBERS:
        return None
    low: Any = 0 if field.low is None else field.low
    high: Any = inf if field.high is None else field.high
    return low, high


def _field(plan: Plan, node: tree.FieldRead) -> Pair:
    found = domain(node.field) or ANY
    return ranges.hull(found, ZERO) if node.field.key in plan.relevance else found


def _standard(plan: Plan, node: tree.StandardRead) -> Pair:
    values: list[Any] = list(node.cells.values())
    full = len(values) == prod(len(options_of(plan, part)) for part in node.index)
    return (min(values), max(values)) if values and full else ANY


def options_of(plan: Plan, node: tree.Node) -> tuple[Value, ...]:
    """Everything an index of a standard may turn out to be."""
    if node.type.kind is Kind.FLAG:
        return (True, False)
    options = plan.checker.scope.options(node.type.codes)
    return tuple(option.code for option in options if not option.retired)


def _constant(plan: Plan, node: tree.Constant) -> Pair:
    return (node.value.low, node.value.high) if isinstance(node.value, Range) else ANY


def _arithmetic(plan: Plan, node: tree.Arithmetic) -> Pair:
    signs = {"+": ranges.add, "-": ranges.subtract, "*": ranges.multiply, "/": ranges.divide}
    return signs[node.sign](bounds(plan, node.left), bounds(plan, node.right))


def _choose(plan: Plan, node: tree.Choose) -> Pair:
    return ranges.hull(bounds(plan, node.yes), bounds(plan, node.no))


def _extreme(plan: Plan, node: tree.Extreme) -> Pair:
    pick = ranges.largest if node.largest else ranges.smallest
    found = [bounds(plan, part) for part in node.operands]
    result = found[0]
    for other in found[1:]:
        result = pick(result, other)
    return result


def _round(plan: Plan, node: tree.Round) -> Pair:
    return ranges.round_to(bounds(plan, node.operand), bounds(plan, node.unit))


def _each(plan: Plan, node: tree.Each) -> Pair:
    if node.number is None:
        return FROM_ZERO
    low, high = bounds(plan, node.number)
    return (-inf if low < 0 else 0), (inf if high > 0 else 0)


def _paid(plan: Plan, node: tree.ProgrammeRead) -> Pair:
    total = ZERO
    for line in node.lines:
        total = ranges.add(total, bounds(plan, plan.programmes[node.programme].amounts[line]))
    return ranges.hull(total, ZERO)


_BOUNDS: dict[type[tree.Node], Callable[[Plan, Any], Pair]] = {
    tree.FieldRead: _field, tree.StandardRead: _standard, tree.Constant: _constant, tree.Arithmetic: _arithmetic,
    tree.DefinitionRead: lambda plan, node: bounds(plan, plan.definitions[node.key]), tree.Choose: _choose,
    tree.Extreme: _extreme, tree.Round: _round, tree.Elapsed: lambda plan, node: FROM_ZERO, tree.Each: _each,
    tree.ProgrammeRead: _paid,
}  # fmt: skip
