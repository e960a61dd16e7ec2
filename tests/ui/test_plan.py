"""The plan: every programme for household and persons; walked by keys, filed as shown, a difference after an edit."""

from __future__ import annotations

from PySide6.QtCore import Qt

from clerk.plan import Difference
from clerk.screening import Standing
from tests.ui.desk import Hand, intake, seat_case, settle
from ui.intake.desk import Spot
from ui.intake.page import IntakePage
from ui.main_window import MainWindow
from ui.plan.matrix import Matrix, matrix
from ui.plan.matrix_paint import placed
from ui.tick import Tick

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def at_plan(window: MainWindow, name: str = "C30") -> IntakePage:
    page = seat_case(window, name)
    page.acts.check()
    settle()
    return page


def plan_of(page: IntakePage) -> Matrix:
    plan = page.check.plan._model.plan
    assert plan is not None
    return plan


def test_the_plan_shows_every_offer_once_and_the_hopeless_ones_unfold(window: MainWindow) -> None:
    page = at_plan(window)
    view = page.desk_view
    assert view.screening is not None
    whole = matrix(view.screening, page.desk, view.is_chosen, unfolded=True)
    shown = [cell.offer.key for row in whole.rows for cell in (row.cells or {}).values()]
    assert sorted(shown) == sorted(offer.key for offer in view.screening.offers)
    assert [column.title for column in whole.columns][:2] == ["全户", "赵某国"]
    folded = plan_of(page)
    assert folded.rows[-1].folds
    assert len(whole.rows) - len(folded.rows) == folded.rows[-1].count > 0
    hidden = whole.rows[len(folded.rows) :]
    assert all(cell.offer.standing is Standing.NO for row in hidden for cell in (row.cells or {}).values())


def test_arrows_stand_only_where_something_is_said_and_remember_the_person(window: MainWindow) -> None:
    page = at_plan(window)
    hand, plan = Hand(window), plan_of(page)
    assert page.check.plan.hasFocus()
    places = []
    for _ in range(len(plan.rows)):
        places.append(page.check.plan.here())
        assert places[-1][1] in plan.stops(places[-1][0])
        hand.press(KEY.Key_Down)
    assert plan.rows[page.check.plan.here()[0]].folds, "the way down ends on what is folded"
    start = places[0][1]
    person_rows = [place for place in places if start in plan.stops(place[0])]
    assert all(column == start for _, column in person_rows), "each row is entered at the person one came with"
    hand.press(KEY.Key_Up)
    row, column = page.check.plan.here()
    hand.press(KEY.Key_Left)
    assert page.check.plan.here()[0] == row
    assert page.check.plan.here()[1] <= column


def test_enter_unfolds_what_nobody_can_have(window: MainWindow) -> None:
    page = at_plan(window)
    hand, before = Hand(window), len(plan_of(page).rows)
    while not plan_of(page).rows[page.check.plan.here()[0]].folds:
        hand.press(KEY.Key_Down)
    hand.enter()
    assert len(plan_of(page).rows) > before
    hand.enter()
    assert len(plan_of(page).rows) == before


def test_space_takes_away_and_only_what_is_shown_is_filed(window: MainWindow) -> None:
    page = at_plan(window)
    hand, before = Hand(window), len(page.check.shown)
    cell = page.check.plan.cell()
    assert cell is not None
    assert cell.chosen
    hand.press(KEY.Key_Space)
    assert len(page.check.shown) == before - 1
    again = page.check.plan.cell()
    assert again is not None
    assert (again.offer.key, again.chosen) == (cell.offer.key, False)
    hand.press(KEY.Key_F12)
    settle()
    record = page.filed.record
    assert record is not None
    assert len(record.applications) == before - 1
    assert cell.offer.key not in [(one.programme, one.subject) for one in record.applications]


def test_what_changed_since_it_was_shown_is_shown_again_before_it_is_filed(window: MainWindow) -> None:
    page = at_plan(window, "C01")
    before = page.check.shown
    father = page.desk.rows("成员")[4]
    page.desk.type(Spot("成员", father, "残疾等级"), "三级")
    page.check.submit()
    assert page.filed.record is None
    assert page.check.shown != before
    assert "再看一眼" in window.bar.message.text()
    page.check.submit()
    assert page.filed.record is not None


