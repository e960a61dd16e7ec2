"""Before anything is printed: which papers, why, how many, what they lack, and what is new since they were handed out."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from clerk.casefile import CaseFile
from clerk.issuing import State
from clerk.store import open_store
from printing.packet import by_themselves, packet
from printing.plan import plan_packet
from tests.builders import DAY
from tests.printing.cases import a_household, file_case, names
from tests.printing.test_handing import AT, hand_out


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    return file_case(tmp_path_factory.mktemp("plan"), a_household(names(2)), "低保")


def test_the_plan_lists_the_packet_in_filing_order_with_reason_pages_copies_and_sides(case: CaseFile) -> None:
    planned, made = plan_packet(case, ()), packet(case)
    assert [(one.paper, one.row, one.why, one.pages, one.copies) for one in planned.papers] == [
        (one.paper, one.row, one.why, one.pages, one.copies) for one in made.contents
    ]
    assert {one.state for one in planned.papers} == {State.NEW}
    assert all(one.sides == case.catalogue.papers[one.paper].sides for one in planned.papers)
    assert planned.gone == ()
    assert planned.all() == planned.changed()
    assert pickle.loads(pickle.dumps(planned)) == planned, "it travels from the helper process to the window"


def test_a_required_box_that_will_stay_empty_is_named_with_whose_it_is(tmp_path: Path) -> None:
    text = a_household(names(2)).replace("    从业状况: 务农\n", "", 1).replace("住房类别: 自有私房\n", "")
    case = file_case(tmp_path, text, "低保")
    first = case.name(case.facts.rows("成员")[0])
    (form,) = plan_packet(case, (), {"D01"}).papers
    assert f"{first} 从业状况" in form.missing
    assert not any("职业技能" in name or "工作单位" in name for name in form.missing), (
        "what is optional is a ruled blank"
    )
    whole = plan_packet(file_case(tmp_path / "whole", a_household(names(2)), "低保"), (), {"D01"}).papers[0].missing
    assert f"{first} 从业状况" not in whole


def test_only_what_changed_is_chosen_after_a_hand_out(case: CaseFile, tmp_path: Path) -> None:
    case = file_case(tmp_path, a_household(names(2)), "低保")
    store = open_store(tmp_path / "store", create=False)
    hand_out(store, case)
    with store.reading() as view:
        issued = view.issued(case.record.case_number)
    store.close()
    same = plan_packet(case, issued)
    assert {one.state for one in same.papers} == {State.SAME}
    assert same.changed() == ()
    assert [one.last for one in same.papers] == issued
    later = file_case(tmp_path / "other", a_household(names(2), address="迁到别处9号"), "低保")
    states = {one.paper: one.state for one in plan_packet(later, issued).papers}
    assert states["D01"] is State.CHANGED
    assert states["D08"] is State.SAME, "the list of materials names no address"
    chosen = plan_packet(later, issued).changed()
    assert ("D01", "") in chosen
    assert "D08" not in {paper for paper, _ in chosen}


def test_a_paper_that_is_no_longer_needed_is_told(case: CaseFile, tmp_path: Path) -> None:
    case = file_case(tmp_path, a_household(names(2)), "低保")
    store = open_store(tmp_path / "store", create=False)
    hand_out(store, case)
    with store.reading() as view:
        issued = view.issued(case.record.case_number)
    store.close()
    assert AT.date() == DAY
    from dataclasses import replace

    without = CaseFile(replace(case.record, applications=()), case.plan, DAY)
    assert "D17-1" in {one.paper for one in plan_packet(without, issued).gone}


def test_why_an_application_is_not_made_public_stands_in_the_plan(tmp_path: Path) -> None:
    case = file_case(tmp_path, a_household(names(1)), "all")
    private = [
        one.programme for one in case.record.applications if not case.catalogue.programmes[one.programme].published
    ]
    said = plan_packet(case, ()).refused
    for programme in private:
        assert any(f"「{case.catalogue.programmes[programme].name}」按规定不公示" in one for one in said)
    assert private or said == ()


def test_answers_that_no_font_can_draw_are_listed_with_whose_and_what_to_do_instead_of_a_plan(tmp_path: Path) -> None:
    text = a_household(names(2), address="红星村\ue123组").replace("来源: 承包地", '来源: "承\u0378包地"', 1)
    plan = plan_packet(file_case(tmp_path, text, "低保"), ())
    assert plan.papers == ()
    home, source = plan.lost
    assert (home.whose, home.question, home.answer, home.characters, home.field) == (
        "",
        "现住址",
        "红星村\ue123组",
        "\ue123",
        "现住址",
    )
    assert "自己造的字" in home.advice
    assert home.codes() == "U+E123"
    assert source.whose.startswith(names(2)[0])
    assert (source.table, source.characters) == ("收入", "\u0378")
    assert "删掉" in source.advice


def test_a_paper_of_a_later_step_stays_out_until_it_is_asked_for_and_is_then_planned_like_the_others(case: CaseFile) -> None:
    usual = plan_packet(case, ())
    offered = {paper.id for paper in by_themselves(case)}
    assert {"D20", "D24-1", "D55-1"} <= offered
    assert not offered & {one.paper for one in usual.papers}, "what decides or publishes is no part of the first packet"
    more = plan_packet(case, (), also=("D24-1",))
    assert {one.paper for one in more.papers} == {one.paper for one in usual.papers} | {"D24-1"}
    assert next(one.series for one in more.papers if one.paper == "D24-1") is not None
    assert ("D24-1", next(one.row for one in more.papers if one.paper == "D24-1")) in more.changed()
