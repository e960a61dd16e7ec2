"""结账 in the window: what is missing opens its household, closing is asked twice, the same workbook comes again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from tests.ui.books import at_books, file_early, reviewed, without_account, worked
from tests.ui.desk import Hand, intake, settle, wait_until
from ui.books.pane import BooksPane
from ui.books.words import NOTHING, SOFT
from ui.main_window import MainWindow
from ui.places import INTAKE, ROSTERS

F6, F8, F9, F12, ESC = (Qt.Key.Key_F6, Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F12, Qt.Key.Key_Escape)


@pytest.fixture(scope="module")
def desk(one_window: MainWindow, tmp_path_factory: pytest.TempPathFactory) -> MainWindow:
    """The window of the module, with two households filed in August, one without an account."""
    file_early(one_window, worked("C10"), date(2026, 8, 4))
    file_early(one_window, without_account(tmp_path_factory.mktemp("files"), "C08"), date(2026, 8, 12))
    return one_window


@pytest.fixture
def pane(desk: MainWindow, tmp_path: Path) -> BooksPane:
    """The pane on August's books, writing into a folder of the test."""
    desk.activateWindow()
    found = at_books(desk)
    found.page.folder.box.setText(str(tmp_path))
    show(found, "2026-08")
    return found


def show(pane: BooksPane, period: str) -> None:
    pane.page.period.setCurrentText(period)
    pane.page.review()
    reviewed(pane)
    pane.page.balance.setFocus()


def idle(pane: BooksPane) -> None:
    wait_until(lambda: not pane.page.running)
    settle()


def test_what_is_missing_opens_its_household(desk: MainWindow, pane: BooksPane) -> None:
    assert "可以结账" in pane.page.note.text()
    sums = pane.page.balance.rows[0].cells
    assert sums[0] == "合计"
    assert sums[4] == NOTHING != sums[8]
    lack = pane.page.lacks.rows[0]
    assert lack.cells[1:4] == ("马某英", "示例县城关街道东门社区", "「救助资金发放清册」缺账号")
    assert lack.cells[4] == SOFT
    pane.page.lacks.setFocus()
    Hand(desk).enter()
    assert desk.stack.currentWidget() is intake(desk)
    desk.go(INTAKE)
    intake(desk).start_new()


def test_the_hand_goes_into_the_books_when_asked_and_not_while_it_writes_a_period(
    desk: MainWindow, pane: BooksPane
) -> None:
    page, hand = pane.page, Hand(desk)
    page.period.setFocus()
    hand.enter()
    reviewed(pane)
    assert page.balance.hasFocus()
    page.period.setFocus()
    hand.enter()
    page.period.lineEdit().clear()
    hand.type("2026-0")
    reviewed(pane)
    hand.type("8")
    assert page.period.written == "2026-08"


def test_a_line_of_the_balance_opens_into_what_moved_and_on_into_its_household(
    desk: MainWindow, pane: BooksPane
) -> None:
    pane.page.balance.setCurrentCell(1, 0)
    hand = Hand(desk)
    hand.enter()
    assert pane.page.lines.isVisible()
    assert not pane.page.lacks.isVisible()
    assert {row.cells[3] for row in pane.page.lines.rows} == {"新增"}
    assert len(pane.page.lines.rows) < len(pane.page.found.lines.rows)  # type: ignore[union-attr]
    hand.press(ESC)
    assert pane.page.lacks.isVisible()
    pane.page.show_lines("合计")
    Hand(desk).enter()
    assert desk.stack.currentWidget() is intake(desk)
    intake(desk).start_new()


