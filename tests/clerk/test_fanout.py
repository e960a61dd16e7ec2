"""From one form to many applications, kept together or not at all."""

from datetime import date

import pytest

from clerk.case_facts import AMOUNTS, APPLICATIONS, HOUSEHOLD, MEMBERS
from clerk.case_lists import LISTS, TOTALS
from clerk.casefile import CaseFile
from clerk.fanout import submit
from clerk.files import read_household_file
from clerk.publicity import ENTRIES, NOTICE
from clerk.registers import DAY as ENTERED_ON
from clerk.screening import chosen, screen
from clerk.settings import Office
from forms.language.evaluate import Evaluator
from forms.language.plan import compile_catalogue
from forms.public import ENTRY
from forms.reading import Place
from forms.schema import ROOT, Expression
from tests.builders import DAY, a_small_catalogue, the_demo_catalogue

CATALOGUE = a_small_catalogue()
PLAN = compile_catalogue(CATALOGUE, DAY)
OFFICE = Office("示例乡社会救助窗口", "990101001", "测试员")
TEXT = """\
存款: 20000
成员:
  - {姓名: 张某军, 与申请人关系: 本人, 证件号: "990101198605129032", 电话: "13800000000", 残疾等级: 四级, 在校: 否}
  - {姓名: 张某山, 与申请人关系: 父亲, 证件号: "990101195603089117", 残疾等级: 一级, 在校: 否}
  - {姓名: 张小某, 与申请人关系: 子, 证件类型: 无证件, 出生日期: 2026-08-01, 残疾等级: 四级, 在校: 否}
录齐: 全部
"""


def filed(store, choose="all", text=TEXT, was=None):
    household = read_household_file(text, CATALOGUE, DAY)
    screening = screen(Evaluator(PLAN, household), CATALOGUE)
    with store.work() as work:
        return submit(household, chosen(screening, choose), work=work, plan=PLAN, office=OFFICE, was=was)


def interrupted(store):
    household = read_household_file(TEXT, CATALOGUE, DAY)
    offers = chosen(screen(Evaluator(PLAN, household), CATALOGUE), "all")
    with store.work() as work:
        submit(household, offers, work=work, plan=PLAN, office=OFFICE)
        raise RuntimeError("the power went")


def case_file(record):
    return CaseFile(record, PLAN, date(2026, 9, 2))


def ask(case, text, table=ROOT, row=""):
    return case.value(Expression(text, Place("试", 1, 1)), table, row)[0]


def test_what_was_filed_is_read_back_whole(store):
    record = filed(store)
    with store.reading() as view:
        assert view.case(record.case_number, CATALOGUE) == record


def test_each_application_has_its_own_number_persons_department_and_deadlines(store):
    record = filed(store)
    assert record.case_number == "990101001-2026-00001"
    assert [each.number for each in record.applications] == [f"{record.case_number}-{n:02d}" for n in (1, 2, 3)]
    whole, person, _ = record.applications
    assert (whole.programme, whole.persons) == ("甲助", ("成员1", "成员2", "成员3"))
    assert (person.programme, person.persons, person.department) == ("乙助", ("成员2",), "残联")
    assert [(due.step, due.day, due.extended) for due in whole.dues] == [
        ("调查", date(2026, 9, 4), None),
        ("审核", date(2026, 10, 13), date(2026, 11, 3)),
    ]
    assert whole.dues[0].warnings
    assert [(line.id, line.low, line.high) for line in whole.amounts] == [("甲金", 180_000, 180_000)]
    assert whole.change == "新增"
    assert "0.00元 < 600.00元（甲标准，自2026-04-01）" in whole.reasons[0].text


def test_numbers_run_on_without_gaps_even_after_a_failure(store):
    filed(store)
    with pytest.raises(RuntimeError, match="power"):
        interrupted(store)
    assert filed(store).case_number == "990101001-2026-00002"


def test_a_failed_filing_leaves_nothing(store):
    with pytest.raises(ValueError, match="nothing"):
        filed(store, [])
    with store.reading() as view:
        assert not list(view.cases(date(2026, 1, 1), date(2026, 12, 31), CATALOGUE))
        assert not view.find("张某军")


