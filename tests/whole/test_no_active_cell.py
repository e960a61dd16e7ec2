"""Whatever a household, an office or a county writes, no output holds a cell that does something: text is only text.

Every text question of a real household is answered with something that a spreadsheet would like to run, and every kind
of output is made of it and searched part by part.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from clerk.casefile import CaseFile
from clerk.fanout import submit
from clerk.files import read_household_file
from clerk.household import Household
from clerk.keying import keying_sheets
from clerk.own_lists import OwnColumn, OwnList, as_roster
from clerk.periods import read_span
from clerk.roster_delta import delta_of
from clerk.rosters import RosterTable, roster_rows
from clerk.screening import chosen, screen
from clerk.settings import Office
from clerk.store import open_store
from forms.language.evaluate import Evaluator
from forms.language.plan import compile_catalogue
from forms.layers import DEMO
from forms.schema import ROOT, Kind, Value
from printing.county_sheet.filling import fill
from printing.drawn.exporting import export_paper
from printing.workbook import sheet_of, workbook_bytes
from tests.builders import DAY, the_demo_catalogue
from tests.printing.county_template import MAIN, a_county_template
from tests.printing.pages import a_paper
from tests.printing.test_county_sheet import looked_into, read_back
from tests.printing.test_workbook import PAYLOADS

PLAN = compile_catalogue(the_demo_catalogue(), DAY)
MADE, SPAN = date(2026, 9, 30), read_span("2026-09")
OFFICE = Office("=1+1办事处", "990101001", "@经办")
TEXTS = frozenset({Kind.TEXT, Kind.LONG, Kind.NAME, Kind.PHONE})
ACTIVE = re.compile(r"<f[ >/]|<hyperlink|externalLink|<oleObject|macro|ddeLink|quotePrefix=\"1\"", re.IGNORECASE)


def poisoned(household: Household) -> Household:
    """The household with every text question answered by one payload or another, also those nobody had answered."""
    payloads = cycle(PAYLOADS)
    fields = PLAN.catalogue.fields.values()

    def answers(table: str, known: dict[str, Value]) -> dict[str, Value]:
        asked = [field.id for field in fields if field.table == table and field.kind in TEXTS]
        return {**known, **{name: next(payloads) for name in asked}}

    tables = {
        table: tuple(replace(row, answers=answers(table, dict(row.answers))) for row in rows)
        for table, rows in household.tables.items()
    }
    return replace(household, answers=answers(ROOT, dict(household.answers)), tables=tables)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[CaseFile]]:
    """Two households that say nothing but payloads, filed for everything they may receive."""
    store = open_store(tmp_path_factory.mktemp("desk"))
    found = []
    for name in ("C31", "C19"):
        household = read_household_file(DEMO / "cases" / f"{name}.yaml", PLAN.catalogue, DAY)
        offers = chosen(screen(Evaluator(PLAN, household), PLAN.catalogue), "all")
        with store.work() as work:
            record = submit(household, offers, work=work, plan=PLAN, office=OFFICE)
        found.append(CaseFile(replace(record, household=poisoned(household)), PLAN, DAY))
    yield found
    store.close()


@pytest.fixture(scope="module")
def tables(cases: list[CaseFile]) -> list[RosterTable]:
    """Every roster of the month, as the office keeps it."""
    rosters = [one for one in PLAN.catalogue.rosters.values() if "内部" in one.versions]
    return [roster_rows(one, SPAN, cases, PLAN, "内部") for one in rosters]


def inert(data: bytes) -> set[str]:
    """The words in a workbook, after nothing active was found in any part of it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    assert not [hit for part in parts for hit in ACTIVE.findall(part)]
    words = set()
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type != "f":
                    assert cell.data_type == "s", (sheet.title, cell.coordinate)
                    words.add(cell.value)
    return words


def seen(words: set[str]) -> set[str]:
    """The payloads among some words; a carriage return reads back as a line end."""
    return {one for one in PAYLOADS if {one, one.replace("\r", "\n")} & words}


def full(table: RosterTable) -> RosterTable:
    """The table with a row for each payload, which stands in every column of words."""
    words = [column.kind in TEXTS for column in table.columns]
    return replace(table, rows=tuple(tuple(one if at else None for at in words) for one in PAYLOADS), subtotals=())


