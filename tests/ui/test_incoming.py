"""导入来表: the mapping mended by keys, a dry run in words, questions answered, one stroke in, a whole batch out again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from clerk.exchange.reading import Guard
from clerk.household import Household
from clerk.store import open_store
from tests.builders import an_id
from tests.clerk.exchange.making import a_workbook, all_of, mutated, named
from tests.ui.desk import NOW, OFFICE, Hand, a_window, settle, wait_until
from tests.ui.incoming import (
    BAD,
    GOOD,
    HEAD,
    LEDGER,
    REPLIES,
    VILLAGE,
    a_row,
    a_sheet,
    at_incoming,
    read,
    rest,
    taken_in,
    tried,
)
from ui.incoming import acts
from ui.incoming.findings import MOST, Finding, rows_of
from ui.incoming.matching_page import NOWHERE
from ui.incoming.pane import IncomingPane
from ui.main_window import MainWindow
from ui.policy.table import PlainTable
from ui.task import Stopped
from ui.workspace import OFFICE as OFFICE_SETTING

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module", autouse=True)
def one_reader() -> Iterator[None]:
    """One reading process for all tests of this file but those that start their own."""
    with Guard() as guard:
        kept, acts.read_book = acts.read_book, guard.read
        yield
        acts.read_book = kept


@pytest.fixture(scope="module")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows its office and nothing else."""
    folder = tmp_path_factory.mktemp("new") / "store"
    store = open_store(folder, now=lambda: NOW)
    with store.work() as work:
        work.set_setting(OFFICE_SETTING, OFFICE)
    store.close()
    return folder


@pytest.fixture
def pane(one_window: MainWindow, new_store: Path, tmp_path: Path) -> Iterator[IncomingPane]:
    """The page at its beginning, over a new store."""
    one_window.activateWindow()
    workspace = one_window.workspace
    shutil.copytree(new_store, tmp_path / "store")
    (tmp_path / "store").chmod(0o700)
    kept, workspace._store = workspace._store, open_store(tmp_path / "store", create=False, now=lambda: NOW)
    made = at_incoming(one_window)
    yield made
    made.stop(wait=True)
    settle()
    workspace.store.close()
    workspace._store = kept


def cells(table: PlainTable) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def of_column(pane: IncomingPane, label: str) -> tuple[str, ...]:
    return next(row for row in cells(pane.mapping.table) if row[0] == label)


def stand_on(table: PlainTable, label: str) -> None:
    table.setCurrentCell(next(at for at, row in enumerate(table.rows) if row.cells[0] == label), 0)
    table.setFocus()
    settle()


def household_of(pane: IncomingPane, text: str) -> Household:
    workspace = pane._workspace
    with workspace.store.reading() as view:
        hit = next(iter(view.find(text)))
        found = view.household(hit.household_id, workspace.catalogue)
    assert found is not None
    return found[1]


def test_every_kind_of_sheet_says_what_it_does_and_where_it_comes_from(pane: IncomingPane) -> None:
    kinds = pane._workspace.catalogue.incoming
    shown = cells(pane.kinds.table)
    assert {row[0] for row in shown} == {one.name for one in kinds.values()}
    assert all(row[1] for row in shown)
    assert ("部门审批结果", "答复办件") in {row[:2] for row in shown}


