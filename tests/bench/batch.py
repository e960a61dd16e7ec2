"""Screening a whole store: households a CPU second by packed columns, by reading rows one by one, by the live evaluator."""

from __future__ import annotations

import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from clerk.document import to_document, to_text
from clerk.packed import layout_of, pack
from clerk.radar import CHUNK, READ, radar
from clerk.radar_scan import columns_of
from clerk.store import Store, open_store
from clerk.store.tables import household, household_revision
from forms.language import Evaluator, Plan, compile_catalogue
from forms.language.columns import Batch
from forms.loader import DEMO, NATIONAL, load
from tests.bench.figures import Figure
from tests.forms.language.families import Families

SINCE, UNTIL = date(2026, 3, 31), date(2026, 4, 1)
_KINDS = 2_000
"""Different households; a larger store repeats them under other ids."""


def figures(households: int = 100_000) -> list[Figure]:
    """Measured in an encrypted store in a temporary folder; pass 1_000_000 for the large one."""
    catalogue = load([NATIONAL, DEMO])
    before, after = compile_catalogue(catalogue, SINCE), compile_catalogue(catalogue, UNTIL)
    with _a_store(after, households) as store:
        idle = _peak()
        packed, peak = _by_columns(store, after), _peak()
        rows, alone = _rows_one_by_one(store), _live(store, after)
        start = time.process_time()
        with store.reading() as view:
            made = radar(view, before, after)
        both = time.process_time() - start
    rate = households / packed
    found = sum(made.totals.values())
    return [
        Figure(f"screen {households:,} households by {len(after.programmes)} programmes from the store", f"{rate:,.0f}/s", f"{packed:.2f} s"),
        Figure("reading their documents one by one, no rule judged", f"{rows:,.0f}/s", f"screening is {rate / rows:.0f} times"),
        Figure("the live evaluator, from documents", f"{alone:,.0f}/s", f"screening is {rate / alone:.0f} times"),
        Figure("radar: two days, lists and reminders", f"{households / both:,.0f}/s", f"{both:.1f} s, {found:,} findings"),
        Figure("peak memory of screening", f"{peak} MiB", f"{idle} MiB before"),
    ]


@contextmanager
def _a_store(plan: Plan, households: int) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store")
        _fill(store, plan, households)
        try:
            yield store
        finally:
            store.close()


def _fill(store: Store, plan: Plan, households: int) -> None:
    families, dice, layout = Families(plan), random.Random(1), layout_of(plan)
    homes = [families.one(dice, (0, 0.1)[place % 2]) for place in range(_KINDS)]
    texts = [to_text(to_document(home)) for home in homes]
    records = [pack(home, layout) for home in homes]
    at = store.now().isoformat(timespec="milliseconds")
    for start in range(0, households, 20_000):
        places = range(start, min(start + 20_000, households))
        kept = [{"id": f"{i:036d}", "revision": 1, "row_version": 1, "changed": at, "packed": records[i % _KINDS]} for i in places]
        told = [
            {"household": f"{i:036d}", "revision": 1, "document": texts[i % _KINDS], "kept": at, "frozen": False} for i in places
        ]
        with store.work() as work:
            work.connection.execute(insert(household), kept)
            work.connection.execute(insert(household_revision), told)


def _by_columns(store: Store, plan: Plan) -> float:
    """CPU seconds for every verdict of every household, from the store's own records."""
    layout = layout_of(plan)
    start = time.process_time()
    with store.reading() as view:
        for records in view.packed(READ):
            for place in range(0, len(records), CHUNK):
                batch = Batch(plan, columns_of([record for _, record in records[place : place + CHUNK] if record], layout))
                for name in plan.programmes:
                    batch.verdict(name)
    return time.process_time() - start


def _rows_one_by_one(store: Store, count: int = 20_000) -> float:
    """Households a CPU second when each document is only read and parsed."""
    start = time.process_time()
    with store.reading() as view:
        rows: Any = view.connection.execute(select(household_revision.c.document).limit(count))
        read = sum(bool(json.loads(row[0])) for row in rows)
    return read / (time.process_time() - start)


def _live(store: Store, plan: Plan, count: int = 1_000) -> float:
    """Households a CPU second by the live evaluator."""
    start = time.process_time()
    with store.reading() as view:
        ids = [row[0] for row in view.connection.execute(select(household.c.id).limit(count))]
        for one in ids:
            found = view.household(one, plan.catalogue)
            if found is not None:
                Evaluator(plan, found[1]).verdicts()
    return len(ids) / (time.process_time() - start)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
