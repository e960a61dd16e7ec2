"""Open a store, and do one use case in it: everything of a unit of work is kept together or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError

from clerk.entry import Entry
from clerk.errors import UserCanFix
from clerk.household import Household
from clerk.plain import to_plain
from clerk.records import (
    Application,
    Batch,
    CaseRecord,
    ClosedBook,
    Entered,
    Event,
    Hit,
    HouseholdKeys,
    IssuedPaper,
    Kept,
)
from clerk.store import audit, books, bulk, cases, drafts, exchange, households, issued, migrate, screening, search
from clerk.store.drafts import Draft
from clerk.store.engine import UNREADABLE, make_engine
from clerk.store.keys import Keys, open_keys
from clerk.store.tables import case_file, counter, setting
from forms.catalogue import Catalogue

DATABASE = "clerk.db"
_REFUSALS = {
    "locked": "另一个窗口正在保存，请稍候再试一次",
    "full": "磁盘空间不足，这一次没有保存，请腾出空间后再试",
    "readonly": "数据库文件是只读的，无法保存",
    "disk I/O error": "磁盘读写出错，这一次没有保存，请检查磁盘",
    **UNREADABLE,
}


def open_store(folder: Path, *, create: bool = True, now: Callable[[], datetime] | None = None) -> Store:
    """The store in `folder` (encrypted file and key), its tables brought up to date; made when `create` and absent.

    Give it a folder of its own: one that others may read is refused, never tightened. `now` tells the time of events and
    edits (default: this machine's clock). UserCanFix when there is no store, the key
    is missing or does not fit, others may read it, or a newer program wrote it.
    """
    path = folder / DATABASE
    if not create and not path.is_file():
        raise UserCanFix(f"「{folder}」里没有数据库")
    keys = open_keys(folder, create=create and not path.exists())
    if create:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = make_engine(path, keys.database)
    try:
        with _said_plainly():
            migrate.ensure_current(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return Store(folder, engine, keys, now or _this_machine)


class View:
    """What can be read in one consistent snapshot."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def household(self, household_id: str, catalogue: Catalogue) -> tuple[Kept, Household] | None:
        """The household as last kept, with the mark to give back when revising it."""
        return households.read_household(self.connection, household_id, catalogue)

    def households(self, catalogue: Catalogue) -> Iterator[tuple[Kept, Household]]:
        """Every household as last kept, oldest first; take them while the view is open."""
        return households.read_households(self.connection, catalogue)

    def case(self, case_number: str, catalogue: Catalogue) -> CaseRecord | None:
        """One case with the household as it was filed."""
        return next(cases.read_cases(self.connection, case_file.c.number == case_number, catalogue), None)

    def cases(self, since: date, until: date, catalogue: Catalogue) -> Iterator[CaseRecord]:
        """Cases accepted from one day to another, both included, by day and number; take them while the view is open."""
        within = case_file.c.accepted.between(since.isoformat(), until.isoformat())
        return cases.read_cases(self.connection, within, catalogue)

    def cases_of(self, household_id: str, catalogue: Catalogue) -> list[CaseRecord]:
        """Every case of one household, each with the household as it was filed, oldest first."""
        return list(cases.read_cases(self.connection, case_file.c.household == household_id, catalogue))

    def leaving(self, since: date, until: date, catalogue: Catalogue) -> Iterator[CaseRecord]:
        """Cases of which an application is no longer paid from a month that begins between two days, both included."""
        return cases.read_cases(self.connection, cases.stopped(since, until), catalogue)

    def find(self, text: str, limit: int = 50) -> list[Hit]:
        """People by name, pinyin, initials, ID, its end, phone or case number; best first."""
        return search.find(self.connection, text, limit)

    def packed(self, size: int) -> Iterator[list[tuple[str, bytes | None]]]:
        """Every household's id and packed record, `size` at a time; take them while the view is open."""
        return screening.packed_records(self.connection, size)

    def applied(self, households: Sequence[str]) -> set[tuple[str, str, str]]:
        """Every (household, programme, subject row) of these households that was ever applied for."""
        return screening.applied(self.connection, households)

    def running(self, households: Sequence[str]) -> list[screening.Running]:
        """Every application of these households: household, programme, subject row, status, the day it counts from."""
        return screening.running(self.connection, households)

    def setting(self, name: str, default: object = None) -> Any:
        """A setting's plain JSON value."""
        found = self.connection.execute(select(setting.c.value).where(setting.c.name == name)).scalar()
        return default if found is None else json.loads(found)

    def drafts(self, *, discarded: bool = False) -> list[Draft]:
        """Unfinished forms, last edited first; those in the bin when `discarded`."""
        return drafts.list_drafts(self.connection, discarded=discarded)

    def draft_entries(self, draft_id: str) -> list[Entry]:
        """Every edit of a draft in order."""
        return drafts.entries_of(self.connection, draft_id)

    def register(self, register: str, since: date, until: date, catalogue: Catalogue) -> Iterator[Entered]:
        """Entries of a register from one day to another, both included; take them while the view is open."""
        return exchange.entries(self.connection, register, since, until, catalogue)

    def events(self, subject: str) -> list[Event]:
        """What happened to one case or household, oldest first."""
        return audit.events_of(self.connection, subject)

    def issued(self, case_number: str) -> list[IssuedPaper]:
        """Papers handed out for a case, oldest first."""
        return issued.of_case(self.connection, case_number)

    def issued_paper(self, number: int) -> tuple[IssuedPaper, bytes] | None:
        """One paper that was handed out, with its bytes as they are kept."""
        return issued.with_bytes(self.connection, number)

    def batches(self) -> list[Batch]:
        """Sheets of others that were taken in, newest first."""
        return exchange.batches(self.connection)

    def closed_books(self) -> list[ClosedBook]:
        """Periods whose books were closed, oldest first."""
        return books.closed(self.connection)

    def closed_content(self, number: int) -> bytes | None:
        """What a closed book holds, as it was kept; None when there is no such number."""
        return books.content_of(self.connection, number)

    def find_issued(self, text: str, cases: Sequence[str] = (), limit: int = 200) -> list[IssuedPaper]:
        """Papers handed out, newest first: with this text in their number, name, reader, case or day, or of these cases."""
        return issued.search(self.connection, text, cases, limit)

    def last_number(self, scope: str) -> int:
        """The last number given in a scope, 0 when none was."""
        return self.connection.execute(select(counter.c.number).where(counter.c.scope == scope)).scalar() or 0


class UnitOfWork(View):
    """One use case in the making: reads see what it wrote, nobody else does until it ends well."""

    def __init__(self, connection: Connection, audit_key: bytes, now: Callable[[], datetime]) -> None:
        super().__init__(connection)
        self._audit_key, self._now = audit_key, now

    def keep_household(self, household: Household, keys: HouseholdKeys) -> Kept:
        """Keep a household for the first time."""
        return households.insert_household(self.connection, household, keys, self._moment())

    def revise(self, was: Kept, household: Household, keys: HouseholdKeys) -> Kept:
        """Keep a correction of a household; ChangedMeanwhile when somebody else kept one since `was` was read."""
        return households.revise_household(self.connection, was, household, keys, self._moment())

    def keep_households(self, new: Iterable[tuple[Household, HouseholdKeys]]) -> list[Kept]:
        """Keep many households for the first time, in the order given."""
        return bulk.insert_households(self.connection, new, self._moment())

    def repack(self, records: Iterable[tuple[str, bytes | None]]) -> None:
        """Replace packed records made anew from the documents."""
        screening.write_packed(self.connection, records)

    def next_number(self, scope: str) -> int:
        """The next number of a scope, from 1; without gaps, since a failed unit of work gives its number back."""
        made = upsert(counter).values(scope=scope, number=1)
        made = made.on_conflict_do_update(index_elements=["scope"], set_={"number": counter.c.number + 1})
        return int(self.connection.execute(made.returning(counter.c.number)).scalar_one())

    def add_case(self, record: CaseRecord) -> None:
        """File a case with its applications; from now on the household revision it names stays as it is."""
        cases.insert_case(self.connection, record)

    def change_application(self, was: Application, application: Application) -> None:
        """Replace an application by a later state of it; ChangedMeanwhile when the kept one is no longer `was`."""
        cases.change_application(self.connection, was, application)

    def record(self, action: str, subject: str, *, actor: str, detail: Mapping[str, str] | None = None) -> Event:
        """Write one event into the chained journal, at this moment."""
        said = audit.Said(actor, action, subject, detail or {})
        return audit.append(self.connection, self._audit_key, said, self._now())

    def set_setting(self, name: str, value: object) -> None:
        """Keep a setting: anything with a plain form."""
        text = json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True)
        made = upsert(setting).values(name=name, value=text)
        self.connection.execute(made.on_conflict_do_update(index_elements=["name"], set_={"value": text}))

    def finish_draft(self, draft_id: str, case_number: str) -> None:
        """The draft became a case: drop its edits; flush the journal first."""
        drafts.finish_draft(self.connection, draft_id, case_number)

    def keep_issued(self, paper: IssuedPaper, pdf: bytes) -> None:
        """Keep a paper that is handed out, and its bytes; neither ever changes again."""
        issued.keep(self.connection, paper, pdf)

    def keep_book(self, book: ClosedBook, content: bytes) -> None:
        """Keep a closed book with what it holds; neither ever changes again."""
        books.keep(self.connection, book, content)

    @property
    def moment(self) -> datetime:
        """Now, by the store's clock."""
        return self._now()

    def _moment(self) -> str:
        return self._now().isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; close it when the window closes."""

    folder: Path
    engine: Engine
    keys: Keys
    now: Callable[[], datetime]

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        """One use case: kept when the block ends well, otherwise as if it had never begun; others wait for their turn."""
        with _said_plainly(), self.engine.connect() as connection, connection.begin():
            yield UnitOfWork(connection, self.keys.audit, self.now)

    @contextmanager
    def reading(self) -> Iterator[View]:
        """One consistent look; blocks nobody and is blocked by nobody."""
        reader = self.engine.execution_options(read_only=True)
        with _said_plainly(), reader.connect() as connection, connection.begin():
            yield View(connection)

    def verify_events(self) -> audit.Chain:
        """Check the journal of events from its first entry to its head."""
        with self.reading() as view:
            return audit.verify(view.connection, self.keys.audit)

    def faults(self) -> list[str]:
        """What is wrong with the file: every page's seal, SQLite's own check, dangling references; nothing when sound."""
        with self.engine.connect() as connection:
            bare = connection.connection.driver_connection
            assert bare is not None
            bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a torn page not yet checkpointed would be a false alarm
            found = bare.execute("PRAGMA cipher_integrity_check").fetchall()
            if found:
                connection.invalidate()  # after one false seal SQLCipher refuses every further page
            else:
                found = [row for row in bare.execute("PRAGMA integrity_check").fetchall() if row != ("ok",)]
                found += bare.execute("PRAGMA foreign_key_check").fetchall()
        return [" ".join(map(str, row)) for row in found]

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        self.engine.dispose()


@contextmanager
def _said_plainly() -> Iterator[None]:
    """A disk or a lock that refuses is said in the clerk's words."""
    try:
        yield
    except DatabaseError as error:
        for mark, message in _REFUSALS.items():
            if mark in str(error.orig):
                raise UserCanFix(message) from error
        raise


def _this_machine() -> datetime:
    return datetime.now().astimezone()
