"""Drafts: acknowledged means on the disk, whatever happens to the program; nothing waits, nothing is forgotten."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from clerk.entry import Entry
from clerk.errors import UserCanFix
from clerk.store import DraftJournal, Saved, Store, drafts
from tests.clerk.store.killing import kill_and_compare
from tests.clerk.store.made import a_household, a_store, file_case, moment


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_store(tmp_path / "s") as made:
        yield made


def an_entry(text: str, row: str = "m0") -> Entry:
    return Entry("成员", row, "姓名", text)


def entries(store: Store, draft: str) -> list[Entry]:
    with store.reading() as view:
        return view.draft_entries(draft)


def test_edits_come_back_in_order_and_their_saving_is_reported_with_the_time(store: Store) -> None:
    saved: list[Saved] = []
    journal = DraftJournal(store, saved.append)
    draft = journal.start("曾家")
    tickets = [journal.put(draft, an_entry(text)) for text in ("曾", "曾小", "曾小单", "𬱖某", "古某·肉某", "")]
    journal.flush()
    assert [entry.text for entry in entries(store, draft)] == ["曾", "曾小", "曾小单", "𬱖某", "古某·肉某", ""]
    journal.close()
    assert saved[-1] == Saved(tickets[-1], moment())
    with store.reading() as view:
        (listed,) = view.drafts()
    assert (listed.id, listed.title, listed.edits, listed.edited, listed.discarded) == (draft, "曾家", 6, moment(), False)


def test_putting_never_waits_even_while_another_writer_holds_the_file(store: Store) -> None:
    journal = DraftJournal(store)
    draft = journal.start()
    with store.work():
        for number in range(1000):
            journal.put(draft, an_entry(str(number)))
        assert entries(store, draft) == [], "put came back although the file was held all the while"
    journal.flush()
    assert [entry.text for entry in entries(store, draft)] == [str(number) for number in range(1000)]
    journal.close()


def test_edits_gather_into_few_transactions(store: Store) -> None:
    commits: list[object] = []
    sa.event.listen(store.engine, "commit", commits.append)
    journal = DraftJournal(store)
    draft = journal.start()
    with store.work():
        for number in range(200):
            journal.put(draft, an_entry(str(number)))
    journal.flush()
    journal.close()
    assert len(entries(store, draft)) == 200
    assert len(commits) < 10


def test_the_entries_of_one_act_are_kept_together_and_drafts_apart(store: Store) -> None:
    journal = DraftJournal(store)
    one, two = journal.start(), journal.start()
    journal.put(one, an_entry("甲"), an_entry("乙", "m1"))
    journal.put(two, an_entry("丙"))
    journal.close()
    assert entries(store, one) == [an_entry("甲"), an_entry("乙", "m1")]
    assert entries(store, two) == [an_entry("丙")]


def test_a_discarded_draft_can_be_taken_back_whole(store: Store) -> None:
    journal = DraftJournal(store)
    draft = journal.start()
    journal.put(draft, an_entry("甲"))
    journal.discard(draft)
    journal.flush()
    with store.reading() as view:
        assert (view.drafts(), [d.id for d in view.drafts(discarded=True)]) == ([], [draft])
    journal.restore(draft)
    journal.name(draft, "甲家")
    journal.close()
    with store.reading() as view:
        assert ([d.title for d in view.drafts()], view.drafts(discarded=True)) == (["甲家"], [])
    assert entries(store, draft) == [an_entry("甲")]


def test_an_empty_form_is_not_listed_and_a_filed_one_is_gone(store: Store) -> None:
    journal = DraftJournal(store)
    journal.start()
    draft = journal.start()
    journal.put(draft, an_entry("甲"))
    journal.flush()
    with store.work() as work:
        work.finish_draft(draft, file_case(work, a_household()).case_number)
    with store.reading() as view:
        assert view.drafts() == view.draft_entries(draft) == []
    journal.put(draft, an_entry("补写"))
    journal.close()
    with store.reading() as view:
        assert [d.id for d in view.drafts()] == [draft], "an edit after filing is not lost either"


def test_half_a_character_from_a_broken_input_method_does_not_stop_the_others(store: Store) -> None:
    journal = DraftJournal(store)
    draft = journal.start()
    journal.put(draft, an_entry("甲\ud843乙"))
    journal.put(draft, an_entry("丙"))
    journal.close()
    assert [entry.text for entry in entries(store, draft)] == ["甲?乙", "丙"]


class TestWhenTheDiskRefuses:
    """The statement that writes edits fails until the test lets it through."""

    @pytest.fixture
    def refusing(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
        monkeypatch.setattr(drafts, "_RETRY_SECONDS", 0.02)
        refusing = threading.Event()
        refusing.set()

        def refuse(_c: object, _cursor: object, statement: str, *_: object) -> None:
            if refusing.is_set() and "INSERT INTO draft_edit" in statement:
                raise sa.exc.OperationalError(statement, None, Exception("database or disk is full"))

        sa.event.listen(store.engine, "before_cursor_execute", refuse)
        yield refusing
        sa.event.remove(store.engine, "before_cursor_execute", refuse)

    def test_the_edits_wait_and_are_saved_when_there_is_room(self, store: Store, refusing: threading.Event) -> None:
        failures: list[UserCanFix] = []
        failed = threading.Event()
        journal = DraftJournal(store, failed=lambda trouble: (failures.append(trouble), failed.set()))  # type: ignore[func-returns-value]
        draft = journal.start()
        journal.put(draft, an_entry("甲"))
        assert failed.wait(10)
        assert "磁盘空间不足" in failures[0].message
        with pytest.raises(UserCanFix, match="磁盘空间不足"):
            journal.flush(0.1)
        journal.put(draft, an_entry("乙"))
        refusing.clear()
        journal.flush()
        journal.close()
        assert [entry.text for entry in entries(store, draft)] == ["甲", "乙"]

    def test_closing_says_that_something_is_not_saved(self, store: Store, refusing: threading.Event) -> None:
        journal = DraftJournal(store)
        journal.put(journal.start(), an_entry("甲"))
        with pytest.raises(UserCanFix, match="磁盘空间不足"):
            journal.close()
        assert refusing.is_set()


def test_a_listener_that_fails_does_not_stop_the_writer(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Saved) -> None:
        raise RuntimeError("the window is gone")

    journal = DraftJournal(store, fail)
    draft = journal.start()
    journal.put(draft, an_entry("甲"))
    journal.flush()
    journal.put(draft, an_entry("乙"))
    journal.close()
    assert [entry.text for entry in entries(store, draft)] == ["甲", "乙"]
    assert "the window is gone" in caplog.text
    assert "甲" not in caplog.text


def test_a_closed_journal_takes_nothing_more(store: Store) -> None:
    journal = DraftJournal(store)
    journal.close()
    with pytest.raises(RuntimeError, match="closed"):
        journal.put("x", an_entry("甲"))


@pytest.mark.slow
def test_no_acknowledged_edit_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    campaign = kill_and_compare(tmp_path / "s", rounds=12)
    assert campaign.acknowledged > 100
    assert (campaign.lost, campaign.faults, campaign.readable) == (0, [], [])
