"""项目: conditions, texts, materials and deadlines with their sources; a rule's slip is underlined where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from tests.ui.desk import Hand, settle, wait_until
from tests.ui.policy import at_policy, discard_draft, open_programme
from ui.main_window import MainWindow
from ui.policy.page import PolicyPage
from ui.policy.programme_editor import ProgrammeEditor
from ui.policy.rule_editor import RuleEditor

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(one_window: MainWindow) -> Iterator[PolicyPage]:
    """The page of programmes, with nothing edited."""
    made = at_policy(one_window)
    discard_draft(made)
    Hand(one_window).press(KEY.Key_3, ALT)
    yield made
    discard_draft(made)


def go_to(editor: ProgrammeEditor, section: str, words: str) -> None:
    place = next(at for at, row in enumerate(editor.table.rows) if row.cells[0] == section and words in row.cells[1])
    editor.table.setCurrentCell(place, 0)
    editor.table.setFocus()


def rule_of(editor: ProgrammeEditor) -> RuleEditor:
    found = editor.boxes.editor(next(key for key in editor.boxes.keys if key[-1] == "要求"))
    assert isinstance(found, RuleEditor)
    return found


def test_every_programme_is_listed_and_opened_by_initials(page: PolicyPage, one_window: MainWindow) -> None:
    assert page.programmes.list.table.rowCount() == len(page.studio.workspace.catalogue.programmes)
    hand = Hand(one_window)
    hand.type("zdsh")
    assert [row.cells[0] for row in page.programmes.list.table.rows] == ["最低生活保障"]
    hand.enter()
    editor = page.programmes.editor
    wait_until(lambda: page.programmes.currentWidget() is editor)
    programme = page.studio.workspace.catalogue.programmes["低保"]
    shown = [row.cells[0] for row in editor.table.rows]
    for section, parts in (("条件", programme.conditions), ("材料", programme.materials), ("时限", programme.deadlines), ("人工", programme.human)):
        assert shown.count(section) == len(parts), section
    assert all(row.cells[2].startswith("全国目录") for row in editor.table.rows)
    hand.press(KEY.Key_Escape)
    hand.press(KEY.Key_Escape)


def test_a_slip_in_a_rule_is_underlined_at_its_column_with_the_message_below(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_programme(page, "低保")
    go_to(editor, "条件", "收入")
    rule = rule_of(editor)
    hand = Hand(one_window)
    hand.enter()
    rule.setFocus()
    rule.moveCursor(QTextCursor.MoveOperation.End)
    hand.press(KEY.Key_Backspace)
    hand.press(KEY.Key_Escape)
    hand.speak("淮")
    key = next(key for key in editor.boxes.keys if key[-1] == "要求")
    wait_until(lambda: editor.boxes.complaint(key) != "")
    assert "「低保标淮」" in editor.boxes.complaint(key)
    assert "低保标准" in editor.boxes.complaint(key), "what was probably meant"
    (mark,) = rule.extraSelections()
    assert mark.cursor.selectedText() == "低保标淮"
    others = [editor.boxes.complaint(other) for other in editor.boxes.keys if other != key]
    assert not any(others)
    hand.enter()
    assert QApplication.focusWidget() is not rule, "a complaint holds nobody back"


def test_names_are_offered_by_initials_and_taken_by_enter(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_programme(page, "低保")
    go_to(editor, "条件", "收入")
    rule = rule_of(editor)
    hand = Hand(one_window)
    rule.setFocus()
    rule.selectAll()
    hand.type("rjysr")
    assert rule.list_open
    offered = rule._list.item(0).text()  # type: ignore[union-attr]
    assert offered.startswith("人均月收入")
    assert "定义" in offered
    hand.enter()
    assert rule.text() == "人均月收入"
    assert not rule.list_open
    hand.type(" < dbbz")
    hand.enter()
    assert rule.text() == "人均月收入 < 低保标准"
    editor.check()
    assert not rule.extraSelections()


def test_a_condition_is_changed_and_waits_in_the_draft_with_its_layer(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_programme(page, "低保")
    go_to(editor, "条件", "收入")
    hand = Hand(one_window)
    rule = rule_of(editor)
    rule.setFocus()
    rule.moveCursor(QTextCursor.MoveOperation.End)
    hand.speak(" × 1.1")
    hand.press(KEY.Key_S, CTRL)
    settle()
    assert "到「发布」页" in editor.told.text()
    changed = next(row for row in editor.table.rows if row.cells[0] == "条件" and row.cells[1].startswith("收入"))
    assert changed.cells[2].startswith("示例县红星镇人民政府"), "what was changed comes from the office's own layer now"
    hand.press(KEY.Key_Z, CTRL)
    assert all(row.cells[2].startswith("全国目录") for row in editor.table.rows)


def test_a_material_takes_one_of_three_states(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_programme(page, "低保")
    first = next(row.cells[1].split("　")[0] for row in editor.table.rows if row.cells[0] == "材料")
    go_to(editor, "材料", first)
    hand = Hand(one_window)
    key = next(key for key in editor.boxes.keys if key[-1] == "方式")
    box = editor.boxes.editor(key)
    box.setFocus()
    hand.press(KEY.Key_F4)
    box.open_list()  # type: ignore[union-attr]
    assert [box._list.item(at).text() for at in range(box._list.count())] == ["系统核对免提交", "提交", "告知承诺"]  # type: ignore[union-attr]
    box.close_list()  # type: ignore[union-attr]
    hand.type("gzcn")
    hand.enter()
    hand.press(KEY.Key_S, CTRL)
    settle()
    assert any(row.cells[1] == f"{first}　告知承诺" for row in editor.table.rows)


def test_a_part_is_added_and_taken_out_by_keys(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_programme(page, "低保")
    before = [row.cells[1] for row in editor.table.rows if row.cells[0] == "时限"]
    go_to(editor, "时限", before[0])
    hand = Hand(one_window)
    hand.press(KEY.Key_F3)
    hand.speak("入户")
    hand.enter(2)
    hand.type("5")
    hand.press(KEY.Key_S, CTRL)
    settle()
    after = [row.cells[1] for row in editor.table.rows if row.cells[0] == "时限"]
    assert after == [*before, "入户　受理起 5工作日"]
    go_to(editor, "时限", "入户　")
    hand.press(KEY.Key_Delete, CTRL)
    assert [row.cells[1] for row in editor.table.rows if row.cells[0] == "时限"] == before


def test_a_condition_of_an_earlier_layer_cannot_be_taken_out(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_programme(page, "低保")
    go_to(editor, "条件", "收入")
    hand = Hand(one_window)
    hand.press(KEY.Key_Delete, CTRL)
    assert "不能删去" in editor.elsewhere.text()


def test_a_programme_is_stopped_in_the_draft_and_brought_back(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_programme(page, "低保")
    hand = Hand(one_window)
    hand.press(KEY.Key_F7)
    assert "停用" in editor.note.text()
    hand.press(KEY.Key_F7)
    assert "停用" not in editor.note.text()


def test_leaving_with_something_typed_keeps_it_in_the_draft(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_programme(page, "低保")
    go_to(editor, "条件", "收入")
    hand = Hand(one_window)
    words = editor.boxes.editor(next(key for key in editor.boxes.keys if key[-1] == "说法"))
    words.setFocus()
    hand.speak("按户算")
    hand.press(KEY.Key_Escape, times=2)
    assert page.programmes.list.line.hasFocus()
    again = open_programme(page, "低保")
    assert any("按户算" in row.cells[1] for row in again.table.rows)
