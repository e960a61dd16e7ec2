"""The plan of a packet in the window: ticked, decided, looked at, handed out and printed with one key; nothing numbered twice."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from clerk.issuing import State
from tests.ui.desk import Hand, intake, settle, wait_until
from tests.ui.printing_desk import Tray, at_plan, file_named, plug_in
from ui.intake.desk import Spot
from ui.main_window import MainWindow
from ui.printing_desk.plan_page import PlanPage

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LONG = 20.0


@pytest.fixture
def tray(seat: MainWindow) -> Tray:
    return plug_in(seat)


def planned(window: MainWindow, name: str = "C01") -> PlanPage:
    file_named(window, name)
    return at_plan(window)


def issued(window: MainWindow, plan: PlanPage) -> list[tuple[int, str]]:
    with window.workspace.store.reading() as view:
        return [(one.number, one.digest) for one in view.issued(plan.case_number)]


def ready(plan: PlanPage) -> None:
    """Wait until a new plan is there."""
    job = plan._job
    wait_until(lambda: not plan.run.busy and plan._summary.text().startswith(("共", "1", "2")), LONG)
    assert job is not None
    settle()


def test_one_key_hands_the_whole_packet_out_and_prints_its_very_bytes_in_filing_order(
    seat: MainWindow, tray: Tray
) -> None:
    plan = planned(seat)
    assert plan.model is not None
    wanted = len(plan.model.papers)
    plan.leave_all_blank()
    Hand(seat).press(KEY.Key_P, CTRL)
    wait_until(lambda: len(tray.taken) == wanted, LONG)
    with seat.workspace.store.reading() as view:
        kept = [view.issued_paper(one.number) for one in view.issued(plan.case_number)]
        journal = [one.action for one in view.events(plan.case_number)]
    assert [one[1] for one in kept if one] == [pdf for pdf, *_ in tray.taken]
    assert [one[0].paper for one in kept if one] == [one.paper for one in plan.model.papers]
    assert journal.count("印发") == wanted
    assert {printer for _, _, printer, _ in tray.taken} == {"窗口一"}
    seat.places.papers.spooler.look()  # type: ignore[union-attr]
    wait_until(lambda: "全部打印完毕" in plan.run.words.text(), LONG)
    wait_until(lambda: plan.model is not None and {one.state for one in plan.model.papers} == {State.SAME}, LONG)
    assert plan.model.choice() == (), "what was printed and has not changed is not ticked again"


def test_a_dead_printer_is_said_and_trying_again_gives_the_same_bytes_no_second_number(
    seat: MainWindow, tray: Tray
) -> None:
    plan = planned(seat)
    plan.leave_all_blank()
    tray.there = False
    plan.print_one()
    wait_until(lambda: plan.run.again.isVisible(), LONG)
    assert "没有应答" in plan.run.words.text()
    before = issued(seat, plan)
    assert len(before) == 1
    tray.there = True
    Hand(seat).press(KEY.Key_T, CTRL)
    wait_until(lambda: len(tray.taken) == 1, LONG)
    assert issued(seat, plan) == before
    seat.places.papers.spooler.look()  # type: ignore[union-attr]
    wait_until(lambda: "1 件全部打印完毕" in plan.run.words.text(), LONG)


def test_what_was_looked_at_is_what_prints(seat: MainWindow, tray: Tray) -> None:
    plan = planned(seat)
    plan.leave_all_blank()
    hand = Hand(seat)
    hand.press(KEY.Key_Return)
    wait_until(lambda: bool(plan.pages.pdf), LONG)
    shown = plan.pages.pdf
    assert issued(seat, plan) == [], "looking hands nothing out"
    hand.press(KEY.Key_P, CTRL)
    wait_until(lambda: len(tray.taken) == 1, LONG)
    assert tray.taken[0][0] == shown


def test_missing_answers_are_filled_or_left_blank_on_purpose_before_anything_prints(
    seat: MainWindow, tray: Tray
) -> None:
    from tests.ui.desk import seat_case

    page = seat_case(seat, "C01")
    first = page.desk.rows("成员")[0]
    spot = Spot("成员", first, "从业状况")
    page.desk.type(spot, "")
    page.acts.check()
    page.put_off()
    page.check.submit()
    settle()
    plan = at_plan(seat)
    assert plan.model is not None
    lacking = plan.model.undecided()
    assert lacking
    hand = Hand(seat)
    hand.press(KEY.Key_P, CTRL)
    assert "留空手填" in seat.bar.message.text()
    assert tray.taken == []
    assert plan.table.line() is not None
    assert plan.details.gaps.count() > 0
    plan.details.gaps.setFocus()
    names = [plan.details.gaps.item(at).text() for at in range(plan.details.gaps.count())]
    plan.details.gaps.setCurrentRow(next(at for at, name in enumerate(names) if name.endswith("从业状况")))
    hand.press(KEY.Key_Return)
    settle()
    assert hand.spot() == spot, "Enter on a gap opens a correction at the question"
    page = intake(seat)
    page.desk.type(spot, "务农")
    page.acts.check()
    page.check.submit()
    settle()
    again = at_plan(seat)
    ready(again)
    assert again.model is not None
    assert not any(name.endswith("从业状况") for one in again.model.papers for name in one.missing), (
        "papers say what was corrected"
    )


def test_space_ticks_and_many_copies_of_one_paper_stand_in_one_line(seat: MainWindow, tray: Tray) -> None:
    plan = planned(seat, "C30")
    model, hand = plan.model, Hand(seat)
    assert model is not None
    place = next(at for at, line in enumerate(plan.table.lines) if line.folded)
    count, lines = len(plan.table.lines[place].papers), plan.table.rowCount()
    assert count >= 3
    plan.table.setFocus()
    plan.table.setCurrentCell(place, 1)
    hand.press(KEY.Key_Space)
    assert len(model.chosen()) == len(model.papers) - count
    hand.press(KEY.Key_Right)
    assert plan.table.rowCount() == lines + count
    hand.press(KEY.Key_Down)
    hand.press(KEY.Key_Space)
    assert len(model.chosen()) == len(model.papers) - count + 1
    hand.press(KEY.Key_Left)
    assert plan.table.rowCount() == lines
    hand.press(KEY.Key_A, CTRL)
    assert len(model.chosen()) == len(model.papers)


def test_the_day_of_posting_is_asked_for_where_something_is_published_and_stands_on_it(
    seat: MainWindow, tray: Tray
) -> None:
    plan = planned(seat, "C30")
    assert not plan.posted.isVisible(), "no notice goes up before somebody wants it"
    plan.more.add("D20")
    wait_until(lambda: plan.posted.isVisible(), LONG)
    assert "不公示" in plan._refused.text()
    plan.posted.setText("2026x")
    plan.leave_all_blank()
    plan.print()
    assert "公示起日" in seat.bar.message.text()
    plan.posted.setText("20260903")
    plan.reload()
    settle()
    ready(plan)
    assert plan.model is not None
    notice = next(one for one in plan.model.papers if one.published)
    plan.preview((notice.copy,))
    wait_until(lambda: bool(plan.pages.pdf), LONG)
    words = pypdfium2.PdfDocument(plan.pages.pdf)[0].get_textpage().get_text_bounded()
    assert "2026年9月3日" in "".join(words.split())


def test_a_character_no_font_has_is_listed_before_printing_and_enter_goes_to_it(seat: MainWindow, tray: Tray) -> None:
    from tests.ui.desk import seat_case

    page = seat_case(seat, "C01")
    spot = Spot("家庭", "", "现住址")
    page.desk.type(spot, "红星村\ue123组")
    page.acts.check()
    page.put_off()
    page.check.submit()
    settle()
    plan = at_plan(seat)
    assert [row.cells[1:4] for row in plan.glyphs.rows] == [("现住址", "红星村\ue123组", "U+E123")]
    assert plan.glyphs.isVisible()
    assert not plan.go.isEnabled()
    hand = Hand(seat)
    hand.press(KEY.Key_Return)
    settle()
    assert hand.spot() == spot


def test_without_a_printer_papers_are_handed_out_as_files(seat: MainWindow, tray: Tray, tmp_path: Path) -> None:
    tray.there = False
    plan = planned(seat)
    plan.leave_all_blank()
    plan.print()
    assert "没有找到打印机" in seat.bar.message.text()
    assert issued(seat, plan) == []
    line = plan.table.line()
    assert line is not None
    plan.preview(line.copies)
    wait_until(lambda: bool(plan.pages.pdf), LONG)
    plan.acts.save_to(tmp_path)
    wait_until(lambda: bool(list(tmp_path.glob("*.pdf"))), LONG)
    (file,) = tmp_path.glob("*.pdf")
    assert file.read_bytes() == plan.pages.pdf
    with seat.workspace.store.reading() as view:
        assert [one.printer for one in view.issued(plan.case_number)] == ["另存为 PDF"]


def test_the_printer_and_tray_are_remembered(seat: MainWindow, tray: Tray) -> None:
    plan = planned(seat)
    plan.leave_all_blank()
    plan.where.tray.setCurrentIndex(2)
    plan.where.tray.activated.emit(2)
    plan.print_one()
    wait_until(lambda: len(tray.taken) == 1, LONG)
    assert tray.taken[0][3].tray == "tray-2"
    plan.where.look()
    wait_until(lambda: plan.where.tray.currentData() == "tray-2", LONG)


def test_a_paper_of_a_later_step_is_added_by_its_initials_and_printed_like_the_others(
    seat: MainWindow, tray: Tray
) -> None:
    plan = planned(seat)
    hand = Hand(seat)
    hand.press(KEY.Key_G, CTRL)
    hand.type("d24-1")
    hand.enter()
    wait_until(lambda: plan.model is not None and "D24-1" in {one.paper for one in plan.model.papers}, LONG)
    settle()
    line = plan.table.line()
    assert line is not None
    assert line.first.paper == "D24-1"
    assert set(line.copies) <= plan.model.ticked  # type: ignore[union-attr]
    plan.leave_all_blank()
    hand.press(KEY.Key_O, CTRL)
    wait_until(lambda: len(tray.taken) == len(line.copies), LONG)


def test_what_no_paper_says_is_counted_on_a_quiet_line_and_read_over_the_page_with_one_key(
    seat: MainWindow, tray: Tray
) -> None:
    plan = planned(seat)
    assert plan.model is not None
    left, hand = plan.model.outlook.plan.left, Hand(seat)
    assert left
    assert plan.left.line.isVisible()
    assert f"不在本套文书上的内容 {len(left)} 项" in plan.left.line.text()
    before = hand.here
    hand.press(KEY.Key_I, CTRL)
    assert plan.left.sheet.isVisible()
    read = plan.left.sheet.text.toPlainText()
    fields = seat.workspace.catalogue.fields
    assert {one.said for one in left if one.said not in read} == set()
    assert {one.field for one in left if fields[f"{one.table}.{one.field}"].label not in read} == set()
    hand.press(KEY.Key_Escape)
    assert not plan.left.sheet.isVisible()
    assert plan.isVisible(), "Esc took the list away, not the plan"
    assert hand.here is before
    plan.left.show_left(())
    assert not plan.left.line.isVisible()
    plan.left.read()
    assert not plan.left.sheet.isVisible(), "there is nothing to read"
