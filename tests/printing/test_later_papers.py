"""Papers of single programmes and of later stages: who gets one, and what is left for a hand to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk.casefile import CaseFile, draft_case
from clerk.files import read_household_file
from forms.language import compile_catalogue
from forms.layers import DEMO
from forms.paper import Grid, cells
from printing.case_values import CaseValues
from printing.layout import lay_out
from printing.marks import Page, Tick
from printing.packet import wanted
from tests.builders import DAY, an_id, the_demo_catalogue
from tests.printing.cases import OFFICE, file_case
from tests.printing.pages import read_back

NOT_ASKED = "满六个月"
LATER = ("D25", "D26-1", "D26-2", "D26-3", "D27", "D27A", "D29", "D30", "D31", "D35-1", "D35-2", "D35-3", "D36-1")


def demo(name: str, folder: Path, old: str = "", new: str = "") -> CaseFile:
    text = (DEMO / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    return file_case(folder, text.replace(old, new) if old else text)


@pytest.fixture(scope="module")
def father(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    """Five people, one of them disabled, one just injured."""
    return demo("C01", tmp_path_factory.mktemp("C01"))


@pytest.fixture(scope="module")
def boy(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    """A boy without care, his disabled father, his old grandmother."""
    return demo("C04-B", tmp_path_factory.mktemp("C04-B"))


def enclosed(case: CaseFile) -> dict[str, list[str]]:
    """Whom each paper of the packet is for."""
    found: dict[str, list[str]] = {}
    for one in wanted(case):
        found.setdefault(one.paper.id, []).append(one.whom)
    return found


def sheet(case: CaseFile, paper: str, row: str = "") -> list[Page]:
    return lay_out(case.catalogue.papers[paper], CaseValues(case.evaluator, case.facts), row)


def member(case: CaseFile, name: str) -> str:
    return next(row for row in case.facts.rows("成员") if case.name(row) == name)


def test_each_programme_brings_its_own_form_for_the_person_it_is_for(father: CaseFile, boy: CaseFile) -> None:
    first, second = enclosed(father), enclosed(boy)
    assert first["D38"] == ["张某山"]
    assert len(first["D34"]) == 1
    assert (second["D38"], second["D40-1"], second["D41-1"]) == (["李某水"], ["李某星"], ["陈某"])
    assert not {"D33", "D28", "D39-1", "D40-1", "D41-1"} & first.keys()
    assert not {"D34", "D39-1"} & second.keys()


def test_what_belongs_to_a_later_stage_is_in_no_packet(father: CaseFile, boy: CaseFile) -> None:
    assert not set(LATER) & (enclosed(father).keys() | enclosed(boy).keys())
    assert all(father.catalogue.papers[paper].alone for paper in LATER)


def test_a_slip_goes_to_each_place_a_household_is_sent_to_but_not_where_a_name_list_does(boy: CaseFile) -> None:
    places = enclosed(boy)["D37-1"]
    assert {"教育救助·学生资助", "中职免学费", "生活照料服务"} <= set(places)
    assert len(places) == len(set(places))
    assert not {"自来水费减免", "有线电视费减免", "困境儿童建档关爱"} & set(places)


def test_no_slip_is_made_for_who_did_not_agree_to_be_sent_on(tmp_path: Path) -> None:
    assert "D37-1" not in enclosed(demo("C01", tmp_path, "户籍情况:", "同意转其他项目: 否\n户籍情况:"))


def test_a_booklet_says_nothing_that_was_not_granted_yet(father: CaseFile) -> None:
    alone = next(row for row in father.facts.rows("办件") if father.facts.answer("办件", "项目", row) == "单人保")
    said = "".join(read_back(sheet(father, "D26-1", alone)))
    assert "张某山" in said
    assert "313" not in said
    assert not any(
        isinstance(mark, Tick) and mark.checked for page in sheet(father, "D26-1", alone) for mark in page.marks
    )


def test_a_question_that_does_not_apply_is_ticked_neither_yes_nor_no(boy: CaseFile) -> None:
    row = member(boy, "李某星")
    assert boy.facts.answer("成员", "父亲满六月", row) is None
    (page,) = sheet(boy, "D40-1", row)
    checked = [mark for mark in page.marks if isinstance(mark, Tick) and mark.checked]
    answered = ("父亲状况", "母亲状况", "母亲满六月")
    assert NOT_ASKED in read_back([page])[0]
    assert len(checked) == len(answered)


def test_a_childs_form_names_its_own_guardian_only() -> None:
    text = (DEMO / "cases" / "C12.yaml").read_text(encoding="utf-8").partition("择一选定:")[0].partition("录齐:")[0]
    boy = text[text.index("  - 姓名: 孤某童") :]
    girl = boy.replace("孤某童", "孤某妹").replace("990101201506189579", an_id("20170618", 22))
    girl = girl.replace("孤某祖", "孤某姨").replace("与申请人关系: 本人", "与申请人关系: 妹妹")
    catalogue = the_demo_catalogue()
    household = read_household_file(f"{text}{girl}录齐: 全部\n", catalogue, DAY)
    case = draft_case(household, compile_catalogue(catalogue, DAY), OFFICE)
    for name, own, other in (("孤某童", "孤某祖", "孤某姨"), ("孤某妹", "孤某姨", "孤某祖")):
        for paper in ("D39-1", "D39-2"):
            said = "".join(read_back(sheet(case, paper, member(case, name))))
            assert own in said
            assert other not in said


def test_a_fingerprint_has_room_wherever_it_may_stand_for_a_signature(father: CaseFile) -> None:
    asked = 0
    for paper in father.catalogue.papers.values():
        signings = [cell.signing for cell, _ in cells(paper.body)] if isinstance(paper.body, Grid) else []
        if any("或捺印）" in party for signing in signings for party in signing.parties):
            asked += 1
            assert max(signing.fingerprint for signing in signings) >= 25, paper.id
    assert asked


def test_papers_with_a_childs_troubles_show_who_printed_them(father: CaseFile) -> None:
    papers = father.catalogue.papers
    children = [
        paper for paper in papers.values() if {"孤儿", "事实无人"} & set(paper.programmes) and paper.each == "成员"
    ]
    assert {paper.id for paper in children if paper.watermark} == {"D39-1", "D40-1", "D40-2"}
    assert not any(paper.published for paper in children)
