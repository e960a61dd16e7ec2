"""Pieces that many kinds of data files share: expressions, sources, periods, closed lists of words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import yaml

from forms.literals import read_date
from forms.policy import Period, Source
from forms.reading import Entry, Located, did_you_mean
from forms.schema import Expression

T = TypeVar("T")
_MARKS = ("V", "K", "D")


def read_expression(found: Located) -> Expression:
    """A rule as written, with its place; it is parsed when everything is read."""
    if not found.text.strip():
        raise found.fail("这里应有一条算式")
    return Expression(found.text, found.place, found.lines)


def read_source(entry: Entry, key: str = "依据") -> Source:
    """The one source under `key`: `{名称, 文号, 条, 标记}` or plain words, which count as not verified."""
    if isinstance(entry.node(key), yaml.ScalarNode):
        return Source(entry.text(key), formal=False)
    found = entry.entry(key)
    return _source(found) if found else Source()


def read_sources(entry: Entry, key: str = "依据") -> tuple[Source, ...]:
    """A list of sources under `key`, or a single one."""
    if isinstance(entry.node(key), yaml.SequenceNode):
        return tuple(_source(item) for item in entry.entries(key))
    return (read_source(entry, key),) if key in entry else ()


def read_mark(entry: Entry) -> str:
    """标记 V → verified; K and D are shown as 待核, and so is no mark at all, which counts as D."""
    return entry.convert("标记", one_of(_MARKS, "标记"), "D")


def read_period(entry: Entry) -> Period:
    """自 (needed) and 止 (optional, included)."""
    since = read_date(entry.need("自"))
    until = entry.found("止")
    end = read_date(until) if until else None
    if until and end and end < since:
        raise until.fail(f"止期「{until.text}」早于起期 {since}", "请核对「自」和「止」")
    return Period(since, end)


def one_of(words: Iterable[str], what: str) -> Callable[[Located], str]:
    """A reader that takes only the given words."""
    known = tuple(words)

    def read(found: Located) -> str:
        if found.text not in known:
            raise found.fail(f"没有这种{what}「{found.text}」", did_you_mean(found.text, known) or f"可用：{'、'.join(known)}")
        return found.text

    return read


def _source(entry: Entry) -> Source:
    mark = read_mark(entry)
    source = Source(entry.text("名称"), entry.text("条"), entry.text("文号"), mark == "V", mark != "D")
    entry.close()
    return source
