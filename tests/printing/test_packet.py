"""The packet of a case: the papers it needs and no other, in filing order, with nobody and nothing left out."""

import re
from pathlib import Path

import pypdfium2
import pytest

from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from forms.loader import DEMO, NATIONAL, load
from forms.reading import DataErrors
from printing.case_values import CaseValues
from printing.faces import MissingGlyph
from printing.layout import lay_out
from printing.packet import Packet, packet, wanted
from tests.builders import an_id
from tests.printing.cases import a_household, file_case, names

RARE = ("赵㛃某", "赵𠅤某", "𬱖某某", "䶮某某", "古某·肉某", "欧阳某" + "某" * 22)


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    """Three adults without means, filed for one household programme."""
    return file_case(tmp_path_factory.mktemp("poor"), a_household(names(3)), "低保")


def pages_of(made: Packet) -> list[str]:
    """The text of each page without blanks."""
    document = pypdfium2.PdfDocument(made.pdf)
    return ["".join(page.get_textpage().get_text_bounded().split()).replace("\ufffe", "") for page in document]


def paper_text(made: Packet, paper: str) -> str:
    """All pages of one paper."""
    texts = pages_of(made)
    return "".join(
        "".join(texts[one.first - 1 : one.first - 1 + one.pages]) for one in made.contents if one.paper == paper
    )


def test_a_case_gets_the_papers_its_programmes_name_in_filing_order(poor: CaseFile) -> None:
    made = packet(poor)
    programme, papers = poor.catalogue.programmes["低保"], poor.catalogue.papers
    attached = {paper.id for paper in papers.values() if programme.id in paper.programmes and not paper.alone}
    asked = [one.paper for one in made.contents if one.why == programme.name]
    assert set(asked) == {paper for paper in programme.papers if not papers[paper].alone} | attached
    assert all(
        papers[one.paper].always and one.why == papers[one.paper].note
        for one in made.contents
        if one.paper not in asked
    )
    assert "D10" in {one.paper for one in made.contents}, "nothing was handed over yet"
    orders = [papers[one.paper].order for one in made.contents]
    assert orders == sorted(orders)


def test_the_contents_say_where_each_paper_begins_and_ends(poor: CaseFile) -> None:
    made = packet(poor)
    texts = pages_of(made)
    assert sum(one.pages for one in made.contents) == len(texts)
    for one in made.contents:
        for at in range(one.pages):
            assert f"第{at + 1}页共{one.pages}页" in texts[one.first - 1 + at]


def test_the_same_case_gives_the_same_bytes(poor: CaseFile) -> None:
    assert packet(poor).pdf == packet(poor).pdf


def test_only_the_papers_asked_for_are_enclosed(poor: CaseFile) -> None:
    made = packet(poor, {"D09"})
    assert [one.paper for one in made.contents] == ["D09"]
    with pytest.raises(UserCanFix, match=r"没有文书「D009」.*D09"):
        packet(poor, {"D009"})
    with pytest.raises(UserCanFix, match="没有需要打印的文书"):
        packet(poor, {"D32"})


def test_a_programme_that_is_not_made_public_never_gets_a_public_paper(tmp_path: Path) -> None:
    child = a_household(["赵某甲"]).replace(
        "从业状况: 务农\n    劳动能力: 有劳动能力\n", "学段: 小学\n    住校方式: 走读\n"
    )
    child = child.replace(an_id("19700812", 11), an_id("20140812", 11))
    child = child[: child.index("    收入:")] + "    父亲状况: 死亡\n    母亲状况: 死亡\n    养育方式: 散居\n"
    case = file_case(tmp_path, child, "孤儿")
    papers = {one.paper.id for one in wanted(case, also=("D20", "D21"))}
    assert papers
    assert not any(case.catalogue.papers[paper].published for paper in papers)


def test_a_public_paper_tells_name_headcount_class_and_amount_and_nothing_else(poor: CaseFile) -> None:
    said = paper_text(packet(poor, {"D20"}), "D20")
    household = poor.record.household
    private = [
        str(value)
        for rows in household.tables.values()
        for row in rows
        for field, value in row.answers.items()
        if field in ("证件号", "手机", "账号", "残疾证号", "户籍详址") and value
    ]
    assert names(1)[0] in said
    assert private
    assert not any(value in said for value in private)
    assert "红星村" not in said


