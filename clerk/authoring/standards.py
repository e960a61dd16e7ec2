"""Change the dated values of a standard's tree: a new value ends the one running; what has begun is not edited silently."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

from clerk.errors import UserCanFix
from forms.canonical import Tree, ordered
from forms.literals import read_date
from forms.places import DataError, Place
from forms.reading import Located

VALUES, SINCE, UNTIL = "值", "自", "止"


def with_value(tree: Tree, value: Tree) -> Tree:
    """The tree with one more dated value, in order of dates; the value running on its first day ends the day before.

    A value that begins before an existing later one ends before that, unless it says its own end. Raises `UserCanFix`
    without a readable first day, or when a value begins on that day already.
    """
    since = day_of(value.get(SINCE))
    if since is None:
        raise UserCanFix("请写新数额从哪一天起，例如 2027-01-01")
    values = [dict(one) for one in _values(tree)]
    if any(day_of(one.get(SINCE)) == since for one in values):
        raise UserCanFix(f"从{since.isoformat()}起已经有一个数额，请直接改那一个")
    added = {key: said for key, said in copy.deepcopy(value).items() if said not in ("", None)}
    added[SINCE] = since.isoformat()
    for one in values:
        begin, end = day_of(one.get(SINCE)), day_of(one.get(UNTIL))
        if begin and begin < since and (end is None or end >= since):
            one[UNTIL] = (since - timedelta(days=1)).isoformat()
    later = [begin for one in values if (begin := day_of(one.get(SINCE))) and begin > since]
    if later and UNTIL not in added:
        added[UNTIL] = (min(later) - timedelta(days=1)).isoformat()
    return _with(tree, sorted([*values, added], key=lambda one: day_of(one.get(SINCE)) or date.max))


def with_end(tree: Tree, since: str, until: str) -> Tree:
    """The tree with the last day of one value set; an empty `until` leaves it open. Raises `UserCanFix`."""
    last, begin = day_of(until), day_of(since)
    if until and last is None:
        raise UserCanFix(f"「{until}」不是日期，例如 2026-12-31")
    if last and begin and last < begin:
        raise UserCanFix(f"截止日期{last.isoformat()}早于起始日期{begin.isoformat()}，请核对")
    values = [dict(one) for one in _values(tree)]
    chosen = [one for one in values if same_day(one.get(SINCE), since)]
    if not chosen:
        raise UserCanFix(f"没有从{since}起的数额")
    for one in chosen:
        one.pop(UNTIL, None)
        one.update({UNTIL: last.isoformat()} if last else {})
    return _with(tree, values)


def without_value(tree: Tree, since: str) -> Tree:
    """The tree without the value that begins on a day; nothing else moves. Raises `UserCanFix` when there is none."""
    kept = [one for one in _values(tree) if not same_day(one.get(SINCE), since)]
    if len(kept) == len(_values(tree)):
        raise UserCanFix(f"没有从{since}起的数额")
    return _with(tree, kept)


def in_force(tree: Tree, on: date) -> tuple[str, ...]:
    """The first days of the values that have begun on a day, as written: those are not edited without a reason."""
    return tuple(one[SINCE] for one in _values(tree) if (begin := day_of(one.get(SINCE))) and begin <= on)


def corrected(before: Tree, after: Tree, on: date) -> tuple[str, ...]:
    """The first days of values whose past is changed: edited or taken out after they began, cut short, or backdated.

    An end set for `on` or later changes no past, nor does a value that begins on `on`.
    """
    was, now = ({day_of(one.get(SINCE)): one for one in _values(tree)} for tree in (before, after))
    found = [begin for begin, one in was.items() if begin and begin <= on and _rewritten(one, now.get(begin), on)]
    found += [begin for begin in now if begin and begin < on and begin not in was]
    return tuple(sorted({begin.isoformat() for begin in found}))


def same_day(one: object, other: object) -> bool:
    """True when two written days are the same day, or the same words when they are none."""
    left, right = day_of(one), day_of(other)
    return left == right if left and right else one == other


def day_of(written: object) -> date | None:
    """A written day as the loader reads it; None when it is none."""
    if not isinstance(written, str):
        return None
    try:
        return read_date(Located(written, Place("", 1, 1)))
    except DataError:
        return None


def _rewritten(was: Tree, now: Tree | None, on: date) -> bool:
    if now is None:
        return True
    if {key: said for key, said in was.items() if key != UNTIL} != {
        key: said for key, said in now.items() if key != UNTIL
    }:
        return True
    ends = [day_of(one.get(UNTIL)) or date.max for one in (was, now)]
    return ends[0] != ends[1] and min(ends) < on - timedelta(days=1)


def _values(tree: Tree) -> list[Tree]:
    return [one for one in tree.get(VALUES) or [] if isinstance(one, dict)]


def _with(tree: Tree, values: list[Any]) -> Tree:
    return ordered({**copy.deepcopy(tree), VALUES: values})
