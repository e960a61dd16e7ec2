"""The large-print policy list and the sheet of what is still needed, from the window: before filing, after, and again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from printing.preview import page_count
from tests.ui.desk import Hand, intake, seat_case, settle, wait_until
from ui.cases.page import CasesPage
from ui.main_window import MainWindow
from ui.preview.page import PreviewPage

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LIST, STILL = "政策清单（大字版）", "一次性补正告知书"


def shown(pages: PreviewPage) -> list[str]:
    wait_until(lambda: bool(pages.pdf))
    assert page_count(pages.pdf) >= pages.contents.count()
    return [pages.contents.item(place).text() for place in range(pages.contents.count())]


def test_before_filing_the_list_and_what_is_still_needed_can_be_printed_and_nothing_is_filed(seat: MainWindow) -> None:
    page = seat_case(seat, "C02")
    hand = Hand(seat)
    hand.press(KEY.Key_F9)
    assert page.stack.currentWidget() is page.take_home.pages
    assert shown(page.take_home.pages) == [STILL, LIST]
    hand.press(KEY.Key_Escape)
    assert page.stack.currentWidget() is page.desk_view
    page.acts.check()
    settle()
    hand.press(KEY.Key_L, CTRL)
    assert shown(page.take_home.pages) == [STILL, LIST]
    hand.press(KEY.Key_Escape)
    assert page.stack.currentWidget() is page.check
    with seat.workspace.store.reading() as view:
        assert not list(view.cases(seat.workspace.today, seat.workspace.today, seat.workspace.catalogue))


def test_with_nothing_chosen_only_the_list_is_there(seat: MainWindow) -> None:
    page = seat_case(seat, "C02")
    page.desk_view.toggle([offer.key for offer in page.desk_view.chosen()])
    page.acts.preview()
    assert shown(page.take_home.pages) == [LIST]


def test_after_filing_and_when_a_case_is_looked_up_the_same_two_are_at_hand(seat: MainWindow) -> None:
    page = seat_case(seat, "C02")
    page.acts.check()
    page.check.submit()
    settle()
    record = page.filed.record
    assert record is not None
    Hand(seat).press(KEY.Key_L, CTRL)
    assert shown(page.filed.pages) == [STILL, LIST]
    seat.go(1)
    cases = seat.findChild(CasesPage)
    cases.open_case(record.case_number)
    settle()
    cases.case.take_home()
    assert shown(cases.case.pages) == [STILL, LIST]
    assert intake(seat).take_home.pages is not cases.case.pages