@pytest.mark.parametrize("count", [1, 8, 9, 10, 17, 30])
def test_every_member_stands_once_on_each_paper_that_lists_members(tmp_path: Path, count: int) -> None:
    people = names(count)
    made = packet(file_case(tmp_path, a_household(people), "低保"), {"D01", "D03", "D04", "D13", "D23"})
    for paper, rows in (("D03", 1), ("D04", 1)):
        said = paper_text(made, paper)
        assert [said.count(name) for name in people[1:]] == [rows] * (count - 1)
    ids = [an_id("19700812", 11 + 2 * at) for at in range(count)]
    for paper in ("D03", "D13", "D23"):
        said = paper_text(made, paper)
        assert all(number in said for number in ids)
        assert [said.count(number) for number in ids[1:]] == [1] * (count - 1)
    assert all(number in paper_text(made, "D01") for number in ids[1:])


def test_rare_names_and_long_names_are_printed_whole(tmp_path: Path) -> None:
    made = packet(file_case(tmp_path, a_household(RARE), "低保"))
    for paper in ("D01", "D03", "D04", "D13", "D23"):
        said = paper_text(made, paper)
        for name in RARE:
            assert name in said, (paper, name)


def test_a_character_no_font_has_is_refused_by_name_before_anything_is_drawn(tmp_path: Path) -> None:
    case = file_case(tmp_path, a_household(["赵\U00032123某", "钱\U00032124某"]), "低保")
    with pytest.raises(MissingGlyph) as refused:
        packet(case)
    assert refused.value.characters == "\U00032123\U00032124"


def test_a_long_story_is_complete_on_form_and_continuation_page(tmp_path: Path) -> None:
    reason = "".join(f"第{at}年收成不好，医药费花了{at}千元；" for at in range(100, 123))
    said = paper_text(packet(file_case(tmp_path, a_household(names(3), reason), "低保"), {"D01"}), "D01")
    assert reason in re.sub(r"（见附页1）.*?（接正表）", "", said)


def test_a_survey_is_open_where_nothing_was_found_yet(poor: CaseFile) -> None:
    said = paper_text(packet(poor), "D13")
    assert said.count("调查人（签名）：") == 2
    assert "调查结论" in said


def test_a_letter_says_the_promised_day_of_each_application(poor: CaseFile) -> None:
    due = max(due.day for due in poor.record.applications[0].dues)
    assert f"{due.year}年{due.month}月{due.day}日" in paper_text(packet(poor), "D09")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{{申请人姓明}}", r"papers/x\.yaml:8:\d+ .*申请人姓明.*申请人姓名"),
        ("{{困难叙述 选}}", r"papers/x\.yaml:8:\d+ .*不能打勾"),
        ("{{合计收入(年额, 类别 = 工资)}}", r"papers/x\.yaml:8:\d+ .*工资"),
    ],
)
def test_a_paper_that_names_what_is_not_there_is_refused_with_its_place(
    tmp_path: Path, written: str, message: str
) -> None:
    text = PACK_PAPER.format(cell=written.format(), each="家庭", public="否")
    with pytest.raises(DataErrors, match=message):
        load([NATIONAL, DEMO, a_pack(tmp_path, text)])


def test_a_paper_over_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataErrors, match=r"没有表「成园」.*成员"):
        load([NATIONAL, DEMO, a_pack(tmp_path, PACK_PAPER.format(cell="{姓名}", each="成园", public="否"))])


@pytest.mark.parametrize("field", ["证件号", "手机", "健康状况", "户籍详址"])
def test_a_public_paper_that_would_tell_more_is_refused(tmp_path: Path, field: str) -> None:
    with pytest.raises(DataErrors, match=r"papers/x\.yaml:8:\d+ 公示不得写出"):
        load([NATIONAL, DEMO, a_pack(tmp_path, PACK_PAPER.format(cell=f"{{{field}}}", each="成员", public="是"))])


