"""打印: printed again to the byte with the reason, many households in order with a stop, printers brought to the millimetre."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import text

from printing.finish import CALIBRATIONS
from printing.printers import Progress, Stage
from tests.printing.pages import texts_of
from tests.ui.desk import Hand, settle, wait_until
from tests.ui.printing_desk import Tray, at_plan, file_named, plug_in
from ui.main_window import MainWindow
from ui.places import PRINTING
from ui.printing_desk import batch_run
from ui.printing_desk.place import PrintingPage

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LONG = 30.0


@pytest.fixture
def tray(window: MainWindow) -> Tray:
    return plug_in(window)


def at_place(window: MainWindow, part: int = 0) -> PrintingPage:
    window.go(PRINTING)
    page = window.stack.currentWidget()
    assert isinstance(page, PrintingPage)
    page.go(part)
    wait_until(lambda: page.again.where.tray.count() + page.batch.where.tray.count() + page.stock.where.tray.count() > 0)
    settle()
    return page


def one_printed(window: MainWindow, tray: Tray) -> str:
    file_named(window, "C01")
    plan = at_plan(window)
    plan.leave_all_blank()
    plan.print_one()
    wait_until(lambda: len(tray.taken) == 1, LONG)
    return plan.case_number


def test_a_paper_is_found_looked_at_and_printed_again_to_the_byte_with_its_reason(window: MainWindow, tray: Tray) -> None:
    case = one_printed(window, tray)
    page, hand = at_place(window).again, Hand(window)
    for typed in (case, "zmj", "2026-09-01", "D01", "9032"):
        page.line.setText(typed)
        page.look()
        assert len(page.table.rows) == 1, typed
    page.line.setText("没有的")
    page.look()
    assert page.table.rows == []
    page.line.clear()
    page.line.setFocus()
    hand.enter()
    wait_until(lambda: bool(page.pages.pdf), LONG)
    assert page.pages.pdf == tray.taken[0][0]
    page.reason.setCurrentText("当事人遗失")
    hand.press(KEY.Key_P, CTRL)
    wait_until(lambda: len(tray.taken) == 2, LONG)
    assert tray.taken[1][0] == tray.taken[0][0]
    with window.workspace.store.reading() as view:
        assert len(view.issued(case)) == 1, "no second number"
        assert [one.detail["原因"] for one in view.events(case) if one.action == "补印"] == ["当事人遗失"]


def test_damaged_bytes_are_one_sentence_and_a_reason_must_be_given(window: MainWindow, tray: Tray) -> None:
    one_printed(window, tray)
    page = at_place(window).again
    page.reason.setCurrentText("")
    page.print()
    assert "为什么补打" in window.bar.message.text()
    with window.workspace.store.work() as work:
        work.connection.execute(text("DROP TRIGGER IF EXISTS issued_document_stays"))
        for (name,) in work.connection.execute(text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='issued_document'")).all():
            work.connection.execute(text(f'DROP TRIGGER "{name}"'))
        work.connection.execute(text("UPDATE issued_document SET pdf = x'00'"))
    page.reason.setCurrentText("归档需要")
    page.print()
    wait_until(lambda: "已损坏" in page.run.words.text(), LONG)
    assert len(tray.taken) == 1


def test_what_waits_for_a_printer_is_listed_and_tried_again_from_here(window: MainWindow, tray: Tray) -> None:
    file_named(window, "C01")
    plan = at_plan(window)
    plan.leave_all_blank()
    tray.there = False
    plan.print_one()
    wait_until(lambda: plan.run.again.isVisible(), LONG)
    tray.there = True
    page = at_place(window).again
    assert "1 件等着打印" in page._count.text()
    Hand(window).press(KEY.Key_T, CTRL)
    wait_until(lambda: len(tray.taken) == 1, LONG)


def test_households_are_printed_one_after_another_and_stopped_between_two(window: MainWindow, tray: Tray) -> None:
    cases = []
    for name in ("C01", "C12", "C02"):
        cases.append(file_named(window, name).case_number)
        window.places.intake.start_new()  # type: ignore[union-attr]
    page, hand = at_place(window, 1).batch, Hand(window)
    assert [one.case_number for one in page.all] == cases
    page.narrow.setText("低保")
    page.narrow.clear()
    page.look()
    page.table.setFocus()
    page.table.setCurrentCell(1, 0)
    hand.press(KEY.Key_Space)
    assert [one.ticked for one in page.all] == [True, False, True]
    hand.press(KEY.Key_Space)
    page.blanks.setChecked(True)
    hand.press(KEY.Key_P, CTRL)
    assert page.running
    hand.press(KEY.Key_Escape)
    wait_until(lambda: not page.running, LONG)
    done = [one.case_number for one in page.all if one.result]
    assert page.words.text().startswith(f"停下了：共 3 户，已送打印 {len(done)} 户")
    assert done == cases[: len(done)]
    assert [numbers(window, case) > 0 for case in cases] == [case in done for case in cases], "no number for the rest"
    assert len(done) < 3
    hand.press(KEY.Key_P, CTRL)
    wait_until(lambda: not page.running, LONG)
    assert list(dict.fromkeys(title for _, title, _, _ in tray.taken)) == cases
    assert page.words.text() == f"共 {3 - len(done)} 户，已送打印 {3 - len(done)} 户。"


def test_a_batch_of_notices_asks_for_the_day_they_go_up_and_a_dead_printer_ends_it(
    window: MainWindow, tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_run, "MOST_OPEN", 2)
    cases = []
    for name in ("C01", "C12"):
        cases.append(file_named(window, name).case_number)
        window.places.intake.start_new()  # type: ignore[union-attr]
    page, hand = at_place(window, 1).batch, Hand(window)
    page.blanks.setChecked(True)
    assert not page.extra.isVisible(), "packets hold nothing public"
    page.table.setFocus()
    hand.press(KEY.Key_G, CTRL)
    hand.press(KEY.Key_Escape)
    assert (page.extra.finder.isVisible(), page.extra.also) == (False, ())
    hand.press(KEY.Key_G, CTRL)
    hand.type("d20")
    hand.enter()
    assert "拟确认救助对象公示" in page.extra.words.text()
    hand.press(KEY.Key_P, CTRL)
    assert (page.running, page.extra.posted.hasFocus()) == (False, True)
    assert "公示起日" in window.bar.message.text()
    hand.type("2026-9-")
    hand.press(KEY.Key_P, CTRL)
    assert not page.running
    page.extra.posted.clear()
    hand.type("20260903")
    tray.prints = False
    hand.press(KEY.Key_P, CTRL)
    wait_until(lambda: "没有打完" in page.words.text(), LONG)
    assert page.all[1].result == "", "the printer is not flooded"
    for job in tray.states:
        tray.states[job] = Progress(Stage.DONE, "已打印。")
    tray.prints = True
    wait_until(lambda: _looked(window) and not page.running, 2 * LONG)
    notices = notices_of(window, cases)
    assert [("没有拟确认救助对象公示" in one.result) for one in page.all] == [not said for said in notices]
    assert "2026年9月3日至2026年9月9日" in notices[0]
    tray.there = False
    page.extra.posted.clear()
    page.extra.turn("D21")
    page.tick_all()
    hand.press(KEY.Key_P, CTRL)
    hand.press(KEY.Key_P, CTRL)
    wait_until(lambda: not page.running, LONG)
    assert "已送打印 0 户" in page.words.text()
    assert "已编号未打印 1 户" in page.words.text()
    assert "没有应答" in page.words.text()
    assert "补打里重试" in page.all[0].result


def numbers(window: MainWindow, case: str) -> int:
    with window.workspace.store.reading() as view:
        return len(view.issued(case))


def notices_of(window: MainWindow, cases: list[str]) -> list[str]:
    """The words of the notices handed out of each case, "" where there are none."""
    with window.workspace.store.reading() as view:
        kept = [[view.issued_paper(one.number) for one in view.issued(case) if one.paper == "D20"] for case in cases]
    return ["".join("".join(texts_of(one[1])) for one in some if one).replace("\n", "") for some in kept]


def _looked(window: MainWindow) -> bool:
    """Ask the printer now how papers stand, and not at the next tick."""
    window.places.papers.spooler.look()  # type: ignore[union-attr]
    return True


def test_four_readings_bring_a_printer_and_tray_to_the_millimetre(window: MainWindow, tray: Tray) -> None:
    page, hand = at_place(window, 2).stock, Hand(window)
    page.where.tray.setCurrentIndex(1)
    page.print()
    wait_until(lambda: len(tray.taken) == 1, LONG)
    assert tray.taken[0][3].tray == "tray-1"
    wait_until(lambda: page.lines[0].hasFocus(), LONG)
    for reading in ("21", "191", "19.5", "276.5"):
        hand.type(reading)
        hand.enter()
    settle()
    kept = window.workspace.setting(CALIBRATIONS)
    assert kept == {"窗口一\ntray-1": {"offset_x": "1.0", "offset_y": "-0.5", "scale_x": "1.0", "scale_y": "1.0"}}
    assert "右移 1 毫米、下移 -0.5 毫米" in page.kept.text()
    page.lines[0].setText("90")
    page.keep()
    assert "相差太大" in page.complaint.text()
