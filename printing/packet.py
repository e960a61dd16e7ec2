"""The packet: one PDF of all papers that a filed case needs, in filing order, and a list of them with the reason of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from clerk.case_facts import APPLICATION
from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from clerk.publicity import refusal
from clerk.records import Application
from clerk.titles import row_title
from forms.language.facts import ROOT_ROW
from forms.paper import Paper, Rows
from forms.reading import did_you_mean
from forms.schema import ROOT
from printing.case_values import CaseValues
from printing.copies import lay_out_copy
from printing.draw import draw
from printing.faces import MissingGlyph, missing
from printing.marks import Page
from printing.rows import concerned, rows_of

_MOST_NAMED = 5
"""How many answers a refusal quotes; the characters are all named."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One paper of a packet: whom it is for ("" for the whole case), why it is there, and its pages from `first` on."""

    paper: str
    name: str
    edition: str
    row: str
    whom: str
    why: str
    copies: int
    first: int
    pages: int


@dataclass(frozen=True, slots=True)
class Packet:
    """The papers of one case as they are filed."""

    pdf: bytes
    contents: tuple[Enclosed, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One copy of one paper that a case needs, for a row of the paper's table."""

    paper: Paper
    row: str
    whom: str
    why: str


def packet(case: CaseFile, only: Collection[str] | None = None) -> Packet:
    """Lay out and draw the papers the case needs (`only` of them), each numbered 第x页 共y页 by itself.

    Raises MissingGlyph naming every character that no font has, before anything is drawn; UserCanFix when nothing is
    left to print.
    """
    refuse_missing(case)
    pages, contents = laid_out(case, only)
    if not pages:
        number = case.record.case_number
        raise UserCanFix(f"案件 {number} 没有需要打印的文书。" if number else "没有可以单独打印的文书。")
    return Packet(draw(pages, case.record.case_number or contents[0].name), contents)


def laid_out(case: CaseFile, only: Collection[str] | None = None) -> tuple[list[Page], tuple[Enclosed, ...]]:
    """The packet's pages before ink, and what they are."""
    pages: list[Page] = []
    contents: list[Enclosed] = []
    for one in wanted(case, only):
        paper = one.paper
        laid = lay_out_copy(case, paper, one.row)
        first = len(pages) + 1
        contents.append(
            Enclosed(paper.id, paper.name, paper.edition, one.row, one.whom, one.why, paper.copies, first, len(laid))
        )
        pages += laid
    return pages, tuple(contents)


def wanted(case: CaseFile, only: Collection[str] | None = None, also: Collection[str] = ()) -> tuple[Wanted, ...]:
    """Every paper the case needs, in filing order: those its programmes name, and those that go with every case.

    With `only`, those papers, also ones printed by themselves; `also` adds such papers to all others. Raises UserCanFix for an unknown paper, and with the
    reason for a public one (公示) that the case must not have.
    """
    known = case.papers
    for id_ in only or ():
        if id_ not in known:
            raise UserCanFix(f"没有文书「{id_}」{did_you_mean(id_, known)}")
    found = _wanted(case, CaseValues(case.evaluator, case.facts), only or also)
    chosen = tuple(one for one in found if only is None or one.paper.id in only)
    refused = [known[id_] for id_ in only or () if known[id_].published and id_ not in {one.paper.id for one in chosen}]
    for paper in refused:
        for application in case.record.applications:
            if reason := refusal(case, application):
                raise UserCanFix(f"不能打印「{paper.name}」：{reason}")
    return chosen


def by_themselves(case: CaseFile) -> tuple[Paper, ...]:
    """The papers of later steps (单印) that the case has a use for, in filing order; who wants one asks for it."""
    alone = [paper.id for paper in case.papers.values() if paper.alone and not paper.always]
    found = {one.paper.id: one.paper for one in wanted(case, also=alone) if one.paper.alone}
    return tuple(found.values())


def leaflets(case: CaseFile) -> tuple[str, ...]:
    """What a household may take home at once, in filing order, whether it has filed anything or not.

    The papers printed by themselves for any household; and, where something is filed or chosen to be, those that tell
    what it still needs (提交前).
    """
    papers = sorted(case.papers.values(), key=lambda paper: (paper.order, paper.id))
    early = bool(case.record.applications)
    return tuple(paper.id for paper in papers if (paper.alone and paper.always) or (paper.early and early))


def refuse_missing(case: CaseFile) -> None:
    """Raise MissingGlyph naming every character of the household's answers that no font has, and the answers it is in."""
    household = case.record.household
    rows = (row.answers for rows in household.tables.values() for row in rows)
    words = [value for answers in (household.answers, *rows) for value in answers.values() if isinstance(value, str)]
    lost = missing([word.replace("\n", "") for word in words])
    if lost:
        raise MissingGlyph(lost, tuple(dict.fromkeys(word for word in words if set(word) & set(lost)))[:_MOST_NAMED])


def _wanted(case: CaseFile, values: CaseValues, asked: Collection[str]) -> Iterator[Wanted]:
    """The case's papers; those that are printed by themselves only when they are asked for."""
    papers = sorted(case.papers.values(), key=lambda paper: (paper.order, paper.id))
    for paper in papers:
        askers = [one for one in case.record.applications if _asks(case, paper, one)]
        if paper.id not in asked if paper.alone else not (askers or paper.always):
            continue
        if not concerned(paper.relevant, paper.sure, values, (ROOT, ROOT_ROW)):
            continue
        why = _why(case, paper, askers)
        for row in _rows(paper, values, askers):
            yield Wanted(paper, row, _whom(case, paper, row), why)


def _asks(case: CaseFile, paper: Paper, application: Application) -> bool:
    """Whether an application needs the paper; one that must not be made public never needs a public one."""
    programme = case.catalogue.programmes.get(application.programme)
    if programme is None or (paper.published and refusal(case, application)):
        return False
    return paper.id in programme.papers or programme.id in paper.programmes


def _rows(paper: Paper, values: CaseValues, askers: Sequence[Application]) -> list[str]:
    if paper.each == ROOT:
        return [ROOT_ROW]
    rows = rows_of(Rows(paper.each, paper.place, paper.where), values, ROOT, ROOT_ROW)
    if paper.each != APPLICATION or paper.always:
        return rows
    numbers = {application.number for application in askers}
    return [row for row in rows if row in numbers]


def _why(case: CaseFile, paper: Paper, askers: Sequence[Application]) -> str:
    names = dict.fromkeys(case.catalogue.programmes[one.programme].name for one in askers)
    return "、".join(names) or (paper.note if paper.relevant else "") or ("另行打印" if paper.alone else "每案必备")


def _whom(case: CaseFile, paper: Paper, row: str) -> str:
    return "" if paper.each == ROOT else row_title(case.facts, case.catalogue, paper.each, row)
