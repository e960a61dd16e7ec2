"""Drafts of an office's rules: the folder of a layer that is not in force yet, beside what was noted while editing it.

A draft begins as a copy of the newest version of its layer, or empty, and is written file by file, each whole or not at
all, so that a crash leaves everything kept so far. `draft.yaml` stands beside the tree and is never published.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clerk.atomic import atomic_write, sync_folder
from clerk.authoring.shapes import About, Home
from clerk.errors import UserCanFix
from clerk.pack_files import MARKER, refuse_part
from clerk.packs import Installed, installed, version_order
from clerk.settings import Office
from forms.canonical import Document, Tree, read, write
from forms.layers import LEVELS
from forms.loader import read_pack
from forms.places import DataError

_NOTES, _HALF, _GONE = "draft.yaml", ".new-", ".gone-"
_CORRECTIONS = "更正"


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft: its folder, the layer it edits, the version it was made from (empty: a new layer) and that one's folder."""

    folder: Path
    about: About
    base: str
    base_folder: Path | None

    @property
    def tree(self) -> Path:
        """The folder of the layer as it would be published, but for its version and its record of changes."""
        return self.folder / self.about.id


def own_layer(office: Office) -> About:
    """The office's own layer, laid over every other."""
    return About(f"office-{office.region}", office.name, LEVELS[-1], office.region)


def editable(layers: Sequence[Path], office: Office) -> tuple[About, ...]:
    """What the office may edit: its own layer first, then the layers present over the national one (their next version)."""
    found = {own_layer(office).id: own_layer(office)}
    for pack in map(read_pack, layers):
        if pack.level != LEVELS[0]:
            found.setdefault(pack.id, About(pack.id, pack.name, pack.level, pack.region))
    return tuple(found.values())


def start_draft(home: Home, about: About, layers: Sequence[Path] = ()) -> Draft:
    """The draft kept for a layer, or a new one from the newest version: that on the shelf, else the one among `layers`.

    Raises `UserCanFix` for a layer that cannot have a folder of its name, or is the national one.
    """
    refuse_part(about.id, "编号")
    if about.level == LEVELS[0]:
        raise UserCanFix("全国数据随程序发布，请在本单位的数据里改")
    folder = home.drafts / about.id
    if not (folder / _NOTES).is_file():
        _create(folder, about, _base(home, about, layers))
    return _opened(folder, home, layers)


def drafts(home: Home, layers: Sequence[Path] = ()) -> tuple[Draft, ...]:
    """Every draft kept, by the id of its layer."""
    return tuple(_opened(path.parent, home, layers) for path in sorted(home.drafts.glob(f"[!.]*/{_NOTES}")))


def discard(draft: Draft) -> None:
    """Forget a draft: it is out of the way at once, even when its files cannot all be removed yet."""
    gone = Path(tempfile.mkdtemp(prefix=_GONE, dir=draft.folder.parent))
    draft.folder.rename(gone / draft.folder.name)
    shutil.rmtree(gone, ignore_errors=True)


def corrections(draft: Draft) -> dict[tuple[str, str], str]:
    """Why values that had begun were changed: by standard and first day."""
    said = _notes(draft.folder).get(_CORRECTIONS) or []
    return {(one["标准"], one["自"]): one["理由"] for one in said}


def note_corrections(draft: Draft, standard: str, days: Sequence[str], why: str) -> None:
    """Keep why the values of a standard that begin on some days are corrected."""
    kept = corrections(draft) | {(standard, day): why for day in days}
    _keep_corrections(draft, kept)


def forget_corrections(draft: Draft, standard: str) -> None:
    """No value of the standard is corrected any more."""
    _keep_corrections(draft, {key: why for key, why in corrections(draft).items() if key[0] != standard})


def newest(home: Home, pack: str) -> Installed | None:
    """The newest version of a pack on the shelf."""
    same = [one for one in installed(home.packs) if one.id == pack] if home.packs.is_dir() else []
    return max(same, key=lambda one: version_order(one.version), default=None)


def _keep_corrections(draft: Draft, kept: dict[tuple[str, str], str]) -> None:
    tree = _notes(draft.folder)
    tree[_CORRECTIONS] = [{"标准": name, "自": day, "理由": why} for (name, day), why in sorted(kept.items())]
    atomic_write(draft.folder / _NOTES, write([Document(tree)]).encode())


def _base(home: Home, about: About, layers: Sequence[Path]) -> Path | None:
    found = newest(home, about.id)
    return found.folder if found else next((layer for layer in layers if read_pack(layer).id == about.id), None)


def _create(folder: Path, about: About, base: Path | None) -> None:
    """The draft takes its place last, so that a half-made one does not count."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in (*folder.parent.glob(f"{_HALF}*"), *folder.parent.glob(f"{_GONE}*")):
        shutil.rmtree(left, ignore_errors=True)
    half = Path(tempfile.mkdtemp(prefix=_HALF, dir=folder.parent))
    made = half / folder.name
    tree: Tree = {"编号": about.id, "名称": about.name, "层级": about.level, "区划": about.region}
    if base:
        shutil.copytree(base, made / about.id, ignore=shutil.ignore_patterns(".*"))
    else:
        (made / about.id).mkdir(parents=True, mode=0o700)
        atomic_write(made / about.id / MARKER, write([Document(dict(tree))]).encode())
    tree["依版"] = read_pack(base).version if base else ""
    atomic_write(made / _NOTES, write([Document(tree)]).encode())
    if folder.exists():
        raise UserCanFix(f"「{folder.name}」的草稿文件夹不完整，请先移走")
    made.rename(folder)
    sync_folder(folder.parent)
    half.rmdir()


def _opened(folder: Path, home: Home, layers: Sequence[Path]) -> Draft:
    said = _notes(folder)
    about = About(*(said.get(word) or "" for word in ("编号", "名称", "层级", "区划")))
    base = said.get("依版") or ""
    known = [one.folder for one in installed(home.packs) if (one.id, one.version) == (about.id, base)] if base else []
    known += [
        layer for layer in layers if base and read_pack(layer).id == about.id and read_pack(layer).version == base
    ]
    return Draft(folder, about, base, known[0] if known else None)


def _notes(folder: Path) -> Tree:
    try:
        (document,) = read((folder / _NOTES).read_text(encoding="utf-8"), _NOTES)
    except (OSError, ValueError, DataError) as fault:
        raise UserCanFix(f"草稿「{folder.name}」的登记已损坏，请放弃后重新修改") from fault
    return document.tree