def test_a_new_paper_is_a_file_and_nothing_else(tmp_path: Path) -> None:
    layer = a_pack(tmp_path, PACK_PAPER.format(cell="{姓名}", each="成员", public="否"))
    case = file_case(tmp_path, a_household(names(3)), "低保", load([NATIONAL, DEMO, layer]))
    made = packet(case, {"X01"})
    assert [(one.paper, one.whom) for one in made.contents] == [("X01", name) for name in names(3)]
    assert all(name in page for name, page in zip(names(3), pages_of(made), strict=True))


PACK_PAPER = """文书: X01
名称: 新表
版: "1"
每: {each}
公示: {public}
项目: [低保]
块:
  - 行: ["甲:4 | {cell}"]
"""


def a_pack(folder: Path, paper: str) -> Path:
    """A pack with one paper."""
    layer = folder / "pack"
    (layer / "papers").mkdir(parents=True)
    (layer / "pack.yaml").write_text("编号: 试包\n名称: 试包\n层级: 县\n版本: 1\n", encoding="utf-8")
    (layer / "papers" / "x.yaml").write_text(paper, encoding="utf-8")
    return layer


STRANGER = """\
现住址: 示例县城关镇某招待所
困难原因: [意外事故]
户籍情况: 外地户籍
适用标准: 城市
住房类别: 其他住房
录齐: 全部
成员:
  - {姓名: 古某·肉某, 与申请人关系: 本人, 证件类型: 无证件, 性别: 男, 出生日期: 1991-02-03, 共同生活: 是, 健康状况: 健康, 持残疾证: 否, 从业状况: 灵活就业, 医保类型: 未参保}
急难事件:
  - {类型: 交通事故, 本地发生: 是, 拟救助金额: 500元, 需先行救助: 否, 发生日期: 2026-08-31, 发生地点: 国道旁, 经过: 夜间骑车被撞。}
"""


def test_fast_relief_is_one_page_even_for_a_person_without_documents(tmp_path: Path) -> None:
    made = packet(file_case(tmp_path, STRANGER, "小额快救"))
    assert [(one.paper, one.pages) for one in made.contents] == [("D32", 1)]
    said = paper_text(made, "D32")
    assert "古某·肉某" in said
    assert "500.00元" in said
    assert "伍佰元整" in said
    assert said.count("经办人（签名）：") == 2


def test_copies_of_one_paper_share_what_never_changes(poor: CaseFile, tmp_path: Path) -> None:
    other = file_case(tmp_path, a_household(["钱某某", "孙某某", "李某某"]), "低保")
    forms = []
    for case in (poor, other):
        values = CaseValues(case.evaluator, case.facts)
        one = next(one for one in wanted(case) if one.paper.id == "D23")
        forms.append(lay_out(one.paper, values, one.row)[0].form)
    assert forms[0] is forms[1]


def test_values_may_be_said_masked_in_capitals_or_to_the_month(tmp_path: Path) -> None:
    cells = "{证件号 遮}:5 | {出生日期 年月}:5 | {本人年收入 大写}:5 | {申请人}:4 | {计入家庭 选}"
    layer = a_pack(tmp_path, PACK_PAPER.format(cell=cells, each="成员", public="否").replace("甲:4", "甲:2"))
    case = file_case(tmp_path, a_household(names(1)), "低保", load([NATIONAL, DEMO, layer]))
    said = paper_text(packet(case, {"X01"}), "X01")
    number = an_id("19700812", 11)
    assert f"{number[:6]}********{number[-4:]}" in said
    assert number not in said
    assert "1970年8月" in said
    assert "1970年8月12日" not in said
    assert "壹仟贰佰元整" in said
    assert names(1)[0] in said


def test_half_a_fen_is_rounded_alike_in_figures_and_in_capitals(tmp_path: Path) -> None:
    cells = "{本人年收入 / 48000}:5 | {本人年收入 / 48000 大写}"
    layer = a_pack(tmp_path, PACK_PAPER.format(cell=cells, each="成员", public="否").replace("甲:4", "甲:2"))
    case = file_case(tmp_path, a_household(names(1)), "低保", load([NATIONAL, DEMO, layer]))
    said = paper_text(packet(case, {"X01"}), "X01")
    assert "0.03" in said, "2.5 fen"
    assert "叁分" in said
