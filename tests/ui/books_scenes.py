"""Scenes of the books and of the page of rosters: a period before it closes and after, the history; one roster looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.ui.books import at_books, file_early, reviewed, without_account, worked
from tests.ui.desk import a_window, settle, wait_until
from ui.books.pane import BooksPane
from ui.main_window import MainWindow
from ui.places import ROSTERS
from ui.rosters.page import RostersPage


def _filed(folder: Path) -> MainWindow:
    window = a_window(folder)
    for at, name in enumerate(("C01", "C02", "C30", "C12", "C06")):
        file_early(window, worked(name), date(2026, 8, 3 + at))
    file_early(window, without_account(folder, "C08"), date(2026, 8, 12))
    file_early(window, worked("C10"), date(2026, 7, 13))
    return window


def _closed(folder: Path) -> tuple[MainWindow, BooksPane]:
    window = _filed(folder)
    pane = at_books(window)
    pane.page.period.setCurrentText("2026-07")
    for period in ("2026-07", "2026-08"):
        pane.page.period.setCurrentText(period)
        pane.page.review()
        reviewed(pane)
        pane.page.close_period()
        pane.page.close_period()
        wait_until(lambda: pane.page.found is not None and pane.page.found.closed is not None)
        reviewed(pane)
    return window, pane


def books_open(folder: Path) -> MainWindow:
    """A month that can be closed, with an account missing."""
    window = _filed(folder)
    at_books(window)
    return window


def books_asked(folder: Path) -> MainWindow:
    """F12 pressed once: what it means."""
    window = _filed(folder)
    pane = at_books(window)
    pane.page.close_period()
    settle()
    return window


def books_lines(folder: Path) -> MainWindow:
    """The lines behind one sum."""
    window = _filed(folder)
    pane = at_books(window)
    pane.page.show_lines("合计")
    settle()
    return window


def books_closed(folder: Path) -> MainWindow:
    """A closed month."""
    return _closed(folder)[0]


def books_history(folder: Path) -> MainWindow:
    """Two closed months, checked."""
    window, pane = _closed(folder)
    pane.look_back()
    wait_until(lambda: bool(pane.history.table.rows))
    settle()
    return window


def rosters_preview(folder: Path) -> MainWindow:
    """A roster as its sheet will stand."""
    return _looked_at(folder, 0, "R26")


def rosters_public(folder: Path) -> MainWindow:
    """The same page with a version that leaves the office."""
    return _looked_at(folder, 0, "R01", "公示")


def rosters_lacks(folder: Path) -> MainWindow:
    """What is missing before it can be handed in."""
    return _looked_at(folder, 1, "R26")


def rosters_past(folder: Path) -> MainWindow:
    """What went out."""
    window = _filed(folder)
    page = _export_page(window)
    page.folder.setText(str(folder / "out"))
    for period, version in (("2026-08", "内部"), ("2026-08", "公示"), ("2026-W33", "内部")):
        page.period.setCurrentText(period)
        page.version.setCurrentIndex(page.version.findData(version))
        page.side.past.fill([])
        page.export()
        wait_until(lambda: page.side.past.rowCount() > 0)
    settle()
    return window


def _looked_at(folder: Path, view: int, roster: str, version: str = "内部") -> MainWindow:
    window = _filed(folder)
    page = _export_page(window)
    page.period.setCurrentText("2026-08")
    page.version.setCurrentIndex(page.version.findData(version))
    page.list.ticks[roster].setFocus()
    page.turn(view)
    wait_until(lambda: page.found is not None)
    settle()
    return window


def _export_page(window: MainWindow) -> RostersPage:
    window.go(ROSTERS)
    page = window.stack.currentWidget().page(0)  # type: ignore[attr-defined]
    assert isinstance(page, RostersPage)
    return page


BOOKS: dict[str, Callable[[Path], MainWindow]] = {
    "books-open": books_open,
    "books-asked": books_asked,
    "books-lines": books_lines,
    "books-closed": books_closed,
    "books-history": books_history,
    "rosters-preview": rosters_preview,
    "rosters-public": rosters_public,
    "rosters-lacks": rosters_lacks,
    "rosters-past": rosters_past,
}
