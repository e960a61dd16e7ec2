"""Random rules over the small county, and random households for them, as dull and as nasty as they come."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from forms.language.bounds import domain
from forms.language.types import NUMBERS
from forms.schema import ROOT, Field, Kind
from tests.forms.language.building import ON, YUAN, Building, Home, a_county

KIN = {"本人": ("配偶", "父母", "子女"), "配偶": ("本人", "子女"), "子女": ("本人", "配偶"), "父母": ("本人",)}


AMOUNTS = {
    ROOT: ["支出", "存款", "标准", "700元", "0元", "合计车辆(价格)", "合计成员(月收入)", "合计收入(金额, 种类 = 智力)"],
    "成员": ["支出", "标准", "合计收入(金额)", "月收入", "100元", "合计家人(月收入)", "合计收入(金额, 金额 > 10元)"],
    "收入": ["金额", "存款", "月收入", "5元", "标准"],
    "车辆": ["价格", "存款", "50元"],
}
CONDITIONS = {
    ROOT: [
        "本地户籍", "城乡 = 城市", "城乡 ≠ 农村", "需求 包含 视力", "存款 ≤ 标准", "任一车辆(价格 > 50元)", "成员数() ≥ 2",
        "支出 / 存款 > 60%", "年限 ≤ 3",
    ],
    "成员": [
        "学生", "等级 在 [一级, 二级]", "类别 = 视力", "类别 不在 重类", "重残", "周岁(出生日期) ≥ 60", "本地户籍",
        "满月数(出生日期) < 300", "出生日期 < 今日", "任一家人(学生)", "每名家人(重残)", "关系 = 子女类", "家人数(学生) > 0",
        "在享(一)",
    ],
    "收入": ["种类 = 智力", "金额 > 20元", "学生", "本地户籍"],
    "车辆": ["价格 > 50元", "本地户籍"],
}  # fmt: skip
BELOW = {
    ROOT: [("成员", "名"), ("车辆", "辆"), ("收入", "笔")],
    "成员": [("收入", "笔"), ("成员", "名"), ("家人", "名")],
}
SIGNS = ["<", "≤", ">", "≥", "=", "≠"]


def money(dice: random.Random, table: str, depth: int) -> str:
    """A random amount at rows of `table`."""
    if not depth or dice.random() < 0.2:
        return dice.choice(AMOUNTS[table])

    def part() -> str:
        return money(dice, table, depth - 1)

    shape = dice.randrange(10)
    if shape == 0:
        return f"如果({flag(dice, table, depth - 1)}, {part()}, {part()})"
    if shape == 1:
        return f"取小({part()}, {part()}, 900元)"
    if shape == 2:
        return f"({part()} * ({part()} / 7元))"
    one_sided = ["({} * 150%)", "({} * (倍数 - 3))", "({} / 成员数())", "四舍五入({}, 1元)"]
    if shape < 7:
        return one_sided[shape - 3].format(part())
    return ["({} + {})", "({} - {})", "取大({}, {})"][shape - 7].format(part(), part())


def flag(dice: random.Random, table: str, depth: int) -> str:
    """A random condition at rows of `table`."""
    if not depth or dice.random() < 0.2:
        return dice.choice(CONDITIONS[table])
    if dice.random() < 0.5 and table in BELOW:
        return quantified(dice, table, depth)
    shape = dice.randrange(5)
    if shape == 4:
        return f"{dice.choice(AMOUNTS[table][:2])} {dice.choice(SIGNS)} {money(dice, table, depth - 1)}"
    parts = [flag(dice, table, depth - 1) for _ in range(3)]
    return ["({0} 且 {1})", "({0} 或 {1})", "非 ({0})", "如果({0}, {1}, {2})"][shape].format(*parts)


def quantified(dice: random.Random, table: str, depth: int) -> str:
    """A random condition over rows below or beside a row of `table`."""
    inner, measure = dice.choice(BELOW[table])
    walked = "成员" if inner == "家人" else inner
    condition = flag(dice, walked, depth - 1)
    shape = dice.randrange(4)
    if shape == 3:
        amount = money(dice, walked, depth - 1)
        return f"合计{inner}({amount}, {condition}) {dice.choice(SIGNS)} {money(dice, table, depth - 1)}"
    signs = dice.choice(SIGNS)
    return [f"任一{inner}({condition})", f"每{measure}{inner}({condition})", f"{inner}数({condition}) {signs} 1"][shape]


def a_random_county(dice: random.Random) -> Building:
    """Four programmes that lean on one another, over random conditions."""
    building = a_county().relation("家人", "成员", "关系", KIN).field("家庭.年限", "整数", low=1, high=9)
    building.programme("一", flag(dice, ROOT, 2), flag(dice, ROOT, 1), amounts={"钱": money(dice, ROOT, 2)})
    status = f"身份(一) 或 {flag(dice, '成员', 2)}"
    building.programme("二", status, flag(dice, "成员", 1), subject="成员", amounts={"钱": money(dice, "成员", 1)})
    nobody = f"非 任一成员(资格(二)) 且 {flag(dice, ROOT, 2)}"
    building.programme("三", nobody, f"合计成员(金额(二)) < {money(dice, ROOT, 1)}")
    return building.programme("四", f"在享(三) 或 {flag(dice, '成员', 2)}", "非 资格(三)", subject="成员")


def value(building: Building, field: Field, dice: random.Random) -> Any:
    """A believable answer, in the field's own domain, near the values rules compare with."""
    if field.kind in NUMBERS:
        low, high = domain(field) or (0, 0)
        near = [0, 0, 5, 500, 1000, 2000, 5000, 10 * YUAN, 12_000 * YUAN, 832 * YUAN, 832 * 12 * YUAN]
        return min(high, max(low, dice.choice(near)))
    if field.kind is Kind.FLAG:
        return dice.random() < 0.5
    if field.kind is Kind.DATE:
        return ON - timedelta(days=dice.choice([0, 1, 365, 6000, 365 * 60 + 15, 365 * 60 + 14, 25_000, 9131]))
    words = (
        [option.code for option in building.codes[field.codes].options]
        if field.codes in building.codes
        else ["一", "二", "三"]
    )
    if field.kind is Kind.OPTIONS:
        return frozenset(word for word in words if dice.random() < 0.4)
    return dice.choice(words) if field.kind is Kind.OPTION else "某"


