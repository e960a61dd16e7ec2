"""What the household is told on paper: what is still to be brought (一次性告知), and the policy list in large type."""

import re
from pathlib import Path

import pypdfium2
import pytest

from clerk.casefile import CaseFile, draft_case
from clerk.errors import UserCanFix
from clerk.files import read_household_file
from forms.language import compile_catalogue
from forms.paper import Letter
from printing.case_values import CaseValues
from printing.layout import lay_out
from printing.marks import Page, Text
from printing.packet import Packet, leaflets, packet, wanted
from tests.builders import DAY, the_demo_catalogue
from tests.printing.cases import OFFICE, a_household, file_case, names

STILL, LIST = "D10", "L01"
BROUGHT = """附件:
  - {材料种类: 其他材料, 材料名称: 家庭经济状况核对授权书原件}
  - {材料种类: 户口簿}
"""


def enclosing(papers: str, count: int = 2) -> str:
    """A poor household that has handed over some papers."""
    return a_household(names(count)) + "\n" + papers


def text_of(made: Packet) -> str:
    document = pypdfium2.PdfDocument(made.pdf)
    return "".join("".join(page.get_textpage().get_text_bounded().split()).replace("\ufffe", "") for page in document)


def height(made: Packet, words: str) -> float:
    """How high on the first page some words stand."""
    text = pypdfium2.PdfDocument(made.pdf)[0].get_textpage()
    index, _ = text.search(words).get_next()
    return float(text.get_charbox(index)[1])


def a_draft(text: str) -> CaseFile:
    """A household that has filed nothing."""
    catalogue = the_demo_catalogue()
    return draft_case(read_household_file(text, catalogue, DAY), compile_catalogue(catalogue, DAY), OFFICE)


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    return file_case(tmp_path_factory.mktemp("owing"), a_household(names(2)), "低保")


@pytest.fixture(scope="module")
def draft() -> CaseFile:
    return a_draft(a_household(names(2)))


@pytest.fixture(scope="module")
def pages(draft: CaseFile) -> list[Page]:
    paper = draft.catalogue.papers[LIST]
    return lay_out(paper, CaseValues(draft.evaluator, draft.facts))


def test_the_sheet_tells_what_to_bring_to_promise_and_to_leave_at_home_with_days_and_whom_to_ask(poor: CaseFile) -> None:
    made = packet(poor, {STILL})
    said = text_of(made)
    down = ("收讫", "家庭经济状况核对授权书", "承诺人签名", "收入和财产申报承诺", "由我们自己核对的", "身份证、户口簿")
    heights = [height(made, words) for words in down]
    assert heights == sorted(heights, reverse=True)
    assert "《社会救助法》" in said
    due = max(due.day for due in poor.record.applications[0].dues)
    for told in (f"{due.year}年{due.month}月{due.day}日", "年月日前", OFFICE.name, OFFICE.clerk, names(1)[0]):
        assert told in said


def test_the_sheet_goes_with_a_packet_only_while_something_is_owed(poor: CaseFile, tmp_path: Path) -> None:
    assert [one.why for one in wanted(poor) if one.paper.id == STILL] == ["材料或情况还没有补齐"]
    settled = file_case(tmp_path, enclosing(BROUGHT), "低保")
    assert STILL not in {one.paper.id for one in wanted(settled)}
    with pytest.raises(UserCanFix, match="没有需要打印的文书"):
        packet(settled, {STILL})


def test_one_sheet_names_each_material_once_for_all_that_ask_for_it(tmp_path: Path) -> None:
    case = file_case(tmp_path, a_household(names(3)), "all")
    made = packet(case, {STILL})
    assert [(one.copies, one.whom) for one in made.contents] == [(2, "")]
    said = text_of(made)
    materials = [one.name for one in case.facts.lists["应交材料"]()]
    assert len(materials) > 3
    assert [said.count("".join(name.split())) >= 1 for name in materials] == [True] * len(materials)
    assert said.count("家庭经济状况核对授权书") == 1


