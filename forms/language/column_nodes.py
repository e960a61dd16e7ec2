"""A checked node to a column: the same meaning as `closures`, over every row of a table at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from itertools import product
from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np

from forms.language import spans, tree
from forms.language.blocks import Array
from forms.language.column_rows import each, recorded_groups
from forms.language.encoding import FIRST, UNKNOWN, interned
from forms.language.span_division import divide
from forms.language.spans import Span, exactly
from forms.language.types import DAYS, NUMBERS, Type
from forms.language.values import Range
from forms.schema import Kind, Value

if TYPE_CHECKING:
    from forms.language.columns import Batch

Builder = Callable[["Batch", Any, str], Any]
SHARED = (tree.Compare, tree.Among, tree.Elapsed, tree.Each, tree.Logic, tree.ProgrammeRead, tree.StandardRead)
"""What is worked out once however often it is written, by its text and table."""


def _constant(batch: Batch, node: tree.Constant, table: str) -> Any:
    if isinstance(node.value, Range):
        return exactly(node.value.low, node.value.high)
    return encoded(batch, node.type, node.value)


def encoded(batch: Batch, kind: Type, value: Value | None) -> Any:
    """One value that is no number, as columns write it; None is not yet known."""
    if kind.kind is Kind.FLAG:
        return np.int8(0 if value is None else 1 if value else -1)
    if kind.kind in DAYS:
        return np.int32(value.toordinal() if isinstance(value, date) else UNKNOWN)
    numbers = interned(batch.plan, kind.codes)
    if kind.kind is Kind.OPTION:
        return np.int16(UNKNOWN if value is None else numbers.get(str(value), len(numbers) + FIRST))
    bits = np.zeros(len(numbers) + 1, dtype=np.uint8)
    if isinstance(value, frozenset):
        bits[[0, *(numbers[code] - FIRST + 1 for code in value if code in numbers)]] = 1
    return np.packbits(bits, bitorder="little")


def _field(batch: Batch, node: tree.FieldRead, table: str) -> Any:
    return batch.at(batch.field(node.field), table, node.climb)


def _definition(batch: Batch, node: tree.DefinitionRead, table: str) -> Any:
    return batch.at(batch.definition(node.key), table, node.climb)


def _standard(batch: Batch, node: tree.StandardRead, table: str) -> Any:
    kept: dict[int, Any] = batch.plan.workshop.setdefault("standard columns", {})
    if id(node) not in kept:
        kept[id(node)] = _looked_up(batch, node)
    found = kept[id(node)]
    if not node.index:
        return found[0] if not isinstance(found, Span) else exactly(*spans.exact_ends(found, 0))
    place: Any = 0
    for part in node.index:
        code = batch.node(part, table)
        flag = part.type.kind is Kind.FLAG
        place = place * _width(batch, part) + (
            np.asarray(code).astype(np.int32) + 1 if flag else np.asarray(code).astype(np.int32)
        )
    if isinstance(found, Span):
        return spans.taken(found, place)
    return found[place]


def _width(batch: Batch, part: tree.Node) -> int:
    return 3 if part.type.kind is Kind.FLAG else FIRST + len(interned(batch.plan, part.type.codes)) + 1


def _looked_up(batch: Batch, node: tree.StandardRead) -> Any:
    """The standard's value for each combination of what chooses its row, known or not."""
    ways = [_ways(batch, part) for part in node.index]
    found = [_possible(node, combination) for combination in product(*ways)]
    if node.type.kind in NUMBERS:
        parts = [exactly(*(pair if pair is not None else (-np.inf, np.inf))) for pair in found]
        den = float(lcm(*(int(part.den) for part in parts)))
        lo, hi = (np.array([getattr(part, end) * (den / part.den) for part in parts]) for end in ("lo", "hi"))
        most = max(part.most * (den / part.den) for part in parts)
        known = bool(np.all(lo == hi))
        return Span(lo, lo if known else hi, den, most, den, bool(lo.min() >= 0), bool(np.isfinite([lo, hi]).all()))
    return np.array([encoded(batch, node.type, pair[0] if pair is not None else None) for pair in found])


