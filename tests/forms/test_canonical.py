"""Canonical YAML: one form, the same catalogue, nothing lost, and places found again."""

from __future__ import annotations

import shutil
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.canonical import Document, Spots, ordered, read, write
from forms.layers import DEMO, NATIONAL
from forms.loader import load
from forms.places import DataError, Place

FOLDERS = ("standards", "programmes")


def test_every_shipped_standard_and_programme_rewritten_gives_the_same_catalogue(tmp_path: Path) -> None:
    layers, files = [], 0
    for layer in (NATIONAL, DEMO):
        copy = tmp_path / layer.name
        shutil.copytree(layer, copy)
        for path in sorted(path for folder in FOLDERS for path in (copy / folder).glob("*.yaml")):
            path.write_text(write(read(path.read_text(encoding="utf-8"), path.name)), encoding="utf-8")
            files += 1
        layers.append(copy)
    before, after = load([NATIONAL, DEMO]), load(layers)
    assert files > 60
    assert placeless(after.standards) == placeless(before.standards)
    assert placeless(after.programmes) == placeless(before.programmes)
    assert placeless(after.compatibilities) == placeless(before.compatibilities)


@pytest.mark.parametrize("layer", [NATIONAL, DEMO], ids=lambda layer: layer.name)
def test_canonical_text_read_and_written_again_is_the_same(layer: Path) -> None:
    for path in sorted(path for folder in FOLDERS for path in (layer / folder).glob("*.yaml")):
        once = write(read(path.read_text(encoding="utf-8"), path.name))
        assert write(read(once, path.name)) == once, path.name


def test_no_comment_is_lost_and_each_stands_above_its_document() -> None:
    text = "# 甲\n标准: 一  # 乙\n类型: 金额\n# 丙\n---\n# 丁\n标准: 二\n说明: 不是#注释 '#也不是'\n# 戊\n"
    said = read(text, "a.yaml")
    assert [each.notes for each in said] == [("甲", "乙", "丙"), ("丁", "戊")]
    assert write(said).startswith("# 甲\n# 乙\n# 丙\n标准: 一\n")
    assert read(write(said), "a.yaml") == said


def test_keys_stand_in_one_order_and_unknown_ones_are_kept() -> None:
    tree = {"值": [{"值": "3", "自": "2026-01-01"}], "怪": "留", "类型": "数", "标准": "一"}
    assert list(ordered(tree)) == ["标准", "类型", "值", "怪"]
    assert write([Document(tree)]) == "标准: 一\n类型: 数\n值:\n  - {自: 2026-01-01, 值: 3}\n怪: 留\n"


def test_a_key_said_twice_is_refused_rather_than_lost() -> None:
    with pytest.raises(DataError, match="「类型」写了两次"):
        read("标准: 一\n类型: 数\n类型: 金额\n", "a.yaml")


TEXTS = st.text(
    st.one_of(
        st.sampled_from(list("甲乙 :#,[]{}'\"\\-?!&*~\n\t|>%@`=<\x07\x85\u2028\ufeff𠮷元1")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)
VALUES = st.recursive(
    TEXTS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter(lambda key: key != ""), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(
        st.dictionaries(TEXTS.filter(lambda key: key != ""), VALUES, min_size=1, max_size=4), min_size=1, max_size=3
    )
)
@settings(max_examples=300)
def test_any_tree_is_read_back_as_it_was(trees: list[dict[str, Any]]) -> None:
    text = write([Document(tree) for tree in trees])
    assert [document.tree for document in read(text, "a.yaml")] == trees
    assert write(read(text, "a.yaml")) == text


@given(st.lists(TEXTS.filter(lambda text: text.strip()), min_size=1, max_size=4))
@settings(max_examples=100)
def test_every_text_is_found_again_at_its_place(texts: list[str]) -> None:
    text = write([Document({"项目": "甲", "条件": [{"编号": word, "要求": word} for word in texts]})])
    spots, seen = Spots(text, "a"), set()
    for line, words in enumerate(text.split("\n"), start=1):
        for column in range(1, len(words) + 2):
            found = spots.at(Place("a", line, column))
            seen.add(found.key if found else ())
    assert {("条件", number, "要求") for number in range(len(texts))} <= seen


def test_a_place_inside_a_quoted_text_is_a_column_of_that_text() -> None:
    text = write(
        [Document({"标准": "一"}), Document({"项目": "甲", "条件": [{"编号": "收入", "要求": "任一甲(a, b) 且 丙"}]})]
    )
    line = next(number for number, words in enumerate(text.split("\n"), start=1) if "丙" in words)
    column = text.split("\n")[line - 1].index("丙") + 1
    found = Spots(text, "a").at(Place("a", line, column))
    assert found is not None
    assert (found.document, found.key, found.column) == (1, ("条件", 0, "要求"), "任一甲(a, b) 且 丙".index("丙") + 1)
    at_key = Spots(text, "a").at(Place("a", line, text.split("\n")[line - 1].index("要求") + 1))
    assert at_key is not None
    assert (at_key.key, at_key.column) == (("条件", 0, "要求"), 0)


def placeless(value: Any) -> Any:
    """A shape without its places: what it says, wherever it stands."""
    if isinstance(value, Place):
        return None
    if is_dataclass(value) and not isinstance(value, type):
        shown = {field.name: placeless(getattr(value, field.name)) for field in fields(value)}
        shown.pop("lines", None)
        return type(value).__name__, shown
    if isinstance(value, dict):
        return {key: placeless(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [placeless(item) for item in value]
    return value
