"""The marks `{…}` of a drawn sheet that are no values: what a row is, and what a cell is signed with.

Marks of a row may stand in any of its cells, best to the right of the frame; they are taken out of what is printed.
`printing.drawn.guide` says each of them in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

ROW = ("重复", "取", "逐", "仅当", "另页", "无线", "块头", "块", "表头", "弹", "高")
CELL = ("签", "章", "段", "标签", "底线", "码")
BEGINS = ("取", "逐", "仅当", "另页", "无线", "块")
"""Marks by which a new block of rows begins."""
_MARK = re.compile(r"\{(" + "|".join((*ROW, *CELL)) + r")(?:\s+([^{}]*))?\}")
_OPTION = re.compile(
    r"(?:^|\s)(?:(限|量词)(?=\s)|(至少|最多|每页|旁|弹)\s*(?=[\d不])|(补满|不补满|待定不印|全户|其余)(?=\s|$))"
)
_FINGER = re.compile(r"指印\s*(\d*)")
_DATED = "日期"
_USUAL_FINGER = "25"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says: its first words, and its options by name."""

    said: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marked:
    """The words of a cell without its marks, and the marks by name."""

    text: str
    marks: Mapping[str, Mark]


def marked(text: str) -> Marked:
    """The words and marks of a cell."""
    marks = {found[1]: _read(found[2] or "") for found in _MARK.finditer(text)}
    return Marked(_MARK.sub("", text).strip(" \n") if marks else text, marks)


def signing(marks: Mapping[str, Mark]) -> dict[str, object]:
    """What a cell is signed with, as keys of the grid: 签, 日期, 指印, 盖章."""
    found: dict[str, object] = {}
    if "签" in marks:
        said = marks["签"].said
        finger = _FINGER.search(said)
        words = _FINGER.sub(" ", said).split()
        parties = [word for word in words if word != _DATED]
        found |= {"签": parties} if parties else {}
        found |= {"日期": "是"} if _DATED in words else {}
        found |= {"指印": finger[1] or _USUAL_FINGER} if finger else {}
    if "章" in marks:
        found["盖章"] = marks["章"].said
    return found


def _read(text: str) -> Mark:
    ends = [*_OPTION.finditer(text)]
    said = text[: ends[0].start()] if ends else text
    options = {}
    for at, found in enumerate(ends):
        end = ends[at + 1].start() if at + 1 < len(ends) else len(text)
        options[found[1] or found[2] or found[3]] = text[found.end() : end].strip()
    return Mark(said.strip(), options)
