"""Drafts: every edit of an unfinished form, append-only, durable before the tick on screen says so.

`put` only queues, so the window never waits. One writer thread takes everything queued into one transaction and then
reports it saved; on a slow disk edits gather while one sync runs. When the disk refuses, nothing is forgotten: the
edits stay queued, the failure is reported, and the writer tries again.
"""

from __future__ import annotations

import logging
import queue
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import SQLAlchemyError

from clerk.entry import Entry
from clerk.errors import UserCanFix
from clerk.store.tables import draft, draft_edit

if TYPE_CHECKING:
    from clerk.store.store import Store

_RETRY_SECONDS = 1.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Saved:
    """Everything up to `ticket` is on the disk since `at`."""

    ticket: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished form; `edited` is the time of its last edit, `discarded` is set while it waits in the bin."""

    id: str
    title: str
    started: datetime
    edited: datetime
    edits: int
    discarded: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """One queued change of a draft: the entries of one act, or a new title, or into and out of the bin."""

    ticket: int
    at: str
    draft: str
    entries: tuple[Entry, ...] = ()
    title: str | None = None
    discarded: bool | None = None


class DraftJournal:
    """The writer of drafts; keep one per window. `saved` and `failed` are called in the writer's thread."""

    def __init__(
        self,
        store: Store,
        saved: Callable[[Saved], None] = lambda _: None,
        failed: Callable[[UserCanFix], None] = lambda _: None,
    ) -> None:
        self._store, self._saved, self._failed = store, saved, failed
        self._queue: queue.SimpleQueue[_Step | None] = queue.SimpleQueue()
        self._lock = threading.Condition()
        self._put = self._done = 0
        self._closing = threading.Event()
        self._trouble: UserCanFix | None = None
        self._writer = threading.Thread(target=self._run, name="draft-journal", daemon=True)
        self._writer.start()

    def start(self, title: str = "") -> str:
        """A new draft's id; it is listed from its first edit on."""
        name = uuid.uuid4().hex
        self._queue_step(name, title=_storable(title))
        return name

    def put(self, draft_id: str, *entries: Entry) -> int:
        """Queue the entries of one act, kept together, and return at once; the ticket is what `saved` will report."""
        return self._queue_step(draft_id, tuple(Entry(*map(_storable, entry)) for entry in entries))

    def name(self, draft_id: str, title: str) -> int:
        """Give the draft the words it is listed under."""
        return self._queue_step(draft_id, title=_storable(title))

    def discard(self, draft_id: str) -> int:
        """Put the draft into the bin; `restore` takes it out again, with every edit."""
        return self._queue_step(draft_id, discarded=True)

    def restore(self, draft_id: str) -> int:
        """Take the draft out of the bin."""
        return self._queue_step(draft_id, discarded=False)

    def flush(self, seconds: float = 30) -> None:
        """Wait until everything put so far is on the disk; UserCanFix when it does not get there in time."""
        with self._lock:
            wanted = self._put
            self._lock.wait_for(lambda: self._done >= wanted or not self._writer.is_alive(), seconds)
            if self._done < wanted:
                raise self._trouble or UserCanFix("草稿还没有保存到磁盘，请稍等再试")

    def close(self) -> None:
        """Save what is queued and stop; UserCanFix when the disk still refuses."""
        with self._lock:
            self._closing.set()
            self._queue.put(None)
        self._writer.join()
        if self._done < self._put:
            raise self._trouble or UserCanFix("草稿没有全部保存到磁盘")

    def _queue_step(
        self, draft_id: str, entries: tuple[Entry, ...] = (), *, title: str | None = None, discarded: bool | None = None
    ) -> int:
        at = _moment(self._store.now())
        with self._lock:
            if self._closing.is_set():
                raise RuntimeError("the draft journal is closed")
            self._put += 1
            self._queue.put(_Step(self._put, at, draft_id, entries, title, discarded))
            return self._put

    def _run(self) -> None:
        batch: list[_Step] = []
        while self._take(batch):
            closing = self._closing.is_set()
            try:
                with self._store.work() as work:
                    write_steps(work.connection, batch)
            except (UserCanFix, SQLAlchemyError) as error:
                self._report(error)
                if closing:
                    return
                self._closing.wait(_RETRY_SECONDS)
            else:
                self._acknowledge(batch[-1].ticket)
                batch.clear()

    def _take(self, batch: list[_Step]) -> bool:
        """Add everything queued to the batch, waiting when there is nothing to do; False when it is time to stop."""
        wait = not batch and not self._closing.is_set()
        while wait or not self._queue.empty():
            wait = False
            step = self._queue.get()
            if step is not None:
                batch.append(step)
        return bool(batch)

    def _acknowledge(self, ticket: int) -> None:
        with self._lock:
            self._done, self._trouble = ticket, None
            self._lock.notify_all()
        self._tell(lambda: self._saved(Saved(ticket, self._store.now())))

    def _report(self, error: Exception) -> None:
        trouble = error if isinstance(error, UserCanFix) else UserCanFix("草稿暂时未能保存，程序会继续重试")
        with self._lock:
            self._trouble = trouble
        self._tell(lambda: self._failed(trouble))

    def _tell(self, act: Callable[[], None]) -> None:
        """A listener that fails (its window is gone, say) must not stop the writer."""
        try:
            act()
        except Exception:  # noqa: BLE001 - logged whole; the writer must go on
            _log.exception("a listener of the draft journal failed")


