"""One of two (择一): both are shown, the household's choice is an answer like any other, and nothing guesses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clerk.casefile import CaseFile, draft_case
from clerk.choices import note_choice, rivals_of, way_back
from clerk.chosen import choices_of
from clerk.compatibility import Claim, settle
from clerk.document import from_document, to_document
from clerk.errors import UserCanFix
from clerk.fanout import would_file
from clerk.files import read_household_file, read_intake_file, write_household_file
from clerk.household import Household, Row
from clerk.intake import Intake
from clerk.packed import layout_of, pack
from clerk.screening import Offer, Screening, Standing, chosen, screen
from clerk.screening_text import to_text
from clerk.service import Plans, apply_file, screen_file
from clerk.settings import Office
from clerk.unpacked import household_of
from forms.language import Evaluator
from forms.language.results import AmountSaid
from forms.language.values import Range, Verdict
from forms.layers import DEMO
from forms.policy import Bond
from tests.builders import DAY, the_demo_catalogue

CATALOGUE = the_demo_catalogue()
PLANS = Plans(CATALOGUE)
PLAN = PLANS.on(DAY)
OFFICE = Office("示例县红星镇人民政府", "990101100", "赵某经办")
ORPHAN = (DEMO / "cases" / "C12.yaml").read_text(encoding="utf-8")
UNDECIDED = ORPHAN.replace(ORPHAN[ORPHAN.index("择一选定") : ORPHAN.index("录齐")], "")
CHOICES = [rule for rule in CATALOGUE.compatibilities if rule.bond is Bond.CHOOSE]


def screened(household: Household | Intake) -> Screening:
    return screen(Evaluator(PLAN, household), CATALOGUE)


def offer(screening: Screening, programme: str) -> Offer:
    (found,) = [one for one in screening.offers if one.programme == programme]
    return found


def form(text: str = UNDECIDED) -> Intake:
    return read_intake_file(text, CATALOGUE, DAY)


def test_without_a_choice_both_wait_for_it_with_both_amounts_in_the_reason() -> None:
    found = screened(form())
    orphan, destitute = offer(found, "孤儿"), offer(found, "特困")
    assert (orphan.standing, destitute.standing) == (Standing.CHOOSE, Standing.CHOOSE)
    for one in (orphan, destitute):
        assert "1300.00元/月" in one.reason
        assert "822.00元/月" in one.reason
    assert rivals_of(orphan, found) == (destitute,)
    assert "◇ 待选择（2项）" in to_text(found, Evaluator(PLAN, form()))


def test_what_hangs_on_an_open_choice_is_open_too_and_what_falls_either_way_is_not() -> None:
    household = Household({}, {"成员": (Row("一", "", {}),)})

    def claim(programme: str, monthly: int = 100) -> Claim:
        return Claim(programme, "一", Verdict.YES, False, (AmountSaid("金", "每月", "元", Range(monthly, monthly)),))

    bars = settle([claim(name) for name in ("特困", "孤儿", "残疾生活", "残疾护理")], CATALOGUE, household)
    assert {key[0]: bar.pending for key, bar in bars.items()} == {"特困": True, "孤儿": True, "残疾护理": True, "残疾生活": False}


def test_an_undecided_rival_is_neither_barred_nor_asked_to_be_chosen() -> None:
    household = Household({}, {"成员": (Row("一", "", {}),)})
    claims = [Claim("特困", "一", Verdict.YES, False), Claim("孤儿", "一", Verdict.UNKNOWN, False)]
    assert settle(claims, CATALOGUE, household) == {}


@pytest.mark.parametrize("rule", CHOICES, ids=lambda rule: "+".join(rule.programmes))
@pytest.mark.parametrize("taken", [0, 1])
@pytest.mark.parametrize("held", [None, 0, 1])
def test_the_choice_decides_every_pair_of_the_matrix_whatever_pays_more_or_is_received(rule, taken, held) -> None:
    row = "一" if CATALOGUE.programmes[rule.programmes[0]].subject == "成员" else ""
    answers = {"选定项目": rule.programmes[taken], "放弃项目": rule.programmes[1 - taken]} | ({"选定对象": row} if row else {})
    household = Household({}, {"成员": (Row("一", "", {}),), "择一选定": (Row("x", "", answers),)})
    claims = [Claim(name, row, Verdict.YES, held == place) for place, name in enumerate(rule.programmes)]
    (fallen,) = settle(claims, CATALOGUE, household).items()
    assert fallen[0] == (rule.programmes[1 - taken], row)
    assert fallen[1].choice is not None
    assert not fallen[1].pending
    assert len(settle(claims, CATALOGUE, replace(household, tables={"成员": household.tables["成员"]}))) == 2


def test_many_open_choices_are_weighed_without_trying_every_way() -> None:
    keys = [f"m{number}" for number in range(12)]
    household = Household({}, {"成员": tuple(Row(key, "", {}) for key in keys)})
    claims = [Claim(name, key, Verdict.YES, False) for key in keys for name in ("特困", "孤儿")]
    claims.append(Claim("低保", "", Verdict.YES, False))
    bars = settle(claims, CATALOGUE, household)
    assert len(bars) == 25
    assert all(bar.pending for bar in bars.values())


def test_a_noted_choice_says_who_and_when_and_is_one_row_however_often_it_changes() -> None:
    intake = form()
    back = way_back(intake)
    note_choice(intake, offer(screened(intake), "孤儿"), screened(intake), "孤某祖")
    found = screened(intake)
    assert offer(found, "孤儿").standing is Standing.OPEN
    assert "已选定本项，不选特困人员救助供养（孤某祖2026年9月1日告知）" in offer(found, "孤儿").reason
    assert offer(found, "特困").standing is Standing.BARRED
    assert "已选定孤儿" in offer(found, "特困").reason
    note_choice(intake, offer(found, "特困"), found, "孤某童")
    found = screened(intake)
    assert (offer(found, "特困").standing, offer(found, "孤儿").standing) == (Standing.OPEN, Standing.BARRED)
    (row,) = intake.rows("择一选定")
    assert intake.text("择一选定", "选定告知人", row) == "孤某童"
    assert "822.00元/月" in intake.text("择一选定", "选定待遇", row)
    back()
    assert not intake.rows("择一选定")
    assert offer(screened(intake), "孤儿").standing is Standing.CHOOSE


def test_a_choice_that_was_taken_back_can_be_made_again() -> None:
    intake = form()
    for _ in range(2):
        back = way_back(intake)
        note_choice(intake, offer(screened(intake), "孤儿"), screened(intake), "孤某祖")
        assert len(intake.rows("择一选定")) == 1
        assert offer(screened(intake), "孤儿").standing is Standing.OPEN
        back()


def test_the_journal_entries_of_a_choice_make_it_again_after_a_kill() -> None:
    intake = form()
    change = note_choice(intake, offer(screened(intake), "特困"), screened(intake), "孤某祖")
    again = form()
    for entry in change.entries:
        again.apply(entry)
    assert again.household() == intake.household()


def test_a_choice_survives_document_file_and_packed_record() -> None:
    intake = form()
    note_choice(intake, offer(screened(intake), "孤儿"), screened(intake), "孤某祖")
    household = intake.household()
    assert from_document(to_document(household), CATALOGUE) == household
    assert offer(screened(read_household_file(write_household_file(household, CATALOGUE), CATALOGUE, DAY)), "孤儿").standing is Standing.OPEN
    layout = layout_of(PLAN)
    record = pack(household, layout)
    assert record is not None
    read = household_of(record, layout, PLAN)
    (said,) = choices_of(read, CATALOGUE).values()
    assert (said.taken, said.left, said.home) == ("孤儿", "特困", read.rows("成员")[0])


def test_filing_one_of_two_is_the_choice_and_is_frozen_with_the_case(store) -> None:
    done = screen_file(UNDECIDED, PLANS, DAY)
    with pytest.raises(UserCanFix, match="只能选一项"):
        chosen(done.screening, ["孤儿", "特困"])
    assert not {"孤儿", "特困"} & {one.programme for one in chosen(done.screening, "all")}
    record = apply_file(done, ["孤儿"], store=store, plans=PLANS, office=OFFICE)
    with store.reading() as view:
        kept = view.case(record.case_number, CATALOGUE)
    assert kept is not None
    (said,) = choices_of(kept.household, CATALOGUE).values()
    assert (said.taken, said.left, said.teller, said.day) == ("孤儿", "特困", "", date(2026, 9, 1))
    later = screened(kept.household)
    assert offer(later, "特困").standing is Standing.BARRED
    assert "已选定孤儿" in offer(later, "特困").reason


def test_papers_and_the_list_to_take_home_can_say_the_choice(store) -> None:
    record = apply_file(screen_file(ORPHAN, PLANS, DAY), ["孤儿"], store=store, plans=PLANS, office=OFFICE)
    case = CaseFile(record, PLAN, DAY)
    rows = {case.facts.answer("政策清单", "政策名称", row): row for row in case.rows("政策清单")}
    left = rows[CATALOGUE.programmes["特困"].name]
    assert case.facts.answer("政策清单", "政策情况", left) == "不并领"
    assert "孤某祖2026年9月1日告知" in str(case.facts.answer("政策清单", "缘由", left))
    (row,) = case.rows("择一选定")
    assert case.facts.answer("择一选定", "选定告知人", row) == "孤某祖"


def test_an_open_choice_is_told_among_what_is_still_to_be_said_and_a_made_one_is_not() -> None:
    for text, count in ((UNDECIDED, 1), (ORPHAN, 0)):
        done = screen_file(text, PLANS, DAY)
        case = draft_case(done.household, PLAN, OFFICE, would_file(done.household, chosen(done.screening, "all"), PLAN))
        said = [case.facts.answer("待补内容", "待补事项", row) for row in case.rows("待补内容")]
        assert sum("只能选一项，请选定" in str(words) for words in said) == count
        assert {case.facts.answer("政策清单", "政策情况", row) for row in case.rows("政策清单")}.isdisjoint({"已申请"})
