"""What a draft changes, in words: each standard, value, condition and list item with what it said and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from clerk.authoring.shapes import Ref, View, name_of
from clerk.authoring.standards import SINCE, UNTIL, VALUES, day_of
from forms.canonical import Tree
from forms.changes import Changed
from forms.policy import Source

_SOURCE = frozenset({"名称", "文号", "条", "标记"})
_STOPPED = "停用"
_OPEN = "未定"


def differences(
    before: Mapping[Ref, View], after: Mapping[Ref, View], why: Mapping[tuple[str, str], str]
) -> Iterator[tuple[Ref, Changed]]:
    """Every change between two states of the documents, in the order of the later one; `why` are noted corrections."""
    for ref in [*after, *(ref for ref in before if ref not in after)]:
        was, now = before.get(ref), after.get(ref)
        for where, old, new, day in _of_document(was, now):
            yield ref, Changed(f"{ref}{where}", old, new, why.get((ref.id, day), ""))


def say(value: Any) -> str:
    """A part of a tree in words: documents by their titles, lists and mappings told out."""
    if isinstance(value, dict):
        if value and value.keys() <= _SOURCE:
            return _source(value)
        return "，".join(f"{key} {say(item)}" for key, item in value.items())
    if isinstance(value, list):
        return (
            "；".join(map(say, value)) if any(isinstance(item, dict) for item in value) else "、".join(map(say, value))
        )
    return "" if value is None else str(value)


_Found = tuple[str, str, str, str]
"""Where, what it said, what it says, and the first day of a value."""


def _of_document(was: View | None, now: View | None) -> Iterator[_Found]:
    if was is None or now is None:
        yield "", say(was.tree) if was else "", say(now.tree) if now else "", ""
        return
    if was.stopped != now.stopped:
        yield "", *(("", _STOPPED) if now.stopped else (_STOPPED, "")), ""
    for key in dict.fromkeys([*was.tree, *now.tree]):
        old, new = was.tree.get(key), now.tree.get(key)
        if old == new:
            continue
        if key == VALUES:
            yield from _of_values(old or [], new or [])
        elif _named(old) or _named(new):
            yield from _of_items(key, old or [], new or [])
        else:
            yield f" {key}", say(old), say(new), ""


def _of_values(was: list[Tree], now: list[Tree]) -> Iterator[_Found]:
    days = {day_of(one.get(SINCE)): one for one in was}
    kept = {day_of(one.get(SINCE)): one for one in now}
    for day in sorted({*days, *kept}, key=lambda day: str(day or "")):
        old, new = days.get(day, {}), kept.get(day, {})
        where = f" {day.isoformat() if day else '日期不明'}起"
        if not old or not new:
            yield where, _value(old), _value(new), str(day)
            continue
        for key in dict.fromkeys([*old, *new]):
            if old.get(key) != new.get(key) and key != SINCE:
                blank = _OPEN if key == UNTIL else ""
                part = "" if key == VALUES else f"的{key}"
                yield f"{where}{part}", say(old.get(key)) or blank, say(new.get(key)) or blank, str(day)


def _of_items(key: str, was: list[Any], now: list[Any]) -> Iterator[_Found]:
    olds, news = _by_name(was), _by_name(now)
    for name in dict.fromkeys([*olds, *news]):
        for old, new in zip_longest(olds.get(name, []), news.get(name, [])):
            if old == new:
                continue
            where = f" {key}「{name}」"
            if isinstance(old, dict) and isinstance(new, dict):
                for part in dict.fromkeys([*old, *new]):
                    if old.get(part) != new.get(part):
                        yield f"{where}的{part}", say(old.get(part)), say(new.get(part)), ""
            else:
                yield where, say(old), say(new), ""


def _by_name(items: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in items:
        found.setdefault(name_of(item), []).append(item)
    return found


def _named(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _value(one: Tree) -> str:
    if not one:
        return ""
    end = f"，至{one[UNTIL]}" if one.get(UNTIL) else ""
    source = say(one.get("文件"))
    return say(one.get(VALUES)) + end + (f"（{source}）" if source else "")


def _source(tree: Tree) -> str:
    words = {key: str(said or "") for key, said in tree.items()}
    mark = words.get("标记") or "D"
    found = Source(words.get("名称", ""), words.get("条", ""), words.get("文号", ""), mark == "V", mark != "D")
    hidden = "" if found.verified else "".join(f" {words[key]}" for key in ("文号", "条") if words.get(key))
    return str(found) + hidden
