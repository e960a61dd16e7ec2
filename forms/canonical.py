"""Write data files in one canonical form, and find again in it what a fault's place means to an editor.

A document travels as a plain tree: keys and scalars exactly as they are written (all text), lists and mappings. Writing
it twice gives the same bytes. Comment lines are kept, all of them above the document they stand in: the tree has no
room for a place between two lines. Multi-line texts become one line, quotes stand only where the reader needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from forms.places import DataError, Place
from forms.reading import is_null, is_quoted, nodes_of

Tree = dict[str, Any]
"""A mapping as written: text, lists and mappings of text; None is a value left empty."""

Key = tuple[str | int, ...]
"""Where something stands in a tree: keys, and places in lists counted from 0."""

_SOURCE = ("名称", "文号", "条", "标记")
_PERIOD = ("自", "止")
_ROOTS: Mapping[str, tuple[str, ...]] = {
    "标准": ("标准", "类型", "代码表", "按", "说明", "值"),
    "项目": (
        *("项目", "覆盖", "停用", "编号", "名称", "对象", "类别", "部门", "受理", "次序", "生效", "认定", "不动点"),
        *(
            "转介",
            "户内",
            "依据",
            "条件",
            "人工",
            "金额",
            "材料",
            "时限",
            "文书",
            "审批",
            "公示",
            "复核月数",
            "有效月数",
        ),
    ),
}
_INNER: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("值",): (*_PERIOD, "文件", "值"),
    ("值", "文件"): _SOURCE,
    ("生效",): _PERIOD,
    ("依据",): _SOURCE,
    ("条件",): ("编号", "新增", "说法", "要求", "依据", "地方", "不符时"),
    ("条件", "依据"): _SOURCE,
    ("金额",): ("名称", "算式", "周期", "单位", "说明", "依据"),
    ("金额", "依据"): _SOURCE,
    ("材料",): ("名称", "方式", "仅当"),
    ("时限",): ("环节", "天数", "日", "起算", "延长至"),
}
"""The order of keys, by the keys that lead to a mapping; a key that is not listed keeps its place after these."""

_LONGEST, _WORD = 100, 20
_FIRST = set("-?:,[]{}#&*!|>'\"%@`")
_INSIDE = re.compile(r"[,\[\]{}]|:(?=\s|$)|\s#|^\s|\s$|^$|^(?:~|null)$")
_ODD = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a data file: its tree, and the comment lines that stood in it (without the sign)."""

    tree: Tree
    notes: tuple[str, ...] = ()


def read(text: str, name: str) -> tuple[Document, ...]:
    """The documents of a file's text. Raises `DataError` for what is no YAML, no mapping, or says a key twice."""
    trees = []
    for node in nodes_of(text, name):
        if not isinstance(node, yaml.MappingNode):
            raise DataError(_place(node, name), "「文件」应是「名称: 值」的分组")
        trees.append(_mapping(node, name))
    notes = _notes(text, len(trees))
    return tuple(Document(tree, found) for tree, found in zip(trees, notes, strict=True))


def write(documents: Iterable[Document]) -> str:
    """The canonical text of some documents, in the order given."""
    return "---\n".join(_written(document) for document in documents)


