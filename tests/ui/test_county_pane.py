"""县里的表: the file the county sent is opened, looked at, mended by keys and filled under another name; next time it is known."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.printing.county_template import FIRST, MAIN
from tests.ui.county import a_busy_template, at_part, file_cases, looked, opened
from tests.ui.desk import Hand
from ui.county.page import CountyPane, free_name
from ui.main_window import MainWindow

KEY = Qt.Key
LETTERS = "ABCDEFGHIJKLMNO"


@pytest.fixture(scope="module")
def filed(one_window: MainWindow) -> MainWindow:
    """Three households filed once for all tests of this file."""
    file_cases(one_window, "C01", "C02", "C30")
    return one_window


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return a_busy_template(tmp_path / "县局报表.xlsx")


@pytest.fixture
def pane(filed: MainWindow, template: Path) -> CountyPane:
    """The template opened anew, nothing remembered of it."""
    with filed.workspace.store.work() as work:
        for roster in ("R01", "R02"):
            work.set_setting(f"县表对照 {roster}", [])
    filed.activateWindow()
    made = at_part(filed, "县里的表")
    assert isinstance(made, CountyPane)
    made.roster.setCurrentIndex(0)
    return opened(filed, template)


@pytest.fixture
def save_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Answer the dialogs that ask for a file."""

    def answer(path: Path) -> None:
        for dialog in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, dialog, staticmethod(lambda *_: (str(path), "")))

    return answer


def line(pane: CountyPane, letter: str) -> tuple[str, ...]:
    """What is shown of one column: what goes into it, its first value, how it was found."""
    at = next(at for at, row in enumerate(pane.view.table.rows) if row.key == LETTERS.index(letter))
    return pane.view.table.rows[at].cells[2:]


def go_to(pane: CountyPane, letter: str) -> Hand:
    pane.view.go_to(LETTERS.index(letter))
    return Hand(pane.window())  # type: ignore[arg-type]


def read_back(path: Path) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def test_each_column_says_what_goes_into_it_and_how_it_was_found(pane: CountyPane) -> None:
    assert line(pane, "E")[0] == "证件号"
    assert len(line(pane, "E")[1]) == 18
    assert line(pane, "E")[2] == "标题对上"
    assert line(pane, "L")[0] == "政治面貌", "the roster does not list it, the form asks it"
    assert line(pane, "A")[:2] == ("序号", "1")
    assert line(pane, "I")[0] == "县里的公式"
    assert line(pane, "N")[0] == "—"
    doubt = line(pane, "M")
    assert doubt[0] == "致困原因"
    assert "请核对" in doubt[2]
    assert QApplication.focusWidget() is pane.view.table
    assert pane.view.table.key() == LETTERS.index("M"), "the hand is where something is to be looked at"


def test_what_a_column_would_not_show_or_offer_is_said_beside_it(pane: CountyPane) -> None:
    go_to(pane, "F")
    assert "下拉里没有：男" in pane.view.cautions.text()
    go_to(pane, "K")
    assert "太窄" in pane.view.cautions.text()
    go_to(pane, "C")
    assert pane.view.cautions.isHidden()
    assert "示例" in pane.notes.text()


def test_a_column_is_given_another_answer_by_its_letters_left_empty_or_fixed(pane: CountyPane) -> None:
    hand = go_to(pane, "G")
    hand.enter()
    hand.type("jtrk")
    hand.enter()
    looked(pane)
    assert line(pane, "G")[0] == "家庭人口"
    assert line(pane, "G")[2].startswith("已更正")
    assert pane.view.table.key() == LETTERS.index("H"), "the hand is on the next column"
    hand = go_to(pane, "K")
    hand.press(KEY.Key_Delete)
    looked(pane)
    assert line(pane, "K")[0] == "—"
    hand = go_to(pane, "N")
    hand.press(KEY.Key_F8)
    hand.speak("红星镇")
    hand.enter()
    looked(pane)
    assert line(pane, "N")[:2] == ("都写「红星镇」", "红星镇")
    hand = go_to(pane, "O")
    hand.enter()
    hand.type("whcd")
    hand.enter()
    looked(pane)
    assert line(pane, "O")[0] == "文化程度", "any answer of the form can be asked for"
    hand = go_to(pane, "O")
    hand.enter()
    hand.press(KEY.Key_Escape)
    assert QApplication.focusWidget() is pane.view.table
    assert line(pane, "O")[0] == "文化程度"


