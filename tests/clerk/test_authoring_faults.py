"""Every fault of an edited document stands at the key it was typed in; nothing typed is lost."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from clerk.authoring.bench import Bench
from clerk.authoring.drafts import corrections
from clerk.authoring.shapes import PROGRAMME, STANDARD, Home, Ref
from clerk.authoring.standards import with_value, without_value
from clerk.errors import UserCanFix
from forms.canonical import Key, Tree
from forms.loader import load
from tests.clerk.authoring_desk import AID, LAYERS, LOW, a_bench, a_value


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A bench that is only asked, never written to."""
    return a_bench(Home(tmp_path_factory.mktemp("home")), LAYERS)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return a_bench(Home(tmp_path), LAYERS)


def put(tree: Tree, key: Key, value: Any) -> Tree:
    """The tree with another value at a key."""
    tree = copy.deepcopy(tree)
    place: Any = tree
    for step in key[:-1]:
        place = place[step]
    place[key[-1]] = value
    return tree


@pytest.mark.parametrize(
    ("inside", "typed", "key", "column", "message"),
    [
        (("值", "城市"), "9oo元", ("值", "城市"), 1, "「9oo元」不是金额"),
        (("值", "城市"), "900", ("值", "城市"), 1, "「900」不是金额"),
        (("值",), {"城市": "900元"}, ("值",), 0, "缺少「农村」的值"),
        (("值", "城区"), "900元", ("值", "城区"), 0, "没有选项「城区」"),
        (("自",), "2027-02-30", ("自",), 1, "不是真实的日期"),
        (("自",), None, ("自",), 0, "缺少「自」"),
        (("止",), "2026-12-31", ("止",), 1, "早于起期"),
        (("文件", "标记"), "X", ("文件", "标记"), 1, "没有这种标记「X」"),
        (("文件", "文"), "甲", ("文件", "文"), 0, "不认识的键「文」"),
    ],
)
def test_a_fault_of_a_new_value_is_found_in_its_own_box(
    shared: Bench, inside: Key, typed: Any, key: Key, column: int, message: str
) -> None:
    tree = with_value(shared.document(LOW).tree, a_value("2027-01-01"))
    (fault,) = shared.check(LOW, put(tree, ("值", 2, *inside), typed))
    assert (fault.ref, fault.key, fault.column) == (LOW, ("值", 2, *key), column)
    assert message in fault.message
    assert fault.advice or typed is None
    assert fault.item == (typed if inside == ("自",) else "2027-01-01") or typed is None


@pytest.mark.parametrize(
    ("key", "typed", "column", "message"),
    [
        (("条件", 1, "要求"), "人均月收入 < 低保标淮", 9, "没有这个名称「低保标淮」"),
        (("条件", 1, "要求"), "取大(人均月收入, 0元) < 低保标淮", 17, "没有这个名称「低保标淮」"),
        (("条件", 1, "要求"), "人均月收入 < ", 9, ""),
        (("条件", 1, "要求"), "人均月收入", 1, ""),
        (("条件", 1, "要求"), "人均月收入 < '低保'标准 且 \"", 9, ""),
        (("条件", 1, "要求"), "", 1, "这里应有一条算式"),
        (("条件", 1, "地方"), "对", 1, "应写「是」或「否」"),
        (("条件", 1, "依据"), {"名称": "甲", "标记": "Q"}, 0, "没有这种标记「Q」"),
        (("材料", 0, "方式"), "邮寄", 1, "没有这种方式「邮寄」"),
        (("材料", 3, "仅当"), "任一成员(持残疾正)", 6, "没有这个名称「持残疾正」"),
        (("时限", 0, "天数"), "三", 1, "应是整数"),
        (("文书", 0), "D99", 1, "没有文书「D99」"),
        (("次序",), "前", 1, "应是整数"),
        (("金额", 0, "算式"), "低保标准 * 低保标准", 6, ""),
    ],
)
def test_a_fault_of_a_programme_is_found_in_its_own_box(
    shared: Bench, key: Key, typed: Any, column: int, message: str
) -> None:
    faults = shared.check(AID, put(shared.document(AID).tree, key, typed))
    fault = faults[0]
    assert fault.key[: len(key)] == key
    if column:
        assert (fault.key, fault.column) == (key, column)
    assert message in fault.message
    assert str(fault).startswith(f"项目「低保」{key[0]}")
    assert shared.check(AID, shared.document(AID).tree) == ()


def test_a_value_that_overlaps_names_the_other_one_and_not_a_line_of_a_file(shared: Bench) -> None:
    tree = put(with_value(shared.document(LOW).tree, a_value("2027-01-01")), ("值", 1, "止"), "2027-06-30")
    (fault,) = shared.check(LOW, tree)
    assert (fault.key, fault.item) == (("值", 2), "2027-01-01")
    assert "「2026-04-01」" in fault.advice
    assert ":" not in fault.advice