def test_what_was_received_is_said_to_be_here_while_other_things_are_owed(tmp_path: Path) -> None:
    case = file_case(tmp_path, enclosing(BROUGHT), "all")
    made = packet(case, {STILL})
    assert height(made, "已经收到，不用再交的") > height(made, "家庭经济状况核对授权书")


def test_an_answer_that_is_missing_is_asked_for_by_name(tmp_path: Path) -> None:
    text = enclosing(BROUGHT).replace("年收入: 1200元, ", "")
    made = packet(file_case(tmp_path, text, "低保"), {STILL})
    assert height(made, "还不清楚的情况") > height(made, "年收入")
    assert "请您提交" not in text_of(made)


def test_the_list_is_no_part_of_a_packet_and_is_printed_when_asked_for(poor: CaseFile) -> None:
    assert LIST not in {one.paper for one in packet(poor).contents}
    assert leaflets(poor) == (STILL, LIST)
    assert [one.paper for one in packet(poor, {LIST}).contents] == [LIST]


def test_everything_on_the_list_is_set_in_eighteen_points_or_more(draft: CaseFile, pages: list[Page]) -> None:
    body = draft.catalogue.papers[LIST].body
    assert isinstance(body, Letter)
    assert body.size >= 18
    margin = 62  # page number and edition stand below the text
    sizes = {mark.size for page in pages for mark in page.marks if isinstance(mark, Text) and mark.y > margin}
    assert min(sizes) >= 18


def test_nothing_on_the_list_leaves_its_page(pages: list[Page]) -> None:
    from printing.text import width

    for page in pages:
        for mark in (mark for mark in page.marks if isinstance(mark, Text)):
            assert mark.x >= 40
            assert mark.x + width(mark.text, mark.face, mark.size) <= page.width - 40
            assert 20 <= mark.y <= page.height - 40


def test_before_filing_every_policy_stands_on_the_list_in_one_part(draft: CaseFile) -> None:
    made = packet(draft, leaflets(draft))
    said = text_of(made)
    can, cannot = said.index("可以申请的"), said.index("现在不能享受的")
    rows = draft.facts.lists["政策清单"]()
    assert {one.programme.id for one in rows} == set(draft.catalogue.programmes)
    for one in rows:
        assert "".join(one.programme.name.split()) in said
    assert can < said.index("最低生活保障") < cannot
    assert "带：家庭经济状况核对授权书" in said
    assert "已经申请的" not in said
    assert "案件" not in said


def test_the_list_says_amount_people_and_the_unmet_condition_in_the_policys_own_words(draft: CaseFile) -> None:
    rows = {one.programme.id: one for one in draft.facts.lists["政策清单"]()}
    assert re.search(r"元/月", rows["低保"].amount)
    assert rows["低保"].people == "全户"
    refused = [one for one in rows.values() if one.standing == "不符"]
    words = {condition.words for one in refused for condition in one.programme.conditions} | {"现在不在有效期内"}
    assert refused
    assert all(set(one.why.split("；")) <= words for one in refused)


def test_after_filing_the_list_says_what_was_asked_for(poor: CaseFile) -> None:
    said = text_of(packet(poor, {LIST}))
    assert said.index("已经申请的") < said.index("最低生活保障") < said.index("现在不能享受的")


def test_what_is_not_known_is_asked_for_and_more_than_four_are_counted() -> None:
    thin = """现住址: 示例县城关镇
成员:
  - {姓名: 赵某, 与申请人关系: 本人}
"""
    case = a_draft(thin)
    waiting = [one for one in case.facts.lists["政策清单"]() if one.standing == "待补"]
    assert any(re.search(r"等\d+项$", one.missing) for one in waiting)
    said = text_of(packet(case, leaflets(case)))
    assert "还要说清的情况" in said
    assert all("".join(one.missing.split()) in said for one in waiting)
