"""What a batch hands out of one household: what is new, and what was wished beside it, with the day of posting."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from clerk.errors import UserCanFix
from clerk.issuing import Handing
from clerk.store import open_store
from forms.loader import DEMO, NATIONAL
from tests.builders import DAY
from tests.printing.cases import a_household, file_case, names
from tests.printing.pages import texts_of
from ui.batch_jobs import HandedOut, Wish, hand_out_new
from ui.jobs import Source
from ui.workspace import Where

AT = datetime(2026, 9, 1, 10, 0, tzinfo=timezone(timedelta(hours=8)))


def test_what_is_new_of_a_household_is_handed_out_once_and_a_notice_with_its_day_when_wished(tmp_path: Path) -> None:
    household = a_household(names(2)).replace("    从业状况: 务农\n", "", 1)
    case = file_case(tmp_path, household, "低保")
    source, handing = Source(Where(tmp_path), (NATIONAL, DEMO), DAY), Handing(AT, "甲")
    number = case.record.case_number
    with pytest.raises(UserCanFix, match=r"缺 1 项：.*从业状况"):
        hand_out_new(source, handing, Wish(), number)
    made = hand_out_new(source, handing, Wish(blanks=True), number)
    assert (issued(tmp_path, number), made.without) == ([one.number for one, _ in made.papers], ())
    assert hand_out_new(source, handing, Wish(blanks=True), number) == HandedOut(())
    wish = Wish(blanks=True, posted=date(2026, 9, 18), also=("D20", "D35-2"))
    more = hand_out_new(source, handing, wish, number)
    assert [one.paper for one, _ in more.papers] == ["D20"]
    assert "2026年9月18日至2026年9月24日" in "".join(texts_of(more.papers[0][1])).replace("\n", "")
    assert more.without == ("临时救助公示",)
    assert more.why == (), "what was filed may be made public"
    assert len(issued(tmp_path, number)) == len(made.papers) + 1


def issued(folder: Path, number: str) -> list[int]:
    store = open_store(folder / "store", create=False)
    with store.reading() as view:
        found = [one.number for one in view.issued(number)]
    store.close()
    return found
