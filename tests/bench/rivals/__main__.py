"""`python3 dev.py bench papers`: the same pages made by the press and by every rival, in turns, in one run.

Each rival works in a process of its own and is asked in turns, so that a busy machine is busy for all of them. Times
are CPU seconds (a rival's children counted in), medians of the rounds; the first answer is kept apart as its cold start.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

RIVALS = {
    "the press": "printing.draw:draw",
    "ReportLab canvas, stock": "tests.bench.peers:stock_canvas",
    "ReportLab platypus": "tests.bench.peers:platypus_tables",
    "Skia": "tests.bench.rivals.by_skia:make",
    "Typst": "tests.bench.rivals.by_typst:make",
    "fpdf2": "tests.bench.rivals.by_fpdf2:make",
    "WeasyPrint": "tests.bench.rivals.by_weasyprint:make",
    "docxtpl + LibreOffice": "tests.bench.rivals.by_word:make",
}
_PAGES, _ROUNDS = 25, 5


@dataclass
class Seen:
    """What one rival took: CPU seconds to its first PDF, then per one-page document and per packet; sizes; memory."""

    name: str
    first: float = 0.0
    singles: list[float] = field(default_factory=list)
    packets: list[float] = field(default_factory=list)
    small: int = 0
    large: int = 0
    peak: float = 0.0
    right: bool | None = None

    @property
    def rate(self) -> float:
        """Pages per CPU second in packets."""
        return _PAGES / statistics.median(self.packets)


class Worker:
    """A rival's process."""

    def __init__(self, name: str, way: str) -> None:
        self.seen = Seen(name)
        command = [sys.executable, "-m", "tests.bench.rivals.worker", way]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, pages: int, household: int) -> dict[str, float]:
        """One document. Raises EOFError when the rival broke down."""
        assert self.process.stdin
        assert self.process.stdout
        print(pages, household, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise EOFError(self.seen.name)
        answer: dict[str, float] = json.loads(line)
        return answer

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *fault: object) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(60)


def main() -> int:
    """Measure all, and say who could not be measured and why."""
    with ExitStack() as stack:
        workers = []
        for name, way in RIVALS.items():
            if "LibreOffice" in name and not shutil.which("soffice"):
                print(f"{name}: not measured, there is no LibreOffice here", file=sys.stderr)
                continue
            workers.append(stack.enter_context(Worker(name, way)))
        seen = measure(workers)
    show(seen)
    return 0


def measure(workers: Sequence[Worker]) -> list[Seen]:
    """Cold start one after another, then the rounds in turns."""
    going = []
    for worker in workers:
        try:
            answer = worker.ask(1, 10)
        except EOFError:
            print(f"{worker.seen.name}: broke down at its first page", file=sys.stderr)
            continue
        worker.seen.first, worker.seen.small = answer["started"], int(answer["bytes"])
        worker.seen.right = bool(answer["right"])
        worker.ask(_PAGES, 1)
        going.append(worker)
    for number in range(_ROUNDS):
        print(f"round {number + 1} of {_ROUNDS} …", file=sys.stderr, flush=True)
        for worker in going:
            worker.seen.singles.append(worker.ask(1, 11 + number)["cpu"])
            answer = worker.ask(_PAGES, 21 + number)
            worker.seen.packets.append(answer["cpu"])
            worker.seen.large, worker.seen.peak = int(answer["bytes"]), answer["peak"]
    return [worker.seen for worker in going]


def show(seen: Sequence[Seen]) -> None:
    """One line a rival, the press first; ratios are to the press."""
    heads = ("", "pages/s", "press is", "one page", "first PDF", "KB 1 / 25 pages", "peak MB", "beyond BMP")
    rows = [heads]
    for one in seen:
        rows.append(
            (
                one.name,
                f"{one.rate:.0f}",
                f"{seen[0].rate / one.rate:.1f}x",
                f"{statistics.median(one.singles) * 1000:.0f} ms",
                f"{one.first:.2f} s",
                f"{one.small / 1024:.0f} / {one.large / 1024:.0f}",
                f"{one.peak:.0f}",
                "right" if one.right else "WRONG",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(f"CPU seconds, medians of {_ROUNDS} rounds in turns; {os.cpu_count()} cores.")
    print(
        "Aims: the press at least 5x stock canvas and 3x the best rival; <= 2.5 ms a packet page, <= 12 ms one page, <= 60 MB."
    )


if __name__ == "__main__":
    raise SystemExit(main())
