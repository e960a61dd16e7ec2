"""The catalogue: all layers of data laid over one another, frozen and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forms.incoming import Incoming
from forms.keying import KeyingList
from forms.paper import Paper
from forms.policy import Compatibility, DayOff, Definition, Programme, Standard
from forms.roster import Roster, Version
from forms.schema import ChoiceTable, CodeTable, Field, Relation, Section, StatusTable, Table
from forms.succession import Death, Recasting


@dataclass(frozen=True, slots=True)
class Pack:
    """Who made a layer and for where; `digest` pins its bytes."""

    id: str
    name: str
    level: str
    version: str
    region: str
    digest: str
    demo: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything in force for one office: all layers, laid over one another and checked.

    `stopped` are programmes of an earlier layer that a later one does not run (停用): nobody qualifies for them. `papers`
    are the newest editions; `editions` are all of them by paper, those of earlier layers first, older ones first.
    """

    packs: tuple[Pack, ...]
    tables: Mapping[str, Table]
    relations: Mapping[str, Relation]
    status: StatusTable | None
    sections: tuple[Section, ...]
    fields: Mapping[str, Field]
    codes: Mapping[str, CodeTable]
    standards: Mapping[str, Standard]
    definitions: Mapping[tuple[str, str], Definition]
    programmes: Mapping[str, Programme]
    compatibilities: tuple[Compatibility, ...]
    days_off: Mapping[date, DayOff]
    calendar_years: frozenset[int]
    regions: Mapping[str, str]
    papers: Mapping[str, Paper]
    rosters: Mapping[str, Roster]
    stopped: frozenset[str] = frozenset()
    choices: ChoiceTable | None = None
    death: Death | None = None
    recasting: Recasting | None = None
    editions: Mapping[str, tuple[Paper, ...]] = field(default_factory=dict)
    incoming: Mapping[str, Incoming] = field(default_factory=dict)
    versions: Mapping[str, Version] = field(default_factory=dict)
    keyings: Mapping[str, KeyingList] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The hash of every layer's bytes: what a verdict and a printed paper record as their rule pack."""
        return "+".join(pack.digest for pack in self.packs)

    def field_of(self, table: str, name: str) -> Field | None:
        """The field `name` of `table`, or None."""
        return self.fields.get(f"{table}.{name}")

    def papers_on(self, on: date) -> Mapping[str, Paper]:
        """The edition of every paper that is in force on a day: the last that has begun (自), of the latest layer that has one.

        A paper of which no edition has begun yet is printed by the first that will: there is no other.
        """
        return {id_: _in_force(self.editions.get(id_, (paper,)), on) for id_, paper in self.papers.items()}

    def serving(self, id_: str) -> tuple[Paper, ...]:
        """The editions of a paper that are in force on some day; others are kept, and nothing prints them."""
        known = self.editions.get(id_, (self.papers[id_],))
        days = [date.min, *(paper.since or date.min for paper in known)]
        used = {id(_in_force(known, day)) for day in days}
        return tuple(paper for paper in known if id(paper) in used)


def _in_force(known: Sequence[Paper], on: date) -> Paper:
    """Of editions in the order in which they take each other's place, the last that has begun, else the first to begin."""
    latest = known[::-1]
    first = min(latest, key=lambda paper: paper.since or date.min)
    return next((paper for paper in latest if (paper.since or date.min) <= on), first)
