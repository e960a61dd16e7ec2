"""Columns that receiving departments look for first: hours taken, year paid for, threshold and share, needs over winter.

What nobody has said stays blank, is never a nought, and is named among what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from clerk.casefile import CaseFile
from clerk.fanout import submit
from clerk.files import read_household_file
from clerk.lacks import needed_lacks
from clerk.periods import Span, read_span
from clerk.records import Decision
from clerk.roster_lines import lines_of
from clerk.roster_shapes import Cell
from clerk.rosters import roster_rows
from clerk.screening import chosen, screen
from clerk.settings import Office
from clerk.store import open_store
from forms.language.evaluate import Evaluator
from forms.language.plan import Plan, compile_catalogue
from forms.layers import DEMO
from tests.builders import DAY, the_demo_catalogue

OFFICE = Office("示例乡", "990101001", "测试员")
SPAN = read_span("2026-09")
Filing = Callable[..., CaseFile]


@cache
def plan_on(day: date) -> Plan:
    """The rules of a day."""
    return compile_catalogue(the_demo_catalogue(), day)


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Filing:
    """File a worked case with some words of its file changed, accepted on a day."""
    folder = tmp_path_factory.mktemp("desk")

    def make(name: str, *changes: tuple[str, str], on: date = DAY) -> CaseFile:
        plan = plan_on(on)
        text = (DEMO / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        household = read_household_file(text, plan.catalogue, on)
        offers = chosen(screen(Evaluator(plan, household), plan.catalogue), "all")
        store = open_store(Path(folder) / f"{len(list(folder.iterdir()))}")
        with store.work() as work:
            record = submit(household, offers, work=work, plan=plan, office=OFFICE)
        store.close()
        return CaseFile(record, plan, on)

    return make


def column(case: CaseFile, roster: str, heading: str, span: Span = SPAN) -> list[Cell]:
    """What a roster's column says of a case."""
    table = roster_rows(case.catalogue.rosters[roster], span, [case], case.plan)
    place = [one.heading for one in table.columns].index(heading)
    return [row[place] for row in table.rows]


def lacking(case: CaseFile, roster: str) -> list[str]:
    """What is missing on a roster of a case, in words."""
    found = case.catalogue.rosters[roster]
    return [one.words for one in needed_lacks(found, lines_of(found, SPAN, [case]))]


def test_hours_run_from_the_hour_of_acceptance_to_the_hour_of_payment(filed: Filing) -> None:
    hours = ("困难原因: ", "快救受理时刻: 9.5\n快救发放时刻: 15\n困难原因: ")
    case = filed("C21", hours)
    assert column(case, "R07", "用时（小时）") == [None], "it was not paid yet"
    decided = tuple(replace(one, decision=Decision("同意", date(2026, 9, 2))) for one in case.record.applications)
    paid = CaseFile(replace(case.record, applications=decided), case.plan, DAY)
    assert column(paid, "R07", "用时（小时）") == [29.5]
    assert not lacking(paid, "R07")
    unsaid = filed("C21")
    unsaid = CaseFile(replace(unsaid.record, applications=decided), unsaid.plan, DAY)
    assert column(unsaid, "R07", "用时（小时）") == [None]
    assert lacking(unsaid, "R07") == ["「小额快救台账」缺用时（小时）"]


def test_the_year_paid_for_is_that_of_the_day_of_acceptance(filed: Filing) -> None:
    case = filed("C31")
    assert set(column(case, "R08", "缴费年度")) == {2027}
    early = filed("C31", on=date(2026, 8, 20))
    assert set(column(early, "R08", "缴费年度", read_span("2026-08"))) == {2026}
    standard = replace(case.catalogue.standards["参保缴费年度"], values=())
    catalogue = replace(case.catalogue, standards={**case.catalogue.standards, "参保缴费年度": standard})
    unknown = CaseFile(case.record, compile_catalogue(catalogue, DAY), DAY)
    assert set(column(unknown, "R08", "缴费年度")) == {None}
    assert all("缴费年度" in words for words in lacking(unknown, "R08"))


def test_threshold_and_share_are_those_the_relief_was_worked_out_by(filed: Filing) -> None:
    case = filed("C31")
    (own,), (threshold,), (share,), (relief,) = (
        column(case, "R09", heading) for heading in ("政策内自负", "起付线", "比例（%）", "救助额")
    )
    assert (threshold, share) == (50000, 60)
    assert (own - threshold) * share / 100 == relief  # type: ignore[operator]


def test_needs_over_winter_are_counted_by_kind_or_left_blank(filed: Filing) -> None:
    kinds = ("口粮", "衣被", "取暖", "医疗", "其他")
    told = filed("C19")
    assert [column(told, "R20-1", f"其中{kind}") for kind in kinds] == [[2], [2], [1], [0], [0]]
    assert not lacking(told, "R20-1")
    untold = filed("C19", ("需取暖人数: 1, ", ""))
    assert column(untold, "R20-1", "其中取暖") == [None], "nobody has said how many"
    assert lacking(untold, "R20-1") == ["「受灾人员冬春需救助人口一览表」缺其中取暖"]


def test_a_record_of_a_relative_says_where_he_works_and_what_the_family_receives(filed: Filing) -> None:
    case = filed("C31")
    said = {name: column(case, "R27", name)[0] for name in ("工作人员姓名", "工作单位", "职务", "亲属关系", "亲属成员")}
    assert said == {
        "工作人员姓名": "吴某溪",
        "工作单位": "石桥村村民委员会",
        "职务": "文书",
        "亲属关系": "弟",
        "亲属成员": "吴某河",
    }
    assert not lacking(case, "R27")


def test_an_old_person_is_listed_with_the_band_of_age_and_the_day_of_being_seen(filed: Filing) -> None:
    case = filed("C08")
    granted = tuple(replace(one, decision=Decision("同意", DAY, one.amounts)) for one in case.record.applications)
    paid = CaseFile(replace(case.record, applications=granted), case.plan, DAY)
    (age,) = column(paid, "R16", "年龄")
    assert isinstance(age, int)
    assert column(paid, "R16", "档") == [sum(age >= band for band in (80, 90, 100))]
    assert column(paid, "R16", "认证日") == [None], "nobody has seen the person yet"
