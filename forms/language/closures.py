"""A checked node to a closure over (cells, row): truth is `bool | None`, a number a pair, anything else its value or None."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Any

from forms.language import ranges, tree
from forms.language.bounds import options_of
from forms.language.cells import Cells
from forms.language.quantifiers import each, in_force
from forms.language.ranges import ANY, FROM_ZERO, Pair, Truth, hull
from forms.language.results import Answer
from forms.language.rows import step
from forms.language.types import NUMBERS, Type
from forms.language.values import Range, Verdict
from forms.schema import Value

if TYPE_CHECKING:
    from forms.language.live import Live

_VERDICTS = {True: Verdict.YES, False: Verdict.NO, None: Verdict.UNKNOWN}
Closure = Callable[[Cells, str], Any]


def build(live: Live, node: tree.Node) -> Closure:
    """The closure of any node."""
    return _BUILDERS[type(node)](live, node)


def value_of(kind: Type, value: Range | Value | None) -> Any:
    """A plain value as closures pass it: numbers as pairs."""
    if isinstance(value, Range):
        return value.low, value.high
    if kind.kind in NUMBERS and value is not None:
        return value, value
    return value


def answer(kind: Type, value: Any) -> Answer:
    """A closure's value as the rest of the house knows it: numbers as ranges."""
    if kind.kind in NUMBERS:
        return Range(*value)
    found: Answer = value
    return found


def verdict_of(truth: Truth) -> Verdict:
    """The answer as the window shows it."""
    return _VERDICTS[truth]


def years(day: date, on: date) -> int:
    """Full years by birthday, 29 February counting as 1 March in common years; 0 before birth."""
    return max(0, on.year - day.year - ((on.month, on.day) < (day.month, day.day)))


def months(day: date, on: date) -> int:
    """Full months from a day; a day that a month does not have counts as the first of the next; 0 before it."""
    return max(0, (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day))


def _constant(live: Live, node: tree.Constant) -> Closure:
    value = value_of(node.type, node.value)
    return lambda cells, row: value


def _field(live: Live, node: tree.FieldRead) -> Closure:
    return _at(live.field(node.field), node.climb)


def _definition(live: Live, node: tree.DefinitionRead) -> Closure:
    return _at(live.definition(node.key), node.climb)


def _at(slot: Any, climb: tree.Climb) -> Closure:
    if climb is None:
        return lambda cells, row: cells.read(slot, "")
    if not climb:
        return lambda cells, row: cells.read(slot, row)
    outward = step(climb)
    return lambda cells, row: cells.read(slot, outward(cells, row))


def _standard(live: Live, node: tree.StandardRead) -> Closure:
    number = node.type.kind in NUMBERS
    unknown = ANY if number else None
    values = {key: value_of(node.type, cell) for key, cell in node.cells.items()}
    if not node.index:
        value = values.get((), unknown)
        return lambda cells, row: value
    index = [live.closure(part) for part in node.index]
    options = [options_of(live.plan, part) for part in node.index]

    def compute(cells: Cells, row: str) -> Any:
        key = tuple(part(cells, row) for part in index)
        if None not in key:
            return values.get(key, unknown)
        possible = _spread(key, options)
        found = [values[one] for one in possible if one in values]
        if not found or len(found) < len(possible):
            return unknown
        if number:
            return min(low for low, _ in found), max(high for _, high in found)
        return found[0] if all(one == found[0] for one in found) else None

    return compute


