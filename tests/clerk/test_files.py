"""A household as a file: the same door, faults named by line, and what is written reads back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.errors import UserCanFix
from clerk.files import describe_fields, read_household_file, read_intake_file, write_household_file
from tests.builders import DAY, a_small_catalogue, an_id

GOOD = """\
申请日期: 2026-09-01
致困原因: [因病, 因残]
存款: 1.2万
收款人: 张某山
成员:
  - 姓名: 张某军
    证件号: "990101198605129032"
    与申请人关系: 本人
    收入:
      - {名目: 务工, 金额: 24000元}
      - {名目: 种地, 金额: "6,000"}
  - 姓名: 张某山
    证件号: 990101195603089117
    残疾证号: "99010119560308911741"
    与申请人关系: 父亲
    证件类型: ~
车辆:
  - {车主: 张某军, 现值: 45000}
录齐: [成员, 收入]
"""


def read(text):
    return read_household_file(text, a_small_catalogue(), DAY)


def faults(text):
    with pytest.raises(UserCanFix) as caught:
        read(text)
    return caught.value.message.splitlines()


def test_a_file_is_read_in_the_words_of_the_form():
    household = read(GOOD)
    first, second = household.rows("成员")
    assert household.answers["存款"] == 1_200_000
    assert household.answers["收款人"] == second
    assert household.answer("成员", "出生日期", second) == date(1956, 3, 8)
    assert household.answer("成员", "残疾等级", second) == "一级"
    assert household.answer("成员", "证件类型", first) == "1"
    assert household.answer("成员", "证件类型", second) is None
    assert [household.answer("收入", "金额", row) for row in household.rows("收入", first)] == [2_400_000, 600_000]
    assert household.answer("车辆", "车主", household.rows("车辆")[0]) == first
    assert household.closed("收入")
    assert not household.closed("车辆")


def test_everything_complete_is_one_word():
    assert read("录齐: 全部\n").complete >= {"成员", "收入", "车辆"}


def test_every_fault_is_named_by_line_with_what_to_do():
    found = faults("申请日起: 2026-09-01\n存款: 很多\n成员:\n  - 姓名: 张某\n    证件号: '990101202602300016'\n")
    assert [line.split("：")[0] for line in found] == ["文件 第1行", "文件 第2行", "文件 第5行"]
    assert "申请日期" in found[0]
    assert "24000" in found[1]
    assert "20260230" in found[2]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("", 0, "空"),
        ("存款: [1\n", 2, "缩进"),
        ("- 存款\n", 1, "分组"),
        ("存款: 1\n存款: 2\n", 2, "写了两次"),
        ("成员: 张某\n", 1, "列表"),
        ("录齐: [成圆]\n", 1, "成员"),
        ("致困原因: {值: 因病, 为何: 住院}\n", 1, "理由"),
        ("收款人: 没这人\n", 1, "没这人"),
        ("成员:\n  - {证件号: '110105194912310021'}\n", 2, "理由"),
    ],
)
def test_faults_say_line_and_advice(text, line, word):
    (found,) = faults(text)
    assert word in found
    assert not line or f"第{line}行" in found


def test_an_unlikely_answer_is_believed_with_its_reason():
    text = "成员:\n  - {证件号: {值: '110105194912310021', 理由: 证件待核实}}\n"
    intake = read_intake_file(text, a_small_catalogue(), DAY)
    assert intake.household().answer("成员", "证件号", "成员1") == "110105194912310021"
    assert list(intake.reasons().values()) == ["证件待核实"]
    written = write_household_file(intake.household(), a_small_catalogue(), intake.reasons())
    assert read(written) == intake.household()


def test_a_file_that_is_not_there_or_not_utf8_is_said_in_one_sentence(tmp_path):
    with pytest.raises(UserCanFix, match="打不开"):
        read(tmp_path / "no.yaml")
    (tmp_path / "gbk.yaml").write_bytes("存款: 一".encode("gbk"))
    with pytest.raises(UserCanFix, match="UTF-8"):
        read(tmp_path / "gbk.yaml")


def test_what_is_written_reads_back():
    household = read(GOOD)
    assert read(write_household_file(household, a_small_catalogue())) == household


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=12)


@st.composite
def files(draw):
    lines = [f"存款: {draw(st.integers(0, 10**7))}"] if draw(st.booleans()) else ["{}"][:0]
    count = draw(st.integers(1, 4))
    lines.append("成员:")
    for place in range(count):
        born = draw(st.dates(date(1930, 1, 1), DAY))
        lines.append(f"  - 证件号: '{an_id(f'{born:%Y%m%d}', place)}'")
        lines.append(f"    在校: {draw(st.sampled_from(['是', '否', '~']))}")
        for _ in range(draw(st.integers(0, 2))):
            lines += ["    收入:"] if not lines[-1].startswith("      -") else []
            lines.append(f"      - 金额: {draw(st.integers(0, 99999))}")
    lines.append(f"收款人: 家庭成员{draw(st.integers(1, count))}")
    lines.append(f"录齐: [{', '.join(draw(st.lists(st.sampled_from(['成员', '收入', '车辆']), unique=True)))}]")
    return "\n".join(lines)


@given(files(), words, words)
def test_any_household_written_reads_back_exactly(text, name, story):
    household = read(text)
    form = read_intake_file(text, a_small_catalogue(), DAY)
    form.type("成员", household.rows("成员")[0], "姓名", name)
    form.type("家庭", "", "困难叙述", story)
    assert read(write_household_file(form.household(), a_small_catalogue())) == form.household()


def test_the_fields_are_described_for_machines():
    described = {(each["表"], each["字段"]): each for each in describe_fields(a_small_catalogue())}
    assert described["成员", "性别"]["选项"] == [{"码": "1", "名": "男"}, {"码": "2", "名": "女"}]
    assert described["成员", "证件类型"]["默认"] == "居民身份证"
    assert described["成员", "毕业年月"]["仅当"] == "在校"
