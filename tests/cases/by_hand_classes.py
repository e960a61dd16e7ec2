"""Second half of the second opinion (`tests.cases.by_hand`): which class, which measures, how much."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.cases.by_hand import (
    BOARDING,
    CLASSIFIED,
    INCOME_PER_HEAD,
    NEEDED,
    SCHOOL,
    SELF_CARE,
    SUPPORT,
    Home,
    Lines,
    Person,
    age,
    disabled,
    half_up,
    ill,
    parents,
    severe,
    third_of_mind,
    yes,
    yuan,
)

UNABLE = {"重残", "重病", "撤销监护资格", "遣送出境"}
TERM = {"服刑", "强制隔离戒毒", "限制人身自由"}


def worked_out(said: dict[str, Any]) -> dict[str, dict[str, Lines]]:
    """All a household qualifies for, before the compatibility matrix: programme → member or 家庭 → line → yuan."""
    home = Home(said)
    classes(home)
    measures(home)
    return home.found


def classes(home: Home) -> None:
    """特困, 低保, 边缘, 刚性, 单人保, 孤儿, 事实无人 in the order of the law."""
    _tekun(home)
    counted = [one["姓名"] for one in home.counted]
    if home.local and not set(counted) <= home.apart:
        _household_class(home)
    _single(home)
    for name in home.orphans:
        who = _by_name(home, name)
        home.give("孤儿", name, 基本生活费=1800 if who.get("养育方式") == "机构" else 1300)
    for one in home.people:
        if one["姓名"] not in home.orphans and _unattended(home, one):
            _top_up(home, one)


def _tekun(home: Home) -> None:
    for name in home.destitute:
        one = _by_name(home, name)
        fails = sum(not yes(one, each) for each in SELF_CARE)
        care = 191 if fails == 0 else 319 if fails <= 3 else 478
        home.give("特困", name, 基本生活=SUPPORT[home.area, one["供养方式"]], 照料护理=care)


def _household_class(home: Home) -> None:
    if home.per_head < home.standard and home.poor_enough:
        secured = [one for one in home.counted if one["姓名"] not in home.apart]
        money = half_up((home.standard - home.per_head) * len(secured))
        extra = CLASSIFIED[home.area] * sum(_classified(one) for one in secured)
        home.give("低保", 低保金=money, 分类施保=extra)
        home.secured = len(secured)
    elif home.per_head < home.standard * 3 / 2 and home.low_property:
        home.give("低保边缘")
    elif home.property_ok(3, NEEDED, 100_000, None):
        line = INCOME_PER_HEAD[home.area]
        if home.gross / home.n < line and _rigid(home) > home.gross * Fraction(3, 5):
            home.give("刚性支出")
        elif _costs(home, {"医疗"}) > line:
            home.give("因病致贫")


def _classified(one: Person) -> bool:
    return ill(one) or severe(one) or age(one) >= 70 or age(one) < 18


def _rigid(home: Home) -> Fraction:
    return _costs(home, {"医疗", "教育", "残疾康复", "其他刚性支出"})


def _costs(home: Home, kinds: set[str]) -> Fraction:
    costs = [each for one in home.counted for each in one.get("支出", ()) if each["类别"] in kinds]
    return sum((min(yuan(each["自负"]), yuan(each.get("同类公办标准", each["自负"]))) for each in costs), Fraction())


def _single(home: Home) -> None:
    for one in home.counted:
        if (
            home.has("低保边缘")
            and one["姓名"] not in home.destitute
            and (severe(one) or third_of_mind(one) or ill(one))
        ):
            home.give("单人保", one["姓名"], 单人保金=313)


def _unattended(home: Home, one: Person) -> bool:
    if not home.local or age(one) >= 18 or any(not _weak_parent(each) for each in parents(home, one)):
        return False
    states = [(one.get(f"{who}状况"), yes(one, f"{who}满六月"), one.get(f"{who}证据")) for who in ("父亲", "母亲")]
    unable = [_cannot_raise(*each) for each in states]
    gone = [each[0] in ("死亡", "宣告失踪") for each in states]
    lost = [each[0] in ("死亡", "查找不到") for each in states]
    return (
        all(unable)
        or any(gone[at] and unable[1 - at] for at in (0, 1))
        or any(lost[at] and gone[1 - at] for at in (0, 1))
    )


def _weak_parent(one: Person) -> bool:
    return severe(one) or disabled(one, {"智力", "精神"}, {"三级", "四级"}) or ill(one)


def _cannot_raise(state: Any, six_months: bool, proof: Any) -> bool:
    return (
        state in UNABLE
        or (state in TERM and six_months)
        or (state == "失联" and six_months and proof == "公安查找回执")
    )


def _top_up(home: Home, one: Person) -> None:
    had = Fraction()
    if home.has("低保") and yes(one, "共同生活") and one["姓名"] not in home.destitute:
        had = home.found["低保"]["家庭"]["低保金"] / home.secured + CLASSIFIED[home.area]
    elif home.has("单人保", one["姓名"]):
        had = Fraction(313)
    home.give("事实无人", one["姓名"], 生活补贴=half_up(max(Fraction(), 1300 - had)))


def measures(home: Home) -> None:
    """What follows from the classes."""
    for one in home.people:
        _disability(home, one)
        _old_age(home, one)
        _medical(home, one)
        _school(home, one)
    low = home.has("低保") or "低保" in home.held
    own = {one["姓名"] for one in home.counted}
    all_destitute = all(name in home.destitute and name not in home.orphans for name in own)
    if low or all_destitute:
        home.give("免费电量", 免费电量=15)
    if low or own & home.apart:
        home.give("取暖救助", 取暖救助金={"城市": 500, "农村": 200}[home.area])
    elif home.has("低保边缘"):
        home.give("取暖救助", 取暖救助金={"城市": 300, "农村": 100}[home.area])
    _rent(home, low)


def _class_of(home: Home, one: Person) -> int:
    """1 特困 孤儿 事实无人, 2 低保, 3 边缘, 4 刚性 or 因病致贫, 0 none."""
    name, inside = one["姓名"], yes(one, "共同生活")
    if any(home.has(each, name) for each in ("特困", "孤儿", "事实无人")):
        return 1
    if inside and (home.has("低保") or "低保" in home.held or home.has("单人保", name)):
        return 2
    if inside and home.has("低保边缘"):
        return 3
    return 4 if inside and (home.has("刚性支出") or home.has("因病致贫")) else 0


def _disability(home: Home, one: Person) -> None:
    injured = one.get("护理类待遇") == "工伤生活护理费"
    inside = yes(one, "共同生活") and (home.has("低保") or "低保" in home.held or home.has("单人保", one["姓名"]))
    if home.local and yes(one, "持残疾证") and inside and not injured:
        home.give("残疾生活", one["姓名"], 生活补贴=100)
    if home.local and severe(one) and yes(one, "需长期照护") and not injured:
        home.give("残疾护理", one["姓名"], 护理补贴=120 if one["残疾等级"] == "一级" else 100)


def _old_age(home: Home, one: Person) -> None:
    if home.local and age(one) >= 80:
        low = one["姓名"] in home.destitute or _class_of(home, one) in (2, 3)
        home.give("高龄津贴", one["姓名"], 高龄津贴=300 if age(one) >= 100 else 100 if age(one) >= 90 or low else 25)


def _medical(home: Home, one: Person) -> None:
    which = _class_of(home, one)
    if which in (1, 2, 3) and one["医保类型"] != "职工医保":
        home.give("资助参保", one["姓名"], 参保资助=(0, 400, 280, 200)[which])
    cost = sum((yuan(each["政策内自付"]) for each in one.get("医疗费用", ()) if each["就医类型"] == "住院"), Fraction())
    if not which or not cost:
        return
    start, rate, cap = (
        (0, 1, None),
        (0, Fraction(3, 4), 50_000),
        (3000, Fraction(65, 100), 30_000),
        (7500, Fraction(3, 5), 30_000),
    )[which - 1]
    if cost > start:
        paid = half_up((cost - start) * rate * 100) / 100
        home.give("住院救助", one["姓名"], 住院救助金=paid if cap is None else min(paid, Fraction(cap)))


def _school(home: Home, one: Person) -> None:
    stage = one.get("学段")
    which, card = _class_of(home, one), yes(one, "持残疾证")
    known = which and not (which == 4 and home.has("因病致贫"))
    if not 3 <= age(one) <= 30 or not (known or card):
        return
    boards = one.get("住校方式") == "寄宿"
    if stage in SCHOOL:
        home.give("学生资助", one["姓名"], 学生资助金=SCHOOL[stage])
    elif stage in BOARDING:
        alone = any(home.has(each, one["姓名"]) for each in ("特困", "孤儿"))
        day = card or alone or (yes(one, "共同生活") and (home.has("低保") or "低保" in home.held))
        if boards or day:
            home.give("学生资助", one["姓名"], 学生资助金=BOARDING[stage][boards])


def _rent(home: Home, low: bool) -> None:
    area = sum(
        (Fraction(each["建筑面积"]) for each in home.said.get("房屋", ()) if each["房屋用途"] == "居住"), Fraction()
    )
    if (low or home.has("低保边缘")) and home.said["住房类别"] == "租用私房" and area / home.n < 15:
        home.give("租赁补贴", 租赁补贴=half_up((16 * home.n - area) * (8 if low else 6) * 100) / 100)


def _by_name(home: Home, name: str) -> Person:
    return next(one for one in home.people if one["姓名"] == name)
