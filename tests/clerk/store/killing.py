"""Kill a journalling process again and again, and compare what it was told is saved with what is there."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from clerk.entry import Entry
from clerk.store import DraftJournal, Saved
from clerk.store.keys import KEY_FILE
from tests.clerk.store.made import a_child, a_store, drain

SECRET = "曾小单的秘密"


@dataclass
class Campaign:
    """What all rounds together showed."""

    acknowledged: int = 0
    lost: int = 0
    unacknowledged: int = 0
    faults: list[str] = field(default_factory=list)
    readable: list[str] = field(default_factory=list)


def text_of(number: int) -> str:
    """What edit number n says."""
    return f"{SECRET} {number} {'字' * (number % 40)}"


def journal_until_killed(folder: Path, draft: str, pipe: int, *, checkpoint_often: bool) -> None:
    """Put edits as fast as a busy form would, write each acknowledgement to the pipe."""

    def acknowledge(saved: Saved) -> None:
        os.write(pipe, f"{saved.ticket}\n".encode())

    with a_store(folder) as store:
        if checkpoint_often:

            @sa.event.listens_for(store.engine, "connect")
            def _(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
                connection.cursor().execute("PRAGMA wal_autocheckpoint=8")

            store.engine.dispose()
        journal = DraftJournal(store, acknowledge)
        number = 0
        while True:
            number += 1
            journal.put(draft, Entry("成员", "m0", "姓名", text_of(number)))
            time.sleep(random.random() * 0.002)


def kill_and_compare(folder: Path, rounds: int) -> Campaign:
    """So many lives: each is killed 20–250 ms after its first acknowledgement; every other one checkpoints all the time."""
    campaign = Campaign()
    with a_store(folder):
        pass
    for turn in range(rounds):
        draft = f"draft{turn}"
        often = turn % 2 == 1
        child, pipe = a_child(lambda writing, d=draft, o=often: journal_until_killed(folder, d, writing, checkpoint_often=o))
        assert select.select([pipe], [], [], 30)[0], "the first acknowledgement"
        time.sleep(0.02 + random.random() * 0.23)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said = drain(pipe).decode().rpartition("\n")[0].split("\n")
        campaign.acknowledged += (acknowledged := int(said[-1]))
        campaign.readable += readable(folder)
        with a_store(folder) as store:
            with store.reading() as view:
                found = [entry.text for entry in view.draft_entries(draft)]
            campaign.faults += store.faults()
        wanted = [text_of(number + 1) for number in range(max(acknowledged, len(found)))]
        campaign.lost += sum(a != b for a, b in zip(found, wanted, strict=False)) + max(0, acknowledged - len(found))
        campaign.unacknowledged += max(0, len(found) - acknowledged)
    return campaign


def readable(folder: Path) -> list[str]:
    """Files in which a name, a table or SQLite's header lies in the clear, as the dead process left them."""
    words = (SECRET.encode(), b"draft_edit", b"SQLite format 3")
    files = [path for path in folder.iterdir() if path.name != KEY_FILE]
    return [path.name for path in files if any(word in path.read_bytes() for word in words)]
