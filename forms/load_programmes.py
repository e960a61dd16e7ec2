"""Read definitions, programmes and the compatibility matrix; later layers replace, override (覆盖) or stop (停用)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from forms.board import Board
from forms.load_common import one_of, read_expression, read_period, read_source, read_sources
from forms.policy import (
    MEANS,
    AmountLine,
    Bond,
    Compatibility,
    Condition,
    Deadline,
    Definition,
    Material,
    Programme,
)
from forms.reading import DataError, Entry, Located, did_you_mean, read_flag, read_integer
from forms.schema import ROOT

_PERIODS = ("每月", "每季", "每年", "一次", "每次", "每日")
_DAYS = ("工作日", "自然日")


def read_definitions(entry: Entry, board: Board) -> None:
    """A list of named expressions of one table; a later layer's replaces an earlier one whole."""
    level = entry.found("层级")
    table = board.point("表", level) if level else ROOT
    for item in entry.entries("定义"):
        with board.catching():
            name = item.need("名称")
            board.claim("定义", name, table)
            expression = read_expression(item.need("算式"))
            definition = Definition(name.text, table, expression, board.layer, read_source(item), item.text("说明"))
            item.close()
            board.definitions[table, name.text] = definition
    entry.close()


def read_programme(entry: Entry, board: Board) -> None:
    """One programme: added, laid over an earlier layer's (覆盖: 是), or taken out (停用: 是)."""
    name = entry.need("项目")
    board.claim("项目", name)
    over, stop = entry.flag("覆盖"), entry.flag("停用")
    earlier = board.programmes.get(name.text)
    if stop or over:
        if earlier is None:
            raise name.fail(f"前面的层没有项目「{name.text}」", did_you_mean(name.text, board.programmes))
    elif earlier:
        raise name.fail(f"项目「{name.text}」已在 {earlier.place} 定义", "要改它请写「覆盖: 是」")
    if stop:
        entry.close()
        board.stopped[name.text] = board.programmes.pop(name.text)
        return
    given = {attribute: read(entry, board) for key, (attribute, read) in _KEYS.items() if entry.node(key)}
    conditions = _conditions(entry, board, earlier)
    entry.close()
    if earlier:
        board.programmes[name.text] = replace(earlier, **given, conditions=conditions, place=name.place)
    else:
        board.stopped.pop(name.text, None)
        board.programmes[name.text] = _whole(entry, name, given, conditions, board.layer)


def _whole(
    entry: Entry, name: Located, given: Mapping[str, Any], conditions: tuple[Condition, ...], layer: str
) -> Programme:
    for key in ("编号", "名称", "生效"):
        if key not in entry:
            raise DataError(entry.place, f"项目「{name.text}」缺少「{key}」", did_you_mean(key, entry.keys()))
    if not entry.entries("条件"):
        raise DataError(entry.place, f"项目「{name.text}」没有「条件」", "至少写一条")
    blank: dict[str, Any] = {"subject": ROOT, "group": "", "department": "", "order": 0, "amounts": ()}
    return Programme(**blank | dict(given), id=name.text, conditions=conditions, place=name.place, layer=layer)


def _conditions(entry: Entry, board: Board, earlier: Programme | None) -> tuple[Condition, ...]:
    kept = {condition.id: condition for condition in earlier.conditions} if earlier else {}
    seen: dict[str, Located] = {}
    for item in entry.entries("条件"):
        with board.catching():
            name = item.need("编号")
            added = item.flag("新增")
            if name.text in seen:
                raise name.fail(f"条件「{name.text}」写了两次", f"另一处在 {seen[name.text].place}")
            if earlier and not added and name.text not in kept:
                advice = did_you_mean(name.text, kept) or "要加一条新条件请写「新增: 是」"
                raise name.fail(f"「{earlier.id}」没有编号为「{name.text}」的条件", advice)
            seen[name.text] = name
            kept[name.text] = Condition(
                name.text,
                read_expression(item.need("要求")),
                read_source(item),
                board.layer,
                item.flag("地方"),
                item.text("不符时"),
                item.text("说法"),
            )
            item.close()
    return tuple(kept.values())


def _amounts(entry: Entry, board: Board) -> tuple[AmountLine, ...]:
    lines: dict[str, AmountLine] = {}
    for item in entry.entries("金额"):
        with board.catching():
            name = item.need("名称")
            if name.text in lines:
                raise name.fail(f"金额「{name.text}」写了两次", "请删去一处")
            expression = read_expression(item.need("算式"))
            period = one_of(_PERIODS, "周期")(item.need("周期"))
            lines[name.text] = AmountLine(
                name.text, expression, period, item.text("单位", "元"), item.text("说明"), read_source(item)
            )
            item.close()
    return tuple(lines.values())


