"""Required only matters when the form is filed."""

from clerk.intake import Intake
from clerk.readiness import missing_for_filing, ready, relevant
from forms.language.evaluate import Evaluator
from forms.language.plan import compile_catalogue
from forms.language.values import Verdict
from tests.builders import DAY, a_small_catalogue

PLAN = compile_catalogue(a_small_catalogue(), DAY)


def begun():
    intake = Intake(a_small_catalogue(), DAY)
    intake.begin()
    return intake, Evaluator(PLAN, intake), intake.rows("成员")[0]


def fields(problems):
    return [problem.field for problem in problems]


def test_required_answers_are_named_only_when_filing():
    intake, evaluator, _ = begun()
    assert not intake.problems()
    assert fields(missing_for_filing(intake, evaluator)) == ["申请日期", "姓名", "出生日期"]


def test_a_question_that_may_not_arise_is_not_required_yet():
    intake, evaluator, row = begun()
    field = intake.field("成员", "毕业年月")
    assert relevant(field, row, evaluator) is Verdict.UNKNOWN
    intake.type("成员", row, "在校", "是").tell(evaluator)
    assert relevant(field, row, evaluator) is Verdict.YES
    assert "毕业年月" in fields(missing_for_filing(intake, evaluator))
    intake.type("成员", row, "在校", "否").tell(evaluator)
    assert relevant(field, row, evaluator) is Verdict.NO


def test_asked_and_not_to_be_had_is_an_answer():
    intake, evaluator, row = begun()
    intake.type("家庭", "", "申请日期", "20260901")
    intake.type("成员", row, "姓名", "张某")
    intake.type("成员", row, "出生日期", "暂缺")
    assert not ready(intake, evaluator)


def test_a_household_without_members_is_too_few():
    intake, evaluator, row = begun()
    intake.remove_row("成员", row).tell(evaluator)
    assert [(each.table, each.field) for each in missing_for_filing(intake, evaluator)][-1] == ("成员", "")


def test_a_blocking_problem_is_part_of_what_stands_in_the_way():
    intake, evaluator, _ = begun()
    intake.type("家庭", "", "申请日期", "昨天")
    assert "申请日期" in fields(ready(intake, evaluator))
    assert "申请日期" not in fields(missing_for_filing(intake, evaluator))
