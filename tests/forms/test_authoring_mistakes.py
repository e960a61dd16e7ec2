"""Authoring mistakes, each written to real files: the loader names file, line, column, the words, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.small_layer import changed, faults, write_layer

Mistake = tuple[str, str, str, tuple[str, ...]]

MISTAKES: dict[str, Mistake] = {
    "a misspelt key of a programme": (
        "programmes/p1.yaml",
        "部门: 民政",
        "部们: 民政",
        ("national/programmes/p1.yaml:5:1 不认识的键「部们」，是不是「部门」？",),
    ),
    "a key written twice": (
        "programmes/p1.yaml",
        "部门: 民政",
        "部门: 民政\n部门: 残联",
        ("national/programmes/p1.yaml:6:1 「部门」写了两次，请删去一处",),
    ),
    "money without its unit": (
        "standards/standards.yaml",
        "农村: 500元",
        "农村: 500",
        ("national/standards/standards.yaml:8:23 「500」不是金额，金额请写单位，例如 700元、1.5万元",),
    ),
    "money below one fen": (
        "standards/standards.yaml",
        "农村: 500元",
        "农村: 500.005元",
        ("national/standards/standards.yaml:8:23 「500.005元」不足一分，金额最多写到分",),
    ),
    "an option that the dimension's code table lacks": (
        "standards/standards.yaml",
        "农村: 500元",
        "农蔟: 500元",
        ("national/standards/standards.yaml:8:19 代码表「城乡」没有选项「农蔟」，是不是「农村」？",),
    ),
    "a dimension without one of its options": (
        "standards/standards.yaml",
        ", 农村: 500元",
        "",
        ("national/standards/standards.yaml:8:8 缺少「农村」的值，代码表「城乡」的每个选项都要有值，也可以用「其余」",),
    ),
    "a scalar where the dimension needs a value per option": (
        "standards/standards.yaml",
        "{城市: 832元, 农村: 632元}",
        "832元",
        ("national/standards/standards.yaml:11:8 「值」应是「名称: 值」的分组",),
    ),
    "two values of a standard in force on one day": (
        "standards/standards.yaml",
        "止: 2026-03-31",
        "止: 2026-04-01",
        (
            "national/standards/standards.yaml:9:5 从 2026-04-01 起的值期间重叠，与 national/standards/standards.yaml:5:5 的期间重叠，请给前一段写「止」",
        ),
    ),
    "a value that ends before it starts": (
        "standards/standards.yaml",
        "止: 2026-03-31",
        "止: 2024-03-31",
        ("national/standards/standards.yaml:6:8 止期「2024-03-31」早于起期 2025-01-01，请核对「自」和「止」",),
    ),
    "a day that no calendar has": (
        "standards/standards.yaml",
        "止: 2026-03-31",
        "止: 2026-02-30",
        ("national/standards/standards.yaml:6:8 「2026-02-30」不是真实的日期，请核对月和日",),
    ),
    "a dimension that names nothing": (
        "standards/standards.yaml",
        "按: [城乡类别]",
        "按: [城乡类型]",
        ("national/standards/standards.yaml:3:5 没有名称「城乡类型」，是不是「城乡类别」？",),
    ),
    "an unknown option in a set": (
        "standards/standards.yaml",
        "值: [一级]",
        "值: [壹级]",
        ("national/standards/standards.yaml:22:25 代码表「等级」没有选项「壹级」，是不是「二级」「一级」？",),
    ),
    "an option twice in a set": (
        "standards/standards.yaml",
        "值: [一级]",
        "值: [一级, '1']",
        ("national/standards/standards.yaml:22:30 选项「1」写了两次，请删去一处",),
    ),
    "a kind that does not exist": (
        "standards/standards.yaml",
        "类型: 多选",
        "类型: 多选择",
        ("national/standards/standards.yaml:19:5 没有这种类型「多选择」，是不是「多选」？",),
    ),
    "a ratio where a standard is a yes or no": (
        "standards/standards.yaml",
        "类型: 数",
        "类型: 是否",
        ("national/standards/standards.yaml:16:24 「60%」应写「是」或「否」",),
    ),
    "a code table that does not exist": (
        "intake/10-household.yaml",
        "代码表: 城乡,",
        "代码表: 城镇乡村,",
        ("national/intake/10-household.yaml:6:39 没有代码表「城镇乡村」，是不是「城乡」？",),
    ),
    "an option field without a code table": (
        "intake/10-household.yaml",
        "代码表: 城乡, ",
        "",
        ("national/intake/10-household.yaml:6:5 类型是「选项」，缺少「代码表」",),
    ),
    "a code table on a field that cannot use it": (
        "intake/10-household.yaml",
        "类型: 姓名",
        "类型: 姓名, 代码表: 城乡",
        ("national/intake/10-household.yaml:14:35 类型是「姓名」，用不到「代码表」，请把类型写成「选项」或「多选」",),
    ),
    "a default that is no option": (
        "intake/10-household.yaml",
        "默认: 本人",
        "默认: 本入",
        ("national/intake/10-household.yaml:17:51 代码表「关系」没有选项「本入」，是不是「本人」？",),
    ),
    "a default of the wrong kind": (
        "intake/10-household.yaml",
        "默认: 否",
        "默认: 没有",
        ("national/intake/10-household.yaml:19:34 「没有」应写「是」或「否」",),
    ),
    "a limit without its unit": (
        "intake/10-household.yaml",
        "下限: 0元",
        "下限: 0",
        ("national/intake/10-household.yaml:7:34 「0」不是金额，金额请写单位，例如 700元、1.5万元",),
    ),
    "an upper limit below the lower one": (
        "intake/10-household.yaml",
        "上限: 1000万元",
        "上限: -1元",
        ("national/intake/10-household.yaml:7:42 上限「-1元」小于下限，请核对",),
    ),
    "a limit on words": (
        "intake/10-household.yaml",
        "最长: 50",
        "上限: 50",
        ("national/intake/10-household.yaml:14:41 类型是「姓名」，不能写上下限，文字的长度请写「最长」",),
    ),
    "a reader that does not exist": (
        "intake/10-household.yaml",
        "取: 证件出生日期",
        "取: 证件生日",
        ("national/intake/10-household.yaml:16:50 没有这种取法「证件生日」，是不是「证件出生日期」「证件性别」？",),
    ),
    "a derivation from a field that does not exist": (
        "intake/10-household.yaml",
        "自: 证件号",
        "自: 证件号码",
        ("national/intake/10-household.yaml:16:42 表「成员」没有字段「证件号码」，是不是「证件号」？",),
    ),
    "a field called like a keyword of the rules": (
        "intake/10-household.yaml",
        "编号: 持证",
        "编号: 在",
        ("national/intake/10-household.yaml:19:10 字段不能叫「在」，它是规则里的关键字，请换一个名称",),
    ),
    "a field whose name no rule can read": (
        "intake/10-household.yaml",
        "编号: 持证",
        "编号: 持证（本人）",
        (
            "national/intake/10-household.yaml:19:10 字段名「持证（本人）」在规则里读不出来，名称只用汉字、字母、数字、「_」「·」，且不以数字开头",
        ),
    ),
    "a field twice in one table": (
        "intake/10-household.yaml",
        "编号: 持证",
        "编号: 残疾等级",
        (
            "national/intake/10-household.yaml:19:10 字段「残疾等级」写了两次，另一处在 national/intake/10-household.yaml:18:10，请删去一处",
        ),
    ),
    "an unknown sensitivity": (
        "intake/10-household.yaml",
        "敏感: 身份",
        "敏感: 机密",
        (
            "national/intake/10-household.yaml:15:38 没有这种敏感级别「机密」，可用：一般、身份、医疗健康、金融账户、联系方式、未成年人",
        ),
    ),
    "a table that does not exist": (
        "intake/10-household.yaml",
        "表: 收入",
        "表: 收人",
        ("national/intake/10-household.yaml:22:4 没有表「收人」，是不是「收入」？",),
    ),
    "an owner that does not exist": (
        "intake/tables.yaml",
        "量词: 项\n归属: 成员",
        "量词: 项\n归属: 家庭成员",
        ("national/intake/tables.yaml:11:5 没有表「家庭成员」，是不是「成员」「家庭」？",),
    ),
    "a group that no code belongs to": (
        "intake/tables.yaml",
        "本人: [配偶, 子女]",
        "本人: [配偶, 儿女]",
        ("national/intake/tables.yaml:22:15 代码表「关系」没有类「儿女」，是不是「子女」？",),
    ),
    "a status table over a field that does not exist": (
        "intake/tables.yaml",
        "止: 终止日期",
        "止: 截止日期",
        ("national/intake/tables.yaml:24:34 表「已享」没有字段「截止日期」，是不是「终止日期」「起始日期」？",),
    ),
    "a document that is nothing known": (
        "intake/tables.yaml",
        "关系: 家人\n表: 成员",
        "关糸: 家人",
        ("national/intake/tables.yaml:18:1 看不出这是什么，第一行应是「节」「表」「关系」「身份表」「选择表」「身故表」或「关系换算」",),
    ),
    "a code twice in a code table": (
        "codes/codes.yaml",
        '码: "2"',
        '码: "1"',
        ("national/codes/codes.yaml:17:17 代码「1」写了两次，请删去一处或换一个码",),
    ),
    "a region code of the wrong length": (
        "regions/regions.yaml",
        "990101",
        "99010",
        ("national/regions/regions.yaml:2:10 区划代码「99010」应是 6、9 或 12 位数字",),
    ),
    "a programme without its period": (
        "programmes/p2.yaml",
        "生效: {自: 2021-07-01, 止: 2030-12-31}\n",
        "",
        ("national/programmes/p2.yaml:1:1 项目「乙补助」缺少「生效」",),
    ),
    "a programme without conditions": (
        "programmes/p2.yaml",
        "条件:\n  - {编号: 等级, 要求: 残疾等级 在 重度等级}\n",
        "",
        ("national/programmes/p2.yaml:1:1 项目「乙补助」没有「条件」，至少写一条",),
    ),
    "a number already taken": (
        "programmes/p2.yaml",
        "编号: X02",
        "编号: X01",
        ("national/programmes/p2.yaml:1:5 编号「X01」已被占用，另一处在 national/programmes/p1.yaml:1:5",),
    ),
    "a subject that is no table": (
        "programmes/p2.yaml",
        "对象: 成员",
        "对象: 人员",
        ("national/programmes/p2.yaml:4:5 没有表「人员」，是不是「成员」？",),
    ),
    "an amount without its period": (
        "programmes/p2.yaml",
        ", 周期: 每月",
        "",
        ("national/programmes/p2.yaml:11:5 缺少「周期」",),
    ),
    "a condition twice": (
        "programmes/p1.yaml",
        "编号: 存款",
        "编号: 收入",
        ("national/programmes/p1.yaml:12:10 条件「收入」写了两次，另一处在 national/programmes/p1.yaml:11:10",),
    ),
    "a mark that does not exist": (
        "programmes/p1.yaml",
        "文号: 示发〔2021〕1号, 标记: V",
        "文号: 示发〔2021〕1号, 标记: 已核",
        ("national/programmes/p1.yaml:9:34 没有这种标记「已核」，可用：V、K、D",),
    ),
    "an unknown way to bring a material": (
        "programmes/p1.yaml",
        "方式: 系统核对免提交",
        "方式: 免提交",
        ("national/programmes/p1.yaml:16:19 没有这种方式「免提交」，是不是「提交」「系统核对免提交」？",),
    ),
    "days that are no number": (
        "programmes/p1.yaml",
        "天数: 30",
        "天数: 三十",
        ("national/programmes/p1.yaml:18:18 「三十」应是整数",),
    ),
    "a yes that is written as true": (
        "programmes/p1.yaml",
        "公示: 是",
        "公示: true",
        ("national/programmes/p1.yaml:20:5 「true」应写「是」或「否」",),
    ),
    "a step counted from a field that is no day": (
        "programmes/p1.yaml",
        "起算: 受理",
        "起算: 成员.姓名",
        ("national/programmes/p1.yaml:18:37 表「成员」没有日期字段「姓名」",),
    ),
    "a compatibility with a programme that does not exist": (
        "compatibility/matrix.yaml",
        "[甲补助, 乙补助]",
        "[甲补助, 乙补贴]",
        ("national/compatibility/matrix.yaml:2:16 没有项目「乙补贴」，是不是「乙补助」？",),
    ),
    "a bond that does not exist": (
        "compatibility/matrix.yaml",
        "关系: 可并领",
        "关系: 可同领",
        ("national/compatibility/matrix.yaml:2:26 没有这种关系「可同领」，是不是「可并领」？",),
    ),
    "a keeper outside the pair": (
        "compatibility/matrix.yaml",
        "关系: 可并领",
        "关系: 互斥, 保留: 丙补助",
        ("national/compatibility/matrix.yaml:2:34 保留「丙补助」不在这两个项目里，可写「甲补助」或「乙补助」",),
    ),
    "a definition named like a field": (
        "definitions/household.yaml",
        "名称: 人均月收入,",
        "名称: 存款,",
        (
            "national/definitions/household.yaml:4:18 定义「存款」与字段同名，字段在 national/intake/10-household.yaml:7:10，请换一个名称",
            "national/programmes/p1.yaml:11:19 没有这个名称「人均月收入」，是不是「月收入」？",
            "national/programmes/p1.yaml:14:30 没有这个名称「人均月收入」，是不是「月收入」？",
        ),
    ),
    "a day off outside its year": (
        "calendar/2026.yaml",
        "日: 2026-10-10",
        "日: 2027-10-10",
        ("national/calendar/2026.yaml:6:9 2027-10-10 不在 2026 年的安排里，请写进那一年的文件",),
    ),
    "a day that is both off and worked": (
        "calendar/2026.yaml",
        "日: 2026-10-10",
        "日: 2026-10-07",
        ("national/calendar/2026.yaml:6:9 2026-10-07 写了两次，另一处在 national/calendar/2026.yaml:4:24",),
    ),
    "a roster over a programme that does not exist": (
        "rosters/r1.yaml",
        "[甲补助]",
        "[申补助]",
        ("national/rosters/r1.yaml:5:6 没有项目「申补助」，是不是「甲补助」「乙补助」？",),
    ),
    "a roster of rows that do not exist": (
        "rosters/r1.yaml",
        "行: 成员",
        "行: 人员",
        ("national/rosters/r1.yaml:4:4 没有表「人员」，是不是「成员」？",),
    ),
    "a column heading twice": (
        "rosters/r1.yaml",
        "标题: 等级",
        "标题: 姓名",
        ("national/rosters/r1.yaml:9:17 列标题「姓名」写了两次，请改一个标题",),
    ),
    "a needed column that the roster does not have": (
        "rosters/r1.yaml",
        "签字: [制表人]",
        "签字: [制表人]\n必填: [等纪]",
        ("national/rosters/r1.yaml:13:6 必填的「等纪」不是本册的列标题，是不是「等级」？",),
    ),
    "YAML that cannot be read": (
        "rosters/r1.yaml",
        "期: [月]",
        "期: [月",
        ("national/rosters/r1.yaml:6:4 方括号「[」没有配对的「]」，或各项之间缺逗号，请核对这一处的方括号和逗号",),
    ),
    "a tab instead of spaces": (
        "rosters/r1.yaml",
        "  - 与申请人关系",
        "\t- 与申请人关系",
        ("national/rosters/r1.yaml:10:1 有不能放在这里的字符，缩进请用空格，不用制表符（Tab）",),
    ),
    "a name in a rule that does not exist": (
        "programmes/p1.yaml",
        "人均月收入 < 生活标准",
        "人均月收人 < 生活标准",
        ("national/programmes/p1.yaml:11:19 没有这个名称「人均月收人」，是不是「人均月收入」「月收入」？",),
    ),
    "a rule that compares money with a number": (
        "programmes/p1.yaml",
        "人均月收入 < 生活标准",
        "人均月收入 < 700",
        ("national/programmes/p1.yaml:11:25 单位不一致：左边是元，右边是数，金额请写单位，例如 700元",),
    ),
    "a rule with an open bracket": (
        "programmes/p1.yaml",
        "取大(生活标准 - 人均月收入, 0元) * 成员数()",
        "取大(生活标准 - 人均月收入, 0元 * 成员数()",
        ("national/programmes/p1.yaml:14:22 「(」没有配对的「)」，请补上「)」",),
    ),
    "an option in a rule that does not exist": (
        "programmes/p2.yaml",
        "残疾等级 在 重度等级",
        '"残疾等级 在 [一级, 三级]"',
        ("national/programmes/p2.yaml:9:31 没有这个选项「三级」（等级只有：一级、二级），是不是「二级」「一级」？",),
    ),
    "a column that names nothing": (
        "rosters/r1.yaml",
        "值: 残疾等级",
        "值: 残疾等及",
        ("national/rosters/r1.yaml:9:17 没有这个名称「残疾等及」，是不是「残疾等级」？",),
    ),
    "a fault in the second line of a folded rule": (
        "definitions/household.yaml",
        "月收入 / 成员数()",
        '"月收入 /\n      成员数() + 成原数()"',
        ("national/definitions/household.yaml:5:15 没有这个函数「成原数」，是不是「成员数」？",),
    ),
    "a code table in the place of the built-in one": (
        "codes/codes.yaml",
        "代码表: 城乡",
        "代码表: 项目",
        (
            "national/codes/codes.yaml:9:6 代码表「项目」由程序从项目文件生成，请换一个名称",
            "national/intake/10-household.yaml:6:39 没有代码表「城乡」",
        ),
    ),
    "days off that go on for months": (
        "calendar/2026.yaml",
        "至: 2026-10-07",
        "至: 2026-12-07",
        ("national/calendar/2026.yaml:4:24 放假从 2026-10-01 到 2026-12-07，不像一次放假，请核对「自」和「至」",),
    ),
    "an empty rule": (
        "programmes/p2.yaml",
        "要求: 残疾等级 在 重度等级",
        "要求: ' '",
        ("national/programmes/p2.yaml:9:19 这里应有一条算式",),
    ),
    "a relation without its pairs": (
        "intake/tables.yaml",
        "对照: {本人: [配偶, 子女], 配偶: [本人]}",
        "对照:",
        ("national/intake/tables.yaml:18:5 关系「家人」缺少「对照」",),
    ),
    "an empty status table": (
        "intake/tables.yaml",
        "身份表: {表: 已享, 项目: 项目, 起: 起始日期, 止: 终止日期}",
        "身份表:",
        ("national/intake/tables.yaml:24:1 「身份表」是空的",),
    ),
    "a longer deadline that is shorter": (
        "programmes/p1.yaml",
        "延长至: 45",
        "延长至: 15",
        ("national/programmes/p1.yaml:18:43 延长至「15」少于天数 30，延长后应更长",),
    ),
    "a negative deadline": (
        "programmes/p1.yaml",
        "天数: 30",
        "天数: -30",
        ("national/programmes/p1.yaml:18:18 天数「-30」不能是负数",),
    ),
    "an empty period": (
        "programmes/p2.yaml",
        "{自: 2021-07-01, 止: 2030-12-31}",
        "~",
        ("national/programmes/p2.yaml:7:1 「生效」是空的，例如 生效: {自: 2026-01-01}",),
    ),
    "an amount line twice": (
        "programmes/p1.yaml",
        "金额:\n",
        "金额:\n  - {名称: 补助金, 算式: 1元, 周期: 每月}\n",
        ("national/programmes/p1.yaml:15:10 金额「补助金」写了两次，请删去一处",),
    ),
    "a programme bound to itself": (
        "compatibility/matrix.yaml",
        "[甲补助, 乙补助]",
        "[甲补助, 甲补助]",
        ("national/compatibility/matrix.yaml:2:6 「项目」应是两个不同的项目，例如 项目: [甲, 乙]",),
    ),
    "a set without a code table": (
        "standards/standards.yaml",
        "代码表: 等级\n",
        "",
        ("national/standards/standards.yaml:18:1 类型是「多选」，缺少「代码表」",),
    ),
    "a set of a code table that does not exist": (
        "standards/standards.yaml",
        "代码表: 等级",
        "代码表: 等极",
        ("national/standards/standards.yaml:20:6 没有代码表「等极」，是不是「等级」？",),
    ),
    "a dimension without values": (
        "standards/standards.yaml",
        "{城市: 832元, 农村: 632元}",
        "~",
        ("national/standards/standards.yaml:11:5 「值」下面没有值，每个选项写一个值",),
    ),
    "a roster without columns": (
        "rosters/r1.yaml",
        "列:\n  - {标题: 姓名, 值: 姓名, 宽: 12.5}\n  - {标题: 等级, 值: 残疾等级}\n  - 与申请人关系\n",
        "",
        ("national/rosters/r1.yaml:1:6 花名册「Y01」没有「列」，至少写一列",),
    ),
    "two sums that stand for a roster": (
        "rosters/r1.yaml",
        "{标题: 等级, 值: 残疾等级}\n  - 与申请人关系",
        "{标题: 甲, 值: 残疾等级, 合计: 是, 主额: 是}\n  - {标题: 乙, 值: 与申请人关系, 合计: 是, 主额: 是}",
        ("national/rosters/r1.yaml:10:16 「甲」已是主额，「乙」不能再是，一本花名册只留一个主额",),
    ),
    "a sum that stands for a roster and is not added up": (
        "rosters/r1.yaml",
        "值: 残疾等级",
        "值: 残疾等级, 主额: 是",
        ("national/rosters/r1.yaml:9:17 主额「等级」没有合计，请加上「合计: 是」",),
    ),
    "a paper of no printer": (
        "rosters/r1.yaml",
        "签字: [制表人]",
        "签字: [制表人]\n纸张: A5",
        ("national/rosters/r1.yaml:13:5 没有这种纸张「A5」，是不是「A4」「A3」？",),
    ),
    "a column width that is no number": (
        "rosters/r1.yaml",
        "宽: 12.5",
        "宽: 宽",
        ("national/rosters/r1.yaml:8:24 「宽」不是数，例如 3、1.5、60%；带「元」的请把类型写成「金额」",),
    ),
    "a source that is neither words nor a group": (
        "programmes/p1.yaml",
        "依据: {名称: 办法, 条: 第二条, 标记: V}",
        "依据: [第二条]",
        ("national/programmes/p1.yaml:11:38 「依据」应是「名称: 值」的分组",),
    ),
    "a paper that does not exist": (
        "programmes/p2.yaml",
        "金额:\n",
        "文书: [Z09]\n金额:\n",
        ("national/programmes/p2.yaml:10:6 没有文书「Z09」",),
    ),
    "a flow mapping broken by brackets": (
        "programmes/p2.yaml",
        "残疾等级 在 重度等级",
        "残疾等级 在 [一级, 二级]",
        (
            "national/programmes/p2.yaml:9:5 花括号「{」没有配对的「}」，或各项之间缺逗号，值里有逗号、方括号或冒号时请加引号",
        ),
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_with_its_place_and_advice(mistake: str, tmp_path: Path) -> None:
    file, right, wrong, complaints = MISTAKES[mistake]
    found = faults(write_layer(tmp_path / "national", changed(file, (right, wrong))))
    assert tuple(map(str, found)) == complaints


def test_every_fault_of_all_files_is_found_in_one_reading(tmp_path: Path) -> None:
    folder = write_layer(tmp_path / "national", changed("standards/standards.yaml", ("农村: 500元", "农村: 500")))
    write_layer(
        folder, {"programmes/p2.yaml": "项目: 乙补助\n编号: X02\n", "regions/regions.yaml": "区划: [{码: 1, 名: 甲}]\n"}
    )
    assert [str(fault.place) for fault in faults(folder)] == [
        "national/programmes/p2.yaml:1:1",
        "national/regions/regions.yaml:1:10",
        "national/standards/standards.yaml:8:23",
    ]
