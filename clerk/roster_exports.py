"""Which rosters went out, when, in which version, by whom: told to the journal with the file's fingerprint, no names."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from clerk.records import Event
from clerk.rosters import RosterTable

EXPORTED = "导出花名册"
"""The event of a workbook of rosters written."""
_SUBJECT = "花名册"


@dataclass(frozen=True, slots=True)
class Exported:
    """One workbook that was written: which rosters (ids) over which period, how many rows, the SHA-256 of the file."""

    at: datetime
    actor: str
    rosters: tuple[str, ...]
    period: str
    version: str
    rows: int
    digest: str


class Journal(Protocol):
    """Where it is told (`clerk.store.UnitOfWork`)."""

    def record(self, action: str, subject: str, *, actor: str, detail: Mapping[str, str] | None = None) -> object:
        """Write an event."""


class View(Protocol):
    """Where it is read (`clerk.store.View`)."""

    def events(self, subject: str) -> list[Event]:
        """What happened to a subject."""


def record_export(work: Journal, tables: Sequence[RosterTable], file: Path, actor: str) -> None:
    """Tell the journal that a workbook of these rosters was written."""
    detail = {
        "花名册": "、".join(table.id for table in tables),
        "期间": "、".join(dict.fromkeys(table.span.words for table in tables)),
        "版本": "、".join(dict.fromkeys(table.version for table in tables)),
        "行数": str(sum(len(table.rows) for table in tables)),
        "指纹": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    work.record(EXPORTED, _SUBJECT, actor=actor, detail=detail)


def exports(view: View) -> list[Exported]:
    """Every workbook that was written, newest first."""
    return [_exported(event) for event in reversed(view.events(_SUBJECT)) if event.action == EXPORTED]


def _exported(event: Event) -> Exported:
    said = event.detail
    ids = tuple(said["花名册"].split("、"))
    return Exported(event.at, event.actor, ids, said["期间"], said["版本"], int(said["行数"]), said["指纹"])
