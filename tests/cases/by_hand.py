"""The classes and amounts of one household worked out by hand: the published rules in plain Python, no rule of the data read.

A second opinion on the shipped catalogue with the demo county's amounts as the county stated them (2026-04-01 onwards).
The two evaluators agree with one another whatever the data says; this says whether the data is right. A household comes
as the file a clerk would write (`tests.cases.invented`). `tests.cases.by_hand_classes` goes on from the facts here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

Lines = dict[str, Fraction]
Person = dict[str, Any]
HOME = "家庭"
DAY = date(2026, 9, 1)
STANDARD = {"城市": 832, "农村": 632}
INCOME_PER_HEAD = {"城市": 36000, "农村": 22000}
CLASSIFIED = {"城市": 142, "农村": 104}
SUPPORT = {("城市", "分散"): 1076, ("城市", "集中"): 1300, ("农村", "分散"): 822, ("农村", "集中"): 1100}
LIGHT = {"残疾人功能性代步车", "普通二轮三轮摩托车"}
NEEDED = LIGHT | {"疾病治疗必需", "残疾康复必需", "家庭谋生工具"}
NOT_INCOME = {
    "优待抚恤金",
    "奖学金",
    "政府社会救助款物",
    "城乡居民基础养老金",
    "高龄津贴",
    "残疾人两项补贴",
    "育儿补贴",
}
NOT_TEKUN = {"城乡居民基础养老金", "基本医疗保险待遇", "优待抚恤金", "高龄津贴", "政府社会救助款物"}
SELF_CARE = ("自主吃饭", "自主穿衣", "自主上下床", "自主如厕", "室内行走", "自主洗澡")
KIN = {
    "本人": {"妻", "父亲", "母亲", "子", "女"},
    "妻": {"本人", "子", "女"},
    "父亲": {"母亲", "本人", "兄"},
    "母亲": {"父亲", "本人", "兄"},
    "子": {"本人", "妻"},
    "女": {"本人", "妻"},
    "兄": {"父亲", "母亲"},
}
"""Who must support whom among the members the invented households have."""
SCHOOL = {"学前": 1000, "普通高中": 2300, "中等职业学校": 2300}
BOARDING = {"小学": (625, 1250), "初中": (750, 1500)}


def yuan(text: str) -> Fraction:
    """`12.50元` → 12.5."""
    return Fraction(text.removesuffix("元"))


def half_up(value: Fraction) -> Fraction:
    """Rounded to whole yuan, half upwards."""
    return Fraction((value + Fraction(1, 2)).__floor__())


def age(person: Person, on: date = DAY) -> int:
    """Full years; born on 29 February counts from 1 March in a common year."""
    born = date.fromisoformat(person["出生日期"])
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def yes(one: dict[str, Any], key: str) -> bool:
    """A tick that was set."""
    return bool(one.get(key) == "是")


def disabled(one: dict[str, Any], kinds: set[str], levels: set[str]) -> bool:
    """Holds a card of one of these kinds and levels; no kinds mean any."""
    return yes(one, "持残疾证") and (not kinds or one["残疾类别"] in kinds) and one["残疾等级"] in levels


def severe(one: dict[str, Any]) -> bool:
    """First or second level."""
    return disabled(one, set(), {"一级", "二级"})


def third_of_mind(one: dict[str, Any]) -> bool:
    """Third level of 智力 or 精神."""
    return disabled(one, {"智力", "精神"}, {"三级"})


def ill(one: Person) -> bool:
    """Seriously ill."""
    return bool(one["健康状况"] == "重病")


def earned(line: dict[str, str]) -> Fraction:
    """What a line of income came to within the twelve months."""
    if line["计法"] == "按年":
        return yuan(line["年收入"])
    return yuan(line["月额"]) * Fraction(line["月数"])


def left_out(line: dict[str, str], kinds: set[str]) -> bool:
    """Whether the county leaves a line out of income."""
    return line["类别"] in ("转移净收入", "其他收入") and line["不计入类型"] in kinds


@dataclass
class Home:
    """One household by hand."""

    said: dict[str, Any]
    found: dict[str, dict[str, Lines]] = field(default_factory=dict)
    secured: int = 0
    """How many the household's own 低保 counts."""

    def __post_init__(self) -> None:
        self.people: list[Person] = self.said["成员"]
        self.counted = [one for one in self.people if yes(one, "共同生活")]
        self.n = len(self.counted)
        self.area: str = self.said["适用标准"]
        self.standard = Fraction(STANDARD[self.area])
        self.local = self.said["户籍情况"] == "本县户籍"
        self.held = {each["项目"] for one in self.people for each in one.get("已享", ())}
        self.destitute = self._destitute()
        self.orphans = [one["姓名"] for one in self.people if self._orphan(one)]
        self.apart = {*self.destitute, *self.orphans}

    def lines(self, one: Person, table: str) -> Iterator[dict[str, str]]:
        """A member's rows of a table."""
        yield from one.get(table, ())

    @property
    def gross(self) -> Fraction:
        """Income before deductions."""
        return sum(
            (
                earned(line)
                for one in self.counted
                for line in self.lines(one, "收入")
                if not left_out(line, NOT_INCOME)
            ),
            Fraction(),
        )

    @property
    def per_head(self) -> Fraction:
        """Countable income a head and month, unrounded."""
        total = Fraction()
        for one in self.counted:
            for line in self.lines(one, "收入"):
                if not left_out(line, NOT_INCOME):
                    total += earned(line) * (Fraction(9, 10) if line["类别"] == "工资性收入" else 1)
            if ill(one) or severe(one):
                total -= sum(
                    yuan(each["自负"]) for each in self.lines(one, "支出") if each["类别"] in ("医疗", "残疾康复")
                )
        return max(Fraction(), total) / 12 / self.n

    def property_ok(self, years: int, cars: set[str], dearest: int, capital: int | None) -> bool:
        """Cash, vehicles, houses and registrations within one class's limits."""
        cash = sum(yuan(each["金额"]) for each in self.said.get("金融资产", ()))
        homes = [Fraction(each["建筑面积"]) for each in self.said.get("房屋", ()) if each["房屋用途"] == "居住"]
        return (
            cash / self.n <= self.standard * 12 * years
            and all(self._car_ok(each, cars, dearest) for each in self.said.get("车辆", ()))
            and (len(homes) <= 1 or (len(homes) == 2 and sum(homes) / self.n <= 40))
            and len(homes) == len(self.said.get("房屋", ()))
            and all(capital is None or yuan(each["认缴出资额"]) <= capital for each in self.said.get("经营登记", ()))
        )

    def _car_ok(self, car: dict[str, str], kinds: set[str], dearest: int) -> bool:
        return car["豁免类型"] in LIGHT or (car["豁免类型"] in kinds and yuan(car["现值"]) <= dearest)

    @property
    def poor_enough(self) -> bool:
        """Property within 低保."""
        return self.property_ok(2, LIGHT, 0, 100_000)

    @property
    def low_property(self) -> bool:
        """Property within 边缘."""
        return self.property_ok(3, NEEDED, 50_000, 200_000)

    def _destitute(self) -> set[str]:
        known: set[str] = set()
        while True:
            more = {one["姓名"] for one in self.people if self._is_destitute(one, known)}
            if more == known:
                return known
            known = more

    def _is_destitute(self, one: Person, known: set[str]) -> bool:
        return (
            self.local
            and _labourless(one)
            and sum((earned(line) for line in self.lines(one, "收入") if not left_out(line, NOT_TEKUN)), Fraction())
            / 12
            < self.standard
            and all(age(kin) < 18 or self._unable(kin, known) for kin in self._kin(one))
            and all(_unable_elsewhere(each, INCOME_PER_HEAD[self.area]) for each in one.get("义务人", ()))
            and self.poor_enough
        )

    def _kin(self, one: Person) -> list[Person]:
        return [
            other for other in self.people if other is not one and other["与申请人关系"] in KIN[one["与申请人关系"]]
        ]

    def _unable(self, kin: Person, known: set[str]) -> bool:
        own = sum((earned(line) for line in self.lines(kin, "收入") if not left_out(line, NOT_INCOME)), Fraction())
        weak = (age(kin) >= 70 or severe(kin) or third_of_mind(kin)) and own < INCOME_PER_HEAD[self.area]
        away = kin.get("不计入理由") in ("服刑", "宣告失踪")
        return (
            kin["姓名"] in known
            or (age(kin) >= 60 and "低保" in self.held)
            or ((weak or away or kin.get("行为能力") == "无民事行为能力") and self.low_property)
        )

    def _orphan(self, one: Person) -> bool:
        return (
            self.local
            and age(one) < 18
            and not _parents(self.people, one)
            and {one.get("父亲状况"), one.get("母亲状况")} <= {"死亡", "查找不到"}
        )

    def give(self, programme: str, who: str = HOME, **lines: Fraction | int) -> None:
        """Note one entitlement with its lines of money."""
        self.found.setdefault(programme, {})[who] = {name: Fraction(value) for name, value in lines.items()}

    def has(self, programme: str, who: str = HOME) -> bool:
        """Whether it was noted."""
        return who in self.found.get(programme, {})


def _labourless(one: Person) -> bool:
    return (
        age(one) >= 60
        or age(one) < 16
        or disabled(one, {"智力", "精神"}, {"一级", "二级", "三级"})
        or disabled(one, {"肢体"}, {"一级", "二级"})
        or disabled(one, {"视力"}, {"一级"})
    )


def _unable_elsewhere(one: dict[str, Any], line: int) -> bool:
    if one["救助身份"] == "特困供养" or (age(one) >= 60 and one["救助身份"] == "最低生活保障对象"):
        return True
    fit = yes(one, "财产符合")
    weak = (age(one) >= 70 or severe(one) or third_of_mind(one)) and yuan(one.get("年收入", "0元")) < line
    return fit and (weak or one["情形"] != "正常")


def _parents(people: list[Person], one: Person) -> list[Person]:
    kinds = {"本人": {"父亲", "母亲"}, "子": {"本人", "妻"}, "女": {"本人", "妻"}, "兄": {"父亲", "母亲"}}.get(
        one["与申请人关系"], set()
    )
    return [other for other in people if other["与申请人关系"] in kinds]


def parents(home: Home, one: Person) -> list[Person]:
    """The parents a child lives with."""
    return _parents(home.people, one)
