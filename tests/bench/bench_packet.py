"""How fast papers come out, beside stock ReportLab and platypus drawing the same pages in the same run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from printing import draw
from printing.marks import Page
from printing.sheet_rows import Format, Sheet, SheetColumn
from printing.workbook import workbook_bytes
from tests.bench.figures import Figure, cpu_of
from tests.bench.peers import a_packet, platypus_tables, stock_canvas

_PAGES = 25
_ROUNDS = 5
_COLD = (
    "import time; from printing import draw; from printing.marks import *;"
    "form = Form('f', tuple(Text(60, 800 - 9 * at, 9, HEI, chr(0x5200 + at) * 20) for at in range(80)));"
    "values = tuple(Text(60, 800 - 9 * at, 9, KAI, chr(0x6200 + at) * 20) for at in range(80));"
    "draw.draw([Page(*A4, form, values)], 'x'); print(time.process_time())"
)


def figures() -> list[Figure]:
    """Packets, single papers, the first paper of a fresh process, and a roster."""
    packets = [a_packet(_PAGES, household) for household in range(_ROUNDS)]
    draw.draw(packets[0], "warm")
    ours, stock, platypus = _interleaved(packets, (draw.draw, stock_canvas, platypus_tables))
    single = cpu_of(lambda: draw.draw(a_packet(1, 7), "single"))
    return [
        Figure("pages/s in packets of 25", f"{_PAGES / ours:.0f}", f"stock canvas {_PAGES / stock:.0f}", ""),
        Figure("  times stock canvas", f"{stock / ours:.1f}x", "1x", ">= 5x"),
        Figure("  times platypus tables", f"{platypus / ours:.1f}x", f"{_PAGES / platypus:.0f} pages/s", ""),
        Figure("one paper, warm", f"{single * 1000:.1f} ms CPU", "", "<= 12 ms"),
        Figure("first paper of a fresh process", f"{_cold():.2f} s CPU", "", "<= 0.4 s"),
        Figure("roster of 10,000 rows x 20", f"{cpu_of(_roster, 3):.2f} s CPU", "", "<= 1 s"),
    ]


def _interleaved(
    packets: Sequence[list[Page]], makers: Sequence[Callable[[list[Page], str], bytes]]
) -> tuple[float, ...]:
    """Median CPU seconds of each maker, taken in turns so that a busy machine is busy for all of them."""
    spent: list[list[float]] = [[] for _ in makers]
    for packet in packets:
        for maker, times in zip(makers, spent, strict=True):
            start = time.process_time()
            maker(packet, "990101-2026-000123")
            times.append(time.process_time() - start)
    return tuple(statistics.median(times) for times in spent)


def _cold() -> float:
    root = str(Path(draw.__file__).parents[1])
    command = [sys.executable, "-c", _COLD]
    runs = [
        subprocess.run(command, env={"PYTHONPATH": root, "PATH": ""}, capture_output=True, check=True) for _ in range(5)
    ]
    return statistics.median(float(run.stdout) for run in runs)


def _roster() -> None:
    columns = (SheetColumn("金额", Format.MONEY), *(SheetColumn(f"栏{at}", Format.TEXT) for at in range(19)))
    rows = [(number, *[f"990101198001{number:06d}"] * 19) for number in range(10_000)]
    workbook_bytes([Sheet("名单", "名单", "示例镇", date(2026, 9, 1), columns, rows)])
