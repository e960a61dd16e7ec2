"""The plan of a packet before anything is printed: every paper with why it is in, what it lacks, and what is new in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from clerk.casefile import CaseFile
from clerk.issuing import State, latest_of, state_of
from clerk.publicity import refusal
from clerk.records import IssuedPaper
from forms.numbering import Series
from printing.handing import Copy, content_of, plain_values
from printing.layout import lay_out
from printing.left_out import LeftOut, left_out
from printing.lost import Lost, lost_answers
from printing.noting import Gap
from printing.packet import Wanted, wanted


@dataclass(frozen=True, slots=True)
class Planned:
    """One copy of one paper: for whom, why it is in, pages, copies and sides (单面, 双面), how new it is (`state`).

    `gaps` are required answers that it has a box for and that are not there: ask for them, or print their ruled blanks
    on purpose. Papers with a `series` take an official number of it when they are handed out anew. `last` is the paper
    as it was handed out before. `published` papers ask for the day they are posted; `seals` say with what it is stamped.
    """

    paper: str
    name: str
    row: str
    whom: str
    why: str
    pages: int
    copies: int
    sides: str
    state: State
    gaps: tuple[Gap, ...]
    series: Series | None
    last: IssuedPaper | None
    seals: tuple[str, ...] = ()
    published: bool = False
    preprinted: bool = False
    watermark: bool = False

    @property
    def copy(self) -> Copy:
        """What it is chosen by."""
        return self.paper, self.row

    @property
    def missing(self) -> tuple[str, ...]:
        """The gaps by name."""
        return tuple(gap.name for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class PacketPlan:
    """The papers of a case in filing order; `refused` says of each application that is not made public why not.

    `gone` were handed out before and are no longer needed. `left` names every answer that none of the papers says. While `lost` names answers with characters that no font has,
    nothing can be laid out and there are no papers.
    """

    papers: tuple[Planned, ...]
    refused: tuple[str, ...]
    gone: tuple[IssuedPaper, ...]
    lost: tuple[Lost, ...] = ()
    left: tuple[LeftOut, ...] = ()

    def all(self) -> tuple[Copy, ...]:
        """Every paper, as `printing.handing.hand_out` takes it."""
        return tuple(one.copy for one in self.papers)

    def changed(self) -> tuple[Copy, ...]:
        """Those that are new or say something else than when they were handed out."""
        return tuple(one.copy for one in self.papers if one.state is not State.SAME)


def plan_packet(
    case: CaseFile, issued: Sequence[IssuedPaper], only: Collection[str] | None = None, also: Collection[str] = ()
) -> PacketPlan:
    """The plan of a case's packet beside what was handed out for it before (`clerk.store.View.issued`, oldest first).

    `only` and `also` as in `printing.packet.wanted`.

    Raises what `printing.packet.packet` raises, but for characters that no font has: they are `lost`.
    """
    if lost := lost_answers(case):
        return PacketPlan((), (), (), lost)
    latest = latest_of(issued)
    papers: list[Planned] = []
    told: set[tuple[str, str, str]] = set()
    for one in wanted(case, only, also):
        values = plain_values(case, one)
        pages = lay_out(one.paper, values, one.row)
        told |= values.told
        last = latest.pop((one.paper.id, one.row), None)
        papers.append(_planned(one, values.gaps, len(pages), last, state_of(last, content_of(pages))))
    refused = dict.fromkeys(refusal(case, application) for application in case.record.applications)
    alone = {id_ for id_, paper in case.papers.items() if paper.alone}
    gone = tuple(one for one in latest.values() if only is None and one.paper not in alone)
    return PacketPlan(tuple(papers), tuple(filter(None, refused)), gone, left=left_out(case, told))


def _planned(one: Wanted, gaps: tuple[Gap, ...], pages: int, last: IssuedPaper | None, state: State) -> Planned:
    paper = one.paper
    return Planned(
        paper=paper.id,
        name=paper.name,
        row=one.row,
        whom=one.whom,
        why=one.why,
        pages=pages,
        copies=paper.copies,
        sides=paper.sides,
        state=state,
        gaps=gaps,
        series=paper.series,
        last=last,
        seals=paper.seals,
        published=paper.published,
        preprinted=paper.preprinted,
        watermark=paper.watermark,
    )
