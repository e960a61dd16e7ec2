"""Ruled papers: every row and every text of a case stands on paper once and whole."""

from itertools import combinations
from pathlib import Path

import pytest

from clerk.errors import UserCanFix
from forms.paper import Paper
from forms.reading import DataError
from printing.marks import Line, Rect, Text, Tick
from tests.printing.pages import SheetValues, a_paper, laid_out, read_back

CAPACITY = 6
FORM = """
文书: B01
名称: 示例申请表
版: "2026-09"
左: "编号：{编号}"
码: "{编号}"
块:
  - 侧: 申请人
    取: {表: 成员, 限: 关系 = 本人}
    行:
      - 姓名:3 | {姓名}:9 | 性别:3 | {性别 选}
      - 证件号码:3 | {证件号 格}:15 | 照片:6^2
      - 住址:3 | {住址 左}:15
  - 侧: 成员
    行:
      - {重复: 成员, 少: 3, 多: 6, 量词: 名成员, 表头: "序号:2 | 姓名:12 | 关系:10", 格: "{#}:2 | {姓名}:12 | {关系}:10"}
  - 行:
      - {高: 24, 弹: 1, 格: ["困难原因:4", {段: "{原因}", 签: [申请人：], 日期: 是, 指印: 25}]}
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return a_paper(tmp_path_factory.mktemp("papers"), FORM)


def a_case(count: int, **answers: str) -> SheetValues:
    people = [{"姓名": f"赵{chr(0x4E00 + 7 * at)}某", "关系": "本人" if at == 0 else "其他"} for at in range(count)]
    people[0].update({key: value for key, value in answers.items() if key != "原因"})
    root = {"编号": "990101-0001", "原因": answers.get("原因", "")}
    return SheetValues(root, {"成员": people}, {"性别": "男 女"})


@pytest.mark.parametrize("count", [1, 2, 3, CAPACITY - 1, CAPACITY, CAPACITY + 1, 2 * CAPACITY, 30, 90])
def test_nobody_is_missing_and_nobody_stands_twice(form: Paper, count: int) -> None:
    said = "".join(read_back(laid_out(form, a_case(count))))
    names = [f"赵{chr(0x4E00 + 7 * at)}某" for at in range(count)]
    assert [said.count(name) for name in names] == [2, *[1] * (count - 1)]  # the first is the applicant as well
    assert ("见续表" in said) == (count > CAPACITY)


def test_rows_beyond_the_form_are_counted_in_the_note(form: Paper) -> None:
    assert f"其余{30 - CAPACITY + 1}名成员见续表" in read_back(laid_out(form, a_case(30)))[0]


def test_continuation_sheets_say_title_case_and_headings_again(form: Paper) -> None:
    pages = read_back(laid_out(form, a_case(90)))
    assert len(pages) > 2
    for page in pages[1:]:
        assert "示例申请表（续表）" in page
        assert "编号：990101-0001" in page
        assert "序号姓名关系" in page


def test_pages_are_numbered_within_the_paper(form: Paper) -> None:
    pages = read_back(laid_out(form, a_case(90)))
    assert all(f"第{at}页共{len(pages)}页" in page for at, page in enumerate(pages, start=1))


def test_a_long_text_is_complete_on_form_and_continuation_page(form: Paper) -> None:
    text = "".join(f"第{at}件事，家庭支出较大。" for at in range(1, 400))
    pages = laid_out(form, a_case(2, 原因=text))
    texts = [mark.text for page in pages for mark in page.marks if isinstance(mark, Text)]
    lines = [line for line in texts if "件事" in line or "支出" in line]
    said = "".join(lines).replace("（见附页1）", "").replace("\u3000", "")
    assert said == text
    assert "附1困难原因" in "".join(read_back(pages))


def test_what_has_no_answer_is_an_empty_box_and_no_page_more(form: Paper) -> None:
    (page,) = laid_out(form, SheetValues({}, {"成员": [{"关系": "本人"}]}, {"性别": "男 女"}))
    assert not [mark for mark in page.marks if isinstance(mark, Tick)]


def test_every_option_is_drawn_and_the_chosen_one_ticked(form: Paper) -> None:
    (page,) = laid_out(form, a_case(1, 性别="女"))
    assert page.form is not None
    boxes = [mark for mark in page.form.marks if isinstance(mark, Tick)]
    (ticked,) = [mark for mark in page.marks if isinstance(mark, Tick)]
    assert len(boxes) == 2
    assert ticked.checked
    assert (ticked.x, ticked.y) == (boxes[1].x, boxes[1].y)


def test_a_comb_takes_one_character_a_box_and_gives_way_to_a_longer_text(form: Paper) -> None:
    combed = laid_out(form, a_case(1, 证件号="99010119491231002X"))[0]
    assert [mark.text for mark in combed.marks if isinstance(mark, Text)].count("X") == 1
    long = laid_out(form, a_case(1, 证件号="99010119491231002X4100"))[0]
    assert "99010119491231002X4100" in [mark.text for mark in long.marks if isinstance(mark, Text)]


def test_a_fingerprint_has_25_millimetres_each_way(form: Paper) -> None:
    (page,) = laid_out(form, a_case(1))
    assert page.form is not None
    sides = [(mark.w, mark.h) for mark in page.form.marks if isinstance(mark, Rect)]
    assert (25 * 72 / 25.4, 25 * 72 / 25.4) in sides


def test_copies_share_one_form_and_nothing_stands_outside_the_margins(form: Paper) -> None:
    first, second = (laid_out(form, a_case(3))[0] for _ in range(2))
    assert first.form is second.form
    assert first.form is not None
    margin = 15 * 72 / 25.4 - 1.5
    for mark in first.form.marks:
        if isinstance(mark, Line):
            assert margin <= min(mark.x1, mark.x2)
            assert max(mark.x1, mark.x2) <= first.width - margin


def test_a_label_without_room_is_refused_with_its_place(tmp_path: Path) -> None:
    paper = a_paper(tmp_path, FORM.replace("姓名:3 | {姓名}:9", f"{'很长的标签' * 12}:1 | {{姓名}}:11"))
    with pytest.raises(UserCanFix, match=r"b01\.yaml:11:9 .*放不下"):
        laid_out(paper, a_case(1))


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ('版: "2026-09"', '版本: "2026-09"', "缺少「版」"),
        ("{姓名}:9 |", "{姓名}:19 |", r"b01\.yaml:11:9 这一行写了"),
        ("少: 3, 多: 6", "少: 9, 多: 6", "「多」应不小于「少」"),
        ("{住址 左}:15", "{住址 左:15", "花括号没有成对"),
        ("指印: 25", "指印: 20", "至少 25 毫米"),
        ("块:", "页: {左: 9}\n块:", "页边至少 15 毫米"),
        ("侧: 成员\n", "旁: 成员\n", "不认识的键「旁」"),
        ("{#}:2", "{}:2", "花括号里没有名称"),
    ],
)
def test_a_paper_written_wrongly_is_refused_with_place_and_advice(
    tmp_path: Path, wrong: str, right: str, message: str
) -> None:
    assert wrong in FORM
    with pytest.raises(DataError, match=message):
        a_paper(tmp_path, FORM.replace(wrong, right))


def test_a_fingerprint_alone_stands_in_the_middle_of_its_cell_and_within_it(tmp_path: Path) -> None:
    text = FORM.replace('"{#}:2 | {姓名}:12 | {关系}:10"', '["{#}:2", "{姓名}:12", {指印: 25}]').replace(
        "关系:10", "指印"
    )
    pages = laid_out(a_paper(tmp_path, text), a_case(3))
    boxes = [mark for page in pages if page.form for mark in page.form.marks if isinstance(mark, Rect)]
    squares = [(mark.x, mark.y) for mark in boxes if mark.w == mark.h == 25 * 72 / 25.4]
    assert len(squares) == 3 + 1
    assert len({round(x) for x, _ in squares[:3]}) == 1


def test_a_fingerprint_without_room_is_refused_with_its_place(tmp_path: Path) -> None:
    text = FORM.replace('"{#}:2 | {姓名}:12 | {关系}:10"', '["{#}:10", "{姓名}:12", {指印: 25}]').replace(
        "姓名:12 | 关系:10", "甲"
    )
    with pytest.raises(UserCanFix, match=r"b01\.yaml:.* 指印框 25 毫米见方，这一格放不下"):
        laid_out(a_paper(tmp_path, text), a_case(1))


@pytest.mark.parametrize("count", [1, 30])
def test_no_rule_is_drawn_twice(form: Paper, count: int) -> None:
    for page in laid_out(form, a_case(count)):
        assert page.form is not None
        rules = [mark for mark in page.form.marks if isinstance(mark, Line)]
        for one, other in combinations([rule for rule in rules if rule.y1 == rule.y2], 2):
            assert abs(one.y1 - other.y1) > 1 or min(one.x2, other.x2) - max(one.x1, other.x1) < 1
        for one, other in combinations([rule for rule in rules if rule.x1 == rule.x2], 2):
            assert abs(one.x1 - other.x1) > 1 or min(one.y2, other.y2) - max(one.y1, other.y1) < 1
