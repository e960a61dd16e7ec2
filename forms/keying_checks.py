"""Check keying lists when everything is read: values and filters, whether a way of writing fits, which words have codes."""

from __future__ import annotations

from collections.abc import Iterator

from forms.keying import CODE, CODED, FORMATS, KeyGroup, KeyingList, KeyLine
from forms.language.plan import Plan, compile_expression
from forms.language.types import FLAG, Type
from forms.places import DataError, DataErrors, did_you_mean
from forms.schema import Expression, Kind

_FLAG_WORDS = ("是", "否")


def check_keying(keying: KeyingList, plan: Plan) -> Iterator[DataError]:
    """Every fault of one list, at its place."""
    for group in keying.groups:
        if group.where:
            yield from _compiled(group.where, group, plan, FLAG)[1]
        for line in group.lines:
            found, faults = _compiled(line.value, group, plan)
            yield from faults
            if found:
                yield from _misfits(line, found, plan)


def _compiled(
    value: Expression, group: KeyGroup, plan: Plan, wanted: Type | None = None
) -> tuple[Type | None, tuple[DataError, ...]]:
    try:
        return compile_expression(value, group.table, plan, wanted).type, ()
    except DataErrors as faults:
        return None, faults.errors


def _misfits(line: KeyLine, found: Type, plan: Plan) -> Iterator[DataError]:
    place = line.value.place
    if line.form and found.kind not in FORMATS[line.form]:
        fitting = [form for form, kinds in FORMATS.items() if found.kind in kinds]
        advice = f"可用：{'、'.join(fitting)}" if fitting else "请删去「写法」"
        yield DataError(place, f"「{line.label}」是{found.kind.value}，没有「{line.form}」这种写法", advice)
    if line.codes and line.form == CODE:
        yield DataError(place, f"「{line.label}」又换码又写代码", "「写法: 代码」用本表的代码，换码用对方的，请留一个")
    if line.codes and found.kind not in CODED:
        yield DataError(place, f"「{line.label}」是{found.kind.value}，不能换码", "只有选项、多选、是否可以换码")
        return
    words = _FLAG_WORDS if found.kind is Kind.FLAG else _words(found, plan)
    for one in line.codes:
        if one.word not in words:
            yield DataError(one.place, f"「{line.label}」没有选项「{one.word}」", did_you_mean(one.word, words))


def _words(found: Type, plan: Plan) -> tuple[str, ...]:
    table = plan.catalogue.codes.get(found.codes)
    return tuple(option.label for option in table.options) if table else ()
