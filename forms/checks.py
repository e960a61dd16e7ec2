"""Checks that need everything to be read: names that must exist, groups of a relation, names that clash."""

from __future__ import annotations

import re
from collections.abc import Iterable

from forms.board import Board, Reference
from forms.reading import DataError, Located, Place, did_you_mean
from forms.schema import ROOT, Field, Kind

KEYWORDS = frozenset({"且", "或", "非", "在", "不在", "包含", "是", "否", "今日"})
"""Words of the rule language that no field, definition or standard may be called."""

_NAME = re.compile(r"[^\W\d][\w·]*")


def check_references(board: Board) -> None:
    """Note every dangling or clashing name on the board."""
    fields = {(field.table, field.id): field for section in board.sections.values() for field in section.fields}
    known = _Known(board, fields)
    for reference in board.references if not board.unread else ():
        known.check(reference)
    for table, by, group in board.groups:
        known.check_group(table, by, group)
    for table, by, word in board.words:
        known.check_word(table, by, word)
    _check_sections(board)
    _check_names(board, fields.values())
    _check_settled(board)


class _Known:
    """What may be named, by kind."""

    def __init__(self, board: Board, fields: dict[tuple[str, str], Field]) -> None:
        self._board, self._fields = board, fields
        names = {field.id for field in fields.values()} | {name for _, name in board.definitions}
        self._names: dict[str, Iterable[str]] = {
            "表": {ROOT, *board.tables},
            "项目": {*board.programmes, *board.stopped},
            "标准": board.standards,
            "花名册": board.rosters,
            "名称": names | set(board.standards) | set(board.relations),
        }

    def check(self, reference: Reference) -> None:
        """Note a name that nothing bears."""
        found, table = reference.found, reference.table
        words = self._words(reference.kind, table)
        if found.text not in words and not self._written(reference):
            self._board.lost |= reference.kind in ("表", "字段", "名称")
            whose = f"表「{table}」" if table else ""
            self._board.errors.append(
                found.fail(f"{whose}没有{reference.kind}「{found.text}」", did_you_mean(found.text, words))
            )

    def check_group(self, table: str, by: str, found: Located) -> None:
        """Note a group of a relation that no option of the field `by` belongs to."""
        field = self._fields.get((table, by))
        if field is None or field.codes not in self._board.codes:
            return
        groups = {option.group for option in self._board.codes[field.codes].options if option.group}
        if found.text not in groups:
            message = f"代码表「{field.codes}」没有类「{found.text}」"
            self._board.errors.append(found.fail(message, did_you_mean(found.text, groups)))

    def check_word(self, table: str, by: str, found: Located) -> None:
        """Note a word that is neither an option of the field `by` nor one of their groups."""
        field = self._fields.get((table, by))
        if field is None or field.codes not in self._board.codes:
            return
        options = self._board.codes[field.codes].options
        words = {option.label for option in options} | {option.group for option in options if option.group}
        if found.text not in words:
            message = f"代码表「{field.codes}」没有名或类「{found.text}」"
            self._board.errors.append(found.fail(message, did_you_mean(found.text, words)))

    def _written(self, reference: Reference) -> bool:
        """True when the name is written somewhere but was lost by a fault of its own: one complaint is enough."""
        if reference.kind == "名称":
            return any(
                self._board.claimed("字段", reference.found.text, table) for table in (ROOT, *self._board.tables)
            )
        if reference.kind == "文书":
            return reference.found.text in self._board.written
        return self._board.claimed(reference.kind, reference.found.text, reference.table)

    def _words(self, kind: str, table: str) -> Iterable[str]:
        if kind == "字段":
            return [name for owner, name in self._fields if owner == table]
        if kind == "日期字段":
            dated = (field for field in self._fields.values() if field.table == table and field.kind is Kind.DATE)
            return [field.id for field in dated]
        return self._board.papers if kind == "文书" else self._names[kind]


def _check_sections(board: Board) -> None:
    """A field stands in one section only."""
    seen: dict[str, tuple[str, Place]] = {}
    for section in board.sections.values():
        for field in section.fields:
            other, place = seen.setdefault(field.key, (section.id, field.place))
            if other != section.id:
                advice = f"另一处在 {place}，请删去一处"
                board.errors.append(DataError(field.place, f"字段「{field.key}」已在节「{other}」", advice))


def _check_names(board: Board, fields: Iterable[Field]) -> None:
    """Names must be readable in a rule, and mean one thing."""
    known = {(field.table, field.id): field.place for field in fields}
    for (_, name), place in known.items():
        _check_name(board, "字段", name, place)
    for key, definition in board.definitions.items():
        place = definition.expression.place
        _check_name(board, "定义", key[1], place)
        if key in known:
            board.errors.append(DataError(place, f"定义「{key[1]}」与字段同名", f"字段在 {known[key]}，请换一个名称"))
    for standard in board.standards.values():
        _check_name(board, "标准", standard.id, standard.place)


def _check_name(board: Board, what: str, name: str, place: Place) -> None:
    if name in KEYWORDS:
        board.errors.append(DataError(place, f"{what}不能叫「{name}」", "它是规则里的关键字，请换一个名称"))
    elif _NAME.fullmatch(name) is None:
        advice = "名称只用汉字、字母、数字、「_」「·」，且不以数字开头"
        board.errors.append(DataError(place, f"{what}名「{name}」在规则里读不出来", advice))


def _check_settled(board: Board) -> None:
    """Programmes told apart by number and by name."""
    seen: dict[str, Place] = {}
    for programme in board.programmes.values():
        for word, what in ((programme.number, "编号"), (programme.name, "名称")):
            first = seen.setdefault(f"{what}{word}", programme.place)
            if first != programme.place:
                board.errors.append(DataError(programme.place, f"{what}「{word}」已被占用", f"另一处在 {first}"))
