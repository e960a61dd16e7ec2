"""Make packed records anew from the documents: after a change of the catalogue's questions, or for older stores."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from clerk.packed import STAMP, layout_of, pack
from forms.language.plan import Plan

if TYPE_CHECKING:
    from clerk.store import Store

_AT_ONCE = 2_000
"""Households in one unit of work, so that a clerk at another window never waits long."""


def repack(store: Store, plan: Plan, progress: Callable[[str], None] = lambda words: None) -> int:
    """Rebuild every record that this catalogue's layout did not write; how many were looked at again."""
    layout = layout_of(plan)
    with store.reading() as view:
        foreign = [
            household_id
            for records in view.packed(100_000)
            for household_id, record in records
            if record is None or record[:STAMP] != layout.stamp
        ]
    waiting = iter(foreign)
    done = 0
    while some := list(islice(waiting, _AT_ONCE)):
        with store.work() as work:
            kept = [(one, work.household(one, plan.catalogue)) for one in some]
            work.repack((one, pack(found[1], layout)) for one, found in kept if found is not None)
        done += len(some)
        progress(f"正在整理批量核查用的资料：{done}/{len(foreign)}户")
    return len(foreign)
