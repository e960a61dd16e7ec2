"""One household while an import grows it: what is set, what that changes, what another answer already holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import uuid4

from clerk.derive import derive
from clerk.household import Household, Row
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW
from forms.schema import ROOT, Field, Kind, Value

Answers = Mapping[str, Mapping[str, Value]]
"""Answers by table and field."""


class Shape:
    """What drafts of one catalogue share: which tables there are, which are complete by nature, what is derived."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        tables = [table for table in catalogue.tables.values() if table.id != ROOT]
        self.empty: dict[str, tuple[Row, ...]] = {table.id: () for table in tables}
        self.closed = frozenset(table.id for table in tables if not table.closing)
        self.derived: dict[str, list[Field]] = {}
        for field in catalogue.fields.values():
            if field.derived is not None:
                self.derived.setdefault(field.table, []).append(field)


class HouseholdDraft:
    """A kept household, or a new one, being added to; `changed` counts known answers that became others."""

    def __init__(self, shape: Shape, was: Household | None = None) -> None:
        self._shape = shape
        self._answers: dict[str, Value] = dict(was.answers) if was else {}
        self._rows: dict[str, list[Row]] = {table: list(rows) for table, rows in was.tables.items()} if was else {}
        self._complete = was.complete if was else shape.closed
        self.added = self.changed = 0

    def household(self) -> Household:
        """What it has become."""
        return Household(
            self._answers,
            self._shape.empty | {table: tuple(rows) for table, rows in self._rows.items()},
            self._complete,
        )

    def members(self) -> list[Row]:
        """The members' rows as they are now."""
        return self._rows.get(Kind.MEMBER.value, [])

    def add_row(self, table: str, owner: str = ROOT_ROW) -> str:
        """A new row; its key."""
        row = Row(uuid4().hex, owner, {})
        self._rows.setdefault(table, []).append(row)
        return row.key

    def answer(self, table: str, field: str, row: str) -> Value | None:
        """A known answer."""
        return self._of(table, row).get(field)

    def set(self, table: str, row: str, answers: Mapping[str, Value], *, fill_only: bool = False) -> bool:
        """Take answers over (`fill_only`: where nothing is known yet) and derive what hangs on them; was anything new?"""
        known = self._of(table, row)
        wanted = {name: value for name, value in answers.items() if known.get(name) != value}
        if fill_only:
            wanted = {name: value for name, value in wanted.items() if name not in known}
        self.changed += sum(name in known for name in wanted)
        self.added += sum(name not in known for name in wanted)
        known.update(wanted)
        return bool(wanted)

    def derive(self, table: str, row: str, today: date) -> None:
        """Fill what another answer of the row already holds, where nothing is known."""
        known = self._of(table, row)
        for field in self._shape.derived.get(table, ()):
            source = known.get(field.derived.source) if field.derived and field.id not in known else None
            value = derive(field, source, self._shape.catalogue, today) if source is not None else None
            if value is not None:
                known[field.id] = value

    def same_row(self, table: str, owner: str, by: Iterable[str], answers: Mapping[str, Value]) -> str | None:
        """The key of the owner's row whose answers to `by` are these; None when there is none, or `by` is empty."""
        names = [name for name in by if name in answers]
        for row in self._rows.get(table, ()) if names else ():
            if row.owner == owner and all(row.answers.get(name) == answers[name] for name in names):
                return row.key
        return None

    def _of(self, table: str, row: str) -> dict[str, Value]:
        """The answers of a row, its own to change."""
        if table == ROOT:
            return self._answers
        rows = self._rows[table]
        place = next(place for place, each in enumerate(rows) if each.key == row)
        if not isinstance(rows[place].answers, _Own):
            rows[place] = Row(row, rows[place].owner, _Own(rows[place].answers))
        answers = rows[place].answers
        assert isinstance(answers, _Own)
        return answers


class _Own(dict[str, Value]):
    """Answers that belong to this draft alone."""


def differing(first: Mapping[str, Value], second: Mapping[str, Value]) -> list[str]:
    """Names that both answer, and not alike."""
    return [name for name, value in first.items() if name in second and second[name] != value]