def test_what_hinders_closing_is_said_and_a_bad_period_too(desk: MainWindow, pane: BooksPane) -> None:
    show(pane, "2026-09")
    assert "才结束" in pane.page.note.text()
    hand = Hand(desk)
    hand.press(F12)
    hand.press(F12)
    assert "还不能结账" in pane.page.told.text()
    hand.press(F8)
    idle(pane)
    assert "没有可比的底表" in pane.page.told.text()
    pane.page.period.setCurrentText("上个礼拜")
    pane.page.period.setFocus()
    hand.enter()
    assert "看不懂期间" in pane.page.told.text()
    with desk.workspace.store.reading() as view:
        assert not view.closed_books()


def test_closing_is_asked_twice_and_gives_the_same_workbook_ever_after(
    desk: MainWindow, pane: BooksPane, tmp_path: Path
) -> None:
    hand = Hand(desk)
    hand.press(F12)
    assert "再按一次 F12" in pane.page.told.text()
    hand.press(ESC)
    assert "再按一次" not in pane.page.told.text()
    hand.press(F12)
    assert "没有补齐" in pane.page.told.text()
    hand.press(F12)
    wait_until(lambda: pane.page.found is not None and pane.page.found.closed is not None)
    idle(pane)
    assert "已结账：第 1 号" in desk.bar.message.text()
    assert "已结账" in pane.page.note.text()
    assert not pane.page.buttons["F12"].isEnabled()
    with desk.workspace.store.reading() as view:
        (book,) = view.closed_books()
    assert (book.actor, book.at) == ("赵某经办", desk.workspace.now())

    hand.press(F6)
    wait_until(lambda: bool(pane.history.table.rows))
    (row,) = pane.history.table.rows
    assert row.cells[:2] == ("第 1 号", "2026年8月")
    assert row.cells[5] == book.digest[:12]
    assert "与结账时一致" in row.cells[6]
    target = tmp_path / "第1号账.xlsx"
    first = again(desk, pane, target)
    file_early(desk, worked("C12"), date(2026, 8, 5))
    assert again(desk, pane, target) == first
    names = load_workbook(target, read_only=True).sheetnames
    assert row.cells[4] == f"{len(names) - 1} 张"

    hand.press(ESC)
    reviewed(pane)
    show(pane, "2026-09")
    hand.press(F8)
    idle(pane)
    assert "本期变动" in pane.page.told.text()
    assert (tmp_path / "变动 2026年9月.xlsx").stat().st_size > 5000
    assert pane.page.balance.rows[0].cells[5] != NOTHING, "what was filed late is a correction"


def again(desk: MainWindow, pane: BooksPane, target: Path) -> bytes:
    """F9, and what it wrote."""
    target.unlink(missing_ok=True)
    pane.history.tell("")
    Hand(desk).press(F9)
    wait_until(lambda: "已原样写到" in pane.history.told.text())
    return target.read_bytes()


def test_a_damaged_book_is_said_in_words(desk: MainWindow, pane: BooksPane) -> None:
    with desk.workspace.store.engine.connect() as connection, connection.begin():
        connection.execute(sa.text("DROP TRIGGER closed_book_no_update"))
        connection.execute(sa.text("UPDATE closed_book SET content = x'00'"))
    pane.look_back()
    wait_until(lambda: bool(pane.history.table.rows))
    assert "存档已损坏" in pane.history.table.rows[0].cells[6]
    assert "1 期的存档与结账时不符" in pane.history.told.text()
    desk.go(ROSTERS)
    wait_until(lambda: bool(pane.history.table.rows))
    pane.history.write()
    wait_until(lambda: "存档已损坏" in desk.bar.message.text())


def test_a_journal_that_was_changed_around_the_program_is_said_too(desk: MainWindow, pane: BooksPane) -> None:
    with desk.workspace.store.engine.connect() as connection, connection.begin():
        connection.execute(sa.text("DROP TRIGGER event_no_update"))
        connection.execute(sa.text("UPDATE event SET actor = '别人' WHERE number = 2"))
    pane.look_back()
    wait_until(lambda: "日志" in pane.history.told.text())
    assert "日志第 2 条起不可信（记录被改动）" in pane.history.told.text()
