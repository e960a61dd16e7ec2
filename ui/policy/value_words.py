"""The dated values of a standard's tree as rows of a table. Qt-free."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clerk.authoring.shapes import View


def value_rows(view: View, on: date) -> Iterator[tuple[tuple[str, ...], str]]:
    """Cells (自, 止, 值, 文件, 来自, 情况) of every value, with the colour of the last."""
    from clerk.authoring.differences import say
    from clerk.authoring.standards import day_of

    for number, value in enumerate(view.tree.get("值") or []):
        since, until = day_of(value.get("自")), day_of(value.get("止"))
        if since is None:
            state, tone = "日期不明", "bad"
        elif since > on:
            state, tone = "未到", "accent"
        elif until is not None and until < on:
            state, tone = "已过", "quiet"
        else:
            state, tone = "今天生效", "yes"
        origin = view.origin(("值", number))
        cells = (str(value.get("自") or ""), str(value.get("止") or "—"), _leaves(value.get("值")), say(value.get("文件")), f"{origin.layer} {origin.file.rpartition('/')[2]}", state)
        yield cells, tone


def _leaves(value: Any) -> str:
    if isinstance(value, dict):
        return "　".join(f"{key} {_leaves(one)}" if not isinstance(one, dict) else f"{key}（{_leaves(one)}）" for key, one in value.items())
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
