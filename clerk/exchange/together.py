"""Rows that hold a whole household: members' names in one cell, their numbers in another, cut apart by ； and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clerk.answers import Around, read_answer
from clerk.exchange.trial import Ground, Line, Outcome
from clerk.exchange.values import names_nobody
from forms.incoming import IncomingColumn
from forms.schema import Field, Kind, Value

NAMES, NUMBERS = "同户姓名", "同户证件号"
_HOMES = ("户号", "户主证件号")
"""What says which household a row belongs to: it holds for all members the row names."""

_BETWEEN = re.compile(r"[;；、,，/\s]+")


def told_apart(
    lines: Sequence[Line], wanted: Sequence[IncomingColumn], ground: Ground, outcome: Outcome
) -> Iterator[Line]:
    """Each row, and after it one row for each other member it names; they share its row number."""
    roles = {column.role: column.id for column in wanted if column.role}
    persons = {
        kind: next((one for one in wanted if one.field.table == Kind.MEMBER.value and one.field.kind is kind), None)
        for kind in (Kind.NAME, Kind.ID)
    }
    reader = _Reader(persons, ground, outcome)
    for line in lines:
        names, numbers = (_cut(line.values.get(roles.get(role, ""))) for role in (NAMES, NUMBERS))
        others = list(reader.others(line, names, numbers)) if names or numbers else []
        home = {one: line.values[one] for role in _HOMES if (one := roles.get(role, "")) in line.values}
        yield replace(line, whole=bool(others))
        yield from (replace(other, values={**other.values, **home}) for other in others)


class _Reader:
    def __init__(self, persons: dict[Kind, IncomingColumn | None], ground: Ground, outcome: Outcome) -> None:
        self._persons, self._outcome = persons, outcome
        self._around = Around(ground.plan.catalogue, ground.on)

    def others(self, line: Line, names: list[str], numbers: list[str]) -> Iterator[Line]:
        """The other members of a row; numbers may be left out altogether, but not some of them."""
        if numbers and len(numbers) != len(names):
            message = f"同户成员有{len(names)}个姓名、{len(numbers)}个证件号，对不上，没有证件号的请写「无」"
            self._outcome.problem(line.row, NAMES, message)
            return
        own = {line.values.get(column.id) for column in self._persons.values() if column} - {None}
        for name, number in zip(names, numbers or [""] * len(names), strict=True):
            said = {
                column.id: value
                for kind, text in ((Kind.NAME, name), (Kind.ID, number))
                if (column := self._persons[kind]) and (value := self._read(line, column.field, text)) is not None
            }
            if said and not own & set(said.values()):
                yield Line(line.row, said, whole=True)

    def _read(self, line: Line, field: Field, text: str) -> Value | None:
        if not text or (field.kind is Kind.ID and names_nobody(text)):
            return None
        answer = read_answer(field, text, self._around)
        for complaint in answer.complaints:
            if complaint.hard or complaint.reason:
                self._outcome.problem(
                    line.row, NUMBERS if field.kind is Kind.ID else NAMES, f"「{text}」：{complaint.message}"
                )
        return answer.value


def _cut(value: Value | None) -> list[str]:
    return [word for word in _BETWEEN.split(value) if word] if isinstance(value, str) else []
