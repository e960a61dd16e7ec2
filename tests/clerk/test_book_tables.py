"""The book's own two tables: they balance, and a correction stands on a line of its own."""

from dataclasses import replace
from datetime import date

from clerk.book_tables import tables_of
from clerk.records import STOPPED
from tests.clerk.test_movements import CATALOGUE, OCTOBER, OFFICE, SEPTEMBER, a_case, book, paid


def test_a_correction_is_a_line_of_its_own_and_the_balance_holds() -> None:
    wrong = paid(50_000, date(2026, 8, 3))
    left = book(SEPTEMBER, a_case(wrong)).standing
    dead = replace(wrong, status=STOPPED, ended=date(2026, 9, 1))
    anew = replace(paid(60_000, date(2026, 10, 6), "b2"), accepted=date(2026, 10, 6))
    balance, lines = tables_of(book(OCTOBER, a_case(dead), a_case(anew), before=left), CATALOGUE, OFFICE)
    assert [row[6:] for row in lines.rows] == [
        ("新增", 0, 0, 60_000, 0, 60_000),
        ("更正", 50_000, -50_000, 0, 0, 0),
    ]
    assert balance.rows == (("甲类救助", "示例县示例乡红星村", "每月", 1, 50_000, -50_000, 60_000, 0, 60_000, 1),)
    assert balance.totals[4:9] == (50_000, -50_000, 60_000, 0, 60_000)
    assert (balance.households, balance.people) == (1, 1)
