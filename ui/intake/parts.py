"""How the single form falls into parts: one card per household section, one per list, in the catalogue's order.

Qt-free. A part is what Alt+number reaches. Sections of one list, and of the lists its rows own, are one part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.catalogue import Catalogue
from forms.schema import ROOT, Field, Section, Table

FEW = 14
"""A list with at most this many questions and no lists of its own is typed in line; a longer one gets a pane."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """A list as the form shows it: its sections, and the lists its rows own."""

    table: Table
    sections: tuple[Section, ...]
    children: tuple[ListPart, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every question of a row, in order."""
        return tuple(field for section in self.sections for field in section.fields)

    @property
    def wide(self) -> bool:
        """True when a row needs a pane of its own."""
        return bool(self.children) or len(self.fields) > FEW


@dataclass(frozen=True, slots=True)
class Part:
    """One card of the page: a household section, or a list."""

    id: str
    name: str
    hint: str
    sections: tuple[Section, ...]
    list: ListPart | None = None


def parts(catalogue: Catalogue) -> tuple[Part, ...]:
    """The cards of the form, top to bottom."""
    shown = sorted((section for section in catalogue.sections if not is_system(section)), key=lambda section: section.order)
    made: dict[str, Part] = {}
    for section in shown:
        root = _root(section.table, catalogue.tables)
        if root == ROOT:
            made[section.id] = Part(section.id, section.name, section.hint, (section,))
        elif root not in made:
            tree = _tree(catalogue.tables[root], shown, catalogue.tables)
            made[root] = Part(root, tree.table.name or root, section.hint, tree.sections, tree)
    return tuple(made.values())


def every_list(items: tuple[Part, ...]) -> Iterator[ListPart]:
    """Each list of the form, owners before the lists they own."""
    queue = [part.list for part in items if part.list]
    while queue:
        found = queue.pop(0)
        yield found
        queue.extend(found.children)


def is_system(section: Section) -> bool:
    """True for what the program itself fills in."""
    return section.system


def _root(table: str, tables: Mapping[str, Table]) -> str:
    while table != ROOT and table in tables and tables[table].owner:
        table = tables[table].owner
    return table


def _tree(table: Table, shown: list[Section], tables: Mapping[str, Table]) -> ListPart:
    sections = tuple(section for section in shown if section.table == table.id)
    owned = [one for one in tables.values() if one.owner == table.id and any(s.table == one.id for s in shown)]
    order = {one.id: min(section.order for section in shown if section.table == one.id) for one in owned}
    children = tuple(_tree(one, shown, tables) for one in sorted(owned, key=lambda one: order[one.id]))
    return ListPart(table, sections, children)
