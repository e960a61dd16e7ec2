"""Nothing typed is lost: not by a crash, not by another household, not by the bin."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.desk import Hand, a_window, intake, settle, wait_until
from ui.intake.desk import Spot
from ui.main_window import MainWindow

CRASH = """
import os, sys
sys.path.insert(0, sys.argv[2])
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from tests.ui.desk import Hand, a_window, intake, wait_until
from ui.app import make_application
app = make_application(["x"])
window = a_window(Path(sys.argv[1]))
hand = Hand(window)
hand.speak("古某·肉某")
hand.enter()
hand.type("990101198001010110")
hand.enter()
wait_until(lambda: "已自动保存" in window.bar.saved.text())
intake(window).keeper.flush()
os.kill(os.getpid(), 9)
"""


def test_what_was_typed_before_a_crash_is_offered_and_goes_on(folder: Path) -> None:
    root = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", CRASH, str(folder), root], cwd=root, env={**os.environ, "PYTHONPATH": root}, timeout=90)
    assert done.returncode == -9
    window = a_window(folder)
    page = intake(window)
    assert page.notice.isVisible()
    assert "古某·肉某" in page.notice.which.currentText()
    hand = Hand(window)
    hand.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    settle()
    (row,) = page.desk.rows("成员")
    assert page.desk.text(Spot("成员", row, "姓名")) == "古某·肉某"
    assert page.desk.text(Spot("成员", row, "证件号")) == "990101198001010110"
    hand.type("1")
    page.desk.type(Spot("成员", row, "手机"), "13800000101")
    page.keeper.flush()
    with window.workspace.store.reading() as view:
        (draft,) = view.drafts()
    assert draft.edits > 3
    window.close()


def test_the_time_of_the_last_save_is_seen_after_a_field(window: MainWindow) -> None:
    hand = Hand(window)
    hand.speak("张某")
    hand.enter()
    wait_until(lambda: window.bar.saved.text() == "已自动保存 09:31")


def test_another_household_leaves_the_first_as_a_draft(window: MainWindow) -> None:
    hand, page = Hand(window), intake(window)
    hand.speak("张某")
    hand.enter()
    page.keeper.flush()
    hand.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle()
    (row,) = page.desk.rows("成员")
    assert page.desk.text(Spot("成员", row, "姓名")) == ""
    assert page.notice.isVisible()


def test_an_untouched_form_leaves_no_draft(window: MainWindow) -> None:
    page = intake(window)
    page.start_new()
    page.start_new()
    page.keeper.flush()
    with window.workspace.store.reading() as view:
        assert view.drafts() == []


def test_a_draft_in_the_bin_can_be_taken_back(window: MainWindow) -> None:
    hand, page = Hand(window), intake(window)
    hand.speak("张某")
    hand.enter()
    hand.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle()
    page.notice._away.click()
    assert not page.notice.isVisible()
    window.go(1)
    cases = window.stack.currentWidget()
    assert cases.bin.isVisible()  # type: ignore[attr-defined]
    cases.bin.go_on.click()  # type: ignore[attr-defined]
    settle()
    (row,) = page.desk.rows("成员")
    assert page.desk.text(Spot("成员", row, "姓名")) == "张某"
