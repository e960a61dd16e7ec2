"""Books close week after week on the shipped data; the third gives the same workbook after a month of further work."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from clerk.books import CLOSED, again, last_closed
from clerk.errors import UserCanFix
from clerk.movements import CORRECTED
from clerk.period_close import changes_since, close_period
from clerk.periods import Span, read_span
from clerk.records import STOPPED, ClosedBook, Decision
from clerk.rosters import RosterTable
from clerk.service import Plans, Wanted, apply_file, roster_tables, screen_file
from clerk.settings import Office
from clerk.source_sums import refuse_unequal
from clerk.store import Store, open_store
from forms.layers import DEMO
from forms.roster import INTERNAL, Equals, Roster
from printing.workbook import sheet_of, workbook_bytes
from tests.builders import the_demo_catalogue

PLANS = Plans(the_demo_catalogue())
OFFICE = Office("示例县红星镇人民政府", "990101100", "赵某经办")
AUGUST, SEPTEMBER = read_span("2026-08"), read_span("2026-09")
WEEKS = tuple(read_span(f"2026-W{week}") for week in (36, 37, 38))


class Clock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = datetime(2026, 9, 1, 9).astimezone()

    def __call__(self) -> datetime:
        return self.at

    def put(self, day: date) -> None:
        self.at = datetime(day.year, day.month, day.day, 9).astimezone()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = open_store(tmp_path / "store", now=clock)
    yield opened
    opened.close()


def file_one(store: Store, name: str, day: date) -> str:
    done = screen_file(DEMO / "cases" / f"{name}.yaml", PLANS, day)
    return apply_file(done, "all", store=store, plans=PLANS, office=OFFICE).case_number


def end_all(store: Store, number: str, day: date) -> None:
    with store.work() as work:
        record = work.case(number, PLANS.catalogue)
        assert record is not None
        for each in record.applications:
            work.change_application(each, replace(each, status=STOPPED, ended=day, end_reason="死亡"))


def shut(store: Store, clock: Clock, span: Span) -> ClosedBook:
    clock.put(span.until + timedelta(days=1))
    with store.work() as work:
        return close_period(work, span, PLANS, OFFICE)


def workbook(store: Store, number: int) -> bytes:
    with store.reading() as view:
        held = again(view, number)
    return workbook_bytes([sheet_of(table, held.office, held.made) for table in held.tables])


def cells(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def column(table: RosterTable, heading: str) -> list[object]:
    at = [each.heading for each in table.columns].index(heading)
    return [row[at] for row in table.rows]


def test_the_third_week_comes_again_cell_for_cell_after_a_month_of_further_work(store: Store, clock: Clock) -> None:
    filed = [file_one(store, name, week.since) for name, week in zip(("C01", "C08", "C02"), WEEKS, strict=True)]
    books = [shut(store, clock, week) for week in WEEKS]
    with store.reading() as view:
        now = roster_tables(view, Wanted([one.id for one in again(view, 3).tables[:-2]], WEEKS[2], INTERNAL), PLANS)
        assert list(again(view, 3).tables[:-2]) == now
    then = workbook(store, 3)
    end_all(store, filed[2], date(2026, 9, 1))
    file_one(store, "C30", WEEKS[2].until)
    for week in ("2026-W39", "2026-W40"):
        shut(store, clock, read_span(week))
    assert workbook(store, 3) == then
    assert len(cells(then)) > 5
    assert cells(workbook(store, 3)) == cells(then)
    assert [one.words for one in books] == [week.words for week in WEEKS]
    with store.reading() as view:
        book = again(view, 4).book
        assert {each.change for each in book.movements} >= {CORRECTED}
        assert again(view, 3).book.span == WEEKS[2]
        opening = {(each.line, each.village): each.opening for each in book.movements if each.opening}
        last = {(each.line, each.village): each.closing for each in again(view, 3).book.movements if each.closing}
    assert opening == last


def test_the_journal_is_told_the_fingerprint_and_damage_is_refused(store: Store, clock: Clock) -> None:
    file_one(store, "C01", WEEKS[0].since)
    book = shut(store, clock, WEEKS[0])
    with store.reading() as view:
        (event,) = view.events("结账 1")
        assert (event.action, event.detail["指纹"], event.actor) == (CLOSED, book.digest, "赵某经办")
        assert last_closed(view, "周") == book
        with pytest.raises(UserCanFix, match="没有第 9 号账"):
            again(view, 9)
    with store.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="stays as it was"):
        connection.execute(sa.text("UPDATE closed_book SET content = x'00'"))
    with store.engine.connect() as connection, connection.begin():
        connection.execute(sa.text("DROP TRIGGER closed_book_no_update"))
        connection.execute(sa.text("UPDATE closed_book SET content = x'00'"))
    with store.reading() as view, pytest.raises(UserCanFix, match="存档已损坏"):
        again(view, 1)
    assert hashlib.sha256(b"").hexdigest() != book.digest


def test_a_period_closes_once_in_its_turn_and_after_its_end(store: Store, clock: Clock) -> None:
    file_one(store, "C01", WEEKS[0].since)
    clock.put(WEEKS[0].until)
    with store.work() as work, pytest.raises(UserCanFix, match="2026-09-06才结束"):
        close_period(work, WEEKS[0], PLANS, OFFICE)
    shut(store, clock, WEEKS[0])
    with pytest.raises(UserCanFix, match="已经结账"):
        shut(store, clock, WEEKS[0])
    with pytest.raises(UserCanFix, match="请先结从2026-09-07起的一期"):
        shut(store, clock, WEEKS[2])
    shut(store, clock, AUGUST)
    with store.reading() as view:
        assert [one.number for one in view.closed_books()] == [1, 2]


def test_a_decided_amount_that_is_open_hinders_and_nothing_is_kept(store: Store, clock: Clock) -> None:
    number = file_one(store, "C01", WEEKS[0].since)
    with store.work() as work:
        record = work.case(number, PLANS.catalogue)
        assert record is not None
        each = next(one for one in record.applications if any(line.unit == "元" for line in one.amounts))
        lines = tuple(replace(line, high=line.low + 1) for line in each.amounts)
        work.change_application(each, replace(each, amounts=lines, decision=Decision("同意", WEEKS[0].since)))
    with pytest.raises(UserCanFix, match=f"还不能结账：办件 {each.number}的金额还没有核定"):
        shut(store, clock, WEEKS[0])
    with store.reading() as view:
        assert not view.closed_books()
        assert not view.events("结账 1")


def test_the_change_sheet_names_who_came_changed_and_left(store: Store, clock: Clock) -> None:
    gone, stays = file_one(store, "C01", date(2026, 8, 3)), file_one(store, "C08", date(2026, 8, 4))
    with store.reading() as view, pytest.raises(UserCanFix, match="没有可比的底表"):
        changes_since(view, SEPTEMBER, PLANS)
    shut(store, clock, AUGUST)
    end_all(store, gone, date(2026, 9, 1))
    file_one(store, "C02", date(2026, 9, 2))
    with store.work() as work:
        record = work.case(stays, PLANS.catalogue)
        assert record is not None
        for each in record.applications:
            lines = tuple(replace(line, low=line.low + 100, high=line.low + 100) for line in each.amounts)
            work.change_application(each, replace(each, amounts=lines))
    with store.reading() as view:
        tables = changes_since(view, SEPTEMBER, PLANS)
        whole = roster_tables(view, Wanted([], SEPTEMBER), PLANS)
    assert {word for table in tables for word in column(table, "变动")} == {"新增", "变更", "退出"}
    changed = [words for table in tables for words in column(table, "变动内容") if words]
    assert any("→" in str(words) for words in changed)
    assert all(len(table.rows) < 100 for table in tables)
    assert {table.id for table in tables} < {table.id for table in whole}
    assert workbook_bytes([sheet_of(table, OFFICE, date(2026, 10, 1)) for table in tables])


def the_payment_list() -> Roster:
    return next(one for one in PLANS.catalogue.rosters.values() if one.equals)


def test_the_payment_list_equals_its_sources_to_the_fen_or_names_the_line(store: Store) -> None:
    for name in ("C01", "C08", "C02", "C30"):
        file_one(store, name, date(2026, 9, 1))
    payments = the_payment_list()
    equals = payments.equals
    assert equals
    wanted = [one for one in PLANS.catalogue.rosters.values() if one.id in (payments.id, *equals.rosters)]
    with store.reading() as view:
        tables = {one.id: one for one in roster_tables(view, Wanted([one.id for one in wanted], SEPTEMBER), PLANS)}
        fewer = replace(equals, rosters=equals.rosters[2:])
        catalogue = replace(
            PLANS.catalogue, rosters={**PLANS.catalogue.rosters, payments.id: replace(payments, equals=fewer)}
        )
        with pytest.raises(
            UserCanFix, match=r"与来源花名册不一致，不能导出：990101\S+：「救助资金发放清册」[\d.]+元（.*来源没有这一行"
        ):
            roster_tables(view, Wanted([payments.id], SEPTEMBER), Plans(catalogue))
    assert tables[payments.id].rows


def test_a_later_payment_list_holds_all_who_go_on_as_decided_and_still_equals_its_sources(store: Store) -> None:
    stays, gone = file_one(store, "C08", date(2026, 8, 4)), file_one(store, "C01", date(2026, 8, 3))
    end_all(store, gone, date(2026, 9, 1))
    with store.work() as work:
        record = work.case(stays, PLANS.catalogue)
        assert record is not None
        for each in record.applications:
            lines = tuple(replace(line, low=48_050, high=48_050) for line in each.amounts if line.unit == "元")
            decided = replace(each, status="已批准", decision=Decision("同意", date(2026, 8, 20), lines))
            work.change_application(each, decided)
        going = {one.number: 48_050 * sum(line.period == "每月" for line in one.amounts) for one in record.applications}
    payments = the_payment_list()
    with store.reading() as view:
        (august,), (september,) = (
            roster_tables(view, Wanted([payments.id], span), PLANS) for span in (AUGUST, SEPTEMBER)
        )
    assert len(column(august, "办件编号")) > len(column(september, "办件编号"))
    listed = dict(zip(column(september, "办件编号"), column(september, "金额"), strict=True))
    assert listed
    assert listed.items() <= going.items()


def test_a_later_months_ledgers_add_up_to_its_payment_list_as_they_are_handed_in(store: Store) -> None:
    for name in ("C02", "C08", "C30"):
        file_one(store, name, date(2026, 8, 4))
    names = ("R02", "R04", "R14", "R15", "R16", "R26")
    with store.reading() as view:
        tables = roster_tables(view, Wanted(names, SEPTEMBER, INTERNAL), PLANS)
    sums = {table.id: main_total(table) for table in tables}
    assert sums.pop("R26") == sum(sums.values()) > 0
    assert sum(map(bool, sums.values())) > 2


def main_total(table: RosterTable) -> int:
    found = table.totals[next(at for at, column in enumerate(table.columns) if column.main)]
    assert isinstance(found, int)
    return found


@pytest.mark.parametrize(
    ("name", "other", "said"),
    [
        ("金额", 1, "31300元|313.01元"),
        ("账号", "62220000", "62220000"),
    ],
)
def test_one_fen_or_another_account_is_a_difference(store: Store, name: str, other: object, said: str) -> None:
    file_one(store, "C01", date(2026, 9, 1))
    payments = the_payment_list()

    def make(roster: Roster) -> RosterTable:
        with store.reading() as view:
            catalogue = replace(PLANS.catalogue, rosters={roster.id: replace(roster, equals=None)})
            (table,) = roster_tables(view, Wanted([roster.id], SEPTEMBER), Plans(catalogue))
        if roster.id != payments.id:
            return table
        at = -1 if isinstance(other, str) else next(at for at, one in enumerate(table.columns) if one.main)
        first = list(table.rows[0])
        was = first[at]
        first[at] = was + other if isinstance(was, int) and isinstance(other, int) else str(other)
        return replace(table, rows=(tuple(first), *table.rows[1:]))

    assert isinstance(payments.equals, Equals)
    with pytest.raises(UserCanFix, match="不一致") as refused:
        refuse_unequal([payments], PLANS.catalogue.rosters, make)
    assert refused.value.message.count("：「") == 1, refused.value.message
    refuse_unequal([replace(payments, equals=None)], PLANS.catalogue.rosters, make)
