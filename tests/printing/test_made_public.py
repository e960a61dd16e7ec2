"""What is made public: a model of its own, refused where it must be, searched before it leaves."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from clerk.publicity import ENTRIES, NOTICE, Entry, Notice, PublicFacts, dated, notice_of, refusal
from forms.catalogue import Catalogue
from forms.loader import DEMO, NATIONAL, load
from forms.numbering import FIELD as NUMBER
from forms.public import ENTRY, PUBLIC
from forms.reading import DataErrors
from forms.schema import ROOT
from printing.handing import ready_papers
from printing.leaks import Bounds, find_leaks, pdf_texts, refuse_leaks, refuse_leaks_in_workbook, workbook_texts
from printing.packet import packet
from tests.builders import DAY, an_id, the_demo_catalogue
from tests.forms.language.campaigns import the_plan
from tests.printing.cases import a_household, file_case, names
from tests.printing.made_public import POSTED, Found, campaign
from tests.printing.test_packet import pages_of, paper_text

NOBODY = Notice("", "", "", (), 7)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    filed = file_case(tmp_path_factory.mktemp("public"), a_household(names(3)), "低保")
    return CaseFile(filed.record, filed.plan, DAY, POSTED)


def test_the_model_answers_exactly_what_the_data_may_ask() -> None:
    assert {ROOT: frozenset({*NOTICE, NUMBER}), ENTRY: frozenset(ENTRIES)} == PUBLIC
    declared = the_demo_catalogue().fields
    assert {f"{table}.{field}" for table, known in PUBLIC.items() for field in known} <= set(declared)


def test_a_question_added_to_the_form_never_gets_into_the_model(tmp_path: Path) -> None:
    """Nothing of a household goes into a notice but what is named in code, and nothing else is answered of it."""
    assert {field.name for field in fields(Entry)} == {"name", "headcount", "group", "amount", "village", "decided"}
    facts = PublicFacts(NOBODY)
    catalogue = the_demo_catalogue()
    for field in catalogue.fields.values():
        if field.id not in PUBLIC.get(field.table, ()):
            assert facts.answer(field.table, field.id, "") is None
            assert facts.rows(field.table) == [] or field.table == ENTRY


def test_a_notice_of_seven_days_counts_the_day_it_is_posted(case: CaseFile) -> None:
    notice = notice_of(case, case.record.applications[0], date(2026, 9, 18))
    assert (notice.days, notice.until, notice.after) == (7, date(2026, 9, 24), date(2026, 9, 28))
    assert notice.warnings == ()
    said = paper_text(packet(case, {"D20"}), "D20")
    assert "公示期7天：2026年9月18日至2026年9月24日（含首尾两天）" in said
    assert "2026年9月28日起办理后续手续；本公示最迟于2026年9月28日撤下" in said


def test_days_that_nobody_has_said_are_left_to_be_written(case: CaseFile) -> None:
    open_ = CaseFile(case.record, case.plan, DAY)
    assert notice_of(open_, case.record.applications[0], None).until is None
    assert "公示期7天：＿＿＿＿至＿＿＿＿（含首尾两天）" in paper_text(packet(open_, {"D20"}), "D20")


def test_a_year_without_its_table_of_days_off_is_said_on_the_paper(case: CaseFile) -> None:
    late = CaseFile(case.record, case.plan, DAY, date(2027, 3, 1))
    assert "2027年放假安排未录入，只按周末推算，请人工核对" in paper_text(packet(late, {"D20"}), "D20")
    assert "放假安排未录入" not in paper_text(packet(case, {"D20"}), "D20")


def test_a_promise_counted_without_a_table_of_days_off_is_said_on_the_paper(tmp_path: Path) -> None:
    known = the_demo_catalogue()
    without = replace(known, calendar_years=frozenset())
    filed = file_case(tmp_path, a_household(names(1)), "低保", without)
    assert "2026年放假安排未录入，只按周末推算，请人工核对" in paper_text(packet(filed, {"D09"}), "D09")
    assert "放假安排未录入" not in paper_text(
        packet(file_case(tmp_path / "x", a_household(names(1)), "低保"), {"D09"}), "D09"
    )


def test_a_programme_that_is_not_made_public_is_refused_with_the_reason(case: CaseFile) -> None:
    private = next(one for one in case.catalogue.programmes.values() if not one.published)
    record = replace(case.record, applications=(replace(case.record.applications[0], programme=private.id),))
    with pytest.raises(UserCanFix, match=f"「{private.name}」按规定不公示"):
        packet(CaseFile(record, case.plan, DAY), {"D20"})


@pytest.mark.parametrize(("born", "said"), [("20080902", "不满18周岁"), ("20080901", ""), ("", "没有出生日期")])
def test_nobody_under_age_is_named(case: CaseFile, born: str, said: str) -> None:
    application = case.record.applications[0]
    (first, *others) = case.record.household.tables["成员"]
    day = date(int(born[:4]), int(born[4:6]), int(born[6:])) if born else None
    answers = {**first.answers, "出生日期": day} if day else {k: v for k, v in first.answers.items() if k != "出生日期"}
    household = replace(
        case.record.household,
        tables={**case.record.household.tables, "成员": (replace(first, answers=answers), *others)},
    )
    found = refusal(CaseFile(replace(case.record, household=household), case.plan, DAY), application)
    assert said in found
    assert bool(found) == bool(said)


def test_a_county_may_have_names_masked(case: CaseFile, tmp_path: Path) -> None:
    layer = tmp_path / "masked"
    (layer / "standards").mkdir(parents=True)
    (layer / "pack.yaml").write_text("编号: 遮名\n名称: 遮名\n层级: 县\n版本: 1\n", encoding="utf-8")
    text = "标准: 公示遮名\n类型: 是否\n值: [{自: 2021-07-01, 文件: {名称: 本县规定}, 值: 是}]\n"
    (layer / "standards" / "x.yaml").write_text(text, encoding="utf-8")
    filed = file_case(tmp_path, a_household(names(2)), "低保", load([NATIONAL, DEMO, layer]))
    said, full = paper_text(packet(filed, {"D20"}), "D20"), filed.name(filed.facts.rows("成员")[0])
    assert full not in said
    assert full[0] + "某某" in said


PAPER = """文书: X0{number}
名称: 新公示
版: "1"
体: 函
每: {each}
公示: 是
项目: [低保]
正文:
  - "{text}"
{more}"""


def with_papers(folder: Path, *papers: tuple[str, str], each: str = "办件") -> Catalogue:
    """The demo county with public papers X01, X02 …, each a passage and further lines."""
    layer = folder / "pack"
    (layer / "papers").mkdir(parents=True)
    (layer / "pack.yaml").write_text("编号: 试包\n名称: 试包\n层级: 县\n版本: 1\n", encoding="utf-8")
    for number, (text, more) in enumerate(papers, start=1):
        written = PAPER.format(number=number, text=text, more=more, each=each)
        (layer / "papers" / f"x{number}.yaml").write_text(written, encoding="utf-8")
    return load([NATIONAL, DEMO, layer])


ASKING_TOO_MUCH = {
    ("{对象姓名}", ""): "公示不得写出「对象姓名」",
    ("{家庭总收入}", ""): "公示不得写出",
    ("{如果(资格(低保), 1, 0)}", ""): "公示不得写出「资格",
    ("{成员数()}", ""): "公示不得写出「成员数",
    ("甲", "  - {每: 成员, 文: 一名}\n"): "公示不得逐行列出「成员」",
    ("甲", "  - {仅当: 困难原因 包含 因病, 文: 因病}\n"): "公示不得写出「困难原因」",
    ("甲", '码: "{申请人证件号}"\n'): "公示不得写出「申请人证件号」",
}


def test_a_public_paper_that_asks_for_anything_else_is_refused_when_loaded(tmp_path: Path) -> None:
    with pytest.raises(DataErrors) as refused:
        with_papers(tmp_path, *ASKING_TOO_MUCH)
    for number, said in enumerate(ASKING_TOO_MUCH.values(), start=1):
        assert any(f"papers/x{number}.yaml" in str(one) and said in str(one) for one in refused.value.errors), said


def test_a_public_paper_is_made_for_an_application(tmp_path: Path) -> None:
    with pytest.raises(DataErrors, match="每: 办件"):
        with_papers(tmp_path, ("甲", ""), each="家庭")


def test_a_number_written_into_the_data_by_hand_is_found_before_the_paper_leaves(tmp_path: Path) -> None:
    number = "13900000011"
    filed = file_case(tmp_path, a_household(names(1)), "低保", with_papers(tmp_path, (f"请打{number}", "")))
    (ready,) = ready_papers(filed, {"X01"})
    with pytest.raises(UserCanFix, match="公示文件里发现不得公开的内容") as refused:
        ready.draw("")
    assert number not in refused.value.message


def test_a_code_on_a_public_paper_is_read_too(tmp_path: Path) -> None:
    filed = file_case(tmp_path, a_household(names(1)), "低保", with_papers(tmp_path, ("甲", f'码: "{an_id()}"\n')))
    (ready,) = ready_papers(filed, {"X01"})
    with pytest.raises(UserCanFix, match="18位号码"):
        ready.draw("")


@pytest.mark.parametrize(
    "text",
    [
        an_id(),
        "电话13900000011",
        "１３９００００００１１",
        "139 0000 0011",
        "139-0000-0011",
        "6228 4800 0000 0000 123",
        "990101 19800101 0113",
        "卡号622848000000000",
        "某某红星村四组17号",
    ],
)
def test_long_numbers_and_answers_are_found_however_they_are_written(text: str) -> None:
    assert find_leaks([f"公示：{text}。"], Bounds(secrets=("四组17号",)))


@pytest.mark.parametrize(
    "text",
    [
        "2026年9月18日至2026年9月24日",
        "632.00元（每月）",
        "0453-1234567",
        "第1页　共2页",
        "990101-2026-00001",
        "1 2 3 4 5 6 7 8 9 10 11 12",
    ],
)
def test_what_may_stand_on_a_notice_is_not_taken_for_a_leak(text: str) -> None:
    assert find_leaks([text], Bounds(numbers=("990101-2026-00001",))) == []


def test_a_secret_that_is_part_of_a_public_name_is_no_leak() -> None:
    assert find_leaks(["赵某某一户"], Bounds(secrets=("赵某",), public=("赵某某",))) == []
    assert find_leaks(["赵某某和赵某"], Bounds(secrets=("赵某",), public=("赵某某",))) == ["敏感内容"]


def a_workbook(hide: str) -> bytes:
    """A public list with a number hidden somewhere in it."""
    book, number = Workbook(), an_id()
    sheet = book.active
    sheet.append(["姓名", "人口", "金额"])
    sheet.append(["赵某", 3, 632.0])
    if hide == "sheet":
        book.create_sheet("x").append([number])
        book["x"].sheet_state = "veryHidden"
    elif hide == "comment":
        sheet["A2"].comment = Comment(number, "甲")
    elif hide == "properties":
        book.properties.description = number
    elif hide == "name":
        book.create_sheet(number)
    elif hide == "number":
        sheet["D2"] = 13900000011
    elif hide == "column":
        sheet["H2"] = number
        sheet.column_dimensions["H"].hidden = True
    elif hide == "footer":
        sheet.oddFooter.center.text = number
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize("hide", ["sheet", "comment", "properties", "name", "number", "column", "footer"])
def test_nothing_hidden_in_a_workbook_gets_out(hide: str) -> None:
    with pytest.raises(UserCanFix, match="公示文件里发现不得公开的内容"):
        refuse_leaks_in_workbook(a_workbook(hide), Bounds())


def test_a_clean_workbook_passes() -> None:
    clean, bounds = a_workbook(""), Bounds(secrets=("四组17号",))
    read = list(workbook_texts(clean))
    assert {"姓名", "赵某", "632"} <= set(read)
    assert find_leaks([" | ".join(read)], bounds) == []
    refuse_leaks_in_workbook(clean, bounds)
    with pytest.raises(UserCanFix, match="敏感内容"):
        refuse_leaks_in_workbook(clean, Bounds(secrets=("赵某",)))


def test_the_documents_own_entries_are_read(case: CaseFile) -> None:
    made = packet(case, {"D20"}).pdf
    document = pypdfium2.PdfDocument(made)
    assert document.get_metadata_dict()["Title"] == case.record.case_number
    refuse_leaks(made, (), Bounds(numbers=(case.record.case_number,)))
    titled = made.replace(b"/Title ", b"/Title (13900000011) /Was ", 1)
    with pytest.raises(UserCanFix, match="11位号码"):
        refuse_leaks(titled, (), Bounds())


def test_no_random_household_is_told_of_beyond_the_model() -> None:
    found = Found()
    campaign(the_plan(DAY), range(20), found)
    assert found.told == []
    assert found.made >= 25, found
    assert found.refused >= 10, found
    assert found.hidden > 50 * found.made, "there was much to hide"


def test_every_shipped_public_paper_is_made_and_clean(case: CaseFile) -> None:
    public = {paper.id for paper in case.catalogue.papers.values() if paper.published}
    assert {"D20", "D21"} <= public
    for ready in ready_papers(
        case, public & {one for one in public if "低保" in case.catalogue.papers[one].programmes or one == "D20"}
    ):
        assert pages_of(packet(case, {ready.paper.id}))
        assert ready.draw("").pages == 1


def test_the_days_of_a_notice_move_with_its_first(case: CaseFile) -> None:
    for late in range(60):
        posted = DAY + timedelta(days=late)
        notice = dated(NOBODY, posted, case.catalogue)
        assert notice.until == posted + timedelta(days=6)
        assert notice.after is not None
        assert notice.after > notice.until


@pytest.mark.parametrize("phone", ["0999-1234567", "13800990000", "12345"])
def test_the_offices_phone_and_no_other_number_stands_on_a_notice(case: CaseFile, phone: str) -> None:
    record = replace(case.record, office=replace(case.record.office, phone=phone))
    called = CaseFile(record, case.plan, POSTED, POSTED)
    for ready in ready_papers(called, {"D20", "D21"}):
        assert f"监督电话：{phone}" in "".join(pdf_texts(ready.draw("").pdf)).replace("\n", "")


def test_without_an_office_phone_room_is_left_to_write_it(case: CaseFile) -> None:
    silent = CaseFile(replace(case.record, office=replace(case.record.office, phone="")), case.plan, POSTED, POSTED)
    (ready,) = ready_papers(silent, {"D20"})
    assert "监督电话：" in "".join(pdf_texts(ready.draw("").pdf))


@pytest.mark.parametrize("text", ["电话13800990001", "138009900001", "990101199512345017", "13800990000和13900990000"])
def test_allowing_the_offices_phone_allows_nothing_else(text: str) -> None:
    assert find_leaks([text], Bounds(numbers=("13800990000", "12345")))
