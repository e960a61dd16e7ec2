"""Papers of relief in kind, services, proofs and the file itself: who gets one at the window, and what stays for a hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from clerk.casefile import CaseFile
from forms.language.facts import ROOT_ROW
from forms.layers import DEMO
from printing.case_values import CaseValues
from printing.layout import lay_out
from printing.marks import Line, Page, Tick
from printing.packet import wanted
from tests.builders import the_demo_catalogue
from tests.printing.cases import file_case
from tests.printing.pages import read_back

LATER = ("D43-1", "D43-2", "D45-2", "D46-2", "D47-3", "D50-1", "D50-2", "D50-3", "D51", "D53-1", "D53-2", "D55-1")
FOUND = ("D43-1", "D46-2", "D50-1", "D50-2", "D50-3", "D51", "D53-1", "D53-2", "D55-1", "D55-2", "D55-3", "D56")

Filed = Callable[[str], CaseFile]


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Filed:
    """A worked household, filed once for all it may receive."""
    known: dict[str, CaseFile] = {}

    def case(name: str) -> CaseFile:
        if name not in known:
            text = (DEMO / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
            known[name] = file_case(tmp_path_factory.mktemp(name), text)
        return known[name]

    return case


def enclosed(case: CaseFile) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in wanted(case):
        found.setdefault(one.paper.id, []).append(one.whom)
    return found


def sheet(case: CaseFile, paper: str, row: str = ROOT_ROW) -> list[Page]:
    return lay_out(case.catalogue.papers[paper], CaseValues(case.evaluator, case.facts), row)


def test_every_paper_of_the_list_is_there() -> None:
    numbers = {re.match(r"D(\d+)", id_)[1] for id_ in the_demo_catalogue().papers if id_.startswith("D")}  # type: ignore[index]
    assert numbers == {f"{number:02d}" for number in range(1, 57)}


def test_a_patient_and_a_person_in_destitution_get_their_own_papers_and_nobody_else_does(filed: Filed) -> None:
    papers = enclosed(filed("C30"))
    assert papers["D42"] == ["孙某兰"]
    assert papers["D52"] == ["赵某庆"]
    assert {"D48-1", "D49"} <= papers.keys()
    assert not {"D44-1", "D44-2", "D45-1", "D46-1", "D46-3", "D47-1", "D48-2", "D54"} & papers.keys()


def test_who_lives_in_an_institution_is_looked_after_without_an_agreement(tmp_path: Path) -> None:
    text = (DEMO / "cases" / "C30.yaml").read_text(encoding="utf-8")
    assert "供养方式: 分散" in text
    assert "D52" not in enclosed(file_case(tmp_path, text.replace("供养方式: 分散", "供养方式: 集中")))


@pytest.mark.parametrize("household", ["C01", "C03", "C04"])
def test_a_household_in_need_or_struck_by_illness_gets_a_plan(filed: Filed, household: str) -> None:
    assert "D49" in enclosed(filed(household))


def test_a_household_that_lost_its_house_gets_both_forms_of_disaster_relief_and_no_plan(filed: Filed) -> None:
    papers = enclosed(filed("C19"))
    assert {"D46-1", "D46-3"} <= papers.keys()
    assert "D49" not in papers


def test_a_stranded_stranger_is_registered_and_handed_over(filed: Filed) -> None:
    papers = enclosed(filed("C21"))
    assert {"D32", "D47-1", "D47-2"} <= papers.keys()
    assert "D03" not in papers
    assert not {"D47-1", "D47-2"} & enclosed(filed("C02")).keys()


def test_who_rents_gets_the_form_for_renting_with_what_was_asked_for_ticked(filed: Filed) -> None:
    case = filed("C02")
    assert len(enclosed(case)["D44-1"]) == 1
    assert "□公租房" not in read_back(sheet(case, "D44-1"))[0]
    ticked = [mark for page in sheet(case, "D44-1") for mark in page.marks if isinstance(mark, Tick) and mark.checked]
    assert len(ticked) == 2


def test_the_papers_of_a_helper_a_relative_a_bank_book_an_unsafe_house_and_a_funeral_come_together(
    filed: Filed,
) -> None:
    papers = enclosed(filed("C31"))
    assert {"D06", "D12-1", "D33", "D42", "D44-2", "D45-1", "D48-2", "D54"} <= papers.keys()
    assert "D05" not in papers
    assert {"D05", "D28"} <= enclosed(filed("C32")).keys()


@pytest.mark.parametrize("household", ["C02", "C30", "C31"])
def test_what_is_written_later_is_in_no_packet(filed: Filed, household: str) -> None:
    assert not set(LATER) & enclosed(filed(household)).keys()


def test_visits_calls_services_and_proofs_print_without_anything_found(filed: Filed) -> None:
    case = filed("C30")
    pupil = next(row for row in case.facts.rows("成员") if case.name(row) == "赵某安")
    for id_ in FOUND:
        paper = case.catalogue.papers[id_]
        pages = sheet(case, id_, pupil if paper.each == "成员" else ROOT_ROW)
        assert not [mark for page in pages for mark in page.marks if isinstance(mark, Tick) and mark.checked], id_


def test_the_list_of_the_file_has_27_lines_a_page_and_says_what_was_taken_in(filed: Filed) -> None:
    (page,) = sheet(filed("C31"), "D55-2")
    assert page.form is not None
    levels = {round(mark.y1) for mark in page.form.marks if isinstance(mark, Line) and abs(mark.y1 - mark.y2) < 0.01}
    assert len(levels) == 29  # above and below the heading, and below each of 27 lines
    text = read_back([page])[0]
    assert "房屋鉴定报告" in text
    assert "附火化证明" in text
