"""Read standards (标准): dated amounts, ratios, switches and sets, chosen by dimensions, each with its document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from forms.board import Board
from forms.literals import read_literal, read_options
from forms.load_common import one_of, read_period, read_source
from forms.policy import Standard, StandardValue
from forms.reading import DataError, Entry, did_you_mean
from forms.schema import CodeTable, Field, Kind, Value

_KINDS = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.FLAG, Kind.OPTIONS, Kind.OPTION, Kind.DATE)
_REST = "其余"
_Axes = list[CodeTable | None]


def read_standard(entry: Entry, board: Board) -> None:
    """One standard with all its dated values; it replaces one of an earlier layer whole.

    Where a dimension (按) is an option field, values stand under option codes and every option must have one;
    `其余` stands for all options not written. Other dimensions keep the words as written.
    """
    name = entry.need("标准")
    board.claim("标准", name)
    kind = Kind(entry.convert("类型", one_of([kind.value for kind in _KINDS], "类型"), Kind.MONEY.value))
    codes = _codes(entry, kind, board)
    by = entry.texts("按")
    reader = _Reader(kind, codes, [_axis(board.point("名称", found), board) for found in by])
    values: list[StandardValue] = []
    for item in entry.entries("值"):
        with board.catching():
            values.append(_read_value(item, board.layer, reader))
    words = tuple(found.text for found in by)
    note, table = entry.text("说明"), codes.id if codes else ""
    entry.close()
    _refuse_overlaps(values, board)
    board.standards[name.text] = Standard(name.text, kind, words, tuple(values), name.place, table, note)


class _Reader:
    """How the values of one standard are written: their kind, their code table, their dimensions."""

    def __init__(self, kind: Kind, codes: CodeTable | None, axes: _Axes) -> None:
        self.kind, self.codes, self.axes = kind, codes, axes

    def read(self, entry: Entry, key: str, axes: _Axes) -> dict[tuple[str, ...], Value]:
        """The values under `key`, one mapping deep for every axis left."""
        if not axes:
            return {(): self._leaf(entry, key)}
        inner = entry.entry(key)
        if inner is None:
            raise DataError(entry.place_of(key), f"「{key}」下面没有值", "每个选项写一个值")
        found: dict[tuple[str, ...], Value] = {}
        for codes, word in _choices(inner, axes[0]):
            rest = self.read(inner, word, axes[1:])
            found.update(((code, *more), value) for code in codes for more, value in rest.items())
        inner.close()
        return found

    def _leaf(self, entry: Entry, key: str) -> Value:
        if self.kind is Kind.OPTIONS and self.codes and key in entry:
            return read_options(entry.texts(key), self.codes)
        return read_literal(entry.need(key), self.kind, self.codes)


def _choices(entry: Entry, axis: CodeTable | None) -> Iterator[tuple[list[str], str]]:
    """Each key of a dimension with the codes it stands for; a missing option is a fault."""
    if axis is None:
        yield from (([word], word) for word in entry)
        return
    written = {word: _code(entry, word, axis) for word in entry if word != _REST}
    missing = [option for option in axis.options if option.code not in written.values() and not option.retired]
    for word, code in written.items():
        yield [code], word
    if _REST in entry:
        yield [option.code for option in missing], _REST
    elif missing:
        labels = "、".join(f"「{option.label}」" for option in missing)
        raise DataError(entry.place, f"缺少{labels}的值", f"代码表「{axis.id}」的每个选项都要有值，也可以用「{_REST}」")


def _code(entry: Entry, word: str, axis: CodeTable) -> str:
    code = axis.code(word)
    if code is None:
        labels = [option.label for option in axis.options]
        advice = did_you_mean(word, labels) or f"只有：{'、'.join(labels)}"
        raise DataError(entry.place_of(word), f"代码表「{axis.id}」没有选项「{word}」", advice)
    return code


def _read_value(entry: Entry, layer: str, reader: _Reader) -> StandardValue:
    period = read_period(entry)
    values = reader.read(entry, "值", reader.axes)
    source = read_source(entry, "文件")
    entry.close()
    return StandardValue(period, values, source, entry.place, layer)


def _codes(entry: Entry, kind: Kind, board: Board) -> CodeTable | None:
    found = entry.found("代码表")
    if found is None:
        if kind in (Kind.OPTION, Kind.OPTIONS):
            raise DataError(entry.place, f"类型是「{kind.value}」，缺少「代码表」")
        return None
    if found.text not in board.codes:
        raise found.fail(f"没有代码表「{found.text}」", did_you_mean(found.text, board.codes))
    return board.codes[found.text]


def _axis(name: str, board: Board) -> CodeTable | None:
    return axis(name, [field for section in board.sections.values() for field in section.fields], board.codes)


def axis(name: str, fields: Iterable[Field], codes: Mapping[str, CodeTable]) -> CodeTable | None:
    """The code table that chooses the rows of a dimension (按): the one all option fields of that name share, or None."""
    named = [field for field in fields if field.id == name]
    tables = {field.codes for field in named if field.kind is Kind.OPTION}
    return codes.get(tables.pop()) if len(tables) == 1 and all(field.codes for field in named) else None


def _refuse_overlaps(values: list[StandardValue], board: Board) -> None:
    for one, other in combinations(values, 2):
        if one.period.since in other.period or other.period.since in one.period:
            later = max(one, other, key=lambda value: value.place)
            first = min(one, other, key=lambda value: value.place)
            advice = f"与 {first.place} 的期间重叠，请给前一段写「止」"
            board.errors.append(DataError(later.place, f"从 {later.period.since} 起的值期间重叠", advice))
