"""Each mistake a county author makes is answered with file, line, column, what is wrong and what to write instead."""

import pytest

from forms.language import compile_catalogue, compile_expression
from forms.reading import DataErrors
from tests.forms.language.building import ON, Building, a_county, expression

MISTAKES = [
    # table, text, column, what, advice
    ("家庭", "人均 < 2", 4, "单位不一致：左边是元，右边是数", "金额请写单位，例如 700元"),
    ("家庭", "存歀 > 1元", 1, "没有这个名称「存歀」", "是不是「存款」"),
    ("成员", "类别 在 [肢体, 智利]", 11, "没有这个选项「智利」（类别只有：视力、听力、肢体、智力", "是不是「智力」？"),
    ("家庭", "学生 且 本地户籍", 1, "「学生」是成员项", "任一成员(学生…)、每名成员(…)"),
    ("家庭", "本地户籍 且存款 > 1元", 6, "多余的「且存款」", "「且」前后请加空格"),
    ("家庭", "人均 <", 5, "这里缺一个值，遇到「结尾」", ""),
    ("家庭", "本地户籍 < 3", 6, "比较左边是是否，右边是数", ""),
    ("家庭", "本地户籍 且 人均", 8, "「且」两边应为是否，实际是元", ""),
    ("家庭", "每个成员(学生)", 1, "没有这个函数「每个成员」", "是不是「每名成员」"),
    ("家庭", "任一成员()", 1, "「任一成员」要 1 项，写了 0 项", "成员数() > 0"),
    ("家庭", "取大(存款)  > 1元", 1, "「取大」要 至少 2 项，写了 1 项", "请写 取大(甲, 乙)"),
    ("家庭", "资格(甲乙) 且 本地户籍", 4, "没有这个项目「甲乙」", "是不是「甲」"),
    ("家庭", "资格(丙)", 1, "「丙」的对象是成员", "任一成员(资格(丙)) 或 每名成员(资格(丙))"),
    ("家庭", "城乡 > 城市", 4, "选项（城乡）只能用 = 或 ≠ 比较", "几个选项请用「在 […]」"),
    ("成员", "姓名 = 姓名", 4, "文字只能显示，不能比较", ""),
    ("家庭", "本地户籍 或 是", 8, "「是」是固定的，写在这里没有用处", "请删去"),
    ("家庭", "3 > 2", 3, "两边都是固定的值，这个比较没有用处", "请把一边写成名称，或删去"),
    ("家庭", "存款 > 700块", 6, "「700块」不是数也不是名称", "金额请写 700元"),
    ("家庭", "(存款 > 7元", 1, "「(」没有配对的「)」", "请补上「)」"),
    ("家庭", "存款 * 支出 > 1元", 4, "两个金额不能相乘", ""),
    ("家庭", "存款 > 1元 > 支出", 9, "比较不能连写", "请用「且」分成两个比较"),
    ("家庭", "存款 ＞ 5％元", 8, "多余的「元」", "前面可能缺"),
    ("家庭", "需求 在 [视力]", 4, "「在」左边应为选项，实际是多选", "多选里找一个请写 多选 包含 选项"),
    ("成员", "类别 在 [视力, 视力]", 11, "选项「视力」写了两次", "请删去一处"),
    ("家庭", "成员数 > 1", 1, "「成员数」后面缺括号", "请写 成员数(…)"),
    ("家庭", "周岁(存款) > 1", 4, "「周岁」里应为日，实际是元", ""),
    ("家庭", "四舍五入(存款, 0元) > 1元", 10, "四舍五入的单位应大于零", "例如 1元"),
    ("家庭", "如果(本地户籍, 1元, 2) > 1元", 14, "「如果」两个结果不一致：元和数", "金额请写单位"),
    ("家庭", "存款 > 0.001元", 6, "金额「0.001元」不足一分", "最多写到分"),
    ("家庭", "存款 & 1", 4, "不认识的符号「&」", ""),
    ("家庭", "金额(乙) > 1元", 1, "「乙」没有金额", "请给该项目写「金额」"),
    ("成员", "等级在 [一级]", 5, "多余的「[」", "「在」前后请加空格"),
    ("家庭", "", 1, "算式是空的", "请写出条件或算式"),
    ("家庭", "本地户籍 在 [城市]", 6, "「在」左边应为选项，实际是是否", ""),
]


def a_checked_county() -> Building:
    building = a_county()
    building.programme("甲", "本地户籍", amounts={"补差": "100元"}).programme("乙", "本地户籍")
    return building.programme("丙", "学生", subject="成员")


@pytest.mark.parametrize(("table", "text", "column", "what", "advice"), MISTAKES, ids=[one[1] for one in MISTAKES])
def test_a_mistake_is_shown_where_it_stands_with_what_to_write(table, text, column, what, advice):
    plan = a_checked_county().plan()

    with pytest.raises(DataErrors) as caught:
        compile_expression(expression(text, line=7, column=20, file="县/项目.yaml"), table, plan)

    (fault,) = caught.value.errors
    assert (fault.place.file, fault.place.line, fault.place.column) == ("县/项目.yaml", 7, 19 + column)
    assert fault.message.startswith(what)
    assert advice in fault.advice


