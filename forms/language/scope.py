"""Which names a row of a table can see: its own, then its owners', then the household's, then the standards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forms.catalogue import Catalogue
from forms.language.tree import Climb, Rows
from forms.places import DataError, Place, did_you_mean
from forms.policy import Definition, Standard
from forms.schema import ROOT, CodeTable, Field, Option, Relation, Table

PROGRAMMES = "项目"
"""The built-in code table whose options are the catalogue's programmes."""
BUILTINS = ("取大", "取小", "如果", "四舍五入", "周岁", "满月数", "今日", "资格", "在享", "身份", "金额")


@dataclass(frozen=True, slots=True)
class Seen:
    """A name found, and how to reach the row it belongs to."""

    thing: Field | Definition | Standard
    climb: Climb


class Scope:
    """Looks names up for every table of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._here: dict[str, dict[str, Field | Definition]] = {}
        for (table, word), definition in catalogue.definitions.items():
            self._here.setdefault(table, {})[word] = definition
        for field in catalogue.fields.values():
            self._here.setdefault(field.table, {})[field.id] = field
        self.quantifiers = _quantifiers(catalogue)
        self._groups: dict[str, dict[str, frozenset[str]]] = {}

    def chain(self, table: str) -> tuple[str, ...]:
        """The table, its owner, … up to the household."""
        found = []
        while table and table != ROOT and table in self.catalogue.tables and table not in found:
            found.append(table)
            table = self.catalogue.tables[table].owner
        return (*found, ROOT)

    def climb(self, table: str, target: str) -> Climb:
        """How to step from a row of `table` out to its row of `target`, which must be in its chain."""
        if target == ROOT:
            return None
        chain = self.chain(table)
        return chain[: chain.index(target)]

    def find(self, table: str, word: str) -> Seen | None:
        """What `word` means at a row of `table`, nearest first."""
        for level in self.chain(table):
            thing = self._here.get(level, {}).get(word)
            if thing is not None:
                return Seen(thing, self.climb(table, level))
        standard = self.catalogue.standards.get(word)
        return Seen(standard, None) if standard is not None else None

    def unknown(self, table: str, word: str, place: Place) -> DataError:
        """The fault of a name nobody knows here: another level's, a call without brackets, or a slip of the pen."""
        level = next((level for level, words in self._here.items() if word in words), None)
        if level is not None:
            return self.wrong_level(table, level, word, place)
        if word in self.quantifiers or word in BUILTINS:
            return DataError(place, f"「{word}」后面缺括号", f"请写 {word}(…)")
        return DataError(place, f"没有这个名称「{word}」", did_you_mean(word, self._visible(table)))

    def wrong_level(self, table: str, level: str, word: str, place: Place) -> DataError:
        """The fault of speaking of many rows as if they were one."""
        measure = self.catalogue.tables[level].measure if level in self.catalogue.tables else ""
        advice = f"{table}项目里请写 任一{level}({word}…)、每{measure}{level}(…) 或 合计{level}(…)"
        return DataError(place, f"「{word}」是{level}项", advice)

    def rows(self, table: str, thing: Table | Relation, place: Place) -> Rows:
        """The rows that a quantifier over `thing` walks, from a row of `table`."""
        if isinstance(thing, Relation):
            return self._kin(table, thing, place)
        chain = self.chain(table)
        path: list[str] = []
        for level in self.chain(thing.id):
            if path and level in chain:
                return Rows(table=thing, climb=self.climb(table, level), path=tuple(reversed(path)))
            path.append(level)
        raise DataError(place, f"「{thing.id}」不能从{table}数起")  # pragma: no cover - every chain ends at the root

    def _kin(self, table: str, relation: Relation, place: Place) -> Rows:
        if relation.table not in self.chain(table):
            raise self.wrong_level(table, relation.table, relation.id, place)
        walked = self.catalogue.tables[relation.table]
        by = self.catalogue.field_of(relation.table, relation.by)
        if by is None:
            advice = did_you_mean(relation.by, self._here.get(relation.table, {}))
            raise DataError(
                relation.place, f"关系「{relation.id}」所按的「{relation.by}」不是{relation.table}的字段", advice
            )
        groups = {option.code: option.group for option in self.options(by.codes)}
        path = (relation.table,)
        climb = self.climb(table, relation.table)
        return Rows(table=walked, climb=climb, path=path, relation=relation, by=by, groups=groups)

    def options(self, codes: str) -> tuple[Option, ...]:
        """The options of a code table, the programmes for the built-in one."""
        table = self.catalogue.codes.get(codes)
        if table is not None:
            return table.options
        if codes == PROGRAMMES:
            return tuple(Option(one.id, one.name) for one in self.catalogue.programmes.values())
        return ()

    def codes_of(self, codes: str, word: str) -> frozenset[str]:
        """The codes a word stands for: one for a label or code, several for a group (类), none when unknown."""
        known = self.options(codes)
        for option in known:
            if word in (option.label, option.code):
                return frozenset({option.code})
        group = word.removesuffix("类")
        return frozenset(option.code for option in known if option.group and option.group in (word, group))

    def no_option(self, codes: str, word: str, place: Place) -> DataError:
        """The fault of a word that is not an option of the operand beside it."""
        labels = [option.label for option in self.options(codes)]
        shown = "、".join(labels[:8]) + ("…" if len(labels) > 8 else "")
        return DataError(place, f"没有这个选项「{word}」（{codes}只有：{shown}）", did_you_mean(word, labels))

    def callables(self) -> Iterable[str]:
        """Every word that may stand before a bracket."""
        return (*self.quantifiers, *BUILTINS)

    def code_table(self, codes: str) -> CodeTable | None:
        """The code table by id, or None."""
        return self.catalogue.codes.get(codes)

    def _visible(self, table: str) -> list[str]:
        words = [word for level in self.chain(table) for word in self._here.get(level, {})]
        return [*words, *self.catalogue.standards, "今日"]


def _quantifiers(catalogue: Catalogue) -> dict[str, tuple[str, Table | Relation]]:
    found: dict[str, tuple[str, Table | Relation]] = {}
    things: list[Table | Relation] = [table for table in catalogue.tables.values() if table.id != ROOT]
    for thing in [*things, *catalogue.relations.values()]:
        found[f"任一{thing.id}"] = ("任一", thing)
        found[f"每{thing.measure}{thing.id}"] = ("每", thing)
        found[f"{thing.id}数"] = ("数", thing)
        found[f"合计{thing.id}"] = ("合计", thing)
    return found
