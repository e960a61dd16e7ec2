"""Reading YAML as located text: nothing typed behind our back, and every character knows where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.reading import DataError, Entry, read_documents


def read(folder: Path, text: str) -> Entry:
    path = folder / "甲.yaml"
    path.write_text(text, encoding="utf-8")
    return next(read_documents(path, "甲.yaml"))


@pytest.mark.parametrize("word", ["no", "on", "1e3", "0x10", "2026-04-01", "012", "12:30:45", "NaN"])
def test_nothing_is_typed_behind_our_back(word: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"键: {word}").text("键") == word


@pytest.mark.parametrize("empty", ["", "~", "null"])
def test_an_empty_value_is_absent(empty: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"键: {empty}\n").found("键") is None


@pytest.mark.parametrize("written", ['"甲乙"', "'甲乙'", "甲乙"])
def test_a_scalar_stands_where_its_first_character_stands(written: str, tmp_path: Path) -> None:
    found = read(tmp_path, f"外: {{键: {written}}}").entry("外")
    assert found is not None
    scalar = found.need("键")
    assert scalar.text == "甲乙"
    assert (scalar.place.line, scalar.place.column) == (1, 8 + (written[0] != "甲"))


FOLDED = {
    "plain": ("键: 甲 且\n    乙 或\n  丙\n", [("甲", 1, 4), ("乙", 2, 5), ("或", 2, 7), ("丙", 3, 3)]),
    "quoted": ('键: "甲 且\n    乙"\n', [("甲", 1, 5), ("乙", 2, 5)]),
    "single quoted in a flow": ("键: ['甲\n   乙', 丙\n  丁]\n", [("甲", 1, 6), ("乙", 2, 4)]),
    "folded block": ("键: >-\n  甲 且\n    乙\n\n  丙\n", [("甲", 2, 3), ("且", 2, 5), ("乙", 3, 5), ("丙", 5, 3)]),
    "literal block": ("键: |\n  甲\n  乙 丙\n", [("甲", 2, 3), ("乙", 3, 3), ("丙", 3, 5)]),
}


@pytest.mark.parametrize("way", FOLDED)
def test_each_character_of_a_long_rule_is_found_in_its_own_line(way: str, tmp_path: Path) -> None:
    text, places = FOLDED[way]
    scalar = read(tmp_path, text).texts("键")[0]
    for word, line, column in places:
        place = scalar.at(scalar.text.index(word))
        assert (word, place.line, place.column) == (word, line, column)


@given(st.lists(st.text("甲乙丙abc且或", min_size=1, max_size=6), min_size=1, max_size=6), st.integers(1, 5))
def test_every_word_of_a_folded_rule_is_where_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], indent: int
) -> None:
    folder = tmp_path_factory.mktemp("folded")
    text = "键:\n" + "".join(f"{' ' * indent}{word}\n" for word in words)
    scalar = read(folder, text).need("键")
    offset = 0
    for number, word in enumerate(words):
        place = scalar.at(offset)
        assert (place.line, place.column) == (number + 2, indent + 1)
        offset += len(word) + 1


def test_a_list_where_a_value_belongs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="「键」应是一个值，不是列表或分组"):
        read(tmp_path, "键: [甲]").text("键")


def test_a_value_where_a_list_belongs_is_refused(tmp_path: Path) -> None:
    for reading in (Entry.entries, Entry.mixed):
        with pytest.raises(DataError, match="每项以「- 」开头"):
            reading(read(tmp_path, "键: 甲"), "键")


def test_a_missing_key_names_the_misspelt_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="缺少「名称」，是不是「名秤」？"):
        read(tmp_path, "名秤: 甲").need("名称")


def test_a_value_cut_at_its_comma_is_explained(tmp_path: Path) -> None:
    inner = read(tmp_path, "外: {算式: 取大(甲, 乙)}").entry("外")
    assert inner is not None
    inner.text("算式")
    with pytest.raises(DataError, match=r"甲\.yaml:1:15 这里断开了：「乙\)」没有值，前面的值里有逗号时，请给整个值加引号"):
        inner.close()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("键: 值: 二", "1:5 这里多了一个冒号"),
        ("键: 'ab", "1:4 引号没有配对"),
        ("键: {甲: 乙", "1:4 花括号「{」没有配对的「}」"),
        ("键: *甲", "1:5 .*开头的值要加引号"),
        ("键:\n  - 甲\n - 乙\n", "缩进"),
        ("甲: 乙\n  丙: 丁\n", "冒号"),
        ('键: "\\q"', "反斜杠"),
        ("甲\n乙: 丙\n", "冒号"),
        ("- 甲\n", "1:1 「文件」应是「名称: 值」的分组"),
        ("键: [甲, {乙: 丙]}", "方括号|花括号"),
    ],
)
def test_unreadable_yaml_is_explained_in_chinese(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=words) as caught:
        read(tmp_path, text)
    assert "YAML 写法有误" not in str(caught.value)
