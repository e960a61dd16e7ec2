"""The quotient of ranges of many rows: a positive number over zero is above every number, a range that touches zero open."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np

from forms.language.spans import LIMIT, Doubt, Ends, Span, reduced, settled


def divide(a: Span, b: Span, doubt: Doubt) -> Span:
    """The quotient, by the same rules as `ranges.divide`."""
    if a.most * b.thick * b.most >= LIMIT or a.thick * b.most * b.most >= LIMIT:
        a, b = reduced(a), reduced(b)
    if b.known and b.finite and np.all(b.lo > 0):
        lo = a.lo * b.den
        hi = lo if a.known else a.hi * b.den
        most, thick = a.most * b.thick, a.thick * b.most
        return settled(Span(lo, hi, a.den * b.lo, most, thick, natural=a.natural, finite=a.finite), doubt)
    return _any_quotient(a, b, doubt)


def _any_quotient(a: Span, b: Span, doubt: Doubt) -> Span:
    turned = b.hi < 0
    al, ah = np.where(turned, -a.hi, a.lo), np.where(turned, -a.lo, a.hi)
    bl, bh = np.where(turned, -b.hi, b.lo), np.where(turned, -b.lo, b.hi)
    low, under = _lower(al, bl, bh)
    high, over = _upper(ah, bl, bh)
    wild = (bl <= 0) & ((al < 0) | (bl < 0))
    low, under = np.where(wild, -inf, low), np.where(wild, 1.0, under)
    same = under == over
    lo = low * b.den * np.where(same, 1.0, over)
    hi = high * b.den * np.where(same, 1.0, under)
    den = a.den * np.where(same, under, under * over)
    wide = b.most * b.most
    natural = a.natural and b.natural
    found = Span(lo, hi, den, a.most * b.thick * max(b.most, 1.0), a.thick * max(wide, b.most, 1.0), natural=natural)
    return settled(found, doubt)


def _lower(al: Ends, bl: Ends, bh: Ends) -> tuple[Any, Any]:
    """The lower end and what it stands over: over the far end of a divisor above zero, whichever makes it smaller."""
    over = np.where((al >= 0) | (bl <= 0), bh, bl)
    zero = (bl <= 0) & (bh == 0)
    low = np.where(zero, np.where(al > 0, inf, 0.0), np.where(np.isinf(over), 0.0, al))
    return low, np.where(zero | np.isinf(over), 1.0, over)


def _upper(ah: Ends, bl: Ends, bh: Ends) -> tuple[Any, Any]:
    """The upper end and what it stands over; open when the divisor may be zero."""
    over = np.where(ah >= 0, bl, bh)
    touches = bl <= 0
    high = np.where(touches, inf, np.where(np.isinf(over), 0.0, ah))
    return high, np.where(touches | np.isinf(over), 1.0, over)
