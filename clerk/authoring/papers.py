"""Papers in a draft: new editions beside the old ones, each in a file of its own; what is published is never edited."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clerk.atomic import atomic_write
from clerk.authoring.drafts import Draft
from clerk.authoring.layering import documents
from clerk.errors import UserCanFix
from forms.canonical import Document, Tree, read, write
from forms.changes import Changed
from forms.places import DataError

FOLDER = "papers"
_ID, _EDITION, _SINCE, _NAME = "文书", "版", "自", "名称"
_PLAIN = re.compile(r"[^0-9A-Za-z._-]+")
_MOST_NAMED = 40


@dataclass(frozen=True, slots=True)
class Kept:
    """One edition of a paper in a layer: its id, label, name, first day ("" : at once), its words, its file."""

    id: str
    edition: str
    name: str
    since: str
    tree: Tree
    file: str


def editions_in(layer: Path) -> tuple[Kept, ...]:
    """Every edition a layer writes. Raises `UserCanFix` for a file that is no YAML."""
    return tuple(_editions(layer))


def keep_paper(draft: Draft, text: str, beside: Mapping[str, bytes] | None = None) -> Path:
    """Put an edition into a draft as canonical text; one of the same label that is not published yet is replaced.

    `beside` are the files it lies over (底图) by name. Raises `UserCanFix` for an edition that is published, or when the
    disk refuses.
    """
    (document,) = read(text, FOLDER)
    id_, edition = (str(document.tree.get(word) or "") for word in (_ID, _EDITION))
    if draft.base_folder and any((one.id, one.edition) == (id_, edition) for one in editions_in(draft.base_folder)):
        raise UserCanFix(f"「{id_}」的 {edition} 版已经发布，用过的版不能改，请换一个版号")
    same = next((one for one in editions_in(draft.tree) if (one.id, one.edition) == (id_, edition)), None)
    folder = draft.tree / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = draft.tree / same.file if same else folder / _file_name(id_, edition)
    for name, data in (beside or {}).items():
        atomic_write(folder / name, data)
    atomic_write(path, write([document]).encode())
    return path


def drop_paper(draft: Draft, id_: str, edition: str) -> None:
    """Take an edition out of a draft again. Raises `UserCanFix` when the draft did not add it."""
    added = {(one.id, one.edition): one for one in added_papers(draft)}
    if (id_, edition) not in added:
        raise UserCanFix(f"草稿里没有新加的「{id_}」{edition} 版")
    (draft.tree / added[id_, edition].file).unlink(missing_ok=True)


def added_papers(draft: Draft) -> tuple[Kept, ...]:
    """The editions that the draft adds to what is published."""
    known = {(one.id, one.edition) for one in editions_in(draft.base_folder)} if draft.base_folder else set()
    return tuple(one for one in editions_in(draft.tree) if (one.id, one.edition) not in known)


def paper_changes(draft: Draft) -> tuple[Changed, ...]:
    """The editions a draft adds, in words."""
    return tuple(
        Changed(
            f"{_ID}「{one.id}」", "", f"{one.edition}版 {one.name}，{one.since + '起' if one.since else '发布后即用'}"
        )
        for one in added_papers(draft)
    )


def _editions(layer: Path) -> Iterator[Kept]:
    for path in sorted((layer / FOLDER).rglob("*.yaml")):
        file = path.relative_to(layer).as_posix()
        try:
            found: tuple[Document, ...] = documents(path, file)
        except (DataError, OSError, UnicodeDecodeError) as fault:
            raise UserCanFix(f"文书读不通：{fault}") from fault
        for document in found:
            id_, edition, name, since = (str(document.tree.get(word) or "") for word in (_ID, _EDITION, _NAME, _SINCE))
            yield Kept(id_, edition, name, since, document.tree, file)


def _file_name(id_: str, edition: str) -> str:
    """An ASCII name; what Chinese words leave out is told apart by a digest."""
    words = [_PLAIN.sub("", word)[:_MOST_NAMED] for word in (id_, edition)]
    if words != [id_, edition] or not all(words):
        words.append(hashlib.sha256(f"{id_}\0{edition}".encode()).hexdigest()[:8])
    return "-".join(filter(None, words)).lower() + ".yaml"
