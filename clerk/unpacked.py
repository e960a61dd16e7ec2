"""Packed records back into columns for the batch evaluator, and single ones back into a household."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import Any

import numpy as np

from clerk.household import Household, Row
from clerk.packed import STAMP, Column, Layout, Shape
from forms.language.blocks import Array, Block, Columns
from forms.language.encoding import FIRST, SCALE, interned
from forms.language.plan import Plan
from forms.schema import ROOT, Kind, Value


def columns_of(records: Sequence[bytes], layout: Layout) -> Columns:
    """Records of this layout side by side, in their order. ValueError for a record of another layout."""
    joined = b"".join(records)
    ends = np.fromiter(accumulate(map(len, records)), dtype=np.int64, count=len(records))
    starts = ends - np.fromiter(map(len, records), dtype=np.int64, count=len(records))
    head = _structs(joined, starts, _head_type(layout))
    if (head["stamp"] != np.frombuffer(layout.stamp, dtype=f"V{STAMP}")).any():
        raise ValueError("a packed record of another layout")
    at = starts + layout.head.size
    blocks: dict[str, Block] = {}
    closed: dict[str, Array] = {}
    for place, shape in enumerate(layout.shapes):
        counts = head["counts"][:, place].astype(np.int64)
        blocks[shape.table] = _block(joined, at, counts, shape, blocks)
        closed[shape.table] = (head["closed"] >> np.uint64(place)) & np.uint64(1) == 1
        at = at + counts * shape.row.size
    return Columns(len(records), blocks, closed)


def is_of(record: bytes | None, layout: Layout) -> bool:
    """Whether a record was written by this layout."""
    return record is not None and record[:STAMP] == layout.stamp


def household_of(record: bytes, layout: Layout, plan: Plan) -> Household:
    """What a record holds as a household; row keys are their digests, so that references between rows still hold."""
    _, closed, *counts = layout.head.unpack_from(record)
    at = layout.head.size
    answers: dict[str, Value] = {}
    keys: dict[str, list[str]] = {}
    tables: dict[str, tuple[Row, ...]] = {}
    for shape, count in zip(layout.shapes, counts, strict=True):
        rows = [shape.row.unpack_from(record, at + number * shape.row.size) for number in range(count)]
        at += count * shape.row.size
        lead = len(shape.lead)
        told = [_told(shape.columns, row[lead:], plan) for row in rows]
        if shape.table == ROOT:
            answers = told[0]
            continue
        keys[shape.table] = [f"{row[0]:x}" if shape.keyed else str(place) for place, row in enumerate(rows)]
        owners = [keys[shape.owner][row[lead - 1]] if shape.owner else "" for row in rows]
        tables[shape.table] = tuple(map(Row, keys[shape.table], owners, told))
    complete = (shape.table for place, shape in enumerate(layout.shapes) if closed >> place & 1)
    return Household(answers, tables, frozenset(complete))


def _head_type(layout: Layout) -> np.dtype[Any]:
    return np.dtype([("stamp", f"V{STAMP}"), ("closed", "<u8"), ("counts", "<u2", (len(layout.shapes),))])


def _structs(joined: bytes, at: Array, kind: np.dtype[Any]) -> Array:
    """The structures of one kind that start at the places `at`: one copy each, wherever they lie."""
    if not len(at):
        return np.empty(0, dtype=kind)
    anywhere = np.ndarray((len(joined) - kind.itemsize + 1,), dtype=f"V{kind.itemsize}", buffer=joined, strides=(1,))
    return anywhere[at].view(kind)


def _block(joined: bytes, at: Array, counts: Array, shape: Shape, blocks: dict[str, Block]) -> Block:
    total = int(counts.sum())
    household = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    kind = _row_type(shape)
    if not kind.itemsize:
        return Block(total, household, None, {})
    rows = _structs(joined, at[household] + within * kind.itemsize, kind)
    fields = {one.field.id: rows[one.field.id] for one in shape.columns}
    owner = None
    if shape.owner:
        above = blocks[shape.owner].household
        first = np.searchsorted(above, np.arange(len(counts)))
        owner = first[household] + rows["·owner"]
    return Block(total, household, owner, fields, rows["·key"] if shape.keyed else None)


def _row_type(shape: Shape) -> np.dtype[Any]:
    lead = [("·key", "<u8")] * shape.keyed + [("·owner", "<u2")] * bool(shape.owner)
    return np.dtype([*lead, *(_numpy(one) for one in shape.columns)])


def _numpy(column: Column) -> Any:
    if column.field.kind is Kind.OPTIONS:
        return column.field.id, "u1", (column.width,)
    return column.field.id, "<" + column.code


def _told(columns: Sequence[Column], row: Sequence[Any], plan: Plan) -> dict[str, Value]:
    told = {one.field.id: _answer(one, raw, plan) for one, raw in zip(columns, row, strict=True)}
    return {name: value for name, value in told.items() if value is not None}


def _answer(column: Column, raw: Any, plan: Plan) -> Value | None:
    kind = column.field.kind
    if kind in (Kind.MONEY, Kind.INTEGER, Kind.NUMBER):
        if raw == -(1 << (8 * column.width - 1)):
            return None
        return Fraction(raw, SCALE) if kind is Kind.NUMBER else int(raw)
    if kind is Kind.OPTIONS:
        bits = int.from_bytes(raw, "little")
        codes = interned(plan, column.field.codes)
        return (
            frozenset(code for code, number in codes.items() if bits >> (number - FIRST + 1) & 1) if bits & 1 else None
        )
    if raw == 0:
        return None
    return _plain(column, raw, plan)


def _plain(column: Column, raw: Any, plan: Plan) -> Value:
    kind = column.field.kind
    if kind is Kind.FLAG:
        return bool(raw > 0)
    if kind is Kind.MEMBER:
        return f"{raw:x}"
    if kind is Kind.OPTION:
        return str(list(interned(plan, column.field.codes))[raw - FIRST])
    return date.fromordinal(int(raw))
