"""What is still missing: an amount nobody has settled, a sum that does not meet, an end nobody has seen to, a blank cell.

Each names its household and application, so that a window can go there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clerk.casefile import CaseFile
from clerk.landmarks import landmarks, words_of
from clerk.movements import whose
from clerk.paying import paid_in, term_ends
from clerk.periods import Span
from clerk.records import Application, CaseRecord
from clerk.roster_lines import Line, rows_beside
from clerk.roster_shapes import cell_of
from clerk.rosters import roster_rows
from clerk.source_sums import differences
from clerk.wording import region_name
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW
from forms.language.plan import Plan
from forms.roster import INTERNAL, Column, Roster

UNSETTLED = "金额还没有核定"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing missing: of whom, in words; `hard` when nothing can be closed or handed in without it.

    `household`, `programme` and `row` say where to go, as far as they are known; `number` is the application's.
    """

    words: str
    number: str = ""
    name: str = ""
    village: str = ""
    household: str = ""
    programme: str = ""
    row: str = ROOT_ROW
    hard: bool = True


def unsettled_lacks(found: Iterable[tuple[CaseRecord, Application]], catalogue: Catalogue) -> list[Lack]:
    """Applications whose amount is not settled (`clerk.movements.unsettled`)."""
    return [_of(case, each, UNSETTLED, catalogue) for case, each in found]


def overdue_lacks(cases: Sequence[CaseRecord], span: Span, catalogue: Catalogue) -> Iterator[Lack]:
    """Applications that are paid in the period although their term was over before it began."""
    paid = paid_in(cases, span)
    for case in cases:
        for each in case.applications if case.case_number in paid else ():
            ends = term_ends(each)
            going = any(one.number == each.number and one.amounts for one in paid[case.case_number])
            if going and ends is not None and ends <= span.since:
                words = f"{ends.isoformat()}起已期满，仍在发放，请办理停发或重新认定"
                yield _of(case, each, words, catalogue, hard=False)


def unequal_lacks(
    roster: Roster, span: Span, cases: Sequence[CaseFile], plan: Plan, rosters: Mapping[str, Roster]
) -> list[Lack]:
    """The lines on which a payment list and its sources differ; none for a roster that need not equal any."""
    if roster.equals is None:
        return []
    known = {each.number: (case.record, each) for case in cases for each in case.record.applications}
    lacks = []
    for one in differences(roster, roster.equals, rosters, lambda each: roster_rows(each, span, cases, plan, INTERNAL)):
        found = known.get(one.line)
        lacks.append(_of(*found, one.words, plan.catalogue) if found else Lack(one.words, one.line))
    return lacks


def needed_lacks(roster: Roster, lines: Iterable[Line]) -> Iterator[Lack]:
    """The lines of a roster (`clerk.roster_lines.lines_of`) that lack what nobody can do without (必填)."""
    asked = [column for column in roster.columns if column.heading in roster.needed]
    for line in lines if asked else ():
        missing = [column.heading for column in asked if _missing(line, column, roster.unit)]
        if missing:
            yield _at(line, roster, f"「{roster.name}」缺{'、'.join(missing)}")


def _missing(line: Line, column: Column, unit: str) -> bool:
    table = column.each or unit
    rows = rows_beside(line, table, unit) if column.each else [line.row]
    return all(cell_of(line.case, *line.case.value(column.value, table, row), row) is None for row in rows)


def _at(line: Line, roster: Roster, words: str) -> Lack:
    record, catalogue = line.case.record, line.case.catalogue
    numbered = {each.number: each for each in record.applications}
    if line.row in numbered:
        return _of(record, numbered[line.row], words, catalogue, hard=False)
    name = line.case.name(line.row) if line.row else ""
    row = line.row if name else ROOT_ROW
    return Lack(words, record.case_number, name, _village(record, catalogue), record.household_id, row=row, hard=False)


def _of(case: CaseRecord, each: Application, words: str, catalogue: Catalogue, *, hard: bool = True) -> Lack:
    name = whose(case, each, catalogue)
    village = _village(case, catalogue)
    return Lack(words, each.number, name, village, case.household_id, each.programme, each.subject, hard)


def _village(case: CaseRecord, catalogue: Catalogue) -> str:
    code = words_of(case.household, landmarks(catalogue).village, ROOT_ROW)
    return region_name(code, catalogue) if code else ""
