"""Answers of many households as the rules see them: unknown by kind, `not applicable` once a 仅当 is no."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from forms.language.blocks import Array
from forms.language.bounds import domain
from forms.language.encoding import NOTHING, SCALE, UNKNOWN
from forms.language.spans import Span, exactly, level
from forms.language.types import DAYS, NUMBERS
from forms.schema import Field, Kind

if TYPE_CHECKING:
    from forms.language.columns import Batch


def answers(batch: Batch, field: Field) -> Any:
    """One field at every row of its table."""
    raw = batch.columns.blocks[field.table].fields[field.id]
    truth = batch.relevance(field)
    if field.kind in NUMBERS:
        return _numbers(batch, field, raw, truth)
    if truth is None:
        return raw
    if field.kind is Kind.FLAG:
        return np.where(truth < 0, np.int8(-1), raw)
    if field.kind is Kind.OPTIONS:
        nothing = np.zeros(raw.shape[1], dtype=np.uint8)
        nothing[0] = 1
        return np.where(np.broadcast_to(truth, len(raw))[:, None] < 0, nothing, raw)
    return np.where(truth < 0, raw.dtype.type(UNKNOWN if field.kind in DAYS else NOTHING), raw)


def _numbers(batch: Batch, field: Field, raw: Array, truth: Any) -> Span:
    unknown = raw == np.iinfo(raw.dtype).min
    value = raw.astype(np.float64)
    some = bool(unknown.any())
    if some:
        value[unknown] = 0.0
    told = _told(value, float(SCALE) if field.kind is Kind.NUMBER else 1.0)
    if some:
        told = _spread(batch, field, told, (unknown, truth))
    if truth is None:
        return told
    beside = truth < 0
    lo = np.where(beside, 0.0, told.lo)
    return replace(told, lo=lo, hi=lo if told.known else np.where(beside, 0.0, told.hi))


def _told(value: Array, den: float) -> Span:
    if not value.size:
        return Span(value, value, den, thick=den, natural=True, finite=True)
    least, most = float(value.min()), float(value.max())
    return Span(value, value, den, max(-least, most), den, natural=least >= 0, finite=True)


def _spread(batch: Batch, field: Field, told: Span, holes: tuple[Array, Any]) -> Span:
    """Unanswered rows may be anything the question allows, zero as well while it may not arise."""
    unknown, truth = holes
    told, wide = level(told, exactly(*(domain(field) or (-inf, inf))), batch.doubt(field.table))
    low, high = wide.lo, wide.hi
    if truth is not None:
        low, high = np.where(truth == 0, min(low, 0.0), low), np.where(truth == 0, max(high, 0.0), high)
    lo, hi = np.where(unknown, low, told.lo), np.where(unknown, high, told.hi)
    natural, finite = told.natural and wide.lo >= 0, told.finite and wide.finite
    return replace(told, lo=lo, hi=hi, most=max(told.most, wide.most), natural=natural, finite=finite)
