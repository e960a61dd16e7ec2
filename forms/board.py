"""The drawing board: what the readers of data files fill while the layers are laid over one another.

Only the loader and its readers see it; what leaves is the frozen `Catalogue`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from forms.catalogue import Pack
from forms.incoming import Incoming
from forms.keying import KeyingList
from forms.paper import Paper
from forms.policy import Compatibility, DayOff, Definition, Programme, Standard
from forms.reading import DataError, DataErrors, Located, Place
from forms.roster import Column, Roster, Signer, Version
from forms.schema import ChoiceTable, CodeTable, Relation, Section, StatusTable, Table
from forms.succession import Death, Recasting


@dataclass(slots=True)
class Board:
    """All shapes read so far by id, the faults found, and where each id of each layer was first written.

    `lost` is set once something that rules may use was refused: those rules are then not worth checking. `unread` is
    set once a whole file could not be read: then not even names are. `written` are papers of any edition; `beside` is
    the folder of the file being read.
    """

    layer: str = ""
    beside: Path | None = None
    packs: list[Pack] = field(default_factory=list)
    errors: list[DataError] = field(default_factory=list)
    lost: bool = False
    unread: bool = False
    tables: dict[str, Table] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    status: StatusTable | None = None
    choices: ChoiceTable | None = None
    death: Death | None = None
    recasting: Recasting | None = None
    sections: dict[str, Section] = field(default_factory=dict)
    codes: dict[str, CodeTable] = field(default_factory=dict)
    standards: dict[str, Standard] = field(default_factory=dict)
    definitions: dict[tuple[str, str], Definition] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    stopped: dict[str, Programme] = field(default_factory=dict)
    compatibilities: dict[frozenset[str], Compatibility] = field(default_factory=dict)
    days_off: dict[date, DayOff] = field(default_factory=dict)
    calendar_years: set[int] = field(default_factory=set)
    regions: dict[str, str] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    editions: dict[str, list[Paper]] = field(default_factory=dict)
    rosters: dict[str, Roster] = field(default_factory=dict)
    incoming: dict[str, Incoming] = field(default_factory=dict)
    keyings: dict[str, KeyingList] = field(default_factory=dict)
    versions: dict[str, Version] = field(default_factory=dict)
    blocks: dict[str, tuple[Column, ...]] = field(default_factory=dict)
    signings: dict[str, tuple[Signer, ...]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    groups: list[tuple[str, str, Located]] = field(default_factory=list)
    words: list[tuple[str, str, Located]] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    _claims: dict[tuple[str, str, str, str], Place] = field(default_factory=dict)

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Keep a fault and go on reading after the block, so that all faults are found in one reading."""
        try:
            yield
        except DataError as error:
            self.errors.append(error)
            self.lost = True
        except DataErrors as error:
            self.errors.extend(error.errors)
            self.lost = True

    def claim(self, kind: str, found: Located, scope: str = "") -> None:
        """Take an id of `kind` for this layer; the second taker in one layer is a fault that names the first."""
        first = self._claims.setdefault((kind, self.layer, scope, found.text), found.place)
        if first != found.place:
            raise found.fail(f"{kind}「{found.text}」写了两次", f"另一处在 {first}，请删去一处")

    def claimed(self, kind: str, name: str, scope: str = "") -> bool:
        """True when some layer writes that id, even if it could not be read to its end."""
        return any((kind, pack.id, scope, name) in self._claims for pack in self.packs)

    def point(self, kind: str, found: Located, table: str = "") -> str:
        """Note that `found` names something of `kind` (表, 字段 of `table`, 项目, 文书, 名称), to be looked up in the end."""
        self.references.append(Reference(kind, found, table))
        return found.text


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that must turn out to exist."""

    kind: str
    found: Located
    table: str = ""
