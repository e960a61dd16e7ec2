"""From filed cases to the workbook on a department's desk: every worked household, every shipped roster."""

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from clerk.casefile import CaseFile
from clerk.fanout import submit
from clerk.files import read_household_file
from clerk.periods import read_span
from clerk.rosters import RosterTable, roster_rows
from clerk.screening import chosen, screen
from clerk.settings import Office
from clerk.store import open_store
from forms.language.evaluate import Evaluator
from forms.language.plan import Plan, compile_catalogue
from forms.loader import DEMO
from forms.schema import Kind
from printing.sheet_fit import fit
from printing.workbook import sheet_of, write_per_receiver, write_workbook
from tests.builders import DAY, the_demo_catalogue

OFFICE = Office("示例县城关街道办事处", "990101001", "测试员")
MADE = date(2026, 9, 7)


@cache
def plan() -> Plan:
    return compile_catalogue(the_demo_catalogue(), DAY)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, RosterTable]]:
    """Every roster of September over every worked household that may apply for something."""
    store = open_store(tmp_path_factory.mktemp("desk"))
    cases = []
    for file in sorted((DEMO / "cases").glob("*.yaml")):
        if file.name.endswith(".expect.yaml"):
            continue
        household = read_household_file(file, plan().catalogue, DAY)
        offers = chosen(screen(Evaluator(plan(), household), plan().catalogue), "all")
        if offers:
            with store.work() as work:
                cases.append(CaseFile(submit(household, offers, work=work, plan=plan(), office=OFFICE), plan(), DAY))
    assert len(cases) >= 10
    span = read_span("2026-09")
    yield {one.id: roster_rows(one, span, cases, plan(), "内部") for one in plan().catalogue.rosters.values()}
    store.close()


def expected(table: RosterTable) -> list[list[object]]:
    """The rows as a reader of the workbook must find them."""

    def cell(value: object, kind: Kind) -> object:
        if value is None or value == "":
            return None
        if kind is Kind.MONEY and isinstance(value, int):
            return value / 100
        if isinstance(value, Fraction):
            return pytest.approx(float(value))
        return value

    kinds = [column.kind for column in table.columns]
    return [[number, *map(cell, row, kinds)] for number, row in enumerate(table.rows, 1)]


def test_every_roster_reads_back_as_it_was_worked_out(tables: dict[str, RosterTable], tmp_path: Path):
    write_workbook(list(tables.values()), tmp_path / "all.xlsx", OFFICE, MADE)
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert len(book.sheetnames) == len(tables) + 1
    for page, table in zip(book.worksheets[1:], tables.values(), strict=True):
        last = 3 + len(table.rows) + len(table.subtotals)
        lines = page.iter_rows(min_row=4, max_row=last, values_only=True) if table.rows else []
        rows = [row for row in lines if row[0] != "小计"]
        found = [[cell.date() if isinstance(cell, datetime) else cell for cell in row] for row in rows]
        assert found == expected(table)
        assert page["A1"].value == f"{table.name}（2026年9月）"


def test_the_rosters_are_not_empty_and_their_numbers_of_people_are_text(tables: dict[str, RosterTable], tmp_path: Path):
    assert sum(len(table.rows) for table in tables.values()) > 80
    write_workbook([tables["R14"]], tmp_path / "two.xlsx", OFFICE, MADE)
    page = openpyxl.load_workbook(tmp_path / "two.xlsx").worksheets[0]
    headings = [cell.value for cell in page[3]]
    for heading in ("证件号", "残疾证号"):
        column = headings.index(heading) + 1
        for line in range(4, 4 + len(tables["R14"].rows)):
            cell = page.cell(line, column)
            assert (cell.data_type, cell.number_format) == ("s", "@")
            assert len(cell.value) >= 18
            assert page.column_dimensions[cell.column_letter].width * 5.25 >= len(cell.value) * 4.5 + 4  # points