def _materials(entry: Entry, board: Board) -> tuple[Material, ...]:
    materials = []
    for item in entry.entries("材料"):
        with board.catching():
            relevant = item.found("仅当")
            means = one_of(MEANS, "方式")(item.need("方式"))
            name = item.need("名称").text
            materials.append(Material(name, means, read_expression(relevant) if relevant else None))
            item.close()
    return tuple(materials)


def _deadlines(entry: Entry, board: Board) -> tuple[Deadline, ...]:
    deadlines = []
    for item in entry.entries("时限"):
        with board.catching():
            days, longer = item.need("天数"), item.found("延长至")
            working = item.convert("日", one_of(_DAYS, "日"), _DAYS[0]) == _DAYS[0]
            deadline = Deadline(
                item.need("环节").text,
                read_integer(days),
                working,
                _since(item.found("起算"), board),
                read_integer(longer) if longer else 0,
            )
            item.close()
            if deadline.days < 0:
                raise days.fail(f"天数「{days.text}」不能是负数")
            if longer and deadline.extended < deadline.days:
                raise longer.fail(f"延长至「{longer.text}」少于天数 {deadline.days}", "延长后应更长")
            deadlines.append(deadline)
    return tuple(deadlines)


def _since(found: Located | None, board: Board) -> str:
    """What a step is counted from: an event of the case, or a day the household told (`表.日期字段`)."""
    if found is None:
        return "受理"
    table, dot, field = found.text.partition(".")
    if dot:
        board.point("表", Located(table, found.place))
        board.point("日期字段", Located(field, found.place.moved(len(table) + 1)), table)
    return found.text


def _points(kind: str, key: str) -> Callable[[Entry, Board], Any]:
    return lambda entry, board: tuple(board.point(kind, found) for found in entry.texts(key))


def _text(key: str) -> Callable[[Entry, Board], Any]:
    return lambda entry, board: entry.need(key).text


def _number(key: str) -> Callable[[Entry, Board], Any]:
    return lambda entry, board: read_integer(entry.need(key))


def _flag(key: str) -> Callable[[Entry, Board], Any]:
    return lambda entry, board: read_flag(entry.need(key))


def _period(entry: Entry, board: Board) -> Any:
    inner = entry.entry("生效")
    if inner is None:
        raise DataError(entry.place_of("生效"), "「生效」是空的", "例如 生效: {自: 2026-01-01}")
    period = read_period(inner)
    inner.close()
    return period


_KEYS: Mapping[str, tuple[str, Callable[[Entry, Board], Any]]] = {
    "编号": ("number", _text("编号")),
    "名称": ("name", _text("名称")),
    "对象": ("subject", lambda entry, board: board.point("表", entry.need("对象"))),
    "类别": ("group", lambda entry, board: entry.text("类别")),
    "部门": ("department", lambda entry, board: entry.text("部门")),
    "受理": ("office", lambda entry, board: entry.text("受理")),
    "次序": ("order", _number("次序")),
    "生效": ("period", _period),
    "依据": ("sources", lambda entry, board: read_sources(entry)),
    "人工": ("human", lambda entry, board: tuple(found.text for found in entry.texts("人工"))),
    "金额": ("amounts", _amounts),
    "材料": ("materials", _materials),
    "时限": ("deadlines", _deadlines),
    "文书": ("papers", _points("文书", "文书")),
    "户内": ("unit", lambda entry, board: entry.convert("户内", read_expression, None)),
    "审批": ("approval", lambda entry, board: entry.text("审批")),
    "公示": ("published", _flag("公示")),
    "复核月数": ("review_months", lambda entry, board: entry.integer("复核月数")),
    "有效月数": ("valid_months", lambda entry, board: entry.integer("有效月数")),
    "不动点": ("fixpoint", _flag("不动点")),
    "转介": ("referral", lambda entry, board: entry.text("转介")),
    "认定": ("confirms", lambda entry, board: entry.text("认定")),
}


def read_compatibility(entry: Entry, board: Board) -> None:
    """Rows of the matrix; a pair said again in a later layer replaces the earlier one."""
    for item in entry.entries("兼容"):
        with board.catching():
            pair = item.texts("项目")
            if len(pair) != 2 or pair[0].text == pair[1].text:
                raise DataError(item.place_of("项目"), "「项目」应是两个不同的项目", "例如 项目: [甲, 乙]")
            names = (board.point("项目", pair[0]), board.point("项目", pair[1]))
            bond = Bond(one_of([bond.value for bond in Bond], "关系")(item.need("关系")))
            keeps = item.found("保留")
            if keeps and keeps.text not in names:
                raise keeps.fail(f"保留「{keeps.text}」不在这两个项目里", f"可写「{names[0]}」或「{names[1]}」")
            key = frozenset(names)
            board.claim("兼容", Located("与".join(sorted(names)), item.place))
            board.compatibilities[key] = Compatibility(
                names,
                bond,
                keeps.text if keeps else "",
                read_source(item),
                item.place,
                board.layer,
                item.text("说明"),
            )
            item.close()
    entry.close()
