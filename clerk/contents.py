"""What lies in the file of a case (卷内文书): the papers handed out for it, then what the household brought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clerk.issuing import latest_of
from clerk.materials import ENCLOSURE, SHAPE, SORT, TITLE
from clerk.records import CaseRecord, IssuedPaper
from clerk.titles import own_title
from clerk.wording import say
from forms.language.plan import Plan
from forms.paper import Paper
from forms.schema import Kind

_OWNER, _COPIES, _PAGES = "所属成员", "份数", "页数"
_REPLACED = "已另印新的一份"
_LAST = 1_000_000
"""The place in the filing order of a paper that the data no longer has."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One line of a file's contents: title, official number, who made it, its day, for whom, a remark.

    `first` is its first page counted through the file and `pages` how many it has; None where that is not known, and
    `first` of everything behind such a line.
    """

    title: str
    number: str = ""
    maker: str = ""
    on: date | None = None
    whom: str = ""
    remark: str = ""
    first: int | None = None
    pages: int | None = None

    @property
    def last(self) -> int | None:
        """Its last page."""
        return self.first + self.pages - 1 if self.first and self.pages else None

    @property
    def span(self) -> str:
        """Its pages in words: `3`, `3-5`, empty while they are not known."""
        if not self.last:
            return ""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def contents(record: CaseRecord, plan: Plan, issued: Sequence[IssuedPaper]) -> tuple[Filed, ...]:
    """The lines of a case's file in filing order, `issued` being everything handed out for it, oldest first.

    Of a paper that was handed out again with other words the newer one is filed; an older one stays only where it took
    an official number. Papers that do not go into the file (不入卷) are left out. Nothing is listed that is only planned.
    """
    papers = plan.catalogue.papers_on(plan.on)
    latest = {one.number for one in latest_of(issued).values()}
    kept = [
        one
        for one in issued
        if (one.number in latest or one.label) and not (one.paper in papers and papers[one.paper].unfiled)
    ]
    kept.sort(key=lambda one: (_order(papers.get(one.paper)), one.paper, one.number))
    made = [_paper(one, papers.get(one.paper), record, replaced=one.number not in latest) for one in kept]
    return tuple(_counted([*made, *_brought(record, plan)]))


def pages_of(filed: Iterable[Filed]) -> int | None:
    """How many pages a file has; None for an empty one, and while those of one line are not known."""
    pages = [one.pages for one in filed]
    return sum(filter(None, pages)) if pages and all(one is not None for one in pages) else None


def _order(paper: Paper | None) -> int:
    return paper.order if paper else _LAST


def _paper(one: IssuedPaper, paper: Paper | None, record: CaseRecord, *, replaced: bool) -> Filed:
    """An official paper is the office's; any other is whose signature it asks for first."""
    signed = paper.signers[0] if paper and paper.signers and not one.label else ""
    return Filed(
        title=f"{one.name}（{one.whom}）" if one.whom else one.name,
        number=one.label,
        maker=signed or record.office.name,
        on=one.at.date(),
        whom=one.whom,
        remark=_REPLACED if replaced else "",
        pages=one.pages,
    )


def _brought(record: CaseRecord, plan: Plan) -> Iterator[Filed]:
    """The household's list of enclosures."""
    household, catalogue = record.household, plan.catalogue
    if ENCLOSURE not in catalogue.tables:
        return
    for row in household.rows(ENCLOSURE):
        said = {}
        for name in (SORT, TITLE, SHAPE):
            field = catalogue.field_of(ENCLOSURE, name)
            answer = household.answer(ENCLOSURE, name, row)
            said[name] = say(answer, field.kind, catalogue, field.codes) if field else ""
        owner, copies, pages = (household.answer(ENCLOSURE, name, row) for name in (_OWNER, _COPIES, _PAGES))
        whom = own_title(household, catalogue, Kind.MEMBER.value, owner) if isinstance(owner, str) else ""
        yield Filed(
            title="　".join(filter(None, (said[SORT], said[TITLE]))),
            maker=whom,
            whom=whom,
            remark=said[SHAPE] + (f"{copies}份" if copies is not None else ""),
            pages=pages if isinstance(pages, int) and pages else None,
        )


def _counted(lines: Iterable[Filed]) -> Iterator[Filed]:
    """Pages counted through, up to the first line of which nobody knows how many it has."""
    coming: int | None = 1
    for one in lines:
        yield replace(one, first=coming if one.pages else None)
        coming = coming + one.pages if coming and one.pages else None