def test_what_the_bank_is_asked_to_pay_is_what_the_rosters_add_up_to(tables: dict[str, RosterTable]):
    def total(name: str, heading: str) -> int:
        table = tables[name]
        return table.totals[[column.heading for column in table.columns].index(heading)]

    monthly = [("R01", "合计"), ("R04", "月合计"), ("R14", "标准"), ("R15", "月金额"), ("R16", "金额")]
    once = total("R06", "救助金额")
    assert once > 0
    assert total("R26", "金额") == sum(total(*each) for each in monthly) + once > once


def cells(table: RosterTable, heading: str) -> list[object]:
    place = [column.heading for column in table.columns].index(heading)
    return [row[place] for row in table.rows]


def runs(words: list[object]) -> int:
    return len([at for at, word in enumerate(words) if at == 0 or word != words[at - 1]])


def test_each_application_stands_once_by_programme_village_and_case(tables: dict[str, RosterTable]):
    numbers = cells(tables["R26"], "办件编号")
    assert len(set(numbers)) == len(numbers) > 20
    named = cells(tables["R26"], "项目")
    assert runs(named) == len(set(named)) == len(tables["R26"].subtotals) > 3
    places = list(zip(cells(tables["R01"], "乡镇（街道）"), cells(tables["R01"], "村（社区）"), strict=True))
    assert runs(places) == len(set(places)) > 2
    changes = list(zip(cells(tables["R01"], "户编号"), cells(tables["R01"], "证件号"), strict=True))
    assert len(set(changes)) == len(changes) > 5
    assert set(cells(tables["R01"], "变动类型")) == {"新增"}


def test_subtotals_add_up_to_the_total(tables: dict[str, RosterTable]):
    table = tables["R26"]
    place = [column.main for column in table.columns].index(True)
    assert sum(one.cells[place] for one in table.subtotals) == table.totals[place] > 0
    assert table.subtotals[-1].after == len(table.rows)


def test_money_goes_to_the_account_of_the_person_or_else_of_the_household(tables: dict[str, RosterTable]):
    for name in ("R04", "R14", "R16", "R26"):
        paid = "" if name == "R26" else "收款"
        accounts = cells(tables[name], f"{paid}账号")
        assert sum(account is not None for account in accounts) > len(accounts) / 2
        assert all(
            (account is None) == (bank is None)
            for account, bank in zip(accounts, cells(tables[name], f"{paid}开户行"), strict=True)
        )


def test_a_roster_of_worked_households_is_legible_on_its_paper(tables: dict[str, RosterTable]):
    for table in tables.values():
        assert fit(sheet_of(table, OFFICE, MADE)).scale > 0.58, table.name


def test_what_is_not_counted_is_said_under_the_table(tables: dict[str, RosterTable], tmp_path: Path):
    open_ended = next(table for table in tables.values() if table.notes)
    write_workbook([open_ended], tmp_path / "open.xlsx", OFFICE, MADE)
    page = openpyxl.load_workbook(tmp_path / "open.xlsx").worksheets[0]
    under = [row[0].value for row in page.iter_rows(min_row=5 + len(open_ended.rows))]
    assert under[0] == f"共{open_ended.households}户、{open_ended.people}人"
    assert under[1] == open_ended.notes[0]
    assert any(line.startswith(f"填报单位：{OFFICE.name}") for line in under)
    assert under[-1].endswith("填表日期：2026-09-07")


def test_each_department_gets_its_own_file_with_only_its_rosters(tables: dict[str, RosterTable], tmp_path: Path):
    files = write_per_receiver(list(tables.values()), tmp_path, OFFICE, MADE)
    receivers = {receiver for table in tables.values() for receiver in table.department.split("、")}
    assert {file.name.partition("花名册")[0] for file in files} == receivers
    disabled = openpyxl.load_workbook(tmp_path / "残联花名册 2026年9月.xlsx")
    assert disabled.sheetnames == ["残疾人两项补贴花名册"]
    assert disabled.worksheets[0].oddFooter.left.text == "内部资料　不得外传"
