"""A worked case can fail: each word says what came out instead, and a badly written file is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clerk.case_checks import CHECKS
from clerk.errors import UserCanFix
from clerk.pack_cases import Expectation, Rules, Unmet, changed, expectations, failures, judge, run_cases
from forms.layers import DEMO, NATIONAL

CASES = DEMO / "cases"
RULES = Rules([NATIONAL, DEMO], CASES / "layers")


def a_case(name: str = "C02", expected: dict[str, Any] | None = None, **about: Any) -> Expectation:
    said: dict[str, Any] = {"changes": {}, "layers": ()} | about
    return Expectation(CASES / f"{name}.yaml", "试", date(2026, 9, 1), said["changes"], said["layers"], expected or {})


WRONG = [
    ("符合", {"低保": {"家庭": {"低保金": "1", "分类施保": "284"}}}, "低保金 是 2216"),
    ("符合", {"低保": {"家庭": {"低保金": "2216"}}}, "金额项"),
    ("符合", {"低保边缘": {"家庭": {}}}, "低保边缘@家庭 是不符"),
    ("符合", {"低保": {"某人": {}}}, "户内没有「某人」"),
    ("符合", {"高保": {"家庭": {}}}, "没有项目「高保」"),
    ("不符", ["低保"], "低保 是符合"),
    ("待补", ["低保"], "低保 是符合"),
    ("已享", ["低保"], "低保 是可申请"),
    ("转介", ["低保"], "低保 是可申请"),
    ("不得出现", ["低保"], "可申请"),
    ("仅限", ["高龄津贴"], "0人符合"),
    ("不并领", {"低保": "特困"}, "低保 是可申请"),
    ("待选择", {"租赁补贴": "公租房"}, "租赁补贴 是可申请"),
    ("合计", {"低保": "1"}, "合计 2500"),
    ("不符因", {"低保": ["收入"]}, "不满足的是 无"),
    ("说法", {"低保边缘": "绝无此话"}, "没有「绝无此话」"),
    ("关键数", {"家庭人口": "99"}, "家庭人口 是 "),
    ("关键数", {"人均月收入": "1元"}, "元"),
    ("关键数", {"刚性支出占比": "99.99%"}, "%"),
    ("关键数", {"住房合规": "1"}, "不是一个确定的数"),
    ("不发钱", "是", "有金额"),
    ("期限", {"低保": {"审核确认": "2026-09-02"}}, "低保 审核确认 的期限是 2026-10-19"),
    ("不公示", ["低保"], "要公示"),
    ("不用文书", {"低保": ["D03"]}, "要用 D03"),
]


@pytest.mark.parametrize(("word", "wanted", "said"), WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_a_wrong_expectation_is_answered_with_what_came_out(word: str, wanted: Any, said: str) -> None:
    (message,) = failures(a_case(expected={word: wanted}), RULES)
    assert message.startswith(f"{word}：")
    assert said in message


def test_every_word_has_a_wrong_example_here() -> None:
    assert {word for word, *_ in WRONG} == set(CHECKS) - {"月合计"}
    with pytest.raises(Unmet, match="每月"):
        CHECKS["月合计"](judge(a_case("C01"), RULES), {"张某山": "1"})


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (a_case(expected={}), "没有写期望的结果"),
        (a_case(expected={"大概": []}), "不认识「大概」"),
        (a_case(expected={"关键数": {"没有这个数": "1"}}), "写法不对"),
        (a_case(expected={"符合": ["低保"]}), "写法不对"),
        (a_case("C99", {"不发钱": "是"}), "没有家庭文件 C99.yaml"),
        (a_case(expected={"不发钱": "是"}, changes={"成员/9/姓名": "甲"}), "没有「改」所写的位置"),
        (a_case(expected={"不发钱": "是"}, layers=("../../national",)), "里没有「../../national」这一层"),
        (a_case(expected={"不发钱": "是"}, changes={"现住址x": "甲"}), "现住址x"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_written_wrongly_is_said(case: Expectation, said: str) -> None:
    assert any(said in message for message in failures(case, RULES))


@pytest.mark.parametrize("text", ["- 1\n", "案例: [", "案例: x\n名: y\n日期: 九月\n", "名: y\n", "案例: ../x\n名: y\n日期: 2026-09-01\n"])
def test_a_file_that_is_no_expectation_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.expect.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UserCanFix, match=r"a\.expect\.yaml 写法不对"):
        list(expectations(tmp_path, tmp_path))


def test_a_pack_without_cases_has_none() -> None:
    assert run_cases(NATIONAL, [NATIONAL]) == (0, [])


def test_changes_count_rows_from_one() -> None:
    assert changed("成员:\n- {姓名: 甲}\n- {姓名: 乙}\n", {"成员/2/姓名": "丙"}) == "成员:\n- 姓名: 甲\n- 姓名: 丙\n"
    assert changed("a: b", {}) == "a: b"
