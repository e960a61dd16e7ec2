"""Exact number ranges of many rows at once: whole-number ends over a common denominator, in float64 below 2^53.

Every end is a whole number (or ±∞) over a positive whole denominator, so that a comparison by cross-multiplication is
exact, boundaries included. A row that would leave the exact whole numbers of float64 is reported to `doubt`, and
somebody else must judge it. Same rules as `ranges`: 0 * ∞ is 0, ∞ - ∞ is any number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf, isinf, lcm
from typing import Any

import numpy as np

from forms.language.values import Number

Ends = Any
"""One float, or a float64 array with one end a row."""
Doubt = Callable[[Any], None]
"""Told a mask of rows whose numbers are no longer exact."""
LIMIT = 2.0**53


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """`lo`/`den` to `hi`/`den` a row; the same object twice when every row is known.

    `most` and `thick` bound the finite ends and the denominators; `natural` says that nothing is below zero, `finite`
    that no end is open.
    """

    lo: Ends
    hi: Ends
    den: Ends = 1.0
    most: float = 0.0
    thick: float = 1.0
    natural: bool = False
    finite: bool = False

    @property
    def known(self) -> bool:
        """True when every row has one possible number."""
        return self.lo is self.hi


def exactly(low: Number, high: Number) -> Span:
    """The same range for every row."""
    parts = [Fraction(end) for end in (low, high) if not isinf(end)]
    den = lcm(*(part.denominator for part in parts))
    lo, hi = (float(end) if isinf(end) else float(end * den) for end in (low, high))
    most = max((abs(float(part * den)) for part in parts), default=0.0)
    ends = (lo, lo) if lo == hi and not isinf(lo) else (lo, hi)
    return Span(*ends, float(den), most, float(den), natural=lo >= 0, finite=len(parts) == 2)


ZERO = exactly(0, 0)


def taken(span: Span, index: Any) -> Span:
    """The span at other rows: one of these rows for each place of `index`."""
    lo = _taken(span.lo, index)
    hi = lo if span.known else _taken(span.hi, index)
    return replace(span, lo=lo, hi=hi, den=_taken(span.den, index))


def reduced(span: Span) -> Span:
    """The same numbers over the smallest denominators, with bounds taken from the rows themselves."""
    lo, hi = np.asarray(span.lo), np.asarray(span.hi)
    parts = [np.where(np.abs(end) < LIMIT, end, 0).astype(np.int64) for end in (lo, hi, np.asarray(span.den))]
    shared = np.gcd(np.gcd(parts[0], parts[1]), parts[2]).astype(np.float64)
    shared = np.where((shared == 0) | _spoilt(lo) | _spoilt(hi) | _spoilt(span.den), 1.0, shared)
    lo = lo / shared
    hi = lo if span.known else hi / shared
    den = span.den / shared
    return replace(span, lo=lo, hi=hi, den=den, most=max(_size(lo), _size(hi)), thick=_size(den))


def add(a: Span, b: Span, doubt: Doubt) -> Span:
    """The sum."""
    a, b = level(a, b, doubt)
    lo = a.lo + b.lo
    hi = lo if a.known and b.known else a.hi + b.hi
    finite = a.finite and b.finite
    if not finite:
        lo, hi = tamed(lo, hi)
    found = Span(lo, hi, a.den, a.most + b.most, a.thick, natural=a.natural and b.natural, finite=finite)
    return settled(found, doubt)


def negated(a: Span) -> Span:
    """The number below zero."""
    lo = -a.hi
    return replace(a, lo=lo, hi=lo if a.known else -a.lo, natural=False)


def subtract(a: Span, b: Span, doubt: Doubt) -> Span:
    """The difference."""
    return add(a, negated(b), doubt)


def multiply(a: Span, b: Span, doubt: Doubt) -> Span:
    """The product."""
    if a.most * b.most >= LIMIT or a.thick * b.thick >= LIMIT:
        a, b = reduced(a), reduced(b)
    finite = a.finite and b.finite
    if a.known and b.known:
        lo = hi = times(a.lo, b.lo, finite=finite)
    elif a.natural and b.natural:
        lo, hi = times(a.lo, b.lo, finite=finite), times(a.hi, b.hi, finite=finite)
    else:
        ends = [times(x, y, finite=finite) for x in (a.lo, a.hi) for y in (b.lo, b.hi)]
        lo = np.minimum(np.minimum(ends[0], ends[1]), np.minimum(ends[2], ends[3]))
        hi = np.maximum(np.maximum(ends[0], ends[1]), np.maximum(ends[2], ends[3]))
    found = Span(
        lo, hi, a.den * b.den, a.most * b.most, a.thick * b.thick, natural=a.natural and b.natural, finite=finite
    )
    return settled(found, doubt)


def hull(a: Span, b: Span, doubt: Doubt) -> Span:
    """The smallest range that holds both."""
    a, b = level(a, b, doubt)
    return _joined(a, b, np.minimum(a.lo, b.lo), np.maximum(a.hi, b.hi))


def extreme(a: Span, b: Span, doubt: Doubt, *, largest: bool) -> Span:
    """取大 or 取小."""
    a, b = level(a, b, doubt)
    pick = np.maximum if largest else np.minimum
    lo = pick(a.lo, b.lo)
    found = _joined(a, b, lo, lo if a.known and b.known else pick(a.hi, b.hi))
    return replace(found, natural=(a.natural or b.natural) if largest else found.natural)


def chosen(truth: Any, yes: Span, no: Span, doubt: Doubt) -> Span:
    """One or the other by truth, what holds both where that is not known."""
    yes, no = level(yes, no, doubt)
    lo = np.where(truth > 0, yes.lo, np.where(truth < 0, no.lo, np.minimum(yes.lo, no.lo)))
    if yes.known and no.known and np.all(truth != 0):
        return _joined(yes, no, lo, lo)
    return _joined(yes, no, lo, np.where(truth > 0, yes.hi, np.where(truth < 0, no.hi, np.maximum(yes.hi, no.hi))))


def rounded(a: Span, unit: Span, doubt: Doubt) -> Span:
    """Half up to a multiple of `unit`; when the unit is not known or not positive, only the sign is kept."""
    if 2 * a.most * unit.thick + a.thick * unit.most >= LIMIT or 2 * a.thick * unit.most >= LIMIT:
        a, unit = reduced(a), reduced(unit)
    usable = (unit.lo == unit.hi) & (unit.lo > 0) & np.isfinite(unit.lo)
    lo = _rounded(a, a.lo, unit, doubt)
    hi = lo if a.known else _rounded(a, a.hi, unit, doubt)
    if not np.all(usable):
        hi = np.where(usable, hi, inf)
        lo = np.where(usable, lo, np.where(a.lo >= 0, 0.0, -inf))
    bound = a.most * max(unit.thick, 1.0) + unit.most
    found = Span(lo, hi, unit.den, bound, unit.thick, natural=a.natural, finite=a.finite and bool(np.all(usable)))
    return settled(found, doubt)


def compared(sign: str, a: Span, b: Span, doubt: Doubt) -> Any:
    """`a` = / < / ≤ `b` as −1 / 0 / 1."""
    a, b = level(a, b, _ignore)
    if a.most >= LIMIT or b.most >= LIMIT:
        _doubt_ties(a, b, doubt)
    if sign == "=":
        yes = (a.lo == a.hi) & (b.lo == b.hi) & (a.lo == b.lo)
        return _truth(yes, (a.hi < b.lo) | (b.hi < a.lo))
    if sign == "<":
        return _truth(a.hi < b.lo, a.lo >= b.hi)
    return _truth(a.hi <= b.lo, a.lo > b.hi)


def level(a: Span, b: Span, doubt: Doubt) -> tuple[Span, Span]:
    """Both over one denominator."""
    if a.den is b.den or (isinstance(a.den, float) and isinstance(b.den, float) and a.den == b.den):
        return a, b
    if a.most * b.thick >= LIMIT or b.most * a.thick >= LIMIT or a.thick * b.thick >= LIMIT:
        a, b = reduced(a), reduced(b)
    den, fa, fb = _shared(a.den, b.den)
    thick = float(den) if isinstance(den, float) else a.thick * b.thick
    doubt_large(den, thick, doubt)
    return _scaled(a, fa, b.thick, doubt, den=den, thick=thick), _scaled(b, fb, a.thick, doubt, den=den, thick=thick)


def settled(span: Span, doubt: Doubt) -> Span:
    """The span with its bounds checked against the rows when they have grown too wide."""
    if span.most < LIMIT and span.thick < LIMIT:
        return span
    most = doubt_large(span.lo, span.most, doubt)
    most = max(most, doubt_large(span.hi, span.most, doubt)) if not span.known else most
    return replace(span, most=most, thick=doubt_large(span.den, span.thick, doubt))


def doubt_large(ends: Ends, bound: float, doubt: Doubt) -> float:
    """Report the rows that are no exact whole number any more; the bound of the others."""
    if bound < LIMIT:
        return bound
    doubt(np.isfinite(ends) & (np.abs(ends) >= LIMIT) | np.isnan(ends))
    return min(_size(ends), LIMIT)


def tamed(lo: Ends, hi: Ends) -> tuple[Ends, Ends]:
    """∞ - ∞ is any number."""
    wild = ~(lo <= hi)
    return (np.where(wild, -inf, lo), np.where(wild, inf, hi)) if np.any(wild) else (lo, hi)


def times(x: Ends, y: Ends, *, finite: bool) -> Ends:
    """The product, 0 * ∞ being 0."""
    product = x * y
    return product if finite else np.where(np.isnan(product), 0.0, product)


def exact_ends(span: Span, row: int) -> tuple[Number, Number]:
    """The two ends of one row as exact numbers."""
    den = int(span.den[row] if np.ndim(span.den) else span.den)
    found = [float(end[row] if np.ndim(end) else end) for end in (span.lo, span.hi)]
    low, high = (end if isinf(end) else Fraction(int(end), den) for end in found)
    return low, high


def _shared(a: Ends, b: Ends) -> tuple[Ends, Ends, Ends]:
    """One denominator for two, and what each numerator is multiplied by."""
    if isinstance(a, float) and isinstance(b, float):
        den = float(lcm(int(a), int(b)))
        return den, den / a, den / b
    if isinstance(a, float) and a == 1.0:
        return b, b, 1.0
    if isinstance(b, float) and b == 1.0:
        return a, 1.0, a
    return a * b, b, a


def _scaled(span: Span, factor: Ends, bound: float, doubt: Doubt, *, den: Ends, thick: float) -> Span:
    if isinstance(factor, float):
        bound = factor
    lo, hi = span.lo, span.hi
    if not (isinstance(factor, float) and factor == 1.0):
        lo = lo * factor
        hi = lo if span.known else hi * factor
    return settled(replace(span, lo=lo, hi=hi, den=den, most=span.most * bound, thick=thick), doubt)


def _joined(a: Span, b: Span, lo: Ends, hi: Ends) -> Span:
    most, thick = max(a.most, b.most), max(a.thick, b.thick)
    return Span(lo, hi, a.den, most, thick, natural=a.natural and b.natural, finite=a.finite and b.finite)


def _rounded(a: Span, end: Ends, unit: Span, doubt: Doubt) -> Ends:
    above = 2.0 * end * unit.den + a.den * unit.lo
    below = 2.0 * a.den * unit.lo
    doubt_large(above, 2 * a.most * unit.thick + a.thick * unit.most, doubt)
    doubt_large(below, 2 * a.thick * unit.most, doubt)
    whole = np.floor_divide(above, np.where(below > 0, below, 1.0)) * unit.lo
    return np.where(np.isinf(end), end, whole)


def _doubt_ties(a: Span, b: Span, doubt: Doubt) -> None:
    """Large numbers compare exactly unless they nearly touch."""
    for x, y in ((a.lo, b.hi), (a.hi, b.lo)):
        size = np.maximum(np.abs(x), np.abs(y))
        doubt(np.isfinite(size) & (size >= LIMIT) & (np.abs(x - y) <= size * 1e-9))


def _truth(yes: Any, no: Any) -> Any:
    return np.asarray(yes).astype(np.int8) - np.asarray(no).astype(np.int8)


def _taken(ends: Ends, index: Any) -> Ends:
    return ends[index] if isinstance(ends, np.ndarray) and ends.ndim else ends


def _spoilt(ends: Ends) -> Any:
    return np.isfinite(ends) & (np.abs(ends) >= LIMIT) | np.isnan(ends)


def _size(ends: Ends) -> float:
    found = np.abs(np.asarray(ends, dtype=np.float64))
    found = found[np.isfinite(found)]
    return float(found.max()) if found.size else 0.0


def _ignore(mask: Any) -> None:
    """Nothing is lost yet: who compares looks at ties himself."""
