"""Say what the loader finds wrong with edited documents at the part of the tree where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from clerk.authoring.layering import documents, missing_conditions, ref_of
from clerk.authoring.shapes import CONDITIONS, PROGRAMME, STANDARD, Fault, Ref, View, item_of
from clerk.authoring.standards import VALUES, corrected, same_day
from forms.canonical import Document, Key, Spot, Spots, Tree, write
from forms.catalogue import Catalogue
from forms.loader import load
from forms.places import DataError, DataErrors, Place
from forms.probe import probe

_NAME = "edited"
_HERE = re.compile(rf"{_NAME}:(\d+):(\d+)")


def check_words(ref: Ref, tree: Tree, layer: str, catalogue: Catalogue) -> tuple[tuple[Fault, ...], Catalogue | None]:
    """What the loader and the language say of one document, and the catalogue with it when they say nothing."""
    text = write([Document(tree)])
    errors, tried = probe(text, _NAME, layer, catalogue)
    spots = Spots(text, _NAME) if errors else None
    return tuple(_fault(error, ref, tree, spots) for error in errors if spots), tried


def check_past(before: View | None, tree: Tree, on: date, noted: Iterable[str]) -> Iterator[Fault]:
    """A standard's values that have begun and are changed without a reason noted."""
    if before is None or before.ref.kind != STANDARD:
        return
    for day in corrected(before.tree, tree, on):
        if day not in noted:
            values = tree.get(VALUES) or []
            place = next((number for number, one in enumerate(values) if same_day(one.get("自"), day)), None)
            key: Key = (VALUES,) if place is None else (VALUES, place)
            advice = "新的数额请另加一个有新日期的值；确需更正或追溯的，请写明理由"
            yield Fault(before.ref, key, 0, f"从{day}起的数额已经生效，不能不留记录就改", advice, day)


def check_kept(earlier: View | None, ref: Ref, tree: Tree) -> Iterator[Fault]:
    """A programme's conditions of earlier layers that a later layer would have to remove."""
    if earlier is None or ref.kind != PROGRAMME:
        return
    for number in missing_conditions(earlier, tree):
        message = f"条件「{number}」是{earlier.origin((CONDITIONS,)).layer}定的，不能删去"
        yield Fault(ref, (CONDITIONS,), 0, message, "可以改它的要求，或停用整个项目", number)


def check_layers(
    layers: Sequence[Path], edited: Path, views: Mapping[Ref, View]
) -> tuple[tuple[Fault, ...], Catalogue | None]:
    """What the loader says of all layers: faults of the edited layer at their documents, others by their place."""
    try:
        return (), load(layers)
    except DataErrors as faults:
        return tuple(_located(faults.errors, edited, views)), None


def _located(errors: Iterable[DataError], edited: Path, views: Mapping[Ref, View]) -> Iterator[Fault]:
    spots: dict[str, Spots] = {}
    for error in errors:
        file = error.place.file.removeprefix(f"{edited.name}/")
        path = edited / file
        if file == error.place.file or not path.is_file():
            yield _elsewhere(error, None)
            continue
        try:
            if file not in spots:
                spots[file] = Spots(path.read_text(encoding="utf-8-sig"), error.place.file)
            found = spots[file].at(error.place)
            document = documents(path, error.place.file)[found.document] if found else None
        except DataError:
            found = document = None
        ref = ref_of(document.tree) if document else None
        if not found or not document or ref is None or ref not in views:
            yield _elsewhere(error, None)
        else:
            yield _of_view(error, found, document.tree, views[ref])


def _of_view(error: DataError, found: Spot, tree: Tree, view: View) -> Fault:
    """The fault at its key in the view: an overlay's conditions stand elsewhere there."""
    key, item = found.key, item_of(tree, found.key)
    if item and key[0] == CONDITIONS:
        numbers = [one.get("编号") for one in view.tree.get(CONDITIONS) or []]
        key = (CONDITIONS, numbers.index(item), *key[2:]) if item in numbers else key
    return Fault(view.ref, key, found.column, error.message, error.advice, item)


def _fault(error: DataError, ref: Ref, tree: Tree, spots: Spots) -> Fault:
    if error.place.file != _NAME:
        return _elsewhere(error, ref)
    found = spots.at(error.place) or Spot(0, (), 0)
    words = [_HERE.sub(lambda place: _told(place, tree, spots), said) for said in (error.message, error.advice)]
    return Fault(ref, found.key, found.column, words[0], words[1], item_of(tree, found.key))


def _told(place: re.Match[str], tree: Tree, spots: Spots) -> str:
    """Another place of the same document, by the item or the key that stands there."""
    found = spots.at(Place(_NAME, int(place[1]), int(place[2])))
    key = found.key if found else ()
    return f"「{item_of(tree, key) or '、'.join(map(str, key)) or '开头'}」"


def _elsewhere(error: DataError, ref: Ref | None) -> Fault:
    return Fault(ref, (), 0, f"{error.place} {error.message}", error.advice)
