"""Figures of the store: opening, keeping a case, finding among 100,000 people, and edit to durable."""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path

from clerk.entry import Entry
from clerk.store import DraftJournal, Saved, Store, open_store
from tests.bench.figures import Figure, percentile
from tests.bench.people import load_people, searches
from tests.clerk.store.made import a_household, file_case


def keeping_figures(people: int = 100_000, runs: int = 2000) -> list[Figure]:
    """Measured on a store in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store")
        known = load_people(store, people)
        store.close()
        start = time.perf_counter()
        store = open_store(Path(folder) / "store")
        opened = time.perf_counter() - start
        found = [_find(store, text) for text in searches(known, runs)]
        kept = [_keep(store) for _ in range(100)]
        durable = _edits(store, 300)
        store.close()
    return [
        Figure("open a store of 100,000 people", _ms(opened)),
        Figure(f"find among {people:,} people, p50 / p99", f"{_ms(percentile(found, 0.5))} / {_ms(percentile(found, 0.99))}", aim="p99 ≤ 10 ms"),
        Figure("keep a case (5 members, 6 applications), p50 / p99", f"{_ms(percentile(kept, 0.5))} / {_ms(percentile(kept, 0.99))}", aim="≤ 30 ms"),
        Figure("one edit until it is on the disk, p50 / p99", f"{_ms(percentile(durable, 0.5))} / {_ms(percentile(durable, 0.99))}"),
    ]


def _find(store: Store, text: str) -> float:
    start = time.perf_counter()
    with store.reading() as view:
        view.find(text)
    return time.perf_counter() - start


def _keep(store: Store) -> float:
    believed = a_household("甲某", "乙某", "丙某", "丁某", "戊某")
    start = time.perf_counter()
    with store.work() as work:
        file_case(work, believed, applications=6)
    return time.perf_counter() - start


def _edits(store: Store, count: int) -> list[float]:
    acknowledged = threading.Event()

    def saved(_: Saved) -> None:
        acknowledged.set()

    journal, took = DraftJournal(store, saved), []
    for number in range(count):
        acknowledged.clear()
        start = time.perf_counter()
        journal.put("bench", Entry("成员", "m0", "姓名", str(number)))
        acknowledged.wait(10)
        took.append(time.perf_counter() - start)
    journal.close()
    return took


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
