"""Who of the store a row speaks of: by number, else by name, birth date and village; near matches are for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clerk.derive import derive
from clerk.exchange.trial import NEW, SKIP, Ground, Line, Option, Outcome, Question
from clerk.landmarks import Landmarks, landmarks
from clerk.records import KnownPerson
from clerk.store import exchange as shelf
from clerk.wording import long_date, mask_identity, region_name
from forms.catalogue import Catalogue
from forms.incoming import IncomingColumn
from forms.schema import Field, Value


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of who is meant; empty and None are not said."""

    name: str
    number: str
    birth: date | None
    village: str


@dataclass(frozen=True, slots=True)
class Found:
    """The person of the store, or a new one (`person` None), or `left` out."""

    person: KnownPerson | None = None
    left: bool = False


class Speaker:
    """Reads from a row who is meant: which columns say name, number, birth date and village."""

    def __init__(self, columns: Iterable[IncomingColumn], catalogue: Catalogue, on: date) -> None:
        marks = landmarks(catalogue)
        by_field = {column.field.key: column.id for column in columns}
        self._ids = {which: by_field.get(field.key, "") for which, field in _marked(marks).items()}
        self._marks, self._catalogue, self._on = marks, catalogue, on

    def said(self, line: Line) -> Said:
        """Who a row speaks of; the birth date is read from the number where it is not said."""
        number = _words(line.values.get(self._ids.get("identity", "")))
        birth: Value | None = line.values.get(self._ids.get("born", ""))
        if birth is None and number and self._marks.born:
            birth = derive(self._marks.born, number, self._catalogue, self._on)
        village = _words(line.values.get(self._ids.get("village", "")))
        return Said(
            _words(line.values.get(self._ids.get("name", ""))),
            number,
            birth if isinstance(birth, date) else None,
            region_name(village, self._catalogue) if village else "",
        )


class Finder:
    """The people of the store that some rows may speak of, fetched at once."""

    def __init__(self, said: Sequence[Said], numbers: Iterable[str], ground: Ground) -> None:
        connection = ground.view.connection
        wanted = {one.number for one in said if one.number} | {number for number in numbers if number}
        self._by_number = _grouped(shelf.people_by(connection, "id_no", wanted), "id_no")
        names = {one.name for one in said if one.name and one.number not in self._by_number}
        self._by_name = _grouped(shelf.people_by(connection, "name", names), "name")
        self._decided = ground.decided

    def by_number(self, number: str) -> KnownPerson | None:
        """The only person of this number."""
        found = self._by_number.get(number, [])
        return found[0] if len(found) == 1 else None

    def find(self, row: int, said: Said, outcome: Outcome) -> Found | None:
        """Whom a row speaks of; None while a question about it stands."""
        sure, near = self._look(said)
        if sure or not near:
            return Found(sure)
        options = {key_of(person): person for person in near}
        answer = self._decided.get(row)
        if answer in options:
            return Found(options[answer])
        if answer in (NEW, SKIP):
            return Found(left=answer == SKIP)
        outcome.questions.append(_question(row, said, near))
        return None

    def _look(self, said: Said) -> tuple[KnownPerson | None, list[KnownPerson]]:
        same = self._by_number.get(said.number, []) if said.number else []
        if same:
            sure = len(same) == 1 and said.name in ("", same[0].name)
            return (same[0], []) if sure else (None, same)
        named = self._by_name.get(said.name, [])
        if said.number:
            return None, [one for one in named if not one.id_no and _near(one, said)]
        exact = [
            one
            for one in named
            if said.birth and said.village and (one.birth, one.village) == (said.birth, said.village)
        ]
        if len(exact) == 1:
            return exact[0], []
        return None, exact or [one for one in named if _near(one, said)]


def key_of(person: KnownPerson) -> str:
    """What the clerk answers to mean this person."""
    return f"{person.household_id[:8]}-{person.row[:8]}"


def _near(person: KnownPerson, said: Said) -> bool:
    """False only where something known on both sides differs in both ways there are to tell."""
    births = person.birth == said.birth if person.birth and said.birth else None
    villages = person.village == said.village if person.village and said.village else None
    return births is not False and (villages is not False or bool(births))


def _question(row: int, said: Said, near: Sequence[KnownPerson]) -> Question:
    options = tuple(Option(key_of(one), _words_of(one)) for one in near)
    why = "同一证件号" if said.number and near[0].id_no == said.number else "同名"
    words = f"「{said.name}」可能就是库里的人（{why}），是哪一位？"
    return Question(row, words, (*options, Option(NEW, "都不是，按新的人录入"), Option(SKIP, "这一行先不导入")))


def _words_of(person: KnownPerson) -> str:
    number = mask_identity(person.id_no) if person.id_no else "没有证件号"
    born = long_date(person.birth) if person.birth else "出生日期不详"
    return "，".join(word for word in (person.name, number, born, person.village) if word)


def _marked(marks: Landmarks) -> Mapping[str, Field]:
    found = {"name": marks.name, "identity": marks.identity, "born": marks.born, "village": marks.village}
    return {which: field for which, field in found.items() if field is not None}


def _words(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _grouped(people: Iterable[KnownPerson], by: str) -> dict[str, list[KnownPerson]]:
    found: dict[str, list[KnownPerson]] = defaultdict(list)
    for person in people:
        found[getattr(person, by)].append(person)
    return found
