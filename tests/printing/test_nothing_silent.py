"""The short form: of random households of one to thirty people nothing is lost between the form and the papers."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from clerk.casefile import CaseFile
from clerk.household import Household, Row
from forms.schema import Expression
from printing import fill
from printing.case_values import CaseValues
from printing.layout import lay_out
from printing.left_out import not_on_papers
from printing.marks import Page, Text, Tick
from printing.plan import plan_packet
from printing.text import Fitted, fit
from tests.builders import DAY
from tests.forms.language.campaigns import the_plan
from tests.printing import silence
from tests.printing.accounting import words
from tests.printing.cases import OFFICE, a_household, names
from tests.printing.homes import Homes, standard_characters
from tests.printing.silence import Tally, account, campaign

HOUSEHOLDS, SHARE = 200, 50
PURPOSE = "嘚囊饰楯侄抨倜操鹙瀚梦蒈盾烦瘗并胩霄帆苓龟砜鼢"
SAID_TWICE = 8


@pytest.fixture(scope="module")
def homes() -> Homes:
    return Homes(the_plan(DAY))


@pytest.mark.parametrize("start", range(0, HOUSEHOLDS, SHARE))
def test_of_two_hundred_households_every_answer_is_on_paper_or_named_as_left_out(homes: Homes, start: int) -> None:
    tally = Tally()
    campaign(homes, range(start, start + SHARE), tally, read=10, large=40)
    print(f"\n{tally}")
    assert tally.lost == []
    assert tally.doubled == []
    assert tally.listed == []
    assert tally.households == SHARE
    assert min(tally.boxed, tally.named, 5 * tally.read_back) > 1_000


def test_a_cell_of_two_answers_cut_in_the_second_is_begun_once_and_said_whole_once(homes: Homes) -> None:
    """Its first answer stands in the cell and, with the rest of the cell's text, on the continuation page."""
    case, tally = _cut_in_the_second(homes), Tally()
    text = words(lay_out(case.papers["D01"], CaseValues(case.evaluator, case.facts)))
    assert f"{PURPOSE}普通（见附页1）" in text
    assert f"（全文）{PURPOSE}普通二轮三轮摩托车" in text
    account(case, tally, random.Random(1))
    assert (tally.lost, tally.doubled, tally.listed) == ([], [], [])


@pytest.mark.parametrize("marked", [True, False], ids=["with the mark", "without the mark"])
def test_a_cell_that_shows_all_its_text_and_is_said_again_on_the_continuation_page_is_seen_as_doubled(
    homes: Homes, monkeypatch: pytest.MonkeyPatch, marked: bool
) -> None:
    def again(text: str, *given: Any) -> Fitted:
        right = fit(text, *given)
        if right.rest or not SAID_TWICE <= len(text) <= 2 * SAID_TWICE:
            return right
        end = (right.lines[-1] + given[-1],) if marked else right.lines[-1:]
        return replace(right, lines=(*right.lines[:-1], *end), rest=text)

    monkeypatch.setattr(fill, "fit", again)
    tally = Tally()
    account(homes.case(random.Random(3), 3), tally, random.Random(3))
    assert tally.doubled
    assert tally.lost == []


def test_every_question_of_the_form_is_asked_of_the_random_households(homes: Homes) -> None:
    asked = {
        f"{table}.{name}"
        for seed in range(30)
        for household in [homes.household(random.Random(seed), 3)]
        for table, told in [("家庭", household.answers), *_rows(household)]
        for name in told
    }
    assert asked == {
        field.key for section in homes.catalogue.sections if not section.system for field in section.fields
    }