def ordered(tree: Tree) -> Tree:
    """The same tree with its keys in canonical order."""
    return {key: _sorted_inside(tree[key], (key,)) for key in _order(tree, ())}


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at a place: which document (from 0), which key of its tree, which column of that text (from 1; 0: all)."""

    document: int
    key: Key
    column: int


class Spots:
    """Finds what stands at a line and column of a text that `write` wrote."""

    def __init__(self, text: str, name: str) -> None:
        self._found = [
            (*_span(node), Spot(number, key, column))
            for number, root in enumerate(nodes_of(text, name))
            for node, key, column in _walk(root, ())
        ]

    def at(self, place: Place) -> Spot | None:
        """The innermost thing at a place; None when nothing stands there."""
        where, best, spot = (place.line, place.column), (0, 0), None
        for start, end, found in self._found:
            if best <= start <= where <= end:
                best, spot = start, found
        if spot is None or not spot.column:
            return spot
        return Spot(spot.document, spot.key, max(1, place.column - best[1] + 1))


def _walk(node: yaml.Node, key: Key) -> Iterator[tuple[yaml.Node, Key, int]]:
    """Every node after the one it stands in, with its key; column 1 marks a text, 0 anything else."""
    yield node, key, int(isinstance(node, yaml.ScalarNode))
    if isinstance(node, yaml.MappingNode):
        for word, value in node.value:
            yield word, (*key, word.value), 0
            yield from _walk(value, (*key, word.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _walk(item, (*key, number))


def _span(node: yaml.Node) -> tuple[tuple[int, int], tuple[int, int]]:
    inside = int(isinstance(node, yaml.ScalarNode) and is_quoted(node))
    start, end = node.start_mark, node.end_mark
    return (start.line + 1, start.column + 1 + inside), (end.line + 1, end.column + 1)


def _mapping(node: yaml.MappingNode, name: str) -> Tree:
    tree: Tree = {}
    for word, value in node.value:
        if not isinstance(word, yaml.ScalarNode):
            raise DataError(_place(word, name), "键应是文字")
        if word.value in tree:
            raise DataError(_place(word, name), f"「{word.value}」写了两次", "请删去一处")
        tree[word.value] = _plain(value, name)
    return tree


def _plain(node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, name)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, name) for item in node.value]
    return None if is_null(node) else node.value


def _place(node: yaml.Node, name: str) -> Place:
    return Place(name, node.start_mark.line + 1, node.start_mark.column + 1)


def _notes(text: str, documents: int) -> list[tuple[str, ...]]:
    """The comment lines of each document: what stands between the tokens of a text."""
    lines = text.split("\n")
    found: list[list[str]] = [[]]
    filled, last = False, (0, 0)
    for token in yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        start, end = token.start_mark, token.end_mark
        found[-1] += _comments(lines, last, (start.line, start.column))
        if isinstance(token, yaml.DocumentStartToken) and filled:
            found.append([])
            filled = False
        filled |= isinstance(token, yaml.ScalarToken)
        last = end.line, end.column
    found[-1] += _comments(lines, last, (len(lines), 0))
    whole = [tuple(each) for each in found[:documents]]
    rest = tuple(note for each in found[documents:] for note in each)
    return [*whole[:-1], whole[-1] + rest] if whole else []


def _comments(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> Iterator[str]:
    for number in range(start[0], min(end[0] + 1, len(lines))):
        left = start[1] if number == start[0] else 0
        between = lines[number][left : end[1] if number == end[0] else None]
        if between.strip().startswith("#"):
            yield between.strip()[1:].strip()


def _written(document: Document) -> str:
    said = "".join(f"# {note}".rstrip() + "\n" for note in document.notes)
    return said + "".join(_entries(ordered(document.tree), ""))


def _entries(tree: Tree, indent: str) -> Iterator[str]:
    """The lines of a block mapping; a list of mappings or sentences stands an item a line, one of words in one line."""
    for key, value in tree.items():
        if isinstance(value, list) and any(isinstance(item, dict) or len(item or "") > _WORD for item in value):
            yield f"{indent}{_scalar(key)}:\n"
            for item in value:
                yield from _item(item, f"{indent}  ")
        else:
            yield f"{indent}{_scalar(key)}: {_flow(value)}\n"


def _item(item: Any, indent: str) -> Iterator[str]:
    line = f"{indent}- {_flow(item)}\n"
    if len(line) <= _LONGEST or not isinstance(item, dict):
        yield line
        return
    first, *rest = _entries(item, f"{indent}  ")
    yield f"{indent}- {first.lstrip(' ')}"
    yield from rest


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return "~" if value is None else _scalar(value)


def _scalar(text: str) -> str:
    """A text as the reader needs it: bare, in the quotes it does not hold itself, or escaped when it cannot stand as it is."""
    if _ODD.search(text):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return '"' + _ODD.sub(lambda found: f"\\U{ord(found[0]):08X}", escaped) + '"'
    if text[:1] not in _FIRST and not _INSIDE.search(text):
        return text
    if "'" in text and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _sorted_inside(value: Any, way: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [_sorted_inside(item, way) for item in value]
    if isinstance(value, dict):
        return {key: _sorted_inside(value[key], (*way, key)) for key in _order(value, way)}
    return value


def _order(tree: Tree, way: tuple[str, ...]) -> list[str]:
    known = _INNER.get(way, ())
    if not way:
        known = next((keys for word, keys in _ROOTS.items() if word in tree), ())
    return [key for key in known if key in tree] + [key for key in tree if key not in known]