def test_no_roster_of_any_kind_holds_an_active_cell(tables: list[RosterTable]) -> None:
    words = inert(workbook_bytes([sheet_of(table, OFFICE, MADE) for table in tables]))
    assert len(seen(words)) > len(PAYLOADS) / 2, "as real households would bring them"
    assert any("=1+1办事处" in word for word in words)
    assert seen(inert(workbook_bytes([sheet_of(full(table), OFFICE, MADE) for table in tables]))) == set(PAYLOADS)


@pytest.mark.parametrize("version", sorted(PLAN.catalogue.versions))
def test_no_roster_that_leaves_the_office_does(cases: list[CaseFile], version: str) -> None:
    rosters = [one for one in PLAN.catalogue.rosters.values() if version in one.versions]
    # without the guard, which would refuse these words: they are answers that must not leave the office
    tables = [replace(roster_rows(one, SPAN, cases, PLAN, version), guard=None) for one in rosters]
    inert(workbook_bytes([sheet_of(table, OFFICE, MADE) for table in tables]))
    assert seen(inert(workbook_bytes([sheet_of(full(table), OFFICE, MADE) for table in tables]))) == set(PAYLOADS)


def test_no_sheet_of_changes_does(tables: list[RosterTable]) -> None:
    pairs = [(replace(full(table), rows=full(table).rows[1:2]), full(table)) for table in tables[::6]]
    words = inert(workbook_bytes([sheet_of(delta_of(before, now), OFFICE, MADE) for before, now in pairs]))
    assert seen(words) == {*PAYLOADS} - {PAYLOADS[1]}, "what did not change is not on it"


def test_no_list_of_ones_own_does(cases: list[CaseFile]) -> None:
    texts = [field.id for field in PLAN.catalogue.fields.values() if field.table == "成员" and field.kind in TEXTS]
    headings = [f"{payload}{at}" for at, payload in zip(range(len(texts)), cycle(PAYLOADS), strict=False)]
    columns = tuple(OwnColumn(name, heading) for name, heading in zip(texts, headings, strict=True))
    own = as_roster(OwnList("=名单", "受理", "成员", columns=columns), PLAN)
    words = inert(workbook_bytes([sheet_of(full(roster_rows(own, SPAN, cases, PLAN)), OFFICE, MADE)]))
    assert seen(words) == set(PAYLOADS)
    assert any(word.startswith("=1+1") for word in words), "also a heading of one's own"


def test_the_countys_own_sheet_keeps_its_formulas_and_gets_none_of_ours(cases: list[CaseFile], tmp_path: Path) -> None:
    template, target = a_county_template(tmp_path / "县里发的表.xlsx"), tmp_path / "报县局.xlsx"
    opened, county = looked_into(template)
    table = full(roster_rows(PLAN.catalogue.rosters["R01"], SPAN, cases, PLAN, "内部"))
    fill(opened, county, table, (OFFICE, MADE), target)
    computed = {one: formulas_of(read_back(one)[MAIN]) for one in (template, target)}
    assert computed[target] == computed[template] != set(), "only the columns the county computes itself"
    cells = [cell for row in read_back(target)[MAIN].iter_rows() for cell in row]
    assert seen({cell.value for cell in cells if cell.data_type == "s"}) == set(PAYLOADS)


def formulas_of(page: Worksheet) -> set[int]:
    """The columns that hold formulas."""
    return {cell.column for row in page.iter_rows() for cell in row if cell.data_type == "f"}


def test_a_paper_taken_out_to_be_drawn_is_only_words(tmp_path: Path) -> None:
    said = [json.dumps(f"{one}:6", ensure_ascii=False) for one in PAYLOADS if not set("{|\r\n") & set(one)]
    rows = "\n".join(f'      - {{格: [{one}, "　:18"]}}' for one in said)
    text = f'文书: B01\n名称: 甲表\n版: "1"\n题: "=1+1"\n副题: "@x"\n左: "+1"\n右: "-1"\n块:\n  - 侧: "=侧"\n    行:\n{rows}\n注: ["=2+2"]\n'
    words = inert(export_paper(a_paper(tmp_path, text)))
    assert {"=1+1", "@x", "+1", "-1", "=2+2"} <= words


def test_a_value_handed_to_another_system_is_the_answer_and_nothing_else(cases: list[CaseFile]) -> None:
    texts = {line.text for case in cases for sheet in keying_sheets(case) for line in sheet.lines}
    assert seen(texts)
