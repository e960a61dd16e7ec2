"""Pictures of 县里的表 and 自选名单."""

from __future__ import annotations

from pathlib import Path

from clerk.own_lists import Condition, OwnColumn, OwnList
from forms.roster import GROUPED, REGISTERED
from tests.ui.county import a_busy_template, at_part, file_cases, opened
from tests.ui.desk import a_window, settle, wait_until
from ui.main_window import MainWindow
from ui.own_lists.page import OwnListPane


def county_sheet(folder: Path) -> MainWindow:
    """The county's busiest sheet: columns to look at, what to know of them."""
    window = a_window(folder)
    file_cases(window, "C01", "C02", "C30")
    opened(window, a_busy_template(folder / "县局2026年9月报表.xlsx"))
    return window


def own_list(folder: Path) -> MainWindow:
    """Everybody of sixty and over in one township, their numbers in groups."""
    window = a_window(folder)
    file_cases(window, "C01", "C02", "C30", "C12")
    pane = at_part(window, "自选名单")
    assert isinstance(pane, OwnListPane)
    columns = (
        OwnColumn("居住村", "居住村"),
        OwnColumn("姓名", "姓名"),
        OwnColumn("性别", "性别"),
        OwnColumn("期末周岁", "期末周岁"),
        OwnColumn("证件号", "证件号码", GROUPED),
        OwnColumn("手机", "手机号码", masked=True),
        OwnColumn("残疾等级", "残疾等级"),
    )
    conditions = (Condition("期末周岁", low="16"), Condition("现住地", ("990101001", "990101100")))
    pane.show_list(OwnList("十六岁以上", REGISTERED, "成员", (), conditions, columns))
    wait_until(lambda: pane.shown is not None and len(pane.shown.headings) == len(columns))
    settle()
    return window


COUNTY = {"county-sheet": county_sheet, "own-list": own_list}
