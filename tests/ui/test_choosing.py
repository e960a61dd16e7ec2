"""One of two at the window: Space asks which and who said so; the plan, the draft and the undo know it like any answer."""

from __future__ import annotations

from PySide6.QtCore import Qt

from clerk.entry import Entry
from clerk.screening import Standing
from tests.ui.desk import Hand, intake, seat_case, settle
from ui.intake.page import IntakePage
from ui.main_window import MainWindow

KEY = Qt.Key


def undecided(window: MainWindow) -> IntakePage:
    page = seat_case(window, "C12")
    (row,) = page.desk.rows("择一选定")
    page.desk.remove_row("择一选定", row)
    page.acts.check()
    settle()
    return page


def standing(page: IntakePage, programme: str) -> Standing:
    assert page.desk_view.screening is not None
    return next(one.standing for one in page.desk_view.screening.offers if one.programme == programme)


def to_cell(page: IntakePage, hand: Hand, programme: str) -> None:
    view = page.check.plan
    for row in range(len(view._model.plan.rows)):  # type: ignore[union-attr]
        for column in view._model.plan.stops(row):  # type: ignore[union-attr]
            cell = view._model.plan.cell(row, column)  # type: ignore[union-attr]
            if cell is not None and cell.offer.programme == programme:
                view._stand((row, column))
                return
    raise AssertionError(programme)


def test_space_asks_which_and_who_and_the_plan_the_draft_and_undo_know_it(window: MainWindow) -> None:
    page = undecided(window)
    hand = Hand(window)
    assert "2 项待选择" in page.check._summary.text()
    assert not {"孤儿", "特困"} & {offer.programme for offer in page.check.shown}
    to_cell(page, hand, "孤儿")
    hand.press(KEY.Key_Space)
    shown = [page.choosing.which.list.item(place).text() for place in range(page.choosing.which.list.count())]
    assert "1300元/月" in shown[0]
    assert "1013元/月" in shown[1]
    hand.enter()
    assert page.choosing.who.isVisible()
    names = [page.choosing.who.list.item(place).text() for place in range(page.choosing.who.list.count())]
    assert names == ["孤某童", "孤某祖"]
    hand.press(KEY.Key_Down)
    hand.enter()
    settle()
    assert "孤儿" in {offer.programme for offer in page.check.shown}
    assert standing(page, "特困") is Standing.BARRED
    assert "待选择" not in page.check._summary.text()
    page.keeper.flush()
    with page.workspace.store.reading() as view:
        entries = [Entry(*entry) for entry in view.draft_entries(page.keeper.draft)]
    assert ("择一选定", "选定告知人", "孤某祖") in [(entry.table, entry.field, entry.text) for entry in entries]
    page.acts.undo()
    settle()
    assert standing(page, "特困") is Standing.CHOOSE


def test_what_was_left_can_be_chosen_after_all_and_is_filed_so(window: MainWindow) -> None:
    page = seat_case(window, "C12")
    page.acts.check()
    settle()
    hand = Hand(window)
    assert standing(page, "孤儿") is Standing.OPEN
    to_cell(page, hand, "特困")
    hand.press(KEY.Key_Space)
    hand.enter()
    page.choosing.who.line.setText("孤某外")
    hand.enter()
    settle()
    assert (standing(page, "特困"), standing(page, "孤儿")) == (Standing.OPEN, Standing.BARRED)
    page.check.submit()
    settle()
    record = page.filed.record
    assert record is not None
    assert "特困" in {one.programme for one in record.applications}
    (row,) = record.household.rows("择一选定")
    assert record.household.answer("择一选定", "选定项目", row) == "特困"
    assert record.household.answer("择一选定", "选定告知人", row) == "孤某外"
    intake(window).correct(record)
    settle()
    assert standing(intake(window), "孤儿") is Standing.BARRED