def _ways(batch: Batch, part: tree.Node) -> list[tuple[Value, ...]]:
    """For each code of what chooses a row, the values it may stand for."""
    if part.type.kind is Kind.FLAG:
        return [(False,), (True, False), (True,)]
    options = batch.plan.checker.scope.options(part.type.codes)
    usable = tuple(option.code for option in options if not option.retired)
    return [usable, ("",), *((option.code,) for option in options), ("",)]


def _possible(node: tree.StandardRead, combination: tuple[tuple[Value, ...], ...]) -> tuple[Any, Any] | None:
    """The least and the greatest value a standard may have; None when one is missing, or plain values differ."""
    values = [node.cells.get(key) for key in product(*combination)]
    if not values or any(value is None for value in values):
        return None
    if node.type.kind in NUMBERS:
        return min(values), max(values)  # type: ignore[type-var]
    return (values[0], values[0]) if all(value == values[0] for value in values) else None


def _logic(batch: Batch, node: tree.Logic, table: str) -> Any:
    pick = np.minimum if node.sign == "且" else np.maximum
    found = batch.node(node.operands[0], table)
    for operand in node.operands[1:]:
        found = pick(found, batch.node(operand, table))
    return found


def _not(batch: Batch, node: tree.Not, table: str) -> Any:
    return -batch.node(node.operand, table)


def _compare(batch: Batch, node: tree.Compare, table: str) -> Any:
    left, right, sign = batch.node(node.left, table), batch.node(node.right, table), node.sign
    if sign in ">≥":
        left, right, sign = right, left, {">": "<", "≥": "≤"}[sign]
    if node.left.type.is_number:
        doubt = batch.doubt(table)
        return -spans.compared("=", left, right, doubt) if sign == "≠" else spans.compared(sign, left, right, doubt)
    if node.left.type.kind is Kind.FLAG:
        truth = np.where((left == 0) | (right == 0), 0, np.where(left == right, 1, -1)).astype(np.int8)
        return truth if sign == "=" else -truth
    test = {"=": np.equal, "≠": np.not_equal, "<": np.less, "≤": np.less_equal}[sign]
    said = np.where(test(left, right), np.int8(1), np.int8(-1))
    return np.where((left == UNKNOWN) | (right == UNKNOWN), np.int8(0), said)


def _among(batch: Batch, node: tree.Among, table: str) -> Any:
    item, choices = batch.node(node.item, table), batch.node(node.choices, table)
    yes = np.int8(-1 if node.negated else 1)
    if choices.ndim == 1:
        return _membership(choices, len(interned(batch.plan, node.item.type.codes)) + FIRST + 1, yes)[item]
    bit = np.maximum(np.broadcast_to(item, len(choices)).astype(np.int64) - FIRST + 1, 0)
    bytes_ = np.take_along_axis(choices, np.minimum(bit >> 3, choices.shape[1] - 1)[:, None], axis=1)[:, 0]
    inside = ((bytes_ >> (bit & 7)) & 1).astype(bool) & (bit > 0) & (bit >> 3 < choices.shape[1])
    said = np.where(inside, yes, -yes)
    known = (choices[:, 0] & 1).astype(bool)
    empty = (choices[:, 0] == 1) & ~choices[:, 1:].any(axis=1)
    return np.where(~known, np.int8(0), np.where(empty, -yes, np.where(item == UNKNOWN, np.int8(0), said)))


def _membership(choices: Array, size: int, yes: np.int8) -> Array:
    """The answer for each code of the item, for one set that holds for every row."""
    bits = np.unpackbits(choices, bitorder="little")
    if not bits[0]:
        return np.zeros(size, dtype=np.int8)
    found = np.full(size, -yes, dtype=np.int8)
    members = np.flatnonzero(bits[1:]) + FIRST
    found[members[members < size]] = yes
    if bits[1:].any():
        found[UNKNOWN] = 0
    return found


