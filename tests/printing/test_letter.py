"""Official letters on GB/T 9704-2012: 22 lines of 28 characters, page numbers outside, nothing left alone."""

from pathlib import Path

import pytest

from forms.paper import Paper
from forms.reading import DataError
from printing.layout import lay_out
from printing.letter import AREA, PITCH
from printing.marks import Code, Page, Text
from tests.printing.pages import SheetValues, a_paper, read_back

LETTER = """
文书: L01
名称: 示例通知书
版: "2026-09"
体: 函
文号: "示例民〔2026〕{序号}号"
主送: "{姓名}："
码: "{序号}"
正文:
  - "您于{日期}提出的申请，现予受理。"
  - {级: 1, 文: 一、受理的事项}
  - {表: 办件, 列: {事项: "{项目}", 承诺办结日: "{办结}"}, 宽: [3, 2]}
  - {每: 办件, 文: "{#}．{项目}由我单位办理。"}
  - "{正文}"
落款: 示例县城关镇人民政府
日期: "{日期}"
章: 受理专用章
脚: ["联系电话：{电话}"]
"""


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return a_paper(tmp_path_factory.mktemp("letters"), LETTER)


def a_case(text: str = "请留意。", items: int = 2, **answers: str) -> SheetValues:
    rows = [{"项目": f"事项{at + 1}", "办结": "2026年10月20日"} for at in range(items)]
    return SheetValues({"序号": "12", "日期": "2026年9月1日", "姓名": "赵某", "正文": text, **answers}, {"办件": rows})


def lines_of(page: Page) -> list[tuple[int, str]]:
    """The lines of the type area with their number from the top, 0 to 21."""
    inside = [mark for mark in page.marks if isinstance(mark, Text) and AREA.y <= mark.y <= AREA.top]
    return [(int((AREA.top - mark.y) / PITCH), mark.text) for mark in inside]


def test_a_full_page_has_22_lines_of_28_characters(letter: Paper) -> None:
    pages = lay_out(letter, a_case("测" * 28 * 60))
    full = [text for _, text in lines_of(pages[1])]
    assert len(full) == 22
    assert {len(text) for text in full} == {28}
    assert [number for number, _ in lines_of(pages[1])] == list(range(22))


def test_everything_said_is_on_paper_in_order(letter: Paper) -> None:
    said = "".join(read_back(lay_out(letter, a_case("完整的正文。" * 200, 40))))
    assert said.count("完整的正文。") == 200
    assert [said.count(f"{at}．事项{at}由我单位办理") for at in range(10, 41)] == [1] * 31
    assert said.index("一、受理的事项") < said.index("事项1") < said.index("示例县城关镇人民政府")


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(letter: Paper) -> None:
    pages = lay_out(letter, a_case("长文。" * 900))
    numbers = [next(m for m in page.marks if isinstance(m, Text) and m.text.startswith("— ")) for page in pages]
    assert [mark.text for mark in numbers] == [f"— {at} —" for at in range(1, len(pages) + 1)]
    assert numbers[0].x > pages[0].width / 2 > numbers[1].x


@pytest.mark.parametrize("length", range(200, 760, 7))
def test_no_line_of_a_paragraph_and_no_signature_is_left_alone_on_a_page(letter: Paper, length: int) -> None:
    pages = lay_out(letter, a_case("测" * length, 1))
    for page in pages:
        body = [text for _, text in lines_of(page) if "测" in text]
        assert len(body) != 1 or length <= 26
    last = "".join(text for _, text in lines_of(pages[-1]))
    assert "示例县城关镇人民政府" not in last or "测" in last


def test_the_date_stands_four_characters_from_the_right_under_the_sender(letter: Paper) -> None:
    (page,) = lay_out(letter, a_case())
    dated = [mark for mark in page.marks if isinstance(mark, Text) and mark.text == "2026年9月1日"]
    sender = next(mark for mark in page.marks if isinstance(mark, Text) and mark.text == "示例县城关镇人民政府")
    assert dated
    assert sender.y - dated[-1].y == pytest.approx(PITCH)


def test_an_unknown_value_is_a_ruled_blank(letter: Paper) -> None:
    said = "".join(read_back(lay_out(letter, SheetValues({"正文": "完。"}, {"办件": []}))))
    assert "您于＿＿＿＿提出的申请" in said


def test_a_headed_table_says_its_headings_again_on_the_next_page(letter: Paper) -> None:
    pages = read_back(lay_out(letter, a_case(items=40)))
    assert sum("承诺办结日" in page for page in pages) >= 2


def test_the_case_number_is_a_code_on_the_first_page(letter: Paper) -> None:
    pages = lay_out(letter, a_case("长文。" * 900))
    assert [sum(isinstance(mark, Code) for mark in page.marks) for page in pages[:2]] == [1, 0]


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("正文:", "正文字:", "没有「正文」"),
        ("宽: [3, 2]", "宽: [3]", "「宽」有 1 个数，列有 2 个"),
        ("级: 1,", "级: 4,", "应是 0 到 3"),
        ("宽: [3, 2]", "齐: [左]", "「齐」有 1 个，列有 2 个"),
        ("宽: [3, 2]", "齐: [左, 上]", "没有这种齐「上」"),
        ("体: 函", "体: 函\n字号: 12", "应是 18 到 48 的字号"),
        ("体: 函", "体: 信", "没有这种体「信」"),
    ],
)
def test_a_letter_written_wrongly_is_refused(tmp_path: Path, wrong: str, right: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        a_paper(tmp_path, LETTER.replace(wrong, right))


def test_a_row_longer_than_a_page_goes_on_in_the_next_and_loses_nothing(tmp_path: Path) -> None:
    text = LETTER.replace("体: 函", "体: 函\n字号: 20").replace("宽: [3, 2]", "宽: [3, 2], 齐: [左, 中]")
    case = SheetValues({"序号": "12", "姓名": "赵某"}, {"办件": [{"项目": "很长的事项。" * 120, "办结": "十月"}]})
    said = "".join(read_back(lay_out(a_paper(tmp_path, text), case)))
    assert said.count("很长的事项。") >= 240 - 12  # in the table, where pages part words, and in the paragraph below
    assert said.count("很") == 240


def test_a_table_that_does_not_concern_the_case_is_left_out_with_its_headings(tmp_path: Path) -> None:
    text = LETTER.replace("宽: [3, 2]", "仅当: 有事项 = 是")
    assert "承诺办结日" not in "".join(read_back(lay_out(a_paper(tmp_path, text), a_case(有事项="否"))))
    assert "承诺办结日" in "".join(read_back(lay_out(a_paper(tmp_path, text), a_case(有事项="是"))))