def test_a_member_without_any_document_is_lent_a_number_and_can_be_found_by_it(store):
    record = filed(store)
    number = record.household.answer("成员", "证件号", "成员3")
    assert number == "WZ99010100120260001"
    with store.reading() as view:
        assert [hit.name for hit in view.find(number)] == ["张小某"]
        assert [hit.cases for hit in view.find("张某山")] == [(record.case_number,)]


def test_filing_is_an_event_that_names_no_answer(store):
    record = filed(store)
    with store.reading() as view:
        (event,) = view.events(record.case_number)
    assert event.actor == "测试员"
    said = " ".join(event.detail.values())
    assert "乙助" in said
    assert "张某" not in said


def test_a_second_filing_of_a_kept_household_revises_it(store):
    first = filed(store, ["甲助"])
    with store.reading() as view:
        kept, _ = view.household(first.household_id, CATALOGUE)
    second = filed(store, ["乙助"], TEXT.replace("存款: 20000", "存款: 30000"), kept)
    assert second.household_id == first.household_id
    assert second.revision > first.revision
    with store.reading() as view:
        assert view.case(first.case_number, CATALOGUE).household.answers["存款"] == 2_000_000


def test_papers_and_rosters_read_the_record_by_the_names_of_the_form(store):
    case = case_file(filed(store))
    first, second, _ = case.facts.rows("办件")
    assert ask(case, "案件编号") == case.record.case_number
    assert ask(case, "户主姓名") == "张某军"
    assert ask(case, "申请人电话") == "13800000000"
    assert ask(case, "打印日期") == date(2026, 9, 2)
    assert ask(case, "承诺办结日") == date(2026, 10, 13)
    assert ask(case, "区划名称") == "示例县示例乡"
    assert ask(case, "姓名", "办件", first) == "张某军"
    assert ask(case, "姓名", "办件", second) == "张某山"
    assert ask(case, "月金额", "办件", second) == 10_000
    assert ask(case, "年金额", "办件", second) is None
    assert ask(case, "项目 = 乙助", "办件", second) is True
    assert ask(case, "保障人数", "办件", first) == 3
    assert ask(case, "金额(甲助, 甲金)", "办件", first) == 180_000
    assert ask(case, "金额说明", "办件", second) == "乙金 100.00元（每月）"


def test_rows_are_found_through_any_number_of_owners(store):
    case = case_file(filed(store))
    (line,) = case.rows("办件金额", "成员", "成员1")
    assert ask(case, "金额名称", "办件金额", line) == "甲金"
    assert case.rows("办件", "成员", "成员3") == []
    assert len(case.rows("成员", "办件", case.facts.rows("办件")[0])) == 3


def test_a_household_programme_covers_those_its_data_says_and_the_undecided(store):
    text = TEXT.replace("存款: 20000", "存款: 5000").replace("残疾等级: 四级, 在校: 否}", "残疾等级: 四级}", 1)
    (application,) = filed(store, ["己助"], text).applications
    assert application.persons == ("成员1", "成员2")


def test_the_shipped_form_declares_exactly_the_system_fields_that_the_record_tells():
    shipped = the_demo_catalogue()
    declared = {(section.table, field.id) for section in shipped.sections if section.system for field in section.fields}
    told = {ROOT: {**HOUSEHOLD, **TOTALS}, "办件": APPLICATIONS, "办件金额": AMOUNTS, "成员": MEMBERS, **LISTS}
    public = {(ROOT, name) for name in NOTICE} | {(ENTRY, name) for name in ENTRIES}
    registers = {roster.unit for roster in shipped.rosters.values() if roster.event == "登记"}
    entered = {(table, field) for table, field in declared if table in registers}
    assert {(table, ENTERED_ON) for table in registers} <= entered
    assert declared - entered == {(table, name) for table, names in told.items() for name in names} | public


def test_every_system_field_can_be_asked_and_only_what_is_not_decided_is_unknown(store):
    case = case_file(filed(store))
    system = [field for section in CATALOGUE.sections if section.system for field in section.fields]
    first = {field: next(iter(case.rows(field.table))) for field in system}
    unknown = {field.id for field, row in first.items() if case.facts.answer(field.table, field.id, row) is None}
    nowhere = {"居住县", "居住乡镇", "居住村", "单位电话"}  # not said where it lives, nor the office its phone
    assert unknown == {"起发月", "年金额", "一次金额", "变动原因", "实物数", "金额备注"} | nowhere
