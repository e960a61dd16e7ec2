"""One cell of a drawing as a cell of the grid: words, value, comb, ticks, paragraph, and what it is signed with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from printing.drawn.marks import marked, signing
from printing.drawn.names import Names
from printing.drawn.problems import Problem
from printing.drawn.sheet import Box

_KIND = re.compile(r"^\{(?P<value>[^{}]*?)\s+(?:(?P<align>左|中|右)\s+)?(?P<kind>格|选|段)(?:\s+(?P<more>[^{}]*))?\}$")
_SLOT = re.compile(r"\{[^{}]*\}")
_UNSAFE = re.compile(r"[|\n]|(?::\d+|\^\d+|\s竖)$")
_COMB = re.compile(r"\s格\s+(\d+)\}")
_OVER = re.compile(r"\s选\s+于\s+([^\s{}]+)")
_ALIGNED = re.compile(r"\s(左|中|右)\}")
_LEFT = ("选", "段")
_SENTENCES = 40
"""From so many characters on, words with a full stop are a printed paragraph."""


@dataclass(frozen=True, slots=True)
class Content:
    """A cell as the grid writes it (a text in short, or a mapping), and what is wrong with it."""

    item: str | dict[str, Any]
    problems: tuple[Problem, ...] = ()


def content(box: Box, table: str, names: Names, usual: float) -> Content:
    """The grid's cell for a box whose placeholders are read at rows of `table`; `usual` is the paper's size of type."""
    said = marked(box.text)
    over, comb = _OVER.search(said.text), _COMB.search(said.text)
    meant = names.meant(_COMB.sub(" 格}", said.text), over[1] if over else table, box.address)
    cell = _kind(meant.text, "段" if "段" in said.marks else "标签" if "标签" in said.marks else "")
    if comb:
        cell["格数"] = comb[1]
    align = "左" if next(iter(cell), "标签") in _LEFT else "中"
    extra: dict[str, Any] = {}
    if box.align and box.align != align and cell:
        extra["齐"] = box.align
    if abs(box.size - usual) > 0.05 and meant.text:
        extra["字号"] = f"{min(42.0, max(6.0, box.size)):g}"
    extra |= signing(said.marks)
    if box.upright:
        extra["竖"] = "是"
    if "底线" in said.marks:
        extra["底线"] = "是"
    short = _short(cell)
    if not extra and short is not None:
        return Content(f"{short}:{box.width}" + (f"^{box.depth}" if box.depth > 1 else ""), meant.problems)
    if aligned := _ALIGNED.search(meant.text):
        extra.setdefault("齐", aligned[1])
    size = {"宽": str(box.width)} | ({"行数": str(box.depth)} if box.depth > 1 else {})
    return Content({**cell, **size, **extra}, meant.problems)


def _kind(text: str, forced: str) -> dict[str, Any]:
    """What a cell's words are, as keys of the grid."""
    if not text:
        return {}
    found = _KIND.match(text)
    if found is None:
        long = len(text) >= _SENTENCES and "。" in text and not _SLOT.fullmatch(text)
        words = "段" if forced == "段" or (long and not forced) else "标签" if not _SLOT.search(text) else "值"
        return {words: text}
    more = (found["more"] or "").split()
    cell: dict[str, Any] = {found["kind"]: f"{{{found['value']}}}"}
    if found["kind"] == "选" and more[:1] == ["于"] and len(more) > 1:
        cell["于"], more = more[1], more[2:]
        cell |= {"选项": more} if more else {}
    elif found["kind"] == "选" and more:
        cell["选项"] = more
    return cell | ({"齐": found["align"]} if found["align"] else {})


def _short(cell: dict[str, Any]) -> str | None:
    """A cell as words alone; None when its keys or its words need more than that."""
    if not cell:
        return ""
    kind, text = next(iter(cell.items()))
    if _UNSAFE.search(text) or text != text.strip():
        return None
    if kind in ("标签", "值") and len(cell) == 1:
        return str(text)
    if kind == "段" and _SLOT.fullmatch(text) and len(cell) == 1:
        return f"{text[:-1]} 段}}"
    if kind == "格" and len(cell) == 1:
        return f"{text[:-1]} 格}}"
    if kind == "选" and cell.keys() <= {"选", "选项"}:
        return " ".join([f"{text[:-1]} 选", *cell.get("选项", [])]) + "}"
    return f"{text[:-1]} 选 于 {cell['于']}}}" if kind == "选" and cell.keys() == {"选", "于"} else None
