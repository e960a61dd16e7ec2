"""What the helper process does about handing papers out: plan them, hand them out, give back what was handed out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from ui.jobs import Source, _plans

if TYPE_CHECKING:
    from clerk.casefile import CaseFile
    from clerk.issuing import Handing
    from clerk.records import IssuedPaper
    from clerk.store import Store, View
    from printing.handing import Copy
    from printing.plan import PacketPlan


def plan_papers(source: Source, case_number: str, posted: date | None = None) -> PacketPlan:
    """The plan of a case's packet; `posted` is the day its public notices go up, None while it is not known.

    UserCanFix when there is no such case.
    """
    from printing.plan import plan_packet

    with _store(source) as store, store.reading() as view:
        return plan_packet(_case(source, view, case_number, posted), view.issued(case_number))


def hand_out_papers(
    source: Source, case_number: str, handing: Handing, choice: tuple[Copy, ...], posted: date | None = None
) -> tuple[tuple[IssuedPaper, bytes], ...]:
    """Hand out what was chosen of a plan: each paper with the bytes to be printed, as they are kept."""
    from printing.handing import hand_out

    with _store(source) as store:
        with store.reading() as view:
            case = _case(source, view, case_number, posted)
        return hand_out(store, case, handing, choice)


def print_again(source: Source, number: int, handing: Handing) -> tuple[IssuedPaper, bytes]:
    """What was handed out under a number, to the byte; that it is printed again is written down.

    UserCanFix when there is no such number, or its bytes are damaged: nothing is written down then.
    """
    from clerk.issuing import note_again, reprint

    with _store(source) as store, store.work() as work:
        paper, pdf = reprint(work, number)
        note_again(work, paper, handing)
        return paper, pdf


def _case(source: Source, view: View, case_number: str, posted: date | None) -> CaseFile:
    from clerk.service import case_files

    (case,) = case_files(view, [case_number], _plans(source.layers, source.where), source.today)
    case.posted = posted
    return case


@contextmanager
def _store(source: Source) -> Iterator[Store]:
    from clerk.store import open_store

    store = open_store(source.where.store, create=False)
    try:
        yield store
    finally:
        store.close()
