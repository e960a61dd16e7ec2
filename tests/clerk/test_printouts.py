"""The journal of printing: every attempt, no second number, and what waits survives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from clerk.printouts import ENDED, SENT, Attempt, attempts_of, note_attempts, waiting
from clerk.store import Store, open_store

CASE = "990101-2026-000123"
SENT_OUT = Attempt(7, CASE, "Hall", "Hall-1", "已送达")


def note(store: Store, *attempts: Attempt) -> None:
    with store.work() as work:
        note_attempts(work, attempts, "甲")


def journal(store: Store) -> list[tuple[str, str, str]]:
    with store.reading() as view:
        return [(one.action, one.detail["任务"], one.detail["状态"]) for one in attempts_of(view, CASE, 7)]


def test_what_waits_is_known_after_the_store_was_closed_and_gone_once_it_is_printed(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    note(store, SENT_OUT, replace(SENT_OUT, number=8, job="Hall-2"))
    store.close()
    store = open_store(tmp_path)
    with store.reading() as view:
        assert [one.number for one in waiting(view)] == [7, 8]
    note(store, replace(SENT_OUT, stage="已完成", over=True, settled=True))
    with store.reading() as view:
        assert [one.number for one in waiting(view)] == [8]
    store.close()


def test_an_attempt_is_written_when_it_begins_and_when_it_is_over_and_not_in_between(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for stage in ("等待打印机", "打印中", "等待打印机", "打印中"):
        note(store, replace(SENT_OUT, stage=stage))
    note(store, replace(SENT_OUT, stage="出错", over=True))
    note(store, replace(SENT_OUT, stage="出错", over=True))
    note(store, replace(SENT_OUT, printer="Office", job="Office-4"))
    note(store, replace(SENT_OUT, printer="Office", job="Office-4", stage="已完成", over=True, settled=True))
    assert journal(store) == [
        (SENT, "Hall-1", "等待打印机"),
        (ENDED, "Hall-1", "出错"),
        (SENT, "Office-4", "已送达"),
        (ENDED, "Office-4", "已完成"),
    ]
    store.close()


def test_a_paper_no_service_took_waits_too(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    note(store, replace(SENT_OUT, job="", stage="等待打印机"))
    with store.reading() as view:
        assert [(one.number, one.job) for one in waiting(view)] == [(7, "")]
    note(store, replace(SENT_OUT, job="", stage="已取消", over=True, settled=True))
    with store.reading() as view:
        assert waiting(view) == ()
    store.close()
