"""The form while it is being typed: raw text always kept, answers believed at the door, problems said, nothing forced.

An `Intake` is a household as the rules see it (`forms.language.facts.Facts`), so an evaluator may sit on it while the
clerk types. Each act returns a `Change`: journal entries to keep and believed answers that changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from uuid import uuid4

from clerk import crosschecks
from clerk.answers import Answer, Around, code_table, read_answer
from clerk.derive import derive
from clerk.entry import ADD, CLOSE, REASON, REMOVE, RESTORE, Change, Entry, Fact, Key, Problem
from clerk.household import Household, Row
from clerk.identity import Document
from clerk.rows import Rows
from clerk.wording import typed
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW
from forms.schema import ROOT, Field, Kind, Value

DOCUMENTS = "证件类型"
"""The code table whose answer says on what paper the numbers of the same row stand."""

class Intake:
    """One form being filled; `entries` replayed in order give the same form again."""

    def __init__(self, catalogue: Catalogue, today: date, entries: Iterable[Entry] = ()) -> None:
        self.catalogue = catalogue
        self.today = today
        self._rows = Rows(catalogue.tables)
        self._texts: dict[Key, str] = {}
        self._answers: dict[Key, Answer] = {}
        self._believed: dict[Key, Value] = {}
        self._reasons: dict[Key, str] = {}
        self._complete: set[str] = set()
        for entry in entries:
            self.apply(entry)

    def begin(self) -> Change:
        """A new form: defaults filled in, the rows every household has, the first member taken as the applicant."""
        change = self.fill_defaults(ROOT, ROOT_ROW)
        for table in self.catalogue.tables.values():
            for _ in range(0 if table.owner else table.least):
                change += self.add_row(table.id)
        applicant = self.applicant_field
        members = self.rows(Kind.MEMBER.value)
        if applicant and members:
            code = min(crosschecks.applicant_codes(self.catalogue, applicant))
            change += self.type(applicant.table, members[0], applicant.id, code)
        return change

    def type(self, table: str, row: str, field: str, text: str) -> Change:
        """Take what was typed into a field, whatever it is; an earlier reason for the field lapses when the text changes."""
        question = self.field(table, field)
        key = (table, row, field)
        if text != self._texts.get(key, ""):
            self._reasons.pop(key, None)
        self._texts[key] = text
        if not text:
            del self._texts[key]
        facts = self._read(question, row)
        return Change(tuple(facts), (), (Entry(table, row, field, text),))

    def add_row(self, table: str, owner: str = ROOT_ROW, key: str | None = None) -> Change:
        """A new row with its defaults (and the rows it must own); `Change.row` is its key."""
        key = key or uuid4().hex
        change = self.add_bare_row(table, owner, key)
        for child in self.catalogue.tables.values():
            for _ in range(child.least if child.owner == table else 0):
                change += self.add_row(child.id, key)
        return change

    def add_bare_row(self, table: str, owner: str, key: str) -> Change:
        """A new row with its defaults only."""
        return self.apply(Entry(table, key, ADD, owner)) + self.fill_defaults(table, key)

    def fill_defaults(self, table: str, row: str) -> Change:
        """Type the defaults of a table's questions into a row, visibly, as if the clerk had."""
        change = Change()
        for question in self.questions(table):
            if question.default is not None:
                change += self.type(table, row, question.id, typed(question.default, question, self.catalogue))
        return change

    def remove_row(self, table: str, key: str) -> Change:
        """Take a row away with the rows it owns; nothing is forgotten, `restore_row` brings all of it back."""
        return self.apply(Entry(table, key, REMOVE, ""))

    def restore_row(self, table: str, key: str) -> Change:
        """Bring a removed row back to its place, with the rows it owns."""
        return self.apply(Entry(table, key, RESTORE, ""))

    def close(self, table: str, done: bool = True) -> Change:
        """Say that a list is complete (录齐), or take that back."""
        return self.apply(Entry(table, ROOT_ROW, CLOSE, "是" if done else "否"))

    def override(self, problem: Problem, reason: str) -> Change:
        """Believe an unlikely answer for a reason, which is kept; an empty reason takes that back."""
        if problem.hard:
            raise ValueError(f"a hard problem cannot be overridden: {problem.table}.{problem.field}")
        return self.apply(Entry(problem.table, problem.row, REASON + problem.field, reason))

    def apply(self, entry: Entry) -> Change:
        """Do one journalled act again."""
        table, row, mark, text = entry
        if mark.startswith(REASON):
            return self._give_reason(table, row, mark[1:], text.strip())
        if mark == CLOSE:
            (self._complete.add if text == "是" else self._complete.discard)(table)
            return Change((), (table,), (entry,))
        if mark in (ADD, REMOVE, RESTORE):
            touched = self._rows.add(table, row, text) if mark == ADD else self._rows.show(table, row, mark == RESTORE)
            facts = self._read_members() if Kind.MEMBER.value in touched else []
            return Change(tuple(facts), touched, (entry,), row)
        return self.type(table, row, mark, text)

    def text(self, table: str, field: str, row: str = ROOT_ROW) -> str:
        """What stands in the field: as typed, or the derived answer in words."""
        key = (table, row, field)
        if key in self._texts or key not in self._believed:
            return self._texts.get(key, "")
        return typed(self._believed[key], self.field(table, field), self.catalogue)

    def derived(self, table: str, field: str, row: str = ROOT_ROW) -> bool:
        """True when the answer was read from another field and not typed."""
        key = (table, row, field)
        return key in self._believed and key not in self._texts

    def contradicts(self, field: Field, row: str) -> bool:
        """True when something else was typed into a derived field than its source says."""
        typed_value = self.answer(field.table, field.id, row)
        said = self._derive(field, row)
        return typed_value is not None and said is not None and said != typed_value

    def rows(self, table: str, owner: str = ROOT_ROW) -> Sequence[str]:
        """Keys of the rows in order; those of one owner when given."""
        return self._rows.alive(table, owner)

    def owner(self, table: str, row: str) -> str:
        """The key of the owning row, ROOT_ROW when there is none."""
        return self._rows.owner(table, row)

    def answer(self, table: str, field: str, row: str) -> Value | None:
        """The believed answer, or None: not yet known."""
        return self._believed.get((table, row, field))

    def closed(self, table: str) -> bool:
        """True once the clerk said the list is complete, and always for a table that needs no such word."""
        known = self.catalogue.tables.get(table)
        return table in self._complete or known is None or not known.closing

    def title(self, table: str, row: str) -> str:
        """How the row is called on the screen: its title field in words, or the table's name and its place."""
        known = self.catalogue.tables[table]
        text = self.text(table, known.title, row) if known.title else ""
        rows = self.rows(table)
        return text or f"{known.name}{list(rows).index(row) + 1 if row in rows else ''}"

    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong or doubtful now, in the order of the form; faults across fields and rows included."""
        own = [problem for key, answer in self._answers.items() for problem in self._problems_at(key, answer)]
        across = [
            Problem(*key, each.message, each.hard, each.reason, self._reasons.get(key, ""))
            for key, each in crosschecks.across(self)
        ]
        order = self._order
        return tuple(sorted([*own, *across], key=lambda problem: order(problem.table, problem.row, problem.field)))

    def household(self) -> Household:
        """The household as believed now, frozen; removed rows are left out."""
        answers: dict[tuple[str, str], dict[str, Value]] = {}
        for (table, row, field), value in self._believed.items():
            answers.setdefault((table, row), {})[field] = value
        tables = {
            table: tuple(Row(key, self.owner(table, key), answers.get((table, key), {})) for key in self.rows(table))
            for table in self.catalogue.tables
            if table != ROOT
        }
        closed = frozenset(table for table in self.catalogue.tables if table != ROOT and self.closed(table))
        return Household(answers.get((ROOT, ROOT_ROW), {}), tables, closed)

    def reasons(self) -> dict[Key, str]:
        """The reasons given for unlikely answers, by (table, row, field)."""
        return dict(self._reasons)

    def field(self, table: str, field: str) -> Field:
        """A question of the form; KeyError when there is none."""
        return self.catalogue.fields[f"{table}.{field}"]

    def questions(self, table: str) -> Sequence[Field]:
        """The questions of one table in the order of the form, those the program fills itself left out."""
        return self._questions.get(table, ())

    @cached_property
    def applicant_field(self) -> Field | None:
        """The question that says which member applies."""
        return crosschecks.applicant_field(self.catalogue)

    @cached_property
    def _questions(self) -> dict[str, list[Field]]:
        found: dict[str, list[Field]] = {}
        for section in sorted(self.catalogue.sections, key=lambda section: section.order):
            if not section.system:
                found.setdefault(section.table, []).extend(section.fields)
        return found

    def _order(self, table: str, row: str, field: str) -> tuple[int, int, int]:
        tables = [ROOT, *(name for name in self.catalogue.tables if name != ROOT)]
        rows = list(self.rows(table)) if table != ROOT else [ROOT_ROW]
        names = [question.id for question in self.questions(table)]
        return tables.index(table), rows.index(row) if row in rows else -1, names.index(field) if field in names else -1

    def _around(self, table: str, row: str) -> Around:
        return Around(self.catalogue, self.today, self._document(table, row), self._members())

    def _document(self, table: str, row: str) -> Document | None:
        for question in self.questions(table):
            code = self.answer(table, question.id, row) if question.codes == DOCUMENTS else None
            if isinstance(code, str):
                option = next((o for o in code_table(self.catalogue, DOCUMENTS).options if o.code == code), None)
                words = (option.group, option.label) if option else ()
                return next((each for each in Document for word in words if word == each.value), Document.OTHER)
        return None

    def _members(self) -> dict[str, str]:
        table = Kind.MEMBER.value
        if table not in self.catalogue.tables:
            return {}
        keys = self.rows(table)
        title = self.catalogue.tables[table].title
        places = {f"{self.catalogue.tables[table].name}{place}": key for place, key in enumerate(keys, start=1)}
        names = {str(name): key for key in reversed(keys) if (name := self.answer(table, title, key))}
        return {**places, **names, **{key: key for key in keys}}

    def _read(self, question: Field, row: str) -> list[Fact]:
        """Read one field's text again, with the fields that hang on it; the facts whose believed value changed."""
        key = (question.table, row, question.id)
        before = self._believed.get(key)
        answer = read_answer(question, self._texts.get(key, ""), self._around(question.table, row))
        self._answers[key] = answer
        if not answer.complaints:
            del self._answers[key]
        wanting = any(each.reason for each in answer.complaints) and not self._reasons.get(key)
        value = None if wanting else answer.value
        if value is None and key not in self._texts:
            value = self._derive(question, row)
        self._believe(key, value)
        if question.kind is Kind.MEMBER and isinstance(value, str) and value == answer.value:
            self._texts[key] = value
        if before == value and type(before) is type(value):
            return []
        return [(question.table, question.id, row), *self._read_dependants(question, row)]

    def _read_dependants(self, question: Field, row: str) -> list[Fact]:
        facts: list[Fact] = []
        for other in self.questions(question.table):
            hangs = other.derived is not None and other.derived.source == question.id
            if hangs or (question.codes == DOCUMENTS and other.kind is Kind.ID):
                facts += self._read(other, row)
        return facts

    def _derive(self, question: Field, row: str) -> Value | None:
        if question.derived is None:
            return None
        source = self.answer(question.table, question.derived.source, row)
        return None if source is None else derive(question, source, self.catalogue, self.today)

    def _believe(self, key: Key, value: Value | None) -> None:
        if value is None:
            self._believed.pop(key, None)
        else:
            self._believed[key] = value

    def _read_members(self) -> list[Fact]:
        """Answers that name a member, read again after members came or went."""
        pointing = [key for key in self._texts if self.field(key[0], key[2]).kind is Kind.MEMBER]
        return [fact for table, row, field in pointing for fact in self._read(self.field(table, field), row)]

    def _give_reason(self, table: str, row: str, field: str, reason: str) -> Change:
        key = (table, row, field)
        self._reasons[key] = reason
        if not reason:
            del self._reasons[key]
        return Change(tuple(self._read(self.field(table, field), row)), (), (Entry(table, row, REASON + field, reason),))

    def _problems_at(self, key: Key, answer: Answer) -> list[Problem]:
        if not self._rows.is_alive(key[0], key[1]):
            return []
        reason = self._reasons.get(key, "")
        return [
            Problem(*key, each.message, each.hard, each.reason, "" if each.hard else reason)
            for each in answer.complaints
        ]