def _arithmetic(batch: Batch, node: tree.Arithmetic, table: str) -> Span:
    left, right = batch.node(node.left, table), batch.node(node.right, table)
    operate = {"+": spans.add, "-": spans.subtract, "*": spans.multiply, "/": divide}[node.sign]
    return operate(left, right, batch.doubt(table))


def _choose(batch: Batch, node: tree.Choose, table: str) -> Any:
    truth = batch.node(node.condition, table)
    yes, no = batch.node(node.yes, table), batch.node(node.no, table)
    if node.type.is_number:
        return spans.chosen(truth, yes, no, batch.doubt(table))
    if node.type.kind is Kind.OPTIONS:
        truth = np.broadcast_to(truth, batch.columns.size(table))[:, None]
        same = np.broadcast_to((np.asarray(yes) == np.asarray(no)).all(axis=-1), len(truth))[:, None]
    else:
        same = yes == no
    either = np.where(same, yes, np.zeros_like(yes))
    return np.where(truth > 0, yes, np.where(truth < 0, no, either))


def _extreme(batch: Batch, node: tree.Extreme, table: str) -> Span:
    found: Span = batch.node(node.operands[0], table)
    for operand in node.operands[1:]:
        found = spans.extreme(found, batch.node(operand, table), batch.doubt(table), largest=node.largest)
    return found


def _round(batch: Batch, node: tree.Round, table: str) -> Span:
    return spans.rounded(batch.node(node.operand, table), batch.node(node.unit, table), batch.doubt(table))


def _elapsed(batch: Batch, node: tree.Elapsed, table: str) -> Span:
    day = np.asarray(batch.node(node.day, table))
    counts = elapsed_by_day(batch.plan.on.toordinal(), years=node.years)
    most = float(counts[1])
    lo = counts[np.clip(day, 1, len(counts) - 1)]
    if not np.any(day == UNKNOWN):
        return Span(lo, lo, most=most, natural=True, finite=True)
    return Span(np.where(day == UNKNOWN, 0.0, lo), np.where(day == UNKNOWN, np.inf, lo), most=most, natural=True)


@lru_cache(maxsize=8)
def elapsed_by_day(on: int, *, years: bool) -> Array:
    """Full years or full months from each day (by ordinal) to the day `on`; the last one is 0, so is every later day."""
    days = np.arange(on + 1).astype("datetime64[D]") - np.timedelta64(719_163, "D")
    month = days.astype("datetime64[M]").astype(np.int64)
    day = (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    months = month[-1] - month - (day[-1] < day)
    counts: Array = np.maximum(months // 12 if years else months, 0).astype(np.float64)
    return counts


def _programme(batch: Batch, node: tree.ProgrammeRead, table: str) -> Any:
    subject = batch.plan.programmes[node.programme].programme.subject
    if node.what == "金额":
        return batch.at(_paid(batch, node, subject), table, node.climb)
    recorded = np.int8(-1) if node.what == "资格" else recorded_groups(batch, node.programme, subject)
    would = np.int8(-1) if node.what == "在享" else batch.programme(node.programme)
    return batch.at(np.maximum(recorded, would), table, node.climb)


def _paid(batch: Batch, node: tree.ProgrammeRead, subject: str) -> Span:
    doubt, total = batch.doubt(subject), spans.ZERO
    for line in node.lines:
        total = spans.add(total, batch.amount(node.programme, line), doubt)
    return spans.chosen(batch.programme(node.programme), total, spans.ZERO, doubt)


BUILDERS: dict[type[tree.Node], Builder] = {
    tree.Constant: _constant, tree.FieldRead: _field, tree.DefinitionRead: _definition, tree.StandardRead: _standard,
    tree.Logic: _logic, tree.Not: _not, tree.Compare: _compare, tree.Among: _among, tree.Arithmetic: _arithmetic,
    tree.Choose: _choose, tree.Extreme: _extreme, tree.Round: _round, tree.Elapsed: _elapsed, tree.Each: each,
    tree.ProgrammeRead: _programme,
}  # fmt: skip
