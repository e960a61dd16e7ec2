"""Tests of the whole road, from the window to paper: dressed like the tests of the window."""

from tests.ui.conftest import dressed

__all__ = ["dressed"]
