"""What the helper process does for a batch: hand out of one household what is new, ready to be printed in filing order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.jobs import Source
from ui.paper_jobs import _case, _store

if TYPE_CHECKING:
    from datetime import date

    from clerk.issuing import Handing
    from clerk.records import IssuedPaper
    from printing.plan import Planned

_MOST_NAMED = 3
"""How many missing answers a sentence names."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of every household of a batch beside its packet.

    `blanks`: what is missing is written by hand. `posted`: the day public notices go up, None to write it by hand. `also`:
    papers of later steps, by id.
    """

    blanks: bool = False
    posted: date | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was handed out of one household, with the bytes to be printed.

    `without` names what was wished and is not there, `why` says of its applications why they are not made public.
    """

    papers: tuple[tuple[IssuedPaper, bytes], ...]
    without: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


def hand_out_new(source: Source, handing: Handing, wish: Wish, case_number: str) -> HandedOut:
    """Hand out of a case what is new or says something else; nothing of it when all is as it was.

    UserCanFix naming what papers lack, unless it is to be written by hand, and for characters no font has.
    """
    from clerk.errors import UserCanFix
    from printing.handing import hand_out
    from printing.plan import plan_packet

    with _store(source) as store:
        with store.reading() as view:
            case = _case(source, view, case_number, wish.posted)
            plan = plan_packet(case, view.issued(case_number), also=wish.also)
        known, there = case.catalogue.papers, {one.paper for one in plan.papers}
        gone = [known[id_] for id_ in wish.also if id_ in known and id_ not in there]
        why = plan.refused if any(one.published for one in gone) else ()
        new = [one for one in plan.papers if one.copy in plan.changed()]
        if plan.lost:
            raise UserCanFix(f"{plan.lost[0].whose}{plan.lost[0].question}有打不出的字 {plan.lost[0].codes()}")
        if (missing := _missing(new)) and not wish.blanks:
            raise UserCanFix(f"缺 {len(missing)} 项：{'、'.join(missing[:_MOST_NAMED])}")
        made = hand_out(store, case, handing, plan.changed()) if new else ()
    return HandedOut(made, tuple(one.name for one in gone), why)


def _missing(papers: list[Planned]) -> list[str]:
    return list(dict.fromkeys(name for one in papers for name in one.missing))
