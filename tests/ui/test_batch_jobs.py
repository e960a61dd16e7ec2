"""A household's whole packet for a batch: handed out once, with the copies and sides that its papers ask for."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from clerk.issuing import Handing
from clerk.store import open_store
from forms.loader import DEMO, NATIONAL
from printing.printers import Sides, sides_of
from tests.builders import DAY
from tests.printing.cases import a_household, file_case, names
from ui.batch_jobs import hand_out_packet
from ui.jobs import Source
from ui.workspace import Where

AT = datetime(2026, 9, 1, 10, 0, tzinfo=timezone(timedelta(hours=8)))


def test_a_packet_is_handed_out_with_its_papers_copies_and_sides_and_only_once(tmp_path: Path) -> None:
    case = file_case(tmp_path, a_household(names(2)), "低保")
    source, handing = Source(Where(tmp_path), (NATIONAL, DEMO), DAY), Handing(AT, "甲")
    made = hand_out_packet(source, handing, case.record.case_number)
    store = open_store(tmp_path / "store", create=False)
    with store.reading() as view:
        issued = view.issued(case.record.case_number)
    store.close()
    papers = [case.catalogue.papers[one.paper] for one in issued]
    assert [one.number for one in made] == [one.number for one in issued]
    assert [one.copies for one in made] == [paper.copies for paper in papers]
    assert [one.sides for one in made] == [sides_of(paper.sides) for paper in papers]
    assert {one.sides for one in made} == {Sides.ONE, Sides.LONG_EDGE}
    assert hand_out_packet(source, handing, case.record.case_number) == made
