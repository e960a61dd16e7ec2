"""Whether what a sheet says of a household can all be right: sex and birth date beside the number, whose card, whose account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from clerk.crosschecks import Found, disagreements
from clerk.derive import derive
from clerk.exchange.trial import Ground, Outcome
from clerk.household import Household
from forms.catalogue import Catalogue
from forms.schema import Field, Kind, Value

_LOOKED_AT = frozenset({Kind.ID, Kind.NAME, Kind.DISABILITY_CARD})


class Agreement:
    """The checks of the window's own form (crosschecks), over households as a sheet leaves them.

    `headings` are the sheet's, by field; a question is asked for by the heading it stands under.
    """

    def __init__(self, catalogue: Catalogue, ground: Ground, headings: Mapping[str, str]) -> None:
        self._catalogue, self._on, self._reason = catalogue, ground.on, ground.reason
        self._headings = headings
        self._questions: dict[str, list[Field]] = {}
        for field in catalogue.fields.values():
            if field.kind in _LOOKED_AT or field.derived is not None:
                self._questions.setdefault(field.table, []).append(field)

    def check(self, was: Household | None, grown: Household, rows: Mapping[str, int], outcome: Outcome) -> None:
        """Note what the sheet brought in that disagrees; what disagreed before is not the sheet's doing.

        `rows` are the sheet's rows by member; what is the household's own is told of its first one.
        """
        known = frozenset(self._faults(was)) if was else frozenset()
        for found in self._faults(grown):
            (table, row, name), complaint = found
            if found in known:
                continue
            owner = row if row in rows else grown.owner(table, row)
            at = rows.get(owner, next(iter(rows.values())))
            outcome.complain(at, self._heading(table, name), complaint, self._reason)
            outcome.disagreeing += not (complaint.hard or complaint.reason)

    def _faults(self, household: Household) -> list[Found]:
        return list(disagreements(_Listed(household, self._catalogue, self._on, self._questions)))

    def _heading(self, table: str, name: str) -> str:
        field = self._catalogue.field_of(table, name)
        return self._headings.get(f"{table}.{name}") or (field.label if field else name)


class _Listed:
    """A household as the checks look at it."""

    def __init__(
        self, household: Household, catalogue: Catalogue, today: date, questions: Mapping[str, Sequence[Field]]
    ) -> None:
        self.today, self.catalogue = today, catalogue
        self._household, self._questions = household, questions
        self.rows, self.owner, self.answer = household.rows, household.owner, household.answer
        self.closed = household.closed

    def questions(self, table: str) -> Sequence[Field]:
        """The questions of a table that can disagree."""
        return self._questions.get(table, ())

    def title(self, table: str, row: str) -> str:
        """What stands in the row's title field."""
        known = self.catalogue.tables[table]
        value: Value | None = self._household.answer(table, known.title, row) if known.title else None
        return value if isinstance(value, str) else known.name

    def contradicts(self, field: Field, row: str) -> bool:
        """True when a derived field says something else than its source."""
        known = self._household.answer(field.table, field.id, row)
        if known is None or field.derived is None:
            return False
        source = self._household.answer(field.table, field.derived.source, row)
        said = derive(field, source, self.catalogue, self.today) if source is not None else None
        return said is not None and said != known
