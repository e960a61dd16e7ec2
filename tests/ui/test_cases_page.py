"""Filing, finding again, correcting, printing again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from clerk.records import CaseRecord
from tests.ui.desk import Hand, intake, seat_case, settle, wait_until
from tests.ui.printing_desk import at_plan, plug_in
from ui.intake.desk import Spot
from ui.main_window import MainWindow

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def file_c01(window: MainWindow) -> CaseRecord:
    page = seat_case(window, "C01")
    page.acts.check()
    page.check.submit()
    settle()
    assert page.filed.record is not None
    return page.filed.record


def test_a_case_is_found_by_initials_number_end_and_phone(window: MainWindow) -> None:
    record = file_c01(window)
    hand = Hand(window)
    for typed in ("zmj", "9032", "990101198605129032", "13800000101"):
        hand.press(KEY.Key_F, CTRL)
        hand.type(typed)
        hand.enter()
        settle()
        cases = window.stack.currentWidget()
        assert cases.case.record is not None, typed  # type: ignore[attr-defined]
        assert cases.case.record.case_number == record.case_number  # type: ignore[attr-defined]
        hand.press(KEY.Key_Escape)
        cases.case.record = None  # type: ignore[attr-defined]


def test_the_latest_cases_are_listed_before_anything_is_typed(window: MainWindow) -> None:
    record = file_c01(window)
    window.go(1)
    cases = window.stack.currentWidget()
    assert cases.table.rowCount() == 1  # type: ignore[attr-defined]
    assert cases.table.item(0, 3).text() == record.case_number  # type: ignore[attr-defined]


def test_filing_makes_applications_with_numbers_and_first_deadlines(window: MainWindow) -> None:
    record = file_c01(window)
    assert len({one.number for one in record.applications}) == len(record.applications) >= 5
    words = intake(window).filed._words.text()
    assert record.applications[0].number in words
    assert "前" in words
    with window.workspace.store.reading() as view:
        assert view.drafts() == []


def test_an_offer_taken_away_is_not_filed(seat: MainWindow) -> None:
    page = seat_case(seat, "C01")
    hand = Hand(seat)
    hand.press(KEY.Key_F11)
    line = page.desk_view.panel.view.line()
    assert line is not None
    hand.press(KEY.Key_Space)
    page.acts.check()
    page.check.submit()
    settle()
    assert page.filed.record is not None
    assert line.offers[0].programme not in [one.programme for one in page.filed.record.applications]


def test_nothing_can_be_filed_while_something_is_impossible(window: MainWindow) -> None:
    page = seat_case(window, "C01")
    row = page.desk.rows("成员")[1]
    page.desk.type(Spot("成员", row, "证件号"), "990101198605129032")
    page.acts.check()
    page.check.submit()
    settle()
    assert page.filed.record is None
    hand = Hand(window)
    hand.enter()
    assert hand.spot() == Spot("成员", row, "证件号"), "Enter on the complaint goes there"


def test_a_correction_becomes_a_new_revision_of_the_same_household(seat: MainWindow) -> None:
    record = file_c01(seat)
    seat.go(1)
    cases = seat.stack.currentWidget()
    cases.open_case(record.case_number)  # type: ignore[attr-defined]
    cases.case.correcting.emit(cases.case.record)  # type: ignore[attr-defined]
    settle()
    page = intake(seat)
    first = page.desk.rows("成员")[0]
    page.desk.type(Spot("成员", first, "手机"), "13800000999")
    page.acts.check()
    page.check.submit()
    settle()
    with seat.workspace.store.reading() as view:
        found = view.household(record.household_id, seat.workspace.catalogue)
        filed = view.case(record.case_number, seat.workspace.catalogue)
    assert found is not None
    assert found[0].revision == record.revision + 1
    assert found[1].answer("成员", "手机", first) == "13800000999"
    assert filed == record, "what was filed stays as it was filed"
    assert page.filed.record is not None
    assert page.filed.record.case_number == record.case_number, "nothing new was asked for, so there is no new case"


def test_the_next_household_may_repeat_what_is_nobodys_own(seat: MainWindow) -> None:
    file_c01(seat)
    page = intake(seat)
    page.start_new()
    settle()
    spot = Spot("家庭", "", "适用标准")
    page.desk_view.go_to(spot)
    Hand(seat).press(KEY.Key_F7)
    assert page.desk.text(spot) == "农村"
    account = Spot("家庭", "", "账号")
    page.desk_view.go_to(account)
    Hand(seat).press(KEY.Key_F7)
    assert page.desk.text(account) == ""


def test_the_packet_is_seen_page_by_page_and_larger(seat: MainWindow) -> None:
    file_c01(seat)
    page = intake(seat)
    at_plan(seat).preview()
    pages = page.filed.plan.pages
    wait_until(lambda: bool(pages.pdf))
    assert pages.contents.count() > 3
    small = pages._picture.width()
    hand = Hand(seat)
    hand.press(KEY.Key_Plus)
    assert pages._picture.width() > small
    before = pages._where.text()
    hand.press(KEY.Key_PageDown)
    pages._turn(1)
    assert pages._where.text() != before
    hand.press(KEY.Key_Escape)
    hand.press(KEY.Key_Escape)
    assert not page.filed.previewing


def test_without_a_printer_the_clerk_is_told_what_else_to_do(seat: MainWindow) -> None:
    plug_in(seat).there = False
    file_c01(seat)
    page = intake(seat)
    page.filed.take_home()
    wait_until(lambda: bool(page.filed.pages.pdf))
    page.filed.pages.print()
    sheet = page.filed.pages._printing
    wait_until(lambda: "没有找到打印机" in sheet.where.state.text())
    sheet.go.click()
    assert "另存为 PDF" in seat.bar.message.text()


def test_a_list_to_take_home_is_handed_to_the_printer_under_its_case_number(seat: MainWindow) -> None:
    tray = plug_in(seat)
    record = file_c01(seat)
    page = intake(seat)
    page.filed.take_home()
    wait_until(lambda: bool(page.filed.pages.pdf))
    page.filed.pages.print()
    sheet = page.filed.pages._printing
    wait_until(lambda: sheet.where.tray.count() > 0)
    sheet.go.click()
    wait_until(lambda: bool(tray.taken))
    assert [(title, printer) for _, title, printer, _ in tray.taken] == [(record.case_number, "窗口一")]
    assert tray.taken[0][0] == page.filed.pages.pdf
