"""本月变动: what changed in a standing roster since the last closed period, for those who keep the base list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from clerk.errors import UserCanFix
from clerk.fanout import CHANGED, NEW
from clerk.records import LEFT
from clerk.rosters import Cell, RosterColumn, RosterTable
from clerk.wording import money
from forms.schema import Kind

_KEYS = frozenset({Kind.ID, Kind.DISABILITY_CARD})
_WHAT, _HOW = "变动", "变动内容"
Row = tuple[Cell, ...]


def delta_of(before: RosterTable, now: RosterTable) -> RosterTable:
    """The rows that came (新增), changed (变更, with what) or left (退出, as they stood), under the roster's own headings.

    Rows that say the same are passed over; of the others those with the same numbers of persons belong together, the
    most alike first. Where a version hides the numbers nothing is matched by guess: the old row left, the new one came.
    Raises `UserCanFix` when the roster has other columns than the one that was closed.
    """
    if [column.heading for column in before.columns] != [column.heading for column in now.columns]:
        raise UserCanFix(f"「{now.name}」的列与上次结账时不同，不能只报变动，请报全表")
    columns = (RosterColumn(_WHAT, Kind.TEXT), *map(_uncounted, now.columns), RosterColumn(_HOW, Kind.TEXT))
    rows = tuple(_changes(before, now))
    counts = "、".join(f"{word}{sum(row[0] == word for row in rows)}行" for word in (NEW, CHANGED, LEFT))
    return RosterTable(
        id=now.id,
        name=f"{now.name}变动",
        department=now.department,
        span=now.span,
        columns=columns,
        rows=rows,
        totals=(),
        households=now.households,
        people=now.people,
        notes=(f"与{before.span.words}相比：{counts}；户数、人数为本期全部",),
        signers=now.signers,
        level=now.level,
        paper=now.paper,
    )


def _uncounted(column: RosterColumn) -> RosterColumn:
    """Rows that came and rows that left are not added to each other."""
    return replace(column, total=False, main=False)


def _changes(before: RosterTable, now: RosterTable) -> Iterator[Row]:
    """First what came, then what changed, then what left, each in the roster's order."""
    old, new = _without(before.rows, now.rows), _without(now.rows, before.rows)
    pairs = _pairs(old, new, [at for at, column in enumerate(now.columns) if column.kind in _KEYS])
    taken = {mine for mine, _ in pairs}
    yield from ((NEW, *row, "") for at, row in enumerate(new) if at not in {theirs for _, theirs in pairs})
    for mine, theirs in sorted(pairs, key=lambda pair: pair[1]):
        yield CHANGED, *new[theirs], "；".join(_said(now.columns, old[mine], new[theirs]))
    yield from ((LEFT, *row, "") for at, row in enumerate(old) if at not in taken)


def _without(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """The rows that do not stand among the others; one that stands twice here and once there remains once."""
    left = dict[Row, int]()
    for row in others:
        left[row] = left.get(row, 0) + 1
    kept = []
    for row in rows:
        if left.get(row, 0):
            left[row] -= 1
        else:
            kept.append(row)
    return kept


def _pairs(old: Sequence[Row], new: Sequence[Row], keys: Sequence[int]) -> list[tuple[int, int]]:
    """Which old row became which new one: same numbers, the most equal cells first."""
    by_key = dict[Row, list[int]]()
    for at, row in enumerate(old):
        key = tuple(row[place] for place in keys)
        if any(key):
            by_key.setdefault(key, []).append(at)
    near = sorted(
        (-sum(mine == theirs for mine, theirs in zip(old[was], row, strict=True)), at, was)
        for at, row in enumerate(new)
        for was in by_key.get(tuple(row[place] for place in keys), ())
    )
    pairs = dict[int, int]()
    for _, at, was in near:
        if at not in pairs and was not in pairs.values():
            pairs[at] = was
    return [(was, at) for at, was in pairs.items()]


def _said(columns: Sequence[RosterColumn], old: Row, new: Row) -> Iterator[str]:
    for column, was, now in zip(columns, old, new, strict=True):
        if was != now:
            yield f"{column.heading}：{_words(was, column.kind)}→{_words(now, column.kind)}"


def _words(cell: Cell, kind: Kind) -> str:
    if cell is None or cell == "":
        return "空"
    if kind is Kind.MONEY and isinstance(cell, int):
        return money(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:7] if kind is Kind.MONTH else cell.isoformat()
    return str(cell)
