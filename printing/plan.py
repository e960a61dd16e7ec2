"""The plan of a packet before anything is printed: every paper with why it is in, what it lacks, and what is new in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from clerk.casefile import CaseFile
from clerk.issuing import Ready, State, latest_of, state_of
from clerk.publicity import refusal
from clerk.records import IssuedPaper
from printing.handing import plain_values, ready_from
from printing.layout import lay_out
from printing.packet import refuse_missing, wanted


@dataclass(frozen=True, slots=True)
class Planned:
    """One copy of one paper: why it is in, its pages, copies and sides (单面, 双面), where its content stands (`state`).

    `missing` are required answers that it has a box for and that are not there, by name: ask for them, or print their
    ruled blanks on purpose. `numbered` papers take an official number when they are handed out anew. `last` is the
    paper as it was handed out before.
    """

    ready: Ready
    why: str
    pages: int
    copies: int
    sides: str
    state: State
    missing: tuple[str, ...]
    numbered: bool
    last: IssuedPaper | None


@dataclass(frozen=True, slots=True)
class PacketPlan:
    """The papers of a case in filing order; `refused` says of each application that is not made public why not.

    `gone` were handed out before and are no longer needed.
    """

    papers: tuple[Planned, ...]
    refused: tuple[str, ...]
    gone: tuple[IssuedPaper, ...]

    def all(self) -> tuple[Ready, ...]:
        """Every paper."""
        return tuple(one.ready for one in self.papers)

    def changed(self) -> tuple[Ready, ...]:
        """Those that are new or say something else than when they were handed out."""
        return tuple(one.ready for one in self.papers if one.state is not State.SAME)

    def one(self, paper: str, row: str) -> tuple[Ready, ...]:
        """One paper for one row."""
        return tuple(one.ready for one in self.papers if (one.ready.paper.id, one.ready.row) == (paper, row))


def plan_packet(case: CaseFile, issued: Sequence[IssuedPaper], only: Collection[str] | None = None) -> PacketPlan:
    """The plan of a case's packet beside what was handed out for it before (`clerk.store.View.issued`, oldest first).

    Raises what `printing.packet.packet` raises.
    """
    refuse_missing(case)
    latest = latest_of(issued)
    papers = []
    for one in wanted(case, only):
        values = plain_values(case, one)
        pages = lay_out(one.paper, values, one.row)
        ready = ready_from(case, one, pages)
        last = latest.pop((one.paper.id, one.row), None)
        papers.append(
            Planned(
                ready=ready,
                why=one.why,
                pages=len(pages),
                copies=one.paper.copies,
                sides=one.paper.sides,
                state=state_of(ready, {(one.paper.id, one.row): last} if last else {}),
                missing=values.missing,
                numbered=one.paper.series is not None,
                last=last,
            )
        )
    refused = dict.fromkeys(refusal(case, application) for application in case.record.applications)
    alone = {id_ for id_, paper in case.catalogue.papers.items() if paper.alone}
    gone = tuple(one for one in latest.values() if only is None and one.paper not in alone)
    return PacketPlan(tuple(papers), tuple(filter(None, refused)), gone)
