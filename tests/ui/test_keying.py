"""The panel beside a browser: one key hands over the next value, and no secret outlives its time in the clipboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clerk.errors import UserCanFix
from clerk.keying import Keyed, KeyingSheet, State
from tests.ui.desk import Hand, intake, seat_case, settle, wait_until
from ui import theme
from ui.keying.clipboard import HINTS, USUAL, Loan
from ui.keying.desk import KeyingDesk
from ui.keying.panel import KeyingPanel
from ui.keying.walk import Walk
from ui.main_window import MainWindow
from ui.places import CASES
from ui.plan.filed_page import FiledPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
"""A window of its own is placed and raised, which means nothing to a screen that is not there."""
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def clipboard() -> Iterator[QClipboard]:
    """The real clipboard, empty before and after."""
    found = QGuiApplication.clipboard()
    found.clear()
    yield found
    found.clear()


@pytest.fixture(scope="module")
def filed(one_window: MainWindow) -> MainWindow:
    """The window with the worked case filed."""
    page = seat_case(one_window, "C01")
    page.acts.check()
    page.check.submit()
    settle()
    assert page.filed.record is not None
    return one_window


@pytest.fixture
def panel(filed: MainWindow) -> Iterator[KeyingPanel]:
    """The panel, opened by its key on the filed page."""
    filed.go(0)
    page = intake(filed).filed
    at_page(filed, page)
    Hand(filed).press(KEY.Key_K, CTRL)
    found = opened(filed)
    yield found
    found.close()


def at_page(window: MainWindow, page: FiledPage) -> None:
    """Go back to the main window, the hand on a filed page."""
    window.activateWindow()
    page.take_hand()
    wait_until(lambda: page.isAncestorOf(QApplication.focusWidget()))


def opened(window: MainWindow) -> KeyingPanel:
    """The panel, once its lists are made."""
    assert window.places is not None
    keying = window.places.keying
    wait_until(lambda: keying.panel is not None and keying.panel.isVisible())
    assert keying.panel is not None
    return keying.panel


def press(panel: KeyingPanel, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(panel.list, key, modifier)


def show(panel: KeyingPanel, name: str) -> None:
    """Take the list of this name."""
    at = next(at for at, sheet in enumerate(panel._sheets) if sheet.title.startswith(name))
    panel.which.setCurrentIndex(at)


def test_enter_hands_over_value_after_value_in_the_systems_order(panel: KeyingPanel, clipboard: QClipboard) -> None:
    show(panel, "困难残疾人生活补贴")
    assert "残疾人两项补贴信息系统" in panel._system.text()
    assert panel._doubt.text().startswith("待核")
    said = []
    for key in (KEY.Key_Return, KEY.Key_Space, KEY.Key_Enter, KEY.Key_Return):
        press(panel, key)
        said.append((panel._label.text(), clipboard.text()))
    assert said == [
        ("残疾人证号", "99010119560308911741"),
        ("姓名", "张某山"),
        ("公民身份号码", "990101195603089117"),
        ("残疾类别", "4"),
    ]
    assert panel._value.text() == "4"
    assert panel.list.item(panel.list._places[3], 0).text() == "✓"
    assert panel.list.item(panel.list._places[4], 0).text() == ""


def test_up_and_down_walk_and_ctrl_c_copies_this_one(panel: KeyingPanel, clipboard: QClipboard) -> None:
    show(panel, "困难残疾人生活补贴")
    press(panel, KEY.Key_Down)
    assert clipboard.text() == "", "walking copies nothing"
    press(panel, KEY.Key_C, CTRL)
    press(panel, KEY.Key_C, CTRL)
    assert clipboard.text() == "张某山"
    press(panel, KEY.Key_Up)
    press(panel, KEY.Key_Return)
    assert clipboard.text() == "99010119560308911741", "a line walked to is handed over before the next"
    press(panel, KEY.Key_Return)
    assert clipboard.text() == "张某山"


def test_where_there_is_no_value_the_one_before_cannot_be_pasted(panel: KeyingPanel, clipboard: QClipboard) -> None:
    show(panel, "困难残疾人生活补贴")
    at = next(at for at, line in enumerate(panel.walk.lines) if line.state is State.MISSING)
    panel.list.show_at(at - 1)
    press(panel, KEY.Key_Return)
    assert clipboard.text()
    press(panel, KEY.Key_Return)
    assert clipboard.text() == ""
    assert panel._value.text() == panel.walk.lines[at].note == "没填「手机」，先更正"
    assert "缺" in panel._where.text()


def test_behind_the_last_line_nothing_is_left_to_paste(panel: KeyingPanel, clipboard: QClipboard) -> None:
    panel.list.show_at(len(panel.walk.lines) - 1)
    press(panel, KEY.Key_Return)
    assert clipboard.text()
    press(panel, KEY.Key_Return)
    assert clipboard.text() == ""
    assert panel._said.text() == "这张清单到底了"


def test_a_secret_leaves_by_itself_and_a_plain_value_stays(panel: KeyingPanel, clipboard: QClipboard) -> None:
    show(panel, "困难残疾人生活补贴")
    press(panel, KEY.Key_Return)
    assert panel.loan.clock.isActive()
    assert panel._left.text() == f"{USUAL} 秒后清出剪贴板"
    for _ in range(USUAL - 1):
        panel.loan.clock.timeout.emit()
    assert clipboard.text() == "99010119560308911741"
    panel.loan.clock.timeout.emit()
    assert clipboard.text() == ""
    assert not panel.loan.clock.isActive()
    assert panel._left.text() == "剪贴板已清空"
    plain = next(at for at, line in enumerate(panel.walk.lines) if line.text and not line.secret)
    panel.list.show_at(plain)
    press(panel, KEY.Key_Return)
    assert not panel.loan.clock.isActive()
    assert clipboard.text() == panel.walk.lines[plain].text


def test_closing_takes_back_what_was_lent_and_nothing_else(panel: KeyingPanel, clipboard: QClipboard) -> None:
    press(panel, KEY.Key_Return)
    assert clipboard.text()
    press(panel, KEY.Key_Escape)
    assert not panel.isVisible()
    assert clipboard.text() == ""
    panel.show()
    press(panel, KEY.Key_Return)
    clipboard.setText("别人复制的")
    panel.close()
    assert clipboard.text() == "别人复制的"


def test_clipboard_managers_are_told_to_keep_nothing(clipboard: QClipboard) -> None:
    loan = Loan()
    loan.lend("990101198605129032", secret=True)
    held: QMimeData = clipboard.mimeData()
    assert bytes(held.data("x-kde-passwordManagerHint").data()) == b"secret"
    assert all(bytes(held.data(name).data()) == word for name, word in HINTS.items())
    assert any("ExcludeClipboardContentFromMonitorProcessing" in name for name in held.formats())
    loan.lend("1", secret=False)
    assert not loan.clock.isActive(), "the secret before it is gone"
    loan.take_back()
    assert clipboard.text() == ""


def test_how_long_and_on_top_are_kept(panel: KeyingPanel, filed: MainWindow) -> None:
    panel.on_top.click()
    panel.stay.setCurrentIndex(0)
    try:
        assert panel.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
        assert panel.isVisible()
        again = KeyingPanel(filed.workspace)
        assert again.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
        assert again.loan.seconds == 10
        again.deleteLater()
    finally:
        panel.on_top.click()
        panel.stay.setCurrentIndex(1)
    assert not panel.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert panel.loan.seconds == USUAL


def test_a_case_looked_up_opens_its_lists_too_and_they_print(filed: MainWindow) -> None:
    record = intake(filed).filed.record
    assert record is not None
    assert filed.places is not None
    filed.go(CASES)
    cases = filed.stack.currentWidget()
    cases.open_case(record.case_number)  # type: ignore[attr-defined]
    at_page(filed, cases.case)  # type: ignore[attr-defined]
    Hand(filed).press(KEY.Key_K, CTRL)
    panel = opened(filed)
    assert record.case_number in panel.windowTitle()
    press(panel, KEY.Key_P, CTRL)
    pages = cases.case.pages  # type: ignore[attr-defined]
    wait_until(lambda: bool(pages.pdf))
    assert pages.contents.count() == len(panel._sheets) > 2
    panel.close()


def test_columns_grow_with_the_text(panel: KeyingPanel) -> None:
    before = panel.list.columnWidth(1)
    panel.setStyleSheet(f"* {{ font-size: {theme.LARGEST}pt; }}")
    wait_until(lambda: panel.list.columnWidth(1) > before)
    panel.setStyleSheet("")
    wait_until(lambda: panel.list.columnWidth(1) == before)


def test_a_case_without_such_a_system_is_told_in_the_window(filed: MainWindow) -> None:
    assert filed.places is not None
    keying = filed.places.keying
    keying._number = "甲"
    keying._show((), "甲")
    assert "没有要代录的系统" in filed.bar.message.text()


def test_lists_that_come_after_the_window_was_closed_open_nothing(filed: MainWindow) -> None:
    desk = KeyingDesk(filed.places.papers, filed)  # type: ignore[union-attr]
    said: list[str] = []
    desk.said.connect(said.append)
    desk._number = "甲"
    desk._complain(UserCanFix("没有案件「甲」"))
    desk.close()
    desk._show((KeyingSheet("甲", "甲", "甲系统", "1", "甲", True, "", ()),), "甲")
    desk._complain(UserCanFix("没有案件「甲」"))
    assert desk.panel is None
    assert said == ["没有案件「甲」"]


def test_a_walk_over_nothing_and_one_line() -> None:
    assert Walk(()).take_next() is None
    line = Keyed("组", "甲", "1", State.READY)
    walk = Walk((line,))
    assert walk.take_next() is line
    assert walk.take_next() is None
    assert walk.done == {0}


def test_no_list_at_all_leaves_an_empty_panel(filed: MainWindow) -> None:
    panel = KeyingPanel(filed.workspace)
    panel.show_sheets((KeyingSheet("甲", "甲", "甲系统", "1", "甲", True, "", ()),), "甲")
    panel.take_next()
    panel.take()
    assert QGuiApplication.clipboard().text() == ""
    panel.deleteLater()
