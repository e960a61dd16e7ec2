"""The whole packet of a case and the whole workbook of a month are the same bytes in any process, hash seed, time zone
and locale."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from clerk.casefile import CaseFile
from clerk.periods import read_span
from clerk.rosters import roster_rows
from printing.packet import packet
from printing.workbook import sheet_of, workbook_bytes
from tests.builders import DAY
from tests.printing.cases import OFFICE
from tests.printing.goldens import demo_cases

CASES = ("C01", "C30")
MADE = date(2026, 9, 7)
ELSEWHERE = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2026", "TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONUTF8": "1"},
)


def fingerprints() -> dict[str, str]:
    """The SHA-256 of each packet, of each paper printed by itself, and of the workbook of every roster."""
    cases = demo_cases()
    catalogue = cases[CASES[0]].catalogue
    made = {stem: packet(cases[stem]).pdf for stem in CASES}
    alone = {paper.id for paper in cases[CASES[1]].papers.values() if paper.alone and not paper.published}
    made["单印"] = packet(cases[CASES[1]], alone).pdf
    span, plan = read_span("2026-09"), cases[CASES[0]].plan
    listed = [numbered(case, at) for at, case in enumerate(cases.values(), start=1)]
    tables = [roster_rows(one, span, listed, plan) for one in catalogue.rosters.values()]
    made["花名册"] = workbook_bytes([sheet_of(table, OFFICE, MADE) for table in tables])
    assert all(len(file) > 10_000 for file in made.values())
    return {name: hashlib.sha256(file).hexdigest() for name, file in made.items()}


def numbered(case: CaseFile, at: int) -> CaseFile:
    """The case under a number of its own, as a store gives it."""
    number = f"990101001-2026-{at:05d}"
    own = (
        replace(one, number=f"{number}-{place:02d}", case_number=number)
        for place, one in enumerate(case.record.applications, start=1)
    )
    record = replace(case.record, case_number=number, household_id=f"h{at}", applications=tuple(own))
    return CaseFile(record, case.plan, DAY)


def test_packets_and_workbooks_are_the_same_bytes_in_any_process_seed_zone_and_locale() -> None:
    root = Path(__file__).parents[2]
    here = fingerprints()
    code = "import json; from tests.printing.test_same_bytes import fingerprints; print(json.dumps(fingerprints()))"
    for environment in ELSEWHERE:
        told = subprocess.run(
            [sys.executable, "-c", code],
            env={**environment, "PYTHONPATH": str(root), "PATH": ""},
            cwd=root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        assert json.loads(told.stdout) == here, environment