def test_the_folder_is_remembered_and_the_key_reads_the_file(
    pane: IncomingPane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, asked = a_sheet(tmp_path / "a.xlsx", GOOD), []

    def choose(parent: object, title: str, folder: str, kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return str(file), kinds

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    hand = Hand(pane.window())  # type: ignore[arg-type]
    hand.press(KEY.Key_F3)
    rest(pane)
    assert pane.currentWidget() is pane.mapping
    hand.press(KEY.Key_F3)
    rest(pane)
    assert asked[1] == str(tmp_path) != asked[0]


def test_a_missing_column_is_found_with_a_few_keys_and_known_the_next_time(pane: IncomingPane, tmp_path: Path) -> None:
    read(pane, VILLAGE, a_sheet(tmp_path / "a.xlsx", GOOD, "所在地"))
    hand, before = Hand(pane.window()), all_of(pane._workspace.store)  # type: ignore[arg-type]
    village = "现住村（社区）"
    assert of_column(pane, village) == (village, "—", "", "没有找到，必须有")
    assert "1 列必须有而没有找到" in pane.mapping.summary.text()
    assert pane.mapping.table.key() == "现住地", "the hand is where something is missing"
    hand.press(KEY.Key_F9)
    assert f"「{village}」必须有" in pane.mapping.told.text()
    hand.keys = 0
    hand.enter()
    hand.type("h")
    hand.enter()
    assert hand.keys == 3
    assert of_column(pane, village) == (village, "H　所在地", "红星村", "已更正")
    assert QApplication.focusWidget() is pane.mapping.table
    hand.press(KEY.Key_F9)
    rest(pane)
    assert pane.trial.counts.text() == "导入会　新增 2 户　新增 3 人"
    assert all_of(pane._workspace.store) == before, "nothing is written before F12"
    hand.press(KEY.Key_F12, times=2)
    rest(pane)
    assert pane.currentWidget() is pane.past
    read(pane, VILLAGE, a_sheet(tmp_path / "b.xlsx", GOOD, "所在地"))
    assert of_column(pane, village)[3] == "照上次的对照"


def test_a_doubtful_column_is_marked_and_may_be_left_out_by_one_key(pane: IncomingPane, tmp_path: Path) -> None:
    read(pane, VILLAGE, a_sheet(tmp_path / "a.xlsx", GOOD))
    assert of_column(pane, "手机") == ("手机", "J　联系电话号", "13800000001、13800000003", "标题相近，请核对")
    assert pane.mapping.table.key() == "手机"
    (tone,) = {row.tone for row in pane.mapping.table.rows if row.key == "手机"}
    assert tone == "wait"
    Hand(pane.window()).press(KEY.Key_Delete)  # type: ignore[arg-type]
    assert of_column(pane, "手机") == ("手机", "—", "", "这张表里没有")
    assert "联系电话号" in pane.mapping.summary.text(), "what is not used is said"
    pane.mapping.go_on()
    rest(pane)
    assert pane.trial.trial is not None
    assert pane.trial.trial.confirm == ""


def test_in_a_narrow_window_the_headings_take_the_place_of_the_columns(pane: IncomingPane, tmp_path: Path) -> None:
    window, page = pane.window(), pane.mapping
    size = window.size()
    window.resize(950, 600)
    try:
        read(pane, VILLAGE, a_sheet(tmp_path / "a.xlsx", GOOD))
        assert (page.table.isVisible(), page.card.isVisible()) == (True, False)
        hand = Hand(window)  # type: ignore[arg-type]
        hand.enter()
        assert (page.table.isVisible(), page.card.isVisible()) == (False, True)
        hand.type("xm")
        hand.press(KEY.Key_Home)
        hand.press(KEY.Key_Delete)
        assert page.choice.line.text() == "m", "Delete is the line's own key there"
        assert of_column(pane, "手机")[1] == "J　联系电话号"
        hand.press(KEY.Key_Escape, times=2)
        assert (page.table.isVisible(), page.card.isVisible()) == (True, False)
        assert QApplication.focusWidget() is page.table
    finally:
        window.resize(size)


def test_another_sheet_and_another_heading_row_can_be_chosen(pane: IncomingPane, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(a_sheet(tmp_path / "a.xlsx", GOOD))
    other = book.create_sheet("二组")
    for row in (["二组"], [], HEAD, GOOD[2]):
        other.append(list(row))
    book.save(tmp_path / "a.xlsx")
    read(pane, VILLAGE, tmp_path / "a.xlsx")
    assert pane.mapping.head.sheet.currentText() == "Sheet"
    Hand(pane.window()).press(KEY.Key_F4)  # type: ignore[arg-type]
    assert QApplication.focusWidget() is pane.mapping.head.sheet
    pane.mapping.head.sheet.setCurrentIndex(1)
    assert "必须有而没有找到" in pane.mapping.summary.text()
    pane.mapping.head.top.setValue(3)
    assert of_column(pane, "姓名") == ("姓名", "D　姓名", "王某", "标题对上")
    pane.mapping.corrected.emit("手机", NOWHERE)
    pane.mapping.go_on()
    rest(pane)
    assert pane.trial.counts.text() == "导入会　新增 1 户　新增 1 人"
    pane.trial.keep()
    pane.trial.keep()
    rest(pane)
    read(pane, VILLAGE, tmp_path / "a.xlsx")
    pane.mapping.head.sheet.setCurrentIndex(1)
    pane.mapping.head.top.setValue(3)
    assert of_column(pane, "手机")[3] == "这张表里没有", "as it was left the last time"


def test_problems_are_told_by_row_column_and_reason_with_the_row_itself(pane: IncomingPane, tmp_path: Path) -> None:
    before = all_of(pane._workspace.store)
    tried(pane, VILLAGE, a_sheet(tmp_path / "a.xlsx", (*GOOD, *BAD)))
    shown = cells(pane.trial.table)
    assert [(row, column, state) for row, column, _, state in shown if state != "说明"] == [
        ("6", "公民身份号码", "要改"),
        ("7", "与户主关系", "要改"),
        ("7", "公民身份号码", "要改"),
        ("7", "村", "要改"),
        ("8", "公民身份号码", "要改，或写明理由"),
        ("9", "联系电话号", "要改，或写明理由"),
    ]
    assert "末几位已丢失" in shown[0][2]
    assert "没有「姥爷」这一项" in shown[1][2]
    assert "第10行像合计" in shown[-1][2]
    pane.trial.table.setCurrentCell(1, 0)
    assert pane.trial.row.text().startswith("原表第 7 行")
    assert "姓名：钱某" in pane.trial.row.text()
    Hand(pane.window()).press(KEY.Key_F12)  # type: ignore[arg-type]
    assert pane.trial.told.text() == "6 处要改。没有导入，原有资料没有改动。"
    assert all_of(pane._workspace.store) == before


def test_a_reason_lets_pass_what_may_pass_and_is_kept_with_the_batch(pane: IncomingPane, tmp_path: Path) -> None:
    tried(pane, VILLAGE, a_sheet(tmp_path / "a.xlsx", (BAD[2],)))
    assert pane.trial.reason.isVisible()
    hand = Hand(pane.window())  # type: ignore[arg-type]
    hand.press(KEY.Key_F2)
    assert QApplication.focusWidget() is pane.trial.reason
    hand.speak("已核对户口簿")
    hand.enter()
    rest(pane)
    assert pane.trial.left_over.text() == "1 处提示"
    hand.press(KEY.Key_F12, times=2)
    rest(pane)
    batch = acts.batches(pane._workspace.store)[0]
    with pane._workspace.store.reading() as view:
        (event,) = view.events(batch.id)
    assert event.detail["理由"] == "已核对户口簿"


def test_a_person_decides_on_a_near_match_with_one_key(pane: IncomingPane, tmp_path: Path) -> None:
    taken_in(pane, VILLAGE, a_sheet(tmp_path / "a.xlsx", GOOD))
    rows = (a_row(1, "张谋", GOOD[0][4], phone="13900000009"), a_row(3, "汪某", GOOD[2][4]))
    tried(pane, LEDGER, a_sheet(tmp_path / "b.xlsx", rows))
    hand = Hand(pane.window())  # type: ignore[arg-type]
    assert [row[3] for row in cells(pane.trial.table)[:2]] == ["要定", "要定"]
    assert "1　张某，990101********" in pane.trial.answers.item(0).text()
    hand.press(KEY.Key_1)
    assert cells(pane.trial.table)[0][3].startswith("已定：张某")
    assert pane.trial.table.currentRow() == 1, "the hand goes on to the next question"
    hand.enter()
    hand.press(KEY.Key_Down, times=3)
    hand.enter()
    rest(pane)
    assert pane.trial.counts.text() == "导入会　更改 1 户　更改 1 人　略过 1 行"
    assert [row[3] for row in cells(pane.trial.table)[1:2]] == ["已定：这一行先不导入"]
    hand.press(KEY.Key_Escape)
    assert pane.currentWidget() is pane.mapping
    hand.press(KEY.Key_F9)
    rest(pane)
    assert pane.trial.counts.text().endswith("略过 1 行"), "what was decided stands after a look at the mapping"
    hand.press(KEY.Key_F12, times=2)
    rest(pane)
    home = household_of(pane, GOOD[0][4])
    assert home.answer("成员", "姓名", home.rows("成员")[0]) == "张谋"


def test_what_has_to_be_confirmed_is_said_and_written_only_the_second_time(pane: IncomingPane, tmp_path: Path) -> None:
    taken_in(pane, VILLAGE, a_sheet(tmp_path / "a.xlsx", GOOD))
    before = all_of(pane._workspace.store)
    changed = (a_row(1, "张某", GOOD[0][4], phone="13900000001", sex="女" if GOOD[0][4][16] in "13579" else "男"),)
    tried(pane, LEDGER, a_sheet(tmp_path / "b.xlsx", changed))
    hand = Hand(pane.window())  # type: ignore[arg-type]
    assert [(row, column, state) for row, column, _, state in cells(pane.trial.table)[:1]] == [("3", "性别", "提示")]
    hand.press(KEY.Key_F12)
    said = pane.trial.told.text()
    assert "要改动已有资料1行（库里共3人）" in said
    assert "有1处前后不一致" in said
    assert "「联系电话号」当作「手机」" in said
    assert all_of(pane._workspace.store) == before
    hand.press(KEY.Key_F12)
    rest(pane)
    home = household_of(pane, GOOD[0][4])
    assert home.answer("成员", "手机", home.rows("成员")[0]) == "13900000001"


def test_a_batch_goes_out_again_when_its_key_is_pressed_twice(pane: IncomingPane, tmp_path: Path) -> None:
    taken_in(pane, VILLAGE, a_sheet(tmp_path / "a.xlsx", GOOD))
    hand = Hand(pane.window())  # type: ignore[arg-type]
    assert "已导入：村（社区）人员名单　a.xlsx" in pane.past.told.text()
    hand.press(KEY.Key_Escape)
    hand.press(KEY.Key_F6)
    hand.press(KEY.Key_Z, CTRL)
    assert pane.past.told.text().startswith("将整批撤销：村（社区）人员名单　a.xlsx")
    assert "新增 2 户　新增 3 人" in pane.past.told.text()
    assert not acts.batches(pane._workspace.store)[0].undone
    hand.press(KEY.Key_Z, CTRL)
    rest(pane)
    assert acts.batches(pane._workspace.store)[0].undone
    assert "撤销" in pane.past.table.rows[pane.past.table.currentRow()].cells[-1]
    with pane._workspace.store.reading() as view:
        assert view.find(GOOD[0][4]) == []


def test_a_batch_that_was_worked_on_is_not_taken_back_and_says_why(pane: IncomingPane, tmp_path: Path) -> None:
    from dataclasses import replace

    from clerk.fanout import keys_of

    workspace = pane._workspace
    taken_in(pane, VILLAGE, a_sheet(tmp_path / "a.xlsx", GOOD))
    with workspace.store.reading() as view:
        hit = view.find(GOOD[0][4])[0]
        found = view.household(hit.household_id, workspace.catalogue)
    assert found is not None
    plan = workspace.rules.plan
    with workspace.store.work() as work:
        later = replace(found[1], answers={**found[1].answers, "现住址": "新址"})
        work.revise(found[0], later, keys_of(later, plan))
    pane.past.undo()
    pane.past.undo()
    rest(pane)
    assert "导入后又有人改过，不能整批撤销" in pane.past.told.text()
    assert not acts.batches(workspace.store)[0].undone


def test_a_damaged_file_is_refused_in_one_sentence_and_nothing_changes(pane: IncomingPane, tmp_path: Path) -> None:
    whole = a_sheet(tmp_path / "a.xlsx", GOOD).read_bytes()
    before = all_of(pane._workspace.store)
    for name, data in (("b.xlsx", whole[: len(whole) // 2]), ("c.xlsx", b""), ("d.xls", mutated(whole[:900], 3))):
        (tmp_path / name).write_bytes(data)
        read(pane, VILLAGE, tmp_path / name)
        assert pane.currentWidget() is pane.kinds
        assert f"「{name}」" in pane.kinds.told.text()
        assert "\n" not in pane.kinds.told.text()
    assert all_of(pane._workspace.store) == before


def test_a_file_mended_is_read_again_with_what_was_corrected(pane: IncomingPane, tmp_path: Path) -> None:
    file = a_sheet(tmp_path / "a.xlsx", (*GOOD, BAD[0]), "所在地")
    read(pane, VILLAGE, file)
    pane.mapping.corrected.emit("现住地", 7)
    pane.mapping.go_on()
    rest(pane)
    assert pane.trial.left_over.text() == "1 处要改"
    a_sheet(file, (*GOOD, a_row(4, "赵某", an_id("19620202", 41))), "所在地")
    Hand(pane.window()).press(KEY.Key_F5)  # type: ignore[arg-type]
    wait_until(lambda: not pane.busy and pane.currentWidget() is pane.trial)
    settle()
    assert pane.trial.left_over.text() == "没有要改、要定的"
    assert pane.trial.counts.text() == "导入会　新增 3 户　新增 4 人"


def test_replies_that_answer_nothing_are_listed_and_written_out_to_be_sent_back(
    pane: IncomingPane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from python_calamine import CalamineWorkbook

    head = ("申请编号", "申请人", "身份证号", "审批结果", "批准金额")
    rows = [head, ("990101100-2026-99999-01", "张某", "", "同意", "313"), ("", "@SUM(A1)", an_id(order=77), "同意", "")]
    tried(pane, REPLIES, a_workbook(tmp_path / "答复[1].xlsx", rows))
    assert {row[0] for row in cells(pane.trial.table)} == {"2", "3"}
    assert "没有办件" in cells(pane.trial.table)[0][2]
    target = tmp_path / "out" / "要改的行.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    Hand(pane.window()).press(KEY.Key_F7)  # type: ignore[arg-type]
    wait_until(lambda: "已写到" in pane.trial.told.text())
    written = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    said = [[str(cell) for cell in row] for row in written]
    assert any("没有办件" in "".join(row) and "990101100-2026-99999-01" in row for row in said)
    assert any("@SUM(A1)" in row and an_id(order=77) in row for row in said), "as text, not as a formula"


def test_esc_stops_what_runs_and_goes_back_page_by_page(pane: IncomingPane, tmp_path: Path) -> None:
    hand = Hand(pane.window())  # type: ignore[arg-type]
    pane.read(VILLAGE, a_sheet(tmp_path / "a.xlsx", GOOD))
    hand.press(KEY.Key_Escape)
    assert not pane.busy
    assert "已停止" in pane.kinds.told.text()
    wait_until(lambda: not pane._running)
    settle()
    assert pane.currentWidget() is pane.kinds, "an answer that nobody waits for changes nothing"
    tried(pane, VILLAGE, tmp_path / "a.xlsx")
    for page in (pane.mapping, pane.kinds):
        hand.press(KEY.Key_Escape)
        assert pane.currentWidget() is page


def test_a_stop_in_the_middle_of_writing_leaves_the_store_as_it_was(pane: IncomingPane, tmp_path: Path) -> None:
    tried(pane, VILLAGE, a_sheet(tmp_path / "a.xlsx", GOOD))
    before, told = all_of(pane._workspace.store), []

    def tell(words: str) -> None:
        told.append(words)
        if len(told) == 2:
            raise Stopped

    assert pane.trial.trial is not None
    with pytest.raises(Stopped):
        acts.take_in(pane._desk(), pane.trial.trial, True, tell)
    assert all_of(pane._workspace.store) == before


def test_closing_the_window_in_the_middle_harms_nothing(folder: Path, tmp_path: Path) -> None:
    rows = [a_row(at, f"甲{named(at)}", an_id(f"19{60 + at // 9}0{1 + at % 9}11", 10 + at)) for at in range(40)]
    window = a_window(folder)
    pane = at_incoming(window)
    tried(pane, VILLAGE, a_sheet(tmp_path / "a.xlsx", rows))
    pane.trial.keep()
    pane.trial.keep()
    assert pane.busy
    window.close()
    settle()
    store = open_store(window.workspace.where.store, create=False)
    try:
        assert store.faults() == []
        with store.reading() as view:
            kept = view.connection.exec_driver_sql("SELECT count(*) FROM household").scalar()
            assert kept == 40 * len(view.batches())
    finally:
        store.close()


def test_of_very_many_lines_the_first_are_shown_and_the_rest_is_counted() -> None:
    many = [Finding(at, "姓名", "这一格不能空着", "要改", "bad", open=True) for at in range(MOST + 7)]
    shown = rows_of(many)
    assert len(shown) == MOST + 1
    assert "还有 7 处没有列出" in shown[-1].cells[2]
