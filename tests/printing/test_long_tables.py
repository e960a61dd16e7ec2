"""Tables that flow over pages, blocks that stand once for each row, cells beside repeated rows, upright words."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from clerk.errors import UserCanFix
from forms.reading import DataError
from printing.marks import SIZES, Line, Page, Rect, Text
from tests.printing.pages import SheetValues, a_paper, laid_out, read_back

HEAD = '文书: B02\n名称: 示例签收表\n版: "1"\n'
LIST = (
    HEAD
    + """\
页: {横向: 是}
块:
  - 行:
      - {重复: 物资, 多: 不限, 每页: 12, 高: 9, 表头: "序号:2 | 品名:10 | 签名", 格: "{#}:2 | {品名}:10 | "}
"""
)
FILLED = LIST.replace("每页: 12", "补满: 是")
FAMILY = (
    HEAD
    + """\
块:
  - 逐: {表: 成员, 少: 2}
    表头: "姓名:6 | 类别:9 | 金额"
    行:
      - {重复: 收入, 少: 1, 旁: "{#}.{姓名}:6", 格: "{类别}:9 | {金额}"}
"""
)


class FamilyValues(SheetValues):
    """Members who own rows of income: the rows of a member are those that bear his name."""

    def rows(self, table: str, home: str, row: str) -> Sequence[str]:
        found = super().rows(table, home, row)
        if table != "收入" or home != "成员":
            return found
        name = self._tables["成员"][int(row)]["姓名"]
        return [one for one in found if self._tables["收入"][int(one)]["姓名"] == name]


def goods(count: int) -> SheetValues:
    return SheetValues({}, {"物资": [{"品名": f"大米{at:03d}"} for at in range(count)]})


def flat_rules(page: Page) -> set[float]:
    assert page.form is not None
    return {round(m.y1, 1) for m in page.form.marks if isinstance(m, Line) and abs(m.y1 - m.y2) < 0.01}


@pytest.mark.parametrize("count", [0, 1, 11, 12, 13, 24, 30])
def test_a_long_table_flows_over_pages_with_the_same_heading_and_the_same_number_of_rows(
    tmp_path: Path, count: int
) -> None:
    laid = laid_out(a_paper(tmp_path, LIST), goods(count))
    pages = read_back(laid)
    assert len(pages) == max(1, -(-count // 12))
    for at, page in enumerate(pages):
        assert "序号品名签名" in page
        assert f"第{at + 1}页共{len(pages)}页" in page
        assert "示例签收表" in page
        assert len(flat_rules(laid[at])) == 12 + 2  # the rows' own, the heading's, the frame's
        names = [f"大米{number:03d}" for number in range(12 * at, min(count, 12 * at + 12))]
        assert [page.count(name) for name in names] == [1] * len(names)
    assert "续表" not in "".join(pages)


def test_rows_that_no_page_holds_are_refused_with_their_place(tmp_path: Path) -> None:
    with pytest.raises(UserCanFix, match=r"b01\.yaml:7:10 一页放不下 40 行"):
        laid_out(a_paper(tmp_path, LIST.replace("每页: 12", "每页: 40")), goods(3))


@pytest.mark.parametrize("count", [0, 3, 17, 40])
def test_blank_rows_fill_the_last_page_and_no_page_more(tmp_path: Path, count: int) -> None:
    laid = laid_out(a_paper(tmp_path, FILLED), goods(count))
    lowest = [min(flat_rules(page)) for page in laid]
    assert all(low < 16 * 72 / 25.4 + 9 * 72 / 25.4 for low in lowest)  # less than a row is left above the margin
    said = "".join(read_back(laid))
    assert [said.count(f"大米{at:03d}") for at in range(count)] == [1] * count
    assert len(laid) == (1 if count <= 17 else 3)


def test_a_block_stands_once_for_each_row_with_that_rows_own_rows_in_it(tmp_path: Path) -> None:
    people = [{"姓名": "赵甲"}, {"姓名": "赵乙"}, {"姓名": "赵丙"}]
    income = [
        {"姓名": "赵丙", "类别": "务工", "金额": "300"},
        {"姓名": "赵甲", "类别": "务农", "金额": "100"},
        {"姓名": "赵丙", "类别": "养老金", "金额": "210"},
    ]
    (page,) = laid_out(a_paper(tmp_path, FAMILY), FamilyValues({}, {"成员": people, "收入": income}))
    (said,) = read_back([page])
    assert said.count("姓名类别金额") == 1
    texts = {mark.text: mark for mark in page.marks if isinstance(mark, Text)}
    assert [name for name in texts if name.startswith(("1.", "2.", "3."))] == ["1.赵甲", "2.赵乙", "3.赵丙"]
    assert texts["务工"].y > texts["3.赵丙"].y > texts["养老金"].y  # the name stands beside both rows
    assert texts["务农"].y == pytest.approx(texts["1.赵甲"].y, abs=0.5)


def test_a_person_with_more_rows_than_a_page_is_named_on_every_page(tmp_path: Path) -> None:
    income = [{"姓名": "赵甲", "类别": f"第{at}笔", "金额": "1"} for at in range(70)]
    pages = read_back(
        laid_out(a_paper(tmp_path, FAMILY), FamilyValues({}, {"成员": [{"姓名": "赵甲"}], "收入": income}))
    )
    assert len(pages) == 3
    assert all("姓名类别金额" in page and ("1.赵甲" in page) == ("笔" in page) for page in pages)
    assert sum(page.count("笔") for page in pages) == 70


def test_a_copy_that_nobody_fills_is_ruled_and_blank(tmp_path: Path) -> None:
    (page,) = laid_out(a_paper(tmp_path, FAMILY), FamilyValues({}, {"成员": [], "收入": []}))
    assert len(flat_rules(page)) == 4
    assert not [mark for mark in page.marks if isinstance(mark, Text) and "赵" in mark.text]


def test_a_heading_of_several_rows_spans_columns(tmp_path: Path) -> None:
    text = (
        HEAD + '块:\n  - 行:\n      - {重复: 物资, 表头行: ["甲:4^2 | 乙", "丙:10 | 丁"], 格: "{#}:4 | {品名}:10 | "}\n'
    )
    (page,) = laid_out(a_paper(tmp_path, text), goods(1))
    assert page.form is not None
    at = {mark.text: mark for mark in page.form.marks if isinstance(mark, Text)}
    assert at["乙"].y > at["甲"].y > at["丙"].y == at["丁"].y


def test_upright_words_stand_one_under_another(tmp_path: Path) -> None:
    text = HEAD + '块:\n  - 行: ["家庭成员 竖:2^4 | 甲", 乙, "{值: 丙}", 丁]\n'
    (page,) = laid_out(a_paper(tmp_path, text.replace('"{值: 丙}"', "丙")), SheetValues({}, {}))
    assert page.form is not None
    letters = [mark for mark in page.form.marks if isinstance(mark, Text) and mark.text in "家庭成员"]
    assert [mark.text for mark in sorted(letters, key=lambda mark: -mark.y)] == list("家庭成员")
    assert len({round(mark.x, 1) for mark in letters}) == 1


def test_an_upright_value_keeps_all_its_characters(tmp_path: Path) -> None:
    text = HEAD + '块:\n  - 行: [{高: 40, 格: [{值: "{名}", 竖: 是, 宽: 2}, "甲:22"]}]\n'
    (page,) = laid_out(a_paper(tmp_path, text), SheetValues({"名": "示例县红星村"}, {}))
    upright = [mark.text for mark in page.marks if isinstance(mark, Text) and len(mark.text) == 1]
    assert "".join(upright) == "示例县红星村"


@pytest.mark.parametrize("stock", ["A3", "A4", "A5"])
def test_a_paper_has_the_size_it_says(tmp_path: Path, stock: str) -> None:
    (page,) = laid_out(a_paper(tmp_path, HEAD + f"纸: {stock}\n块: [{{行: [甲]}}]\n"), SheetValues({}, {}))
    assert (page.width, page.height) == SIZES[stock]
    assert page.form is not None
    right = max(mark.x2 for mark in page.form.marks if isinstance(mark, Line))
    assert right == pytest.approx(page.width - 16 * 72 / 25.4, abs=1)


def test_a_cover_has_a_large_title_and_lines_instead_of_a_frame(tmp_path: Path) -> None:
    text = (
        HEAD
        + '页: {题号: 36, 题高: 70, 外框: 否}\n块:\n  - {线: 否, 行: ["题名:4 | ", [{标签: 户名, 宽: 4}, {值: "{名}", 底线: 是}]]}\n'
    )
    text = text.replace('["题名:4 | ", [', "[{格: [").replace("底线: 是}]]}", "底线: 是}]}]}")
    (page,) = laid_out(a_paper(tmp_path, text), SheetValues({"名": "赵某"}, {}))
    assert page.form is not None
    title = next(mark for mark in page.form.marks if isinstance(mark, Text) and mark.text == "示例签收表")
    assert title.size == 36
    assert len([mark for mark in page.form.marks if isinstance(mark, Line)]) == 1
    assert not [mark for mark in page.form.marks if isinstance(mark, Rect)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LIST.replace("多: 不限", "多: 5"), "逐页续排"),
        (FAMILY.replace("少: 1,", "多: 3,"), "逐页续排"),
        (FAMILY.replace("姓名:6 | 类", "{姓名}:6 | 类"), "只能写文字"),
        (FAMILY.replace("逐: {", "取: {表: 成员}\n    逐: {"), "只能写一个"),
        (HEAD + "纸: B5\n块: [{行: [甲]}]\n", "没有这种纸「B5」"),
        (HEAD + "面: 三面\n块: [{行: [甲]}]\n", "没有这种面「三面」"),
        (HEAD + "块: [{行: [{重复: 物资, 表头行: 甲, 格: 乙}]}]\n", "「表头行」应是列表"),
    ],
)
def test_a_long_table_written_wrongly_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        a_paper(tmp_path, text)
