"""The calls of the language: quantifiers over rows, programmes, and a handful of functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.language.parser import place_of
from forms.language.syntax import Call, Literal, Name, Written
from forms.language.tree import Choose, Constant, Each, Elapsed, Extreme, Node, ProgrammeRead, Round, Rows
from forms.language.types import DAY, DAYS, FLAG, INTEGER, MONEY, NUMBER, mismatch, plain
from forms.language.values import Range
from forms.places import DataError, did_you_mean
from forms.policy import Programme
from forms.schema import Relation, Table

if TYPE_CHECKING:
    from forms.language.checker import Checker


def call(checker: Checker, tree: Call, table: str) -> Node:
    """The meaning of 名称(…).

    Raises DataError for an unknown name, a wrong number of arguments or a wrong type.
    """
    if tree.word in checker.scope.quantifiers:
        return _each(checker, tree, table)
    builtin = _BUILTINS.get(tree.word)
    if builtin is None:
        advice = (
            did_you_mean(tree.word, checker.scope.callables())
            or "可用：取大、取小、如果、四舍五入、周岁、满月数、资格…"
        )
        raise DataError(tree.place, f"没有这个函数「{tree.word}」", advice)
    return builtin(checker, tree, table)


def _each(checker: Checker, tree: Call, table: str) -> Node:
    what, thing = checker.scope.quantifiers[tree.word]
    least, most = {"任一": (1, 1), "每": (1, 1), "数": (0, 1), "合计": (1, 2)}[what]
    _arity(tree, least, most, _usage(tree.word, what, thing))
    rows = checker.scope.rows(table, thing, tree.place)
    inner = rows.table.id
    arguments = list(tree.arguments)
    number = _number(checker, arguments.pop(0), inner, f"「{tree.word}」要加的") if what == "合计" else None
    condition = checker.flag(arguments[0], inner, f"「{tree.word}」里的条件") if arguments else None
    kind = FLAG if what in ("任一", "每") else INTEGER if number is None else plain(number.type)
    return Each(type=kind, place=tree.place, text=tree.text, what=what, rows=rows, condition=condition, number=number)


def _usage(word: str, what: str, thing: Table | Relation) -> str:
    inside = {"任一": "条件", "每": "条件", "数": "条件", "合计": "金额, 条件"}[what]
    more = f"；只问有没有请写 {thing.id}数() > 0" if what in ("任一", "每") else ""
    return f"请写 {word}({inside}){more}"


def _number(checker: Checker, tree: Written, table: str, what: str) -> Node:
    node = checker.node(tree, table)
    if not node.type.is_number:
        mismatch(place_of(tree), f"{what}应为数或金额，实际是{node.type.unit}", set())
    return node


def _arity(tree: Call, least: int, most: int, usage: str) -> None:
    given = len(tree.arguments)
    if not least <= given <= most:
        wanted = str(least) if least == most else f"{least} 到 {most}" if most < 99 else f"至少 {least}"
        raise DataError(tree.place, f"「{tree.word}」要 {wanted} 项，写了 {given} 项", usage)


def _extreme(checker: Checker, tree: Call, table: str) -> Node:
    _arity(tree, 2, 99, f"请写 {tree.word}(甲, 乙)")
    operands = tuple(_number(checker, part, table, f"「{tree.word}」里") for part in tree.arguments)
    for part, node in zip(tree.arguments[1:], operands[1:], strict=True):
        if node.type.unit != operands[0].type.unit:
            first = operands[0].type.unit
            mismatch(place_of(part), f"单位不一致：前面是{first}，这里是{node.type.unit}", {"元", "数"})
    kinds = {node.type.kind for node in operands}
    kind = plain(operands[0].type) if len(kinds) == 1 else NUMBER
    return Extreme(type=kind, place=tree.place, text=tree.text, largest=tree.word == "取大", operands=operands)


def _choose(checker: Checker, tree: Call, table: str) -> Node:
    _arity(tree, 3, 3, "请写 如果(条件, 是时的值, 否时的值)")
    condition = checker.flag(tree.arguments[0], table, "「如果」的条件")
    yes, no = checker.pair(tree.arguments[1], tree.arguments[2], table)
    if yes.type.unit != no.type.unit:
        place = place_of(tree.arguments[2])
        mismatch(place, f"「如果」两个结果不一致：{yes.type.unit}和{no.type.unit}", {yes.type.unit, no.type.unit})
    kind = plain(yes.type) if yes.type.kind is no.type.kind else NUMBER if yes.type.is_number else plain(yes.type)
    return Choose(type=kind, place=tree.place, text=tree.text, condition=condition, yes=yes, no=no)


def _round(checker: Checker, tree: Call, table: str) -> Node:
    _arity(tree, 2, 2, "请写 四舍五入(金额, 1元)")
    operand = _number(checker, tree.arguments[0], table, "「四舍五入」里")
    unit = _number(checker, tree.arguments[1], table, "「四舍五入」的单位")
    place = place_of(tree.arguments[1])
    if unit.type.unit != operand.type.unit:
        mismatch(place, f"单位不一致：前面是{operand.type.unit}，这里是{unit.type.unit}", {"元", "数"})
    if isinstance(unit, Constant) and isinstance(unit.value, Range) and unit.value.low <= 0:
        raise DataError(place, "四舍五入的单位应大于零", "例如 1元、0.1元")
    return Round(type=plain(operand.type), place=tree.place, text=tree.text, operand=operand, unit=unit)


def _elapsed(checker: Checker, tree: Call, table: str) -> Node:
    _arity(tree, 1, 1, f"请写 {tree.word}(出生日期)")
    day = checker.node(tree.arguments[0], table)
    if day.type.kind not in DAYS:
        mismatch(place_of(tree.arguments[0]), f"「{tree.word}」里应为日，实际是{day.type.unit}", set())
    return Elapsed(type=INTEGER, place=tree.place, text=tree.text, years=tree.word == "周岁", day=day)


def _today(checker: Checker, tree: Call, table: str) -> Node:
    _arity(tree, 0, 0, "请写 今日")
    return Constant(type=DAY, place=tree.place, text=tree.text, value=checker.on)


def _programme(checker: Checker, tree: Call, table: str) -> Node:
    _arity(tree, 1, 1, f"请写 {tree.word}(项目)")
    programme = _named(checker, tree.arguments[0])
    climb = _subject(checker, tree, programme, table)
    if tree.word == "资格":
        return ProgrammeRead(
            type=FLAG, place=tree.place, text=tree.text, what="资格", programme=programme.id, climb=climb
        )
    status = _status(checker, tree, programme)
    return ProgrammeRead(
        type=FLAG, place=tree.place, text=tree.text, what=tree.word, programme=programme.id, climb=climb, status=status
    )


def _subject(checker: Checker, tree: Call, programme: Programme, table: str) -> tuple[str, ...] | None:
    subject = programme.subject
    if subject not in checker.scope.chain(table):
        measure = checker.catalogue.tables[subject].measure if subject in checker.catalogue.tables else ""
        advice = f"{table}项目里请写 任一{subject}({tree.text}) 或 每{measure}{subject}({tree.text})"
        raise DataError(tree.place, f"「{programme.id}」的对象是{subject}", advice)
    return checker.scope.climb(table, subject)


def _status(checker: Checker, tree: Call, programme: Programme) -> Rows:
    status = checker.catalogue.status
    if status is None or status.table not in checker.catalogue.tables:
        raise DataError(tree.place, f"没有身份表，不能用「{tree.word}」", "请在 intake/tables.yaml 写「身份表」")
    return checker.scope.rows(programme.subject, checker.catalogue.tables[status.table], tree.place)


def _amount(checker: Checker, tree: Call, table: str) -> Node:
    _arity(tree, 1, 2, "请写 金额(项目) 或 金额(项目, 行)")
    programme = _named(checker, tree.arguments[0])
    climb = _subject(checker, tree, programme, table)
    known = [line.id for line in programme.amounts]
    if not known:
        raise DataError(tree.place, f"「{programme.id}」没有金额", "请给该项目写「金额」，或删去这里")
    lines = tuple(range(len(known)))
    if len(tree.arguments) == 2:
        word = _word(tree.arguments[1])
        if word not in known:
            place = tree.arguments[1].place
            raise DataError(
                place, f"「{programme.id}」没有金额行「{word}」", did_you_mean(word, known) or f"有：{'、'.join(known)}"
            )
        lines = (known.index(word),)
    chosen = [programme.amounts[line] for line in lines]
    if len({(line.unit, line.period) for line in chosen}) > 1:
        advice = f"请写明哪一行，例如 金额({programme.id}, {known[0]})"
        raise DataError(tree.place, f"「{programme.id}」的几行金额单位或周期不同，不能相加", advice)
    kind = MONEY if chosen[0].unit == "元" else NUMBER
    return ProgrammeRead(
        type=kind, place=tree.place, text=tree.text, what="金额", programme=programme.id, climb=climb, lines=lines
    )


def _named(checker: Checker, tree: Written) -> Programme:
    word = _word(tree)
    if word in checker.catalogue.stopped:
        raise DataError(tree.place, f"项目「{word}」已停用，这里还用到它", "请先改这一处，或保留该项目")
    if word not in checker.catalogue.programmes:
        known = checker.catalogue.programmes
        raise DataError(tree.place, f"没有这个项目「{word}」", did_you_mean(word, known))
    return checker.catalogue.programmes[word]


def _word(tree: Written) -> str:
    if isinstance(tree, Name):
        return tree.word
    if isinstance(tree, Literal):
        return tree.text
    raise DataError(tree.place, "这里应是名称", "例如 资格(项目名)")


_BUILTINS = {
    "取大": _extreme, "取小": _extreme, "如果": _choose, "四舍五入": _round, "周岁": _elapsed, "满月数": _elapsed,
    "今日": _today, "资格": _programme, "在享": _programme, "身份": _programme, "金额": _amount,
}  # fmt: skip
