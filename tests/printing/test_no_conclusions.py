"""No conclusion without a recorded finding: a case that nobody visited, reviewed or decided says none on any paper."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

import pytest

from clerk.casefile import CaseFile
from forms.paper import CellKind, Grid, Letter, Slot, plain, slots
from printing.copies import values_of
from printing.layout import lay_out
from printing.marks import Page, Text, Tick
from printing.packet import Wanted, wanted
from tests.builders import DAY
from tests.forms.language.campaigns import the_plan
from tests.printing.accounting import bare, boxes
from tests.printing.goldens import demo_cases
from tests.printing.homes import Homes

STEPS = "调查|入户|走访|核查|核实|核对|审核|审查|审批|评议|评估|研究|讨论|查明|鉴定"
SAID = re.compile(
    rf"(?<!已)经(?![办济营过历常费])[^。，；：（）]{{0,8}}?(?:{STEPS})(?!后|确认后|的)"
    rf"|(?:{STEPS})(?:结果|情况)?(?:为|是|：)?(?:属实|真实|无误|通过|合格|一致)"
    r"|(?:予以|准予|决定|同意|建议)(?:给予|确认|批准|救助|纳入|发放)"
    r"|不予(?:确认|批准|救助|受理)|认定为|核定为|评定为|符合[^。，；]{0,12}条件，?(?:予以|同意|可以)"
    r"|公示期满，?无异议(?!的)|没有异议(?!的)|未发现"
)
"""How an office says what it found or decided. What whoever signs says of himself (所填情况属实, 以上记录已经核对) is
no conclusion before it is signed."""
PLACES = re.compile(r"结论|意见|核实|核定|评议|决定|调查情况|审核|审批")
"""Labels beside which only somebody who found something writes."""
ASKED = re.compile(r"任一办件\(项目 = [^)]*\)")
"""What was applied for may be ticked though it is no answer of the form."""
HOUSEHOLDS = 20


def copies(case: CaseFile) -> Iterator[Wanted]:
    """The packet of a case, and the papers of later stages that are printed when asked for, public ones included."""
    yield from wanted(case, also=[paper.id for paper in case.papers.values() if paper.alone])


@cache
def random_cases() -> tuple[CaseFile, ...]:
    homes = Homes(the_plan(DAY))
    return tuple(homes.case(random.Random(seed), 1 + seed % 4) for seed in range(HOUSEHOLDS))


def told(pages: list[Page]) -> Iterator[str]:
    """The words of pages, cell by cell as they were written, the words between two boxes to tick left out."""
    for page in pages:
        for marks in (page.form.marks if page.form else (), page.marks):
            beside = {id(text) for text in _beside_boxes(marks)}
            yield bare("".join(mark.text for mark in marks if isinstance(mark, Text) and id(mark) not in beside))


def _beside_boxes(marks: tuple[object, ...]) -> Iterator[Text]:
    """Words that stand on one line with a box to be ticked: what may be chosen, not what was."""
    ticks = [mark for mark in marks if isinstance(mark, Tick)]
    for mark in marks:
        if isinstance(mark, Text) and any(abs(tick.y - mark.y) < mark.size for tick in ticks):
            yield mark


@pytest.mark.parametrize("stem", sorted(demo_cases()))
def test_no_paper_of_an_undecided_demo_case_says_a_conclusion(stem: str) -> None:
    found = [
        (one.paper.id, hit[0])
        for case in [demo_cases()[stem]]
        for one in copies(case)
        if not _speaks_of_a_decision(one)
        for said in told(lay_out(one.paper, values_of(case, one.paper, one.row), one.row))
        for hit in [SAID.search(said)]
        if hit
    ]
    assert found == []


def _speaks_of_a_decision(one: Wanted) -> bool:
    """A letter or a numbered proof of a decision: it is no part of a packet, and is signed and sealed by who decided.

    A public notice is none, though it is a letter printed by itself: it may be posted before anything is decided.
    """
    alone = one.paper.alone and not one.paper.published
    return alone and (isinstance(one.paper.body, Letter) or one.paper.series is not None)


def test_public_notices_are_searched_for_conclusions_like_forms() -> None:
    public = {paper.id for case in demo_cases().values() for paper in case.papers.values() if paper.published}
    searched = {
        one.paper.id for case in demo_cases().values() for one in copies(case) if not _speaks_of_a_decision(one)
    }
    assert public
    assert public <= searched


def test_letters_of_decisions_are_in_no_packet_before_there_is_one() -> None:
    for case in [*demo_cases().values(), *random_cases()]:
        assert all(one.pay_since is None for one in case.record.applications)
        packet = [one.paper for one in wanted(case)]
        assert not [paper.id for paper in packet if paper.alone]


@pytest.mark.parametrize("at", range(0, HOUSEHOLDS, 5))
def test_what_random_households_said_comes_out_as_no_conclusion(at: int) -> None:
    for case in random_cases()[at : at + 5]:
        for one in wanted(case):
            for said in told(lay_out(one.paper, values_of(case, one.paper, one.row), one.row)):
                assert not SAID.search(said), one.paper.id


def test_boxes_of_findings_stay_blank_and_only_recorded_answers_are_ticked() -> None:
    """Beside 结论, 意见, 核实 and their like nothing stands, and no box is ticked for what a rule merely worked out."""
    blank, ticked = 0, 0
    for case in [*demo_cases().values(), *random_cases()]:
        for one in copies(case):
            for label, cell, table, row in _cells(case, one):
                values = values_of(case, one.paper, one.row)
                (first, *_) = slots(cell.text)
                if cell.kind is CellKind.TICKS:
                    recorded = case.compiled(first.value, cell.over or table).type.field
                    rows = values.rows(cell.over, table, row) if cell.over else (row,)
                    chosen = [one for one in rows if values.chosen(first.value, cell.over or table, one)]
                    ticked += len(chosen)
                    assert recorded or not chosen or ASKED.fullmatch(first.value.text), (one.paper.id, label)
                elif PLACES.search(label):
                    blank += 1
                    assert [values.say(slot.value, table, row, slot.form) for slot in slots(cell.text)] == [""] * len(
                        list(slots(cell.text))
                    ), (one.paper.id, label)
    assert ticked > 100


def _cells(case: CaseFile, one: Wanted) -> Iterator[tuple[str, object, str, str]]:
    """Each cell of a form that shows values, with the words of the label before it."""
    if not isinstance(one.paper.body, Grid):
        return
    label = ""
    for cell, table, row in boxes(one.paper, one.paper.body, values_of(case, one.paper, one.row), one.row):
        if not any(isinstance(part, Slot) for part in cell.text):
            label = plain(cell.text)
        else:
            yield label, cell, table, row


@pytest.mark.parametrize(
    "said",
    [
        "经入户调查，该户收入属实。",
        "经审核，符合条件。",
        "经民主评议同意上报",
        "经申请、调查核对和审核，下列家庭",
        "调查属实",
        "符合最低生活保障条件，予以确认",
        "不予批准",
        "认定为特困人员",
        "公示期满无异议，予以确认",
        "决定给予救助",
    ],
)
def test_a_conclusion_is_known_when_it_is_said(said: str) -> None:
    assert SAID.search(said)


@pytest.mark.parametrize(
    "said",
    [
        "所填情况属实；情况变化时及时告知。",
        "授权人同意受理、审核和确认机关",
        "以上记录已经核对",
        "公示期满无异议的，",
        "经审核确认后发放",
    ],
)
def test_what_the_household_declares_is_no_conclusion(said: str) -> None:
    assert not SAID.search(said)
