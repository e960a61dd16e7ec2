"""The form in a real window: every input reached, named, large enough; keys do what the key card says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from tests.ui.desk import Hand, intake, seat_case, settle
from tests.ui.scenes import NAMES, eight_people
from ui.intake.choices import ChoiceEditor
from ui.intake.desk import Spot
from ui.main_window import MainWindow

KEY, CTRL, SHIFT, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
INPUTS = (QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QCheckBox, QPushButton, QToolButton)


def first_row(window: MainWindow) -> str:
    return intake(window).desk.rows("成员")[0]


def test_enter_goes_on_and_shift_enter_comes_back_the_same_way(seat: MainWindow) -> None:
    hand = Hand(seat)
    way = [hand.spot()]
    for _ in range(12):
        hand.enter()
        way.append(hand.spot())
    assert len({spot for spot in way if spot}) >= 12
    back = [hand.spot()]
    for _ in range(12):
        hand.press(KEY.Key_Return, SHIFT)
        back.append(hand.spot())
    assert back == way[::-1]


def test_tab_reaches_every_input_of_the_form_in_reading_order(seat: MainWindow) -> None:
    form = seat_case(seat, "C01").desk_view.form
    form.cards[0].first_inputs()[0].setFocus()
    form.inputs()[0].setFocus()
    wanted = [widget for widget in form.inputs() if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    hand, reached = Hand(seat), []
    for _ in wanted:
        reached.append(QApplication.focusWidget())
        hand.press(KEY.Key_Tab)
    assert reached == wanted
    assert not form.isAncestorOf(QApplication.focusWidget()), "after the last input Tab leaves the form"


def test_focus_is_never_trapped_by_an_answer_that_cannot_be(seat: MainWindow) -> None:
    hand, desk = Hand(seat), intake(seat).desk
    spot = Spot("成员", first_row(seat), "证件号")
    intake(seat).desk_view.go_to(spot)
    hand.type("12345")
    hand.enter()
    assert hand.spot() != spot
    settle()
    (row,) = [row for row in intake(seat).desk_view.form.field_rows() if row.field.id == "证件号" and row.field.table == "成员"]
    assert row.complaint == desk.complaint(spot).message  # type: ignore[union-attr]
    assert row.editor.property("state") in ("bad", "soft")
    assert row.editor.text() == "12345", "a wrong answer is kept"


def test_nothing_is_complained_of_while_it_is_being_typed(seat: MainWindow) -> None:
    hand = Hand(seat)
    intake(seat).desk_view.go_to(Spot("成员", first_row(seat), "证件号"))
    hand.type("99")
    intake(seat).desk_view.form.flush()
    settle()
    row = intake(seat).desk_view.form.row_here()
    assert row is not None
    assert row.complaint == ""


def test_no_input_is_without_a_name_nor_too_small_to_hit(seat: MainWindow) -> None:
    seat_case(seat, "C01")
    seat.go(0)
    settle()
    for place in range(4):
        seat.go(place)
        settle()
        for widget in seat.findChildren(QWidget):
            if isinstance(widget, INPUTS) and widget.isVisible() and widget.objectName() != "qt_spinbox_lineedit":
                if isinstance(widget.parentWidget(), QComboBox | QSpinBox):
                    continue
                name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
                assert name.strip(), f"{type(widget).__name__} {widget.objectName()} has no name"
                assert widget.height() >= 24, f"{name} is {widget.height()} px high"
                assert widget.width() >= 24, f"{name} is {widget.width()} px wide"


def test_an_option_is_picked_by_initials_and_a_word_nobody_knows_is_kept(seat: MainWindow) -> None:
    hand, desk = Hand(seat), intake(seat).desk
    spot = Spot("成员", first_row(seat), "健康状况")
    intake(seat).desk_view.go_to(spot)
    hand.type("zb")
    editor = hand.here
    assert isinstance(editor, ChoiceEditor)
    assert editor.list_open
    hand.enter()
    assert desk.text(spot) == "重病"
    intake(seat).desk_view.go_to(spot)
    hand.type("qqq")
    assert not editor.list_open
    hand.enter()
    assert desk.text(spot) == "qqq"
    assert desk.complaint(spot) is not None


def test_escape_in_a_list_gives_the_old_answer_back(seat: MainWindow) -> None:
    hand, desk = Hand(seat), intake(seat).desk
    spot = Spot("成员", first_row(seat), "健康状况")
    desk.type(spot, "重病")
    settle()
    intake(seat).desk_view.go_to(spot)
    hand.press(KEY.Key_F4)
    hand.press(KEY.Key_Down)
    hand.press(KEY.Key_Escape)
    hand.enter()
    assert desk.text(spot) == "重病"


def test_several_answers_are_picked_one_after_another(seat: MainWindow) -> None:
    hand, desk = Hand(seat), intake(seat).desk
    spot = Spot("家庭", "", "困难原因")
    intake(seat).desk_view.go_to(spot)
    event = QInputMethodEvent()
    event.setCommitString("因病、")
    QApplication.sendEvent(hand.here, event)
    hand.type("yc")
    hand.enter()
    value = desk.household().answer("家庭", "困难原因", "")
    assert isinstance(value, frozenset)
    assert len(value) == 2


@pytest.mark.parametrize(("key", "word"), [("1", "是"), ("s", "是"), ("0", "否"), ("f", "否")])
def test_one_key_answers_yes_or_no(seat: MainWindow, key: str, word: str) -> None:
    hand = Hand(seat)
    spot = Spot("成员", first_row(seat), "持残疾证")
    intake(seat).desk_view.go_to(spot)
    hand.type(key)
    hand.enter()
    assert intake(seat).desk.text(spot) == word
    intake(seat).desk_view.go_to(spot)
    hand.press(KEY.Key_Backspace)
    hand.enter()
    assert intake(seat).desk.text(spot) == ""


def test_a_dot_takes_the_answer_of_the_row_above(seat: MainWindow) -> None:
    hand, page = Hand(seat), intake(seat)
    rows = eight_people(page, 2)
    page.desk.type(Spot("成员", rows[0], "手机"), "13800000101")
    settle()
    page.desk_view.go_to(Spot("成员", rows[1], "手机"))
    hand.type(".")
    hand.enter()
    assert page.desk.text(Spot("成员", rows[1], "手机")) == "13800000101"


def test_a_deleted_member_comes_back_by_undo_with_all_that_was_typed(seat: MainWindow) -> None:
    hand, page = Hand(seat), seat_case(seat, "C01")
    father = page.desk.rows("成员")[4]
    before = page.desk.household()
    page.desk_view.go_to(Spot("成员", father, "姓名"))
    hand.press(KEY.Key_Delete, CTRL)
    assert father not in page.desk.rows("成员")
    hand.press(KEY.Key_Z, CTRL)
    assert page.desk.household() == before


def test_undo_belongs_to_the_line_while_it_has_typing_of_its_own(seat: MainWindow) -> None:
    hand, page = Hand(seat), intake(seat)
    row = first_row(seat)
    hand.type("abc")
    hand.press(KEY.Key_Z, CTRL)
    hand.enter()
    assert page.desk.text(Spot("成员", row, "姓名")) == ""


def test_f3_adds_a_member_and_ctrl_f3_a_row_of_any_list(seat: MainWindow) -> None:
    hand, page = Hand(seat), intake(seat)
    hand.press(KEY.Key_F3)
    assert len(page.desk.rows("成员")) == 2
    assert hand.spot() == Spot("成员", page.desk.rows("成员")[1], "姓名")
    hand.press(KEY.Key_F3, CTRL)
    hand.type("cl")
    hand.enter()
    assert len(page.desk.rows("车辆")) == 1
    assert hand.spot() is not None
    assert hand.spot().table == "车辆"  # type: ignore[union-attr]


def test_f6_finds_a_question_by_initials_even_behind_more(seat: MainWindow) -> None:
    hand = Hand(seat)
    hand.press(KEY.Key_F6)
    hand.type("xm")
    hand.enter()
    assert hand.spot() == Spot("成员", first_row(seat), "姓名")


def test_f8_goes_to_what_matters_most_and_f10_to_what_is_required(seat: MainWindow) -> None:
    hand, page = Hand(seat), intake(seat)
    question = page.desk_view.screening.questions[0].missing  # type: ignore[union-attr]
    hand.press(KEY.Key_F8)
    assert hand.spot() == Spot(question.table, question.row, question.field)
    hand.press(KEY.Key_F10)
    assert hand.spot() == page.desk.missing()[0]


def test_alt_and_a_number_go_to_a_card(seat: MainWindow) -> None:
    hand, form = Hand(seat), intake(seat).desk_view.form
    hand.press(KEY.Key_2, ALT)
    assert form.cards[1].isAncestorOf(hand.here)


def test_a_household_of_eight_is_seen_whole_in_the_list_of_names(seat: MainWindow) -> None:
    page = intake(seat)
    eight_people(page, 8)
    page.desk_view.refresh()
    pane = page.desk_view.form.panes()[0]
    assert [pane.people.item(row).text() for row in range(8)] == list(NAMES)
    assert pane.people.visualItemRect(pane.people.item(7)).bottom() <= pane.people.viewport().height()


@pytest.mark.parametrize("name", ["㛃某", "𠅤某", "𬱖某", "䶮某", "古某·肉某", "阿卜杜拉·买买提某某"])
def test_rare_and_long_names_are_typed_and_shown_as_they_are(seat: MainWindow, name: str) -> None:
    hand, page = Hand(seat), intake(seat)
    hand.speak(name) if all(ord(char) < 0x20000 for char in name) else commit(hand, name)
    hand.enter()
    row = first_row(seat)
    assert page.desk.text(Spot("成员", row, "姓名")) == name
    pane = page.desk_view.form.panes()[0]
    assert pane.people.item(0).text() == name
    font = QApplication.font()
    from PySide6.QtGui import QTextLayout

    layout = QTextLayout(name, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    glyphs = [index for run in layout.glyphRuns() for index in run.glyphIndexes()]
    assert 0 not in glyphs, "some character would be shown as a box"


def commit(hand: Hand, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(hand.here, event)


def test_half_as_large_again_no_word_is_cut(seat: MainWindow, usual_text: None) -> None:
    seat_case(seat, "C01")
    seat.larger()
    assert QApplication.font().pointSize() == 14
    seat._dress(20)
    settle()
    form = intake(seat).desk_view.form
    assert form.widget().width() <= form.viewport().width(), "the form must not need scrolling sideways"
    for label in seat.findChildren(QLabel):
        if label.isVisible() and label.text() and label.textFormat() != Qt.TextFormat.RichText:
            if label.wordWrap():
                needed = label.heightForWidth(label.width())
                assert needed <= label.height() + 2, label.text()
            else:
                assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width() + 2, label.text()
    for button in seat.findChildren(QPushButton):
        if button.isVisible():
            assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width(), button.text()
