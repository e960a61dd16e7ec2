"""Papers as files: everything a maintainer may write, and every way of writing it wrongly."""

from pathlib import Path

import pytest

from forms.paper import CellKind, Grid, Slot
from forms.reading import DataError
from tests.printing.pages import SheetValues, a_paper, laid_out, read_back

HEAD = '文书: B01\n名称: 示例\n版: "1"\n'


def grid_of(folder: Path, rows: str) -> Grid:
    paper = a_paper(folder, f"{HEAD}块:\n  - 行:\n{rows}")
    assert isinstance(paper.body, Grid)
    return paper.body


def test_a_short_row_says_words_values_widths_depths_and_how_they_look(tmp_path: Path) -> None:
    grid = grid_of(
        tmp_path, "      - 甲:3 | {乙}:4^2 | {丙 左}:5 | {丁 格}:6 | {戊 选 一 二}\n      - 己:3 | {庚}元:5 | :12\n"
    )
    first, second = grid.blocks[0].rows
    assert [(cell.kind, cell.column, cell.width, cell.depth, cell.align) for cell in first.cells] == [
        (CellKind.LABEL, 0, 3, 1, "中"),
        (CellKind.VALUE, 3, 4, 2, "中"),
        (CellKind.VALUE, 7, 5, 1, "左"),
        (CellKind.COMB, 12, 6, 1, "中"),
        (CellKind.TICKS, 18, 6, 1, "左"),
    ]
    assert first.cells[4].options == ("一", "二")
    assert [(cell.column, cell.width) for cell in second.cells] == [(0, 3), (7, 5), (12, 12)]


def test_an_expression_keeps_its_blanks_and_its_place_beside_the_words_that_say_how_it_looks(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, "      - 甲:3 | {年龄 ≥ 18 且 非 在校 选 是 否}:9 | {金额 大写}:12\n")
    ticks, capitals = grid.blocks[0].rows[0].cells[1:]
    (asked,), (said,) = ticks.text, capitals.text
    assert isinstance(asked, Slot)
    assert isinstance(said, Slot)
    assert asked.value.text == "年龄 ≥ 18 且 非 在校"
    assert (asked.value.place.line, asked.value.place.column) == (6, 16)
    assert (said.value.text, said.form) == ("金额", "大写")


def test_options_of_a_whole_table_are_ticked_together(tmp_path: Path) -> None:
    paper = a_paper(tmp_path, HEAD + '块:\n  - 行: ["事项:4 | {项目 选 于 办件}"]\n')
    values = SheetValues({}, {"办件": [{"项目": "甲"}, {"项目": "丙"}]}, {"项目": "甲 乙 丙 丁"})
    (page,) = laid_out(paper, values)
    assert len([mark for mark in page.marks if getattr(mark, "checked", False)]) == 2


def test_an_option_the_form_does_not_draw_is_said_in_words(tmp_path: Path) -> None:
    paper = a_paper(tmp_path, HEAD + '块:\n  - 行: ["状况:4 | {状况 选 好 坏}"]\n')
    pages = laid_out(paper, SheetValues({"状况": "早已停用"}, {}, {"状况": "好 坏 中"}))
    assert "早已停用" in read_back(pages)[0]


def test_a_block_that_does_not_concern_the_case_is_left_out(tmp_path: Path) -> None:
    text = HEAD + "块:\n  - {行: [甲栏]}\n  - {仅当: 有车 = 是, 行: [乙栏]}\n  - {另页: 是, 行: [丙栏]}\n"
    paper = a_paper(tmp_path, text)
    without = read_back(laid_out(paper, SheetValues({"有车": "否"}, {})))
    unknown = read_back(laid_out(paper, SheetValues({}, {})))
    assert len(without) == 2
    assert "乙栏" not in without[0]
    assert "丙栏" in without[1]
    assert "乙栏" in unknown[0]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("      - 甲:3 | 乙:4\n", r"b01\.yaml:6:9 这一行写了 7 列，应正好 24 列"),
        ("      - 甲 | 乙:4\n", r"只有最后一格可以不写列数"),
        ("      - 甲:3 | 乙:8^2 | 丙\n      - 丁:16\n", r"b01\.yaml:7:9 这一格被上面的高格隔断"),
        ("      - 甲:3 | {乙\n", "花括号没有成对"),
        ("      - {高: 0, 格: 甲}\n", "「0」应大于 0"),
        ("      - {高: 高, 格: 甲}\n", "「高」应是数"),
        ("      - {高: 8}\n", r"b01\.yaml:6:9 缺少「格」"),
        ('      - {格: [{标签: 甲, 值: "{乙}"}]}\n', "一格只能写"),
        ("      - {格: [{格: 甲}]}\n", "「格」应是一个 {名称}"),
        ("      - {格: [{标签: 甲, 齐: 上}]}\n", "应写「左」「中」或「右」"),
        ("      - {格: [{标签: 甲, 字号: 4}]}\n", "应是 6 到 42 的字号"),
        ("      - {格: {甲: 乙}}\n", "一行应写"),
        ("      - {重复: 成员, 限: , 少: 2, 多: 1, 格: 甲}\n", "「多」应不小于「少」"),
    ],
)
def test_a_row_written_wrongly_is_refused(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        grid_of(tmp_path, rows)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("块: []\n", "没有「块」"),
        ("块:\n  - {侧: 甲}\n", "「行」应是列表"),
        ("列: 200\n块:\n  - {行: [甲]}\n", "应是 1 到 96 的列数"),
        ("列: 甲\n块:\n  - {行: [甲]}\n", "应是整数"),
        ("列: {甲: 1}\n块:\n  - {行: [甲]}\n", "「列」应是列数"),
        ("自: 明天\n块:\n  - {行: [甲]}\n", "明天"),
        ("页: {左: 10}\n块:\n  - {行: [甲]}\n", "页边至少 15 毫米"),
        ("体: 函\n正文: [甲, {表: 成员}]\n", "小表没有「列」"),
        ("体: 函\n正文: [{级: 1}]\n", "没有「文」"),
        ("块:\n  - {行: [甲]}\n快: 1\n", "不认识的键「快」"),
    ],
)
def test_a_paper_file_written_wrongly_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        a_paper(tmp_path, HEAD + text)


def test_a_block_that_must_be_sure_stays_out_until_the_answer_is_yes(tmp_path: Path) -> None:
    text = HEAD + "块:\n  - {行: [甲栏]}\n  - {仅当: 有车 = 是, 待定不印: 是, 行: [乙栏]}\n"
    paper = a_paper(tmp_path, text)
    said = [read_back(laid_out(paper, SheetValues(answers, {})))[0] for answers in ({}, {"有车": "否"}, {"有车": "是"})]
    assert ["乙栏" in one for one in said] == [False, False, True]
