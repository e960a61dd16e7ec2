"""Handing papers out from the window: planned, handed out and printed again in the helper process, with a dead printer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from clerk.errors import UserCanFix
from clerk.issuing import Handing, State
from clerk.service import Plans
from clerk.store import open_store
from forms.loader import DEMO, NATIONAL
from forms.policy import Source as Source_
from printing.cups import Cups
from printing.printers import Order
from printing.process import Helper
from tests.builders import DAY, the_demo_catalogue
from tests.printing.cases import a_household, file_case, names
from tests.printing.pages import texts_of
from ui import paper_jobs
from ui.jobs import Source
from ui.paper_jobs import hand_out_papers, list_keying, plan_papers, print_again, show_keying
from ui.workspace import Where

AT = datetime(2026, 9, 1, 10, 0, tzinfo=timezone(timedelta(hours=8)))


def test_a_packet_is_planned_handed_out_and_printed_again_by_the_helper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = file_case(tmp_path, a_household(names(2)), "低保").record.case_number
    source, posted = Source(Where(tmp_path), (NATIONAL, DEMO), DAY), date(2026, 9, 18)
    with Helper(tmp_path / "cache") as helper:
        plan = helper.submit(plan_papers, source, case, AT, posted).result().plan
        assert {one.state for one in plan.papers} == {State.NEW}
        made = helper.submit(hand_out_papers, source, case, Handing(AT, "甲", "hp"), plan.all(), posted).result()
        assert [(one.paper, one.row) for one, _ in made] == list(plan.all())
        monkeypatch.setenv("PATH", str(tmp_path))  # the print service is gone
        with pytest.raises(UserCanFix, match="没有打印服务"):
            Cups().send(made[0][1], case, "hp", Order())
        again = helper.submit(print_again, source, (made[0][0].number,), Handing(AT, "甲", "hp2")).result()
        assert again == made[:1]
        assert helper.submit(plan_papers, source, case, AT, posted).result().plan.changed() == ()
        with pytest.raises(UserCanFix, match="没有印发号"):
            helper.submit(print_again, source, (999,), Handing(AT, "甲")).result()
    store = open_store(tmp_path / "store", create=False)
    with store.reading() as view:
        events = [(one.action, one.detail.get("打印机")) for one in view.events(case)]
        assert len(view.issued(case)) == len(made)
    store.close()
    assert events[-1] == ("补印", "hp2")


def test_what_is_typed_elsewhere_follows_the_packs_of_today_and_the_last_correction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = file_case(tmp_path, a_household(names(2)), "低保").record
    then = the_demo_catalogue()
    (first, *_) = (one for one in then.keyings.values() if "低保" in one.programmes)
    mended = {first.id: replace(first, system="改过的系统", source=Source_("录入界面", verified=True))}
    pack = replace(then.packs[-1], digest="later")
    plans = Plans(replace(then, keyings=mended, packs=(*then.packs[:-1], pack)), lambda day: then)
    monkeypatch.setattr(paper_jobs, "_plans", lambda layers, where: plans)
    source = Source(Where(tmp_path), (NATIONAL, DEMO), DAY)
    (sheet,) = list_keying(source, case.case_number)
    assert (sheet.system, sheet.checked, sheet.application) == ("改过的系统", True, case.applications[0].number)
    (text, *_) = texts_of(show_keying(source, case.case_number).pdf)
    assert "改过的系统" in text
    assert "待核" not in text
    assert all(line.text in text for line in sheet.lines[:5])
    with pytest.raises(UserCanFix, match="没有案件"):
        list_keying(source, "990101001-2026-09999")
