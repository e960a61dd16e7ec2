"""What a household chose of two programmes that are not received together (择一), read from its answers.

The table and its fields are named by the form's data (选择表): a choice is a row like any other answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW, Facts
from forms.schema import ROOT, Kind

Pair = tuple[frozenset[str], str]
"""(both programmes, the member it is about; ROOT_ROW for the household)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: what was taken, what was left, for whom, who said so (empty: nobody wrote it down), on which day.

    `row` is the row that says it.
    """

    taken: str
    left: str
    home: str
    teller: str = ""
    day: date | None = None
    row: str = ""


def choices_of(facts: Facts, catalogue: Catalogue) -> Mapping[Pair, Choice]:
    """The household's choices; where the same pair was chosen of twice for somebody, the last row counts."""
    table = catalogue.choices
    found: dict[Pair, Choice] = {}
    for row in facts.rows(table.table) if table else ():
        assert table is not None
        taken, left, home, teller, day = (
            facts.answer(table.table, name, row)
            for name in (table.taken, table.left, table.subject, table.teller, table.day)
        )
        if isinstance(taken, str) and isinstance(left, str) and taken != left:
            whose = str(home) if home is not None else ROOT_ROW
            said = Choice(taken, left, whose, str(teller or ""), day if isinstance(day, date) else None, row)
            found[frozenset((taken, left)), whose] = said
    return found


def home_of(facts: Facts, catalogue: Catalogue, programme: str, row: str) -> str:
    """The member whose a programme's subject row is; ROOT_ROW for what is the household's own."""
    table = catalogue.programmes[programme].subject
    while table not in (ROOT, Kind.MEMBER.value) and row != ROOT_ROW:
        row, table = facts.owner(table, row), catalogue.tables[table].owner or ROOT
    return row if table != ROOT else ROOT_ROW