def _spread(key: tuple[Value | None, ...], options: list[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
    found: list[tuple[Value, ...]] = [()]
    for part, choices in zip(key, options, strict=True):
        found = [(*start, end) for start in found for end in (choices if part is None else (part,))]
    return found


def _logic(live: Live, node: tree.Logic) -> Closure:
    operands = [live.closure(part) for part in node.operands]
    decisive = node.sign == "或"

    def compute(cells: Cells, row: str) -> Truth:
        result: Truth = not decisive
        for operand in operands:
            truth = operand(cells, row)
            if truth is decisive:
                return bool(truth)
            if truth is None:
                result = None
        return result

    return compute


def _not(live: Live, node: tree.Not) -> Closure:
    operand = live.closure(node.operand)

    def compute(cells: Cells, row: str) -> Truth:
        truth = operand(cells, row)
        return None if truth is None else not truth

    return compute


def _compare(live: Live, node: tree.Compare) -> Closure:
    left, right, sign = live.closure(node.left), live.closure(node.right), node.sign
    if not node.left.type.is_number:
        test: Callable[[Any, Any], bool] = {"=": eq, "≠": ne, "<": lt, "≤": le, ">": gt, "≥": ge}[sign]

        def plain(cells: Cells, row: str) -> Truth:
            a = left(cells, row)
            b = right(cells, row)
            if a is None or b is None:
                return None
            return bool(test(a, b))

        return plain
    if sign in ">≥":
        left, right, sign = right, left, {">": "<", "≥": "≤"}[sign]
    if sign == "≠":

        def differ(cells: Cells, row: str) -> Truth:
            same = ranges.equal(left(cells, row), right(cells, row))
            return None if same is None else not same

        return differ
    compare = {"<": ranges.less, "≤": ranges.at_most, "=": ranges.equal}[sign]
    return lambda cells, row: compare(left(cells, row), right(cells, row))


def _among(live: Live, node: tree.Among) -> Closure:
    item, choices, wanted = live.closure(node.item), live.closure(node.choices), not node.negated

    def compute(cells: Cells, row: str) -> Truth:
        allowed = choices(cells, row)
        if allowed is None:
            return None
        if not allowed:
            return not wanted
        chosen = item(cells, row)
        return None if chosen is None else (chosen in allowed) is wanted

    return compute


def _arithmetic(live: Live, node: tree.Arithmetic) -> Closure:
    left, right = live.closure(node.left), live.closure(node.right)
    signs = {"+": ranges.add, "-": ranges.subtract, "*": ranges.multiply, "/": ranges.divide}
    operate = signs[node.sign]
    return lambda cells, row: operate(left(cells, row), right(cells, row))


def _choose(live: Live, node: tree.Choose) -> Closure:
    condition, yes, no = live.closure(node.condition), live.closure(node.yes), live.closure(node.no)
    number = node.type.is_number

    def compute(cells: Cells, row: str) -> Any:
        truth = condition(cells, row)
        if truth is not None:
            return yes(cells, row) if truth else no(cells, row)
        a, b = yes(cells, row), no(cells, row)
        if number:
            return hull(a, b)
        return a if a == b else None

    return compute


def _extreme(live: Live, node: tree.Extreme) -> Closure:
    operands = [live.closure(part) for part in node.operands]
    pick = ranges.largest if node.largest else ranges.smallest

    def compute(cells: Cells, row: str) -> Pair:
        result: Pair = operands[0](cells, row)
        for operand in operands[1:]:
            result = pick(result, operand(cells, row))
        return result

    return compute


def _round(live: Live, node: tree.Round) -> Closure:
    operand, unit = live.closure(node.operand), live.closure(node.unit)
    return lambda cells, row: ranges.round_to(operand(cells, row), unit(cells, row))


def _elapsed(live: Live, node: tree.Elapsed) -> Closure:
    day, on, count = live.closure(node.day), live.plan.on, years if node.years else months

    def compute(cells: Cells, row: str) -> Pair:
        found = day(cells, row)
        if found is None:
            return FROM_ZERO
        number = count(found, on)
        return number, number

    return compute


def _each(live: Live, node: tree.Each) -> Closure:
    return each(live, node)


def _programme(live: Live, node: tree.ProgrammeRead) -> Closure:
    outward = step(node.climb)
    if node.what == "金额":
        paid = live.paid(node.programme, node.lines)
        return lambda cells, row: paid(cells, outward(cells, row))
    recorded = in_force(live, node)
    if node.what == "在享":
        return lambda cells, row: recorded(cells, outward(cells, row))
    verdict = live.programme(node.programme)
    if node.what == "资格":
        return lambda cells, row: cells.read(verdict, outward(cells, row))

    def either(cells: Cells, row: str) -> Truth:
        subject = outward(cells, row)
        status = recorded(cells, subject)
        if status:
            return True
        truth: Truth = cells.read(verdict, subject)
        return truth if truth or status is False else None

    return either


_BUILDERS: dict[type[tree.Node], Callable[[Live, Any], Closure]] = {
    tree.Constant: _constant, tree.FieldRead: _field, tree.DefinitionRead: _definition, tree.StandardRead: _standard,
    tree.Logic: _logic, tree.Not: _not, tree.Compare: _compare, tree.Among: _among, tree.Arithmetic: _arithmetic,
    tree.Choose: _choose, tree.Extreme: _extreme, tree.Round: _round, tree.Elapsed: _elapsed, tree.Each: _each,
    tree.ProgrammeRead: _programme,
}  # fmt: skip