def write_steps(connection: Connection, steps: Sequence[_Step]) -> None:
    """Write queued changes in the open transaction; edits keep the order they were put in."""
    made = upsert(draft).on_conflict_do_nothing()
    first = {step.draft: step.at for step in reversed(steps)}
    connection.execute(made, [{"id": name, "title": "", "started": at} for name, at in first.items()])
    edits = [
        {"draft": step.draft, "at": step.at, **entry._asdict()}
        for step in steps
        for entry in step.entries
    ]
    if edits:
        connection.execute(insert(draft_edit), edits)
    for step in steps:
        if step.title is not None:
            connection.execute(update(draft).where(draft.c.id == step.draft).values(title=step.title))
        if step.discarded is not None:
            away = step.at if step.discarded else None
            connection.execute(update(draft).where(draft.c.id == step.draft).values(discarded=away))


def list_drafts(connection: Connection, *, discarded: bool = False) -> list[Draft]:
    """Drafts with at least one edit, last edited first; those in the bin when `discarded`."""
    edits = func.count(draft_edit.c.id)
    rows = connection.execute(
        select(draft, edits.label("edits"), func.max(draft_edit.c.at).label("edited"))
        .join_from(draft, draft_edit)
        .where(draft.c.discarded.is_not(None) if discarded else draft.c.discarded.is_(None))
        .group_by(draft.c.id)
        .order_by(func.max(draft_edit.c.id).desc())
    )
    return [
        Draft(row.id, row.title, _read(row.started), _read(row.edited), row.edits, row.discarded is not None) for row in rows
    ]


def entries_of(connection: Connection, draft_id: str) -> list[Entry]:
    """Every edit of a draft in order; replaying them gives the form as it was left."""
    columns = (draft_edit.c.table, draft_edit.c.row, draft_edit.c.field, draft_edit.c.text)
    rows = connection.execute(select(*columns).where(draft_edit.c.draft == draft_id).order_by(draft_edit.c.id))
    return [Entry(*row) for row in rows]


def finish_draft(connection: Connection, draft_id: str, case_number: str) -> None:
    """The form was filed: its edits are in the household now; flush the journal before."""
    connection.execute(delete(draft_edit).where(draft_edit.c.draft == draft_id))
    connection.execute(update(draft).where(draft.c.id == draft_id).values(case_file=case_number))


def _storable(text: str) -> str:
    """Half a surrogate pair, which a broken input method can send, is not text and would stop the whole batch."""
    return text.encode("utf-8", "replace").decode()


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)