def test_every_fault_of_a_catalogue_is_told_at_once_in_file_order():
    building = a_county().define("家庭.坏", "人均 + 3").define("家庭.用坏", "坏 > 1元")
    building.programme("甲", "存歀 > 1元", "本地户藉 且 学生", amounts={"钱": "3"})

    with pytest.raises(DataErrors) as caught:
        compile_catalogue(building.catalogue(), ON)

    messages = [fault.message for fault in caught.value.errors]
    assert messages == [
        "单位不一致：左边是元，右边是数",
        "没有这个名称「存歀」",
        "没有这个名称「本地户藉」",
        "「学生」是成员项",
        "金额「钱」应为元，实际是数",
    ]
    assert [fault.place.line for fault in caught.value.errors] == sorted(f.place.line for f in caught.value.errors)


def test_a_circle_of_definitions_is_told_with_its_path():
    building = a_county().define("家庭.甲乙", "丙丁 且 本地户籍").define("家庭.丙丁", "非 甲乙")
    with pytest.raises(DataErrors, match="定义绕成了圈：「甲乙」 → 「丙丁」 → 「甲乙」"):
        building.plan()


def test_a_circle_of_programmes_is_told_with_its_path():
    building = a_county().programme("甲", "非 资格(乙)").programme("乙", "资格(丙)").programme("丙", "资格(甲)")
    with pytest.raises(DataErrors, match=r"引用绕成了圈：「甲」 → 「乙」 → 「丙」 → 「甲」.*不动点: 是"):
        building.plan()


def test_a_circle_through_an_amount_and_a_relevance_is_found():
    building = a_county().field("家庭.另", "是否", relevant="资格(甲)")
    building.programme("甲", "另", amounts={"钱": "1元"})
    with pytest.raises(DataErrors, match="引用绕成了圈"):
        building.plan()


def test_a_fixpoint_that_rests_on_its_own_negation_is_refused():
    building = a_county().programme("甲", "任一成员(非 资格(甲) 且 学生)", subject="成员", fixpoint=True)
    with pytest.raises(DataErrors, match="不动点里「资格\\(甲\\)」不能放在 非、比较 或 合计 里"):
        building.plan()


def test_a_programme_without_conditions_is_refused_because_everybody_would_qualify():
    with pytest.raises(DataErrors, match="「甲」没有条件"):
        a_county().programme("甲").plan()


def test_a_standard_that_is_chosen_by_an_answer_the_place_cannot_see_is_refused():
    building = a_county().standard("按等级", "金额", (ON, None, {"一级": 1, "二级": 2}), by=["等级"])
    with pytest.raises(DataErrors, match="「按等级」按「等级」取值，家庭这里看不到它"):
        building.programme("甲", "存款 < 按等级").plan()


def test_a_row_of_a_standard_that_is_no_option_is_refused_even_on_another_day():
    building = a_county().standard("按等级", "金额", (ON.replace(year=2030), None, {"一节": 1}), by=["等级"])
    with pytest.raises(DataErrors, match=r"没有这个选项「一节」.*是不是「一级」"):
        building.programme("甲", "任一收入(金额 < 按等级)", subject="成员").plan()


def test_full_width_signs_from_a_chinese_keyboard_are_read():
    building = a_county().programme("甲", "（存款 ≤ 标准 × 1．5） 或 城乡 ＝ 城市 且 存款 ＜ ５０％ ＊ 支出")
    assert building.plan().programmes["甲"].conditions


def test_brackets_nested_beyond_reason_are_refused_instead_of_exhausting_the_stack():
    building = a_county().programme("甲", "(" * 5000 + "本地户籍" + ")" * 5000)
    with pytest.raises(DataErrors, match="括号套得太深"):
        building.plan()


def test_a_long_chain_of_nots_or_minuses_is_refused_or_read_without_exhausting_the_stack():
    with pytest.raises(DataErrors, match="「非」叠得太多"):
        a_county().programme("甲", "非 " * 5000 + "本地户籍").plan()
    with pytest.raises(DataErrors, match="连着算的超过 60 项"):
        a_county().programme("甲", "存款" + " + 存款" * 5000 + " > 1元").plan()
    assert a_county().programme("甲", " 且 ".join(["本地户籍"] * 500)).plan()


@pytest.mark.parametrize("turned", [False, True])
def test_a_chain_of_definitions_beyond_reason_is_refused_in_any_order(turned):
    building = a_county().define("家庭.甲0", "存款")
    for number in range(200):
        building.define(f"家庭.甲{number + 1}", f"甲{number} + 1元")
    if turned:
        building.definitions = dict(reversed(building.definitions.items()))
    with pytest.raises(DataErrors, match=r"超过 60 层|套了 60 层以上"):
        building.plan()
