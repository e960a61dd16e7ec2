"""The form while it is typed: text kept, answers believed at the door, problems said, every act journalled."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from clerk.crosschecks import applicant_field, applicant_row
from clerk.entry import Entry
from clerk.intake import Intake
from tests.builders import DAY, a_small_catalogue, an_id, an_intake

FATHER = "990101195603089117"


def member(intake: Intake, **answers: str) -> str:
    row = intake.add_row("成员").row
    for field, text in answers.items():
        intake.type("成员", row, field, text)
    return row


def test_a_new_form_has_one_member_who_applies():
    intake = an_intake()
    intake.begin()
    (row,) = intake.rows("成员")
    assert intake.answer("成员", "与申请人关系", row) == "01"
    assert intake.answer("成员", "证件类型", row) == "1"


def test_sex_and_birth_date_come_from_the_number_and_the_change_names_them():
    intake = an_intake()
    row = member(intake)
    change = intake.type("成员", row, "证件号", "９９０１０１ 19860512903２")
    assert set(change.facts) == {("成员", "证件号", row), ("成员", "性别", row), ("成员", "出生日期", row)}
    assert intake.answer("成员", "证件号", row) == "990101198605129032"
    assert intake.answer("成员", "出生日期", row) == date(1986, 5, 12)
    assert intake.text("成员", "性别", row) == "男"
    assert intake.derived("成员", "性别", row)


def test_what_is_typed_wins_over_what_is_derived_and_the_contradiction_is_said():
    intake = an_intake()
    row = member(intake, 证件号=an_id("19900101", 11), 性别="女")
    assert intake.answer("成员", "性别", row) == "2"
    (problem,) = intake.problems()
    assert problem.field == "性别"
    assert not problem.blocks
    intake.type("成员", row, "性别", "")
    assert intake.answer("成员", "性别", row) == "1"


def test_raw_text_is_kept_even_when_nothing_can_be_believed():
    intake = an_intake()
    row = member(intake, 出生日期="三月初八")
    assert intake.text("成员", "出生日期", row) == "三月初八"
    assert intake.answer("成员", "出生日期", row) is None
    (problem,) = intake.problems()
    assert problem.hard


def test_a_wrong_checksum_is_believed_only_with_a_reason_and_the_reason_lapses_with_the_text():
    intake = an_intake()
    row = member(intake, 证件号="110105194912310021")
    (problem,) = intake.problems()
    assert problem.blocks
    assert intake.answer("成员", "证件号", row) is None
    assert intake.answer("成员", "出生日期", row) is None
    change = intake.override(problem, "证件待核实")
    assert ("成员", "出生日期", row) in change.facts
    assert intake.answer("成员", "证件号", row) == "110105194912310021"
    (kept,) = intake.problems()
    assert (kept.blocks, kept.overridden) == (False, "证件待核实")
    intake.type("成员", row, "证件号", "110105194912310022")
    assert intake.problems()[0].blocks


def test_a_hard_problem_takes_no_reason():
    intake = an_intake()
    member(intake, 证件号="990101202602300016")
    with pytest.raises(ValueError, match="cannot be overridden"):
        intake.override(intake.problems()[0], "就是这样")


def test_one_number_on_two_members_is_an_error_at_the_second():
    intake = an_intake()
    member(intake, 姓名="张某", 证件号=FATHER)
    second = member(intake, 姓名="李某", 证件号=FATHER)
    (problem,) = [each for each in intake.problems() if each.field == "证件号"]
    assert (problem.row, problem.hard) == (second, True)
    assert "张某" in problem.message


def test_two_applicants_are_refused_and_none_at_all_is_refused_once_everybody_is_placed():
    intake = an_intake()
    member(intake, 与申请人关系="本人")
    second = member(intake, 与申请人关系="本人")
    assert [each.row for each in intake.problems()] == [second]
    intake.type("成员", second, "与申请人关系", "配偶")
    assert not intake.problems()
    intake.type("成员", intake.rows("成员")[0], "与申请人关系", "子")
    assert [each.hard for each in intake.problems()] == [True]


def test_a_disability_card_gives_kind_and_grade_and_a_foreign_one_warns():
    intake = an_intake()
    row = member(intake, 证件号=FATHER, 残疾证号="99010119560308911741")
    assert intake.answer("成员", "残疾类别", row) == "肢体"
    assert intake.answer("成员", "残疾等级", row) == "一级"
    assert not intake.problems()
    intake.type("成员", row, "证件号", "990101198605129032")
    (problem,) = intake.problems()
    assert (problem.field, problem.blocks) == ("残疾证号", False)


def test_a_removed_row_takes_what_it_owns_with_it_and_both_come_back():
    intake = an_intake()
    row = member(intake, 姓名="张某")
    income = intake.add_row("收入", row).row
    intake.type("收入", income, "金额", "2.4万")
    change = intake.remove_row("成员", row)
    assert set(change.tables) >= {"成员", "收入"}
    assert not intake.rows("收入")
    assert not intake.household().rows("收入")
    intake.restore_row("成员", row)
    assert intake.rows("收入", row) == (income,)
    assert intake.answer("收入", "金额", income) == 2_400_000


def test_removing_a_member_makes_answers_that_name_it_unknown_until_it_is_back():
    intake = an_intake()
    row = member(intake, 姓名="张某")
    intake.type("家庭", "", "收款人", "张某")
    assert intake.answer("家庭", "收款人", "") == row
    change = intake.remove_row("成员", row)
    assert ("家庭", "收款人", "") in change.facts
    assert intake.answer("家庭", "收款人", "") is None
    intake.restore_row("成员", row)
    assert intake.answer("家庭", "收款人", "") == row


def test_a_list_is_open_until_the_clerk_says_it_is_complete():
    intake = an_intake()
    assert not intake.closed("车辆")
    assert intake.close("车辆").tables == ("车辆",)
    assert intake.closed("车辆")
    assert intake.household().closed("车辆")
    intake.close("车辆", False)
    assert not intake.closed("车辆")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("申请日期", "20260901", date(2026, 9, 1)),
        ("申请日期", "2026年9月1日", date(2026, 9, 1)),
        ("申请日期", "2026.9.1", date(2026, 9, 1)),
        ("申请日期", "2026-9-1", date(2026, 9, 1)),
        ("存款", "24,000", 2_400_000),
        ("存款", "2.4万", 2_400_000),
        ("存款", "２４０００．５元", 2_400_050),
        ("致困原因", "因病、因残", frozenset({"因病", "因残"})),
        ("户籍地", "红星村", "990101001201"),
        ("申请日期", "暂缺", None),
        ("困难叙述", "  父亲瘫痪\u202e\x00 ", "父亲瘫痪"),
        ("困难叙述", "一\n二", "一\n二"),
        ("致困原因", "无", frozenset()),
        ("占比", "61.9%", Fraction(619, 1000)),
        ("占比", "1/3", Fraction(1, 3)),
        ("户籍地", "990101001", "990101001"),
    ],
)
def test_a_clerk_may_write_an_answer_in_her_own_way(field, text, value):
    intake = an_intake()
    intake.type("家庭", "", field, text)
    assert intake.answer("家庭", field, "") == value
    assert not intake.problems()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("申请日期", "2026-02-30"),
        ("存款", "-1"),
        ("存款", "12.345"),
        ("存款", "很多"),
        ("致困原因", "因懒"),
        ("占比", "1/0"),
        ("占比", "1e999999"),
        ("困难叙述", "难" * 501),
        ("户籍地", "火星"),
        ("收款人", "没这人"),
        ("申请日期", "2026年13月1日"),
    ],
)
def test_what_cannot_be_is_a_hard_problem_and_is_not_believed(field, text):
    intake = an_intake()
    intake.type("家庭", "", field, text)
    assert intake.answer("家庭", field, "") is None
    assert [problem.hard for problem in intake.problems()] == [True]


def test_replaying_the_journal_gives_the_same_form():
    intake = an_intake()
    journal: list[Entry] = list(intake.begin().entries)
    (row,) = intake.rows("成员")
    journal += intake.type("成员", row, "证件号", "110105194912310021").entries
    journal += intake.override(intake.problems()[0], "证件待核实").entries
    journal += intake.add_row("收入", row).entries
    journal += intake.close("成员").entries
    again = Intake(a_small_catalogue(), DAY, journal)
    assert again.household() == intake.household()
    assert again.problems() == intake.problems()


def test_a_payee_from_outside_needs_an_agent_or_a_reason():
    intake = an_intake()
    member(intake, 姓名="张某")
    intake.type("家庭", "", "户名", "张某")
    assert not intake.problems()
    intake.type("家庭", "", "户名", "李某")
    (problem,) = intake.problems()
    assert problem.blocks
    intake.type("家庭", "", "代领人", "李某")
    assert not intake.problems()
    intake.type("家庭", "", "代领人", "")
    intake.override(intake.problems()[0], "村委会代管，协议在附件")
    assert not intake.problems()[0].blocks


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("毕业年月", "2027年7月", date(2027, 7, 1)),
        ("毕业年月", "202707", date(2027, 7, 1)),
        ("毕业年月", "2027-07-15", date(2027, 7, 1)),
        ("毕业年月", "七月", None),
        ("毕业年月", "202713", None),
        ("在校", "Ｙ", True),
        ("在校", "无", False),
        ("在校", "也许", None),
        ("子女数", "３", 3),
        ("子女数", "21", None),
        ("子女数", "-1", None),
        ("子女数", "两个", None),
        ("与申请人关系", "父", "51"),
        ("与申请人关系", "51", "51"),
        ("与申请人关系", "叔", None),
        ("姓名", "张·某", "张·某"),
        ("电话", "139 0013 9000", "13900139000"),
    ],
)
def test_a_members_answers_are_read_by_their_kind(field, text, value):
    intake = an_intake()
    member(intake, 与申请人关系="本人")
    row = member(intake, **{field: text})
    assert intake.answer("成员", field, row) == value
    assert any(problem.hard for problem in intake.problems()) == (value is None)


def test_a_word_that_begins_two_options_is_not_guessed():
    intake = an_intake()
    intake.type("家庭", "", "致困原因", "因")
    assert intake.answer("家庭", "致困原因", "") is None


def test_an_unknown_region_code_is_believed_with_a_hint():
    intake = an_intake()
    intake.type("家庭", "", "户籍地", "210101002003")
    assert intake.answer("家庭", "户籍地", "") == "210101002003"
    assert [problem.blocks for problem in intake.problems()] == [False]


def test_changing_the_document_reads_the_number_again():
    intake = an_intake()
    row = member(intake, 证件号="E12345678")
    assert intake.problems()[0].hard
    intake.type("成员", row, "证件类型", "护照")
    assert intake.answer("成员", "证件号", row) == "E12345678"
    assert not intake.problems()


def test_a_row_without_a_name_is_called_by_its_table_and_place():
    intake = an_intake()
    row = member(intake)
    assert intake.title("成员", row) == "家庭成员1"
    intake.type("家庭", "", "收款人", "家庭成员1")
    assert intake.answer("家庭", "收款人", "") == row
    intake.remove_row("成员", row)
    assert "不在名单" in intake.problems()[0].message


def test_the_applicant_is_found_without_any_kinship_relation():
    bare = replace(a_small_catalogue(), relations={})
    intake = Intake(bare, DAY)
    intake.begin()
    assert applicant_row(intake, bare) == intake.rows("成员")[0]
    assert applicant_field(replace(bare, fields={})) is None
