"""Rosters from the window: a period, which ones, where to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from clerk.roster_exports import EXPORTED
from forms.loader import DEMO, NATIONAL
from tests.ui.books import file_early, without_account, worked
from tests.ui.desk import Hand, intake, seat_case, settle, wait_until
from ui.jobs import Source, get_ready, make_packet, write_rosters
from ui.main_window import MainWindow
from ui.rosters.jobs import Preview
from ui.rosters.page import RostersPage
from ui.rosters.side import PAST
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


def test_a_folder_that_cannot_be_written_is_said(seat: MainWindow, tmp_path: Path) -> None:
    page = rosters(seat)
    page.period.setCurrentText("2026-W36")  # type: ignore[attr-defined]
    page.version.setCurrentIndex(0)  # type: ignore[attr-defined]
    (tmp_path / "file").write_text("")
    page.folder.setText(str(tmp_path / "file" / "deeper"))  # type: ignore[attr-defined]
    Hand(seat).enter()
    wait_until(lambda: "不能写到" in seat.bar.message.text())
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


def at_august(window: MainWindow, folder: Path) -> RostersPage:
    page = rosters(window)
    assert isinstance(page, RostersPage)
    page.period.setCurrentText("2026-08")
    page.version.setCurrentIndex(0)
    page.folder.setText(str(folder))
    return page


def looked(page: RostersPage, act: Callable[[], None]) -> Preview:
    page.found = None
    act()
    wait_until(lambda: page.found is not None)
    settle()
    assert page.found is not None
    return page.found


@pytest.fixture(scope="module")
def filed(one_window: MainWindow, tmp_path_factory: pytest.TempPathFactory) -> MainWindow:
    """The window of the module with two households filed in August, one without an account."""
    file_early(one_window, worked("C01"), date(2026, 8, 4))
    file_early(one_window, without_account(tmp_path_factory.mktemp("files"), "C08"), date(2026, 8, 12))
    return one_window


def test_a_roster_is_looked_at_before_it_goes_out_and_the_preview_follows_hand_and_version(
    filed: MainWindow, seat: MainWindow, tmp_path: Path
) -> None:
    page, hand = at_august(seat, tmp_path), Hand(seat)
    page.list.ticks["R01"].setFocus()
    inside = looked(page, lambda: hand.press(Qt.Key.Key_F9))
    table = page.side.preview
    headings = [table.horizontalHeaderItem(at).text() for at in range(table.columnCount())]
    assert (headings[0], inside.rows, table.rowCount()) == ("序号", len(inside.shown), len(inside.shown))
    numbers = table.item(0, headings.index("证件号")).text()
    assert len(numbers) == 18
    public = looked(page, lambda: page.version.setCurrentIndex(page.version.findData("公示")))
    assert "证件号" not in public.headings
    assert not any(numbers in cell for row in public.shown for cell in row)
    assert public.headings
    followed = looked(page, lambda: hand.press(Qt.Key.Key_Down))
    assert followed.title != public.title


def test_what_is_missing_before_a_roster_can_be_handed_in_opens_its_household(
    filed: MainWindow, seat: MainWindow, tmp_path: Path
) -> None:
    page, hand = at_august(seat, tmp_path), Hand(seat)
    page.list.ticks["R26"].setFocus()
    looked(page, lambda: hand.press(Qt.Key.Key_F10))
    assert "还缺" in page.side.title.text()
    assert page.side.lacks.rows[0].cells[1] == "马某英"
    page.side.take_hand()
    hand.press(Qt.Key.Key_Escape)
    assert page.list.ticks["R26"].hasFocus()
    page.side.take_hand()
    hand.enter()
    assert seat.stack.currentWidget() is intake(seat)
    intake(seat).start_new()
    page = at_august(seat, tmp_path)
    page.list.ticks["R07"].setFocus()
    looked(page, lambda: hand.press(Qt.Key.Key_F10))
    assert "不缺什么" in page.side.title.text()


def test_what_went_out_is_told_to_the_journal_without_a_name(
    filed: MainWindow, seat: MainWindow, tmp_path: Path
) -> None:
    page, hand = at_august(seat, tmp_path), Hand(seat)
    page.list.tick_only({"R01", "R26"})
    page.period.setFocus()
    hand.enter()
    wait_until(lambda: page.go.isEnabled())
    written = tmp_path / "花名册 2026-08.xlsx"
    digest = hashlib.sha256(written.read_bytes()).hexdigest()
    assert page.side.view == PAST
    row = page.side.past.rows[0]
    assert row.cells[1:4] == ("2 本", "2026年8月", "内部")
    assert row.cells[5:] == (digest[:12], "赵某经办")
    with seat.workspace.store.reading() as view:
        event = view.events("花名册")[-1]
    assert event.action == EXPORTED
    assert (event.detail["花名册"], event.detail["指纹"], event.at) == ("R01、R26", digest, seat.workspace.now())
    assert "某" not in "".join(event.detail.values())
    hand.press(Qt.Key.Key_F6)
    page.side.take_hand()
    hand.enter()
    assert "救助资金发放清册" in page.side.title.text()


def test_a_roster_that_cannot_be_looked_at_says_why(filed: MainWindow, seat: MainWindow, tmp_path: Path) -> None:
    page = at_august(seat, tmp_path)
    page.period.setCurrentText("上个礼拜")
    page.turn(0)
    assert "先写期间" in page.side.title.text()
