"""Going to 县里的表 and 自选名单 with some households filed, for tests and pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from clerk.service import Plans, apply_file, screen_file
from forms.loader import DEMO
from tests.ui.desk import NOW, OFFICE, settle, wait_until
from ui.county.page import CountyPane
from ui.main_window import MainWindow
from ui.places import ROSTERS
from ui.rosters.place import PARTS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def at_part(window: MainWindow, name: str) -> QWidget:
    """Go to one page of the place of sheets."""
    window.go(ROSTERS)
    place = window.stack.currentWidget()
    place.go(next(at for at, part in enumerate(PARTS) if part.name == name))  # type: ignore[attr-defined]
    settle()
    return place.stack.currentWidget()  # type: ignore[attr-defined]


def file_cases(window: MainWindow, *names: str) -> None:
    """File worked households of the demo county, without the window."""
    plans = Plans(window.workspace.catalogue)
    for name in names:
        done = screen_file(DEMO / "cases" / f"{name}.yaml", plans, NOW.date())
        apply_file(done, "all", store=window.workspace.store, plans=plans, office=OFFICE)


def looked(pane: CountyPane) -> CountyPane:
    """Wait until what was asked for last is shown."""
    wait_until(lambda: pane.told.text() not in ("正在查看…", "正在填表…"))
    settle()
    return pane


def opened(window: MainWindow, file: Path, period: str = "2026-09") -> CountyPane:
    """The county's file opened for a period."""
    pane = at_part(window, "县里的表")
    assert isinstance(pane, CountyPane)
    pane.period.setCurrentText(period)
    pane.open(file)
    return looked(pane)


def a_busy_template(path: Path) -> Path:
    """The county's template with what has to be looked at: headings said otherwise, a drop-down with other words."""
    from copy import copy

    from tests.printing.county_template import FIRST, TOTAL, a_county_template

    def change(page: Worksheet) -> None:
        page["L3"] = "政治面貌"
        for at, below in enumerate(("致困的原因", "填报乡镇", "申请日期"), 13):
            for line, text in ((3, below if at == 13 else "其他"), (4, None if at == 13 else below), (5, str(at))):
                cell = page.cell(line, at, text)
                cell.fill, cell.border, cell.alignment = (
                    copy(getattr(page.cell(line, 2), what)) for what in ("fill", "border", "alignment")
                )
            for line in range(FIRST, TOTAL):
                page.cell(line, at).border = copy(page.cell(line, 2).border)
        page.merge_cells("M3:M4")
        page.merge_cells("N3:O3")
        page.data_validations.dataValidation[0].formula1 = '"男性,女性"'

    return a_county_template(path, change)
