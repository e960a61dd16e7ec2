"""Build small catalogues and households in a few lines: the loader is tested elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from clerk.household import Household, Row
from forms.catalogue import Catalogue
from forms.language import Compiled, Evaluator, Plan, compile_catalogue, compile_expression
from forms.policy import AmountLine, Condition, Definition, Period, Programme, Source, Standard, StandardValue
from forms.reading import Place
from forms.schema import (
    ROOT,
    CodeTable,
    Derivation,
    Expression,
    Field,
    Kind,
    Option,
    Relation,
    Section,
    StatusTable,
    Table,
)

ON = date(2026, 9, 1)
YUAN = 100


def expression(text: str, line: int = 1, column: int = 1, file: str = "x.yaml") -> Expression:
    return Expression(text, Place(file, line, column))


@dataclass
class Building:
    """A catalogue being put together; every expression stands on its own line of `x.yaml`, from column 11."""

    tables: dict[str, Table] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    codes: dict[str, CodeTable] = field(default_factory=dict)
    standards: dict[str, Standard] = field(default_factory=dict)
    definitions: dict[tuple[str, str], Definition] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    status: StatusTable | None = None
    line: int = 0

    def place(self) -> Place:
        self.line += 1
        return Place("x.yaml", self.line, 11)

    def said(self, text: str) -> Expression:
        return Expression(text, self.place())

    def table(self, name: str, measure: str = "项", *, owner: str = "", closing: str = "", least: int = 0) -> Building:
        self.tables[name] = Table(name, name, measure, self.place(), owner, "", least, closing)
        return self

    def code(self, name: str, *words: str, groups: Mapping[str, str] | None = None) -> Building:
        options = tuple(Option(word, word, (groups or {}).get(word, "")) for word in words)
        self.codes[name] = CodeTable(name, options, "", self.place())
        return self

    def field(
        self, key: str, kind: str, codes: str = "", *, relevant: str = "", derived: str = "", **more: Any
    ) -> Building:
        table, name = key.split(".")
        when = self.said(relevant) if relevant else None
        source = Derivation(derived, "") if derived else None
        self.fields[key] = Field(
            name, table, name, Kind(kind), self.place(), codes, relevant=when, derived=source, **more
        )
        return self

    def standard(
        self, name: str, kind: str, *values: tuple[Any, ...], by: Sequence[str] = (), codes: str = ""
    ) -> Building:
        """Each value is (since, until, cell or {word: cell}); two dimensions are {(a, b): cell}."""
        found = []
        for since, until, cell in values:
            cells = cell if isinstance(cell, dict) else {(): cell}
            flat = {key if isinstance(key, tuple) else (key,): one for key, one in cells.items()}
            source = Source(f"{name}文件", verified=True)
            found.append(StandardValue(Period(since, until), flat, source, self.place(), "全国"))
        self.standards[name] = Standard(name, Kind(kind), tuple(by), tuple(found), self.place(), codes)
        return self

    def define(self, key: str, text: str) -> Building:
        table, name = key.split(".")
        self.definitions[table, name] = Definition(name, table, self.said(text), "全国", Source(f"{name}依据"))
        return self

    def programme(
        self,
        name: str,
        *conditions: str,
        subject: str = ROOT,
        amounts: Mapping[str, str] | None = None,
        fixpoint: bool = False,
        since: date = date(2020, 1, 1),
        until: date | None = None,
        unit: str = "元",
    ) -> Building:
        asked = tuple(
            Condition(f"条件{number}", self.said(text), Source("某法"), "全国")
            for number, text in enumerate(conditions, 1)
        )
        lines = tuple(AmountLine(key, self.said(text), "每月", unit) for key, text in (amounts or {}).items())
        self.programmes[name] = Programme(
            name, f"P{self.line}", name, subject, "", "", len(self.programmes), Period(since, until), asked, lines,
            self.place(), "全国", fixpoint=fixpoint,
        )  # fmt: skip
        return self

    def relation(self, name: str, table: str, by: str, pairs: Mapping[str, tuple[str, ...]]) -> Building:
        self.relations[name] = Relation(name, table, by, pairs, "名", self.place())
        return self

    def catalogue(self) -> Catalogue:
        order = [ROOT, *self.tables]
        sections = tuple(
            Section(table, table, table, number, tuple(one for one in self.fields.values() if one.table == table))
            for number, table in enumerate(order)
        )
        return Catalogue(
            packs=(), tables=self.tables, relations=self.relations, status=self.status, sections=sections,
            fields=self.fields, codes=self.codes, standards=self.standards, definitions=self.definitions,
            programmes=self.programmes, compatibilities=(), days_off={}, calendar_years=frozenset(), regions={},
            papers={}, rosters={},
        )  # fmt: skip

    def plan(self, on: date = ON) -> Plan:
        return compile_catalogue(self.catalogue(), on)


@dataclass
class Home:
    """A household that can be edited in place; the evaluator must be told, as in the window."""

    answers: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)

    def say(self, **answers: Any) -> Home:
        for name, value in answers.items():
            self.answers[ROOT, name, ""] = value
        return self

    def add(self, table: str, key: str, owner: str = "", **answers: Any) -> Home:
        self.lists.setdefault(table, {})[key] = owner
        for name, value in answers.items():
            self.answers[table, name, key] = value
        return self

    def close(self, *tables: str) -> Home:
        self.complete |= set(tables)
        return self

    def rows(self, table: str, owner: str = "") -> list[str]:
        return [key for key, whose in self.lists.get(table, {}).items() if owner in ("", whose)]

    def owner(self, table: str, row: str) -> str:
        return self.lists.get(table, {}).get(row, "")

    def answers_of(self, table: str, row: str) -> dict[str, Any]:
        return {name: value for (of, name, key), value in self.answers.items() if (of, key) == (table, row)}

    def answer(self, table: str, field: str, row: str) -> Any:
        return self.answers.get((table, field, row))

    def closed(self, table: str) -> bool:
        return table in self.complete

    def frozen(self) -> Household:
        """The same facts as the product's own household."""
        tables = {
            table: tuple(
                Row(key, owner, {name: value for (t, name, r), value in self.answers.items() if (t, r) == (table, key)})
                for key, owner in rows.items()
            )
            for table, rows in self.lists.items()
        }
        roots = {name: value for (table, name, _), value in self.answers.items() if table == ROOT}
        return Household(roots, tables, frozenset(self.complete))


