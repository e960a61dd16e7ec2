"""Arithmetic on columns of ranges gives the same exact ends as on one range at a time."""

from fractions import Fraction
from math import inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.language import ranges, span_division, spans
from forms.language.spans import Span, exactly

ends = st.one_of(
    st.sampled_from([0, 1, -1, 100, 83_200, 63_200 * 12, Fraction(3, 2), Fraction(1, 10), Fraction(-7, 3), inf, -inf]),
    st.integers(-10_000, 10_000_000),
    st.fractions(-100, 100, max_denominator=40),
)
pairs = st.tuples(ends, ends).map(lambda two: (min(two), max(two))).filter(lambda two: not (two[0] == two[1] and abs(two[0]) == inf))
columns = st.lists(st.tuples(st.one_of(pairs, ends.filter(lambda x: abs(x) != inf).map(lambda x: (x, x))), pairs), min_size=1, max_size=6)
some = settings(max_examples=100, deadline=None, derandomize=True)
SAME = {
    "+": (ranges.add, spans.add),
    "-": (ranges.subtract, spans.subtract),
    "*": (ranges.multiply, spans.multiply),
    "/": (ranges.divide, span_division.divide),
    "大": (ranges.largest, lambda a, b, doubt: spans.extreme(a, b, doubt, largest=True)),
    "小": (ranges.smallest, lambda a, b, doubt: spans.extreme(a, b, doubt, largest=False)),
    "并": (ranges.hull, spans.hull),
    "整": (ranges.round_to, spans.rounded),
}


class Marks:
    def __init__(self, size: int) -> None:
        self.rows = np.zeros(size, dtype=bool)

    def __call__(self, mask: Any) -> None:
        self.rows |= mask


def column(found: list[tuple[Any, Any]]) -> Span:
    made = [exactly(*pair) for pair in found]
    lo, hi, den = (np.array([getattr(one, name) for one in made]) for name in ("lo", "hi", "den"))
    hi = lo if np.array_equal(lo, hi) else hi
    most, thick = max(one.most for one in made), max(one.thick for one in made)
    natural, finite = all(one.natural for one in made), all(one.finite for one in made)
    return Span(lo, hi, den, most, thick, natural=natural, finite=finite)


@pytest.mark.parametrize("sign", list(SAME))
@some
@given(columns)
def test_an_operation_on_a_column_equals_it_on_each_row(sign: str, found: list[tuple[Any, Any]]) -> None:
    one, many = SAME[sign]
    marks = Marks(len(found))
    with np.errstate(all="ignore"):
        result = many(column([a for a, _ in found]), column([b for _, b in found]), marks)
    for row, (a, b) in enumerate(found):
        if not (sign == "整" and abs(b[0]) == inf):
            assert marks.rows[row] or spans.exact_ends(result, row) == one(a, b), (a, b)
    assert not marks.rows.any() or result.most > 1e6


@pytest.mark.parametrize("sign", ["<", "≤", "="])
@some
@given(columns)
def test_a_comparison_of_columns_equals_it_on_each_row(sign: str, found: list[tuple[Any, Any]]) -> None:
    compare = {"<": ranges.less, "≤": ranges.at_most, "=": ranges.equal}[sign]
    marks = Marks(len(found))
    with np.errstate(all="ignore"):
        result = spans.compared(sign, column([a for a, _ in found]), column([b for _, b in found]), marks)
    truths = [{1: True, 0: None, -1: False}[int(truth)] for truth in result]
    assert truths == [compare(a, b) for a, b in found]
    assert not marks.rows.any()


def test_a_tie_of_numbers_beyond_exact_arithmetic_is_doubted_and_a_clear_case_is_not() -> None:
    a = column([(Fraction(2**50, 3), Fraction(2**50, 3)), (Fraction(2**50, 3), Fraction(2**50, 3))])
    b = column([(Fraction(2**50 * 7, 21) + Fraction(1, 7), Fraction(2**50, 3) + Fraction(1, 7)), (5, 5)])
    marks = Marks(2)
    spans.compared("<", a, b, marks)
    assert marks.rows.tolist() == [True, False]


def test_a_sum_that_leaves_exact_arithmetic_is_doubted() -> None:
    marks = Marks(2)
    spans.add(column([(2**52, 2**52), (1, 1)]), column([(2**52, 2**52), (1, 1)]), marks)
    assert marks.rows.tolist() == [True, False]
