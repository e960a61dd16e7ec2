"""What of an application is typed into somebody else's system (代录清单): each value in that system's order and codes.

A value is there or it is said why not: nothing is left out, and nothing is guessed in its place. Lists are data
(`forms.keying`). What must not stay in a clipboard is told by the questions' own sensitivity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from clerk.answers import code_table
from clerk.case_lists import KEYED, KEYING
from clerk.records import Application
from clerk.relevance import is_asked
from clerk.titles import own_title
from clerk.wording import money, say
from forms.keying import CODE, UNIT, KeyGroup, KeyingList, KeyLine
from forms.language.graph import reached
from forms.language.plan import Compiled
from forms.language.tree import FieldRead
from forms.language.types import Type
from forms.schema import Kind, Sensitivity, Value

if TYPE_CHECKING:
    from clerk.casefile import CaseFile

_NOT_ASKED, _NO_ROW = "不涉及，留空", "一条也没有，跳过"


class State(Enum):
    """Whether a line can be typed: 有, 缺 (nobody has said it yet), 空 (nothing belongs there), 无码 (no code there)."""

    READY = "有"
    MISSING = "缺"
    EMPTY = "空"
    NO_CODE = "无码"


@dataclass(frozen=True, slots=True)
class Keyed:
    """One line: its group and label over there, the text to type, or in `note` why there is none.

    A `secret` text must not stay in a clipboard. `hint` is what to heed there, `words` what a code stands for.
    """

    group: str
    label: str
    text: str
    state: State
    note: str = ""
    secret: bool = False
    hint: str = ""
    words: str = ""

    @property
    def remark(self) -> str:
        """Everything beside the text: why there is none, what a code stands for, what to heed."""
        return self.note or "　".join(filter(None, (self.words, self.hint)))


@dataclass(frozen=True, slots=True)
class KeyedAt:
    """A line and the place of its list among those of the case, for papers."""

    sheet: int
    line: Keyed


@dataclass(frozen=True, slots=True)
class KeyingSheet:
    """The list of one application for one system; `checked` is False while nobody has held it to that system."""

    id: str
    name: str
    system: str
    application: str
    title: str
    checked: bool
    note: str
    lines: tuple[Keyed, ...]


def keying_sheets(case: CaseFile) -> tuple[KeyingSheet, ...]:
    """Every list that an application of the case is typed by, application by application, in the lists' order."""
    lists = case.catalogue.keyings.values()
    return tuple(
        _sheet(case, keying, each)
        for each in case.record.applications
        for keying in lists
        if each.programme in keying.programmes
    )


def keying_makers(case: CaseFile) -> Mapping[str, Callable[[], Sequence[object]]]:
    """What makes the rows of the lists and of their lines, when a paper first reads them."""
    sheets = cache(lambda: keying_sheets(case))
    return {
        KEYING: sheets,
        KEYED: lambda: tuple(KeyedAt(at, line) for at, sheet in enumerate(sheets()) for line in sheet.lines),
    }


def _sheet(case: CaseFile, keying: KeyingList, application: Application) -> KeyingSheet:
    programme = case.catalogue.programmes.get(application.programme)
    whom = case.name(case.facts.owner(UNIT, application.number))
    lines = tuple(line for group in keying.groups for line in _group(case, group, application))
    title = f"{programme.name if programme else application.programme}　{whom}"
    note = keying.note if not keying.source.verified else ""
    return KeyingSheet(
        keying.id, keying.name, keying.system, application.number, title, keying.source.verified, note, lines
    )


def _group(case: CaseFile, group: KeyGroup, application: Application) -> Iterator[Keyed]:
    if not group.each:
        for line in group.lines:
            yield _keyed(case, line, (group.name, UNIT, application.number))
        return
    rows = [row for row in _rows(case, group, application) if not _left_out(case, group, row)]
    for count, row in enumerate(rows, 1):
        title = own_title(case.facts, case.catalogue, group.each, row)
        name = f"{group.name} {count}" + (f"　{title}" if title else "")
        for line in group.lines:
            yield _keyed(case, line, (name, group.each, row))
    table = case.catalogue.tables[group.each]
    if table.closing and not case.facts.closed(group.each):
        yield Keyed(group.name, table.name, "", State.MISSING, f"还没有勾「{table.closing}」，可能还有")
    elif not rows:
        yield Keyed(group.name, table.name, "", State.EMPTY, _NO_ROW)


