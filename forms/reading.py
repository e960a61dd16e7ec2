"""Read YAML as located text: every scalar a string, every fault with file, line and column.

`yaml.compose` is used instead of `yaml.load`, so that nothing is typed behind our back (no implicit `no`,
date or octal) and each value still knows where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

from forms.places import DataError as DataError
from forms.places import DataErrors as DataErrors
from forms.places import Lines, place_in
from forms.places import Place as Place
from forms.places import did_you_mean as did_you_mean
from forms.yaml_faults import explain

T = TypeVar("T")
_QUOTES = ("'", '"')


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes and never asks what type a scalar looks like: our own schema says."""

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        """No tag."""
        return ""


@dataclass(frozen=True, slots=True)
class Located:
    """A scalar as written, with the place of its first character; `lines` when it runs over more than one line."""

    text: str
    place: Place
    lines: Lines = ()

    def at(self, offset: int) -> Place:
        """Where the character `offset` of the text stands."""
        return place_in(self.place, self.lines, offset)

    def fail(self, message: str, advice: str = "") -> DataError:
        """A fault about this scalar, to be raised by whoever finds it."""
        return DataError(self.place, message, advice)


class Entry:
    """One YAML mapping being read: keys are taken by name, and `close` refuses what was not taken."""

    def __init__(self, node: yaml.MappingNode, file: str, source: Sequence[str] = ()) -> None:
        self.place = _place(node, file)
        self._file, self._source = file, source
        self._nodes: dict[str, tuple[Place, yaml.Node]] = {}
        self._taken: set[str] = set()
        self._twice: list[DataError] = []
        for key, value in node.value:
            where = _place(key, file)
            if not isinstance(key, yaml.ScalarNode):
                raise DataError(where, "键应是文字")
            if key.value in self._nodes:
                self._twice.append(DataError(where, f"「{key.value}」写了两次", "请删去一处"))
            self._nodes[key.value] = (where, value)

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def keys(self) -> tuple[str, ...]:
        """Every key as written, in order."""
        return tuple(self._nodes)

    def place_of(self, key: str) -> Place:
        """Where `key` is written; the mapping itself when it is absent."""
        return self._nodes[key][0] if key in self._nodes else self.place

    def found(self, key: str) -> Located | None:
        """The scalar under `key`, or None when the key is absent or its value empty (`~`)."""
        node = self._take(key)
        if node is None or is_null(node):
            return None
        if not isinstance(node, yaml.ScalarNode):
            raise DataError(_place(node, self._file), f"「{key}」应是一个值，不是列表或分组")
        return self._located(node)

    def need(self, key: str) -> Located:
        """The scalar under `key`; its absence is a fault."""
        found = self.found(key)
        if found is None:
            raise DataError(self.place_of(key), f"缺少「{key}」", self._near(key))
        return found

    def text(self, key: str, default: str = "") -> str:
        """The words under `key`, or `default`."""
        found = self.found(key)
        return found.text if found else default

    def convert(self, key: str, convert: Callable[[Located], T], default: T) -> T:
        """The scalar under `key` through `convert`, or `default` when absent."""
        found = self.found(key)
        return convert(found) if found else default

    def flag(self, key: str, default: bool = False) -> bool:
        """是 or 否 under `key`."""
        return self.convert(key, read_flag, default)

    def integer(self, key: str, default: int = 0) -> int:
        """A whole number under `key`."""
        return self.convert(key, read_integer, default)

    def texts(self, key: str) -> tuple[Located, ...]:
        """A list of scalars under `key`; one bare scalar counts as a list of one."""
        node = self._take(key)
        if node is None or is_null(node):
            return ()
        if isinstance(node, yaml.ScalarNode):
            return (self._located(node),)
        return tuple(self._located(item) for item in _scalars(node, key, self._file))

    def entry(self, key: str) -> Entry | None:
        """The mapping under `key`, or None."""
        node = self._take(key)
        if node is None or is_null(node):
            return None
        return _mapping(node, key, self._file, self._source)

    def entries(self, key: str) -> tuple[Entry, ...]:
        """The list of mappings under `key`; absent means none."""
        node = self._take(key)
        if node is None or is_null(node):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            raise DataError(_place(node, self._file), f"「{key}」应是列表，每项以「- 」开头")
        return tuple(_mapping(item, key, self._file, self._source) for item in node.value)

    def mixed(self, key: str) -> tuple[Located | Entry, ...]:
        """A list under `key` whose items may be scalars or mappings; absent means none."""
        node = self._take(key)
        if node is None or is_null(node):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            raise DataError(_place(node, self._file), f"「{key}」应是列表，每项以「- 」开头")
        return tuple(
            self._located(item) if isinstance(item, yaml.ScalarNode) else _mapping(item, key, self._file, self._source)
            for item in node.value
        )

    def node(self, key: str) -> yaml.Node | None:
        """The raw node under `key`, for the few shapes that may be scalar or mapping."""
        return self._take(key)

    def close(self) -> None:
        """Refuse a key written twice, and every key that nobody asked for."""
        if self._twice:
            raise self._twice[0]
        for key, (place, node) in self._nodes.items():
            if key not in self._taken and is_null(node):
                raise DataError(place, f"这里断开了：「{key}」没有值", "前面的值里有逗号时，请给整个值加引号")
            if key not in self._taken:
                advice = did_you_mean(key, self._taken) or f"这里可用：{'、'.join(sorted(self._taken))}"
                raise DataError(place, f"不认识的键「{key}」", advice)

    def _take(self, key: str) -> yaml.Node | None:
        self._taken.add(key)
        return self._nodes[key][1] if key in self._nodes else None

    def _located(self, node: yaml.ScalarNode) -> Located:
        return located(node, self._file, self._source)

    def _near(self, key: str) -> str:
        return did_you_mean(key, [known for known in self._nodes if known not in self._taken])


