"""A small whole layer written to real files, and ways to change one file of it: what the loader's tests load."""

from __future__ import annotations

from pathlib import Path

from forms.loader import load
from forms.reading import DataError, DataErrors

SMALL = {
    "pack.yaml": """\
编号: 小全国
名称: 小小全国目录
层级: 全国
版本: "1"
生效: 2026-01-01
""",
    "codes/codes.yaml": """\
代码表: 关系
来源: GB/T 4761
标记: V
值:
  - {码: "01", 名: 本人, 类: 本人}
  - {码: "10", 名: 配偶, 类: 配偶}
  - {码: "20", 名: 子女, 类: 子女}
---
代码表: 城乡
值:
  - {名: 城市}
  - {名: 农村}
---
代码表: 等级
值:
  - {码: "1", 名: 一级}
  - {码: "2", 名: 二级}
""",
    "regions/regions.yaml": """\
区划:
  - {码: "990101", 名: 示例县}
""",
    "calendar/2026.yaml": """\
年: 2026
来源: 通知
放假:
  - {自: 2026-10-01, 至: 2026-10-07, 名: 国庆节}
调休上班:
  - {日: 2026-10-10, 名: 国庆节}
""",
    "intake/tables.yaml": """\
表: 成员
名称: 家庭成员
量词: 名
称呼: 姓名
最少: 1
录齐: 家庭成员已全部录入
---
表: 收入
名称: 收入
量词: 项
归属: 成员
录齐: 收入已全部录入
---
表: 已享
名称: 已享待遇
归属: 成员
---
关系: 家人
表: 成员
按: 与申请人关系
量词: 位
对照: {本人: [配偶, 子女], 配偶: [本人]}
---
身份表: {表: 已享, 项目: 项目, 起: 起始日期, 止: 终止日期}
""",
    "intake/10-household.yaml": """\
节: 家庭情况
名称: 家庭情况
表: 家庭
次序: 10
字段:
  - {编号: 城乡类别, 标签: 城乡类别, 类型: 选项, 代码表: 城乡, 必填: 是}
  - {编号: 存款, 标签: 存款, 类型: 金额, 下限: 0元, 上限: 1000万元, 敏感: 金融账户}
---
节: 成员基本
名称: 家庭成员
表: 成员
次序: 20
字段:
  - {编号: 姓名, 标签: 姓名, 类型: 姓名, 必填: 是, 最长: 50}
  - {编号: 证件号, 标签: 证件号码, 类型: 证件号, 敏感: 身份}
  - {编号: 出生日期, 标签: 出生日期, 类型: 日期, 派生: {自: 证件号, 取: 证件出生日期}}
  - {编号: 与申请人关系, 标签: 与申请人关系, 类型: 选项, 代码表: 关系, 默认: 本人}
  - {编号: 残疾等级, 标签: 残疾等级, 类型: 选项, 代码表: 等级}
  - {编号: 持证, 标签: 持证, 类型: 是否, 默认: 否}
---
节: 收入
表: 收入
次序: 30
字段:
  - {编号: 年收入, 标签: 年收入, 类型: 金额}
---
节: 已享
表: 已享
次序: 40
字段:
  - {编号: 项目, 标签: 项目, 类型: 选项, 代码表: 项目}
  - {编号: 起始日期, 标签: 起, 类型: 日期}
  - {编号: 终止日期, 标签: 止, 类型: 日期}
""",
    "standards/standards.yaml": """\
标准: 生活标准
类型: 金额
按: [城乡类别]
值:
  - 自: 2025-01-01
    止: 2026-03-31
    文件: {名称: 旧通知, 文号: 示〔2025〕1号, 标记: D}
    值: {城市: 700元, 农村: 500元}
  - 自: 2026-04-01
    文件: {名称: 新通知, 标记: D}
    值: {城市: 832元, 农村: 632元}
---
标准: 比例
类型: 数
值:
  - {自: 2026-01-01, 值: 60%}
---
标准: 重度等级
类型: 多选
代码表: 等级
值:
  - {自: 2026-01-01, 值: [一级]}
""",
    "definitions/household.yaml": """\
层级: 家庭
定义:
  - {名称: 月收入, 算式: 合计收入(年收入) / 12}
  - {名称: 人均月收入, 算式: 月收入 / 成员数(), 依据: {名称: 办法, 条: 第一条, 标记: V}}
""",
    "programmes/p1.yaml": """\
项目: 甲补助
编号: X01
名称: 甲类补助
对象: 家庭
部门: 民政
次序: 10
生效: {自: 2021-07-01}
依据:
  - {名称: 办法, 文号: 示发〔2021〕1号, 标记: V}
条件:
  - {编号: 收入, 要求: "人均月收入 < 生活标准", 依据: {名称: 办法, 条: 第二条, 标记: V}, 不符时: 可看乙类}
  - {编号: 存款, 要求: "存款 <= 生活标准 * 24"}
金额:
  - {名称: 补助金, 算式: "取大(生活标准 - 人均月收入, 0元) * 成员数()", 周期: 每月}
材料:
  - {名称: 身份证, 方式: 系统核对免提交}
时限:
  - {环节: 审核, 天数: 30, 日: 工作日, 起算: 受理, 延长至: 45}
审批: 县级
公示: 是
复核月数: 12
""",
    "programmes/p2.yaml": """\
项目: 乙补助
编号: X02
名称: 乙类补助
对象: 成员
部门: 残联
次序: 20
生效: {自: 2021-07-01, 止: 2030-12-31}
条件:
  - {编号: 等级, 要求: 残疾等级 在 重度等级}
金额:
  - {名称: 补助金, 算式: 100元, 周期: 每月}
""",
    "programmes/p1.cases.yaml": """\
这不是项目: 是用例
""",
    "compatibility/matrix.yaml": """\
兼容:
  - {项目: [甲补助, 乙补助], 关系: 可并领, 依据: {名称: 办法, 标记: V}}
""",
    "rosters/r1.yaml": """\
花名册: Y01
名称: 甲补助发放表
部门: 民政
行: 成员
项目: [甲补助]
期: [月]
列:
  - {标题: 姓名, 值: 姓名, 宽: 12.5}
  - {标题: 等级, 值: 残疾等级}
  - 与申请人关系
排序: [姓名]
签字: [制表人]
""",
}


def write_layer(folder: Path, files: dict[str, str]) -> Path:
    """Write a layer's files, by name relative to it; the folder is the answer."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def changed(name: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """The small layer with words of one file replaced; each must occur exactly once."""
    text = SMALL[name]
    for old, new in pairs:
        assert text.count(old) == 1, f"「{old}」 should occur once in {name}"
        text = text.replace(old, new)
    return SMALL | {name: text}


def faults(*layers: Path) -> tuple[DataError, ...]:
    """What the loader refuses; none is a failure of the test."""
    try:
        load(layers)
    except DataErrors as errors:
        return errors.errors
    raise AssertionError("the loader took bad data")
