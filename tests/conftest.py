"""Shared by all tests: no display is needed, and the day is always the same."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from datetime import date

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True, database=None)
settings.register_profile("roaming", print_blob=True)
settings.load_profile(os.environ.get("CLERK_HYPOTHESIS", "same"))
"""The same examples on every machine, so that nobody's unrelated change turns red; `dev.py soak` roams."""


@pytest.fixture
def today() -> date:
    """The day the worked cases are judged on."""
    return date(2026, 9, 1)
