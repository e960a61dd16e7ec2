"""Which rows of a case a paper goes through."""

from __future__ import annotations

from forms.cells import OTHERS
from forms.language.facts import ROOT_ROW
from forms.language.values import Verdict
from forms.paper import Rows
from forms.schema import ROOT, Expression
from printing.values import Values


def concerned(relevant: Expression | None, sure: bool, values: Values, where: tuple[str, str]) -> bool:
    """Whether a part of a paper prints at a row of a table: not after a no, nor before a yes when it must be `sure`."""
    if relevant is None:
        return True
    verdict = values.holds(relevant, *where)
    return verdict is Verdict.YES or (verdict is Verdict.UNKNOWN and not sure)


def rows_of(rows: Rows, values: Values, home: str, row: str) -> list[str]:
    """The rows that do not answer no to the filter: an unknown answer keeps a row on paper."""
    found = values.rows(rows.table, ROOT, ROOT_ROW) if rows.beyond else values.rows(rows.table, home, row)
    if rows.beyond == OTHERS:
        found = [one for one in found if (rows.table, one) != (home, row)]
    if rows.where is None:
        return list(found)
    return [one for one in found if values.holds(rows.where, rows.table, one) is not Verdict.NO]
