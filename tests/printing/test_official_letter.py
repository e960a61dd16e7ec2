"""GB/T 9704-2012 measured on the PDF itself: where each character stands, how large it is, where the rules are."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from printing.layout import lay_out
from printing.marks import POINTS_PER_MM, SONG, Line, Page
from printing.text import width
from tests.printing.pages import Ink, SheetValues, a_paper, ink_of, read_back

PLAIN = """
文书: L02
名称: 示例决定书
版: "1"
体: 函
正文: ["{正文}"]
"""
FULL = """
文书: L03
名称: 关于做好示例救助工作有关事项的通知
版: "1"
体: 函
密级: 内部资料
机关: 示例县民政局文件
份号: "000123"
紧急: 特急
文号: 示例民〔2026〕12号
签发人: 赵某某
主送: 各乡镇人民政府：
正文: ["{正文}"]
附: [第一份很长的附件名称一直写到这一行写不下为止再换行接着写完为止, 第二份附件]
落款: 示例县民政局
日期: 2026年9月1日
抄送: 示例县财政局，示例县卫生健康局，示例县医疗保障局，示例县教育局，示例县残疾人联合会。
印发机关: 示例县民政局办公室
印发日期: 2026年9月2日
"""
LEFT, TOP, WIDE, HIGH = 28.0, 37.0, 156.0, 225.0
PITCH = HIGH / 22


def a_case(text: str = "完。") -> SheetValues:
    return SheetValues({"正文": text}, {})


def found(inks: Sequence[Ink], words: str) -> list[Ink]:
    """The first run of characters that says these words."""
    at = "".join(ink.character for ink in inks).index(words)
    return list(inks[at : at + len(words)])


def across(page: Page) -> list[tuple[float, float, float]]:
    """Level rules: y from the top, left end, length (mm)."""
    rules = [mark for mark in page.marks if isinstance(mark, Line) and mark.y1 == mark.y2]
    return [((page.height - m.y1) / POINTS_PER_MM, m.x1 / POINTS_PER_MM, (m.x2 - m.x1) / POINTS_PER_MM) for m in rules]


def test_a_page_is_22_lines_of_28_characters_in_16_points_filling_156_by_225_millimetres(tmp_path: Path) -> None:
    pages = ink_of(lay_out(a_paper(tmp_path, PLAIN), a_case("测" * 28 * 50)))
    body = [ink for ink in pages[1] if ink.character == "测"]
    lines = sorted({round(ink.y, 2) for ink in body})
    assert len(lines) == 22
    assert {ink.size for ink in body} == {16.0}
    assert all(after - before == pytest.approx(PITCH, abs=0.02) for before, after in pairwise(lines))
    first = [ink for ink in body if round(ink.y, 2) == lines[0]]
    assert len(first) == 28
    assert first[0].x == pytest.approx(LEFT, abs=0.05)
    assert all(b.x - a.x == pytest.approx(WIDE / 28, abs=0.02) for a, b in pairwise(first))
    assert first[-1].x + WIDE / 28 == pytest.approx(LEFT + WIDE, abs=0.05)
    glyph = 16 / POINTS_PER_MM
    assert lines[0] == pytest.approx(TOP + (PITCH - glyph) / 2 + 0.88 * glyph, abs=0.2)
    assert lines[-1] < TOP + HIGH


def test_page_numbers_are_in_14_points_7_millimetres_below_and_one_character_in(tmp_path: Path) -> None:
    odd, even = ink_of(lay_out(a_paper(tmp_path, PLAIN), a_case("测" * 28 * 30)))[:2]
    for page, number in ((odd, "—1—"), (even, "—2—")):
        inks = found(page, number)
        assert {ink.size for ink in inks} == {14.0}
        assert inks[0].y - 0.88 * 14 / POINTS_PER_MM == pytest.approx(TOP + HIGH + 7, abs=0.1)
    blank = 14 / POINTS_PER_MM
    dash = width("—", SONG, 14) / POINTS_PER_MM
    assert found(odd, "—1—")[-1].x + dash == pytest.approx(LEFT + WIDE - blank, abs=0.05)
    assert found(even, "—2—")[0].x == pytest.approx(LEFT + blank, abs=0.05)


def test_the_head_stands_where_the_standard_puts_it(tmp_path: Path) -> None:
    page, _ = lay_out(a_paper(tmp_path, FULL), a_case())
    (inks,) = ink_of([page])
    name = found(inks, "示例县民政局文件")
    top = name[0].y - 0.88 * name[0].size / POINTS_PER_MM
    assert top == pytest.approx(TOP + 35, abs=0.1)
    number, signed = found(inks, "示例民〔2026〕12号"), found(inks, "签发人：赵某某")
    blank = WIDE / 28
    assert number[0].y == pytest.approx(signed[0].y, abs=0.01)
    assert number[0].x == pytest.approx(LEFT + blank, abs=0.05)
    assert signed[-1].x + blank == pytest.approx(LEFT + WIDE - blank, abs=0.05)
    lines_between = (number[0].y - 0.88 * 16 / POINTS_PER_MM - (top + name[0].size / POINTS_PER_MM)) / PITCH
    assert 1.9 < lines_between < 2.6
    rule = next(y for y, x, long in across(page) if y > number[0].y and long == pytest.approx(WIDE))
    assert rule - (number[0].y + 0.12 * 16 / POINTS_PER_MM) == pytest.approx(4, abs=0.2)
    corner = [found(inks, words)[0] for words in ("000123", "内部资料", "特急")]
    assert [round((ink.y - TOP) // PITCH) for ink in corner] == [0, 1, 2]
    assert all(ink.x == pytest.approx(LEFT, abs=0.05) for ink in corner)
    title = found(inks, "关于做好")
    assert title[0].size == 22.0
    assert 1.8 * PITCH < title[0].y - 0.88 * 22 / POINTS_PER_MM - rule < 3.2 * PITCH


def test_enclosures_date_and_imprint_stand_where_the_standard_puts_them(tmp_path: Path) -> None:
    pages = lay_out(a_paper(tmp_path, FULL.replace("机关: 示例县民政局文件\n", "")), a_case())
    (inks,) = ink_of(pages)
    blank = WIDE / 28
    first, second = found(inks, "附件：1"), found(inks, "2．第二份")
    assert first[0].x == pytest.approx(LEFT + 2 * blank, abs=0.05)
    assert second[0].x == pytest.approx(first[3].x, abs=0.05)
    assert first[0].y - found(inks, "完。")[0].y == pytest.approx(2 * PITCH, abs=0.02)  # one blank line above
    dated, sender = found(inks, "2026年9月1日"), found(inks[len(inks) // 2 :], "示例县民政局")
    assert dated[-1].x + blank == pytest.approx(LEFT + WIDE - 4 * blank, abs=0.05)
    middle = (dated[0].x + dated[-1].x + blank) / 2
    assert (sender[0].x + sender[-1].x + blank) / 2 == pytest.approx(middle, abs=0.2)
    copied, issued = found(inks, "抄送："), found(inks, "2026年9月2日印发")
    assert {ink.size for ink in (*copied, *issued)} == {14.0}
    character = 14 / POINTS_PER_MM
    assert copied[0].x == pytest.approx(LEFT + character, abs=0.05)
    assert issued[-1].x + character == pytest.approx(LEFT + WIDE - character, abs=0.05)
    rules = [(y, x, long) for y, x, long in across(pages[0]) if y > dated[0].y]
    assert len(rules) == 3
    assert rules[-1][0] == pytest.approx(TOP + HIGH, abs=0.01)  # the last rule lies on the lower edge of the type area


def test_a_plain_official_letter_has_double_rules_of_170_millimetres_and_no_number_on_its_first_page(
    tmp_path: Path,
) -> None:
    text = FULL.replace("体: 函\n", "体: 函\n格式: 信函\n")
    pages = lay_out(a_paper(tmp_path, text), a_case("很长的正文。" * 200))
    (inks, *_) = ink_of(pages)
    name = found(inks, "示例县民政局文件")
    assert name[0].y - 0.88 * name[0].size / POINTS_PER_MM == pytest.approx(30, abs=0.1)
    rules = [(y, x) for y, x, long in across(pages[0]) if long == pytest.approx(170)]
    assert len(rules) == 4
    assert rules[0][0] - (name[0].y + 0.12 * name[0].size / POINTS_PER_MM) == pytest.approx(4, abs=0.1)
    assert rules[2][0] == pytest.approx(297 - 20, abs=0.1)
    assert {round(x, 2) for _, x in rules} == {20.0}
    said = read_back(pages)
    assert "—1—" not in said[0]
    assert "—2—" in said[1]


@pytest.mark.parametrize("lines", range(1, 60))
def test_no_first_or_last_line_of_a_paragraph_stands_alone(tmp_path: Path, lines: int) -> None:
    text = PLAIN.replace('["{正文}"]', '[第一段。, "{正文}", {级: 2, 文: （二）小标题}, 末段第一句话比较短。]')
    for page in ink_of(lay_out(a_paper(tmp_path, text), a_case("测" * (28 * lines - 2)))):
        rows = {round(ink.y, 2) for ink in page if ink.character == "测"}
        assert len(rows) != 1 or lines == 1
        said = "".join(ink.character for ink in page)
        assert ("小标题" in said) == ("末段" in said)


def test_a_board_for_a_wall_is_large_on_a3_and_says_everything(tmp_path: Path) -> None:
    text = PLAIN.replace("体: 函\n", "体: 函\n纸: A3\n横向: 是\n字号: 32\n")
    pages = lay_out(a_paper(tmp_path, text), a_case("请群众监督。" * 60))
    assert (pages[0].width, pages[0].height) == (420 * POINTS_PER_MM, 297 * POINTS_PER_MM)
    inks = [ink for page in ink_of(pages) for ink in page if ink.character in "请群众监督"]
    assert {ink.size for ink in inks} == {32.0}
    assert len(inks) == 5 * 60
    assert all(ink.x + 32 / POINTS_PER_MM <= 400.1 for ink in inks)
