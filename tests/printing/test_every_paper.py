"""Every shipped paper, whoever wrote it: says all it has a box for, at any number of rows, and nothing that nobody found."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from clerk.casefile import CaseFile, draft_case
from clerk.files import read_household_file
from clerk.screening import chosen, screen
from forms.language import Evaluator, compile_catalogue
from forms.language.facts import ROOT_ROW
from forms.layers import DEMO
from forms.paper import Grid, Paper, plain
from forms.paper_walk import walk
from forms.schema import ROOT
from printing.case_values import CaseValues
from printing.layout import lay_out
from printing.marks import Line, Page, Text
from printing.packet import wanted
from printing.text import width
from tests.builders import DAY, the_demo_catalogue
from tests.printing.accounting import Tokens, bare, dues, most_rows, stands, words
from tests.printing.cases import OFFICE, a_household, file_case, names

PAPERS = the_demo_catalogue().papers
HOUSEHOLDS = sorted(path.stem for path in (DEMO / "cases").glob("*.yaml") if not path.stem.endswith("expect"))
LEAST_TYPE = 6.0
"""Points: nothing on a paper is smaller than 小六."""


@pytest.fixture(scope="module")
def plain_case(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    """Three adults, filed for all they may receive."""
    return file_case(tmp_path_factory.mktemp("plain"), a_household(names(3)))


@pytest.fixture(scope="module")
def real(plain_case: CaseFile) -> CaseValues:
    return CaseValues(plain_case.evaluator, plain_case.facts)


def a_row(paper: Paper) -> str:
    return ROOT_ROW if paper.each == ROOT else "X0"


def counts(paper: Paper) -> list[int]:
    """1, full, one more, twice as many, 30 rows."""
    full = most_rows(paper)
    return sorted({1, 30, *full, *(most + 1 for most in full), *(2 * most for most in full)} if full else {1})


@pytest.mark.parametrize("id_", PAPERS)
def test_a_paper_says_every_value_once_at_any_number_of_rows(id_: str, real: CaseValues) -> None:
    paper = PAPERS[id_]
    for count in counts(paper):
        values = Tokens(real, count)
        pages = lay_out(paper, values, a_row(paper))
        text = words(pages)
        due = list(dues(paper, values, a_row(paper)))
        owed = Counter(one.said(values) for one in due)
        again = {one.said(values) for one in due if one.head}
        found = Counter(re.findall(r"Z\d{4}", text))
        assert {word: found[word] for word in owed if word not in again} == {
            word: owed[word] for word in owed if word not in again
        }, f"{id_} with {count} rows"
        assert all(found[word] >= owed[word] for word in again), f"{id_} with {count} rows"
        _pages_are_counted(pages)


@pytest.mark.parametrize("id_", PAPERS)
def test_nothing_stands_outside_the_page_or_is_too_small_to_read(id_: str, real: CaseValues) -> None:
    paper = PAPERS[id_]
    for page in lay_out(paper, Tokens(real, 3), a_row(paper)):
        marks = (*(page.form.marks if page.form else ()), *page.marks)
        for mark in marks:
            if isinstance(mark, Text):
                assert mark.size >= LEAST_TYPE, mark
                assert mark.x >= 28, mark
                assert mark.x + width(mark.text, mark.face, mark.size) <= page.width - 28, mark
            elif isinstance(mark, Line):
                assert min(mark.x1, mark.x2) >= 28, mark
                assert max(mark.x1, mark.x2) <= page.width - 28, mark


@pytest.mark.parametrize("household", HOUSEHOLDS)
def test_every_paper_of_a_worked_household_says_what_is_known_of_it(household: str, tmp_path: Path) -> None:
    text = (DEMO / "cases" / f"{household}.yaml").read_text(encoding="utf-8")
    case = _case_of(text, tmp_path)
    values = CaseValues(case.evaluator, case.facts)
    wishes = [(one.paper, one.row) for one in wanted(case)]
    if household in HOUSEHOLDS[::3]:  # later papers are the same boxes for everybody
        wishes += [(paper, ROOT_ROW) for paper in PAPERS.values() if paper.alone and paper.each == ROOT]
    for paper, row in wishes:
        said = words(lay_out(paper, values, row))
        for one in dues(paper, values, row):
            assert stands(one.said(values), said), (paper.id, one.slot.value.text, one.row)


@pytest.mark.parametrize("id_", PAPERS)
def test_a_paper_states_when_for_whom_and_how_often_it_prints(id_: str) -> None:
    paper, catalogue = PAPERS[id_], the_demo_catalogue()
    named = any(id_ in programme.papers for programme in catalogue.programmes.values())
    assert paper.always or paper.alone or paper.programmes or named
    assert paper.each == ROOT or paper.each in catalogue.tables
    assert paper.copies >= 1
    assert paper.order > 0
    if paper.always and not paper.alone:
        assert paper.relevant
        assert paper.note


def test_no_two_papers_stand_at_one_place_in_the_file_by_accident() -> None:
    orders = Counter(paper.order for paper in PAPERS.values())
    assert not [order for order, times in orders.items() if times > 3]


@pytest.mark.parametrize("id_", PAPERS)
def test_no_value_is_written_into_the_notes_where_it_would_be_lost(id_: str) -> None:
    body = PAPERS[id_].body
    if isinstance(body, Grid):
        assert all(len(note) == 1 and plain(note) == note[0] for note in body.notes)


def test_a_case_without_a_decision_prints_no_decided_amount_and_no_ticked_finding(plain_case: CaseFile) -> None:
    values = CaseValues(plain_case.evaluator, plain_case.facts)
    decided = [
        use
        for paper in PAPERS.values()
        for use in walk(paper)
        if "起发月" in use.expression.text and use.table == "办件"
    ]
    assert decided
    for use in decided:
        for row in plain_case.facts.rows(use.table):
            assert values.say(use.expression, use.table, row, "") == "", use.expression.place


@pytest.mark.parametrize(
    ("day", "penalty", "other"),
    [(date(2026, 6, 30), "一倍以上三倍以下", "二倍以下"), (date(2026, 7, 1), "二倍以下", "一倍以上三倍以下")],
)
def test_the_penalty_is_that_of_the_law_in_force_on_the_day(day: date, penalty: str, other: str) -> None:
    catalogue = the_demo_catalogue()
    household = read_household_file(a_household(names(1)), catalogue, day)
    case = draft_case(household, compile_catalogue(catalogue, day), OFFICE)
    values = CaseValues(case.evaluator, case.facts)
    pledge = words(lay_out(PAPERS["D04"], values, ROOT_ROW))
    assert penalty in pledge
    assert other not in pledge
    refusal = words(lay_out(PAPERS["D11"], values, ROOT_ROW))
    assert "六十日内申请行政复议" in refusal
    assert "六个月内向人民法院提起行政诉讼" in refusal


def _pages_are_counted(pages: list[Page]) -> None:
    for at, page in enumerate(pages, start=1):
        assert bare(f"第{at}页共{len(pages)}页") in words([page])


def _case_of(text: str, folder: Path) -> CaseFile:
    """The household filed for all it may receive; as a draft when that is nothing."""
    catalogue = the_demo_catalogue()
    plan = compile_catalogue(catalogue, DAY)
    household = read_household_file(text, catalogue, DAY)
    if chosen(screen(Evaluator(plan, household), catalogue), ["all"]):
        return file_case(folder, text)
    return draft_case(household, plan, OFFICE)
