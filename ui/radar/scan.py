"""Looking through the whole store away from the window: progress and a stop while it runs, groups of lines when it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.task import Task

if TYPE_CHECKING:
    from clerk.radar import Radar, Turn
    from clerk.radar_words import Line, Words
    from clerk.records import CaseRecord
    from clerk.store import Store, View
    from forms.catalogue import Catalogue

REFERRED = "可转介其他部门"
MOST = 300
"""Lines of each kind and programme that are put into words."""


@dataclass(frozen=True, slots=True)
class Lead:
    """One line of the list, and the programme it is about (empty for an age or a card)."""

    programme: str
    line: Line


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind; `total` counts those beyond what is listed too."""

    title: str
    total: int
    leads: tuple[Lead, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What was found between two days."""

    since: date
    until: date
    households: int
    groups: tuple[Group, ...]


def look(store: Store, catalogue: Catalogue, since: date, until: date, progress: Callable[[str], None]) -> Result:
    """Screen every household on two days and put what differs into words. `progress` may raise `Stopped`."""
    from clerk.radar import radar
    from clerk.radar_words import Words
    from clerk.repacking import repack
    from forms.language import compile_catalogue

    progress("正在准备规则…")
    before, after = compile_catalogue(catalogue, since), compile_catalogue(catalogue, until)
    repack(store, after, progress)
    with store.reading() as view:
        made = radar(view, before, after, most=MOST, progress=progress)
        return Result(since, until, made.households, _groups(made, Words(view, before, after), progress))


def _groups(made: Radar, words: Words, progress: Callable[[str], None]) -> tuple[Group, ...]:
    from clerk.radar import Reason, Turn

    groups = []
    for turn in Turn:
        progress(f"正在写明理由：{turn.value}")
        leads = []
        for one in made.found:
            if one.turn is turn:
                leads.append(Lead(one.programme, words.found(one)))
                progress(f"正在写明理由：{turn.value} {len(leads)}")
        totals = {name: number for (kind, name), number in made.totals.items() if kind is turn}
        groups += _parts(turn, totals, leads, words) if turn is Turn.GAP else [Group(turn.value, sum(totals.values()), tuple(leads))]
    for reason in Reason:
        progress(f"正在写明理由：{reason.value}")
        due = tuple(Lead(one.programme, words.due(one)) for one in made.dues if one.reason is reason)
        groups.append(Group(reason.value, made.due_totals[reason], due))
    return tuple(group for group in groups if group.total)


def _parts(turn: Turn, totals: Mapping[str, int], leads: Sequence[Lead], words: Words) -> list[Group]:
    """What was never asked for, apart from what is only referred elsewhere and never gets an application."""
    known = words.catalogue.programmes
    made = []
    for title, referral in ((turn.value, False), (REFERRED, True)):
        total = sum(number for name, number in totals.items() if bool(known[name].referral) is referral)
        mine = tuple(lead for lead in leads if bool(known[lead.programme].referral) is referral)
        made.append(Group(title, total, mine))
    return made


class Search(Task):
    """One search through the whole store."""

    def __init__(self, store: Store, catalogue: Catalogue, days: tuple[date, date], parent: QObject) -> None:
        super().__init__(lambda tell: look(store, catalogue, *days, progress=tell), parent)


def case_of(view: View, household_id: str, catalogue: Catalogue) -> CaseRecord | None:
    """The latest case of a household, with the household as it is kept now; None when it was never filed."""
    from clerk.landmarks import landmarks, words_of
    from forms.schema import Kind

    found = view.household(household_id, catalogue)
    if found is None:
        return None
    kept, household = found
    marks = landmarks(catalogue)
    for row in household.rows(Kind.MEMBER.value):
        said = words_of(household, marks.identity, row) or words_of(household, marks.name, row)
        for hit in view.find(said, 200) if said else ():
            if hit.household_id == household_id and hit.cases:
                record = view.case(hit.cases[0], catalogue)
                return replace(record, household=household, revision=kept.revision) if record else None
    return None
