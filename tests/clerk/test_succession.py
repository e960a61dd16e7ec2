"""A member has died: who leads the household next, what everybody is to the new head, what ends and when."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.entry import Entry
from clerk.fanout import correct, submit
from clerk.files import read_household_file, read_intake_file
from clerk.packed import layout_of
from clerk.periods import months_after, read_span
from clerk.radar import Reason, radar
from clerk.screening import chosen, screen
from clerk.service import Plans, Wanted, roster_tables
from clerk.settings import Office
from clerk.succession import died, heirs, led, recast, settle, way_back
from forms.language.evaluate import Evaluator
from forms.language.values import Verdict
from tests.builders import an_id, the_demo_catalogue
from tests.cases.expectations import CASES

CATALOGUE = the_demo_catalogue()
PLANS = Plans(CATALOGUE)
OFFICE = Office("示例乡社会救助窗口", "990101001", "测试员")
BEFORE, DEATH, AFTER = date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 9)
HEAD, WIFE, DAUGHTER, MOTHER = "成员1", "成员2", "成员3", "成员4"
KINSHIP = "与申请人关系"


def the_household(day=DEATH, today=AFTER):
    """The household of U34 as it is typed on when its head has died."""
    intake = read_intake_file(CASES / "U34.yaml", CATALOGUE, today)
    intake.type("成员", HEAD, "死亡日期", day.isoformat())
    intake.type("成员", HEAD, "死亡依据", "死亡证明")
    return intake


def a_household(*members, day=BEFORE):
    """Members as (kinship, born, sex, …); the first is the applicant and dies."""
    lines = ["成员:"]
    for at, (kinship, born, sex) in enumerate(members, start=1):
        number = an_id(born, at * 2 + (sex == "男"))
        lines.append(f'  - {{姓名: 某{at}, 证件号: "{number}", 与申请人关系: {kinship}, 共同生活: 是, 持残疾证: 否}}')
    intake = read_intake_file("\n".join(lines), CATALOGUE, day)
    intake.type("成员", HEAD, "死亡日期", day.isoformat())
    return intake


def proposed(intake):
    return heirs(HEAD, Evaluator(PLANS.on(intake.today), intake))


def kinships(intake):
    return {row: intake.text("成员", KINSHIP, row) for row in intake.rows("成员")}


def filed(store, day, household, choose, was=None):
    plan = PLANS.on(day)
    offers = chosen(screen(Evaluator(plan, household), CATALOGUE), choose)
    with store.work() as work:
        kept = work.household(was.household_id, CATALOGUE)[0] if was else None
        return submit(household, offers, work=work, plan=plan, office=OFFICE, was=kept)


def after_the_death(day=DEATH):
    intake = the_household(day)
    settle(intake, HEAD, WIFE)
    intake.type("家庭", "", "户名", "郑某兰")
    intake.type("家庭", "", "账号", "6225000000000000023")
    return intake


def test_the_wife_is_proposed_first_and_a_child_under_age_is_not():
    found = proposed(the_household())
    assert [(one.name, one.kinship, one.fit) for one in found] == [
        ("郑某兰", "妻", Verdict.YES),
        ("罗某珍", "母亲", Verdict.YES),
    ]


def test_a_form_with_a_dead_member_cannot_be_filed_until_he_is_taken_out():
    intake = the_household()
    assert died(intake, CATALOGUE) == [HEAD]
    (problem,) = [one for one in intake.problems() if one.field == "死亡日期"]
    assert problem.blocks
    settle(intake, HEAD, WIFE)
    assert died(intake, CATALOGUE) == []
    assert not [one for one in intake.problems() if one.field == "死亡日期"]


def test_a_day_of_death_after_today_is_said():
    intake = the_household(date(2026, 12, 1))
    (problem,) = [one for one in intake.problems() if one.field == "死亡日期"]
    assert "今天之后" in problem.message


def test_the_account_of_the_dead_asks_for_another_payee():
    intake = the_household()
    settle(intake, HEAD, WIFE)
    (problem,) = [one for one in intake.problems() if one.field == "户名"]
    assert problem.blocks
    assert problem.message == "周某田已去世，请换成新的收款人和账号"
    intake.type("家庭", "", "户名", "郑某兰")
    assert not [one for one in intake.problems() if one.blocks]


def test_the_household_after_is_the_one_worked_out_by_hand():
    made = after_the_death().household()
    by_hand = read_household_file(CASES / "U34-B.yaml", CATALOGUE, AFTER)
    assert made.answers == by_hand.answers
    for table in ("成员", "已故成员", "房屋"):
        assert [dict(row.answers) for row in made.tables[table]] == [dict(row.answers) for row in by_hand.tables[table]]
    assert made.rows("已故成员") == [HEAD]


def test_the_death_is_taken_back_whole():
    intake = the_household()
    before = intake.household()
    back = way_back(intake, HEAD)
    settle(intake, HEAD, WIFE)
    back()
    assert intake.household() == before


def test_settling_is_in_the_journal():
    intake = the_household()
    entries = settle(intake, HEAD, WIFE).entries
    again = the_household()
    for entry in entries:
        again.apply(Entry(*entry))
    assert again.household() == intake.household()


@pytest.mark.parametrize(
    ("died_on", "stop", "review"),
    [
        (date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 30)),
        (date(2026, 9, 1), date(2026, 10, 1), date(2026, 12, 1)),
        (date(2026, 1, 31), date(2026, 2, 1), date(2026, 4, 30)),
        (date(2025, 11, 30), date(2025, 12, 1), date(2026, 2, 28)),
        (date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_payment_stops_with_the_next_month_and_the_check_is_due_in_three(died_on, stop, review):
    household = after_the_death(died_on).household()
    assert household.answer("已故成员", "停发起月", HEAD) == stop
    assert household.answer("已故成员", "身故复核期限", HEAD) == review


def test_months_end_where_the_month_ends():
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_where_only_children_are_left_they_are_named_with_their_guardian_and_nobody_is_fit():
    intake = a_household(("本人", "19850101", "男"), ("长女", "20121010", "女"), ("次子", "20180505", "男"))
    guardian = intake.add_row("监护人", DAUGHTER).row
    intake.type("监护人", guardian, "姓名", "某姑")
    assert [(one.name, one.fit, one.guardians) for one in proposed(intake)] == [
        ("某2", Verdict.NO, ()),
        ("某3", Verdict.NO, ("某姑",)),
    ]


def test_who_may_not_be_fit_is_named_after_who_is():
    intake = a_household(("本人", "19600101", "男"), ("妻", "19620101", "女"), ("长子", "19880101", "男"))
    intake.type("成员", WIFE, "持残疾证", "")
    assert [(one.row, one.fit) for one in proposed(intake)] == [(DAUGHTER, Verdict.YES), (WIFE, Verdict.UNKNOWN)]


@pytest.mark.parametrize(
    ("members", "heir", "wanted"),
    [
        (
            [
                ("妻", "19700101", "女"),
                ("长子", "19950101", "男"),
                ("父亲", "19450101", "男"),
                ("妹妹", "19750101", "女"),
            ],
            "成员2",
            ["本人", "长子", "公公", "其他亲属"],
        ),
        (
            [
                ("妻", "19700101", "女"),
                ("长子", "19950101", "男"),
                ("次女", "19990101", "女"),
                ("母亲", "19450101", "女"),
            ],
            "成员3",
            ["母亲", "本人", "妹妹", "祖母"],
        ),
        (
            [("长子", "19950101", "男"), ("儿媳", "19960101", "女"), ("孙子", "20200101", "男")],
            "成员2",
            ["本人", "", ""],
        ),
        ([("妻", "19700101", "女"), ("继母或养母", "19500101", "女")], "成员2", ["本人", ""]),
        (
            [("父亲", "19450101", "男"), ("母亲", "19460101", "女"), ("长子", "20100101", "男")],
            "成员2",
            ["本人", "妻", "孙子"],
        ),
        (
            [("兄", "19600101", "男"), ("弟", "19700101", "男"), ("母亲", "19400101", "女")],
            "成员2",
            ["本人", "弟", "母亲"],
        ),
    ],
)
def test_everybody_is_said_anew_or_asked(members, heir, wanted):
    intake = a_household(("本人", "19680101", "男"), *members)
    settle(intake, HEAD, heir)
    assert list(kinships(intake).values()) == wanted


def test_elder_and_younger_are_asked_while_a_day_of_birth_is_missing():
    intake = a_household(("本人", "19680101", "男"), ("长子", "19950101", "男"), ("次女", "19990101", "女"))
    intake.type("成员", DAUGHTER, "证件号", "")
    intake.type("成员", DAUGHTER, "性别", "女")
    found = {row: code for _, row, code in recast(intake, CATALOGUE, HEAD, WIFE)}
    assert found[DAUGHTER] is None


def test_the_death_of_another_member_changes_no_kinship():
    intake = the_household()
    intake.type("成员", HEAD, "死亡日期", "")
    intake.type("成员", MOTHER, "死亡日期", "2026-09-30")
    assert led(intake, CATALOGUE, MOTHER) == []
    assert heirs(MOTHER, Evaluator(PLANS.on(AFTER), intake)) == ()
    settle(intake, MOTHER, None)
    assert kinships(intake) == {HEAD: "本人", WIFE: "妻", DAUGHTER: "长女"}


def test_the_old_file_ends_with_the_next_month_and_the_new_one_names_it(store):
    old = filed(store, BEFORE, read_household_file(CASES / "U34.yaml", CATALOGUE, BEFORE), "all")
    new = filed(store, AFTER, after_the_death().household(), "all", old)
    with store.reading() as view:
        kept = view.case(old.case_number, CATALOGUE)
        events = view.events(new.case_number)
        stops = [event for event in view.events(old.case_number) if event.action == "停发"]
    ended = {(each.programme, each.subject) for each in kept.applications if each.ended}
    running = {(each.programme, each.subject) for each in kept.applications if not each.ended}
    assert ended == {(each.programme, each.subject) for each in kept.applications if each.subject in ("", HEAD)}
    assert running == {(each.programme, each.subject) for each in kept.applications if each.subject not in ("", HEAD)}
    assert {(each.ended, each.end_reason, each.status) for each in kept.applications if each.ended} == {
        (date(2026, 10, 1), "死亡", "已终止")
    }
    assert [event.detail["接续"] for event in events] == [old.case_number]
    assert len(stops) == len(ended)
    assert new.household.answer("成员", KINSHIP, WIFE) == "01"


def test_the_old_revision_stays_as_it_was_filed(store):
    old = filed(store, BEFORE, read_household_file(CASES / "U34.yaml", CATALOGUE, BEFORE), "all")
    filed(store, AFTER, after_the_death().household(), "all", old)
    with store.reading() as view:
        kept = view.case(old.case_number, CATALOGUE)
    assert kept.household == old.household
    assert kept.revision == old.revision
    assert [replace(each, status="已受理", ended=None, end_reason="") for each in kept.applications] == list(
        old.applications
    )


def test_another_members_death_ends_only_what_was_his(store):
    old = filed(store, BEFORE, read_household_file(CASES / "U34.yaml", CATALOGUE, BEFORE), "all")
    intake = read_intake_file(CASES / "U34.yaml", CATALOGUE, AFTER)
    intake.type("成员", MOTHER, "死亡日期", "2026-09-30")
    settle(intake, MOTHER, None)
    with store.work() as work:
        was = work.household(old.household_id, CATALOGUE)[0]
        correct(
            intake.household(), work=work, plan=PLANS.on(AFTER), office=OFFICE, was=was, case_number=old.case_number
        )
    with store.reading() as view:
        kept = view.case(old.case_number, CATALOGUE)
    assert {each.subject for each in kept.applications if each.ended} == {MOTHER}


def test_the_roster_of_the_next_month_has_the_exit_and_the_one_before_is_unchanged(store):
    old = filed(store, BEFORE, read_household_file(CASES / "U34.yaml", CATALOGUE, BEFORE), ["低保"])

    def lines(month, roster="R01"):
        with store.reading() as view:
            (table,) = roster_tables(view, Wanted([roster], read_span(month)), PLANS)
        names = [column.heading for column in table.columns]
        return [dict(zip(names, row, strict=True)) for row in table.rows]

    september = lines("2026-09")
    filed(store, AFTER, after_the_death().household(), ["低保"], old)
    assert lines("2026-09") == september
    assert [(line["变动类型"], line["合计"]) for line in september] == [("新增", 173_600)]
    october = {line["变动类型"]: line for line in lines("2026-10")}
    assert set(october) == {"新增", "退出"}
    left, new = october["退出"], october["新增"]
    assert (left["户编号"], left["原因"], left["合计"], left["本期金额"]) == (old.case_number, "死亡", 0, 0)
    assert (new["户主姓名"], new["合计"]) == ("郑某兰", 110_100)
    assert [line["户主姓名"] for line in lines("2026-09", "R02")] == ["周某田"]
    assert [line["户主姓名"] for line in lines("2026-10", "R02")] == ["郑某兰"]


def test_the_check_is_in_the_reminders_of_the_days_before_it(store):
    old = filed(store, BEFORE, read_household_file(CASES / "U34.yaml", CATALOGUE, BEFORE), ["低保"])
    filed(store, AFTER, after_the_death().household(), ["低保"], old)
    assert layout_of(PLANS.on(AFTER)).stamp
    with store.reading() as view:
        found = radar(view, PLANS.on(date(2026, 12, 1)), PLANS.on(date(2026, 12, 31))).dues
        overdue = radar(view, PLANS.on(date(2026, 12, 30)), PLANS.on(date(2027, 1, 31))).dues
    assert [(one.reason, one.day) for one in found if one.field == "身故复核期限"] == [
        (Reason.EXPIRY, date(2026, 12, 30))
    ]
    assert not [one for one in overdue if one.field == "身故复核期限"]
