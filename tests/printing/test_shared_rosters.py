"""Versions of rosters that leave the office: nothing but what their lists name, whatever households have told."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from clerk.errors import UserCanFix
from clerk.periods import month_of
from clerk.rosters import roster_rows
from forms.schema import Kind
from printing.workbook import write_workbook
from tests.builders import DAY
from tests.forms.language.campaigns import the_plan
from tests.printing.cases import OFFICE
from tests.printing.shared_rosters import MADE, cases_of, handed_out

HOUSEHOLDS = range(60)


@pytest.mark.parametrize("version", ["公示", "微信"])
def test_no_sensitive_answer_of_any_household_is_in_the_file(version: str, tmp_path: Path):
    plan = the_plan(DAY)
    seen = handed_out(cases_of(plan, HOUSEHOLDS), plan, version, tmp_path / "out.xlsx")
    assert seen.told == ()
    assert seen.rows > 100
    assert seen.hidden > 2000
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert all(page.sheet_state == "visible" for page in book.worksheets)
    assert {page.oddFooter.left.text for page in book.worksheets} == {plan.catalogue.versions[version].footer}


def test_the_chat_version_names_nobody(tmp_path: Path):
    plan = the_plan(DAY)
    cases = cases_of(plan, range(20))
    table = roster_rows(plan.catalogue.rosters["R01"], month_of(DAY), cases, plan, "微信")
    assert Kind.NAME not in {column.kind for column in table.columns}
    assert {"姓名", "户主姓名"}.isdisjoint(column.heading for column in table.columns)


def test_the_posted_version_of_a_roster_has_only_the_columns_that_its_list_names():
    plan = the_plan(DAY)
    roster = plan.catalogue.rosters["R01"]
    internal = {column.heading for column in roster_rows(roster, month_of(DAY), [], plan, "内部").columns}
    public = {column.heading for column in roster_rows(roster, month_of(DAY), [], plan, "公示").columns}
    assert public < internal
    assert public == {"乡镇（街道）", "村（社区）", "姓名", "保障人口", "事项", "合计", "起（止）月"}


def test_children_and_unpublished_rows_are_left_out_and_counted():
    plan = the_plan(DAY)
    cases = cases_of(plan, range(100))
    for name in ("R01", "R06", "R29"):
        inside = roster_rows(plan.catalogue.rosters[name], month_of(DAY), cases, plan, "内部")
        public = roster_rows(plan.catalogue.rosters[name], month_of(DAY), cases, plan, "公示")
        left = len(inside.rows) - len(public.rows)
        assert left > 0
        assert f"另有{left}行按规定不公开，未列入" in public.notes


def test_a_version_a_roster_is_not_made_in_is_refused():
    plan = the_plan(DAY)
    with pytest.raises(UserCanFix, match="没有公示版"):
        roster_rows(plan.catalogue.rosters["R15"], month_of(DAY), [], plan, "公示")


def test_the_scan_stops_a_file_whose_model_let_something_through(tmp_path: Path):
    plan = the_plan(DAY)
    cases = cases_of(plan, range(8))
    table = roster_rows(plan.catalogue.rosters["R29"], month_of(DAY), cases, plan, "公示")
    assert table.guard
    secret = next(word for word in sorted(table.guard.secrets) if word.isdigit() and len(word) == 18)
    leaky = replace(table, notes=(*table.notes, f"联系人 {secret}"))
    with pytest.raises(UserCanFix, match="不得公开"):
        write_workbook([leaky], tmp_path / "leaky.xlsx", OFFICE, MADE)
    assert not (tmp_path / "leaky.xlsx").exists()