def test_enter_opens_the_reasons_which_follow_the_hand_and_escape_closes_them(window: MainWindow) -> None:
    page = at_plan(window)
    hand = Hand(window)
    hand.enter()
    sheet = page.check.reasons
    assert sheet.isVisible()
    first = sheet.text.toPlainText()
    assert "赵某庆" in first
    hand.press(KEY.Key_Left)
    assert sheet.text.toPlainText() != first
    hand.press(KEY.Key_Escape)
    assert not sheet.isVisible()
    assert page.stack.currentWidget() is page.check
    hand.press(KEY.Key_Escape)
    assert page.stack.currentWidget() is page.desk_view


def test_what_cannot_be_asked_for_says_so_and_is_not_taken(window: MainWindow) -> None:
    page = at_plan(window)
    hand, before = Hand(window), page.check.shown
    hand.press(KEY.Key_Left)
    assert page.check.plan.cell().chosen is None  # type: ignore[union-attr]
    hand.press(KEY.Key_Space)
    assert page.check.shown == before
    assert "不能申请" in window.bar.message.text()


def test_after_an_edit_the_plan_is_a_difference_and_what_was_filed_stays(window: MainWindow) -> None:
    page = at_plan(window, "C01")
    page.check.submit()
    settle()
    record = page.filed.record
    assert record is not None
    page.correct(record)
    page.show_check()
    assert page.check.shown == (), "nothing is asked for twice by itself"
    assert page.check.button.isEnabled()
    people = page.desk.rows("成员")
    page.desk.type(Spot("成员", people[4], "残疾证号"), "99010119560308911742")
    page.desk.type(Spot("成员", people[4], "残疾等级"), "二级")
    page.desk.type(Spot("成员", people[2], "医保类型"), "职工医保")
    page.show_check()
    plan = plan_of(page)
    said = {cell.difference for row in plan.rows for cell in (row.cells or {}).values()}
    assert {Difference.SAME, Difference.NEW, Difference.LOST, Difference.BARRED} <= said
    assert page.check.plan.cell().difference is not Difference.SAME  # type: ignore[union-attr]
    assert len(page.check.shown) == plan.differences[Difference.NEW] == 1
    page.check.submit()
    settle()
    again = page.filed.record
    assert again is not None
    assert [(one.programme, one.subject) for one in again.applications] != []
    assert len(again.applications) == 1
    with window.workspace.store.reading() as view:
        assert view.case(record.case_number, window.workspace.catalogue) == record


def test_somebody_who_left_is_named_with_the_number_of_the_application(window: MainWindow) -> None:
    page = at_plan(window, "C01")
    page.check.submit()
    settle()
    record = page.filed.record
    assert record is not None
    page.correct(record)
    father = page.desk.rows("成员")[4]
    number = next(one.number for one in record.applications if one.subject == father)
    page.desk.remove_row("成员", father)
    page.show_check()
    assert number in page.check._summary.text()


def test_no_word_of_a_cell_is_cut(window: MainWindow) -> None:
    page = at_plan(window)
    view = page.check.plan
    plan, delegate = plan_of(page), view.itemDelegate()
    from ui.plan.matrix_paint import AIR, BOX, SIDE, words_of

    assert delegate is not None
    for row in range(len(plan.rows)):
        for column in plan.stops(row):
            cell = plan.cell(row, column)
            if cell is not None:
                width = view.columnWidth(column) - SIDE * 2 - (BOX if cell.chosen is not None else 0)
                below = max(rect.bottom() for rect, _ in placed(words_of(cell, view.font()), width))
                assert below + 1 + AIR * 2 <= view.rowHeight(row)
                assert all(rect.right() < width + 1 for rect, _ in placed(words_of(cell, view.font()), width))


def test_no_list_still_to_be_closed_is_cut(window: MainWindow) -> None:
    page = intake(window)
    page.show_check()
    settle()
    ticks = page.check.mend.findChildren(Tick)
    assert len(ticks) > 3
    assert all(tick.width() >= tick.sizeHint().width() for tick in ticks if tick.isVisible())


def test_the_household_stays_in_the_plan_at_its_largest(window: MainWindow) -> None:
    page = at_plan(window)
    view = page.check.plan
    assert intake(window) is page
    assert sum(view.columnWidth(column) for column in range(9)) <= view.viewport().width(), "nine columns fit the desk's screen"
