"""A household as a file: YAML in the words of the form, read through the same door as the window.

Top-level keys are questions of the household, tables (lists of rows) and `录齐: 全部` or a list of tables. A row holds
its answers and, by table id, the rows it owns. What is not written keeps its default; `~` says not known. An unlikely
answer is written `{值: …, 理由: …}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import yaml

from clerk.answers import code_table
from clerk.entry import Key, Problem
from clerk.errors import UserCanFix
from clerk.household import Household
from clerk.intake import Intake
from clerk.wording import typed
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW
from forms.reading import did_you_mean
from forms.schema import ROOT, Field, Kind, Value

CLOSED, ALL, VALUE, REASON = "录齐", "全部", "值", "理由"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Reading:
    """One file being read into a form: where each answer stands, and every fault found."""

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self.intake = Intake(catalogue, today)
        self.faults: list[tuple[int, str]] = []
        self.lines: dict[Key, int] = {}
        self._catalogue = catalogue
        self._later: list[tuple[Key, str, str]] = []
        self._counts: dict[str, int] = {}

    def household(self, node: yaml.Node) -> None:
        """Read the whole document; answers that name members wait until all members are there."""
        self.intake.fill_defaults(ROOT, ROOT_ROW)
        closed: list[yaml.Node] = []
        for key, value in self._pairs(node):
            if key.value == CLOSED:
                closed.append(value)
            else:
                self._item(ROOT, ROOT_ROW, key, value)
        for answer in self._later:
            self._type(*answer)
        for value in closed:
            self._close(value)

    def _item(self, table: str, row: str, key: yaml.ScalarNode, value: yaml.Node) -> None:
        child = self._catalogue.tables.get(key.value)
        if child is not None and child.id != ROOT and (child.owner or ROOT) == table:
            self._rows(child.id, row, value)
            return
        field = self._question(table, key)
        if field is not None:
            self._answer(field, row, value)

    def _rows(self, table: str, owner: str, node: yaml.Node) -> None:
        if not isinstance(node, yaml.SequenceNode):
            if not _is_nothing(node):
                self._fault(node, f"「{table}」应是列表，每行以「- 」开头")
            return
        for item in node.value:
            self._counts[table] = self._counts.get(table, 0) + 1
            key = f"{table}{self._counts[table]}"
            self.intake.add_bare_row(table, owner, key)
            self.lines[table, key, ""] = _line(item)
            for name, value in self._pairs(item):
                self._item(table, key, name, value)

    def _answer(self, field: Field, row: str, node: yaml.Node) -> None:
        text, reason = self._text(node), ""
        if isinstance(node, yaml.MappingNode):
            pair = {key.value: self._text(value) for key, value in self._pairs(node)}
            if not pair.keys() <= {VALUE, REASON} or VALUE not in pair:
                self._fault(node, f"「{field.id}」应是一个值，或 {{{VALUE}: …, {REASON}: …}}")
            text, reason = pair.get(VALUE, ""), pair.get(REASON, "")
        key = (field.table, row, field.id)
        self.lines[key] = _line(node)
        if field.kind is Kind.MEMBER:
            self._later.append((key, text, reason))
        else:
            self._type(key, text, reason)

    def _type(self, key: Key, text: str, reason: str) -> None:
        self.intake.type(*key, text)
        if reason:
            self.intake.override(Problem(*key, "", hard=False), reason)

    def _close(self, node: yaml.Node) -> None:
        known = [table.id for table in self._catalogue.tables.values() if table.closing]
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        names = known if [item.value for item in items] == [ALL] else [str(item.value) for item in items]
        for name in names:
            if name in known:
                self.intake.close(name)
            elif name not in self._catalogue.tables:
                self._fault(node, f"「{CLOSED}」里没有「{name}」这张表，{did_you_mean(name, known) or '可写：全部'}")

    def _question(self, table: str, key: yaml.ScalarNode) -> Field | None:
        questions = self.intake.questions(table)
        for field in questions:
            if key.value in (field.id, field.label, *field.aliases):
                return field
        if self._catalogue.field_of(table, key.value) is not None:
            self._fault(key, f"「{key.value}」由系统填写，请删去这一行")
            return None
        words = [field.id for field in questions] + [
            each.id for each in self._catalogue.tables.values() if (each.owner or ROOT) == table
        ]
        where = "家庭" if table == ROOT else f"「{table}」"
        advice = did_you_mean(key.value, words) or "可用的字段见命令 clerk fields"
        self._fault(key, f"{where}没有「{key.value}」这一项，{advice}")
        return None

    def _pairs(self, node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self._fault(node, "这里应写成「名称: 值」的分组")
            return
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, "名称应是文字")
            elif key.value in seen:
                self._fault(key, f"「{key.value}」写了两次，请删去一处")
            else:
                seen.add(key.value)
                yield key, value

    def _text(self, node: yaml.Node) -> str:
        if isinstance(node, yaml.SequenceNode):
            return "、".join(str(item.value) for item in node.value)
        return "" if _is_nothing(node) or isinstance(node, yaml.MappingNode) else str(node.value)

    def _fault(self, node: yaml.Node, message: str) -> None:
        self.faults.append((_line(node), message))


def read_household_file(source: Path | str, catalogue: Catalogue, today: date) -> Household:
    """The household of a file (a path) or of the text itself; raises `UserCanFix` naming each line and what to do."""
    return read_intake_file(source, catalogue, today).household()


def read_intake_file(source: Path | str, catalogue: Catalogue, today: date) -> Intake:
    """The same as a form, so that its hints and kept reasons can be shown; raises `UserCanFix` as above."""
    name = source.name if isinstance(source, Path) else "文件"
    reading = _Reading(catalogue, today)
    reading.household(_compose(source, name))
    for problem in reading.intake.problems():
        if problem.blocks:
            line = reading.lines.get((problem.table, problem.row, problem.field))
            line = line or reading.lines.get((problem.table, problem.row, ""), 1)
            reading.faults.append((line, _sentence(problem, reading.intake)))
    if reading.faults:
        raise UserCanFix("\n".join(f"{name} 第{line}行：{message}" for line, message in sorted(set(reading.faults))))
    return reading.intake


def write_household_file(household: Household, catalogue: Catalogue, reasons: Mapping[Key, str] | None = None) -> str:
    """The text that reads back to the same household; `reasons` are those kept with unlikely answers."""
    form = Intake(catalogue, date.min)
    kept = reasons or {}
    lines = _answers(form, household, ROOT, ROOT_ROW, kept)
    for table in catalogue.tables.values():
        if table.id != ROOT and not table.owner:
            lines += _table(form, household, table.id, ROOT_ROW, kept)
    closed = [table.id for table in catalogue.tables.values() if table.closing and household.closed(table.id)]
    lines += [f"{CLOSED}: [{', '.join(closed)}]"] if closed else []
    return "\n".join(lines) + "\n"


def describe_fields(catalogue: Catalogue) -> list[dict[str, object]]:
    """Every question that a file may answer, in the order of the form, as plain values for machines."""
    form = Intake(catalogue, date.min)
    tables = dict.fromkeys((ROOT, *catalogue.tables))
    return [_describe(field, catalogue) for table in tables for field in form.questions(table)]


def _describe(field: Field, catalogue: Catalogue) -> dict[str, object]:
    options = code_table(catalogue, field.codes).options if field.codes else ()
    said: dict[str, object] = {
        "表": field.table,
        "字段": field.id,
        "标签": field.label,
        "类型": field.kind.value,
        "必填": field.required,
        "选项": [{"码": option.code, "名": option.label} for option in options if not option.retired],
        "默认": typed(field.default, field, catalogue) if field.default is not None else "",
        "派生自": field.derived.source if field.derived else "",
        "仅当": field.relevant.text if field.relevant else "",
        "别名": list(field.aliases),
        "帮助": field.help,
        "为何": field.why,
    }
    return {key: value for key, value in said.items() if value not in ("", [])}


def _compose(source: Path | str, name: str) -> yaml.Node:
    try:
        text = source.read_text(encoding="utf-8-sig") if isinstance(source, Path) else source
        node = yaml.compose(text, Loader=_Loader)
    except OSError as error:
        raise UserCanFix(f"打不开文件 {name}，请检查路径和权限") from error
    except UnicodeDecodeError as error:
        raise UserCanFix(f"{name} 不是 UTF-8 文字，请另存为 UTF-8 编码") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise UserCanFix(f"{name} 第{line}行：写法有误，请检查缩进、冒号（后面空一格）和引号") from error
    if node is None:
        raise UserCanFix(f"{name} 是空的，请先写入家庭情况")
    return node


def _sentence(problem: Problem, intake: Intake) -> str:
    label = intake.field(problem.table, problem.field).label
    where = "" if problem.table == ROOT else f"{intake.title(problem.table, problem.row)} "
    advice = f"；确实如此的，写成 {{{VALUE}: …, {REASON}: …}}" if problem.reason and not problem.hard else ""
    return f"{where}{label}：{problem.message}{advice}"


def _answers(form: Intake, household: Household, table: str, row: str, reasons: Mapping[Key, str]) -> list[str]:
    lines = []
    for field in form.questions(table):
        value = household.answer(table, field.id, row)
        if value is None:
            lines += [f"{field.id}: ~"] if field.default is not None else []
            continue
        text = _quoted(_written(value, field, form, household))
        reason = reasons.get((table, row, field.id))
        lines.append(f"{field.id}: " + (f"{{{VALUE}: {text}, {REASON}: {_quoted(reason)}}}" if reason else text))
    return lines


def _table(form: Intake, household: Household, table: str, owner: str, reasons: Mapping[Key, str]) -> list[str]:
    keys = household.rows(table, owner)
    lines = [f"{table}:"] if keys else []
    for key in keys:
        inner = _answers(form, household, table, key, reasons)
        for child in form.catalogue.tables.values():
            if child.owner == table:
                inner += _table(form, household, child.id, key, reasons)
        inner = inner or ["{}"]
        lines += [("  - " if place == 0 else "    ") + line for place, line in enumerate(inner)]
    return lines


def _written(value: Value, field: Field, form: Intake, household: Household) -> str:
    if field.kind is not Kind.MEMBER:
        return typed(value, field, form.catalogue)
    table = form.catalogue.tables[field.kind.value]
    keys = list(household.rows(table.id))
    return f"{table.name}{keys.index(str(value)) + 1}" if value in keys else str(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\x85", "\\x85")


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null")
