"""Tests of the window: our fonts and our look, nothing of the machine's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from forms.cache import load_cached
from forms.loader import DEMO, NATIONAL
from tests.ui.desk import a_window, intake, settle
from ui.main_window import MainWindow


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """The look of the program."""
    from ui import theme
    from ui.app import RARE_FONTS, SCREEN_FONTS

    qapp.setStyle("Fusion")
    theme.load_fonts(*SCREEN_FONTS, *RARE_FONTS)
    theme.dress(qapp, theme.USUAL)


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo catalogue as the window keeps it between starts."""
    folder = tmp_path_factory.mktemp("kept") / "cache"
    load_cached((NATIONAL, DEMO), folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path, read_once: Path) -> Path:
    """A clerk's own folder."""
    shutil.copytree(read_once, tmp_path / "cache")
    (tmp_path / "cache").chmod(0o700)
    return tmp_path


@pytest.fixture
def window(folder: Path) -> Iterator[MainWindow]:
    """A practice window at half past nine, ready to work."""
    made = a_window(folder)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def one_window(tmp_path_factory: pytest.TempPathFactory, read_once: Path) -> Iterator[MainWindow]:
    """A window for all tests of a file; each sits down at a new form."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(read_once, folder / "cache")
    (folder / "cache").chmod(0o700)
    made = a_window(folder)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def seat(one_window: MainWindow) -> MainWindow:
    """The same window with a new, empty form."""
    one_window.activateWindow()
    one_window.go(0)
    intake(one_window).start_new()
    settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return one_window


@pytest.fixture
def usual_text(qapp: QApplication) -> Iterator[None]:
    """Put the text size back after a test that changes it."""
    from ui import theme

    yield
    theme.dress(qapp, theme.USUAL)
