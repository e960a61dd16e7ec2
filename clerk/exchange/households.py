"""People from a sheet into households: who is there already, who belongs together, what each row adds or changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clerk.answers import Around, read_answer
from clerk.crosschecks import applicant_codes, applicant_field
from clerk.document import from_document
from clerk.exchange.agreement import Agreement
from clerk.exchange.drafts import HouseholdDraft, Shape, differing
from clerk.exchange.finding import Finder, Said, Speaker
from clerk.exchange.matching import Matched
from clerk.exchange.together import told_apart
from clerk.exchange.trial import Ground, Line, Outcome
from clerk.household import Row
from clerk.landmarks import head_codes, landmarks
from clerk.records import Kept, KnownPerson
from clerk.store import exchange as shelf
from forms.catalogue import Catalogue
from forms.incoming import Incoming
from forms.language.facts import ROOT_ROW
from forms.schema import ROOT, Field, Kind, Value

GROUP, HEAD_NAME, HEAD_NUMBER = "户号", "户主姓名", "户主证件号"


@dataclass(frozen=True, slots=True)
class _Person:
    """One row with whom it speaks of; `home` is the household it belongs to as the sheet says."""

    line: Line
    said: Said
    known: KnownPerson | None
    home: str
    head: str
    head_number: str


def plan_people(lines: Sequence[Line], matched: Matched, ground: Ground, outcome: Outcome) -> None:
    """Fill `outcome` with the households that the rows make new or change."""
    planner = _Planner(matched, ground, outcome)
    people = list(planner.people(list(told_apart(lines, matched.wanted, ground, outcome))))
    kept = shelf.documents(ground.view.connection, {one.known.household_id for one in people if one.known})
    for group, household_id in planner.groups(people):
        planner.grow(group, kept.get(household_id), household_id)


class _Planner:
    """What planning one sheet needs to know of the form, and how far it has come."""

    def __init__(self, matched: Matched, ground: Ground, outcome: Outcome) -> None:
        self._matched, self._ground, self._outcome = matched, ground, outcome
        self._incoming: Incoming = matched.incoming
        self._catalogue: Catalogue = ground.plan.catalogue
        self._roles = {column.role: column.id for column in matched.wanted if column.role}
        found = {one.id for one in matched.columns}
        self._fields = [(one.id, one.field) for one in matched.wanted if one.id in found and not one.role]
        self._fields = [(name, field) for name, field in self._fields if field.key in self._catalogue.fields]
        self._fixed = list(_fixed(self._incoming, ground))
        self._shape = Shape(self._catalogue)
        keys = {one.id: one.field.key for one in matched.wanted}
        headings = {keys[one.id]: one.heading for one in matched.columns}
        self._agreement = Agreement(self._catalogue, ground, headings)
        self._marks = landmarks(self._catalogue)
        self._applicant = applicant_field(self._catalogue)
        self._head = _head_field(self._catalogue, self._applicant)
        self._speaker = Speaker(matched.wanted, self._catalogue, ground.on)
        self._finder = Finder([], (), ground)

    def people(self, lines: Sequence[Line]) -> Iterator[_Person]:
        """Each row with whom it speaks of; rows that wait for a decision, or speak of somebody twice, are left out."""
        spoken = [self._speaker.said(line) for line in lines]
        heads = [self._role(line, HEAD_NUMBER) for line in lines]
        self._finder = Finder(spoken, heads, self._ground)
        seen: dict[tuple[object, ...], int] = {}
        for line, said in zip(lines, spoken, strict=True):
            same = (said.number,) if said.number else (said.name, said.birth, said.village)
            first = seen.setdefault(same, line.row)
            if first != line.row:
                self._outcome.problem(line.row, "", f"与第{first}行是同一个人，请删去一行")
                continue
            found = self._finder.find(line.row, said, self._outcome)
            if found is not None and found.left:
                self._outcome.count("略过")
            elif found is not None:
                head, number = self._role(line, HEAD_NAME), self._role(line, HEAD_NUMBER)
                home = self._role(line, GROUP) or number or (f"第{line.row}行" if line.whole else "")
                yield _Person(line, said, found.person, home, head, number)

    def groups(self, people: Iterable[_Person]) -> Iterator[tuple[list[_Person], str]]:
        """The rows of each household together, with the id of the kept household they go into, empty for a new one."""
        together: dict[tuple[str, str], list[_Person]] = {}
        for one in people:
            key = (
                ("户", one.home)
                if one.home
                else ("库", one.known.household_id)
                if one.known
                else ("行", str(one.line.row))
            )
            together.setdefault(key, []).append(one)
        taken: dict[str, int] = {}
        for group in together.values():
            homes: dict[str, _Person] = {}
            for one in group:
                homes.setdefault(one.known.household_id if one.known else "", one)
            homes.pop("", None)
            head = self._finder.by_number(group[0].head_number) if group[0].head_number and not homes else None
            home = head.household_id if head else next(iter(homes), "")
            strangers = [one for household_id, one in homes.items() if household_id != home]
            for one in strangers:
                self._outcome.problem(
                    one.line.row, "", "这个人在库里属于另一户，与表里同户的人不在一起，请先核对是否分户、并户"
                )
            if not strangers and home in taken:
                self._outcome.problem(
                    group[0].line.row, "", f"库里与第{taken[home]}行是同一户，表里却分成两户，请核对户号"
                )
            elif not strangers:
                if home:
                    taken[home] = group[0].line.row
                yield group, home

    def grow(self, group: list[_Person], kept: tuple[int, int, str] | None, household_id: str) -> None:
        """One household made, or changed, by its rows."""
        was = from_document(json.loads(kept[2]), self._catalogue) if kept else None
        draft = HouseholdDraft(self._shape, was)
        self._root(group, draft)
        rows: dict[str, int] = {}
        for one in group:
            before = draft.added + draft.changed
            row = one.known.row if one.known else draft.add_row(Kind.MEMBER.value)
            self._member(one, row, draft)
            rows[row] = one.line.row
            if one.known is None:
                self._outcome.count("新增人")
            elif draft.added + draft.changed > before:
                self._outcome.count("更改人")
                self._outcome.touched += 1
            else:
                self._outcome.count("未变人")
        if was is None:
            self._name_head(group, draft)
        self._check_applicants(group, draft)
        grown = draft.household()
        self._agreement.check(was, grown, rows, self._outcome)
        if kept is None:
            self._outcome.count("新增户")
            self._outcome.new.append(grown)
        elif draft.added + draft.changed or any(one.known is None for one in group):
            self._outcome.count("更改户")
            self._outcome.changed.append((Kept(household_id, kept[0], kept[1]), kept[2], grown))

    def _root(self, group: Sequence[_Person], draft: HouseholdDraft) -> None:
        """What the rows say of the household; two rows that say different things are a problem."""
        said: dict[str, Value] = {}
        for one in group:
            own = self._answers(one, ROOT)
            for name in differing(own, said):
                label = self._catalogue.fields[f"{ROOT}.{name}"].label
                self._outcome.problem(one.line.row, label, f"与同户第{group[0].line.row}行写的不一样，请核对")
            said = own | said
        draft.set(ROOT, ROOT_ROW, said, fill_only=self._incoming.fill_only)

    def _member(self, one: _Person, row: str, draft: HouseholdDraft) -> None:
        """What a row says of its person, and of what the person has."""
        member = Kind.MEMBER.value
        draft.set(member, row, self._answers(one, member), fill_only=self._incoming.fill_only)
        if one.head and self._head and one.head == one.said.name and one.head_number in ("", one.said.number):
            draft.set(member, row, {self._head.id: min(head_codes(self._catalogue, self._head))}, fill_only=True)
        draft.derive(member, row, self._ground.on)
        own = {field.table for _, field in self._fields} | {table for table, _, _ in self._fixed}
        for table in sorted(own - {ROOT, member}):
            answers = self._answers(one, table)
            if not answers:
                continue
            key = draft.same_row(table, row, self._incoming.keys.get(table, ()), answers)
            draft.set(table, key or draft.add_row(table, row), answers, fill_only=self._incoming.fill_only)

    def _answers(self, one: _Person, table: str) -> dict[str, Value]:
        said = {
            field.id: one.line.values[name]
            for name, field in self._fields
            if field.table == table and name in one.line.values
        }
        return {field: value for of, field, value in self._fixed if of == table} | said

    def _name_head(self, group: Sequence[_Person], draft: HouseholdDraft) -> None:
        """Who applies for a new household, where the kind of sheet says it is the head, and it says who that is."""
        if not self._incoming.head_applies or self._applicant is None:
            return
        codes = head_codes(self._catalogue, self._head) if self._head else frozenset()
        members = draft.members()
        heads = [row for row in members if self._head and row.answers.get(self._head.id) in codes]
        heads = heads or (list(members) if len(members) == 1 else [])
        if len(heads) == 1 and not self._applicants(members):
            code = min(applicant_codes(self._catalogue, self._applicant))
            draft.set(self._applicant.table, heads[0].key, {self._applicant.id: code})

    def _check_applicants(self, group: Sequence[_Person], draft: HouseholdDraft) -> None:
        if len(self._applicants(draft.members())) > 1:
            self._outcome.problem(group[0].line.row, "", "这一户有两名申请人，只能有一人，请核对")

    def _applicants(self, members: Sequence[Row]) -> list[Row]:
        if self._applicant is None:
            return []
        codes = applicant_codes(self._catalogue, self._applicant)
        return [row for row in members if row.answers.get(self._applicant.id) in codes]

    def _role(self, line: Line, role: str) -> str:
        value = line.values.get(self._roles.get(role, ""))
        return value if isinstance(value, str) else ""


def _head_field(catalogue: Catalogue, applicant: Field | None) -> Field | None:
    """The question that says how members are related to the head, which is not the one about the applicant."""
    for field in catalogue.fields.values():
        asked = field.table == Kind.MEMBER.value and field.kind is Kind.OPTION and field != applicant
        if asked and head_codes(catalogue, field):
            return field
    return None


def _fixed(incoming: Incoming, ground: Ground) -> Iterator[tuple[str, str, Value]]:
    """What the kind of sheet says for all rows; what its own county cannot read is left out like an empty cell."""
    around = Around(ground.plan.catalogue, ground.on)
    for table, name, text in incoming.fixed:
        field = ground.plan.catalogue.field_of(table, name)
        value = read_answer(field, text, around).value if field else None
        if value is not None:
            yield table, name, value
