"""标准: everything in force today with where it comes from; an editor that says what is wrong under the very box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.desk import Hand, settle, wait_until
from tests.ui.policy import at_policy, discard_draft, open_standard
from ui.main_window import MainWindow
from ui.policy.page import PolicyPage

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
CITY, COUNTRY, SINCE = ("值", "城市"), ("值", "农村"), ("自",)


@pytest.fixture
def page(one_window: MainWindow) -> Iterator[PolicyPage]:
    """The page of standards, with nothing edited."""
    made = at_policy(one_window)
    discard_draft(made)
    Hand(one_window).press(KEY.Key_2, ALT)
    yield made
    discard_draft(made)


def cells(page: PolicyPage) -> dict[str, tuple[str, ...]]:
    return {row.cells[0]: row.cells for row in page.standards.list.table.rows}


def test_every_standard_is_listed_with_value_day_document_layer_and_file(page: PolicyPage) -> None:
    catalogue = page.studio.workspace.catalogue
    page.standards.list.line.clear()
    said = cells(page)
    assert set(said) == set(catalogue.standards)
    assert said["低保标准"][1:] == ("城市 832元　农村 632元", "2026-04-01", "示例县练习参数（待核）", "县 demo.yaml")
    today = page.studio.workspace.today
    in_force = [one.on(today) for one in catalogue.standards.values()]
    doubtful = sum(value is not None and not value.source.verified for value in in_force)
    assert f"{doubtful} 项待核" in page.standards._count.text()
    assert all("待核" in said[name][3] for name, one in catalogue.standards.items() if (value := one.on(today)) and not value.source.verified)


def test_pinyin_initials_narrow_and_enter_opens_the_editor(page: PolicyPage, one_window: MainWindow) -> None:
    hand = Hand(one_window)
    hand.type("dbbz")
    assert set(cells(page)) == {"低保标准"}
    hand.enter()
    wait_until(lambda: page.standards.currentWidget() is page.standards.editor)
    assert page.standards.editor.title.text() == "低保标准"
    assert page.standards.editor.table.hasFocus()
    hand.press(KEY.Key_Escape)
    assert page.standards.list.line.hasFocus()
    hand.press(KEY.Key_Escape)
    assert len(cells(page)) > 100, "Esc empties the line"


def test_a_wrong_amount_is_said_under_its_own_box_and_the_hand_goes_on(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_standard(page, "低保标准")
    hand = Hand(one_window)
    hand.press(KEY.Key_F3)
    hand.type("2027-01-01")
    hand.enter(2)
    assert QApplication.focusWidget() is editor.boxes.editor(CITY)
    hand.type("900")
    wait_until(lambda: editor.boxes.complaint(CITY) != "")
    assert "金额请写单位" in editor.boxes.complaint(CITY)
    hand.enter()
    assert QApplication.focusWidget() is editor.boxes.editor(COUNTRY), "a complaint holds nobody back"
    assert editor.boxes.editor(CITY).property("state") == "bad"
    assert editor.boxes.editor(COUNTRY).property("state") in (None, "")


def test_a_new_amount_typed_by_keys_says_its_effect_and_waits_in_the_draft(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_standard(page, "低保标准")
    hand = Hand(one_window)
    hand.press(KEY.Key_F3)
    hand.type("20270101")
    hand.enter(2)
    for amount in ("900", "700"):
        hand.type(amount)
        hand.speak("元")
        hand.enter()
        editor.check()
        assert not any(editor.boxes.complaint(key) for key in editor.boxes.keys), "a box nobody came to yet is not blamed"
    hand.speak("关于提高标准的通知")
    hand.enter()
    hand.speak("示民〔2026〕9号")
    hand.enter()
    wait_until(lambda: "＋68元" in editor.effect.text())
    assert editor.effect.text() == "从 2027-01-01 起：城市 832元 → 900元（＋68元，＋8.17%）；农村 632元 → 700元（＋68元，＋10.76%）"
    hand.enter()
    settle()
    rows = [row.cells for row in editor.table.rows]
    assert [row[:2] for row in rows] == [("2025-04-01", "2026-03-31"), ("2026-04-01", "2026-12-31"), ("2027-01-01", "—")]
    assert rows[-1][2] == "城市 900元　农村 700元"
    assert "示民〔2026〕9号" in rows[-1][3]
    assert rows[-1][5] == "未到"
    assert "草稿" in editor.told.text()
    assert page.studio.workspace.catalogue.standards["低保标准"].values[-1].period.since.year == 2026, "a draft is not in force"


def test_without_a_first_day_it_says_so_at_the_day_and_escape_lets_go(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_standard(page, "低保标准")
    hand = Hand(one_window)
    hand.press(KEY.Key_F3)
    hand.press(KEY.Key_S, CTRL)
    assert "从哪一天起" in editor.boxes.complaint(SINCE)
    hand.press(KEY.Key_Escape)
    assert editor.table.hasFocus()
    hand.press(KEY.Key_Escape)
    assert page.standards.list.line.hasFocus()


def test_an_amount_in_force_is_changed_with_a_reason_only(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_standard(page, "低保标准")
    hand = Hand(one_window)
    hand.press(KEY.Key_Down)
    hand.enter()
    why = ("为什么",)
    assert why in editor.boxes.keys
    editor.boxes.take_hand(CITY)
    hand.press(KEY.Key_A, CTRL)
    hand.type("850")
    hand.speak("元")
    hand.press(KEY.Key_S, CTRL)
    assert "已经生效" in editor.boxes.complaint(why)
    assert "1 处" in editor.told.text()
    editor.boxes.take_hand(why)
    hand.speak("文件印错，按更正通知")
    hand.press(KEY.Key_S, CTRL)
    settle()
    assert "到「发布」页" in editor.told.text()
    seen: list[str] = []
    page.studio.open(lambda bench: seen.extend(one.why for one in bench.changes()))
    assert seen == ["文件印错，按更正通知"]


def test_what_was_edited_is_taken_back_by_one_key(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_standard(page, "医疗扣减")
    hand = Hand(one_window)
    hand.press(KEY.Key_F3)
    hand.type("2027-01-01")
    hand.enter(2)
    hand.press(KEY.Key_0)
    hand.press(KEY.Key_S, CTRL)
    assert [row.cells[2] for row in editor.table.rows] == ["是", "否"]
    hand.press(KEY.Key_Z, CTRL)
    assert [row.cells[2] for row in editor.table.rows] == ["是"]


def test_a_list_is_picked_from_its_code_table_by_initials(page: PolicyPage, one_window: MainWindow) -> None:
    editor = open_standard(page, "受理户籍范围")
    hand = Hand(one_window)
    hand.press(KEY.Key_F3)
    hand.type("2027-01-01")
    hand.enter(2)
    hand.type("bxhj")
    hand.enter()
    hand.press(KEY.Key_S, CTRL)
    settle()
    assert editor.table.rows[-1].cells[2] == "本县户籍"


def test_two_dimensions_have_a_box_for_each_combination(page: PolicyPage) -> None:
    editor = open_standard(page, "特困基本生活标准")
    editor.new_value()
    assert [key for key in editor.boxes.keys if key[0] == "值"] == [("值", "城市", "分散"), ("值", "城市", "集中"), ("值", "农村", "分散"), ("值", "农村", "集中")]
