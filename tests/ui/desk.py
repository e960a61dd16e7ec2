"""Real windows for tests: the practice desk in a folder of its own, on a day that does not move."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from clerk.files import read_household_file
from clerk.settings import Office
from forms.loader import DEMO
from ui.intake.again import entries_of
from ui.intake.desk import Spot
from ui.intake.page import IntakePage
from ui.main_window import MainWindow
from ui.workspace import Where, Workspace

NOW = datetime(2026, 9, 1, 9, 31, tzinfo=timezone(timedelta(hours=8)))
OFFICE = Office("示例县红星镇人民政府", "990101100", "赵某经办")
SIZE = (1366, 700)


def a_workspace(folder: Path, practice: bool = True) -> Workspace:
    """Where a window works, at half past nine on the first of September 2026."""
    return Workspace(Where(folder, practice), lambda: NOW)


def a_window(folder: Path, office: Office | None = OFFICE, *, practice: bool = True) -> MainWindow:
    """A practice window that has loaded everything; the office is known unless told otherwise."""
    workspace = a_workspace(folder, practice)
    window = MainWindow(workspace)
    window.resize(*SIZE)
    window.show()
    for _, act in workspace.steps():
        act()
    if office is not None:
        workspace.keep_office(office)
    window._enter()
    settle()
    return window


def intake(window: MainWindow) -> IntakePage:
    """The intake page of a window."""
    assert window.places is not None
    return window.places.intake


def seat_case(window: MainWindow, name: str) -> IntakePage:
    """Seat a worked case of the demo county."""
    page = intake(window)
    household = read_household_file(DEMO / "cases" / f"{name}.yaml", page.workspace.catalogue, NOW.date())
    page._seat(entries_of(household, page.workspace.catalogue))
    settle()
    return page


def settle(rounds: int = 12) -> None:
    """Let everything that waits for the event loop happen."""
    for _ in range(rounds):
        QCoreApplication.processEvents()


def wait_until(done: Callable[[], bool], seconds: float = 60) -> None:
    """Let the event loop run until something is so."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "waited too long"
        QCoreApplication.processEvents()
        time.sleep(0.005)


class Hand:
    """A clerk's hand on the keyboard: presses keys where the focus is, and counts them."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.keys = 0
        self.letters = 0

    @property
    def here(self) -> QWidget:
        """Where the focus is."""
        return QApplication.focusWidget() or self.window

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        """Press one key."""
        for _ in range(times):
            self.keys += 1
            QTest.keyClick(self.here, key, modifier)
            QCoreApplication.processEvents()

    def enter(self, times: int = 1) -> None:
        """Go on."""
        self.press(Qt.Key.Key_Return, times=times)

    def type(self, text: str) -> None:
        """Type plain characters, key by key."""
        assert text.isascii()
        self.keys += len(text)
        self.letters += len(text)
        QTest.keyClicks(self.here, text)
        QCoreApplication.processEvents()

    def speak(self, text: str) -> None:
        """Type Chinese through the input method: its pinyin letters, and a space for each word committed."""
        from clerk.pinyin import spelled

        strokes = len(spelled(text)[0]) + 1
        self.keys += strokes
        self.letters += strokes
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.here, event)
        QCoreApplication.processEvents()

    def spot(self) -> Spot | None:
        """Which question the hand is on."""
        row = intake(self.window).desk_view.form.row_here()
        return Spot(row.field.table, row.row, row.field.id) if row else None


def text_of(widget: QWidget) -> str:
    """What stands in an editor."""
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()  # type: ignore[attr-defined]