def rows_of(home: Home, table: str) -> list[str]:
    return [""] if table == ROOT else home.rows(table)


def a_home(building: Building, dice: random.Random, unknown: float) -> Home:
    """A household with at least one member; each answer is unknown with the given chance, each list open likewise."""
    home = Home()
    grow(building, home, dice, 1 + dice.randrange(3))
    for field in building.fields.values():
        for row in rows_of(home, field.table):
            if dice.random() >= unknown:
                home.answers[field.table, field.id, row] = value(building, field, dice)
    for table in building.tables:
        if dice.random() >= unknown:
            home.close(table)
    return home


def grow(building: Building, home: Home, dice: random.Random, members: int) -> None:
    """More rows in every list that is not closed."""
    start = sum(map(len, home.lists.values()))
    for table, shape in building.tables.items():
        if home.closed(table):
            continue
        owners = home.rows("成员") if shape.owner else [""]
        for number in range(members if table == "成员" else dice.randrange(3)):
            if owners:
                home.add(table, f"{table}{start + number}", dice.choice(owners))


def completed(building: Building, home: Home, dice: random.Random) -> Home:
    """The same household with everything told: open lists grown and closed, every answer given (已享's end stays open)."""
    full = Home(dict(home.answers), {table: dict(rows) for table, rows in home.lists.items()}, set(home.complete))
    grow(building, full, dice, dice.randrange(2))
    for field in building.fields.values():
        for row in rows_of(full, field.table):
            said = full.answers.get((field.table, field.id, row))
            if said is None and field.key != "已享.止":
                full.answers[field.table, field.id, row] = value(building, field, dice)
    return full.close(*building.tables)
