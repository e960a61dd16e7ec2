"""What changed in a standing roster: who came, who changed and how, who left, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.errors import UserCanFix
from clerk.periods import read_span
from clerk.roster_delta import delta_of
from clerk.rosters import Cell, RosterColumn, RosterTable
from forms.schema import Kind

COLUMNS = (
    RosterColumn("姓名", Kind.NAME),
    RosterColumn("证件号", Kind.ID),
    RosterColumn("事项", Kind.TEXT),
    RosterColumn("金额", Kind.MONEY, total=True, main=True),
    RosterColumn("起发月", Kind.MONTH),
)
MONTH = date(2026, 8, 1)
Row = tuple[Cell, ...]
FATHER: Row = ("张某山", "990101195603089117", "甲助", 50_000, MONTH)
SON: Row = ("张某军", "990101198605129113", "甲助", 31_300, MONTH)


def a_table(*rows: Row, month: str = "2026-08") -> RosterTable:
    return RosterTable("L2", "台账", "民政局", read_span(month), COLUMNS, rows, (None, None, None, 0, None), 1, 1)


def changes(before: tuple[Row, ...], now: tuple[Row, ...]) -> tuple[Row, ...]:
    return delta_of(a_table(*before), a_table(*now, month="2026-09")).rows


def test_rows_that_say_the_same_are_passed_over_in_any_order() -> None:
    assert not changes((FATHER, SON), (SON, FATHER))
    assert changes((FATHER,), (FATHER, FATHER)) == (("新增", *FATHER, ""),)


def test_who_came_changed_and_left_each_has_one_row() -> None:
    risen: Row = (*FATHER[:3], 62_050, date(2026, 9, 1))
    other: Row = ("李某", None, "乙助", None, None)
    assert changes((FATHER, SON), (other, risen)) == (
        ("新增", *other, ""),
        ("变更", *risen, "金额：500.00→620.50；起发月：2026-08→2026-09"),
        ("退出", *SON, ""),
    )


def test_of_two_lines_of_one_person_each_meets_the_one_most_like_it() -> None:
    second: Row = (*FATHER[:2], "乙助", 10_000, MONTH)
    dearer: Row = (*FATHER[:2], "乙助", 12_000, MONTH)
    found = changes((FATHER, second), (dearer, (*FATHER[:3], 51_000, MONTH)))
    assert [row[-1] for row in found] == ["金额：100.00→120.00", "金额：500.00→510.00"]


def test_without_numbers_nobody_is_matched_by_guess() -> None:
    nameless: Row = (FATHER[0], None, *FATHER[2:])
    raised: Row = (*nameless[:3], 51_000, MONTH)
    assert [row[0] for row in changes((nameless,), (raised,))] == ["新增", "退出"]


def test_the_sheet_adds_nothing_up_and_says_how_many() -> None:
    sheet = delta_of(a_table(FATHER), a_table(SON, month="2026-09"))
    assert sheet.name == "台账变动"
    assert not any(column.total or column.main for column in sheet.columns)
    assert sheet.notes == ("与2026年8月相比：新增1行、变更0行、退出1行；户数、人数为本期全部",)


def test_a_roster_with_other_columns_than_the_closed_one_is_refused() -> None:
    before = replace(a_table(FATHER), columns=COLUMNS[1:])
    with pytest.raises(UserCanFix, match="列与上次结账时不同"):
        delta_of(before, a_table(FATHER))
