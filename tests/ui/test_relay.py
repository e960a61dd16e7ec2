"""What other threads say is said in the window's thread, and to nobody who is gone."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from tests.ui.desk import settle, wait_until
from ui.papers import Job
from ui.task import Task, Tell


def drop(what: QObject) -> None:
    """Delete an object now."""
    what.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_words_and_the_answer_of_a_task_come_in_their_order_in_the_windows_thread(qtbot: QtBot) -> None:
    heard: list[tuple[object, bool, bool]] = []
    here = threading.current_thread()

    def work(tell: Tell) -> object:
        tell("一")
        tell("二")
        return "完"

    task = Task(work, None)
    for signal in (task.told, task.done):
        signal.connect(lambda words: heard.append((words, threading.current_thread() is here, task._thread.is_alive())))
    task.start()
    wait_until(lambda: len(heard) == 3)
    assert [words for words, _, _ in heard] == ["一", "二", "完"]
    assert all(mine for _, mine, _ in heard)
    assert not heard[-1][2], "the thread is over before the answer is told"


def test_a_task_whose_asker_is_gone_tells_nobody(qtbot: QtBot) -> None:
    asker, go, heard = QObject(), threading.Event(), list[object]()

    def work(tell: Tell) -> object:
        go.wait(20)
        tell("还在")
        return "完"

    task = Task(work, asker)
    task.told.connect(heard.append)
    task.done.connect(heard.append)
    task.start()
    drop(asker)
    go.set()
    task._thread.join(20)
    settle()
    assert heard == []


def test_a_job_may_be_let_go_by_its_own_answer_many_times_over(qtbot: QtBot) -> None:
    asker, heard = QObject(), list[object]()
    with ThreadPoolExecutor(2) as pool:
        for number in range(500):
            job = Job(pool.submit(int, number), asker)
            job.done.connect(job.deleteLater)
            job.tell(heard.append, heard.append)
            QCoreApplication.processEvents()
    wait_until(lambda: len(heard) == 500)
    assert sorted(heard) == list(range(500))  # type: ignore[type-var]
    drop(asker)


def test_a_job_whose_asker_is_gone_tells_nobody(qtbot: QtBot) -> None:
    asker, heard, future = QObject(), list[object](), Future[int]()
    Job(future, asker).tell(heard.append, heard.append)
    drop(asker)
    future.set_result(1)
    settle()
    assert heard == []
