"""The shell: first paint, practice mark, first start, faults said in one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from clerk.errors import UserCanFix
from tests.ui.desk import Hand, a_window, a_workspace, intake, settle, wait_until
from ui.app import Last, prepare_environment
from ui.faults import LOG, fault_code
from ui.main_window import MainWindow
from ui.workspace import Where, own_folder

FIRST_PAINT = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from ui.app import make_application
from ui.main_window import MainWindow
from ui.workspace import Where, Workspace, local_now

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not hasattr(self, "seen"):
            self.seen = sorted(sys.modules)
        return False

app = make_application(["x"])
window = MainWindow(Workspace(Where(Path(sys.argv[1])), local_now))
first = FirstPaint()
window.stack.currentWidget().installEventFilter(first)
window.show()
while not hasattr(first, "seen"):
    app.processEvents()
print(" ".join(first.seen))
"""


def test_before_the_first_paint_only_qt_and_the_standard_library_are_imported(folder: Path) -> None:
    said = subprocess.run([sys.executable, "-c", FIRST_PAINT, str(folder)], capture_output=True, text=True, check=True, timeout=60)
    roots = {name.partition(".")[0] for name in said.stdout.split()}
    ours = {name for name in said.stdout.split() if name.split(".")[0] in ("forms", "clerk", "printing")}
    assert ours == set()
    assert roots & {"sqlalchemy", "reportlab", "openpyxl", "pypinyin", "yaml", "pypdfium2", "sqlcipher3", "alembic"} == set()
    foreign = roots - set(sys.stdlib_module_names) - {"PySide6", "shiboken6", "ui", "shibokensupport", "__main__", "signature_bootstrap"}
    assert {name for name in foreign if not name.startswith(("_", "site", "distutils"))} <= {"numpy", "coverage"}


def test_the_window_loads_between_frames_and_then_works(folder: Path) -> None:
    window = MainWindow(a_workspace(folder))
    window.show()
    window.begin()
    wait_until(lambda: window.places is not None)
    settle()
    assert window.workspace.office() is None
    window.close()


def test_practice_is_marked_and_keeps_its_own_store(window: MainWindow, folder: Path) -> None:
    marks = [frame for frame in window.findChildren(QFrame) if frame.objectName() == "practice"]
    assert len(marks) == 1
    assert "练习模式" in [label.text() for label in marks[0].findChildren(QLabel)]
    assert "练习" in window.windowTitle()
    assert (folder / "practice" / "clerk.db").is_file()
    assert not (folder / "store").exists()


def test_real_work_has_no_practice_mark_and_says_which_standards_are_missing(folder: Path) -> None:
    window = MainWindow(a_workspace(folder, practice=False))
    for _, act in window.workspace.steps():
        act()
    assert not [frame for frame in window.findChildren(QFrame) if frame.objectName() == "practice"]
    assert [pack.level for pack in window.workspace.catalogue.packs] == ["全国"]
    window.workspace.close()


def test_the_first_start_asks_three_things_and_then_the_form_is_there(folder: Path) -> None:
    window = a_window(folder, office=None)
    hand = Hand(window)
    page = window.stack.currentWidget()
    for line in page.lines.values():  # type: ignore[attr-defined]
        line.clear()
    hand.speak("示例县红星镇人民政府")
    hand.enter()
    hand.type("9901")
    hand.enter()
    hand.speak("赵某")
    hand.enter(2)  # the telephone may stay empty
    assert window.workspace.office() is None, "a code of four digits is no region"
    page.lines["region"].setFocus()  # type: ignore[attr-defined]
    page.lines["region"].clear()  # type: ignore[attr-defined]
    hand.type("990101100")
    hand.enter(3)
    settle()
    office = window.workspace.office()
    assert office is not None
    assert (office.name, office.region, office.clerk) == ("示例县红星镇人民政府", "990101100", "赵某")
    assert window.stack.currentWidget() is intake(window)
    window.close()


def test_a_fault_is_one_sentence_with_a_code_and_never_an_answer(window: MainWindow, folder: Path) -> None:
    last = Last(window)
    try:
        int("张某某 990101198605129032")
    except ValueError as fault:
        last.hear(type(fault), fault, fault.__traceback__)
        code = fault_code(type(fault), fault.__traceback__)
    said = window.bar.message.text()
    assert code in said
    assert "Traceback" not in said
    written = (folder / LOG).read_text(encoding="utf-8")
    assert code in written
    assert "test_window.py" in written
    assert "张某某" not in said + written


def test_what_the_clerk_can_mend_is_said_as_written(window: MainWindow) -> None:
    fault = UserCanFix("磁盘空间不足，这一次没有保存，请腾出空间后再试")
    Last(window).hear(UserCanFix, fault, None)
    assert window.bar.message.text() == fault.message


def test_bad_data_is_said_with_its_place_instead_of_a_form(folder: Path) -> None:
    pack = folder / "packs" / "bad"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text("编号: bad\n名称: 坏包\n层级: 县\n版本: 1\n区划: '990101'\n奇怪: 是\n", encoding="utf-8")
    window = MainWindow(a_workspace(folder, practice=False))
    window.show()
    window.begin()
    wait_until(lambda: "pack.yaml" in window._waiting._faults.text())
    assert "奇怪" in window._waiting._faults.text()
    window.close()


def test_every_place_is_reached_by_ctrl_and_its_number(window: MainWindow) -> None:
    hand = Hand(window)
    pages = set()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_7):
        hand.press(key, Qt.KeyboardModifier.ControlModifier)
        pages.add(window.stack.currentWidget())
    assert len(pages) == 7


def test_the_key_card_opens_and_escape_gives_the_hand_back(window: MainWindow) -> None:
    hand = Hand(window)
    before = hand.spot()
    hand.press(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert "F12" in window.places._keys.text.toPlainText()  # type: ignore[union-attr]
    hand.press(Qt.Key.Key_Escape)
    assert hand.spot() == before


@pytest.mark.parametrize("method", ["", "fcitx", "fcitx5"])
def test_fcitx_is_reached_through_the_portal_of_ibus(method: str) -> None:
    environment = {"QT_IM_MODULE": method}
    prepare_environment(environment)
    if sys.platform.startswith("linux"):
        assert (environment["QT_IM_MODULE"], environment["IBUS_USE_PORTAL"]) == ("ibus", "1")


def test_another_input_method_is_left_alone() -> None:
    environment = {"QT_IM_MODULE": "xim"}
    prepare_environment(environment)
    assert environment["QT_IM_MODULE"] == "xim"


def test_files_go_where_the_system_keeps_a_persons_data() -> None:
    assert own_folder({"CLERK_HOME": "/somewhere"}) == Path("/somewhere")
    assert own_folder({"XDG_DATA_HOME": "/data"}).name == "clerk"
    assert Where(Path("/x"), practice=True).store != Where(Path("/x")).store
