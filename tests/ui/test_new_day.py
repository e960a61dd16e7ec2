"""When the day turns or a pack is published, the household at the desk is judged anew, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clerk.packs import install
from tests.clerk.pack_making import KEY, a_file, a_tree, replaced
from tests.ui.desk import NOW, Hand, a_window, intake, seat_case, settle
from ui.intake.desk import Spot
from ui.main_window import MainWindow

RISE = ("{城市: 832元, 农村: 632元}", "{城市: 900元, 农村: 700元}")


@pytest.fixture
def clock() -> list[datetime]:
    """The time of the day, to be put forward."""
    return [NOW]


@pytest.fixture
def window(folder: Path, clock: list[datetime]) -> Iterator[MainWindow]:
    """A practice window whose shelf holds a higher amount that begins tomorrow."""
    made = a_window(folder)
    made.workspace.now = lambda: clock[0]
    tree = replaced(a_tree(folder / "tree", "2026.10", "2026-09-02"), *RISE)
    install(a_file(tree, folder / "new.pack"), made.workspace.where.packs, [KEY.public])
    yield made
    made.close()


def paid(window: MainWindow) -> list[str]:
    screening = intake(window).desk_view.screening
    assert screening is not None
    return [str(one.value.low) for offer in screening.offers for one in offer.judgement.amounts if offer.programme == "低保"]


def test_after_midnight_the_open_form_is_judged_by_the_new_pack_and_keeps_what_was_typed(window: MainWindow, clock: list[datetime]) -> None:
    page = seat_case(window, "C02")
    people = page.desk.rows("成员")
    page.desk.type(Spot("成员", people[0], "手机"), "139000")
    page.desk_view.refresh()
    chosen = page.desk_view.chosen()[-1]
    page.desk_view.toggle([chosen.key])
    before = paid(window)
    clock[0] += timedelta(days=1)
    Hand(window).enter()
    settle()
    assert page.desk.rules.on == clock[0].date()
    assert page.workspace.catalogue.packs[-1].version == "2026.10"
    assert paid(window) != before
    assert page.desk.text(Spot("成员", people[0], "手机")) == "139000", "what cannot be believed is kept as typed too"
    assert page.desk_view.refused == {chosen.key}
    assert page.desk.rows("成员") == people


def test_the_hand_stays_where_it_was_when_the_day_turns(window: MainWindow, clock: list[datetime]) -> None:
    page = seat_case(window, "C02")
    page.desk_view.go_to(Spot("成员", page.desk.rows("成员")[1], "健康状况"))
    settle()
    hand = Hand(window)
    before = hand.spot()
    clock[0] += timedelta(days=1)
    page.renew()
    settle()
    assert hand.spot() == before


def test_a_plan_shown_before_midnight_is_shown_again_before_it_is_filed(window: MainWindow, clock: list[datetime]) -> None:
    page = seat_case(window, "C02")
    page.acts.check()
    clock[0] += timedelta(days=1)
    page.check.submit()
    settle()
    assert page.filed.record is None
    page.check.submit()
    settle()
    assert page.filed.record is not None
    assert page.filed.record.accepted == clock[0].date()


def test_while_nothing_changes_the_desk_is_left_alone(window: MainWindow) -> None:
    page = seat_case(window, "C02")
    before = page.desk
    page.renew()
    window.go(1)
    window.go(0)
    assert page.desk is before
