"""The office's settings, and the data in use."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.desk import a_workspace
from ui.main_window import MainWindow
from ui.places import SETTINGS
from ui.settings.page import SettingsPage


def test_a_change_of_clerk_is_kept_and_written_down(seat: MainWindow) -> None:
    seat.go(SETTINGS)
    page = seat.stack.currentWidget()
    page.lines["clerk"].setText("钱某")  # type: ignore[attr-defined]
    page.lines["phone"].setText("0999-1234567")  # type: ignore[attr-defined]
    page.keep.click()  # type: ignore[attr-defined]
    office = seat.workspace.office()
    assert office is not None
    assert office.clerk == "钱某"
    assert office.phone == "0999-1234567"
    with seat.workspace.store.reading() as view:
        assert view.events("设置")


@pytest.mark.parametrize(("field", "text", "said"), [("region", "9901", "6、9 或 12"), ("name", "", "单位名称"), ("clerk", " ", "经办人")])
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(seat: MainWindow, field: str, text: str, said: str) -> None:
    seat.go(SETTINGS)
    page = seat.stack.currentWidget()
    before = seat.workspace.office()
    page.lines[field].setText(text)  # type: ignore[attr-defined]
    page.keep.click()  # type: ignore[attr-defined]
    assert said in page._complaint.text()  # type: ignore[attr-defined]
    assert seat.workspace.office() == before


def test_the_layers_in_use_are_named_and_a_missing_county_is_said(folder: object) -> None:
    workspace = a_workspace(folder, practice=False)  # type: ignore[arg-type]
    for _, act in workspace.steps():
        act()
    page = SettingsPage(workspace)
    page.arrive()
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "全国" in words
    assert "还没有本县数据包" in words
    workspace.close()
    page.deleteLater()
