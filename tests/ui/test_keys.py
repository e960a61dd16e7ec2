"""The keys of the desk, one by one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.desk import Hand, intake, seat_case, settle
from tests.ui.scenes import eight_people
from ui.intake.desk import Spot
from ui.keys import DESK, WALKING, card, hints
from ui.main_window import MainWindow

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def first_row(window: MainWindow) -> str:
    return intake(window).desk.rows("成员")[0]


def test_f1_says_what_the_question_means_and_escape_returns(seat: MainWindow) -> None:
    hand, page = Hand(seat), intake(seat)
    spot = Spot("成员", first_row(seat), "持残疾证")
    page.desk_view.go_to(spot)
    hand.press(KEY.Key_F1)
    assert "1 或 s 为是" in page.acts._help.text.toPlainText()
    hand.press(KEY.Key_Escape)
    assert hand.spot() == spot


def test_f2_keeps_an_unlikely_number_for_a_reason_in_the_clerks_words(seat: MainWindow) -> None:
    hand, page = Hand(seat), intake(seat)
    spot = Spot("成员", first_row(seat), "证件号")
    page.desk_view.go_to(spot)
    hand.type("990101198203041234")
    hand.enter()
    page.desk_view.go_to(spot)
    hand.press(KEY.Key_F2)
    hand.speak("公安系统核实为此号")
    hand.enter()
    settle()
    assert page.desk.complaint(spot) is None
    assert page.desk.intake.reasons() == {("成员", spot.row, "证件号"): "公安系统核实为此号"}


def test_f2_where_nothing_is_doubtful_says_so(seat: MainWindow) -> None:
    Hand(seat).press(KEY.Key_F2)
    assert "没有需要说明理由" in seat.bar.message.text()


def test_f5_says_all_lists_are_complete_and_undo_takes_it_back(seat: MainWindow) -> None:
    hand, page = Hand(seat), intake(seat)
    still = page.desk.open_lists()
    hand.press(KEY.Key_F5)
    assert page.desk.open_lists() == []
    hand.press(KEY.Key_Z, CTRL)
    assert page.desk.open_lists() == still


def test_f7_repeats_the_member_above(seat: MainWindow) -> None:
    hand, page = Hand(seat), intake(seat)
    rows = eight_people(page, 2)
    page.desk.type(Spot("成员", rows[0], "健康状况"), "健康")
    settle()
    page.desk_view.go_to(Spot("成员", rows[1], "健康状况"))
    hand.press(KEY.Key_F7)
    assert page.desk.text(Spot("成员", rows[1], "健康状况")) == "健康"


def test_f9_before_filing_says_when_papers_exist(seat: MainWindow) -> None:
    Hand(seat).press(KEY.Key_F9)
    assert "F12" in seat.bar.message.text()


def test_f11_goes_to_the_list_and_back(seat: MainWindow) -> None:
    hand, view = Hand(seat), intake(seat).desk_view
    hand.press(KEY.Key_F11)
    assert view.panel.view.hasFocus()
    hand.enter()
    assert view.reasons.isVisible()
    hand.press(KEY.Key_Down)
    assert view.reasons.isVisible(), "the reasons follow the hand"
    hand.press(KEY.Key_F11)
    assert not view.reasons.isVisible()
    assert view.form.here() is not None


def test_escape_closes_the_reasons_even_while_the_hand_is_in_the_list(seat: MainWindow) -> None:
    hand, view = Hand(seat), intake(seat).desk_view
    hand.press(KEY.Key_F11)
    hand.enter()
    assert view.reasons.isVisible()
    hand.press(KEY.Key_Escape)
    assert not view.reasons.isVisible()
    assert view.panel.view.hasFocus()


def test_space_on_what_cannot_be_applied_for_says_why_not(seat: MainWindow) -> None:
    hand = Hand(seat)
    hand.press(KEY.Key_F11)
    hand.press(KEY.Key_Space)
    assert "现在不能申请" in seat.bar.message.text()


def test_page_keys_turn_members_and_keep_the_question(seat: MainWindow) -> None:
    hand, page = Hand(seat), seat_case(seat, "C01")
    rows = list(page.desk.rows("成员"))
    page.desk_view.go_to(Spot("成员", rows[0], "健康状况"))
    hand.press(KEY.Key_PageDown, CTRL)
    assert hand.spot() == Spot("成员", rows[1], "健康状况")
    hand.press(KEY.Key_PageUp, CTRL)
    assert hand.spot() == Spot("成员", rows[0], "健康状况")


def test_an_income_is_deleted_alone(seat: MainWindow) -> None:
    hand, page = Hand(seat), seat_case(seat, "C01")
    incomes = list(page.desk.rows("收入"))
    page.desk_view.go_to(Spot("收入", incomes[0], "年收入"))
    hand.press(KEY.Key_Delete, CTRL)
    assert list(page.desk.rows("收入")) == incomes[1:]
    assert len(page.desk.rows("成员")) == 5


@pytest.mark.parametrize(("key", "said"), [(KEY.Key_S, "自动保存"), (KEY.Key_R, "没有待接着录")])
def test_ctrl_keys_always_answer(seat: MainWindow, key: Qt.Key, said: str) -> None:
    intake(seat).notice.hide()
    Hand(seat).press(key, CTRL)
    assert said in seat.bar.message.text()


def test_a_required_answer_is_put_off_on_the_check_page_by_f5(seat: MainWindow) -> None:
    hand, page = Hand(seat), intake(seat)
    hand.speak("张某")
    hand.press(KEY.Key_F12)
    assert page.stack.currentWidget() is page.check
    hand.press(KEY.Key_F5)
    assert page.desk.missing() == []
    hand.press(KEY.Key_Escape)
    assert page.stack.currentWidget() is page.desk_view


def test_every_key_stands_on_the_card_and_the_hints_end_with_it() -> None:
    words = card()
    assert all(key.words in words for key in DESK)
    assert all(words_ in words for _, words_ in WALKING)
    assert "全部按键" in hints()[-1]


def test_no_two_acts_share_a_key() -> None:
    from ui.keys import WINDOW

    sequences = [key.sequence for key in (*DESK, *WINDOW)]
    assert len(sequences) == len(set(sequences))
