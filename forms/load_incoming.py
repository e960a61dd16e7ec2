"""Read the kinds of sheets that others send in (来表): one a document; a later layer's replaces an earlier one whole."""

from __future__ import annotations

from forms.board import Board
from forms.incoming import PEOPLE, REGISTER, RESULTS, ROLES, USES, ColumnAsked, Incoming
from forms.load_common import one_of
from forms.load_intake import read_field
from forms.reading import DataError, Entry, Located
from forms.schema import ROOT, Field, Kind

_USE = one_of(USES, "用途")
_ROLE = one_of(ROLES, "用作")
_UPDATE = one_of(("改写", "补空"), "更新办法")
_NEEDED = {RESULTS: ("结果",), REGISTER: (), PEOPLE: ()}
"""Which roles a sheet cannot do without."""


def read_incoming(entry: Entry, board: Board) -> None:
    """One kind of sheet: 来表, 名称, 用途, 来源, 列 …; a column is a field's `表.字段` or `{字段|类型|用作, 标题, 别名, 必填}`."""
    name = entry.need("来表")
    board.claim("来表", name)
    use = _USE(entry.need("用途"))
    asked = tuple(_column(item, name.text, board) for item in entry.mixed("列"))
    _check(asked, use, name)
    incoming = Incoming(
        name.text,
        entry.text("名称", name.text),
        use,
        asked,
        name.place,
        board.layer,
        source=entry.text("来源"),
        note=entry.text("说明"),
        order=entry.integer("次序"),
        fixed=_fixed(entry, board),
        keys=_keys(entry, board),
        fill_only=entry.convert("更新", _UPDATE, "改写") == "补空",
        head_applies=entry.flag("户主为申请人"),
        register=entry.text("登记簿", name.text if use == REGISTER else ""),
    )
    entry.close()
    board.incoming[incoming.id] = incoming


def _column(item: Located | Entry, sheet: str, board: Board) -> ColumnAsked:
    if isinstance(item, Located):
        target = _target(item, board)
        return ColumnAsked(target[1], target, None, ())
    words, required, spelled = _words(item), item.flag("必填"), _spelled(item)
    if found := item.found("字段"):
        target = _target(found, board)
        name = item.text("编号", target[1])
        item.close()
        return ColumnAsked(name, target, None, words, "", required, spelled)
    role = item.convert("用作", _ROLE, "")
    return ColumnAsked(item.need("编号").text, None, _own(item, sheet, role, board), words, role, required, spelled)


def _own(item: Entry, sheet: str, role: str, board: Board) -> Field:
    """A column of the sheet's own, read like a question; a role brings its kind."""
    if not role:
        return read_field(item, f"来表·{sheet}", board)
    codes = item.found("代码表")
    kind = ROLES[role]
    if (kind is Kind.OPTION) != (codes is not None):
        raise DataError(item.place, f"用作「{role}」的列{'要写' if kind is Kind.OPTION else '用不到'}「代码表」")
    if codes and codes.text not in board.codes:
        raise codes.fail(f"没有代码表「{codes.text}」")
    name = item.need("编号")
    field = Field(
        name.text, f"来表·{sheet}", item.text("标题", name.text), kind, name.place, codes.text if codes else ""
    )
    item.close()
    return field


def _words(item: Entry) -> tuple[str, ...]:
    title = item.text("标题")
    return (*([title] if title else []), *(found.text for found in item.texts("别名")))


def _spelled(item: Entry) -> dict[str, str]:
    inner = item.entry("换写")
    return {word: inner.need(word).text for word in inner} if inner else {}


def _target(found: Located, board: Board) -> tuple[str, str]:
    table, dot, field = found.text.partition(".")
    if not dot:
        raise found.fail(f"「{found.text}」应写成 表.字段", "例如 成员.姓名")
    board.point("表", Located(table, found.place))
    board.point("字段", Located(field, found.place.moved(len(table) + 1)), table)
    known = board.tables.get(table)
    if table != ROOT and known is not None and table != Kind.MEMBER.value and known.owner != Kind.MEMBER.value:
        raise found.fail(f"来表的一行说的是一个人，不能填「{table}」", "可填：家庭、成员，和归属成员的表")
    return table, field


def _fixed(entry: Entry, board: Board) -> tuple[tuple[str, str, str], ...]:
    inner = entry.entry("补填")
    if inner is None:
        return ()
    made = []
    for key in inner:
        table, field = _target(Located(key, inner.place_of(key)), board)
        made.append((table, field, inner.need(key).text))
    return tuple(made)


def _keys(entry: Entry, board: Board) -> dict[str, tuple[str, ...]]:
    inner = entry.entry("认行")
    return (
        {table: tuple(board.point("字段", found, table) for found in inner.texts(table)) for table in inner or ()}
        if inner
        else {}
    )


def _check(asked: tuple[ColumnAsked, ...], use: str, name: Located) -> None:
    ids = [column.id for column in asked]
    for place, column in enumerate(ids):
        if column in ids[:place]:
            raise name.fail(f"列「{column}」写了两次", "请用「编号」给其中一列换个名字")
    roles = {column.role for column in asked}
    for role in _NEEDED[use]:
        if role not in roles:
            raise name.fail(f"用途是「{use}」，缺少用作「{role}」的列")
