"""What happens at the desk, without a widget."""

from __future__ import annotations

from datetime import date

import pytest

from clerk.entry import Entry
from clerk.files import read_household_file
from forms.loader import DEMO
from tests.builders import an_id, the_demo_catalogue
from ui.intake.again import entries_of
from ui.intake.controller import IntakeController
from ui.intake.desk import Spot
from ui.intake.parts import every_list
from ui.intake.rules import Rules

DAY = date(2026, 9, 1)
RULES = Rules(the_demo_catalogue(), DAY)


def a_desk(entries: list[Entry] | None = None) -> IntakeController:
    return IntakeController(the_demo_catalogue(), DAY, RULES, entries or [])


def case(name: str) -> IntakeController:
    catalogue = the_demo_catalogue()
    return a_desk(entries_of(read_household_file(DEMO / "cases" / f"{name}.yaml", catalogue, DAY), catalogue))


def people(desk: IntakeController) -> object:
    return next(part for part in every_list(tuple(desk.parts)) if part.table.id == "成员")


def test_a_fresh_form_has_one_member_who_applies() -> None:
    desk = a_desk()
    (row,) = desk.rows("成员")
    assert desk.text(Spot("成员", row, "与申请人关系")) == "本人"


def test_an_identity_number_brings_sex_and_birthday_and_says_so() -> None:
    desk = a_desk()
    (row,) = desk.rows("成员")
    desk.type(Spot("成员", row, "证件号"), an_id("19860512", 11))
    assert desk.text(Spot("成员", row, "性别")) == "男"
    assert desk.derived(Spot("成员", row, "出生日期"))
    assert "40岁" in desk.caption("成员", row)


def test_every_act_can_be_taken_back_in_turn() -> None:
    desk = a_desk()
    (first,) = desk.rows("成员")
    name = Spot("成员", first, "姓名")
    desk.type(name, "张某")
    second = desk.add_row(people(desk), "")  # type: ignore[arg-type]
    desk.type(Spot("成员", second, "姓名"), "李某")
    desk.remove_row("成员", second)
    assert list(desk.rows("成员")) == [first]
    desk.undo()
    assert desk.text(Spot("成员", second, "姓名")) == "李某"
    desk.undo()
    assert desk.text(Spot("成员", second, "姓名")) == ""
    desk.undo()
    assert list(desk.rows("成员")) == [first]
    desk.undo()
    assert desk.text(name) == ""
    assert desk.undo() is None


def test_all_lists_said_complete_are_one_act() -> None:
    desk = a_desk()
    before = desk.open_lists()
    assert desk.close_all() == len(before) > 3
    assert desk.open_lists() == []
    desk.undo()
    assert desk.open_lists() == before


def test_the_journal_gives_the_same_form_again() -> None:
    kept: list[Entry] = []
    desk = a_desk()
    desk.on_entries = kept.extend
    (row,) = desk.rows("成员")
    desk.type(Spot("成员", row, "姓名"), "古某·肉某")
    desk.type(Spot("成员", row, "证件号"), "９９０１０１")
    again = a_desk(kept)
    assert again.text(Spot("成员", row, "姓名")) == "古某·肉某"
    assert again.text(Spot("成员", row, "证件号")) == "９９０１０１"
    assert again.household() == desk.household()


def test_a_kept_household_is_typed_on_without_loss() -> None:
    catalogue = the_demo_catalogue()
    for path in sorted((DEMO / "cases").glob("C*.yaml")):
        if ".expect" not in path.name:
            household = read_household_file(path, catalogue, DAY)
            again = a_desk(entries_of(household, catalogue)).household()
            assert again.answers == household.answers, path.name
            assert {name: rows for name, rows in again.tables.items() if rows} == {
                name: rows for name, rows in household.tables.items() if rows and name != "办件"
            }, path.name


def test_a_question_is_asked_only_where_it_matters() -> None:
    desk = case("C01")
    field = desk.catalogue.fields["成员.残疾证号"]
    rows = {desk.title("成员", row): row for row in desk.rows("成员")}
    assert desk.asked(field, rows["张某山"])
    assert not desk.asked(field, rows["李某"])
    desk.show(Spot("成员", rows["李某"], "残疾证号"))
    assert desk.asked(field, rows["李某"])


def test_what_no_rule_looks_at_may_wait_but_an_answer_never_hides() -> None:
    desk = a_desk()
    (row,) = desk.rows("成员")
    field = desk.catalogue.fields["成员.曾用名"]
    assert desk.minor(field, row)
    desk.type(Spot("成员", row, "曾用名"), "张某")
    assert not desk.minor(field, row)
    assert not desk.minor(desk.catalogue.fields["成员.姓名"], row)


def test_the_same_as_above_is_the_same_as_above() -> None:
    desk = case("C01")
    rows = list(desk.rows("成员"))
    spot = Spot("成员", rows[1], "手机")
    desk.same_as_above(spot)
    assert desk.text(spot) == desk.text(Spot("成员", rows[0], "手机")) == "13800000101"


def test_required_answers_nobody_knows_are_put_off_and_hinder_no_longer() -> None:
    desk = case("C01")
    (first, *_) = desk.rows("成员")
    desk.type(Spot("成员", first, "健康状况"), "")
    assert Spot("成员", first, "健康状况") in desk.missing()
    assert desk.put_off() == 1
    assert desk.text(Spot("成员", first, "健康状况")) == "暂缺"
    assert desk.missing() == []
    desk.undo()
    assert desk.text(Spot("成员", first, "健康状况")) == ""


def test_an_unlikely_number_is_kept_for_a_reason() -> None:
    desk = a_desk()
    (row,) = desk.rows("成员")
    spot = Spot("成员", row, "证件号")
    desk.type(spot, "990101198203041234")
    complaint = desk.complaint(spot)
    assert complaint is not None
    assert complaint.reason
    desk.accept(complaint, "证件待核实")
    assert desk.complaint(spot) is None
    assert desk.household().answer("成员", "证件号", row) == "990101198203041234"


def test_questions_are_said_in_words() -> None:
    desk = a_desk()
    (row,) = desk.rows("成员")
    desk.type(Spot("成员", row, "姓名"), "张某")
    words = [desk.ask(question.missing) for question in desk.screening().questions]
    assert "张某 身份证号" in words


@pytest.mark.parametrize(("field", "raw", "shown"), [("出生日期", "1986.5.12", "1986-05-12"), ("证件号", "９９０１０１１９８６０５１２９０３２", "990101198605129032"), ("健康状况", "重", "重病")])
def test_a_believed_answer_is_shown_in_one_way_of_writing(field: str, raw: str, shown: str) -> None:
    desk = a_desk()
    (row,) = desk.rows("成员")
    desk.type(Spot("成员", row, field), raw)
    assert desk.text(Spot("成员", row, field)) == shown
