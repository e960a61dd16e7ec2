"""What a period's books say before they close and after: on a real store, with the shipped data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from clerk.book_review import HOLDS, Review, history, review
from clerk.books import again
from clerk.periods import Span
from clerk.records import Decision
from clerk.service import Plans, apply_file, screen_file
from clerk.store import Store
from forms.layers import DEMO
from tests.whole.test_books import (
    AUGUST,
    OFFICE,
    PLANS,
    SEPTEMBER,
    Clock,
    clock,
    file_one,
    shut,
    store,
    the_payment_list,
)

__all__ = ["clock", "store"]


def seen(store: Store, span: Span, today: date, plans: Plans = PLANS) -> Review:
    with store.reading() as view:
        return review(view, span, plans, (OFFICE, today))


def without_account(folder: Path, name: str) -> Path:
    """A worked household that has not said where its money goes."""
    kept = (DEMO / "cases" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    made = folder / f"{name}.yaml"
    made.write_text("\n".join(line for line in kept if not line.startswith("账号:")), encoding="utf-8")
    return made


def test_a_period_is_reviewed_closed_and_checked_against_its_fingerprint(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    done = screen_file(without_account(tmp_path, "C08"), PLANS, date(2026, 8, 4))
    number = apply_file(done, "all", store=store, plans=PLANS, office=OFFICE).case_number
    early = seen(store, AUGUST, date(2026, 8, 20))
    assert "才结束" in early.waits[0]
    open_one = seen(store, AUGUST, date(2026, 9, 1))
    assert not open_one.waits
    assert open_one.ready
    assert open_one.balance.rows
    assert open_one.lacks
    said = {(lack.words, lack.name, lack.number.rpartition("-")[0], lack.hard) for lack in open_one.lacks}
    assert said == {("「救助资金发放清册」缺账号", "马某英", number, False)}
    assert all(lack.household and lack.programme for lack in open_one.lacks)
    book = shut(store, clock, AUGUST)
    shown = seen(store, AUGUST, date(2026, 9, 2))
    assert (shown.closed, shown.ready, shown.lacks) == (book, False, ())
    assert (shown.balance.rows, shown.lines.rows) == (open_one.balance.rows, open_one.lines.rows)
    assert seen(store, SEPTEMBER, date(2026, 10, 1)).closed is None
    with store.reading() as view:
        (past,) = history(view)
        assert past.holds
        assert past.rosters == len(again(view, 1).tables)
    with store.engine.connect() as connection, connection.begin():
        connection.execute(sa.text("DROP TRIGGER closed_book_no_update"))
        connection.execute(sa.text("UPDATE closed_book SET content = x'00'"))
    with store.reading() as view:
        (past,) = history(view)
    assert not past.holds
    assert past.state != HOLDS
    assert "存档已损坏" in past.state


def test_an_amount_nobody_settled_and_a_sum_that_does_not_meet_stand_first(store: Store) -> None:
    number = file_one(store, "C01", date(2026, 8, 3))
    with store.work() as work:
        record = work.case(number, PLANS.catalogue)
        assert record is not None
        each = next(one for one in record.applications if any(line.unit == "元" for line in one.amounts))
        lines = tuple(replace(line, high=line.low + 1) for line in each.amounts)
        work.change_application(each, replace(each, amounts=lines, decision=Decision("同意", date(2026, 8, 3))))
    payments = the_payment_list()
    assert payments.equals
    fewer = replace(payments, equals=replace(payments.equals, rosters=payments.equals.rosters[-1:]))
    catalogue = replace(PLANS.catalogue, rosters={**PLANS.catalogue.rosters, payments.id: fewer})
    found = seen(store, AUGUST, date(2026, 9, 1), Plans(catalogue))
    hard = [lack for lack in found.lacks if lack.hard]
    assert not found.ready
    assert found.lacks[: len(hard)] == tuple(hard)
    assert hard[0].number == each.number
    assert "还没有核定" in hard[0].words
    assert all("来源没有这一行" in lack.words and lack.household == record.household_id for lack in hard[1:])
    assert {lack.number for lack in hard[1:]} <= {one.number for one in record.applications}
    assert len(hard) > 1