def read_documents(path: Path, name: str) -> Iterator[Entry]:
    """Each YAML document of a file as an Entry; `name` is how errors call the file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(name) from error
    yield from entries_of(text, name)


def entries_of(text: str, name: str) -> Iterator[Entry]:
    """Each YAML document of a text as an Entry; `name` is how errors call it."""
    source = text.split("\n")
    for node in nodes_of(text, name):
        yield _mapping(node, "文件", name, source)


def nodes_of(text: str, name: str) -> Iterator[yaml.Node]:
    """Each YAML document of a text that is not empty, as the parser's own located nodes."""
    try:
        for node in yaml.compose_all(text, Loader=_Loader):
            if not is_null(node):
                yield node
    except yaml.MarkedYAMLError as error:
        raise explain(error, name) from error
    except yaml.YAMLError as error:
        raise _unreadable(name) from error


def is_quoted(node: yaml.ScalarNode) -> bool:
    """True when a scalar is written in quotes, so that its text begins one column later."""
    return node.style in _QUOTES


def is_null(node: yaml.Node) -> bool:
    """True for a value left empty, or written `~`."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null")


def _unreadable(name: str) -> DataError:
    return DataError(Place(name, 1, 1), "文件不是 UTF-8 编码的 YAML 文本", "请用 UTF-8 重新保存")


def read_flag(found: Located) -> bool:
    """是 → True, 否 → False."""
    if found.text not in ("是", "否"):
        raise found.fail(f"「{found.text}」应写「是」或「否」")
    return found.text == "是"


def read_integer(found: Located) -> int:
    """A whole number in plain digits."""
    try:
        return int(found.text)
    except ValueError:
        raise found.fail(f"「{found.text}」应是整数") from None


def as_entry(node: yaml.Node, file: str, key: str = "") -> Entry:
    """A raw node as an Entry."""
    return _mapping(node, key, file)


def located(node: yaml.ScalarNode, file: str, source: Sequence[str] = ()) -> Located:
    """A raw scalar node as a Located; the place is that of its first character, inside any quotes."""
    place = _place(node, file)
    if is_quoted(node):
        place = place.moved(1)
    if node.start_mark.line == node.end_mark.line or not source:
        return Located(node.value, place)
    lines = _lines(node, file, source)
    return Located(node.value, lines[0][1] if lines else place, lines)


def _lines(node: yaml.ScalarNode, file: str, source: Sequence[str]) -> Lines:
    """The source lines of a multi-line scalar, found again in its folded text."""
    start, end, found, offset = node.start_mark, node.end_mark, [], 0
    for number in range(start.line, min(end.line + 1, len(source))):
        column = start.column + (node.style in _QUOTES) if number == start.line else 0
        line = source[number][: end.column if number == end.line else None][column:]
        words = line.strip().removesuffix(node.style or " ")
        at = node.value.find(words, offset)
        if words and at >= 0:
            found.append((at, Place(file, number + 1, column + len(line) - len(line.lstrip()) + 1)))
            offset = at + len(words)
    return tuple(found)


def _mapping(node: yaml.Node, key: str, file: str, source: Sequence[str] = ()) -> Entry:
    if not isinstance(node, yaml.MappingNode):
        raise DataError(_place(node, file), f"「{key}」应是「名称: 值」的分组")
    return Entry(node, file, source)


def _scalars(node: yaml.Node, key: str, file: str) -> list[yaml.ScalarNode]:
    if not isinstance(node, yaml.SequenceNode):
        raise DataError(_place(node, file), f"「{key}」应是列表")
    for item in node.value:
        if not isinstance(item, yaml.ScalarNode):
            raise DataError(_place(item, file), f"「{key}」的每一项应是一个值")
    return list(node.value)


def _place(node: yaml.Node, file: str) -> Place:
    return Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
