"""What the window and `clerk paper` both do with editions of papers: read, import, proof, compare, export. Qt-free.

The jobs are for the helper process; they see the drafts of this desk, so that an edition can be looked at before it is
published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ui.jobs import Source
from ui.paper_jobs import Shown

if TYPE_CHECKING:
    from forms.language.plan import Plan
    from forms.paper import Paper
    from printing.drawn.compiling import Wish
    from printing.drawn.importing import Import
    from printing.drawn.problems import Problem
    from printing.values import Values
    from ui.workspace import Where

_AT = "@"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn file, and what is asked of its import beside it ("" and None: as the file says)."""

    file: Path
    id: str = ""
    edition: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import found: which paper and edition, from when in words, its canonical text ("" while something keeps it out), problems.

    `changes` say in words what differs from the edition it follows.
    """

    id: str
    edition: str
    name: str
    since: str
    text: str
    problems: tuple[Problem, ...]
    pages: int
    boxes: int
    changes: tuple[str, ...]


def plan_with_drafts(where: Where, layers: Sequence[Path], on: date) -> Plan:
    """The rules of a day with the drafts of this desk laid in."""
    from clerk.authoring.drafts import drafts
    from clerk.authoring.shapes import Home
    from clerk.packs import with_pack
    from forms.language.plan import compile_catalogue
    from forms.loader import load

    laid = tuple(layers)
    for draft in drafts(Home(where.policy), laid):
        laid = with_pack(laid, draft.tree)
    return compile_catalogue(load(laid), on)


def edition_of(name: str, plan: Plan) -> Paper:
    """A paper by `ID` (the edition in force) or `ID@版`. Raises `UserCanFix` naming what there is."""
    from clerk.errors import UserCanFix
    from forms.reading import did_you_mean

    id_, _, label = name.partition(_AT)
    known = plan.catalogue.editions.get(id_)
    if not known:
        raise UserCanFix(f"没有文书「{id_}」{did_you_mean(id_, plan.catalogue.papers)}")
    if not label:
        return plan.catalogue.papers_on(plan.on)[id_]
    found = next((one for one in reversed(known) if one.edition == label), None)
    if found is None:
        raise UserCanFix(f"「{id_}」没有 {label} 版，现有：{'、'.join(one.edition for one in known)}")
    return found


def name_of(id_: str, edition: str) -> str:
    """One edition as `edition_of` takes it."""
    return f"{id_}{_AT}{edition}"


def read_drawing(path: Path) -> bytes:
    """The bytes of a file. Raises `UserCanFix` where it cannot be read."""
    from clerk.errors import UserCanFix

    try:
        return path.read_bytes()
    except OSError as fault:
        raise UserCanFix(f"读不了「{path}」，请核对路径") from fault


def proof_pdf(paper: Paper, values: Values) -> bytes:
    """The proof of an edition: every box drawn with its name."""
    from printing.draw import draw
    from printing.proof import proof

    return draw(proof(paper, values), f"{paper.id} 校样")


def import_drawing(source: Source, drawing: Drawing) -> Imported:
    """Read and check a drawn paper. Raises `UserCanFix` for a file that is no drawing, or does not say what it is."""
    from printing.drawn.blank import nobody
    from printing.drawn.comparing import compare

    plan = plan_with_drafts(source.where, source.layers, source.today)
    values = nobody(plan)
    found = _imported(drawing, plan, values)
    changes = compare(found.older, found.paper, values) if found.older and found.paper else ()
    id_, edition, name = (found.paper.id, found.paper.edition, found.paper.name) if found.paper else ("", "", "")
    since = f"{found.paper.since.isoformat()}起用" if found.paper and found.paper.since else "发布后即用"
    text = found.text if found.paper else ""
    return Imported(id_, edition, name, since, text, found.problems, found.pages, found.boxes, changes)


def proof_drawing(source: Source, drawing: Drawing) -> tuple[Shown, ...]:
    """The proof of a drawn paper that is not in a draft yet. Raises `UserCanFix` while something keeps it out."""
    from clerk.errors import UserCanFix
    from printing.drawn.blank import nobody

    plan = plan_with_drafts(source.where, source.layers, source.today)
    values = nobody(plan)
    found = _imported(drawing, plan, values)
    if found.paper is None:
        raise UserCanFix("还有不能用的地方，改好后再看校样")
    return (Shown(f"{found.paper.name}（校样）", "", "", proof_pdf(found.paper, values)),)


def proof_edition(source: Source, name: str) -> tuple[Shown, ...]:
    """The proof of an edition, published or in a draft."""
    from printing.drawn.blank import nobody

    plan = plan_with_drafts(source.where, source.layers, source.today)
    one = edition_of(name, plan)
    return (Shown(f"{one.name}（校样）", "", "", proof_pdf(one, nobody(plan))),)


def compare_editions(source: Source, older: str, newer: str) -> tuple[str, ...]:
    """What differs between two editions, in words; nothing when they are the same."""
    from printing.drawn.blank import nobody
    from printing.drawn.comparing import compare

    plan = plan_with_drafts(source.where, source.layers, source.today)
    return compare(edition_of(older, plan), edition_of(newer, plan), nobody(plan))


def export_drawing(source: Source, name: str, folder: Path) -> Path:
    """Write an edition into a folder as a drawing for Excel; where it is. Raises `UserCanFix` where that cannot be."""
    from clerk.atomic import atomic_write
    from printing.drawn.exporting import export_paper

    one = edition_of(name, plan_with_drafts(source.where, source.layers, source.today))
    target = folder / f"{one.id}-{one.edition}.xlsx"
    atomic_write(target, export_paper(one), mode=0o644)
    return target


def _imported(drawing: Drawing, plan: Plan, values: Values) -> Import:
    from printing.drawn.importing import import_sheet

    return import_sheet(read_drawing(drawing.file), drawing.file.name, _wish(drawing), plan, values)


def _wish(drawing: Drawing) -> Wish:
    from printing.drawn.compiling import Wish

    return Wish(drawing.id, drawing.edition, drawing.since)
