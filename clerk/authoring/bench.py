"""The workbench of a draft: its layer among the others, documents to edit, faults as they are typed, changes in words.

What is edited is always the document as it would be in force; the bench works out what its layer must write for that.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from clerk.atomic import atomic_write
from clerk.authoring.checking import check_kept, check_layers, check_past, check_words
from clerk.authoring.differences import differences
from clerk.authoring.drafts import Draft, corrections, forget_corrections, note_corrections
from clerk.authoring.layering import (
    YES,
    Piece,
    documents,
    laid,
    laid_over,
    overlay,
    pieces,
    replaces,
    without_marks,
)
from clerk.authoring.papers import paper_changes
from clerk.authoring.shapes import (
    FOLDER_OF,
    PROGRAMME,
    STANDARD,
    STOP,
    Axis,
    Fault,
    Listed,
    Ref,
    StandardShape,
    View,
)
from clerk.authoring.standards import corrected
from clerk.errors import UserCanFix
from clerk.pack_cases import CaseFault, Heard, run_cases
from clerk.packs import with_pack
from forms.canonical import Document, Tree, write
from forms.catalogue import Catalogue
from forms.changes import Changed
from forms.load_standards import axis
from forms.loader import WORKED, load, read_pack
from forms.places import DataError, DataErrors


def open_bench(draft: Draft, layers: Sequence[Path], on: date) -> Bench:
    """The bench of a draft among the layers in force (national first) on a day; takes as long as loading them twice.

    Raises `UserCanFix` when the layers in force cannot be read.
    """
    try:
        return Bench(draft, layers, on)
    except (DataError, DataErrors) as fault:
        first = fault.errors[0] if isinstance(fault, DataErrors) else fault
        raise UserCanFix(f"数据读不通：{first}") from fault


class Bench:
    """A draft being edited; keeps the views of all documents and the last catalogue that was whole."""

    def __init__(self, draft: Draft, layers: Sequence[Path], on: date) -> None:
        self.draft, self.on = draft, on
        self._layers = with_pack(layers, draft.tree)
        below = self._layers[: self._layers.index(draft.tree)]
        above = self._layers[len(below) + 1 :]
        base = (draft.base_folder,) if draft.base_folder else ()
        self._below = laid(below)
        self._before = laid(base, self._below)
        self._later = {piece.ref: read_pack(layer).name for layer in above for piece in pieces(layer)}
        self._present = load([*below, *base, *above])
        self._catalogue = self._present
        self._views: dict[Ref, View] = {}
        self._read()

    def listed(self) -> tuple[Listed, ...]:
        """Everything that can be edited, standards first."""
        return tuple(
            Listed(
                ref,
                str(view.tree.get("名称") or ref.id) if ref.kind == PROGRAMME else ref.id,
                view.origin(),
                self._changed(ref),
                view.stopped,
                self._later.get(ref, ""),
            )
            for ref, view in sorted(self._views.items(), key=lambda item: item[0].kind != STANDARD)
        )

    def document(self, ref: Ref) -> View:
        """A copy of one document, to be edited. Raises `UserCanFix` for an unknown one."""
        if ref not in self._views:
            raise UserCanFix(f"没有{ref}")
        return copy.deepcopy(self._views[ref])

    def before(self, ref: Ref) -> View | None:
        """A copy of one document as the newest published version has it; None for what the draft adds."""
        return copy.deepcopy(self._before.get(ref))

    def shape(self, ref: Ref) -> StandardShape:
        """How the values of a standard are written. Raises `UserCanFix` for an unknown one."""
        standard = self._catalogue.standards.get(ref.id)
        if standard is None:
            raise UserCanFix(f"没有{ref}")
        fields, tables = self._catalogue.fields.values(), self._catalogue.codes
        axes = []
        for name in standard.by:
            table = axis(name, fields, tables)
            words = (option.label for option in table.options if not option.retired) if table else ()
            axes.append(Axis(name, tuple(words)))
        return StandardShape(standard.kind, tables.get(standard.codes), tuple(axes), standard)

    def check(self, ref: Ref, tree: Tree) -> tuple[Fault, ...]:
        """Everything wrong with one document as typed; nothing is written."""
        return self._checked(ref, without_marks(tree))[0]

    def keep(self, ref: Ref, tree: Tree, *, why: str = "") -> tuple[Fault, ...]:
        """Write one document into the draft, faulty or not, and say what is wrong with it.

        `why` is the reason for changing values that have begun, kept with them. Raises `UserCanFix` for a stopped
        programme and when the disk refuses.
        """
        wanted, known = without_marks(tree), self._views.get(ref)
        if known and known.stopped:
            raise UserCanFix(f"{ref}已停用，请先恢复再改")
        before = self._before.get(ref)
        if why.strip() and before and ref.kind == STANDARD:
            note_corrections(self.draft, ref.id, corrected(before.tree, wanted, self.on), why.strip())
        piece = self._piece(ref)
        self._put(ref, piece, self._to_write(ref, piece, wanted))
        self._views[ref] = self._again(ref) or View(ref, wanted, {})
        faults, tried = self._checked(ref, wanted)
        self._catalogue = tried or self._catalogue
        return faults

    def stop(self, ref: Ref) -> None:
        """Take a programme out from the draft's first day on; one that only this layer has is removed from it."""
        if ref.kind != PROGRAMME or ref not in self._views:
            raise UserCanFix(f"{ref}不能停用")
        self._put(ref, self._piece(ref), {ref.kind: ref.id, STOP: YES} if ref in self._below else None)
        self._read()

    def revert(self, ref: Ref) -> None:
        """Forget what the draft changed in one document."""
        base = self.draft.base_folder
        was = next((piece for piece in pieces(base) if piece.ref == ref), None) if base else None
        self._put(ref, self._piece(ref) or was, was.tree if was else None)
        if ref.kind == STANDARD:
            forget_corrections(self.draft, ref.id)
        self._read()

    def check_all(self) -> tuple[Fault, ...]:
        """Everything wrong with the draft among all layers, as it would be published."""
        faults, tried = check_layers(self._layers, self.draft.tree, self._views)
        self._catalogue = tried or self._catalogue
        noted = corrections(self.draft)
        past = [
            fault
            for ref, view in self._views.items()
            for fault in check_past(self._before.get(ref), view.tree, self.on, self._noted(ref, noted))
        ]
        return (*faults, *past)

    def changes(self) -> tuple[Changed, ...]:
        """What the draft changes against the newest published version, in words."""
        said = differences(self._before, self._views, corrections(self.draft))
        return (*(one for _, one in said), *paper_changes(self.draft))

    def trial_layers(self) -> tuple[Path, ...]:
        """All layers with the draft among them, national first: what a rehearsal judges by."""
        return self._layers

    def cases(self, heard: Heard = lambda done: None) -> tuple[CaseFault, ...]:
        """The worked cases of all layers that do not come out with the draft; `heard` is told how many of a layer are done."""
        found = [run_cases(layer, self._layers, heard)[1] for layer in self._layers if (layer / WORKED).is_dir()]
        return tuple(fault for faults in found for fault in faults)

    def _read(self) -> None:
        """Read the draft's own files again."""
        self._views = laid((self.draft.tree,), self._below)
        if any(map(self._changed, self._views)) or self._before.keys() - self._views.keys():
            self._catalogue = check_layers(self._layers, self.draft.tree, self._views)[1] or self._present
        else:
            self._catalogue = self._present

    def _checked(self, ref: Ref, tree: Tree) -> tuple[tuple[Fault, ...], Catalogue | None]:
        faults, tried = check_words(ref, tree, read_pack(self.draft.tree).id, self._catalogue)
        past = check_past(self._before.get(ref), tree, self.on, self._noted(ref, corrections(self.draft)))
        return (*faults, *check_kept(self._kept_below(ref), ref, tree), *past), tried

    def _noted(self, ref: Ref, noted: dict[tuple[str, str], str]) -> set[str]:
        return {day for name, day in noted if ref == Ref(STANDARD, name)}

    def _kept_below(self, ref: Ref) -> View | None:
        """The earlier layers' programme that the draft lies over; None when it writes it whole."""
        earlier, piece = self._below.get(ref), self._piece(ref)
        whole = piece is not None and replaces(ref, piece.tree)
        return None if earlier is None or earlier.stopped or whole else earlier

    def _changed(self, ref: Ref) -> bool:
        was, now = self._before.get(ref), self._views[ref]
        return was is None or (was.tree, was.stopped) != (now.tree, now.stopped)

    def _piece(self, ref: Ref) -> Piece | None:
        return next((piece for piece in pieces(self.draft.tree) if piece.ref == ref), None)

    def _again(self, ref: Ref) -> View | None:
        piece, earlier = self._piece(ref), self._below.get(ref)
        return laid_over(earlier, piece, read_pack(self.draft.tree)) if piece else earlier

    def _to_write(self, ref: Ref, piece: Piece | None, wanted: Tree) -> Tree | None:
        """What the draft's layer must say so that a document becomes `wanted`; None when it need say nothing."""
        earlier = self._below.get(ref)
        if ref.kind == PROGRAMME and (kept := self._kept_below(ref)):
            return overlay(kept, wanted)
        same = earlier is not None and not earlier.stopped and earlier.tree == wanted
        return None if same and not self._in_base(ref) else wanted

    def _in_base(self, ref: Ref) -> bool:
        return bool(self.draft.base_folder) and self._before.get(ref) is not self._below.get(ref)

    def _put(self, ref: Ref, piece: Piece | None, tree: Tree | None) -> None:
        """Write, replace or remove one document of the draft, beside the others of its file."""
        if tree is None and piece is None:
            return
        origin = self._below[ref].origin().file if ref in self._below else f"{FOLDER_OF[ref.kind]}/added.yaml"
        file = piece.file if piece else origin
        path = self.draft.tree / file
        kept = list(documents(path, file)) if path.is_file() else []
        at = next((number for number, one in enumerate(kept) if one.tree.get(ref.kind) == ref.id), len(kept))
        notes = kept[at].notes if at < len(kept) else ()
        kept[at : at + 1] = [Document(tree, notes)] if tree is not None else []
        if not kept:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        atomic_write(path, write(kept).encode())