def a_county() -> Building:
    """Members with grades and incomes, cars, recorded benefits, a dated standard by town and country."""
    building = Building()
    building.code("城乡", "城市", "农村").code("等级", "一级", "二级", "三级", "四级")
    building.code("类别", "视力", "听力", "肢体", "智力", "精神", "多重", "未持证")
    building.code(
        "关系",
        "本人",
        "配偶",
        "长子",
        "次女",
        "父亲",
        "其他",
        groups={"长子": "子女", "次女": "子女", "本人": "本人", "配偶": "配偶", "父亲": "父母"},
    )
    building.table("成员", "名", closing="家庭成员已全部录入", least=1)
    building.table("收入", "笔", owner="成员", closing="收入已全部录入")
    building.table("车辆", "辆", closing="车辆已全部录入").table("已享", "项", owner="成员", closing="已享已全部录入")
    building.field("家庭.城乡", "选项", "城乡").field("家庭.本地户籍", "是否").field("家庭.支出", "金额")
    building.field("家庭.存款", "金额").field("家庭.备注", "文字").field("家庭.需求", "多选", "类别")
    building.field("成员.姓名", "姓名").field("成员.出生日期", "日期").field("成员.类别", "选项", "类别")
    building.field("成员.等级", "选项", "等级").field("成员.学生", "是否").field("成员.关系", "选项", "关系")
    building.field("收入.金额", "金额").field("收入.种类", "选项", "类别").field("车辆.价格", "金额")
    building.field("已享.项目", "选项", "项目").field("已享.起", "日期").field("已享.止", "日期")
    building.status = StatusTable("已享", "项目", "起", "止")
    building.standard(
        "标准", "金额",
        (date(2025, 1, 1), date(2025, 12, 31), {"城市": 700 * YUAN, "农村": 500 * YUAN}),
        (date(2026, 4, 1), date(2026, 12, 31), {"城市": 832 * YUAN, "农村": 632 * YUAN}),
        by=["城乡"],
    )  # fmt: skip
    building.standard("倍数", "数", (date(2025, 1, 1), None, Fraction(3, 2)))
    building.standard("重类", "多选", (date(2025, 1, 1), None, frozenset({"智力", "精神"})), codes="类别")
    building.define("成员.月收入", "合计收入(金额) / 12")
    building.define("成员.重残", "等级 在 [一级, 二级] 或 类别 在 重类 且 等级 = 三级")
    building.define("家庭.人均", "合计成员(月收入) / 成员数()")
    return building


def judge(building: Building, home: Home, on: date = ON) -> Evaluator:
    return Evaluator(building.plan(on), home)


def ask(building: Building, home: Home, text: str, table: str = ROOT, row: str = "") -> Any:
    """The answer of one expression."""
    plan = building.plan()
    compiled: Compiled = compile_expression(expression(text), table, plan)
    return Evaluator(plan, home).value(compiled, row)
