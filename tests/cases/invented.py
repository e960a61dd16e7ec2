"""Invented households as a clerk would write them, whole, and often exactly on a boundary."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from tests.cases.by_hand import DAY, SELF_CARE, STANDARD, Home

FAMILIES = (
    ("本人",),
    ("本人", "兄"),
    ("本人", "妻"),
    ("本人", "妻", "子"),
    ("本人", "子", "女"),
    ("本人", "父亲"),
    ("本人", "父亲", "母亲"),
    ("本人", "妻", "子", "父亲", "母亲"),
    ("本人", "父亲", "母亲", "兄"),
    ("本人", "妻", "女", "母亲"),
)
EDGES = (3, 6, 7, 16, 18, 60, 70, 80, 90, 100)
AGES = {"子": (0, 25), "女": (0, 25), "父亲": (55, 101), "母亲": (55, 101), "兄": (18, 75)}
KINDS = (
    "应计入",
    "优待抚恤金",
    "奖学金",
    "政府社会救助款物",
    "城乡居民基础养老金",
    "高龄津贴",
    "残疾人两项补贴",
    "育儿补贴",
    "基本医疗保险待遇",
)
PARENTS = (
    "健在且能抚养",
    "外出务工",
    "死亡",
    "宣告失踪",
    "查找不到",
    "重残",
    "重病",
    "服刑",
    "强制隔离戒毒",
    "失联",
    "撤销监护资格",
)


def a_household(dice: random.Random) -> dict[str, Any]:
    """One household with every answer the rules may ask for."""
    family = dice.choice(FAMILIES)
    child = len(family) == 1 + ("兄" in family) and dice.random() < 0.7
    said: dict[str, Any] = {
        "户籍情况": dice.choice(["本县户籍"] * 9 + ["外地户籍"]),
        "适用标准": dice.choice(["城市", "农村"]),
        "住房类别": dice.choice(["自有私房", "租用私房", "租用私房", "借住"]),
        "成员": [_a_person(role, place, dice, child) for place, role in enumerate(family)],
        "录齐": "全部",
    }
    _property(said, dice)
    if dice.random() < 0.1:
        said["成员"][0]["已享"] = [{"项目": "低保", "月额": "500元", "起始日期": "2025-01-01"}]
    if dice.random() < 0.4:
        _to_the_edge(said, dice)
    return said


def _a_person(role: str, place: int, dice: random.Random, child: bool) -> dict[str, Any]:
    low, high = AGES.get(role, (2, 19) if child else (17, 90))
    one: dict[str, Any] = {
        "姓名": f"练某{'甲乙丙丁戊'[place]}",
        "证件类型": "无证件",
        "性别": "女" if role in ("妻", "女", "母亲") else "男",
        "出生日期": _born(low, high, dice).isoformat(),
        "与申请人关系": role,
        "共同生活": "否" if place and dice.random() < 0.08 else "是",
        "健康状况": dice.choice(["健康", "健康", "慢性病", "重病"]),
        "持残疾证": "否",
        "护理类待遇": dice.choice(["均未领取"] * 5 + ["工伤生活护理费"]),
        "从业状况": dice.choice(["在职", "务农", "灵活就业", "退休"]),
        "医保类型": dice.choice(["城乡居民医保", "城乡居民医保", "未参保", "职工医保"]),
        "学段": dice.choice(["不在读", "学前", "小学", "初中", "普通高中", "中等职业学校", "高等教育"]),
        "住校方式": dice.choice(["走读", "寄宿"]),
        "供养方式": dice.choice(["分散", "集中"]),
        "养育方式": dice.choice(["散居", "散居", "机构"]),
        "行为能力": "完全民事行为能力",
        "需长期照护": dice.choice(["是", "是", "否"]),
    }
    one |= {each: dice.choice(["是", "否"]) for each in SELF_CARE}
    if one["共同生活"] == "否":
        one["不计入理由"] = dice.choice(["服刑", "宣告失踪", "省级规定的其他情形"])
    if dice.random() < 0.35:
        one |= {
            "持残疾证": "是",
            "残疾类别": dice.choice(["视力", "听力", "肢体", "智力", "精神"]),
            "残疾等级": dice.choice(["一级", "二级", "三级", "四级"]),
        }
    for who in ("父亲", "母亲"):
        state = dice.choice(("死亡", "查找不到") if child and dice.random() < 0.8 else PARENTS)
        one |= {
            f"{who}状况": state,
            f"{who}满六月": dice.choice(["是", "是", "否"]),
            f"{who}证据": dice.choice(["公安查找回执", "公安查找回执", "暂无"]),
        }
    one["收入"] = [_income(dice) for _ in range(dice.choice((0, 0, 1, 2)))]
    one["支出"] = [_cost(dice) for _ in range(dice.choice((0, 0, 1, 2)))]
    if dice.random() < 0.4:
        one["医疗费用"] = [
            {
                "就诊机构": "示例县人民医院",
                "就医类型": dice.choice(["住院", "住院", "门诊慢特病"]),
                "政策内自付": _money(dice, (3000, 7500, 20000, 60000, 70000)),
            }
        ]
    if dice.random() < 0.3:
        one["义务人"] = [_obligor(dice)]
    return one


def _born(low: int, high: int, dice: random.Random) -> date:
    edges = [each for each in EDGES if low < each < high]
    if edges and dice.random() < 0.4:
        return date(DAY.year - dice.choice(edges), 9, dice.choice((1, 2)))
    return date(DAY.year - dice.randint(low, high - 1), dice.randint(1, 8), dice.randint(1, 28))


def _money(dice: random.Random, marks: tuple[int, ...]) -> str:
    return f"{dice.choice(marks) + dice.choice((-1, 0, 0, 1)) / 100:.2f}元"


def _income(dice: random.Random) -> dict[str, str]:
    kind = dice.choice(["工资性收入", "经营净收入", "财产净收入", "转移净收入", "其他收入"])
    line = {"类别": kind}
    if dice.random() < 0.7:
        line |= {"计法": "按年", "年收入": f"{dice.choice((600, 1716, 3600, 7584, 12000, 24000, 54000, 130000))}元"}
    else:
        line |= {
            "计法": "按月数",
            "月额": f"{dice.choice((143, 500, 832, 1248.5))}元",
            "月数": str(dice.choice((3, 6, 12, 2.5))),
        }
    return line | ({"不计入类型": dice.choice(KINDS)} if kind in ("转移净收入", "其他收入") else {})


def _cost(dice: random.Random) -> dict[str, str]:
    kind = dice.choice(["医疗", "医疗", "残疾康复", "教育", "生活", "其他刚性支出"])
    return {"类别": kind, "自负": f"{dice.choice((800, 5000, 9600, 18000, 22000, 22000.01, 36000.01, 60000))}元"} | (
        {"同类公办标准": "6000元"} if kind == "教育" else {}
    )


def _obligor(dice: random.Random) -> dict[str, str]:
    one = {
        "姓名": "练某远",
        "与该成员关系": "长子",
        "证件类型": "无证件",
        "出生日期": _born(30, 90, dice).isoformat(),
        "救助身份": dice.choice(["无", "无", "特困供养", "最低生活保障对象"]),
        "情形": dice.choice(["正常", "正常", "正常", "宣告失踪", "服刑", "无民事行为能力"]),
        "持残疾证": "否",
        "年收入": f"{dice.choice((0, 21999.99, 22000, 35999.99, 36000))}元",
        "财产符合": dice.choice(["是", "否"]),
    }
    if dice.random() < 0.3:
        one |= {
            "持残疾证": "是",
            "残疾类别": dice.choice(["肢体", "精神"]),
            "残疾等级": dice.choice(["一级", "二级", "三级"]),
        }
    return one


def _property(said: dict[str, Any], dice: random.Random) -> None:
    n = sum(one["共同生活"] == "是" for one in said["成员"])
    year = STANDARD[said["适用标准"]] * 12 * n
    if dice.random() < 0.5:
        said["金融资产"] = [{"类别": "存款", "金额": _money(dice, (1000, year * 2, year * 3))}]
    if dice.random() < 0.3:
        said["车辆"] = [
            {
                "豁免类型": dice.choice(
                    ["残疾人功能性代步车", "普通二轮三轮摩托车", "疾病治疗必需", "家庭谋生工具", "无豁免"]
                ),
                "现值": _money(dice, (3000, 50000, 100000)),
            }
        ]
    areas = dice.choice([(), (60,), (15 * n,), (15 * n - 0.5,), (30 * n, 10 * n), (30 * n, 10 * n + 0.5), (9, 9, 9)])
    said["房屋"] = [{"房屋用途": "居住", "建筑面积": str(area)} for area in areas]
    if dice.random() < 0.05:
        said["房屋"].append({"房屋用途": "非居住", "建筑面积": "12"})
    if dice.random() < 0.1:
        said["经营登记"] = [{"登记名称": "小卖部", "认缴出资额": _money(dice, (100000, 200000))}]


def _to_the_edge(said: dict[str, Any], dice: random.Random) -> None:
    """One more line of income that brings the household exactly to a line, or a fen a year below it."""
    home = Home(said)
    times = dice.choice((1, 1.5))
    gap = round(home.standard * 12 * home.n * int(times * 2) / 2 - home.per_head * 12 * home.n, 2) - dice.choice(
        (0, 0.01)
    )
    if gap > 0:
        line = {"类别": "经营净收入", "计法": "按年", "年收入": f"{float(gap):.2f}元"}
        home.counted[0].setdefault("收入", []).append(line)
