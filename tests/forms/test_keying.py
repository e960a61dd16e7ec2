"""Keying lists as data: what a county may write, what is refused at its place, and that none is taken for official."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.loader import load
from tests.builders import the_demo_catalogue
from tests.forms.small_layer import SMALL, faults, write_layer

LIST = """\
代录: 省系统
系统: 省某系统
项目: [甲补助]
依据: {名称: 录入界面, 标记: D}
组:
  - 组: 基本
    项:
      - {项: 受理人, 值: 姓名}
  - 组: 成员
    每: 成员
    项:
      - {项: 关系, 值: 与申请人关系, 换码: {本人: "1"}, 其余: "9"}
"""

APPLICATIONS = """\
表: 办件
名称: 办件
归属: 成员
---
节: 办件
表: 办件
次序: 90
系统: 是
字段:
  - {编号: 次序, 类型: 整数}
"""

MISTAKES = {
    "a misspelt key": ("系统: 省某系统", "系统: 省某系统\n系桶: 甲", "3:1 不认识的键「系桶」，是不是「系统」？"),
    "a programme that is not": ("[甲补助]", "[甲捕助]", "3:6 没有项目「甲捕助」，是不是「甲补助」？"),
    "no programme": ("项目: [甲补助]\n", "", "1:5 没有写「项目」，写明哪些项目的办件要录入这个系统"),
    "a value that is not": ("值: 姓名", "值: 姓铭", "8:21 没有这个名称「姓铭」，是不是「姓名」？"),
    "an option that is not": ("{本人: ", "{本入: ", "12:33 「关系」没有选项「本入」，是不是「本人」？"),
    "a way of writing that does not fit": (
        "值: 姓名}",
        "值: 姓名, 写法: 元}",
        "8:21 「受理人」是姓名，没有「元」这种写法，请删去「写法」",
    ),
    "an unknown way of writing": ("值: 姓名}", "值: 姓名, 写法: 角}", "8:29 没有这种写法「角」"),
    "codes for words": ("值: 姓名}", '值: 姓名, 换码: {甲: "1"}}', "8:21 「受理人」是姓名，不能换码"),
    "a filter without rows": ("  - 组: 基本\n", "  - 组: 基本\n    全户: 是\n", "6:8 「基本」没有写「每」"),
    "a label twice": (
        "      - {项: 受理人",
        "      - {项: 受理人, 值: 姓名}\n      - {项: 受理人",
        "9:13 「基本」里已有「受理人」",
    ),
    "nothing to do with what is left over": ('换码: {本人: "1"}, ', "", "12:13 「其余」要和「换码」一起用"),
}


@pytest.fixture
def national(tmp_path: Path) -> Path:
    return written(tmp_path, LIST)


def written(tmp_path: Path, text: str) -> Path:
    return write_layer(tmp_path / "national", SMALL | {"intake/90-cases.yaml": APPLICATIONS, "entry/e.yaml": text})


def test_a_list_is_read_as_it_is_written(national: Path) -> None:
    (keying,) = load([national]).keyings.values()
    assert (keying.id, keying.name, keying.system, keying.source.verified) == ("省系统", "省系统", "省某系统", False)
    assert [(group.name, group.table) for group in keying.groups] == [("基本", "办件"), ("成员", "成员")]
    assert keying.groups[1].lines[0].code("本人") == "1"
    assert keying.groups[1].lines[0].code("配偶") == "9"


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_file_line_and_column(tmp_path: Path, mistake: str) -> None:
    before, after, said = MISTAKES[mistake]
    assert before in LIST
    layer = written(tmp_path, LIST.replace(before, after, 1))
    assert str(faults(layer)[0]).startswith(f"national/entry/e.yaml:{said}"), faults(layer)


def test_what_ships_is_nowhere_said_to_be_official() -> None:
    shipped = the_demo_catalogue().keyings.values()
    assert len(shipped) >= 3
    assert not [one.id for one in shipped if one.source.verified or not one.note]


def test_a_county_replaces_a_list_or_takes_it_away(national: Path, tmp_path: Path) -> None:
    pack = SMALL["pack.yaml"].replace("小全国", "甲县").replace("层级: 全国", "层级: 县")
    county = write_layer(tmp_path / "county", {"pack.yaml": pack, "entry/e.yaml": LIST.replace("省某系统", "县某系统")})
    (keying,) = load([national, county]).keyings.values()
    assert (keying.system, keying.layer) == ("县某系统", "甲县")
    write_layer(county, {"entry/e.yaml": "代录: 省系统\n停用: 是\n"})
    assert not load([national, county]).keyings
    write_layer(county, {"entry/e.yaml": "代录: 省体系\n停用: 是\n"})
    assert (
        str(faults(national, county)[0]) == "county/entry/e.yaml:1:5 没有代录清单「省体系」可停用，是不是「省系统」？"
    )
