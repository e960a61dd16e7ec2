"""One copy of one paper, laid out from the one source it may read: the case, or for a public paper the notice alone."""

from __future__ import annotations

from datetime import date

from clerk.casefile import CaseFile
from clerk.publicity import Notice, PublicFacts, notice_of
from forms.language.evaluate import Evaluator
from forms.language.facts import ROOT_ROW
from forms.paper import Paper
from printing.case_values import CaseValues
from printing.layout import lay_out
from printing.leaks import words_of_pages
from printing.marks import Page
from printing.noting import NotingValues


def lay_out_copy(
    case: CaseFile, paper: Paper, row: str = ROOT_ROW, number: str | None = None, printed: date | None = None
) -> list[Page]:
    """The pages of a paper for a row of its table, with its official number and the day of printing.

    Without a number a numbered paper shows where it will stand; without a day it is the case's. UserCanFix with the
    reason for a public paper of what must not be made public.
    """
    if number is None:
        number = paper.series.label(case.record.accepted.year, None, case.record.office.mark) if paper.series else ""
    return lay_out(paper, values_of(case, paper, row, number, printed), row)


def values_of(case: CaseFile, paper: Paper, row: str, number: str = "", printed: date | None = None) -> NotingValues:
    """What a copy of a paper is filled from; it notes what the paper asks for and does not get."""
    if paper.published:
        facts = PublicFacts(notice(case, row), number)
        return NotingValues(Evaluator(case.plan, facts), facts)
    case.stamp(number, printed)
    return NotingValues(case.evaluator, case.facts)


def fixed_words(case: CaseFile, paper: Paper) -> str:
    """Everything a public paper says whoever is named on it."""
    facts = PublicFacts(Notice("", "", "", (), 0))
    pages = lay_out(paper, CaseValues(Evaluator(case.plan, facts), facts), ROOT_ROW)
    return "".join(words_of_pages(pages))


def notice(case: CaseFile, row: str) -> Notice:
    """The notice of the application that a row of a public paper is."""
    return notice_of(case, case.facts.application(row), case.posted)
