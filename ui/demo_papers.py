"""One sample of every paper of the catalogue, filled for the worked household that has most to say on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from forms.paper import Paper
from ui.commands import write_packet


def write_samples(out: Path, cases: Sequence[tuple[str, CaseFile]]) -> tuple[list[dict[str, Any]], list[str]]:
    """Write `<paper>.<household>.pdf` for every paper; what was written, and the papers none of the households needs."""
    made: list[dict[str, Any]] = []
    spared: list[str] = []
    catalogue = cases[0][1].catalogue
    for paper in sorted(catalogue.papers.values(), key=lambda paper: (paper.order, paper.id)):
        sample = _sample(paper, cases, out)
        if sample is None:
            spared.append(f"{paper.id} {paper.name}")
        else:
            made.append(sample)
    return made, spared


def _sample(paper: Paper, cases: Sequence[tuple[str, CaseFile]], out: Path) -> dict[str, Any] | None:
    """The paper for the first household that has it; those that applied for what it belongs to come first."""
    for stem, case in sorted(cases, key=lambda known: _closeness(paper, known[1]), reverse=True):
        try:
            return write_packet(case, out / f"{paper.id}.{stem}.pdf", {paper.id})
        except UserCanFix:
            continue  # this household has no use for it, or must not have it
    return None


def _closeness(paper: Paper, case: CaseFile) -> tuple[int, int]:
    """How many of the case's applications the paper belongs to, then how many there are at all."""
    known = case.catalogue.programmes
    asked = [known[one.programme] for one in case.record.applications if one.programme in known]
    own = sum(1 for programme in asked if programme.id in paper.programmes or paper.id in programme.papers)
    return own, len(asked)
