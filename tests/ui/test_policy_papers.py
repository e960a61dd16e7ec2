"""文书: editions listed, a form taken out to Excel, brought in changed, proofed, compared, and put into the draft, by keys."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from clerk.authoring.drafts import drafts
from clerk.authoring.papers import added_papers
from tests.ui.desk import Hand, settle, wait_until
from tests.ui.policy import at_policy, discard_draft
from ui.main_window import MainWindow
from ui.policy.page import PolicyPage
from ui.policy.papers_pane import PapersPane

KEY = Qt.Key
PLACE = 3


@pytest.fixture
def page(seat: MainWindow) -> PolicyPage:
    """The papers, with an empty draft."""
    found = at_policy(seat)
    discard_draft(found)
    found.papers.setCurrentIndex(0)
    found.papers.list.line.clear()
    found.go(PLACE)
    return found


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Answer the next dialogs."""

    def answer(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: (str(path), "")))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: str(path)))

    return answer


def taken_out(page: PolicyPage, hand: Hand, folder: Path, choose: Callable[[Path], None], id_: str) -> Path:
    """The drawing of a shipped paper, by keys."""
    hand.type(id_)
    choose(folder)
    hand.press(KEY.Key_F8)
    wait_until(lambda: "已写入" in page.papers.told.text())
    return folder / f"{id_}-2026-09.xlsx"


def spoiled(path: Path, was: str, now: str) -> None:
    book = load_workbook(io.BytesIO(path.read_bytes()))
    cell = next(cell for row in book["表"].iter_rows() for cell in row if cell.value == was)
    cell.value = now
    book.save(path)


def brought_in(page: PolicyPage, hand: Hand, file: Path, choose: Callable[[Path], None]) -> PapersPane:
    choose(file)
    hand.press(KEY.Key_F3)
    wait_for_report(page)
    return page.papers


def wait_for_report(page: PolicyPage) -> None:
    wait_until(lambda: page.papers.drawing.told.text() not in ("", "正在查看…"))
    settle()


def test_every_edition_is_listed_with_where_it_comes_from_and_typing_narrows(
    seat: MainWindow, page: PolicyPage
) -> None:
    known = seat.workspace.catalogue.editions
    rows = page.papers.list.table.rows
    assert len(rows) == sum(map(len, known.values()))
    assert {row.cells[5] for row in rows} <= {"在用", "待用", "旧版"}
    assert f"{len(known)} 种" in page.papers._count.text()
    Hand(seat).type("D55-2")
    (row,) = page.papers.list.table.rows
    assert row.cells == ("D55-2", "卷内目录", "2026-09", "2026-09-01", known["D55-2"][0].layer, "在用")


def test_a_form_goes_out_comes_back_changed_and_is_published_with_the_draft(
    seat: MainWindow, page: PolicyPage, tmp_path: Path, choose: Callable[[Path], None]
) -> None:
    hand = Hand(seat)
    file = taken_out(page, hand, tmp_path, choose, "D12-2")
    pane = brought_in(page, hand, file, choose)
    assert "用过的版不能改" in pane.drawing.told.text()
    assert seat.focusWidget() is pane.drawing.boxes["版"], "the hand is where the new label is typed"
    hand.type("2027")
    hand.press(KEY.Key_Tab)
    hand.type("2027-13-01")
    hand.enter()
    assert "启用日期写成" in pane.drawing.told.text()
    hand.type("2027-01-01")
    hand.enter()
    wait_for_report(page)
    assert "F12" in pane.drawing.told.text()
    assert pane.drawing.note.text().startswith("D12-2 2027版")
    assert "2027-01-01起用" in pane.drawing.note.text()
    hand.press(KEY.Key_F6)
    assert pane.currentWidget() is pane.differences
    assert "版：2026-09 → 2027" in [row.cells[0] for row in pane.differences.table.rows]
    hand.press(KEY.Key_Escape)
    hand.press(KEY.Key_F9)
    wait_until(lambda: pane.preview.sheaf is not None)
    assert pane.preview.pdf.startswith(b"%PDF")
    hand.press(KEY.Key_Escape)
    assert pane.currentWidget() is pane.drawing
    hand.press(KEY.Key_F12)
    settle()
    assert pane.currentWidget() is pane._list
    lines = [(row.cells[2], row.cells[5]) for row in pane.list.table.rows]
    assert lines == [("2027", "草稿"), ("2026-09", "在用")]
    page.go(PLACE + 1)
    wait_until(lambda: page.publishing.page.bench is not None)
    assert [str(one) for one in page.publishing.page.bench.changes()] == [  # type: ignore[union-attr]
        "文书「D12-2」：新增 2027版 近亲属备案汇总表，2027-01-01起"
    ]


def test_a_faulty_drawing_is_listed_cell_by_cell_and_stays_out_of_the_draft(
    seat: MainWindow, page: PolicyPage, tmp_path: Path, choose: Callable[[Path], None]
) -> None:
    hand = Hand(seat)
    file = taken_out(page, hand, tmp_path, choose, "D12-2")
    spoiled(file, "{单位}", "{单危}")
    pane = brought_in(page, hand, file, choose)
    hand.type("2027")
    hand.enter()
    wait_for_report(page)
    first = pane.drawing.table.rows[0]
    assert (first.cells[1], first.cells[3]) == ("没有「单危」这一项", "不能用")
    assert first.cells[0].rstrip("0123456789").isalpha(), "the cell's address"
    assert first.cells[2], "what to do"
    hand.press(KEY.Key_F12)
    assert "不能用" in pane.drawing.told.text()
    hand.press(KEY.Key_F9)
    assert pane.currentWidget() is pane.drawing
    workspace = seat.workspace
    assert [one for draft in drafts(page.studio.home, workspace.layers()) for one in added_papers(draft)] == []
    spoiled(file, "{单危}", "{单位}")
    hand.press(KEY.Key_F5)
    wait_for_report(page)
    assert "F12" in pane.drawing.told.text(), "the mended file is read again"
    hand.press(KEY.Key_Escape)
    assert pane.currentWidget() is pane._list


def test_what_is_no_drawing_is_said_in_a_sentence(
    seat: MainWindow, page: PolicyPage, tmp_path: Path, choose: Callable[[Path], None]
) -> None:
    hand = Hand(seat)
    file = tmp_path / "信.xlsx"
    file.write_bytes(b"not a workbook")
    pane = brought_in(page, hand, file, choose)
    assert pane.drawing.told.text()
    assert "Traceback" not in pane.drawing.told.text()
    hand.press(KEY.Key_Escape)
    hand.type("L01")
    choose(tmp_path)
    hand.press(KEY.Key_F8)
    wait_until(lambda: "不是表格" in pane.told.text())
    hand.press(KEY.Key_F6)
    assert "没有前一版可比" in pane.told.text()


def test_an_edition_under_the_hand_is_proofed_and_compared_with_a_marked_one(
    seat: MainWindow, page: PolicyPage
) -> None:
    hand = Hand(seat)
    pane = page.papers
    hand.type("D55-1")
    hand.press(KEY.Key_F7)
    pane.list.line.clear()
    hand.type("D55-3")
    hand.press(KEY.Key_F6)
    wait_until(lambda: pane.currentWidget() is pane.differences)
    assert any("卷内件数" in row.cells[0] for row in pane.differences.table.rows)
    hand.press(KEY.Key_Escape)
    pane.mark()
    pane.mark()
    hand.enter()
    wait_until(lambda: pane.preview.sheaf is not None)
    assert "备考表" in pane.preview.contents.item(0).text()
    hand.press(KEY.Key_Escape)
    assert pane.currentWidget() is pane._list
