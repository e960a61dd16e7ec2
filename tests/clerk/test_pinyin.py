"""Names as clerks type them: surnames by their own reading, every other reading as well."""

import subprocess
import sys

import pytest

from clerk.pinyin import initials, plain_name, readings, search_keys, spelled


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        ("仇某", "qiumou", "qm"),
        ("曾某", "zengmou", "zm"),
        ("单某", "shanmou", "sm"),
        ("区某", "oumou", "om"),
        ("查某", "zhamou", "zm"),
        ("解某", "xiemou", "xm"),
        ("覃某", "qinmou", "qm"),
        ("任某", "renmou", "rm"),
        ("华某", "huamou", "hm"),
        ("尉迟某", "yuchimou", "ycm"),
        ("万俟某", "moqimou", "mqm"),
        ("欧阳某", "ouyangmou", "oym"),
        ("吕某", "lvmou", "lm"),
        ("㛃某", "jiemou", "jm"),
        ("䶮某", "yanmou", "ym"),
        ("古某·肉某", "gumouroumou", "gmrm"),
        ("", "", ""),
        ("·", "", ""),
    ],
)
def test_the_likeliest_spelling(name: str, full: str, short: str) -> None:
    assert spelled(name) == (full, short)


def test_a_surname_keeps_its_other_readings_and_a_given_name_its_usual_one() -> None:
    assert readings("覃某")[0][:2] == ("qin", "tan")
    assert readings("某单")[1][0] == "dan"
    assert readings("某仇")[1][0] == "chou"


def test_u_with_dots_is_typed_in_three_ways() -> None:
    assert {key for kind, key in search_keys("吕某") if kind == "p"} >= {"lvmou", "lumou", "lyumou"}


def test_every_way_to_type_initials() -> None:
    assert "hxc" in initials("红星村")
    assert initials("曾某") == {"zm", "cm"}
    assert initials("") == {""}


def test_the_keys_of_a_name_are_all_its_endings() -> None:
    assert search_keys("李丽华") >= {("n", "李丽华"), ("n", "丽华"), ("n", "华"), ("p", "lilihua"), ("p", "lihua"), ("p", "hua"), ("i", "llh"), ("i", "lh"), ("i", "h")}
    assert search_keys("") == frozenset()


def test_a_long_name_of_many_readings_stays_small() -> None:
    keys = search_keys("乐重行单解查曾覃仇朝")
    assert len(keys) < 400
    assert {("n", "仇朝"), ("i", "qz"), ("i", "cc")} & keys >= {("n", "仇朝")}
    assert max(len(key) for kind, key in keys if kind == "i") == 10


def test_joints_and_widths_do_not_matter_but_rare_characters_do() -> None:
    assert plain_name(" 古某·肉某 ") == plain_name("古某•肉某") == plain_name("古某．肉某") == "古某肉某"
    assert plain_name("Ａｂ'C") == "abc"
    assert plain_name("𠅤㛃𬱖䶮\ue000") == "𠅤㛃𬱖䶮\ue000"


def test_the_dictionary_is_loaded_at_first_use_only() -> None:
    script = "import sys, clerk.pinyin; assert 'pypinyin' not in sys.modules; clerk.pinyin.spelled('曾'); assert 'pypinyin' in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)