def _rows(case: CaseFile, group: KeyGroup, application: Application) -> Sequence[str]:
    if group.whole:
        return case.rows(group.each)
    return case.beside(group.each, application.number)


def _left_out(case: CaseFile, group: KeyGroup, row: str) -> bool:
    """Only what plainly answers no: a row of which nobody knows is still typed."""
    return group.where is not None and case.value(group.where, group.each, row)[0] is False


def _keyed(case: CaseFile, line: KeyLine, at: tuple[str, str, str]) -> Keyed:
    group, table, row = at
    compiled = case.compiled(line.value, table)
    value, kind = case.value(line.value, table, row)
    if not is_asked(case.evaluator, case.facts, compiled, row):
        return Keyed(group, line.label, "", State.EMPTY, _NOT_ASKED, hint=line.hint)
    if value is None or value == "" or value == frozenset():
        state, note = _lacking(case, kind, row)
        return Keyed(group, line.label, "", state, note, hint=line.hint)
    text = _written(case, line, value, kind)
    words = say(value, kind.kind, case.catalogue, kind.codes) if line.codes or line.form == CODE else ""
    if text is None:
        return Keyed(group, line.label, "", State.NO_CODE, f"「{words}」没有对应的代码，请在那边选", hint=line.hint)
    return Keyed(group, line.label, text, State.READY, "", _is_secret(case, compiled), line.hint, words)


def _lacking(case: CaseFile, kind: Type, row: str) -> tuple[State, str]:
    """Why there is no value: nothing is paid in such periods, nobody has said it, or it cannot be worked out yet."""
    field = kind.field
    if field and case.facts.lacks(field.table, field.id, row):
        return State.EMPTY, "没有这项待遇，留空"
    if field is None:
        return State.MISSING, "还算不出来，先补齐所依据的"
    system = any(section.system for section in case.catalogue.sections if field in section.fields)
    return State.MISSING, "办到那一步才有" if system else f"没填「{field.label}」，先更正"


def _written(case: CaseFile, line: KeyLine, value: Value, kind: Type) -> str | None:
    """The text as the other system takes it; None where it has no code for it."""
    if line.codes or line.form == CODE:
        return _coded(case, line, value, kind)
    if isinstance(value, date):
        return _day(value, line.form or ("年-月" if kind.kind is Kind.MONTH else "年-月-日"))
    if kind.kind is Kind.MONEY and isinstance(value, int):
        return str(value) if line.form == "分" else money(value)
    if kind.kind is Kind.MEMBER:
        return case.name(str(value))
    if isinstance(value, frozenset):
        table = code_table(case.catalogue, kind.codes)
        return line.join.join(table.label(one) for one in _in_order(case, value, kind))
    text = say(value, kind.kind, case.catalogue, kind.codes)
    return text.lower() if line.form == "末位小写" else text


def _coded(case: CaseFile, line: KeyLine, value: Value, kind: Type) -> str | None:
    if isinstance(value, bool):
        return line.code("是" if value else "否") or None
    chosen = _in_order(case, value, kind) if isinstance(value, frozenset) else [str(value)]
    if line.form == CODE:
        return line.join.join(chosen)
    table = code_table(case.catalogue, kind.codes)
    codes = [line.code(table.label(one)) for one in chosen]
    return line.join.join(dict.fromkeys(codes)) if all(codes) else None


def _in_order(case: CaseFile, value: frozenset[str], kind: Type) -> list[str]:
    """What was chosen, in the order of the code table."""
    order = [option.code for option in code_table(case.catalogue, kind.codes).options]
    return sorted(value, key=lambda code: (order.index(code) if code in order else len(order), code))


def _day(day: date, form: str) -> str:
    parts = {"年": f"{day.year:04d}", "月": f"{day.month:02d}", "日": f"{day.day:02d}"}
    return "".join(parts.get(one, one) for one in form)


def _is_secret(case: CaseFile, compiled: Compiled) -> bool:
    """Whether it rests on an answer that the form keeps from eyes that do not need it."""
    return any(
        isinstance(node, FieldRead) and node.field.sensitivity is not Sensitivity.PLAIN
        for node in reached(compiled.node, case.plan.definitions)
    )
