"""What the helper process does about handing papers out: plan them, hand them out, give back what was handed out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from ui.jobs import Source, _plans

if TYPE_CHECKING:
    from clerk.casefile import CaseFile
    from clerk.issuing import Handing
    from clerk.keying import KeyingSheet
    from clerk.records import IssuedPaper
    from clerk.store import Store, View
    from printing.handing import Copy
    from printing.packet import Packet
    from printing.plan import PacketPlan


@dataclass(frozen=True, slots=True)
class Outlook:
    """A plan, and the numbers that its new papers would take, in order, by the name of their series.

    `others` are the papers of later steps that the case has a use for, as (id, name, when they print).
    """

    plan: PacketPlan
    labels: dict[str, tuple[str, ...]]
    others: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One paper to look at: its title, for whom, why it is there, and its bytes."""

    name: str
    whom: str
    why: str
    pdf: bytes


def plan_papers(
    source: Source, case_number: str, at: datetime, posted: date | None = None, also: tuple[str, ...] = ()
) -> Outlook:
    """The plan of a case's packet at a moment; `posted` is the day its public notices go up, None while it is not known.

    `also` are papers of later steps that the clerk asked for. UserCanFix when there is no such case.
    """
    from clerk.issuing import State, coming_labels
    from printing.packet import by_themselves
    from printing.plan import plan_packet

    with _store(source) as store, store.reading() as view:
        case = _case(source, view, case_number, posted)
        plan = plan_packet(case, view.issued(case_number), also=also)
        others = () if plan.lost else tuple((one.id, one.name, one.moment) for one in by_themselves(case))
        labels: dict[str, tuple[str, ...]] = {}
        new = [one.series for one in plan.papers if one.series and one.state is not State.SAME]
        for name in dict.fromkeys(series.name for series in new):
            mine = [series for series in new if series.name == name]
            labels[name] = tuple(coming_labels(view, case.record, mine, at))
    return Outlook(plan, labels, others)


def show_papers(
    source: Source, case_number: str, handing: Handing, choice: tuple[Copy, ...], posted: date | None = None
) -> tuple[Shown, ...]:
    """What `hand_out_papers` would print of a choice, to the byte; nothing is handed out."""
    from printing.handing import show_out

    with _store(source) as store, store.reading() as view:
        shown = show_out(view, _case(source, view, case_number, posted), handing, choice)
    return tuple(Shown(ready.paper.name, ready.whom, "", pdf) for ready, pdf in shown)


def list_keying(source: Source, case_number: str) -> tuple[KeyingSheet, ...]:
    """What of a case is typed into other systems, as it was last corrected. UserCanFix when there is no such case."""
    from clerk.keying import keying_sheets

    with _store(source) as store, store.reading() as view:
        return keying_sheets(_case_now(source, view, case_number))


def show_keying(source: Source, case_number: str) -> Packet:
    """The same as papers. UserCanFix when there is no such case, or nothing of it is typed anywhere."""
    from clerk.case_lists import KEYING
    from printing.packet import packet

    with _store(source) as store, store.reading() as view:
        case = _case_now(source, view, case_number)
    return packet(case, [paper.id for paper in case.papers.values() if paper.each == KEYING])


def show_again(source: Source, number: int) -> tuple[Shown, ...]:
    """What was handed out under a number, to look at. UserCanFix when its bytes are damaged."""
    from clerk.issuing import reprint

    with _store(source) as store, store.reading() as view:
        paper, pdf = reprint(view, number)
    return (Shown(paper.name, paper.whom, "", pdf),)


def hand_out_papers(
    source: Source, case_number: str, handing: Handing, choice: tuple[Copy, ...], posted: date | None = None
) -> tuple[tuple[IssuedPaper, bytes], ...]:
    """Hand out what was chosen of a plan: each paper with the bytes to be printed, as they are kept."""
    from printing.handing import hand_out

    with _store(source) as store:
        with store.reading() as view:
            case = _case(source, view, case_number, posted)
        return hand_out(store, case, handing, choice)


def print_again(source: Source, numbers: tuple[int, ...], handing: Handing) -> tuple[tuple[IssuedPaper, bytes], ...]:
    """What was handed out under some numbers, to the byte; that it is printed again is written down, with the reason.

    UserCanFix when there is no such number, or bytes are damaged: nothing is written down then.
    """
    from clerk.issuing import note_again, reprint

    with _store(source) as store, store.work() as work:
        found = tuple(reprint(work, number) for number in numbers)
        for paper, _ in found:
            note_again(work, paper, handing)
        return found


def _case(source: Source, view: View, case_number: str, posted: date | None) -> CaseFile:
    from clerk.service import case_files

    (case,) = case_files(view, [case_number], _plans(source.layers, source.where), source.today)
    current = _corrected(view, case, source.today)
    current.posted = posted
    return current


def _case_now(source: Source, view: View, case_number: str) -> CaseFile:
    """The case read by the packs of today, on its own day: another system's boxes are those it has now."""
    from clerk.casefile import CaseFile

    case = _case(source, view, case_number, None)
    plan = _plans(source.layers, source.where).on(case.record.accepted)
    return case if plan is case.plan else CaseFile(case.record, plan, source.today, issued=case.issued)


def _corrected(view: View, case: CaseFile, today: date) -> CaseFile:
    """The case with the household as corrected since it was filed, while everybody it concerns is still in it."""
    from clerk.casefile import CaseFile
    from forms.language.facts import ROOT_ROW

    record = case.record
    found = view.household(record.household_id, case.catalogue)
    if found is None or found[0].revision == record.revision:
        return case
    rows = {row.key for table in found[1].tables.values() for row in table} | {ROOT_ROW}
    if not all({one.subject, *one.persons} <= rows for one in record.applications):
        return case
    return CaseFile(replace(record, household=found[1]), case.plan, today, issued=case.issued)


@contextmanager
def _store(source: Source) -> Iterator[Store]:
    from clerk.store import open_store

    store = open_store(source.where.store, create=False)
    try:
        yield store
    finally:
        store.close()
