"""Every name that a rule may use, for somebody who writes one: what it is, nearest first."""

from __future__ import annotations

from collections.abc import Iterator

from forms.catalogue import Catalogue
from forms.language.scope import BUILTINS, Scope


def rule_names(catalogue: Catalogue, table: str) -> list[tuple[str, str]]:
    """Words with what they are, for a rule about a row of `table`: its own and its owners' names, standards, calls, then the
    names of other tables, which stand inside a call over their rows.
    """
    scope = Scope(catalogue)
    found: dict[str, str] = {}
    near = scope.chain(table)
    for level in near:
        _take(found, catalogue, level)
    for name, standard in catalogue.standards.items():
        found.setdefault(name, f"标准 {standard.kind.value}")
    for word in BUILTINS:
        found.setdefault(word, "函数")
    for word, (_, thing) in scope.quantifiers.items():
        found.setdefault(word, f"函数 {thing.id}")
    for programme in catalogue.programmes.values():
        found.setdefault(programme.id, "项目，写在 资格() 里")
    for level in catalogue.tables:
        if level not in near:
            _take(found, catalogue, level)
    return list(found.items())


def _take(found: dict[str, str], catalogue: Catalogue, level: str) -> None:
    for word, what in _of(catalogue, level):
        found.setdefault(word, what)


def _of(catalogue: Catalogue, level: str) -> Iterator[tuple[str, str]]:
    for table, word in catalogue.definitions:
        if table == level:
            yield word, f"{level} 定义"
    for field in catalogue.fields.values():
        if field.table == level:
            yield field.id, f"{level} {field.kind.value}"
