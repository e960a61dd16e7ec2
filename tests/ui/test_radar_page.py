"""找人: two days, groups of people with reasons, each line opens the household; it can be stopped, and written out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.desk import Hand, a_window, intake, seat_case, settle, wait_until
from ui.main_window import MainWindow
from ui.radar.page import RadarPage, in_short
from ui.radar.scan import look
from ui.task import Stopped

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """A window whose store holds two households; each left one thing that it may have unasked."""
    window = a_window(tmp_path_factory.mktemp("radar"))
    for name in ("C02", "C30"):
        page = seat_case(window, name)
        page.desk_view.toggle([page.desk_view.chosen()[-1].key])
        page.acts.check()
        page.check.submit()
        settle()
        assert page.filed.record is not None
        page.start_new()
    yield window
    window.close()


def searched(window: MainWindow, until: str = "2027-09-01") -> RadarPage:
    hand = Hand(window)
    window.go(0)
    hand.press(KEY.Key_4, CTRL)
    page = window.stack.currentWidget()
    assert isinstance(page, RadarPage)
    page.result = None
    page.until.setText(until)
    page.until.setFocus()
    hand.enter()
    wait_until(lambda: page.result is not None)
    settle()
    return page


def test_every_group_counts_its_lines_and_every_line_says_who_and_why(filed: MainWindow) -> None:
    page = searched(filed)
    assert page.result is not None
    assert page.result.households == 2
    assert page.kinds.count() == len(page.result.groups) > 0
    for group in page.result.groups:
        assert group.total >= len(group.leads) > 0
        assert all(lead.line.who and lead.line.why for lead in group.leads)
    assert page.table.rowCount() == len(page.result.groups[0].leads)
    assert page.table.item(0, 3).text() == page.result.groups[0].leads[0].line.why
    assert not page._busy.isVisible()


def test_what_is_only_referred_stands_apart_from_what_was_never_asked_for(filed: MainWindow) -> None:
    page = searched(filed)
    assert page.result is not None
    known = filed.workspace.catalogue.programmes
    groups = {group.title: group for group in page.result.groups}
    assert all(known[lead.programme].referral for lead in groups["可转介其他部门"].leads)
    assert not any(known[lead.programme].referral for lead in groups["符合、从未申请"].leads)


def test_a_long_reason_is_told_by_the_names_of_its_conditions_and_a_short_one_whole() -> None:
    assert in_short("年龄：满80周岁") == "年龄：满80周岁"
    said = in_short("；".join(f"条件{number}：{'很' * 40}" for number in range(1, 6)))
    assert said == "看 5 个条件：条件1、条件2、条件3、条件4、条件5。回车看理由"


def test_enter_on_a_line_opens_that_household_with_its_reasons(filed: MainWindow) -> None:
    page = searched(filed)
    hand = Hand(filed)
    assert page.result is not None
    place, group = next((at, one) for at, one in enumerate(page.result.groups) if one.leads[0].programme)
    page.kinds.setCurrentRow(place)
    page.kinds.setFocus()
    hand.enter(2)
    settle()
    desk = intake(filed)
    assert filed.stack.currentWidget() is desk
    assert desk.correction is not None
    assert desk.correction.household_id == group.leads[0].line.household
    assert desk.desk_view.reasons.isVisible()
    name = desk.desk.catalogue.programmes[group.leads[0].programme].name
    assert name in desk.desk_view.reasons.accessibleName()


def test_days_the_wrong_way_round_are_refused_in_a_sentence(filed: MainWindow) -> None:
    filed.go(3)
    page = filed.stack.currentWidget()
    assert isinstance(page, RadarPage)
    page.until.setText("2026-01-01")
    page.search()
    assert page._search is None
    assert "早于" in filed.bar.message.text()


def test_a_search_that_is_stopped_says_so_and_leaves_the_list_alone(filed: MainWindow) -> None:
    page = searched(filed)
    before = page.result
    page.search()
    Hand(filed).press(KEY.Key_Escape)
    wait_until(lambda: page._search is None)
    assert page.result is before
    assert page._done.text() == "已停止"


def test_a_stop_is_heard_at_the_next_step(filed: MainWindow) -> None:
    told: list[str] = []

    def stop(words: str) -> None:
        told.append(words)
        raise Stopped

    workspace = filed.workspace
    with pytest.raises(Stopped):
        look(workspace.store, workspace.catalogue, workspace.today, workspace.today.replace(month=12), stop)
    assert len(told) == 1


def test_the_list_is_written_into_a_workbook_line_for_line(filed: MainWindow, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    page = searched(filed)
    page.folder = tmp_path / "out"
    page.export()
    target = page.folder / "政策找人 2026-09-01至2027-09-01.xlsx"
    wait_until(target.is_file)
    wait_until(lambda: "已导出" in page._done.text())
    said = ["|".join(str(cell) for cell in row) for row in CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()]
    assert page.result is not None
    for group in page.result.groups:
        for lead in group.leads:
            assert any(lead.line.who in row and lead.line.why in row and group.title in row for row in said), lead
