"""A rare name goes through window, store, search, paper and workbook unchanged; one that no font has is refused by name."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from python_calamine import CalamineWorkbook

from clerk.fanout import submit
from clerk.periods import read_span
from clerk.service import Plans, Wanted, case_files, roster_tables
from printing.faces import MissingGlyph
from printing.packet import packet
from printing.workbook import write_workbook
from tests.ui.desk import NOW, OFFICE, a_window, seat_case, settle, text_of
from ui.intake.desk import Spot
from ui.main_window import MainWindow

NAMES = ["㛃某", "𠅤某", "𬱖某", "䶮某", "古某·肉某", "𫖯某", "麦某麦提·阿卜杜拉某·吐尔逊某·买买提某某某某某某"]


def rename(window: MainWindow, name: str) -> Spot:
    """Type a name over the applicant's, through the input method, in the real window."""
    page = seat_case(window, "C08")
    spot = Spot("成员", page.desk.rows("成员")[0], "姓名")
    assert page.desk_view.form.go_to(spot)
    settle()
    editor = QApplication.focusWidget()
    assert editor is not None
    editor.selectAll()  # type: ignore[attr-defined]
    event = QInputMethodEvent()
    event.setCommitString(name)
    QApplication.sendEvent(editor, event)
    QCoreApplication.processEvents()
    page.desk_view.form.flush()
    settle()
    assert text_of(editor) == name
    assert page.desk.text(spot) == name
    return spot


def filed(window: MainWindow) -> str:
    """File everything that may be applied for; the case number."""
    assert window.places is not None
    desk = window.places.intake.desk
    offers = window.places.intake.desk_view.chosen()
    with window.workspace.store.work() as work:
        return submit(desk.household(), offers, work=work, plan=window.workspace.rules.plan, office=OFFICE).case_number


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("name", NAMES)
def test_a_rare_name_stays_itself_from_the_window_to_paper_and_workbook(name: str, tmp_path: Path) -> None:
    window = a_window(tmp_path)
    rename(window, name)
    number = filed(window)

    plans = Plans(window.workspace.catalogue)
    with window.workspace.store.reading() as view:
        assert [(hit.name, hit.cases) for hit in view.find(name[:2])] == [(name, (number,))]
        case = case_files(view, [number], plans, NOW.date())[0]
        tables = roster_tables(view, Wanted(["R04"], read_span("2026-W36")), plans)
    papers = pypdfium2.PdfDocument(packet(case).pdf)
    text = "".join("".join(papers[at].get_textpage().get_text_range().split()) for at in range(len(papers)))
    assert name in text

    write_workbook(tables, tmp_path / "rosters.xlsx", OFFICE, NOW.date())
    rows = CalamineWorkbook.from_path(str(tmp_path / "rosters.xlsx")).get_sheet_by_index(0).to_python()
    assert sum(name in map(str, row) for row in rows) == 1
    window.close()


@pytest.mark.usefixtures("qtbot")
def test_a_character_that_no_font_has_is_refused_by_name_before_printing(tmp_path: Path) -> None:
    window = a_window(tmp_path)
    rename(window, "\U00031350某")
    number = filed(window)
    with window.workspace.store.reading() as view:
        case = case_files(view, [number], Plans(window.workspace.catalogue), NOW.date())[0]
    with pytest.raises(MissingGlyph, match="“\U00031350某”中的「\U00031350」"):
        packet(case)
    window.close()
