"""发布: two people, a day, the cases run; then it lies on the shelf, is written down, and the next household is judged by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from tests.ui.desk import Hand, intake, settle, wait_until
from tests.ui.policy import at_policy, discard_draft, draft_amount, open_standard
from ui.main_window import MainWindow
from ui.policy.page import PolicyPage
from ui.policy.publish_page import PublishPage

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
AMOUNT = "边缘车辆现值上限"
"""A standard that no worked case comes near."""


@pytest.fixture
def page(one_window: MainWindow) -> Iterator[PolicyPage]:
    """政策, with nothing edited."""
    made = at_policy(one_window)
    discard_draft(made)
    yield made
    discard_draft(made)


def fill(window: MainWindow, page: PublishPage, *words: str) -> None:
    """Write the day, the author, the second name and the reason by keys."""
    hand = Hand(window)
    page.boxes.take_hand()
    for text in words:
        hand.press(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
        if text.isascii():
            hand.type(text)
        else:
            hand.speak(text)
        hand.enter()


def test_cases_that_come_out_otherwise_are_listed_and_wait_for_a_reason_each(one_window: MainWindow, page: PolicyPage) -> None:
    draft_amount(page, "低保标准", one_window.workspace.today.isoformat(), {"城市": "833元", "农村": "633元"})
    page.go(4)
    settle()
    publish = page.publishing.page
    hand = Hand(one_window)
    hand.press(KEY.Key_F5)
    wait_until(lambda: publish._task is None)
    count = publish.cases.rowCount()
    assert count > 0
    assert f"{count} 个还没有说明" in publish.state.text()
    hand.enter()
    hand.speak("标准提高，结果应当改变")
    hand.enter()
    assert f"{count - 1} 个还没有说明" in publish.state.text()
    assert publish.cases.hasFocus()
    hand.enter(2)
    assert f"{count - 2} 个还没有说明" in publish.state.text(), "the last reason is offered again"
    assert list(publish.accepted.values()) == ["标准提高，结果应当改变"] * 2


def test_a_draft_with_a_fault_is_not_published_and_says_where(one_window: MainWindow, page: PolicyPage) -> None:
    draft_amount(page, AMOUNT, "2027-01-01", {"": "六万"})
    page.go(4)
    settle()
    publish = page.publishing.page
    assert "「六万」不是金额" in publish.state.text()
    fill(one_window, publish, "2027-01-01", "赵某", "钱某", "试")
    Hand(one_window).press(KEY.Key_F12)
    wait_until(lambda: publish._task is None)
    assert "不能发布" in publish.state.text()
    assert "没有改动" in publish.told.text()
    assert not (one_window.workspace.where.packs).exists() or not list(one_window.workspace.where.packs.glob("office-*"))


def test_a_draft_is_given_up_by_pressing_twice(one_window: MainWindow, page: PolicyPage) -> None:
    draft_amount(page, AMOUNT, "2027-01-01", {"": "60000元"})
    page.go(4)
    settle()
    publish = page.publishing.page
    hand = Hand(one_window)
    hand.press(KEY.Key_F7)
    assert publish.changes.rowCount() == 2
    assert "再按一次" in publish.told.text()
    hand.press(KEY.Key_F7)
    wait_until(lambda: publish.changes.rowCount() == 0)


def test_without_changes_there_is_nothing_to_publish(one_window: MainWindow, page: PolicyPage) -> None:
    page.go(4)
    wait_until(lambda: page.publishing.page.bench is not None)
    Hand(one_window).press(KEY.Key_F12)
    assert "没有改动" in page.publishing.page.told.text()


def test_a_change_is_published_by_two_people_and_the_next_household_is_judged_by_it(window: MainWindow) -> None:
    today, page = window.workspace.today, at_policy(window)
    before = intake(window).desk.rules
    draft_amount(page, AMOUNT, today.isoformat(), {"": "60000元"})
    hand = Hand(window)
    hand.press(KEY.Key_5, ALT)
    settle()
    publish = page.publishing.page
    shown = [row.cells for row in publish.changes.rows]
    assert any(AMOUNT in cells[0] and "60000元" in cells[2] for cells in shown)
    fill(window, publish, today.isoformat(), "赵某经办", "赵某经办", "按年度调整")
    hand.press(KEY.Key_F12)
    assert "复核人不能是修改人自己" in publish.boxes.complaint(("复核",))
    assert "还没有发布" in publish.told.text()
    fill(window, publish, today.isoformat(), "赵某经办", "钱某复核", "按年度调整")
    hand.press(KEY.Key_F12)
    wait_until(lambda: publish._task is None)
    settle()
    assert "已发布" in publish.told.text(), publish.state.text()
    (pack,) = [pack for pack in window.workspace.catalogue.packs if pack.level == "单位"]
    with window.workspace.store.reading() as view:
        (event,) = view.events(pack.id)
    assert (event.action, event.actor, event.detail["复核"], event.detail["版本"]) == ("发布政策修改", "赵某经办", "钱某复核", pack.version)
    assert window.workspace.catalogue.standards[AMOUNT].on(today).values == {(): 6_000_000}  # type: ignore[union-attr]
    window.go(0)
    settle()
    assert intake(window).desk.rules is not before
    assert intake(window).desk.catalogue.digest == window.workspace.catalogue.digest
    window.go(4)
    hand.press(KEY.Key_F6)
    (past,) = [row.cells for row in page.publishing.history.table.rows]
    assert past[0] == today.isoformat()
    assert past[1] == "赵某经办\n复核 钱某复核"
    assert pack.version in past[2]
    assert AMOUNT in past[3]
    settle()
    wait_until(lambda: page.publishing.history.isVisible())
    hand.press(KEY.Key_Escape)
    wait_until(lambda: page.publishing.currentWidget() is publish)
    wait_until(lambda: "还没有改动" in publish.note.text())


def test_an_editor_read_again_behind_this_page_leaves_it_the_keyboard(one_window: MainWindow, page: PolicyPage) -> None:
    page.go(1)
    editor = open_standard(page, AMOUNT)
    page.go(4)
    wait_until(lambda: page.publishing.page.bench is not None)
    page.studio.forget()
    wait_until(lambda: editor.bench is not None or page.studio._task is None)
    settle()
    focus = one_window.focusWidget()
    assert focus is not None
    assert page.publishing.isAncestorOf(focus), "a page behind took the keyboard"