def test_a_value_in_force_is_not_edited_silently(bench: Bench) -> None:
    tree = put(bench.document(LOW).tree, ("值", 1, "值", "城市"), "840元")
    (fault,) = bench.check(LOW, tree)
    assert (fault.key, fault.item) == (("值", 1), "2026-04-01")
    assert "已经生效" in fault.message
    assert bench.keep(LOW, tree) == (fault,)
    assert bench.check_all() == (fault,)
    assert bench.keep(LOW, tree, why="录入时写错") == ()
    assert bench.check_all() == ()
    assert corrections(bench.draft) == {(LOW.id, "2026-04-01"): "录入时写错"}
    assert [str(change) for change in bench.changes()] == [
        "标准「低保标准」 2026-04-01起：城市 832元，农村 632元 → 城市 840元，农村 632元（理由：录入时写错）"
    ]
    bench.revert(LOW)
    assert bench.changes() == ()
    assert corrections(bench.draft) == {}


@pytest.mark.parametrize(("day", "silent"), [("2026-08-31", False), ("2026-09-01", True), ("2026-10-01", True)])
def test_only_a_backdated_value_needs_a_reason(shared: Bench, day: str, silent: bool) -> None:
    assert (shared.check(LOW, with_value(shared.document(LOW).tree, a_value(day))) == ()) is silent


def test_taking_out_a_value_in_force_is_a_change_of_the_past(shared: Bench) -> None:
    (fault,) = shared.check(LOW, without_value(shared.document(LOW).tree, "2026-04-01"))
    assert (fault.key, fault.item) == (("值",), "2026-04-01")


def test_a_condition_of_an_earlier_layer_cannot_be_removed(shared: Bench) -> None:
    tree = shared.document(AID).tree
    del tree["条件"][1]
    (fault,) = shared.check(AID, tree)
    assert (fault.key, fault.item) == (("条件",), "收入")
    assert fault.message == "条件「收入」是全国目录定的，不能删去"


def test_faulty_words_are_kept_and_found_again_by_the_whole_check(bench: Bench) -> None:
    tree = put(bench.document(AID).tree, ("条件", 4, "要求"), "住房合归")
    kept = bench.keep(AID, tree)
    assert [(fault.key, fault.column) for fault in kept] == [(("条件", 4, "要求"), 1)]
    assert bench.check_all() == kept
    assert bench.document(AID).tree == tree
    again = a_bench(Home(bench.draft.folder.parents[1]), LAYERS)
    assert again.document(AID).tree == tree
    assert again.check_all() == kept


def test_a_broken_file_of_the_layer_is_told_by_its_place(bench: Bench) -> None:
    (bench.draft.tree / "rosters").mkdir()
    (bench.draft.tree / "rosters" / "a.yaml").write_text("花名册: 甲\n行: 无此表\n", encoding="utf-8")
    faults = bench.check_all()
    assert faults
    assert all(fault.ref is None and "rosters/a.yaml" in fault.message for fault in faults)


def test_the_check_of_one_document_says_what_the_loader_says(bench: Bench) -> None:
    """The quick check and the whole one agree on every way of spoiling a document that is tried here."""
    for key, typed in ((("条件", 0, "要求"), "甲 且"), (("材料", 1, "方式"), "无"), (("户内",), "计入家挺")):
        tree = put(bench.document(AID).tree, key, typed)
        assert bench.keep(AID, tree) == bench.check_all()
        bench.revert(AID)


def test_every_shipped_document_has_no_fault_and_is_written_back_as_nothing(bench: Bench) -> None:
    for listed in bench.listed()[::30]:
        assert bench.keep(listed.ref, bench.document(listed.ref).tree) == ()
    assert bench.changes() == ()
    assert [path.name for path in bench.draft.tree.rglob("*.yaml")] == ["pack.yaml"]


def test_an_unknown_document_is_refused_in_one_sentence(shared: Bench) -> None:
    with pytest.raises(UserCanFix, match="没有标准「无」"):
        shared.document(Ref(STANDARD, "无"))
    with pytest.raises(UserCanFix, match="不能停用"):
        shared.stop(Ref(PROGRAMME, "无"))


def test_views_say_what_the_loader_says() -> None:
    """The documents laid over one another as written make the catalogue that the loader makes of the layers."""
    from clerk.authoring.layering import laid
    from forms.canonical import Document, write
    from forms.probe import probe
    from tests.forms.test_canonical import placeless

    catalogue = load(LAYERS)
    for ref, view in list(laid(LAYERS).items())[::16]:
        errors, tried = probe(write([Document(view.tree)]), "a", "x", catalogue)
        assert errors == ()
        assert tried is not None
        kind = "standards" if ref.kind == STANDARD else "programmes"
        ours, theirs = (placeless(getattr(one, kind)[ref.id]) for one in (tried, catalogue))
        assert _layerless(ours) == _layerless(theirs)


def _layerless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _layerless(item) for key, item in value.items() if key != "layer"}
    return [_layerless(item) for item in value] if isinstance(value, (list, tuple)) else value