def test_filling_waits_for_what_is_doubtful_then_fills_the_very_file_and_remembers_it(
    pane: CountyPane, template: Path, save_as: Callable[[Path], None]
) -> None:
    before = template.read_bytes()
    target = template.with_name("报县局.xlsx")
    save_as(target)
    hand = go_to(pane, "N")
    hand.press(KEY.Key_F8)
    hand.speak("红星镇")
    hand.enter()
    looked(pane)
    hand.press(KEY.Key_F12)
    assert "核对" in pane.told.text()
    assert not target.exists()
    hand.press(KEY.Key_F7)
    looked(pane)
    hand.press(KEY.Key_F12)
    looked(pane)
    assert "已填入" in pane.told.text()
    assert template.read_bytes() == before
    page = read_back(target)[MAIN]
    assert pane.found is not None
    rows = range(FIRST, FIRST + pane.found.rows)
    assert all(len(page.cell(row, 5).value) == 18 for row in rows)
    assert [page.cell(row, 14).value for row in rows] == ["红星镇"] * pane.found.rows
    assert page.page_setup.paperSize == 8
    assert page.page_setup.orientation == "landscape"
    assert len(page._images) == 2
    pane.open(template)
    looked(pane)
    assert "照上次的对照" in pane.told.text()
    assert line(pane, "N")[0] == "都写「红星镇」"
    assert (line(pane, "M")[0], line(pane, "L")[0]) == ("致困原因", "政治面貌")
    save_as(template)
    pane.fill()
    looked(pane)
    assert "换一个文件名" in pane.told.text()
    assert template.read_bytes() == before


def test_another_roster_or_period_is_looked_at_anew(pane: CountyPane) -> None:
    rows = pane.found.rows if pane.found else 0
    assert rows
    pane.period.setCurrentText("2025-01")
    pane.again()
    looked(pane)
    assert "没有人" in pane.told.text()
    pane.period.setCurrentText("去年")
    pane.again()
    assert "看不懂期间" in pane.told.text()
    pane.period.setCurrentText("2026-09")
    pane.roster.setCurrentIndex(1)
    pane.again()
    looked(pane)
    assert pane.found is not None
    assert pane.asked is not None
    assert pane.asked.roster == pane.roster.currentData()


def test_a_head_pointed_to_is_read_there(pane: CountyPane) -> None:
    hand = go_to(pane, "E")
    hand.press(KEY.Key_F4)
    assert pane.head.sheet.hasFocus()
    assert (pane.head.top.value(), pane.head.deep.value()) == (3, 2)
    pane.head.top.setValue(4)
    looked(pane)
    assert pane.found is not None
    assert pane.found.head[0] == 4
    assert line(pane, "E")[0] == "证件号"


def test_a_file_that_is_no_workbook_is_said_in_one_sentence(
    pane: CountyPane, tmp_path: Path, save_as: Callable[[Path], None]
) -> None:
    (tmp_path / "旧表.csv").write_text("姓名,证件号\n", encoding="utf-8")
    save_as(tmp_path / "旧表.csv")
    Hand(pane.window()).press(KEY.Key_F3)  # type: ignore[arg-type]
    looked(pane)
    assert "另存为 .xlsx" in pane.told.text()
    assert not pane.view.table.isVisible()
    pane.fill()
    assert "F3" in pane.told.text()


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    wanted = tmp_path / "表.xlsx"
    assert free_name(wanted) == wanted
    wanted.touch()
    (tmp_path / "表（2）.xlsx").touch()
    assert free_name(wanted) == tmp_path / "表（3）.xlsx"
