"""Papers and their editions as the window lists them: published ones of all layers, and those of the draft. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ui.drawn_papers import name_of

if TYPE_CHECKING:
    from ui.policy.studio import Studio

IN_USE, COMING, OLDER, DRAFT = "在用", "待用", "旧版", "草稿"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a paper: id, label, name, first day in words, the layer it comes from, how it stands today.

    `before` is the edition it follows, as `ui.drawn_papers.edition_of` takes it; "" for the first.
    """

    id: str
    edition: str
    name: str
    since: str
    layer: str
    state: str
    before: str

    @property
    def full(self) -> str:
        """The edition by its full name."""
        return name_of(self.id, self.edition)


def editions_of(studio: Studio) -> list[Edition]:
    """Every edition known at this desk, papers by their ids, the newest edition of each first.

    Raises `UserCanFix` for a draft that cannot be read.
    """
    from clerk.authoring.drafts import drafts
    from clerk.authoring.papers import added_papers

    workspace = studio.workspace
    catalogue, today = workspace.catalogue, workspace.today
    used = catalogue.papers_on(today)
    added: dict[str, list[Edition]] = {}
    for draft in drafts(studio.home, workspace.layers()):
        for kept in added_papers(draft):
            made = Edition(kept.id, kept.edition, kept.name, kept.since, draft.about.name, DRAFT, "")
            added.setdefault(kept.id, []).append(made)
    found: list[Edition] = []
    for id_ in sorted({*catalogue.editions, *added}):
        lines = []
        for one in catalogue.editions.get(id_, ()):
            state = IN_USE if one is used.get(id_) else COMING if one.since and one.since > today else OLDER
            since = one.since.isoformat() if one.since else ""
            lines.append(Edition(id_, one.edition, one.name, since, one.layer, state, ""))
        found += _newest_first([*lines, *added.get(id_, ())])
    return found


def _newest_first(lines: list[Edition]) -> list[Edition]:
    before = ["", *(one.full for one in lines)]
    return [replace(one, before=last) for one, last in zip(lines, before, strict=False)][::-1]
