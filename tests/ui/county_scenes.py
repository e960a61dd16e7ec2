"""Pictures of 县里的表 and 自选名单."""

from __future__ import annotations

from pathlib import Path

from tests.ui.county import a_busy_template, file_cases, opened
from tests.ui.desk import a_window
from ui.main_window import MainWindow


def county_sheet(folder: Path) -> MainWindow:
    """The county's busiest sheet: columns to look at, what to know of them."""
    window = a_window(folder)
    file_cases(window, "C01", "C02", "C30")
    opened(window, a_busy_template(folder / "县局2026年9月报表.xlsx"))
    return window


COUNTY = {"county-sheet": county_sheet}
