"""The cases of the last days, for a search line that is still empty. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from clerk.crosschecks import applicant_row
from clerk.landmarks import landmarks, words_of

if TYPE_CHECKING:
    from clerk.store import View
    from ui.workspace import Workspace

RECENT_DAYS = 7
MOST = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A person as the list shows them, with the cases of the household."""

    name: str
    id_no: str
    phone: str
    cases: tuple[str, ...]


def recent(view: View, workspace: Workspace) -> list[Found]:
    """The applicants of the last days, latest first."""
    marks = landmarks(workspace.catalogue)
    since = workspace.today - timedelta(days=RECENT_DAYS - 1)
    found = []
    for record in view.cases(since, workspace.today, workspace.catalogue):
        row = applicant_row(record.household, workspace.catalogue) or ""
        said = [words_of(record.household, field, row) for field in (marks.name, marks.identity, marks.phone)]
        found.append(Found(said[0], said[1], said[2], (record.case_number,)))
    return found[::-1][:MOST]
