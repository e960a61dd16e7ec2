"""The papers of a case stay as they were when the head of its household has died and the file was closed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from clerk.casefile import CaseFile
from clerk.closing import close_for_death
from clerk.fanout import submit
from clerk.files import read_household_file, read_intake_file
from clerk.screening import chosen, screen
from clerk.store import open_store
from clerk.succession import settle
from forms.language.evaluate import Evaluator
from printing.packet import packet
from tests.cases.expectations import CASES, rules
from tests.printing.cases import OFFICE

DAY, LATER = date(2026, 9, 1), date(2026, 10, 9)


def test_the_packet_of_the_old_case_prints_the_same_bytes_after_the_death(tmp_path: Path) -> None:
    catalogue, plan = rules((), DAY)
    home = read_household_file(CASES / "U34.yaml", catalogue, DAY)
    form = read_intake_file(CASES / "U34.yaml", catalogue, LATER)
    form.type("成员", "成员1", "死亡日期", "2026-09-30")
    settle(form, "成员1", "成员2")
    offers = chosen(screen(Evaluator(plan, home), catalogue), ["低保"])
    store = open_store(tmp_path / "store")
    with store.work() as work:
        old = submit(home, offers, work=work, plan=plan, office=OFFICE)
    before = packet(CaseFile(old, plan, DAY)).pdf
    with store.work() as work:
        (ended,) = close_for_death(form.household(), old.household_id, work=work, catalogue=catalogue, actor="测试员")
        kept = work.case(old.case_number, catalogue)
    store.close()
    assert kept is not None
    assert kept.applications == (ended,)
    assert packet(CaseFile(kept, plan, DAY)).pdf == before
