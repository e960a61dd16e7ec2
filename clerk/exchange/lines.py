"""Read the rows below the headings through the same door as the window; what cannot be believed is said by row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from clerk.answers import Around, read_answer
from clerk.exchange.matching import Matched, MatchedColumn
from clerk.exchange.trial import Ground, Line, Outcome
from clerk.exchange.values import cell_fault, cell_text, column_letters, names_nobody
from forms.incoming import IncomingColumn
from forms.schema import Kind, Value

_TOTALS = re.compile(r"\s*(?:合\s*计|小\s*计|总\s*计|共\s*计)")
_SIGNED = re.compile(r"[：:]|签\s*字|盖\s*章|^\s*[注备]")
_ASKS = re.compile(r"[：:]\s*$|(?:签批|审核|审批|填表|制表|负责|经办)人")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_SOME = 5


def read_lines(matched: Matched, ground: Ground, outcome: Outcome) -> list[Line]:
    """The believed rows; totals, sign-offs and empty rows are left out, the former with a note."""
    reader = _Reader(matched, ground, outcome)
    lines = [line for number, row in _data(matched, outcome) if (line := reader.line(number, row))]
    reader.conclude()
    return lines


def _data(matched: Matched, outcome: Outcome) -> Iterator[tuple[int, Sequence[Any]]]:
    """Rows with anything in them that are data, numbered as the clerk counts."""
    needed = [one.place for one in matched.columns if one.id in _required(matched)]
    needed = needed or [one.place for one in matched.columns]
    left: list[int] = []
    for number, row in enumerate(matched.sheet.rows[matched.first :], start=matched.first + 1):
        said = [text for cell in row if (text := cell_text(cell).strip())]
        if not said:
            continue
        nothing = not any(place < len(row) and cell_text(row[place]).strip() for place in needed)
        total = _TOTALS.match(said[0]) and len(said[0]) <= 6
        if total or _ASKS.search(said[0]) or (nothing and any(_SIGNED.search(text) for text in said)):
            left.append(number)
            continue
        yield number, row
    if left:
        outcome.notes.append(f"第{_named(left)}行像合计或签字，没有读入")


def _required(matched: Matched) -> set[str]:
    return {column.id for column in matched.wanted if column.required}


def _named(rows: Sequence[int]) -> str:
    return "、".join(map(str, rows[:_SOME])) + ("等" if len(rows) > _SOME else "")


class _Reader:
    """One sheet being read: its columns with their kinds, and what was remarkable so far."""

    def __init__(self, matched: Matched, ground: Ground, outcome: Outcome) -> None:
        wanted = {column.id: column for column in matched.wanted}
        self._columns: list[tuple[MatchedColumn, IncomingColumn]] = [(one, wanted[one.id]) for one in matched.columns]
        self._unsaid = matched.sheet.unsaid
        self._around = Around(ground.plan.catalogue, ground.on)
        self._reason, self._outcome = ground.reason, outcome
        self._nobody: list[int] = []

    def line(self, number: int, row: Sequence[Any]) -> Line | None:
        """One row believed, or None when something in it is wrong."""
        before = len(self._outcome.problems)
        values: dict[str, Value] = {}
        for found, column in self._columns:
            cell = row[found.place] if found.place < len(row) else ""
            value = self._value(number, found, column, cell)
            if value is not None:
                values[found.id] = value
            elif column.required and len(self._outcome.problems) == before:
                self._outcome.problem(number, found.heading, "这一格不能空着")
        return Line(number, values) if len(self._outcome.problems) == before else None

    def conclude(self) -> None:
        """Say what was remarkable about the sheet as a whole."""
        if self._nobody:
            said = f"第{_named(self._nobody)}行的证件号写的是「无」一类的字样，按没有证件号处理，不与任何人对应"
            self._outcome.notes.append(said)

    def _value(self, number: int, found: MatchedColumn, column: IncomingColumn, cell: Any) -> Value | None:
        if self._unsaid and f"{column_letters(found.place)}{number}" in self._unsaid:
            self._outcome.problem(number, found.heading, "这一格是公式，文件里没有算好的结果，请在原表重新计算保存")
            return None
        kind = column.field.kind
        text, fault = cell_text(cell), cell_fault(cell, kind)
        if fault and not (kind is Kind.ID and names_nobody(text)):
            self._outcome.problem(number, found.heading, fault)
            return None
        text = column.spelled.get(text.strip(), text)
        if kind is Kind.ID and text.strip() and names_nobody(text):
            self._nobody.append(number)
            return None
        answer = read_answer(
            column.field, _TIME.sub("", text) if kind in (Kind.DATE, Kind.MONTH) else text, self._around
        )
        for complaint in answer.complaints:
            self._outcome.complain(number, found.heading, complaint, self._reason)
        return answer.value
