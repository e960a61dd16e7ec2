"""Many households' packets on two warm processes, from the store to PDFs, with progress; and how soon a stop stops."""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from functools import partial
from pathlib import Path

from clerk.service import Plans, apply_file, screen_file
from clerk.settings import Office
from clerk.store import open_store
from forms.loader import DEMO, NATIONAL, load
from printing.batch import Batch
from printing.process import Helper
from tests.bench.figures import Figure
from tests.bench.stored_packet import TODAY
from ui.jobs import Source, make_packet
from ui.workspace import Where

_WORKERS = 2
_CASES = ("C02", "C04", "C07", "C08", "C10", "C31")
"""Worked households with 22 to 30 pages each, 25 on average; a longer list goes round them."""


def figures(households: int = 100) -> list[Figure]:
    """Whole packets of stored cases, each from the encrypted store to its PDF; pass 1_000 for the long run."""
    with tempfile.TemporaryDirectory() as folder:
        source = Source(Where(Path(folder)), (NATIONAL, DEMO), TODAY)
        numbers = _filed(source)
        with Helper(Path(folder) / "cache", _WORKERS) as helper:
            list(
                Batch(helper, partial(_one, source), numbers[: _WORKERS * 2])
            )  # what a desk has after its first packets
            keys = list(itertools.islice(itertools.cycle(numbers), households))
            before = _usage(helper)
            start = time.perf_counter()
            made = [one.result or 0 for one in Batch(helper, partial(_one, source), keys)]
            wall, after = time.perf_counter() - start, _usage(helper)
            soon = _stop(helper, source, keys)
    pages, cpu = sum(made), after[0] - before[0]
    return [
        Figure(
            f"{households:,} households, {pages:,} pages, {_WORKERS} processes",
            f"{pages / wall:.0f} pages/s",
            f"{wall:.0f} s by the clock",
        ),
        Figure(
            "  a page, from the stored case, warm",
            f"{cpu / pages * 1000:.1f} ms CPU",
            f"{pages / households:.0f} pages a household",
            "<= 2.5 ms",
        ),
        Figure("  most memory of one process", f"{after[1]:.0f} MB", f"{before[1]:.0f} MB before"),
        Figure("  stop asked for until all is accounted for", f"{soon:.2f} s"),
    ]


def _filed(source: Source) -> list[str]:
    plans, store = Plans(load([NATIONAL, DEMO])), open_store(source.where.store)
    office = Office("示例镇社会救助窗口", "990101001", "练习员")
    numbers = []
    for name in _CASES:
        done = screen_file(DEMO / "cases" / f"{name}.yaml", plans, TODAY)
        numbers.append(apply_file(done, ["all"], store=store, plans=plans, office=office).case_number)
    store.close()
    return numbers


def _one(source: Source, number: str) -> int:
    """Make a packet in the helper; how many pages. The PDF stays there: what is measured is making."""
    return sum(one.pages for one in make_packet(source, number).contents)


def _stop(helper: Helper, source: Source, keys: list[str]) -> float:
    batch = Batch(helper, partial(_one, source), keys)
    start = 0.0
    for made in batch:
        if made.place == 5:
            batch.stop()
            start = time.perf_counter()
    return time.perf_counter() - start


def _usage(helper: Helper) -> tuple[float, float]:
    """CPU seconds of all workers so far, and the most memory one of them held, in MB."""
    found = {}
    while len(found) < _WORKERS:
        process, cpu, memory = helper.submit(_mine).result()
        found[process] = (cpu, memory)
    return sum(cpu for cpu, _ in found.values()), max(memory for _, memory in found.values())


def _mine() -> tuple[int, float, float]:
    """Asked twice at a time, so each of two idle workers answers."""
    from tests.bench.stored_packet import _peak

    time.sleep(0.05)
    return os.getpid(), time.process_time(), _peak()
