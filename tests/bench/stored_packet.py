"""A real packet from the stored case to PDF: first in a fresh process and warm, beside the same pages by its peers."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from clerk.service import Plans, apply_file, case_files, screen_file
from clerk.settings import Office
from clerk.store import open_store
from forms.loader import DEMO, NATIONAL, load
from printing.draw import draw
from printing.packet import laid_out, packet
from tests.bench.figures import Figure
from tests.bench.peers import platypus_tables, stock_canvas

TODAY = date(2026, 9, 1)
_ROUNDS = 7


def figures() -> list[Figure]:
    """The packet of the busiest worked household; peers draw the very pages that our layout decided."""
    with tempfile.TemporaryDirectory() as folder:
        number = _filed(Path(folder) / "store")
        fresh = _fresh(folder, number)
        plans = Plans(load([NATIONAL, DEMO]))
        store = open_store(Path(folder) / "store")
        warm, pages, papers = [], [], 0
        for _ in range(_ROUNDS):
            start = time.process_time()
            with store.reading() as view:
                case = case_files(view, [number], plans, TODAY)[0]
            papers = len(packet(case).contents)
            warm.append(time.process_time() - start)
        pages = laid_out(case)[0]
        store.close()
    drawn = {maker: _median(maker, pages) for maker in (draw, stock_canvas, platypus_tables)}
    ours, stock, platypus = drawn[draw], drawn[stock_canvas], drawn[platypus_tables]
    count = len(pages)
    return [
        Figure(f"stored case to PDF, {papers} papers, {count} pages: fresh process", f"{fresh['seconds']:.2f} s CPU", f"of which catalogue and rules {fresh['loading']:.2f} s"),
        Figure("  the same, warm", f"{statistics.median(warm) * 1000:.0f} ms CPU", f"{statistics.median(warm) / count * 1000:.1f} ms a page"),
        Figure("  peak memory of the fresh process", f"{fresh['memory']:.0f} MB"),
        Figure("  drawing those pages", f"{count / ours:.0f} pages/s", f"stock canvas {count / stock:.0f}, platypus {count / platypus:.0f}"),
        Figure("  times stock canvas", f"{stock / ours:.1f}x", "1x", ">= 5x"),
    ]


def _filed(folder: Path) -> str:
    plans, store = Plans(load([NATIONAL, DEMO])), open_store(folder)
    done = screen_file(DEMO / "cases" / "C30.yaml", plans, TODAY)
    record = apply_file(done, "all", store=store, plans=plans, office=Office("示例镇社会救助窗口", "990101001", "练习员"))
    store.close()
    return record.case_number


def _fresh(folder: str, number: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.stored_packet", folder, number]
    return dict(json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout))


def _median(maker: object, pages: list) -> float:  # type: ignore[type-arg]
    spent = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        maker(pages, "990101-2026-00001")  # type: ignore[operator]
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def main(folder: str, number: str) -> None:
    """Print this packet in this process, and say what it took."""
    start = time.process_time()
    plans = Plans(load([NATIONAL, DEMO]))
    plans.on(TODAY)
    loading = time.process_time() - start
    store = open_store(Path(folder) / "store")
    with store.reading() as view:
        case = case_files(view, [number], plans, TODAY)[0]
    assert packet(case).pdf.startswith(b"%PDF")
    store.close()
    print(json.dumps({"seconds": time.process_time() - start, "loading": loading, "memory": _peak()}))


def _peak() -> float:
    """The most memory this program held, in MB; getrusage would also count the parent that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
