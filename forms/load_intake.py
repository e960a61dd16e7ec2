"""Read the single form (intake): tables, relations, the status table, sections and their fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import yaml

from forms.board import Board
from forms.literals import read_literal, read_options
from forms.load_common import one_of, read_expression
from forms.load_succession import READERS as DEATHS
from forms.reading import DataError, Entry, Located, did_you_mean
from forms.schema import (
    READERS,
    ChoiceTable,
    CodeTable,
    Derivation,
    Field,
    Kind,
    Relation,
    Section,
    Sensitivity,
    StatusTable,
    Table,
    Value,
)

_CODED = (Kind.OPTION, Kind.OPTIONS)
_KIND = one_of([kind.value for kind in Kind], "类型")
_SENSITIVITY = one_of([word.value for word in Sensitivity], "敏感级别")
_READER = one_of(sorted(READERS), "取法")
_CHOSEN = ("选定", "放弃", "对象", "告知人", "日期", "选定待遇", "放弃待遇")
"""The words of the choice table (选择表), in the order of `ChoiceTable`."""
_LIMITED = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.DATE, Kind.MONTH)


def read_intake(entry: Entry, board: Board) -> None:
    """One document of the form: a section (节), a relation (关系), a table (表), which table says what (身份表, 选择表, 身故表)."""
    if "节" in entry:
        _read_section(entry, board)
    elif "关系" in entry:
        _read_relation(entry, board)
    elif "身份表" in entry:
        board.status = StatusTable(*_pointed(entry, "身份表", ("项目", "起", "止"), board))
    elif "选择表" in entry:
        board.choices = ChoiceTable(*_pointed(entry, "选择表", _CHOSEN, board))
    elif special := next((key for key in DEATHS if key in entry), ""):
        DEATHS[special](entry, board)
    elif "表" in entry:
        _read_table(entry, board)
    else:
        raise DataError(
            entry.place, "看不出这是什么", "第一行应是「节」「表」「关系」「身份表」「选择表」「身故表」或「关系换算」"
        )


def _read_table(entry: Entry, board: Board) -> None:
    name = entry.need("表")
    board.claim("表", name)
    if name.text in board.tables:
        raise name.fail(f"表「{name.text}」已在 {board.tables[name.text].place} 定义", "后面的层只能给它加字段")
    owner = entry.found("归属")
    title = entry.found("称呼")
    board.tables[name.text] = Table(
        name.text,
        entry.text("名称", name.text),
        entry.text("量词"),
        name.place,
        owner=board.point("表", owner) if owner else "",
        title=board.point("字段", title, name.text) if title else "",
        least=entry.integer("最少"),
        closing=entry.text("录齐"),
        gist=tuple(board.point("字段", found, name.text) for found in entry.texts("要点")),
    )
    entry.close()


def _read_relation(entry: Entry, board: Board) -> None:
    name, table = entry.need("关系"), entry.need("表")
    board.claim("关系", name)
    board.point("表", table)
    by = board.point("字段", entry.need("按"), table.text)
    pairs = entry.entry("对照")
    if pairs is None:
        raise name.fail(f"关系「{name.text}」缺少「对照」")
    groups: dict[str, tuple[str, ...]] = {}
    for group in pairs:
        near = pairs.texts(group)
        spoken = [Located(group, pairs.place_of(group)), *near]
        groups[group] = tuple(found.text for found in near)
        board.groups.extend((table.text, by, found) for found in spoken)
    board.relations[name.text] = Relation(name.text, table.text, by, groups, entry.text("量词"), name.place)
    entry.close()


def _pointed(entry: Entry, key: str, words: Sequence[str], board: Board) -> list[str]:
    """A table that the program itself reads, and which of its fields says what, in the order of `words`."""
    inner = entry.entry(key)
    if inner is None:
        raise DataError(entry.place, f"「{key}」是空的")
    table = inner.need("表")
    board.point("表", table)
    names = [board.point("字段", inner.need(word), table.text) for word in words]
    inner.close()
    entry.close()
    return [table.text, *names]


def _read_section(entry: Entry, board: Board) -> None:
    name, table = entry.need("节"), entry.need("表")
    board.claim("节", name)
    board.point("表", table)
    fields: dict[str, Field] = {}
    for item in entry.entries("字段"):
        with board.catching():
            field = read_field(item, table.text, board)
            fields[field.id] = field
    section = Section(
        name.text,
        entry.text("名称", name.text),
        table.text,
        entry.integer("次序"),
        tuple(fields.values()),
        entry.text("提示"),
        entry.flag("系统"),
    )
    entry.close()
    earlier = board.sections.get(name.text)
    board.sections[name.text] = _grown(earlier, section, name) if earlier else section


def _grown(earlier: Section, later: Section, name: Located) -> Section:
    """A section with a later layer's fields: new ones added, known ones replaced when they stay the same kind."""
    if earlier.table != later.table:
        raise name.fail(f"节「{name.text}」原属表「{earlier.table}」", "后面的层不能改表")
    fields = {field.id: field for field in earlier.fields}
    for field in later.fields:
        known = fields.get(field.id, field)
        if (known.kind, known.codes) != (field.kind, field.codes):
            raise DataError(
                field.place, f"字段「{field.id}」原是{known.kind.value}（{known.place}）", "后面的层不能改类型"
            )
        fields[field.id] = field
    return replace(earlier, fields=tuple(fields.values()), hint=later.hint or earlier.hint)


