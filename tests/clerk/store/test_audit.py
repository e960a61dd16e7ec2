"""The chained journal: what is written stays, and what was changed around the program is found at its number."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from clerk.store import Store
from clerk.store.tables import event, event_head
from tests.clerk.store.made import a_store, moment


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_store(tmp_path / "s") as made:
        for turn in range(9):
            with made.work() as work:
                work.record("提交", f"案件{turn % 3}", actor="甲", detail={"第": str(turn)})
        yield made


def around_the_program(store: Store, *statements: str) -> None:
    """What somebody with the key and a database tool could do: triggers dropped, rows changed."""
    with store.engine.begin() as connection:
        for name in ("event_no_update", "event_no_delete", "event_head_only_onward", "event_head_no_delete"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_events_are_numbered_dated_and_found_by_their_case(store: Store) -> None:
    with store.reading() as view:
        events = view.events("案件1")
    assert [(e.number, e.actor, e.action, e.detail) for e in events] == [
        (2, "甲", "提交", {"第": "1"}),
        (5, "甲", "提交", {"第": "4"}),
        (8, "甲", "提交", {"第": "7"}),
    ]
    assert {e.at for e in events} == {moment()}


def test_an_untouched_journal_is_whole(store: Store) -> None:
    chain = store.verify_events()
    assert (chain.whole, chain.length) == (True, 9)
    with store.reading() as view:
        assert chain.head == view.events("案件2")[-1].hash


def test_an_empty_journal_is_whole(tmp_path: Path) -> None:
    with a_store(tmp_path / "e") as store:
        assert store.verify_events().whole


@pytest.mark.parametrize(
    "change",
    [
        sa.update(event).values(actor="乙"),
        sa.delete(event).where(event.c.number == 9),
        sa.delete(event_head),
        sa.update(event_head).values(number=event_head.c.number - 1),
    ],
)
def test_the_file_itself_refuses_to_change_it(store: Store, change: sa.Executable) -> None:
    with pytest.raises(sa.exc.IntegrityError), store.work() as work:
        work.connection.execute(change)
    assert store.verify_events().whole


@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "detail", "hash"])
def test_a_changed_entry_is_found_at_its_number(store: Store, column: str) -> None:
    around_the_program(store, f"UPDATE event SET {column} = replace(upper({column}), '0', '1') || 'x' WHERE number = 5")
    chain = store.verify_events()
    assert (chain.broken_at, chain.reason) == (5, "记录被改动")


def test_a_missing_entry_is_found_at_its_number(store: Store) -> None:
    around_the_program(store, "DELETE FROM event WHERE number = 4")
    assert store.verify_events().broken_at == 4


def test_two_entries_exchanged_are_found(store: Store) -> None:
    around_the_program(
        store, "UPDATE event SET number = -3 WHERE number = 3", "UPDATE event SET number = 3 WHERE number = 6", "UPDATE event SET number = 6 WHERE number = -3"
    )
    assert store.verify_events().broken_at == 3


def test_a_cut_tail_is_found(store: Store) -> None:
    around_the_program(store, "DELETE FROM event WHERE number > 7")
    chain = store.verify_events()
    assert (chain.broken_at, chain.reason) == (8, "末尾记录缺失")


def test_a_cut_tail_with_a_head_made_to_fit_is_found_by_its_seal(store: Store) -> None:
    around_the_program(
        store, "DELETE FROM event WHERE number > 7", "UPDATE event_head SET number = 7, hash = (SELECT hash FROM event WHERE number = 7)"
    )
    assert store.verify_events().reason == "末尾封印被改动"


def test_a_removed_head_is_found(store: Store) -> None:
    around_the_program(store, "DELETE FROM event_head")
    assert store.verify_events().reason == "末尾封印缺失"
