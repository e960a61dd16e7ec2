"""Tests of the window: our fonts and our look, nothing of the machine's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The look of the program."""
    from ui import theme
    from ui.app import RARE_FONTS, SCREEN_FONTS

    qapp.setStyle("Fusion")
    theme.load_fonts(*SCREEN_FONTS, *RARE_FONTS)
    theme.dress(qapp, theme.USUAL)
    yield


@pytest.fixture
def usual_text(qapp: QApplication) -> Iterator[None]:
    """Put the text size back after a test that changes it."""
    from ui import theme

    yield
    theme.dress(qapp, theme.USUAL)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A clerk's own folder."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
