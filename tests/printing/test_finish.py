"""What is looked at before handing out is what prints, with who and when across it and the printer's own correction in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from clerk.casefile import CaseFile
from clerk.issuing import Handing, State, state_of
from clerk.store import Store, open_store
from printing.calibration import Calibration
from printing.finish import CALIBRATIONS, finish_of, place_of
from printing.handing import hand_out, show_out
from printing.marks import Page
from printing.packet import wanted
from printing.preview import render
from printing.sending import CHOICES, Choice
from tests.printing.cases import a_household, file_case, names
from tests.printing.test_handing import AT, NOTICE, the_numbered_catalogue

WATERED = NOTICE + "水印: 是\n"


def the_case(folder: Path, notice: str, text: str = "") -> CaseFile:
    catalogue = the_numbered_catalogue(folder / "pack", notice)
    case = file_case(folder, text or a_household(names(2)), "低保", catalogue)
    case.posted = date(2026, 9, 18)
    return case


def the_store(folder: Path) -> Store:
    return open_store(folder / "store", create=False)


def whole(case: CaseFile) -> list[tuple[str, str]]:
    return [(one.paper.id, one.row) for one in wanted(case, {"N1"})]


def test_what_is_looked_at_is_what_is_handed_out_to_the_byte_also_a_paper_that_is_handed_out_again(
    tmp_path: Path,
) -> None:
    case, store = the_case(tmp_path, WATERED), the_store(tmp_path)
    first, later = Handing(AT, "甲"), Handing(AT + timedelta(hours=2), "乙")
    hand_out(store, case, first, whole(case))
    with store.reading() as view:
        shown = show_out(view, case, later)
    made = hand_out(store, case, later)
    store.close()
    assert len(made) > 3
    assert [pdf for _, pdf in shown] == [pdf for _, pdf in made]
    assert [one.number for one, _ in made].count(1) == 1, "the one handed out before keeps its number"


def test_a_paper_that_asks_for_it_says_who_handed_it_out_and_when_and_is_not_new_because_of_that(
    tmp_path: Path,
) -> None:
    case, store = the_case(tmp_path, WATERED), the_store(tmp_path)
    with store.reading() as view:
        ((ready, by_a),) = show_out(view, case, Handing(AT, "甲"), whole(case))
        ((_, by_b),) = show_out(view, case, Handing(AT, "乙"), whole(case))
        ((_, later),) = show_out(view, case, Handing(AT + timedelta(minutes=1), "甲"), whole(case))
    ((paper, kept),) = hand_out(store, case, Handing(AT, "甲"), whole(case))
    store.close()
    assert len({by_a, by_b, later}) == 3
    assert kept == by_a
    assert state_of(paper, ready.content) is State.SAME
    assert render(by_a, 0, 1.0).pixels != render(by_b, 0, 1.0).pixels


def test_a_paper_that_asks_for_none_is_the_same_whoever_hands_it_out(tmp_path: Path) -> None:
    case, store = the_case(tmp_path, NOTICE), the_store(tmp_path)
    with store.reading() as view:
        shown = [show_out(view, case, Handing(AT, who), whole(case))[0][1] for who in ("甲", "乙")]
    store.close()
    assert shown[0] == shown[1]


@pytest.mark.parametrize("preprinted", [True, False])
def test_only_stock_that_is_printed_already_is_corrected_for_the_printer_and_its_chosen_tray(
    tmp_path: Path, preprinted: bool
) -> None:
    case, store = the_case(tmp_path, NOTICE), the_store(tmp_path)
    paper = replace(case.catalogue.papers["N1"], preprinted=preprinted)
    page = Page(595.0, 842.0, None, ())
    with store.work() as work:
        work.set_setting(CHOICES, {"hp": Choice("hp", tray="二").to_plain()})
        work.set_setting(CALIBRATIONS, {place_of("hp", "二"): Calibration(1.5, -0.5).to_plain()})
    with store.reading() as view:
        (corrected,) = finish_of(view, Handing(AT, "甲", "hp")).put_on(paper, [page])
        (elsewhere,) = finish_of(view, Handing(AT, "甲", "other")).put_on(paper, [page])
    store.close()
    assert (corrected.shift != page.shift) is preprinted
    assert elsewhere.shift == page.shift


def test_a_required_box_that_was_left_to_be_filled_by_hand_stands_in_the_journal_without_a_name(tmp_path: Path) -> None:
    text = a_household(names(2)).replace("    从业状况: 务农\n", "", 1)
    case, store = the_case(tmp_path, NOTICE, text), the_store(tmp_path)
    made = hand_out(store, case, Handing(AT, "甲"))
    with store.reading() as view:
        said = {
            event.detail["文书"]: event.detail.get("留空手填", "")
            for event in view.events(case.record.case_number)
            if event.action == "印发"
        }
    store.close()
    assert len(made) == len(set(made))
    assert "从业状况" in said["D01"]
    assert names(2)[0] not in "".join(said.values())
