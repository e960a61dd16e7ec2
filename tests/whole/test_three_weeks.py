"""Three weeks at the demo desk: every roster of every week, its rows those of the week, the third again the same."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl

from clerk.books import again, close
from clerk.periods import Span, week_of
from clerk.records import STOPPED, Batch, Decision, Entered
from clerk.rosters import RosterTable
from clerk.service import Plans, Wanted, apply_file, roster_tables, screen_file
from clerk.settings import Office
from clerk.store import Store, exchange, open_store
from forms.loader import DEMO
from forms.roster import REGISTERED
from printing.workbook import write_workbook
from tests.builders import the_demo_catalogue

OFFICE = Office("示例县城关街道办事处", "990101001", "测试员")
FIRST = date(2026, 9, 7)
WEEKS = [week_of(FIRST + timedelta(weeks=week)) for week in range(3)]
CATALOGUE = the_demo_catalogue()
PLANS = Plans(CATALOGUE)
REGISTERS = sorted({one.unit for one in CATALOGUE.rosters.values() if one.event == REGISTERED})


def test_every_roster_of_three_weeks(tmp_path: Path) -> None:
    clock = [WEEKS[0].since]
    store = open_store(tmp_path / "desk", now=lambda: datetime.combine(clock[0], time(9)).astimezone())
    filed = {week.words: fill(store, week, place) for place, week in enumerate(WEEKS)}
    made = [tables_of(store, week) for week in WEEKS]
    for week, tables in zip(WEEKS, made, strict=True):
        assert list(tables) == [one.id for one in CATALOGUE.rosters.values() if "内部" in one.versions]
        assert len({name.partition("-")[0] for name in tables if name.startswith("R")}) == 30
        assert {
            name for name in tables if CATALOGUE.rosters[name].event == REGISTERED and not tables[name].rows
        } == set()
        assert counted(tables["R30"], "受理数") == filed[week.words] > 5
        check_days(tables, week)
    assert counted(made[2]["R03"], "户数") > counted(made[0]["R03"], "户数")
    target = tmp_path / "third.xlsx"
    write_workbook(list(made[2].values()), target, OFFICE, WEEKS[2].until)
    assert len(openpyxl.load_workbook(target, read_only=True).sheetnames) == len(made[2]) + 1
    for week, tables in zip(WEEKS, made, strict=True):
        clock[0] = week.until + timedelta(days=1)
        with store.work() as work:
            close(work, week, CATALOGUE, OFFICE, lambda tables=tables: list(tables.values()))  # type: ignore[misc]
    fill(store, week_of(FIRST + timedelta(weeks=5)), 0)
    live = tables_of(store, WEEKS[2])
    assert {name: table.rows for name, table in live.items()} == {name: table.rows for name, table in made[2].items()}
    decide_all(store, WEEKS[2], date(2026, 10, 20))
    changed = tables_of(store, WEEKS[2])
    assert [name for name, table in changed.items() if table.rows != made[2][name].rows], "answers came in"
    with store.reading() as view:
        held = again(view, 3)
    kept = {table.id: table for table in held.tables if table.id in made[2]}
    assert kept == made[2], "the closed week is as it was, in all thirty"
    write_workbook(list(kept.values()), tmp_path / "again.xlsx", held.office, WEEKS[2].until)
    assert (tmp_path / "again.xlsx").read_bytes() == target.read_bytes()
    store.close()


def decide_all(store: Store, week: Span, day: date) -> None:
    """Departments answer everything filed in a week: half is granted and half is not, and what was granted ends soon."""
    with store.work() as work:
        filed = [each for record in work.cases(week.since, week.until, CATALOGUE) for each in record.applications]
        for at, each in enumerate(filed):
            refused = Decision("不予批准", day, reason="不符合条件", document="示〔2026〕9号")
            granted = replace(
                each, status=STOPPED, ended=date(2026, 11, 1), decision=Decision("同意", day, each.amounts)
            )
            work.change_application(each, granted if at % 2 else replace(each, status="不予批准", decision=refused))


def fill(store: Store, week: Span, place: int) -> int:
    """A week's work: a third of the worked households filed, a row in each register; how many applications."""
    files = [file for file in sorted((DEMO / "cases").glob("*.yaml")) if not file.name.endswith(".expect.yaml")]
    count = 0
    for at, file in enumerate(files[place::3][:5]):
        day = week.since + timedelta(days=at % 5)
        done = screen_file(file, PLANS, day)
        if done.screening.offers and any(offer.standing.value in ("可申请", "已享") for offer in done.screening.offers):
            count += len(apply_file(done, "all", store=store, plans=PLANS, office=OFFICE).applications)
    with store.work() as work:
        batch = Batch(f"批{week.words}", "来表", "表.xlsx", "", work.moment, OFFICE.clerk, {})
        exchange.keep_batch(work.connection, batch, ())
        rows = [Entered(one, "来表", week.since, "", "", f"某{place}", "", {}, batch.id) for one in REGISTERS]
        exchange.keep_entries(work.connection, rows)
    return count


def tables_of(store: Store, week: Span) -> dict[str, RosterTable]:
    with store.reading() as view:
        return {table.id: table for table in roster_tables(view, Wanted((), week), PLANS)}


def counted(table: RosterTable, heading: str) -> int:
    found = table.totals[[column.heading for column in table.columns].index(heading)]
    assert isinstance(found, int)
    return found


def check_days(tables: dict[str, RosterTable], week: Span) -> None:
    """Whatever a roster says of the day of acceptance or entry lies in its week."""
    seen = 0
    for name, table in tables.items():
        for at, column in enumerate(table.columns):
            if (
                column.heading in ("受理日期", "走访日期", "推送时间", "申报日期")
                and CATALOGUE.rosters[name].event != "在册"
            ):
                seen += sum(row[at] in week for row in table.rows)
                assert all(row[at] in week for row in table.rows), name
    assert seen
