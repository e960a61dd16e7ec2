"""A standard's dated values are added, ended and taken out without a gap or an overlap that nobody asked for."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from clerk.authoring.layering import Piece, laid_over, overlay
from clerk.authoring.shapes import Origin, Ref, View
from clerk.authoring.standards import corrected, in_force, with_end, with_value, without_value
from clerk.errors import UserCanFix
from forms.canonical import Tree, ordered
from forms.catalogue import Pack

ON = date(2026, 9, 1)
PACK = Pack("b", "乙层", "县", "1", "", "")


def a_tree() -> Tree:
    return {
        "标准": "甲",
        "类型": "金额",
        "值": [{"自": "2025-01-01", "止": "2025-12-31", "值": "1元"}, {"自": "2026-01-01", "值": "2元"}],
    }


def periods(tree: Tree) -> list[tuple[str, str]]:
    return [(one["自"], one.get("止", "")) for one in tree["值"]]


def test_a_new_value_ends_the_one_running_the_day_before() -> None:
    tree = with_value(a_tree(), {"自": "2027年1月1日", "止": "", "值": "3元"})
    assert periods(tree) == [("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31"), ("2027-01-01", "")]
    assert corrected(a_tree(), tree, ON) == ()


def test_a_value_between_two_others_ends_before_the_later_one() -> None:
    tree = with_value(a_tree(), {"自": "2025-07-01", "值": "3元"})
    assert periods(tree) == [("2025-01-01", "2025-06-30"), ("2025-07-01", "2025-12-31"), ("2026-01-01", "")]
    assert corrected(a_tree(), tree, ON) == ("2025-01-01", "2025-07-01")


@pytest.mark.parametrize(
    ("since", "message"), [("", "请写新数额从哪一天起"), ("明年", "请写"), ("2026.1.1", "已经有一个数额")]
)
def test_a_new_value_needs_a_day_of_its_own(since: str, message: str) -> None:
    with pytest.raises(UserCanFix, match=message):
        with_value(a_tree(), {"自": since, "值": "3元"})


@pytest.mark.parametrize(
    ("until", "past"), [("2026-12-31", ()), ("2026-08-31", ()), ("2026-08-30", ("2026-01-01",)), ("", ())]
)
def test_an_end_changes_the_past_only_when_it_lies_there(until: str, past: tuple[str, ...]) -> None:
    tree = with_end(a_tree(), "2026-01-01", until)
    assert periods(tree)[1] == ("2026-01-01", until)
    assert corrected(a_tree(), tree, ON) == past


def test_an_end_before_its_beginning_or_of_no_value_is_refused() -> None:
    with pytest.raises(UserCanFix, match="早于起始日期"):
        with_end(a_tree(), "2026-01-01", "2025-12-31")
    with pytest.raises(UserCanFix, match="没有从2024-01-01起的数额"):
        with_end(a_tree(), "2024-01-01", "")
    with pytest.raises(UserCanFix, match="不是日期"):
        with_end(a_tree(), "2026-01-01", "年底")
    with pytest.raises(UserCanFix, match="没有从"):
        without_value(a_tree(), "2024-01-01")


def test_a_value_to_come_is_edited_freely_and_one_that_began_is_not() -> None:
    tree = with_value(a_tree(), {"自": "2027-01-01", "值": "3元"})
    later = copy.deepcopy(tree)
    later["值"][2]["值"] = "4元"
    assert corrected(tree, later, ON) == ()
    assert corrected(tree, without_value(tree, "2027-01-01"), ON) == ()
    assert corrected(tree, later, date(2027, 1, 1)) == ("2027-01-01",)
    assert in_force(tree, ON) == ("2025-01-01", "2026-01-01")


EARLIER: Tree = {
    "项目": "甲",
    "编号": "1",
    "户内": "子",
    "条件": [{"编号": "一", "要求": "子"}, {"编号": "二", "要求": "丑"}],
    "人工": ["寅", "卯"],
}


@pytest.mark.parametrize(
    "changed",
    [
        {"编号": "2"},
        {"人工": ["卯"]},
        {"人工": []},
        {"条件": [{"编号": "一", "要求": "辰"}, {"编号": "二", "要求": "丑"}]},
        {
            "条件": [{"编号": "一", "要求": "子"}, {"编号": "二", "要求": "丑"}, {"编号": "三", "要求": "巳"}],
            "公示": "是",
        },
        {"条件": [{"编号": "一", "要求": "子"}, {"编号": "二", "要求": "丑"}, {"要求": "未完"}]},
        {"户内": None},
    ],
)
def test_what_an_overlay_says_makes_what_was_wanted_and_says_no_more(changed: Tree) -> None:
    ref = Ref("项目", "甲")
    earlier = View(ref, ordered(EARLIER), {(): Origin("甲层", "programmes/a.yaml", "a")})
    wanted = ordered({**EARLIER, **changed})
    over = overlay(earlier, wanted)
    assert over is not None
    assert set(over) == {"项目", "覆盖", *changed}
    view = laid_over(earlier, Piece(ref, over, "programmes/a.yaml", 0), PACK)
    assert view.tree == wanted
    for key in EARLIER:
        assert (view.origin((key,)).layer == "乙层") is (key in changed)
    assert overlay(earlier, earlier.tree) is None
