"""The plan as a clerk works on it: what is ticked, what is folded into one line, which numbers are taken, what is still open. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from printing.handing import Copy
    from printing.plan import Planned
    from ui.paper_jobs import Outlook

FEWEST_FOLDED = 3
"""So many copies of one paper, each for another row, stand in one line at first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: the copies it stands for; `folded` when it stands for several, `inner` when under one such."""

    papers: tuple[Planned, ...]
    folded: bool = False
    inner: bool = False

    @property
    def first(self) -> Planned:
        """The first copy, which says what is common to all."""
        return self.papers[0]

    @property
    def copies(self) -> tuple[Copy, ...]:
        """What the line stands for."""
        return tuple(one.copy for one in self.papers)


class PlanModel:
    """The papers of a plan with their ticks; everything that is new or says something else is ticked at first."""

    def __init__(self, outlook: Outlook) -> None:
        self.outlook = outlook
        self.papers: Sequence[Planned] = outlook.plan.papers
        self.ticked: set[Copy] = set(outlook.plan.changed())
        self.blanks: set[Copy] = set()
        self._open: set[str] = set()

    def keep(self, before: PlanModel) -> None:
        """Take over what the clerk had done to an earlier plan of the same case, where a paper stands as it stood."""
        known = {one.copy: one.state for one in before.papers}
        stay = {one.copy for one in self.papers if known.get(one.copy) is one.state}
        self.ticked = (self.ticked - stay) | (before.ticked & stay)
        gaps = {one.copy: one.gaps for one in before.papers}
        self.blanks = {one.copy for one in self.papers if one.copy in before.blanks and one.gaps == gaps.get(one.copy)}
        self._open = before._open

    def lines(self) -> list[Line]:
        """The lines in filing order; copies of one paper together when there are many."""
        found: list[Line] = []
        for paper, group in groupby(self.papers, key=lambda one: one.paper):
            copies = tuple(group)
            if len(copies) < FEWEST_FOLDED:
                found += [Line((one,)) for one in copies]
                continue
            found.append(Line(copies, folded=True))
            if paper in self._open:
                found += [Line((one,), inner=True) for one in copies]
        return found

    def unfold(self, paper: str, wide: bool | None = None) -> None:
        """Show the copies of a paper in lines of their own, or not; the other way than now when `wide` is None."""
        if (paper not in self._open) if wide is None else wide:
            self._open.add(paper)
        else:
            self._open.discard(paper)

    def is_open(self, paper: str) -> bool:
        """Whether the copies of a paper stand in lines of their own."""
        return paper in self._open

    def tick(self, copies: Iterable[Copy]) -> None:
        """Tick these; when all of them are ticked, none."""
        wanted = set(copies)
        self.ticked = self.ticked - wanted if wanted <= self.ticked else self.ticked | wanted

    def tick_all(self) -> None:
        """The whole packet."""
        self.ticked = set(self.outlook.plan.all())

    def tick_changed(self) -> None:
        """Only what is new or says something else."""
        self.ticked = set(self.outlook.plan.changed())

    def leave_blank(self, copies: Iterable[Copy]) -> None:
        """What is missing on these is to be written by hand."""
        self.blanks |= set(copies)

    def chosen(self) -> list[Planned]:
        """The ticked papers in filing order."""
        return [one for one in self.papers if one.copy in self.ticked]

    def choice(self) -> tuple[Copy, ...]:
        """The ticked papers as they are handed out."""
        return tuple(one.copy for one in self.chosen())

    def undecided(self) -> list[Planned]:
        """Ticked papers that would print empty boxes nobody decided about; what is handed out again was decided then."""
        return [one for one in self.chosen() if one.gaps and one.copy not in self.blanks and not _same(one)]

    def numbers(self) -> dict[Copy, str]:
        """The number each ticked paper will carry: its own again, or the next of its series."""
        coming: dict[str, Iterator[str]] = {name: iter(labels) for name, labels in self.outlook.labels.items()}
        said: dict[Copy, str] = {}
        for one in self.chosen():
            if _same(one):
                said[one.copy] = one.last.label if one.last else ""
            elif one.series is not None:
                said[one.copy] = next(coming[one.series.name])
        return said

    def sheets(self) -> tuple[int, int]:
        """Pages and sheets of paper that the ticked ones take, with all copies."""
        pages = sum(one.pages * one.copies for one in self.chosen())
        sheets = sum((-(-one.pages // 2) if one.sides == "双面" else one.pages) * one.copies for one in self.chosen())
        return pages, sheets

    @property
    def published(self) -> bool:
        """Whether something ticked is made public, so that the day it is posted is asked for."""
        return any(one.published for one in self.chosen())


def _same(one: Planned) -> bool:
    from clerk.issuing import State

    return one.state is State.SAME
