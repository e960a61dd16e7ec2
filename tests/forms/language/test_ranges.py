"""Ranges hold every number they should, decide exactly what is certain, and stay exact."""

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.language import ranges

ends = st.integers(-4, 4) | st.fractions(-3, 3, max_denominator=4)


@st.composite
def spans(draw):
    """A range, open or closed at either end, and some numbers in it."""
    low, high = sorted([draw(ends), draw(ends)])
    points = [low, high, *(low + (high - low) * draw(st.fractions(0, 1, max_denominator=8)) for _ in range(3))]
    if draw(st.integers(0, 5)) == 0:
        high = inf
    if draw(st.integers(0, 5)) == 0:
        low = -inf
    return (low, high), points


OPERATIONS = {
    "add": lambda x, y: x + y,
    "subtract": lambda x, y: x - y,
    "multiply": lambda x, y: x * y,
    "divide": lambda x, y: Fraction(x) / Fraction(y) if y else None,
    "largest": max,
    "smallest": min,
}


@given(st.sampled_from(sorted(OPERATIONS)), spans(), spans())
def test_the_result_of_any_two_numbers_lies_in_the_result_of_their_ranges(name, one, other):
    (a, xs), (b, ys) = one, other
    low, high = getattr(ranges, name)(a, b)
    assert low <= high
    for x in xs:
        for y in ys:
            result = OPERATIONS[name](x, y)
            assert result is None or low <= result <= high
            if (x, x) == a and (y, y) == b and result is not None:
                assert (low, high) == (result, result)


@given(spans(), spans())
def test_a_comparison_is_decided_exactly_when_every_pair_of_numbers_agrees(one, other):
    (a, xs), (b, ys) = one, other
    tests = {"less": lambda x, y: x < y, "at_most": lambda x, y: x <= y, "equal": lambda x, y: x == y}
    for name, test in tests.items():
        decided = getattr(ranges, name)(a, b)
        found = {test(x, y) for x in (*xs, *(end for end in a if abs(end) != inf)) for y in (*ys, *b)}
        assert decided is None or found == {decided}
        if inf not in (*a, *b) and -inf not in (*a, *b) and len(found) == 1 and name != "equal":
            assert decided is found.pop()


@given(spans(), st.sampled_from([1, 100, Fraction(1, 2), 10]))
def test_rounding_goes_half_up_to_a_multiple_and_keeps_the_order(one, unit):
    a, xs = one
    low, high = ranges.round_to(a, (unit, unit))
    for x in xs:
        rounded, same = ranges.round_to((x, x), (unit, unit))
        assert rounded == same
        assert Fraction(rounded) / unit == int(Fraction(rounded) / unit)
        assert -Fraction(unit, 2) < Fraction(rounded) - x <= Fraction(unit, 2)
        assert low <= rounded <= high


@pytest.mark.parametrize(
    ("name", "a", "b", "result"),
    [
        ("multiply", (0, 0), (0, inf), (0, 0)),
        ("multiply", (0, inf), (-inf, inf), (-inf, inf)),
        ("divide", (1, 2), (-1, 1), (-inf, inf)),
        ("divide", (1, 2), (0, 4), (Fraction(1, 4), inf)),
        ("divide", (1, 2), (0, 0), (inf, inf)),
        ("divide", (0, 2), (0, 0), (0, inf)),
        ("divide", (-1, 2), (0, 4), (-inf, inf)),
        ("divide", (6, 6), (3, 3), (2, 2)),
        ("divide", (1, inf), (2, inf), (0, inf)),
        ("subtract", (inf, inf), (inf, inf), (-inf, inf)),
        ("round_to", (149, 150), (100, 100), (100, 200)),
        ("round_to", (1, inf), (100, 100), (0, inf)),
        ("round_to", (1, 2), (1, 5), (0, inf)),
        ("round_to", (-1, 2), (1, 5), (-inf, inf)),
        ("at_most", (5, 8), (3, 5), None),
        ("less", (5, 8), (3, 5), False),
        ("at_most", (3, 5), (5, 8), True),
        ("less", (3, 5), (5, 8), None),
        ("equal", (3, 5), (5, 8), None),
        ("equal", (5, 5), (5, 5), True),
        ("equal", (5, 5), (6, 8), False),
        ("less", (inf, inf), (9, 9), False),
    ],
)
def test_the_edges_are_as_agreed(name, a, b, result):
    assert getattr(ranges, name)(a, b) == result


def test_a_third_of_an_amount_three_times_is_the_amount_again():
    third = ranges.divide((10_000, 10_000), (3, 3))
    assert ranges.multiply(third, (3, 3)) == (10_000, 10_000)
    assert isinstance(ranges.divide((6, 6), (3, 3))[0], int)