def read_field(entry: Entry, table: str, board: Board) -> Field:
    """One field; default and limits are read as its own kind."""
    name = entry.need("编号")
    board.claim("字段", name, table)
    kind = Kind(entry.convert("类型", _KIND, Kind.TEXT.value))
    codes = _codes(entry, kind, board)
    relevant = entry.found("仅当")
    field = Field(
        name.text,
        table,
        entry.text("标签", name.text),
        kind,
        name.place,
        codes=codes.id if codes else "",
        required=entry.flag("必填"),
        help=entry.text("帮助"),
        why=entry.text("为何"),
        sensitivity=Sensitivity(entry.convert("敏感", _SENSITIVITY, Sensitivity.PLAIN.value)),
        default=_default(entry, kind, codes),
        derived=_derivation(entry, table, board),
        longest=entry.integer("最长"),
        relevant=read_expression(relevant) if relevant else None,
        aliases=tuple(found.text for found in entry.texts("别名")),
        expires=entry.flag("到期提醒"),
    )
    low, high = _limits(entry, kind)
    entry.close()
    return replace(field, low=low, high=high)


def _codes(entry: Entry, kind: Kind, board: Board) -> CodeTable | None:
    found = entry.found("代码表")
    if kind in _CODED and found is None:
        raise DataError(entry.place, f"类型是「{kind.value}」，缺少「代码表」")
    if found is None:
        return None
    if kind not in _CODED:
        raise found.fail(f"类型是「{kind.value}」，用不到「代码表」", "请把类型写成「选项」或「多选」")
    if found.text not in board.codes:
        raise found.fail(f"没有代码表「{found.text}」", did_you_mean(found.text, board.codes))
    return board.codes[found.text]


def _default(entry: Entry, kind: Kind, codes: CodeTable | None) -> Value | None:
    if kind is Kind.OPTIONS and codes and not isinstance(entry.node("默认"), yaml.ScalarNode | None):
        return read_options(entry.texts("默认"), codes)
    found = entry.found("默认")
    if found is None:
        return None
    value = read_literal(found, kind, codes)
    return frozenset((str(value),)) if kind is Kind.OPTIONS else value


def _derivation(entry: Entry, table: str, board: Board) -> Derivation | None:
    inner = entry.entry("派生")
    if inner is None:
        return None
    source = board.point("字段", inner.need("自"), table)
    derivation = Derivation(source, _READER(inner.need("取")))
    inner.close()
    return derivation


def _limits(entry: Entry, kind: Kind) -> tuple[Value | None, Value | None]:
    found = [entry.found("下限"), entry.found("上限")]
    for limit in found:
        if limit and kind not in _LIMITED:
            raise limit.fail(f"类型是「{kind.value}」，不能写上下限", "文字的长度请写「最长」")
    low, high = (read_literal(limit, kind) if limit else None for limit in found)
    if found[1] and low is not None and high is not None and high < low:  # type: ignore[operator]
        raise found[1].fail(f"上限「{found[1].text}」小于下限", "请核对")
    return low, high
