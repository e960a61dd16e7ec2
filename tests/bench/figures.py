"""How a benchmark says a figure: beside its peer, with the aim, in one table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured line: what, how much, against what, and what was hoped for."""

    what: str
    value: str
    peer: str = ""
    aim: str = ""


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def cpu_of(action: Callable[[], object], runs: int = 5) -> float:
    """Median CPU seconds of one call."""
    spent = []
    for _ in range(runs):
        start = time.process_time()
        action()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def show(figures: Sequence[Figure]) -> None:
    """Print the table, aligned for a fixed-width face."""
    rows = [("figure", "measured", "peer", "aim"), *((f.what, f.value, f.peer, f.aim) for f in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
