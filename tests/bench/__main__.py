"""`python3 dev.py bench`: every figure of this one run, beside its peer and its aim. Ratios travel, times do not."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tests.bench import (
    batch,
    batch_print,
    bench_packet,
    county_sheet,
    editing,
    exchange,
    keeping,
    questions,
    stored_packet,
    window,
)
from tests.bench.figures import Figure, show

BENCHES: dict[str, Callable[[], list[Figure]]] = {
    "window": window.figures,
    "editing": editing.figures,
    "questions": questions.figures,
    "press": bench_packet.figures,
    "packet": stored_packet.figures,
    "store": keeping.keeping_figures,
    "batch": batch.figures,
    "exchange": exchange.figures,
    "county_sheet": county_sheet.figures,
    "batch_print": batch_print.figures,
}
LARGE: dict[str, Callable[[], list[Figure]]] = {
    "million": lambda: batch.figures(1_000_000),
    "thousand_packets": lambda: batch_print.figures(1_000),
}
"""Run only when named: the store of a million takes some 5 GB and minutes to fill, a thousand packets take minutes too."""


def main(chosen: list[str]) -> int:
    """Run the named benches, or all; an unknown name is said with the known ones."""
    known = BENCHES | LARGE
    if unknown := set(chosen) - set(known):
        print(f"no bench called {', '.join(sorted(unknown))}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name, measure in known.items():
        if name in chosen or (not chosen and name in BENCHES):
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            figures += measure()
    show(figures)
    if not chosen:
        print("\nThe batch with a million households: python3 dev.py bench million")
        print("Beside OpenFisca-Core, in an environment of its own: python3 dev.py bench openfisca")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
