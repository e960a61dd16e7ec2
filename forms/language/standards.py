"""Resolve a standard at its place of use: the value in force, and which answers choose its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.language.syntax import Name
from forms.language.tree import Node, StandardRead
from forms.language.types import Type
from forms.places import DataError, Place
from forms.policy import Standard, StandardValue
from forms.schema import Kind, Value

if TYPE_CHECKING:
    from forms.language.checker import Checker


def read(checker: Checker, standard: Standard, tree: Name, table: str) -> Node:
    """The standard as read from rows of `table`; its 按 names are looked up there.

    Raises DataError when a 按 name is not visible from `table`, or a row of the standard is not one of its options.
    """
    index = tuple(_index(checker, standard, word, tree.place, table) for word in standard.by)
    cells = {id(value): _cells(checker, value, index, standard) for value in standard.values}
    value = standard.on(checker.on)
    kind = Type(standard.kind, standard.codes)
    return StandardRead(
        type=kind,
        place=tree.place,
        text=tree.text,
        standard=standard,
        value=value,
        index=index,
        cells=cells[id(value)] if value else {},
    )


def _cells(
    checker: Checker, value: StandardValue, index: tuple[Node, ...], standard: Standard
) -> dict[tuple[Value, ...], Value]:
    cells: dict[tuple[Value, ...], Value] = {}
    for words, cell in value.values.items():
        if len(words) != len(index):
            raise DataError(value.place, f"「{standard.id}」的值应分 {len(index)} 层", "请对照「按」")
        pairs = zip(index, words, strict=True)
        cells[tuple(_key(checker, node, word, value.place) for node, word in pairs)] = cell
    return cells


def _index(checker: Checker, standard: Standard, word: str, place: Place, table: str) -> Node:
    if checker.scope.find(table, word) is None:
        fault = checker.scope.unknown(table, word, place)
        raise DataError(place, f"「{standard.id}」按「{word}」取值，{table}这里看不到它", fault.advice)
    node = checker.name(Name(place=place, text=word, word=word), table)
    if node.type.kind not in (Kind.OPTION, Kind.FLAG):
        raise DataError(standard.place, f"「{standard.id}」所按的「{word}」应是选项或是否，实际是{node.type.unit}")
    return node


def _key(checker: Checker, node: Node, word: str, place: Place) -> Value:
    if node.type.kind is Kind.FLAG:
        if word not in ("是", "否"):
            raise DataError(place, f"「{word}」应写「是」或「否」")
        return word == "是"
    codes = checker.scope.codes_of(node.type.codes, word)
    if len(codes) != 1:
        raise checker.scope.no_option(node.type.codes, word, place)
    return next(iter(codes))
