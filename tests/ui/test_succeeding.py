"""A death at the window: the day of death opens who leads next; Enter takes the nearest, undo takes it back."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.desk import Hand, intake, seat_case, settle
from ui.intake.desk import Spot
from ui.intake.page import IntakePage
from ui.main_window import MainWindow

KEY = Qt.Key
HEAD, WIFE, MOTHER = "成员1", "成员2", "成员4"


def bury(page: IntakePage, member: str, day: str) -> None:
    """Type a day of death where the clerk does, and leave the field."""
    spot = Spot("成员", member, "死亡日期")
    page.desk.show(spot)
    page.desk_view.refresh()
    page.desk_view.go_to(spot)
    settle()
    page.desk.type(spot, day)
    Hand(page.window()).enter()  # type: ignore[arg-type]
    settle()


def offered(page: IntakePage) -> list[str]:
    shown = page.succeeding.sheet.list
    return [shown.item(at).text() for at in range(shown.count())]


def test_enter_after_the_day_of_death_proposes_the_wife_and_enter_takes_her(window: MainWindow) -> None:
    page = seat_case(window, "U34")
    bury(page, HEAD, "2026-08-20")
    assert page.succeeding.sheet.isVisible()
    assert offered(page)[0] == "郑某兰    妻，1970年生"
    Hand(window).enter()
    settle()
    assert list(page.desk.rows("成员")) == [WIFE, "成员3", MOTHER]
    assert page.desk.text(Spot("成员", WIFE, "与申请人关系")) == "本人"
    assert page.desk.text(Spot("成员", MOTHER, "与申请人关系")) == "婆婆"
    assert page.desk.title("已故成员", HEAD) == "周某田"
    page.desk.undo()
    assert list(page.desk.rows("成员")) == [HEAD, WIFE, "成员3", MOTHER]
    assert page.desk.text(Spot("成员", MOTHER, "与申请人关系")) == "母亲"


def test_escape_leaves_everything_and_filing_is_held_back(window: MainWindow) -> None:
    page = seat_case(window, "U34")
    bury(page, HEAD, "2026-08-20")
    Hand(window).press(KEY.Key_Escape)
    settle()
    assert HEAD in page.desk.rows("成员")
    assert "死亡日期" in {complaint.field for complaint in page.desk.intake.problems() if complaint.blocks}


def test_a_day_of_death_after_today_opens_nothing(window: MainWindow) -> None:
    page = seat_case(window, "U34")
    bury(page, HEAD, "2027-08-20")
    assert not page.succeeding.sheet.isVisible()


def test_another_member_is_only_taken_out(window: MainWindow) -> None:
    page = seat_case(window, "U34")
    bury(page, MOTHER, "2026-08-20")
    assert [line.split()[0] for line in offered(page)] == ["移出罗某珍"]
    Hand(window).enter()
    settle()
    assert MOTHER not in page.desk.rows("成员")
    assert page.desk.text(Spot("成员", HEAD, "与申请人关系")) == "本人"


def test_a_page_without_a_death_asks_nothing(window: MainWindow) -> None:
    page = intake(window)
    assert not page.succeeding.sheet.isVisible()
