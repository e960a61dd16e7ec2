"""The catalogue: all layers of data laid over one another, frozen and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from forms.paper import Paper
from forms.policy import Compatibility, DayOff, Definition, Programme, Standard
from forms.roster import Roster
from forms.schema import ChoiceTable, CodeTable, Field, Relation, Section, StatusTable, Table


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

    `stopped` are programmes of an earlier layer that a later one does not run (停用): nobody qualifies for them.
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

    @property
    def digest(self) -> str:
        """The hash of every layer's bytes: what a verdict and a printed paper record as their rule pack."""
        return "+".join(pack.digest for pack in self.packs)

    def field_of(self, table: str, name: str) -> Field | None:
        """The field `name` of `table`, or None."""
        return self.fields.get(f"{table}.{name}")
