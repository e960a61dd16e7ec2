"""What is frozen thaws equal, cell for cell: words that look like numbers or days stay words."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.frozen import freeze, thaw
from clerk.periods import read_span
from clerk.rosters import Cell, RosterColumn, RosterTable
from forms.schema import Kind

WEEK = read_span("2026-W36")
CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(),
    st.fractions(),
    st.dates(),
    st.sampled_from(["2026-09-01", "1/3", "007"]),
)


def a_table(rows: tuple[tuple[Cell, ...], ...]) -> RosterTable:
    columns = (RosterColumn("证件号", Kind.ID, 21.5), RosterColumn("金额", Kind.MONEY, total=True, main=True))
    return RosterTable("L1", "名单", "民政局", WEEK, columns, rows, (None, 5), 1, 2, ("一行未定",))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_a_table_thaws_equal_to_the_last_cell(rows: list[tuple[Cell, Cell]]) -> None:
    table = a_table(tuple(rows))
    again = thaw(RosterTable, freeze(table))
    assert again == table
    assert [list(map(type, row)) for row in again.rows] == [list(map(type, row)) for row in table.rows]


@dataclass(frozen=True, slots=True)
class _Older:
    id: str


@dataclass(frozen=True, slots=True)
class _Newer:
    id: str
    words: frozenset[str] = frozenset({"甲"})
    share: Fraction | None = None


def test_a_shape_that_grew_takes_its_defaults_and_a_missing_value_is_an_error() -> None:
    assert thaw(_Newer, freeze(_Older("1"))) == _Newer("1")
    filled = _Newer("1", frozenset({"乙", "甲"}), Fraction(1, 3))
    assert thaw(_Newer, freeze(filled)) == filled
    with pytest.raises(TypeError, match="without id"):
        thaw(_Newer, {})


def test_what_has_no_plain_form_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes"):
        freeze(b"x")
    with pytest.raises(TypeError, match="datetime"):
        freeze(datetime(2026, 9, 1, 9).astimezone())
    assert freeze(date(2026, 9, 1)) == {"日": "2026-09-01"}
