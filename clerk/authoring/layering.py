"""The words of standards and programmes through the layers: laid over one another as written, and taken apart again.

The rules are the loader's: a later standard replaces the earlier one whole; a programme with 覆盖 replaces the keys it
gives and conditions by their 编号; with 停用 it is taken out.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clerk.authoring.shapes import ADDED, CONDITIONS, FOLDER_OF, KINDS, OVER, STANDARD, STOP, Origin, Ref, View
from forms.canonical import Document, Key, Tree, ordered, read
from forms.catalogue import Pack
from forms.loader import read_pack

YES = "是"
_PLACED = (OVER, STOP)
_SUFFIX, _CASES = ".yaml", ".cases.yaml"


@dataclass(frozen=True, slots=True)
class Piece:
    """One document of a layer: what it is about, its words, the file in the layer and its number there."""

    ref: Ref
    tree: Tree
    file: str
    number: int


def ref_of(tree: Tree) -> Ref | None:
    """What a document is about; None when it names no standard or programme."""
    return next((Ref(kind, tree[kind]) for kind in KINDS if isinstance(tree.get(kind), str)), None)


def pieces(layer: Path) -> list[Piece]:
    """Every standard and programme a layer writes. Raises `DataError` for a file that is no YAML."""
    found = []
    for folder in FOLDER_OF.values():
        for path in sorted((layer / folder).rglob(f"*{_SUFFIX}")):
            if path.name.endswith(_CASES) or path.name.startswith("."):
                continue
            name = path.relative_to(layer).as_posix()
            for number, document in enumerate(documents(path, f"{layer.name}/{name}")):
                ref = ref_of(document.tree)
                if ref:
                    found.append(Piece(ref, document.tree, name, number))
    return found


def documents(path: Path, name: str) -> tuple[Document, ...]:
    """The documents of a data file; `name` is how faults call it."""
    return read(path.read_text(encoding="utf-8-sig"), name)


def laid(layers: Iterable[Path], over: Mapping[Ref, View] | None = None) -> dict[Ref, View]:
    """Every standard and programme as some layers leave it, over those of earlier layers."""
    views = dict(over or {})
    for layer in layers:
        pack = read_pack(layer)
        for piece in pieces(layer):
            views[piece.ref] = laid_over(views.get(piece.ref), piece, pack)
    return views


def laid_over(earlier: View | None, piece: Piece, pack: Pack) -> View:
    """One document over what earlier layers left of it."""
    origin = Origin(pack.name, piece.file, pack.id)
    if earlier and piece.tree.get(STOP) == YES:
        return View(piece.ref, earlier.tree, dict(earlier.origins) | {(): origin}, stopped=True)
    tree = copy.deepcopy({key: value for key, value in piece.tree.items() if key not in _PLACED})
    if earlier and piece.tree.get(OVER) == YES:
        tree = {**copy.deepcopy(earlier.tree), **tree, CONDITIONS: _over(earlier.tree, tree)}
    return View(piece.ref, ordered(tree), _origins(earlier, ordered(tree), origin))


def overlay(earlier: View, wanted: Tree) -> Tree | None:
    """What a later layer must write so that a programme becomes `wanted`; None when nothing differs."""
    differs = {key: value for key, value in wanted.items() if earlier.tree.get(key) != value and key != CONDITIONS}
    gone: Tree = {
        key: [] if isinstance(value, list) else None for key, value in earlier.tree.items() if key not in wanted
    }
    gone.pop(CONDITIONS, None)
    known = _numbered(earlier.tree)
    conditions = []
    for number, item in _numbered(wanted).items():
        if number not in known:
            conditions.append({**item, ADDED: YES})
        elif item != known[number]:
            conditions.append(item)
    if not differs and not gone and not conditions:
        return None
    over = {earlier.ref.kind: earlier.ref.id, OVER: YES, **differs, **gone}
    return ordered(over | ({CONDITIONS: conditions} if conditions else {}))


def missing_conditions(earlier: View, wanted: Tree) -> list[str]:
    """The conditions of earlier layers that are no longer there: a later layer can change them, not remove them."""
    return [number for number in _numbered(earlier.tree) if number not in _numbered(wanted)]


def without_marks(tree: Tree) -> Tree:
    """A tree in canonical order as a view shows it: without the words that say how a file lies over another."""
    plain = {key: value for key, value in tree.items() if key not in _PLACED}
    if plain.get(CONDITIONS):
        plain[CONDITIONS] = [_plain(item) for item in plain[CONDITIONS]]
    return ordered(plain)


def _over(earlier: Tree, later: Tree) -> list[Any]:
    later_ones = {number: _plain(item) for number, item in _numbered(later).items()}
    return list((copy.deepcopy(_numbered(earlier)) | later_ones).values())


def _numbered(tree: Tree) -> dict[str, Tree]:
    """The conditions by their 编号; one that a half-typed draft left without, or with that of another, under its place."""
    found: dict[str, Tree] = {}
    for place, item in enumerate(item for item in tree.get(CONDITIONS) or [] if isinstance(item, dict)):
        number = item.get("编号") or ""
        found[number if number and number not in found else f"#{place}"] = item
    return found


def _plain(item: Any) -> Any:
    return {key: value for key, value in item.items() if key != ADDED} if isinstance(item, dict) else item


def _origins(earlier: View | None, tree: Tree, origin: Origin) -> dict[Key, Origin]:
    """Where each key and each list item comes from: what says the same as before keeps where it was said first."""
    if earlier is None:
        return {(): origin}
    found: dict[Key, Origin] = {(): origin}
    for key, value in tree.items():
        was = earlier.tree.get(key)
        found[key,] = earlier.origin((key,)) if was == value else origin
        if isinstance(value, list) and isinstance(was, list):
            for number, item in enumerate(value):
                if item in was:
                    found[key, number] = earlier.origin((key, was.index(item)))
                else:
                    found[key, number] = origin
    return found


def replaces(ref: Ref, tree: Tree) -> bool:
    """True for a document that stands by itself and does not lie over an earlier one."""
    return ref.kind == STANDARD or not any(tree.get(word) == YES for word in _PLACED)
