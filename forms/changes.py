"""What was changed in a layer from version to version, by whom, and who confirmed it: its changes.yaml, newest last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forms.canonical import Document, Tree, write
from forms.literals import read_date
from forms.reading import Entry, read_documents

CHANGES = "changes.yaml"


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing changed: where, what it said before (empty: new), what it says now (empty: gone), why when it had begun."""

    where: str
    before: str
    after: str
    why: str = ""

    def __str__(self) -> str:
        said = f"{self.before} → {self.after}" if self.before and self.after else ""
        said = said or (f"新增 {self.after}" if self.after else f"删去 {self.before}")
        return f"{self.where}：{said}" + (f"（理由：{self.why}）" if self.why else "")


@dataclass(frozen=True, slots=True)
class Release:
    """One version as published: `accepted` are worked cases that no longer come out as written, each with why."""

    version: str
    on: date
    effective: date
    author: str
    second: str
    reason: str
    changes: tuple[Changed, ...]
    accepted: tuple[tuple[str, str], ...] = ()


def read_changes(layer: Path) -> tuple[Release, ...]:
    """The releases of a layer in their order; none when it has no such file. Raises `DataError` at the place."""
    path = layer / CHANGES
    if not path.is_file():
        return ()
    return tuple(_release(entry) for entry in read_documents(path, f"{layer.name}/{CHANGES}"))


def changes_text(releases: Iterable[Release]) -> str:
    """The file of some releases."""
    return write(Document(_tree(release)) for release in releases)


def _release(entry: Entry) -> Release:
    changes, accepted = [], []
    for item in entry.entries("改动"):
        changes.append(Changed(item.need("何处").text, item.text("原"), item.text("现"), item.text("理由")))
        item.close()
    for item in entry.entries("案例"):
        accepted.append((item.need("案例").text, item.need("理由").text))
        item.close()
    release = Release(
        entry.need("版本").text,
        read_date(entry.need("日期")),
        read_date(entry.need("生效")),
        entry.need("修改").text,
        entry.need("复核").text,
        entry.text("事由"),
        tuple(changes),
        tuple(accepted),
    )
    entry.close()
    return release


def _tree(release: Release) -> Tree:
    said = [{"何处": one.where, "原": one.before, "现": one.after, "理由": one.why} for one in release.changes]
    tree: Tree = {
        "版本": release.version,
        "日期": release.on.isoformat(),
        "生效": release.effective.isoformat(),
        "修改": release.author,
        "复核": release.second,
        "事由": release.reason,
        "改动": [{key: words for key, words in one.items() if words} for one in said],
    }
    cases = [{"案例": case, "理由": why} for case, why in release.accepted]
    return tree | ({"案例": cases} if cases else {})
