"""`python3 dev.py bench sheets`: one styled roster of 30 columns by our writer and by every other, each in a process of its own.

Times are CPU seconds of the writing alone, in turns, so that a busy machine is busy for all; the slowest writers take
the large roster once. Every file is opened again and its numbers counted.
"""

from __future__ import annotations

import io
import json
import resource
import statistics
import subprocess
import sys
import time

from tests.bench.sheet_writers import WRITERS, a_sheet

_ROUNDS = {1_000: 3, 50_000: 3}
_ONCE = ("plain openpyxl", "openpyxl write-only")
_OURS, _XLSX = "ours", "XlsxWriter constant_memory"


def worker(name: str, count: int) -> None:
    """Write one sheet and say what it took."""
    sheet = a_sheet(count)
    before, start = _spent(), _peak()
    made = WRITERS[name](sheet)
    spent, peak = _spent() - before, _peak()
    print(json.dumps({"cpu": spent, "peak": peak, "start": start, "bytes": len(made), "right": _right(made, count)}))


def main() -> int:
    """Measure all and show; the exit code is 1 when a file was wrong."""
    wrong = False
    for count, rounds in _ROUNDS.items():
        taken: dict[str, list[dict[str, float]]] = {name: [] for name in WRITERS}
        for turn in range(rounds):
            for name in WRITERS:
                if turn == 0 or count < 10_000 or name not in _ONCE:
                    print(f"{count} rows, round {turn + 1}: {name} …", file=sys.stderr, flush=True)
                    taken[name].append(_run(name, count))
        wrong |= _show(count, taken)
    print("Aims: ours >= 20,000 rows/s and >= 4x XlsxWriter at 50,000 rows, <= 130 MB.")
    return int(wrong)


def _run(name: str, count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.sheets", name, str(count)]
    answer: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return answer


def _show(count: int, taken: dict[str, list[dict[str, float]]]) -> bool:
    cpu = {name: statistics.median(one["cpu"] for one in all_) for name, all_ in taken.items()}
    print(f"\n{count} rows x 30 styled columns, CPU s, medians; MB over the rows themselves, and the process whole")
    for name, all_ in taken.items():
        last = all_[-1]
        print(
            f"{name:28} {cpu[name]:7.2f} s {count / cpu[name]:8.0f} rows/s  ours takes {cpu[_OURS] / cpu[name]:.2f}x  "
            f"{last['peak'] - last['start']:5.0f} MB of {last['peak']:5.0f}  {last['bytes'] / 2**20:5.1f} MB file  "
            f"{'right' if last['right'] else 'WRONG'}"
        )
    print(f"ours is {cpu[_XLSX] / cpu[_OURS]:.1f}x {_XLSX}")
    return not all(one["right"] for all_ in taken.values() for one in all_)


def _right(made: bytes, count: int) -> bool:
    """The last row reads back, its identity number as text."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    last = next(row for row in reversed(rows) if row and row[0] == count)
    return bool(isinstance(last[3], str) and len(last[3]) == 18 and len(last) == 31)


def _spent() -> float:
    return time.process_time()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if len(sys.argv) == 3:
        worker(sys.argv[1], int(sys.argv[2]))
    else:
        raise SystemExit(main())
