"""Scenes of the books: a period before it closes and after, one line of it, the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.ui.books import at_books, file_early, reviewed, without_account, worked
from tests.ui.desk import a_window, settle, wait_until
from ui.books.pane import BooksPane
from ui.main_window import MainWindow


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


BOOKS: dict[str, Callable[[Path], MainWindow]] = {
    "books-open": books_open,
    "books-asked": books_asked,
    "books-lines": books_lines,
    "books-closed": books_closed,
    "books-history": books_history,
}
