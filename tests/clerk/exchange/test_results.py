"""Departments' replies decide applications; what answers nothing is listed; a batch of replies can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from clerk.exchange.reading import Guard
from clerk.records import AmountKept, Decision
from clerk.service import Plans, apply_file, screen_file
from forms.layers import DEMO
from forms.places import Place
from forms.schema import Expression
from tests.builders import DAY, an_id, the_demo_catalogue
from tests.clerk.exchange.making import OFFICE, PLAN, REPLIES, WARNINGS, all_of, read, taken_back, taken_in, tried

PLANS = Plans(the_demo_catalogue())
HEAD = (
    "申请编号",
    "申请人",
    "身份证号",
    "事项",
    "审批结果",
    "批准金额",
    "起发年月",
    "审批日期",
    "批准文号",
    "不批准原因",
)


@pytest.fixture(scope="module")
def guard():
    with Guard() as made:
        yield made


@pytest.fixture
def filed(store):
    return apply_file(
        screen_file(DEMO / "cases" / "C01.yaml", PLANS, DAY), "all", store=store, plans=PLANS, office=OFFICE
    )


def again(store, record):
    with store.reading() as view:
        return view.case(record.case_number, the_demo_catalogue())


def one_paid(record):
    """An application that pays in one way only, with the number of somebody it covers."""
    found = next(each for each in record.applications if sum(amount.unit == "元" for amount in each.amounts) == 1)
    return found, str(record.household.answer("成员", "证件号", found.persons[0]))


def reply(number="", identity="", programme="", outcome="同意", amount="", **more):
    words = {"since": "", "on": "", "document": "", "reason": ""} | more
    return (
        number,
        "",
        identity,
        programme,
        outcome,
        amount,
        words["since"],
        words["on"],
        words["document"],
        words["reason"],
    )


def test_a_reply_by_number_decides_the_application(store, guard, tmp_path, filed):
    was, _ = one_paid(filed)
    row = reply(was.number, amount="313.5", since="2026.10", on=date(2026, 9, 20), document="示民〔2026〕9号")
    batch = taken_in(store, read(guard, tmp_path / "a.xlsx", [HEAD, row]), REPLIES)
    assert batch.counts == {"已批准": 1}
    record = again(store, filed)
    (now,) = [each for each in record.applications if each.number == was.number]
    line = replace(next(amount for amount in was.amounts if amount.unit == "元"), low=31_350, high=31_350)
    assert now.decision == Decision(
        "同意", date(2026, 9, 20), (line,), date(2026, 10, 1), "示民〔2026〕9号", batch=batch.id
    )
    assert (now.status, now.pay_since) == ("已批准", date(2026, 10, 1))
    assert now.amounts == was.amounts, "what was said at filing stays"
    case = CaseFile(record, PLAN, DAY)
    values = [
        case.value(Expression(name, Place("t", 1, 1)), "办件", was.number)[0]
        for name in ("核定金额", "决定文号", "起发月")
    ]
    assert values == [31_350, "示民〔2026〕9号", date(2026, 10, 1)]
    with store.reading() as view:
        assert [event.action for event in view.events(filed.case_number)] == ["受理", "部门答复"]


def test_a_refusal_comes_with_its_reason(store, guard, tmp_path, filed):
    was, identity = one_paid(filed)
    name = the_demo_catalogue().programmes[was.programme].name
    row = reply("", identity, name, "不予批准", reason="收入超过标准")
    taken_in(store, read(guard, tmp_path / "a.xlsx", [HEAD, row]), REPLIES)
    (now,) = [each for each in again(store, filed).applications if each.number == was.number]
    assert (now.status, now.decision.reason, now.decision.amounts) == ("不予批准", "收入超过标准", ())


def test_what_answers_no_application_is_listed_and_nothing_is_kept(store, guard, tmp_path, filed):
    was, identity = one_paid(filed)
    rows = [
        HEAD,
        reply("990101100-2026-99999-01"),
        reply("", an_id(order=77), was.programme),
        reply("", identity, "没有的项目"),
        reply(was.number, outcome="不予批准", amount="100"),
        reply(was.number, on=date(2026, 8, 1)),
        reply(was.number, outcome="也许"),
    ]
    before = all_of(store)
    trial = tried(store, read(guard, tmp_path / "a.xlsx", rows), REPLIES)
    assert [
        (one.row, word in one.message)
        for one, word in zip(
            trial.problems, ("没有办件", "这个人", "没有项目", "却有金额", "同一件", "没有「也许」"), strict=True
        )
    ] == [(row, True) for row in range(2, 8)]
    assert all_of(store) == before


def test_a_reply_before_the_application_is_not_believed(store, guard, tmp_path, filed):
    was, _ = one_paid(filed)
    trial = tried(store, read(guard, tmp_path / "a.xlsx", [HEAD, reply(was.number, on=date(2026, 8, 1))]), REPLIES)
    assert "早于受理日期" in trial.problems[0].message


def test_of_several_applications_a_person_says_which(store, guard, tmp_path, filed):
    _, identity = one_paid(filed)
    book = read(guard, tmp_path / "a.xlsx", [HEAD, reply("", identity)])
    (question,) = tried(store, book, REPLIES).questions
    assert len(question.options) > 2
    assert tried(store, book, REPLIES, {2: question.options[0].key}).counts == {"已批准": 1}
    assert tried(store, book, REPLIES, {2: "略"}).counts == {"略过": 1}


def test_the_same_reply_twice_changes_nothing_and_another_one_asks(store, guard, tmp_path, filed):
    was, _ = one_paid(filed)
    book = read(guard, tmp_path / "a.xlsx", [HEAD, reply(was.number, amount="313")])
    taken_in(store, book, REPLIES)
    assert tried(store, book, REPLIES).counts == {"未变": 1}
    other = tried(store, read(guard, tmp_path / "b.xlsx", [HEAD, reply(was.number, amount="300")]), REPLIES)
    assert other.counts == {"已批准": 1, "改动原决定": 1}
    assert "要改动已有资料1行" in other.confirm


def test_a_batch_of_replies_is_taken_back_whole(store, guard, tmp_path, filed):
    was, _ = one_paid(filed)
    batch = taken_in(store, read(guard, tmp_path / "a.xlsx", [HEAD, reply(was.number, amount="313")]), REPLIES)
    taken_back(store, batch)
    assert again(store, filed).applications == filed.applications
    assert store.verify_events().whole


def test_replies_are_not_taken_back_under_somebody_s_later_work(store, guard, tmp_path, filed):
    was, _ = one_paid(filed)
    batch = taken_in(store, read(guard, tmp_path / "a.xlsx", [HEAD, reply(was.number)]), REPLIES)
    (now,) = [each for each in again(store, filed).applications if each.number == was.number]
    with store.work() as work:
        work.change_application(now, replace(now, status="已退出"))
    with pytest.raises(UserCanFix, match=f"办件 {was.number} 导入后又有人改过"):
        taken_back(store, batch)


def test_one_figure_for_several_periods_is_not_split_by_guessing(store, guard, tmp_path, filed):
    was, _ = one_paid(filed)
    both = replace(was, amounts=(AmountKept("甲", "每月", "元", 1, 1), AmountKept("乙", "一次", "元", 2, 2)))
    with store.work() as work:
        work.change_application(was, both)
    trial = tried(store, read(guard, tmp_path / "a.xlsx", [HEAD, reply(was.number, amount="3")]), REPLIES)
    assert "只有一个金额" in trial.problems[0].message


def test_warnings_stand_beside_people_known_or_not(store, guard, tmp_path, filed):
    was, identity = one_paid(filed)
    rows = [
        ("姓名", "身份证号", "来源", "规则", "推送时间"),
        ("", "", "", "", ""),
        (
            filed.household.answer("成员", "姓名", was.persons[0]),
            identity,
            "省平台",
            "医疗支出过大",
            "2026-09-02 10:20:00",
        ),
        ("外人", an_id(order=71), "省平台", "残疾未享", date(2026, 9, 3)),
    ]
    batch = taken_in(store, read(guard, tmp_path / "b.xlsx", rows), WARNINGS)
    assert batch.counts == {"登记": 2, "其中未建档": 1}
    with store.reading() as view:
        entries = list(view.register("预警", date(2026, 9, 1), date(2026, 9, 30), the_demo_catalogue()))
        assert list(view.register("预警", date(2026, 9, 4), date(2026, 9, 30), the_demo_catalogue())) == []
    assert [(one.day, bool(one.household_id), one.values["预警规则"]) for one in entries] == [
        (date(2026, 9, 2), True, "医疗支出过大"),
        (date(2026, 9, 3), False, "残疾未享"),
    ]
    assert entries[0].values["推送时间"] == date(2026, 9, 2)
    taken_back(store, batch)
    with store.reading() as view:
        assert list(view.register("预警", date(2026, 9, 1), date(2026, 9, 30), the_demo_catalogue())) == []
