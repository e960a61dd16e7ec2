"""What differs between two editions of a paper, box by box, in words; and what differs in their keys.

Boxes are the same when they take the same answer from the same rows. Boxes that only moved together are said together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from forms.paper import Paper
from printing.drawn.boxes import PaperBox, Place, boxes_of
from printing.drawn.keys import keys_of
from printing.values import Values

TOLERANCE = 0.6
"""Millimetres that nobody sees."""
_TOGETHER = 3
"""From so many boxes on, a common move is said once."""
_Move = tuple[int, int, float, float]


def compare(older: Paper, newer: Paper, values: Values) -> tuple[str, ...]:
    """The differences as sentences: keys first, then boxes added, gone, renamed, changed, resized, moved."""
    before, after = (_by_key(boxes_of(paper, values)) for paper in (older, newer))
    said = [*_keys(keys_of(older), keys_of(newer))]
    pairs: list[tuple[PaperBox, PaperBox]] = []
    for key in dict.fromkeys([*after, *before]):
        for was, now in zip_longest(before.get(key, ()), after.get(key, ())):
            if was is None:
                said.append(f"新增 {_name(now)}（{_where(now.place)}）")
            elif now is None:
                said.append(f"删去 {_name(was)}（原在{_where(was.place)}）")
            else:
                pairs.append((was, now))
    for was, now in pairs:
        said += _changed(was, now)
    return (*said, *_moved(pairs))


def _by_key(boxes: Iterable[PaperBox]) -> dict[tuple[object, ...], list[PaperBox]]:
    found: dict[tuple[object, ...], list[PaperBox]] = defaultdict(list)
    for box in boxes:
        if not box.record and box.values:
            found[box.table, box.repeated, tuple(value.text for value in box.values)].append(box)
    return found


def _keys(was: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys([*was, *now]):
        old, new = (_plain(tree.get(key)) for tree in (was, now))
        if old != new:
            yield f"{key}：{old} → {new}" if old and new else f"{key}：{'新写 ' + new if new else '不再写 ' + old}"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "，".join(f"{key} {words}" for key, words in value.items())
    return "、".join(value) if isinstance(value, list) else str(value or "")


def _changed(was: PaperBox, now: PaperBox) -> Iterator[str]:
    if was.name != now.name:
        yield f"改名 {now.said}：「{was.name}」→「{now.name}」"
    if was.said != now.said:
        yield f"改写 {_name(now)}：{was.said} → {now.said}"
    if was.kind != now.kind:
        yield f"改样 {_name(now)}：{was.kind} → {now.kind}"
    if was.options != now.options:
        yield f"选项 {_name(now)}：{len(was.options)} 个 → {len(now.options)} 个"
    old, new = was.place, now.place
    if max(abs(old.width - new.width), abs(old.height - new.height)) > TOLERANCE:
        size = f"{old.width:g}×{old.height:g} → {new.width:g}×{new.height:g} 毫米"
        larger = new.width * new.height > old.width * old.height
        yield f"{'变大' if larger else '变小'} {_name(now)}：{size}"


def _moved(pairs: Sequence[tuple[PaperBox, PaperBox]]) -> Iterator[str]:
    """Boxes that moved, those of one common move in one sentence."""
    moves: dict[_Move, list[tuple[PaperBox, PaperBox]]] = defaultdict(list)
    for was, now in pairs:
        across, down = now.place.left - was.place.left, now.place.top - was.place.top
        if was.place.page != now.place.page or max(abs(across), abs(down)) > TOLERANCE:
            moves[was.place.page, now.place.page, round(across * 2) / 2, round(down * 2) / 2].append((was, now))
    for (old, new, across, down), group in moves.items():
        how = f"第{old}页 → 第{new}页" if old != new else _way(across, down)
        if len(group) >= _TOGETHER:
            names = "、".join(_name(now) for _, now in group[:_TOGETHER])
            yield f"移动 {names}等 {len(group)} 个框：{how}"
        else:
            for was, now in group:
                yield f"移动 {_name(now)}：{_where(was.place)} → {_where(now.place)}"


def _way(across: float, down: float) -> str:
    words = []
    if abs(across) >= TOLERANCE:
        words.append(f"{'右' if across > 0 else '左'}移 {abs(across):g} 毫米")
    if abs(down) >= TOLERANCE:
        words.append(f"{'下' if down > 0 else '上'}移 {abs(down):g} 毫米")
    return "，".join(words)


def _name(box: PaperBox) -> str:
    return f"「{box.name}」{box.said}" if box.name and box.name not in box.said else box.said


def _where(place: Place) -> str:
    return f"第{place.page}页 左{place.left:g} 上{place.top:g}" if place.page else "函件正文"
