"""What a new edition's boxes cannot do: too small for what they take, missing, drawn twice.

A text too long for its box is never lost in print: it goes on on a 附页. Whoever draws the paper should know beforehand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from forms.cells import CellKind, Ordinal, Slot, Template
from forms.language.plan import Plan, compile_expression, names_used
from forms.language.types import Type
from forms.paper import Cell, Grid, Paper, cells
from forms.paper_walk import Role, walk
from forms.places import DataErrors
from forms.schema import ROOT, Expression, Field, Kind, Option
from printing.cells import Blank
from printing.drawn.boxes import PaperBox
from printing.drawn.compiling import Addresses
from printing.drawn.problems import Problem, warn
from printing.marks import POINTS_PER_MM
from printing.text import fit

_STEP = 3.4
"""The narrowest box of a comb in mm that a clerk can still read and write in."""
_HAN = "国"
_LETTERS = {Kind.NAME: 25, Kind.TEXT: 10, Kind.LONG: 60, Kind.REGION: 16, Kind.MEMBER: 4}
_DIGITS = {Kind.ID: 18, Kind.PHONE: 11, Kind.ACCOUNT: 19, Kind.DISABILITY_CARD: 20, Kind.INTEGER: 4}
_DAY = date(2026, 12, 31)
_WORDS = {
    Kind.MONEY: "999999.99",
    Kind.NUMBER: "9999.99",
    Kind.FLAG: "是",
    Kind.DATE: f"{_DAY.year}年{_DAY.month}月{_DAY.day}日",
    Kind.MONTH: f"{_DAY.year}年{_DAY.month}月",
}


def too_small(boxes: Iterable[PaperBox], plan: Plan, addresses: Addresses) -> Iterator[Problem]:
    """Every box that does not take the longest answer its fields may have."""
    for box in boxes:
        if box.blank is None or box.record:
            continue
        address = _address(box, addresses)
        name = box.name or box.said
        if box.kind == CellKind.COMB.value:
            yield from _comb(box, plan, address)
        elif box.blank.ticks:
            if _crowded(box.blank):
                yield warn(address, f"「{name}」的选项放不下", "请加宽或加高这一格")
        else:
            longest = longest_of(box.text, box.table, plan)
            room = box.blank.box
            if fit(longest, room.w, room.h, box.blank.style, "…").rest:
                size = f"{box.place.width:g}×{box.place.height:g} 毫米"
                yield warn(
                    address,
                    f"「{name}」的框太小（{size}），最长 {len(longest)} 个字放不下",
                    "请加宽或加高，否则会转到附页",
                )


def longest_of(text: Template, table: str, plan: Plan) -> str:
    """The longest words that a template may come to."""
    said = ""
    for part in text:
        if isinstance(part, str):
            said += part
        else:
            said += "10" if isinstance(part, Ordinal) else _longest(part.value, table, plan)
    return said


def missing(older: Paper, newer: Paper, plan: Plan, required: bool = True) -> Iterator[Problem]:
    """The fields that the older edition has a box for and the newer one has not; `required` ones are said to be so."""
    kept = {field.key for field in fields_of(newer, plan)}
    for field in fields_of(older, plan):
        if field.key not in kept:
            must = "（必填）" if field.required and required else ""
            yield warn(
                "",
                f"原版（{older.edition}）有{_named(field)}{must}，新版没有它的框",
                f"需要的话请加 {_placeholder(field)}",
            )


def unasked(paper: Paper, plan: Plan) -> Iterator[Problem]:
    """The required questions that the rules of the paper's programmes read and the paper has no box for."""
    kept = {field.key for field in fields_of(paper, plan)}
    for id_ in paper.programmes:
        programme = plan.programmes.get(id_)
        asked = programme.programme.conditions if programme else ()
        read: dict[str, Field] = {}
        for condition in asked:
            for field in _read(condition.expression, programme.programme.subject if programme else "", plan, deep=True):
                read.setdefault(field.key, field)
        for field in read.values():
            if field.required and field.key not in kept:
                what = f"{_named(field)}是「{id_}」要用的必填项，这份文书没有它的框"
                yield warn("", what, f"需要的话请加 {_placeholder(field)}")


def doubled(boxes: Sequence[PaperBox], addresses: Addresses) -> Iterator[Problem]:
    """Boxes that take the same answer from the same rows."""

    def key(box: PaperBox) -> tuple[object, ...]:
        return box.table, box.said, box.options, box.repeated

    first = [*{id(box.text): box for box in boxes if not box.record and box.values}.values()]
    counts = Counter(map(key, first))
    for box in first:
        if counts[key(box)] > 1:
            yield warn(_address(box, addresses), f"{box.said} 有 {counts[key(box)]} 个框", "请确认不是误写")


