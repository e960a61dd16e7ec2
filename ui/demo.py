"""The demo job: every worked household of the demo pack screened, filed, printed, and listed in one workbook."""

from __future__ import annotations

import json
import tempfile
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

from clerk.casefile import CaseFile
from clerk.fanout import submit
from clerk.periods import week_of
from clerk.screening import chosen
from clerk.screening_text import to_plain, to_text
from clerk.service import Screened, Wanted, roster_tables, screen_file
from clerk.settings import Office
from clerk.store import Store, open_store
from forms.layers import DEMO
from ui.commands import write_packet
from ui.console import Console
from ui.demo_papers import write_samples
from ui.packs import Desk, open_desk, practice_office

DAY = date(2026, 9, 1)
"""The day of the demo: all worked households come to the window on it."""
CASES = DEMO / "cases"


def demo(arguments: Namespace, console: Console) -> int:
    """`clerk demo --out DIR`: screenings, packets and the week's rosters of the worked households."""
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in CASES.glob("*.yaml") if not path.name.endswith(".expect.yaml"))
    made: list[dict[str, Any]] = []
    cases: list[tuple[str, CaseFile]] = []
    with tempfile.TemporaryDirectory(prefix="clerk-demo-") as scratch:
        desk = open_desk(Path(scratch), str(DEMO))
        office = practice_office(desk.catalogue)
        desk.where.store.mkdir(parents=True, mode=0o700)
        store = open_store(desk.where.store)
        try:
            for place, path in enumerate(files, start=1):
                console.note(f"[{place}/{len(files)}] {path.stem}")
                made.append(_household(path, out, Namespace(desk=desk, store=store, office=office, cases=cases)))
            workbook = _rosters(out, store, desk, office)
            papers, spared = write_samples(out / "papers", cases)
        finally:
            store.close()
    filed = sum(1 for each in made if each["案件编号"])
    console.say(f"{len(made)}户：清单 {len(made)}份，案卷 {filed}份，花名册 {workbook['行数']}行，文书样张 {len(papers)}种\n已写入 {out}")
    for name in spared:
        console.note(f"没有家庭用到：{name}")
    console.give({"家庭": made, "花名册": workbook, "文书样张": papers})
    return 0


def _household(path: Path, out: Path, work: Namespace) -> dict[str, Any]:
    """Screen one household, file all it may apply for, and print its packet."""
    desk: Desk = work.desk
    done = screen_file(path, desk.plans, DAY)
    _write_screening(done, out / path.stem, desk)
    offers = chosen(done.screening, "all")
    if not offers:
        return {"家庭": path.stem, "案件编号": "", "办件数": 0, "文书": []}
    store: Store = work.store
    plan = desk.plans.on(DAY)
    with store.work() as unit:
        record = submit(done.household, offers, work=unit, plan=plan, office=work.office)
    case = CaseFile(record, plan, DAY)
    work.cases.append((path.stem, case))
    papers = write_packet(case, out / f"{path.stem}.packet.pdf")["文书"]
    return {"家庭": path.stem, "案件编号": record.case_number, "办件数": len(offers), "文书": papers}


def _write_screening(done: Screened, stem: Path, desk: Desk) -> None:
    text = to_text(done.screening, done.evaluator)
    plain = to_plain(done.screening, done.evaluator)
    stem.with_name(f"{stem.name}.screening.txt").write_text(text, encoding="utf-8")
    written = json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    stem.with_name(f"{stem.name}.screening.json").write_text(written, encoding="utf-8")


def _rosters(out: Path, store: Store, desk: Desk, office: Office) -> dict[str, Any]:
    from printing.workbook import write_workbook

    week = week_of(DAY)
    with store.reading() as view:
        tables = roster_tables(view, Wanted((), week), desk.plans)
    year, number, _ = DAY.isocalendar()
    target = out / f"rosters-{year}-W{number:02d}.xlsx"
    write_workbook(tables, target, office, DAY)
    return {"文件": str(target), "期间": week.words, "行数": sum(len(table.rows) for table in tables)}
