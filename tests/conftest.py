"""Shared by all tests: no display is needed, and the day is always the same."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from datetime import date

import pytest


@pytest.fixture
def today() -> date:
    """The day the worked cases are judged on."""
    return date(2026, 9, 1)