def strange_options(paper: Paper, plan: Plan, addresses: Addresses) -> Iterator[Problem]:
    """Words of a tick box that are no options of its question: nobody could ever tick them."""
    if not isinstance(paper.body, Grid):
        return
    for cell, home in cells(paper.body):
        part = cell.text[0] if cell.text else None
        if cell.kind is CellKind.TICKS and cell.options and isinstance(part, Slot):
            yield from _strange(
                cell, _options(_type(part.value, cell.over or home or paper.each, plan), plan), addresses
            )


def fields_of(paper: Paper, plan: Plan) -> tuple[Field, ...]:
    """The fields that a paper's boxes read, each once."""
    found: dict[str, Field] = {}
    for use in walk(paper):
        if use.role is not Role.CONDITION:
            for field in _read(use.expression, use.table, plan):
                found.setdefault(field.key, field)
    return tuple(found.values())


def _named(field: Field) -> str:
    return f"「{field.label}」" if field.table == ROOT else f"{field.table}的「{field.label}」"


def _placeholder(field: Field) -> str:
    return f"{{{field.id}}}" if field.table == ROOT else f"{{{field.table}.{field.id}}}"


def _read(expression: Expression, table: str, plan: Plan, *, deep: bool = False) -> tuple[Field, ...]:
    try:
        return names_used(compile_expression(expression, table, plan), plan, deep=deep)
    except DataErrors:
        return ()  # an edition of other days: what it named is gone


def _strange(cell: Cell, known: Sequence[Option], addresses: Addresses) -> Iterator[Problem]:
    labels = [option.label for option in known]
    named = [word for word in cell.options if word in labels]
    if not named and len(known) == len(cell.options) == 2:
        return
    for word in cell.options:
        if word not in labels:
            shown = "、".join(labels[:12]) + ("…" if len(labels) > 12 else "")
            yield warn(addresses.at(cell.place), f"没有选项「{word}」，印不出这个方框", f"可用：{shown}")


def _comb(box: PaperBox, plan: Plan, address: str) -> Iterator[Problem]:
    blank = box.blank
    if blank is None:
        return
    longest = len(longest_of(box.text, box.table, plan))
    if blank.boxes < longest:
        yield warn(address, f"「{box.name}」只有 {blank.boxes} 个小格，最长 {longest} 位", f"请写 {{… 格 {longest}}}")
    step = blank.box.w / POINTS_PER_MM / blank.boxes
    if step < _STEP:
        need = blank.boxes * _STEP + 2
        yield warn(address, f"「{box.name}」的小格只有 {step:.1f} 毫米宽", f"这一格至少要 {need:.0f} 毫米宽")


def _crowded(blank: Blank) -> bool:
    """Whether ticks leave their box or their lines stand on one another."""
    ticks = list((blank.ticks or {}).values())
    lines = sorted({round(tick.y, 2) for tick in ticks})
    pitch = min((high - low for low, high in pairwise(lines)), default=blank.box.h + 99)
    size = max(tick.size for tick in ticks)
    out = lines[0] < blank.box.y - size or lines[-1] + size > blank.box.top + size
    return out or pitch < size or max(tick.x for tick in ticks) + size > blank.box.right


def _longest(value: Expression, table: str, plan: Plan) -> str:
    found = _type(value, table, plan)
    kind, field = found.kind, found.field
    options = [option.label for option in _options(found, plan)]
    if options and kind in (Kind.OPTION, Kind.OPTIONS):
        longest = sorted(options, key=len)[-1]
        return longest if kind is Kind.OPTION else "、".join(sorted(options, key=len)[-2:])
    if kind in _WORDS:
        return _WORDS[kind]
    if kind in _DIGITS:
        return "8" * _DIGITS[kind]
    length = field.longest if field and field.longest and kind is not Kind.NAME else _LETTERS.get(kind or Kind.TEXT, 6)
    return _HAN * min(length, 60)


def _type(value: Expression, table: str, plan: Plan) -> Type:
    return compile_expression(value, table, plan).type


def _options(found: Type, plan: Plan) -> list[Option]:
    if found.kind is Kind.FLAG:
        return [Option("是", "是"), Option("否", "否")]
    return [option for option in plan.checker.scope.options(found.codes) if not option.retired]


def _address(box: PaperBox, addresses: Addresses) -> str:
    return next((addresses.at(value.place) for value in box.values), "")
