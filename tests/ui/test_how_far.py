"""差多少: asked for at a line that is a no or a not yet, worked out away from the window, forgotten with the next answer."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.desk import Hand, seat_case, settle, wait_until
from ui.intake.desk import Spot
from ui.intake.page import IntakePage
from ui.main_window import MainWindow

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def at_line(seat: MainWindow, name: str) -> IntakePage:
    """The worked case with the hand on a programme's line, its reasons open."""
    page = seat_case(seat, "C03")
    view = page.desk_view
    view.take_list()
    for line in [line for line in view.panel.model.lines if line.heading]:
        if line.standing in view._folded:
            view.pick(line)
    row = next(at for at, line in enumerate(view.panel.model.lines) if line.title == name)
    view.panel.view.setCurrentIndex(view.panel.model.index(row))
    Hand(seat).enter()
    settle()
    return page


def test_the_reasons_offer_the_key_and_the_key_says_the_exact_amount(seat: MainWindow) -> None:
    page = at_line(seat, "低保边缘家庭")
    text = page.desk_view.reasons.text
    assert "Ctrl+D" in text.toPlainText()
    assert "18648.00元" not in text.toPlainText(), "nothing is worked out before it is asked for"
    Hand(seat).press(KEY.Key_D, CTRL)
    wait_until(lambda: "18648.00元" in text.toPlainText())
    assert "若〔王某薇 支出·医疗 自负金额〕超过 18648.00元 → 符合 低保边缘家庭" in text.toPlainText()


def test_the_next_answer_makes_it_forgotten(seat: MainWindow) -> None:
    page = at_line(seat, "低保边缘家庭")
    text = page.desk_view.reasons.text
    Hand(seat).press(KEY.Key_D, CTRL)
    wait_until(lambda: "18648.00元" in text.toPlainText())
    page.desk.type(Spot("成员", page.desk.rows("成员")[0], "手机"), "13900000000")
    settle()
    assert "18648.00元" not in text.toPlainText()
    assert "Ctrl+D" in text.toPlainText()


def test_a_line_that_is_a_yes_has_nothing_to_ask(seat: MainWindow) -> None:
    page = seat_case(seat, "C02")
    page.desk_view.take_list()
    Hand(seat).press(KEY.Key_D, CTRL)
    settle()
    assert "差多少" in seat.bar.message.text()
    assert not page.desk_view.reasons.isVisible()
