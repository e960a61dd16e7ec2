"""Households filed on an earlier day, and the page that closes books, for tests and pictures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from clerk.service import Plans, apply_file, screen_file
from forms.loader import DEMO
from tests.ui.desk import OFFICE, settle, wait_until
from ui.books.pane import BooksPane
from ui.main_window import MainWindow
from ui.places import ROSTERS
from ui.rosters.place import PARTS


def file_early(window: MainWindow, source: Path, day: date) -> str:
    """File a household on an earlier day with all it may have; its case number."""
    plans = Plans(window.workspace.catalogue)
    done = screen_file(source, plans, day)
    return apply_file(done, "all", store=window.workspace.store, plans=plans, office=OFFICE).case_number


def worked(name: str) -> Path:
    """The file of a worked household."""
    return DEMO / "cases" / f"{name}.yaml"


def without_account(folder: Path, name: str) -> Path:
    """A worked household that has not said where its money goes."""
    kept = worked(name).read_text(encoding="utf-8").splitlines()
    made = folder / f"{name}.yaml"
    made.write_text("\n".join(line for line in kept if not line.startswith("账号:")), encoding="utf-8")
    return made


def at_books(window: MainWindow) -> BooksPane:
    """Go to 结账 and wait for the books of the period most likely meant."""
    window.go(ROSTERS)
    sheets = window.stack.currentWidget()
    sheets.go(next(at for at, part in enumerate(PARTS) if part.name == "结账"))  # type: ignore[attr-defined]
    pane = sheets.stack.currentWidget()  # type: ignore[attr-defined]
    assert isinstance(pane, BooksPane)
    reviewed(pane)
    return pane


def reviewed(pane: BooksPane) -> None:
    """Wait until the page has its books."""
    wait_until(lambda: not pane.page.running and pane.page.found is not None)
    settle()
