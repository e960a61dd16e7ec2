"""自选名单: three steps by keys, what it holds shown meanwhile, a workbook, kept under a name and made again."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clerk.own_lists import Condition, OwnList, own_lists
from clerk.roster_exports import exports
from forms.roster import ACCEPTED, DIGITS, GROUPED, REGISTERED
from tests.ui.county import at_part, file_cases
from tests.ui.desk import Hand, settle, wait_until
from ui.main_window import MainWindow
from ui.own_lists.condition_sheet import picked
from ui.own_lists.page import OwnListPane

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def filed(one_window: MainWindow) -> MainWindow:
    """Three households filed once for all tests of this file."""
    file_cases(one_window, "C01", "C02", "C30")
    return one_window


@pytest.fixture
def pane(filed: MainWindow, tmp_path: Path) -> OwnListPane:
    """A new list, nothing kept."""
    with filed.workspace.store.work() as work:
        work.set_setting("自选名单", [])
    filed.activateWindow()
    made = at_part(filed, "自选名单")
    assert isinstance(made, OwnListPane)
    made.where.folder.box.setText(str(tmp_path))
    made.where.period.setCurrentText("2026-09")
    made.where.version.setCurrentIndex(0)
    made.show_list(made._first())
    return seen(made)


def seen(pane: OwnListPane) -> OwnListPane:
    """Wait until the list as it is asked for now is shown."""
    pane.shown = None
    pane.tell("正在")
    pane.preview()
    wait_until(lambda: not pane.told.text().startswith("正在"))
    settle()
    return pane


def rows(pane: OwnListPane) -> list[tuple[str, ...]]:
    assert pane.shown is not None, pane.told.text()
    return list(pane.shown.shown)


def hand_on(pane: OwnListPane, widget) -> Hand:
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    return Hand(pane.window())  # type: ignore[arg-type]


def add_column(pane: OwnListPane, letters: str) -> None:
    hand = hand_on(pane, pane.columns.add)
    hand.type(letters) if letters.isascii() else hand.speak(letters)
    hand.enter()


def test_a_new_list_holds_everybody_on_file_by_name_and_number(pane: OwnListPane) -> None:
    assert pane.shown is not None
    assert pane.shown.headings == ("姓名", "身份证号")
    assert pane.shown.count == pane.shown.people == len(rows(pane))
    assert pane.shown.households == 3
    assert "3 户" in pane.told.text()
    assert not pane.who.programmes.isEnabled(), "who is on file has applied for nothing here"
    assert pane.who.row.findData("办件") < 0


def test_columns_come_by_their_letters_move_and_take_another_way_by_keys(pane: OwnListPane) -> None:
    add_column(pane, "xb")
    add_column(pane, "周岁")
    assert [one.word for one in pane.columns.columns] == ["姓名", "证件号", "性别", "期末周岁"]
    hand = hand_on(pane, pane.columns.table)
    hand.press(KEY.Key_Up, ALT)
    assert [one.word for one in pane.columns.columns] == ["姓名", "证件号", "期末周岁", "性别"]
    hand.press(KEY.Key_Delete)
    assert [one.word for one in pane.columns.columns] == ["姓名", "证件号", "性别"]
    pane.columns.table.setCurrentCell(1, 0)
    hand.press(KEY.Key_Space)
    assert pane.columns.columns[1].numbers == GROUPED
    assert [len(part) for part in rows(seen(pane))[0][1].split()] == [6, 8, 4]
    hand.press(KEY.Key_Space)
    assert pane.columns.columns[1].numbers == DIGITS
    hand.press(KEY.Key_Space)
    assert pane.columns.columns[1].masked
    assert "********" in rows(seen(pane))[0][1]
    hand.press(KEY.Key_Space)
    assert (pane.columns.columns[1].numbers, pane.columns.columns[1].masked) == ("文本", False)
    hand.press(KEY.Key_F2)
    hand.speak("公民身份号码")
    hand.enter()
    assert [one.heading for one in pane.columns.columns] == ["姓名", "公民身份号码", "性别"]
    assert QApplication.focusWidget() is pane.columns.table
    hand.press(KEY.Key_F2)
    hand.speak("不要")
    hand.press(KEY.Key_Escape)
    assert pane.columns.columns[1].heading == "公民身份号码"
    assert seen(pane).shown is not None
    assert pane.shown is not None
    assert pane.shown.headings[1] == "公民身份号码"
    hand_on(pane, pane.columns.add).speak("没有的列")
    Hand(pane.window()).enter()  # type: ignore[arg-type]
    assert "没有「没有的列」" in pane.told.text()


def test_a_condition_is_asked_by_letters_and_changed_by_enter(pane: OwnListPane) -> None:
    add_column(pane, "周岁")
    everybody = len(rows(seen(pane)))
    hand = hand_on(pane, pane.who.source)
    hand.press(KEY.Key_F6)
    wait_until(lambda: pane.names.isVisible())
    hand.speak("周岁")
    hand.enter()
    hand.type("60")
    hand.enter(2)
    assert pane.asked().conditions == (Condition("期末周岁", low="60"),)
    old = rows(seen(pane))
    assert 0 < len(old) < everybody
    assert all(int(row[2]) >= 60 for row in old)
    hand = hand_on(pane, pane.who.table)
    hand.enter()
    hand.enter()
    hand.type("70")
    hand.enter()
    assert pane.asked().conditions == (Condition("期末周岁", low="60", high="70"),)
    assert pane.who.table.rows[0].cells[1] == "60 至 70"
    hand.press(KEY.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert pane.asked().conditions == ()


def test_a_village_and_an_option_are_picked_from_lists(pane: OwnListPane) -> None:
    pane._ask("现住地", None)
    hand = Hand(pane.window())  # type: ignore[arg-type]
    hand.type("hxz")
    hand.enter()
    (condition,) = pane.asked().conditions
    assert condition.word == "现住地"
    assert pane._plan().catalogue.regions[condition.among[0]].startswith("示例县红星镇")
    assert "红星镇" in pane.who.table.rows[0].cells[1]
    add_column(pane, "jzc")
    found = rows(seen(pane))
    assert found
    assert {row[2] for row in found} < {"红星村", "柳树村", "石桥村", "居委会"}
    pane._ask("性别", None)
    hand.type("n")
    hand.press(KEY.Key_Escape)
    assert len(pane.asked().conditions) == 1, "Esc asks nothing"
    assert QApplication.focusWidget() is not None


def test_the_workbook_stands_where_it_was_asked_for_and_the_journal_knows(pane: OwnListPane, tmp_path: Path) -> None:
    hand = hand_on(pane, pane.where.name)
    hand.speak("在册人员")
    pane.columns.table.setCurrentCell(1, 0)
    hand_on(pane, pane.columns.table).press(KEY.Key_Space, times=2)
    for count, ending in enumerate(("", "（2）"), 1):
        hand.press(KEY.Key_F12)
        target = tmp_path / f"在册人员 2026-09{ending}.xlsx"
        wait_until(target.exists)
        wait_until(lambda: "已生成" in pane.told.text())
        assert len(list(tmp_path.glob("*.xlsx"))) == count, "nothing is written over"
        pane.tell("")
    page = openpyxl.load_workbook(io.BytesIO(target.read_bytes())).worksheets[0]
    assert page["A1"].value == "在册人员（2026年9月）"
    assert page["C3"].value == "身份证号"
    assert "C3:T3" in {str(area) for area in page.merged_cells.ranges}
    assert all(page.cell(4, at).number_format == "@" for at in range(3, 21))
    footer = (page.oddFooter.left.text, page.oddFooter.center.text, page.oddFooter.right.text)
    assert "内部资料" in "".join(text or "" for text in footer)
    assert page.print_title_rows.endswith("$3")
    with pane._workspace.store.reading() as view:
        assert exports(view)[0].rosters == ("在册人员",)


def test_a_list_is_kept_opened_again_and_forgotten_by_keys(pane: OwnListPane) -> None:
    hand = hand_on(pane, pane.where.name)
    hand.press(KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "名字" in pane.told.text()
    assert QApplication.focusWidget() is pane.where.name
    hand.speak("女性")
    pane.who.keep(Condition("性别", ("女",)))
    hand.press(KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "已保存" in pane.told.text()
    kept = pane.asked()
    assert kept.event == REGISTERED
    pane.show_list(OwnList(columns=kept.columns[:1]))
    hand.press(KEY.Key_F3)
    wait_until(lambda: pane.kept.isVisible())
    hand.type("nx")
    hand.enter()
    assert pane.asked() == kept
    hand.press(KEY.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    with pane._workspace.store.reading() as view:
        assert own_lists(view) == ()
    hand.press(KEY.Key_F3)
    assert "还没有保存" in pane.told.text()


def test_applicants_may_leave_the_office_in_a_version_and_say_its_level(pane: OwnListPane) -> None:
    pane.who.source.setCurrentIndex(pane.who.source.findData(ACCEPTED))
    pane.who.row.setCurrentIndex(pane.who.row.findData("办件"))
    assert pane.who.programmes.isEnabled()
    add_column(pane, "xmmc")
    inside = rows(seen(pane))
    pane.where.version.setCurrentIndex(pane.where.version.findData("公示"))
    assert pane.where.version.level.property("tone") == "soft"
    seen(pane)
    assert pane.shown is not None
    assert pane.shown.headings == ("姓名", "项目名称"), "no number leaves the office"
    assert pane.shown.count <= len(inside)
    pane.who.source.setCurrentIndex(pane.who.source.findData(REGISTERED))
    seen(pane)
    assert "没有公示版" in pane.told.text() or "没有「项目名称」" in pane.told.text()
    assert pane.shown is None


def test_a_programme_is_picked_by_its_letters(pane: OwnListPane) -> None:
    pane.who.source.setCurrentIndex(pane.who.source.findData(ACCEPTED))
    plan = pane._plan()
    with pane._workspace.store.reading() as view:
        record = next(iter(view.cases(pane.where.period.span().since, pane.where.period.span().until, plan.catalogue)))
    wanted = plan.catalogue.programmes[record.applications[0].programme]
    hand_on(pane, pane.who.programmes).speak(wanted.name)
    pane.who.programmes.settle()
    assert pane.asked().programmes == (wanted.id,)
    assert rows(seen(pane))
    pane.who.programmes.show_text("没有的项目")
    seen(pane)
    assert "没有项目" in pane.told.text()


def test_labels_with_a_parting_sign_stay_whole() -> None:
    assert picked("甲、乙、丙", ("甲、乙", "丙")) == ["甲、乙", "丙"]
    assert picked("红星，柳树", ()) == ["红星", "柳树"]
