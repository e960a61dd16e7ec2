"""Exact arithmetic and three-valued comparison on number ranges, as bare (low, high) pairs: the evaluators' inner loop.

0 * ∞ is 0, and ∞ - ∞ is any number. `bool | None` is yes / no / not yet known.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf

from forms.language.values import Number

Pair = tuple[Number, Number]
Truth = bool | None
ANY: Pair = (-inf, inf)
ZERO: Pair = (0, 0)
FROM_ZERO: Pair = (0, inf)


def add(a: Pair, b: Pair) -> Pair:
    """The sum."""
    low, high = a[0] + b[0], a[1] + b[1]
    return (low, high) if low <= high else ANY


def subtract(a: Pair, b: Pair) -> Pair:
    """The difference."""
    low, high = a[0] - b[1], a[1] - b[0]
    return (low, high) if low <= high else ANY


def multiply(a: Pair, b: Pair) -> Pair:
    """The product."""
    if a[0] == a[1] and b[0] == b[1]:
        product = _times(a[0], b[0])
        return product, product
    ends = (_times(a[0], b[0]), _times(a[0], b[1]), _times(a[1], b[0]), _times(a[1], b[1]))
    return min(ends), max(ends)


def divide(a: Pair, b: Pair) -> Pair:
    """The quotient; a positive number over zero is above every number (∞), zero over zero may be anything from zero up.

    So spending over no income exceeds any ratio, and a range that touches zero stays open at the top.
    """
    if b[0] <= 0 <= b[1]:
        if a[0] < 0 or b[0] < 0:
            return ANY
        return (_over(a[0], b[1]) if b[1] else inf if a[0] else 0), inf
    if a[0] == a[1] and b[0] == b[1]:
        quotient = _over(a[0], b[0])
        return quotient, quotient
    ends = (_over(a[0], b[0]), _over(a[0], b[1]), _over(a[1], b[0]), _over(a[1], b[1]))
    return min(ends), max(ends)


def hull(a: Pair, b: Pair) -> Pair:
    """The smallest range that holds both."""
    return min(a[0], b[0]), max(a[1], b[1])


def largest(a: Pair, b: Pair) -> Pair:
    """取大."""
    return max(a[0], b[0]), max(a[1], b[1])


def smallest(a: Pair, b: Pair) -> Pair:
    """取小."""
    return min(a[0], b[0]), min(a[1], b[1])


def round_to(a: Pair, unit: Pair) -> Pair:
    """Half up to a multiple of `unit`; when the unit is not known or not positive, only the sign is kept."""
    if unit[0] != unit[1] or unit[0] <= 0:
        return FROM_ZERO if a[0] >= 0 else ANY
    low = _rounded(a[0], unit[0])
    return low, low if a[1] == a[0] else _rounded(a[1], unit[0])


def less(a: Pair, b: Pair) -> Truth:
    """Whether a < b."""
    if a[1] < b[0]:
        return True
    return False if a[0] >= b[1] else None


def at_most(a: Pair, b: Pair) -> Truth:
    """Whether a ≤ b."""
    if a[1] <= b[0]:
        return True
    return False if a[0] > b[1] else None


def equal(a: Pair, b: Pair) -> Truth:
    """Whether a = b."""
    if a[0] == a[1] == b[0] == b[1]:
        return True
    return False if a[1] < b[0] or b[1] < a[0] else None


def both(a: Truth, b: Truth) -> Truth:
    """Kleene's 且."""
    if a is False or b is False:
        return False
    return True if a and b else None


def _times(x: Number, y: Number) -> Number:
    return x * y if x and y else 0


def _over(x: Number, y: Number) -> Number:
    if y in (inf, -inf):
        return 0
    if isinstance(x, float):
        return x if y > 0 else -x
    quotient = Fraction(x) / Fraction(y)
    return quotient.numerator if quotient.denominator == 1 else quotient


def _rounded(x: Number, unit: Number) -> Number:
    if isinstance(x, float):
        return x
    exact = Fraction(unit)
    product = ((Fraction(x) / exact + Fraction(1, 2)).__floor__()) * exact
    return product.numerator if product.denominator == 1 else product
