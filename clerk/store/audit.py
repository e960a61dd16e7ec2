"""The journal of events: append-only, each entry sealed to the one before, the head sealed by itself.

Triggers refuse changes through the program; the seals find changes made around it, at their number. The head's hash
goes onto printed rosters and into backups, so that a cut tail is noticed too.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from clerk.records import Event
from clerk.store.tables import event, event_head

_NOTHING = "0" * 64


@dataclass(frozen=True, slots=True)
class Chain:
    """What a check of the journal found; `broken_at` is the first entry that is not as it was written, `reason` why."""

    length: int
    head: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def whole(self) -> bool:
        """True when every entry and the head are as they were written."""
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class Said:
    """What happened, before it has a number: who did what to which case or household; `detail` holds plain words."""

    actor: str
    action: str
    subject: str
    detail: Mapping[str, str]


def append(connection: Connection, key: bytes, said: Said, at: datetime) -> Event:
    """Write one event at the end of the chain; the caller holds the write lock."""
    head = connection.execute(select(event_head.c.number, event_head.c.hash)).one_or_none()
    number, previous = (head.number + 1, head.hash) if head else (1, _NOTHING)
    values = {
        "number": number,
        "at": at.isoformat(timespec="milliseconds"),
        "actor": said.actor,
        "action": said.action,
        "subject": said.subject,
        "detail": json.dumps(dict(said.detail), ensure_ascii=False, sort_keys=True),
    }
    sealed = _hash(key, previous, *values.values())
    connection.execute(insert(event), {**values, "hash": sealed})
    moved = {"number": number, "hash": sealed, "seal": _seal(key, number, sealed)}
    connection.execute(update(event_head).values(moved) if head else insert(event_head).values(id=1, **moved))
    return Event(number, at, said.actor, said.action, said.subject, dict(said.detail), sealed)


def verify(connection: Connection, key: bytes) -> Chain:
    """Walk the whole chain and compare it with its head."""
    length, previous = 0, _NOTHING
    for row in connection.execute(select(event).order_by(event.c.number)).yield_per(1000):
        number, at, actor, action, subject, detail, sealed = row
        length += 1
        if number != length:
            return Chain(length - 1, previous, length, "记录缺失")
        if not hmac.compare_digest(sealed, _hash(key, previous, number, at, actor, action, subject, detail)):
            return Chain(length, previous, number, "记录被改动")
        previous = sealed
    head = connection.execute(select(event_head)).one_or_none()
    fault = _fault_of_head(key, head, length, previous)
    return Chain(length, previous, length + 1, fault) if fault else Chain(length, previous)


def events_of(connection: Connection, subject: str) -> list[Event]:
    """What happened to one case or household, oldest first."""
    rows = connection.execute(select(event).where(event.c.subject == subject).order_by(event.c.number))
    return [
        Event(row.number, datetime.fromisoformat(row.at), row.actor, row.action, row.subject, json.loads(row.detail), row.hash)
        for row in rows
    ]


def _fault_of_head(key: bytes, head: Row[tuple[object, ...]] | None, length: int, previous: str) -> str:
    if head is None:
        return "末尾封印缺失" if length else ""
    if (head.number, head.hash) != (length, previous):
        return "末尾记录缺失"
    return "" if hmac.compare_digest(head.seal, _seal(key, length, previous)) else "末尾封印被改动"


def _hash(key: bytes, previous: str, *fields: object) -> str:
    said = json.dumps([previous, *fields], ensure_ascii=False)
    return hmac.new(key, said.encode(), "sha256").hexdigest()


def _seal(key: bytes, number: int, sealed: str) -> str:
    return _hash(key, "head", number, sealed)
