"""What a roster can put into somebody else's sheet: its columns with all the headings they are known by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from clerk.exchange.headings import folded
from clerk.roster_shapes import RosterTable
from clerk.sayable import sayable
from forms.catalogue import Catalogue
from forms.incoming import ColumnAsked, Incoming
from forms.language.plan import Plan, compile_expression
from forms.roster import Roster
from forms.schema import Field
from printing.county_sheet.inspecting import CountySheet


def offered(table: RosterTable, roster: Roster, plan: Plan) -> Incoming:
    """The roster's columns as something to match a sheet's headings with.

    A column is known by its heading, by the question it shows and by what others call the same in their sheets. A word
    that would fit two columns fits the plainer or none, and a heading is nobody else's other name.
    """
    questions = {
        column.heading: compile_expression(column.value, column.each or roster.unit, plan).type.field
        for column in roster.columns
    }
    same = list(_same(plan.catalogue))
    named = {
        column.heading: set(_names(column.heading, questions.get(column.heading), same)) for column in table.columns
    }
    owners: dict[str, set[str]] = {}
    for heading, words in named.items():
        for word in words:
            owners.setdefault(folded(word), set()).add(heading)
    headings = {folded(column.heading) for column in table.columns}
    asked = []
    for column in table.columns:
        words = {word for word in named[column.heading] if _owner(owners[folded(word)]) == column.heading}
        own = Field(column.heading, "", column.heading, column.kind, roster.place)
        others = tuple(sorted(word for word in words if folded(word) not in headings))
        asked.append(ColumnAsked(column.heading, None, own, others))
    return Incoming(roster.id, roster.name, "", tuple(asked), roster.place, roster.layer)


def _owner(headings: set[str]) -> str:
    """Whose a word is: of 户主证件号 and 证件号 the plainer one; nobody's where neither is."""
    plainest = min(headings, key=len)
    return plainest if all(heading.endswith(plainest) for heading in headings) else ""


def _names(heading: str, question: Field | None, same: Iterable[frozenset[str]]) -> Iterator[str]:
    """Other words for a column: of the question it shows, and of whatever bears its heading elsewhere."""
    known = {heading}
    if question is not None:
        known |= {question.label, *question.aliases}
    yield from known
    plain = folded(heading)
    for words in same:
        if plain in map(folded, words):
            yield from words


def _same(catalogue: Catalogue) -> Iterator[frozenset[str]]:
    """Words that mean the same in the sheets others send: each column's own."""
    for incoming in catalogue.incoming.values():
        for column in incoming.columns(catalogue.fields):
            yield frozenset(column.words)


def found_beyond(county: CountySheet, roster: Roster, plan: Plan) -> dict[str, str]:
    """What the headings ask for that the roster's own columns left over, where it is the plain name of something else.

    By heading for a further column of the roster (`clerk.own_lists.with_more`), the name its rows can say. A heading
    that could mean two things, or that the roster lists already, stays out.
    """
    known: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for one in sayable(plan, roster.unit):
        labels[one.word] = one.label
        for word in {one.word, one.label, *one.others}:
            known.setdefault(folded(word), set()).add(one.word)
    listed = {column.heading for column in roster.columns}
    found: dict[str, str] = {}
    for place, _ in county.unused:
        ways = [known.get(folded(way), set()) for way in county.layout.words[place]]
        words = next((one for one in ways if one), set())
        if len(words) == 1:
            (word,) = words
            heading = heading_for(word, labels[word], listed)
            found |= {heading: word} if heading else {}
    return found


def heading_for(word: str, label: str, listed: Collection[str]) -> str:
    """What a further column is called beside those there are: its label, else its name; empty when both are taken."""
    return next((one for one in (label, word) if one not in listed), "")
