"""Rosters from the window: a period, which ones, where to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from forms.loader import DEMO, NATIONAL
from tests.ui.desk import Hand, intake, seat_case, settle, wait_until
from ui.jobs import Source, get_ready, make_packet, write_rosters
from ui.main_window import MainWindow
from ui.workspace import Where


def rosters(window: MainWindow) -> object:
    Hand(window).press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    return window.stack.currentWidget().page(0)  # type: ignore[attr-defined]


def test_what_is_due_in_the_period_is_ticked(seat: MainWindow) -> None:
    page = rosters(seat)
    page.period.setCurrentText("2026-W36")  # type: ignore[attr-defined]
    week = page.list.ticked()  # type: ignore[attr-defined]
    page.period.setCurrentText("2026-09")  # type: ignore[attr-defined]
    assert page.list.ticked() != week  # type: ignore[attr-defined]
    catalogue = seat.workspace.catalogue
    assert all("月" in catalogue.rosters[name].periods for name in page.list.ticked())  # type: ignore[attr-defined]


def test_a_period_nobody_understands_is_said_in_the_bottom_line(seat: MainWindow) -> None:
    page = rosters(seat)
    page.period.setCurrentText("上个礼拜")  # type: ignore[attr-defined]
    Hand(seat).enter()
    assert "看不懂期间" in seat.bar.message.text()


def test_nothing_ticked_is_said(seat: MainWindow) -> None:
    page = rosters(seat)
    page.period.setCurrentText("2026-09")  # type: ignore[attr-defined]
    page.list.tick_only(())  # type: ignore[attr-defined]
    Hand(seat).enter()
    assert "勾选" in seat.bar.message.text()


def test_a_version_says_its_level_in_words_and_colour_and_hides_what_is_not_made_in_it(seat: MainWindow) -> None:
    page = rosters(seat)
    page.period.setCurrentText("2026-09")  # type: ignore[attr-defined]
    level, catalogue = page.level, seat.workspace.catalogue  # type: ignore[attr-defined]
    assert "内部资料" in level.text()
    assert level.property("tone") == "bad"
    page.version.setCurrentIndex(page.version.findData("公示"))  # type: ignore[attr-defined]
    assert level.property("tone") == "soft"
    assert catalogue.versions["公示"].note in level.text()
    assert page.list.ticked()  # type: ignore[attr-defined]
    assert all("公示" in catalogue.rosters[name].versions for name in page.list.ticked())  # type: ignore[attr-defined]
    assert page.list.ticks["R15"].isHidden()  # type: ignore[attr-defined]
    assert not page.list.ticks["R29"].isHidden()  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_written_is_said(window: MainWindow, folder: Path) -> None:
    page = rosters(window)
    (folder / "file").write_text("")
    page.folder.setText(str(folder / "file" / "deeper"))  # type: ignore[attr-defined]
    Hand(window).enter()
    wait_until(lambda: "不能写到" in window.bar.message.text())
    assert page.go.isEnabled()  # type: ignore[attr-defined]


def test_the_helpers_jobs_read_the_store_themselves(window: MainWindow, folder: Path) -> None:
    page = seat_case(window, "C01")
    page.acts.check()
    page.check.submit()
    settle()
    assert page.filed.record is not None
    source = Source(Where(folder, practice=True), (NATIONAL, DEMO), date(2026, 9, 1))
    assert get_ready(source)
    made = make_packet(source, page.filed.record.case_number)
    assert made.pdf.startswith(b"%PDF")
    assert made.contents[0].first == 1
    from clerk.periods import read_span
    from clerk.service import Wanted

    target = write_rosters(source, Wanted((), read_span("2026-W36")), folder / "out" / "a.xlsx")
    assert target.stat().st_size > 5000
    assert intake(window).filed.record is not None
