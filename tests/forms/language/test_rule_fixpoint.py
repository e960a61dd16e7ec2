"""Programmes that rest on one another: the least stable result, unknown staying unknown, always ending."""

import random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from forms.language import Evaluator
from forms.language.values import Verdict
from tests.forms.language.building import Building, Home, a_county, judge

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN
KIN = {"本人": ("配偶", "父母", "子女"), "配偶": ("本人", "子女"), "子女": ("本人", "配偶"), "父母": ("本人",)}


def mutual() -> Building:
    """Nobody who has an able obligor at home qualifies; an obligor who qualifies himself is not able."""
    building = (
        a_county().relation("义务人", "成员", "关系", KIN).field("成员.无能力", "是否").field("成员.高龄", "是否")
    )
    building.define("成员.不能养", "资格(供养) 或 无能力")
    return building.programme("供养", "高龄 且 每名义务人(不能养)", subject="成员", fixpoint=True)


def couple(**wife) -> Home:
    home = Home().close("成员").add("成员", "夫", 关系="本人", 高龄=True, 无能力=False)
    return home.add("成员", "妻", **{"关系": "配偶", "高龄": True, "无能力": False} | wife)


def verdicts(home: Home) -> list[Verdict]:
    return list(judge(mutual(), home).verdicts().values())


def test_two_who_only_have_each_other_to_point_at_do_not_qualify_by_it():
    assert verdicts(couple()) == [NO, NO]


def test_one_who_qualifies_by_himself_frees_the_other():
    assert verdicts(couple(无能力=True)) == [YES, YES]
    home = couple()
    home.add("成员", "父", 关系="父亲", 高龄=True, 无能力=True)
    assert verdicts(home) == [NO, NO, NO]


def test_a_chain_of_obligors_is_followed_to_its_end():
    home = Home().close("成员").add("成员", "一", 关系="本人", 高龄=True, 无能力=False)
    home.add("成员", "二", 关系="其他", 高龄=True, 无能力=False)
    assert verdicts(home) == [YES, YES]
    building = a_county().field("成员.无能力", "是否")
    pairs = {"本人": ("配偶",), "配偶": ("子女",), "子女": ("父母",)}
    building.relation("义务人", "成员", "关系", pairs)
    building.programme("供养", "每名义务人(资格(供养)) 且 非 无能力", subject="成员", fixpoint=True)
    home = Home().close("成员")
    for key, kin in (("甲", "本人"), ("乙", "配偶"), ("丙", "长子"), ("丁", "父亲")):
        home.add("成员", key, 关系=kin, 无能力=False)
    evaluator = judge(building, home)
    assert list(evaluator.verdicts().values()) == [YES] * 4
    home.answers["成员", "无能力", "丁"] = True
    evaluator.changed("成员", "无能力", "丁")
    assert list(evaluator.verdicts().values()) == [NO] * 4


def test_what_is_unknown_stays_unknown_and_is_asked_for():
    home = couple()
    home.answers["成员", "无能力", "妻"] = None
    evaluator = judge(mutual(), home)
    assert list(evaluator.verdicts().values()) == [UNKNOWN, UNKNOWN]
    question = evaluator.next_question()
    assert question is not None
    assert (question.missing.field, question.missing.row, question.matters) == ("无能力", "妻", 2)

    home.answers["成员", "高龄", "妻"] = None
    home.answers["成员", "无能力", "夫"] = None
    evaluator = judge(mutual(), home)
    assert list(evaluator.verdicts().values()) == [UNKNOWN, UNKNOWN]
    asked = {(gap.field, gap.row) for gap in evaluator.judge("供养", "夫").missing}
    assert asked == {("无能力", "妻"), ("高龄", "妻"), ("无能力", "夫")}


def test_until_the_members_are_all_told_an_obligor_may_still_appear():
    home = couple(无能力=True)
    home.complete.clear()
    evaluator = judge(mutual(), home)
    assert list(evaluator.verdicts().values()) == [UNKNOWN, UNKNOWN]
    home.close("成员")
    evaluator.rows_changed("成员")
    assert list(evaluator.verdicts().values()) == [YES, YES]


def test_programmes_outside_the_ring_use_its_stable_result():
    building = mutual().programme("户", "非 任一成员(资格(供养))").programme("全", "每名成员(不能养)")
    evaluator = judge(building, couple(无能力=True))
    assert [evaluator.verdict("户"), evaluator.verdict("全")] == [NO, YES]
    (used,) = evaluator.used("供养", "夫")
    assert [(one.name, one.value) for one in used] == [("高龄", True), ("每名义务人(不能养)", True)]


def test_two_programmes_may_share_one_ring():
    building = a_county().relation("义务人", "成员", "关系", KIN).field("成员.无能力", "是否")
    building.programme("甲", "任一义务人(资格(乙)) 或 无能力", subject="成员", fixpoint=True)
    building.programme("乙", "任一义务人(资格(甲))", subject="成员", fixpoint=True)
    home = couple(无能力=True)
    assert judge(building, home).verdicts() == {
        ("甲", "夫"): NO, ("甲", "妻"): YES, ("乙", "夫"): YES, ("乙", "妻"): NO,
    }  # fmt: skip


@settings(max_examples=150, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True)
@given(st.integers(0, 2**32).map(random.Random), st.sampled_from([0.0, 0.2, 0.5]))
def test_any_family_ends_and_what_is_decided_stays_decided(dice, unknown):
    plan = mutual().plan()
    home = Home().close("成员")
    told = Home().close("成员")
    for number in range(1 + dice.randrange(7)):
        answers = {
            "关系": dice.choice(["本人", "配偶", "长子", "次女", "父亲", "其他"]), "高龄": dice.random() < 0.7,
            "无能力": dice.random() < 0.3,
        }  # fmt: skip
        told.add("成员", f"m{number}", **answers)
        home.add("成员", f"m{number}", **{key: one for key, one in answers.items() if dice.random() >= unknown})
    before, after = Evaluator(plan, home), Evaluator(plan, told)
    assert UNKNOWN not in after.verdicts().values()
    for key, verdict in before.verdicts().items():
        assert verdict in (after.verdict(*key), UNKNOWN)
        assert (verdict is UNKNOWN) == bool(before.judge(*key).missing)
    for number in range(3):
        key = dice.choice(home.rows("成员"))
        home.answers["成员", "无能力", key] = bool(number % 2)
        before.changed("成员", "无能力", key)
        assert before.verdicts() == Evaluator(plan, home).verdicts()
