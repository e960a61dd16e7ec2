"""Somebody else's sheet is asked what the window's form asks: whose number, whose sex, whose birth date, whose account."""

from __future__ import annotations

import pytest

from clerk.exchange.reading import Book, Sheet
from tests.builders import an_id
from tests.clerk.exchange.making import LEDGER, VILLAGE, a_couple, taken_in, tried

HEAD = ("户编号", "户主姓名", "姓名", "身份证号", "性别", "出生日期", "与户主关系", "村", "开户名", "银行账号")


def a_book(*rows: tuple[str, ...]) -> Book:
    """What the reading process would have sent; how it reads files is held elsewhere."""
    return Book("名单.xlsx", "xlsx", str(hash(rows)), (Sheet("名单", [HEAD, *rows]),))


def a_row(sex: str = "", born: str = "", payee: str = "", number: str = "") -> tuple[str, ...]:
    number = number or an_id("19600101", 11)
    return ("H1", "张乙", "张乙", number, sex, born, "本人", "红星村", payee, "6222021234567890123" if payee else "")


def hints(trial):
    return [(one.row, one.column) for one in trial.hints]


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (a_row("男", "1960-01-01"), []),
        (a_row("女"), ["性别"]),
        (a_row("", "1961-01-01"), ["出生日期"]),
        (a_row("女", "1961-01-01"), ["性别", "出生日期"]),
    ],
)
def test_sex_and_birth_date_are_held_against_the_number(store, row, columns):
    trial = tried(store, a_book(row), LEDGER)
    assert trial.ready
    assert hints(trial) == [(2, column) for column in columns]
    assert all("所载不一致" in one.message for one in trial.hints)
    assert trial.confirm == (f"有{len(columns)}处前后不一致（见提示）" if columns else "")


def test_a_number_that_comes_later_is_held_against_what_is_kept(store):
    taken_in(store, a_book(a_row("", "1960-01-01", number="无")), LEDGER)
    number = an_id("19600101", 11)
    later = ("姓名", "身份证号", "村"), ("张乙", number, "红星村")
    book = Book("名单.xlsx", "xlsx", "2", (Sheet("名单", later),))
    (question,) = tried(store, book, VILLAGE).questions
    assert hints(tried(store, book, VILLAGE, {2: question.options[0].key})) == []
    other = Book("名单.xlsx", "xlsx", "3", (Sheet("名单", (later[0], ("张乙", an_id("19600102", 11), "红星村"))),))
    assert tried(store, other, VILLAGE).counts["新增人"] == 1, "another birth date is another person"


def test_what_disagreed_before_is_not_asked_again(store):
    taken_in(store, a_book(a_row("女")), LEDGER)
    trial = tried(store, a_book(a_row("女", "1960-01-01")), LEDGER)
    assert hints(trial) == []


def test_an_account_of_a_stranger_needs_a_reason(store):
    book = a_book(a_row(payee="王某"))
    (problem,) = tried(store, book, LEDGER).problems
    assert (problem.row, problem.column, problem.passable) == (2, "开户名", True)
    assert tried(store, book, LEDGER, reason="代领人另行登记").ready
    assert tried(store, a_book(a_row(payee="张乙")), LEDGER).ready


def test_a_wife_s_row_is_named_when_it_is_hers(store):
    head, wife = a_couple()
    rows = [(*one[:4], sex, "", one[4], "红星村", "", "") for one, sex in ((head, ""), (wife, "男"))]
    assert hints(tried(store, a_book(*rows), LEDGER)) == [(3, "性别")]
