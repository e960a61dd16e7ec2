"""Papers ready to be handed out: laid out, with the fingerprint of what they say, drawn when their number is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from clerk.case_facts import APPLICATION
from clerk.casefile import CaseFile
from clerk.issuing import Drawn, Handing, Ready, draw_ahead, issue, reprint
from clerk.publicity import secrets
from clerk.records import IssuedPaper
from forms.language.facts import ROOT_ROW
from forms.paper import Paper
from forms.schema import ROOT, Kind
from printing.copies import fixed_words, lay_out_copy, notice, values_of
from printing.draw import draw
from printing.finish import UNFINISHED, Finish, finish_of
from printing.layout import lay_out
from printing.leaks import Bounds, refuse_leaks, words_of_pages
from printing.marks import Page
from printing.noting import NotingValues
from printing.packet import Wanted, refuse_missing, wanted

if TYPE_CHECKING:
    from clerk.store import Store, View

Copy = tuple[str, str]
"""One copy of a paper: the paper's id and the row it is for."""


def hand_out(
    store: Store, case: CaseFile, handing: Handing, choice: Collection[Copy] | None = None
) -> tuple[tuple[IssuedPaper, bytes], ...]:
    """Hand out copies of a case's papers (its packet when nothing is chosen): each with the bytes to be printed.

    The bytes are read back from the store: what prints is what is kept. Raises what `ready_papers` raises; then nothing
    was handed out.
    """
    with store.reading() as view:
        ready = _chosen(view, case, handing, choice)
        draw_ahead(view, case.record, ready, handing.at)
    with store.work() as work:
        made = issue(work, case.record, ready, handing)
    with store.reading() as view:
        return tuple(reprint(view, one.number) for one in made)


def show_out(
    view: View, case: CaseFile, handing: Handing, choice: Collection[Copy] | None = None
) -> tuple[tuple[Ready, bytes], ...]:
    """The very bytes that `hand_out` would print for the same handing, before anything is handed out.

    They differ from what is printed later only where somebody took a number meanwhile.
    """
    ready = _chosen(view, case, handing, choice)
    coming = draw_ahead(view, case.record, ready, handing.at)
    shown = [one.pdf if isinstance(one, Drawn) else reprint(view, one.number)[1] for one in coming]
    return tuple(zip(ready, shown, strict=True))


def _chosen(view: View, case: CaseFile, handing: Handing, choice: Collection[Copy] | None) -> list[Ready]:
    only = None if choice is None else {paper for paper, _ in choice}
    ready = ready_papers(case, only, finish_of(view, handing))
    return [one for one in ready if choice is None or (one.paper.id, one.row) in choice]


def ready_papers(case: CaseFile, only: Collection[str] | None = None, finish: Finish = UNFINISHED) -> tuple[Ready, ...]:
    """The papers of a case (`only` of them) in filing order, to be given to `clerk.issuing.issue`.

    Raises what `printing.packet.packet` raises. A public paper is searched for what must not be public when it is
    drawn, and refused when anything is found.
    """
    refuse_missing(case)
    return tuple(ready_paper(case, one, finish) for one in wanted(case, only))


def ready_paper(case: CaseFile, one: Wanted, finish: Finish = UNFINISHED) -> Ready:
    """One copy of one paper, ready; `finish` is what is put on its pages when it is drawn."""
    values = plain_values(case, one)
    plain = lay_out(one.paper, values, one.row)
    return replace(
        ready_from(case, one, plain, finish), blank=tuple(dict.fromkeys(gap.question for gap in values.gaps))
    )


def plain_values(case: CaseFile, one: Wanted) -> NotingValues:
    """What a copy is filled from apart from marks of the hour: no number, the day of the case."""
    return values_of(case, one.paper, one.row, "", case.record.accepted)


def ready_from(case: CaseFile, one: Wanted, plain: Sequence[Page], finish: Finish) -> Ready:
    """One copy, ready, from its pages apart from marks of the hour."""
    return Ready(
        paper=one.paper,
        row=one.row,
        application=one.row if one.paper.each == APPLICATION else "",
        person=_person(case, one.paper, one.row),
        whom=one.whom,
        packs=case.catalogue.digest,
        content=content_of(plain),
        draw=_drawer(case, one.paper, one.row, finish),
    )


def content_of(pages: Sequence[Page]) -> str:
    """The SHA-256 of everything that stands on pages, and where."""
    hashed = hashlib.sha256()
    for page in pages:
        form = page.form.marks if page.form else ()
        hashed.update(repr((page.width, page.height, form, page.marks)).encode())
    return hashed.hexdigest()


def _drawer(case: CaseFile, paper: Paper, row: str, finish: Finish) -> Callable[[str], Drawn]:
    made: dict[str, Drawn] = {}

    def drawn(number: str) -> Drawn:
        if number not in made:
            made[number] = _drawn(case, paper, row, number, finish)
        return made[number]

    return drawn


def _drawn(case: CaseFile, paper: Paper, row: str, number: str, finish: Finish) -> Drawn:
    pages = finish.put_on(paper, lay_out_copy(case, paper, row, number))
    pdf = draw(pages, case.record.case_number)
    if paper.published:
        refuse_leaks(pdf, words_of_pages(pages), _bounds(case, paper, row, number))
    return Drawn(pdf, len(pages))


def _bounds(case: CaseFile, paper: Paper, row: str, number: str) -> Bounds:
    """What this public paper may hold: its own words and its notice's; the case number stands in the title only."""
    shown, fixed = notice(case, row), fixed_words(case, paper)
    hidden = frozenset(secret for secret in secrets(case, shown) if secret not in fixed)
    return Bounds(hidden, [entry.name for entry in shown.entries], (case.record.case_number, number, shown.phone))


def _person(case: CaseFile, paper: Paper, row: str) -> str:
    """The member a copy is for; nobody for the household's own."""
    member = Kind.MEMBER.value
    if paper.each == ROOT or row == ROOT_ROW:
        return ""
    if paper.each == APPLICATION:
        return case.facts.owner(APPLICATION, row)
    table = paper.each
    while table not in (member, ROOT):
        row, table = case.facts.owner(table, row), case.catalogue.tables[table].owner or ROOT
    return row if table == member else ""