def test_the_accounting_sees_a_word_that_is_missing_or_comes_twice(
    homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(page: Page) -> Page:
        words = [mark for mark in page.marks if isinstance(mark, Text)]
        return replace(page, marks=tuple(mark for mark in page.marks if mark not in words[1:4]))

    def twice(page: Page) -> Page:
        return replace(page, marks=(*page.marks, *(mark for mark in page.marks if isinstance(mark, Text))))

    def unticked(page: Page) -> Page:
        return replace(page, marks=tuple(mark for mark in page.marks if not isinstance(mark, Tick)))

    assert _spoilt(homes, monkeypatch, lambda page: page) == (False, False, False)
    assert _spoilt(homes, monkeypatch, without)[0]
    assert _spoilt(homes, monkeypatch, twice)[1]
    assert _spoilt(homes, monkeypatch, unticked)[0]


def test_the_accounting_sees_an_answer_that_is_not_listed_or_listed_though_it_is_on_paper(
    homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = silence.left_out
    case = homes.case(random.Random(2), 2)
    for wrong, field in ((lambda *given: right(*given)[1:], "lost"), (lambda case, _: right(case, ()), "listed")):
        tally = Tally()
        monkeypatch.setattr(silence, "left_out", wrong)
        account(case, tally, random.Random(2))
        assert getattr(tally, field)


def test_the_plan_lists_what_no_paper_says_by_question_and_whose_it_is(homes: Homes) -> None:
    case = _told(homes, 燃气户号="R-20260901")
    member = case.facts.rows("成员")[1]
    left = {one.field: one for one in plan_packet(case, ()).left}
    assert left["燃气户号"].label == "燃气户号"
    assert left["燃气户号"].said == "R-20260901"
    assert (left["参保地"].label, left["参保地"].row) == (f"{case.name(member)} 医保参保地", member)
    assert "现住址" not in left
    assert not_on_papers(case) == plan_packet(case, ()).left
    assert len(not_on_papers(case, {"D05"})) > len(not_on_papers(case))


def test_an_answer_to_a_question_that_no_longer_arises_is_neither_printed_nor_lost(homes: Homes) -> None:
    """Rules read it as no, or as nothing; a paper must not say 否 or 0.00 for what the household said otherwise."""
    case = _told(homes, 住房类别="自有私房", 房租月额=65_432, 有代领=False, 代领人姓名="代某某领")
    values = CaseValues(case.evaluator, case.facts)
    rent = case.catalogue.fields["家庭.房租月额"]
    assert values.say(Expression(rent.id, rent.place), "家庭", "", "") == ""
    assert "代某某领" not in words(lay_out(case.papers["D01"], values, ""))
    left = {one.field: one for one in not_on_papers(case)}
    assert not left["代领人姓名"].asked
    assert left["代领人姓名"].said == "代某某领"
    assert left["燃气户号"].asked


def test_the_standard_characters_are_those_of_the_list() -> None:
    said = standard_characters()
    assert len(said) == len(set(said)) == 8105
    assert (said[0], said[3499], said[3500], said[6499], said[6500], said[-1]) == tuple("一矗乂齉亍蠼")
    assert sum(ord(character) > 0xFFFF for character in said) == 196


def _cut_in_the_second(homes: Homes) -> CaseFile:
    """The vehicle of the campaign's household 1006: its purpose takes the whole cell that it shares with its exemption."""
    case = _told(homes)
    vehicle = Row("车辆0", "", {"车辆类型": "货车", "用途": PURPOSE, "豁免类型": "普通二轮三轮摩托车"})
    household = case.record.household
    household = replace(household, tables={**household.tables, "车辆": (vehicle,)})
    return CaseFile(replace(case.record, household=household), homes.plan, DAY)


def _told(homes: Homes, **answers: object) -> CaseFile:
    """Two people and a programme, with these answers about the household and one more about the second person."""
    from clerk.files import read_household_file
    from clerk.records import Application, CaseRecord

    household = read_household_file(a_household(names(2)), homes.catalogue, DAY)
    first, second = household.tables["成员"]
    second = replace(second, answers={**second.answers, "参保地": "示例省外"})
    household = replace(
        household,
        answers={**household.answers, "燃气户号": "R-1", **answers},
        tables={**household.tables, "成员": (first, second)},
    )
    programme = next(one for one in homes.catalogue.programmes.values() if "D01" in one.papers or one.subject == "家庭")
    application = Application("1-01", "1", programme.id, "", (first.key, second.key), "已受理", "民政", DAY)
    return CaseFile(CaseRecord("1", "h", 1, household, (application,), OFFICE, DAY), homes.plan, DAY)


def _rows(household: Household) -> list[tuple[str, object]]:
    return [(table, row.answers) for table, rows in household.tables.items() for row in rows]


def _spoilt(homes: Homes, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Page], Page]) -> tuple[bool, bool, bool]:
    monkeypatch.setattr(silence, "lay_out", lambda *given: [spoil(page) for page in lay_out(*given)])
    tally = Tally()
    account(homes.case(random.Random(3), 3), tally, random.Random(3))
    return bool(tally.lost), bool(tally.doubled), bool(tally.listed)
