"""Sheets as others send them, and the page that takes them in, for tests and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.builders import an_id
from tests.clerk.exchange.making import a_workbook
from tests.ui.desk import settle, wait_until
from ui.incoming.pane import IncomingPane
from ui.main_window import MainWindow
from ui.places import ROSTERS
from ui.rosters.place import PARTS

LEDGER, VILLAGE, REPLIES = "低保台账", "村名单", "部门答复"
HEAD = ("序号", "户编号", "户主", "姓名", "公民身份号码", "与户主关系", "性别", "村", "住址", "联系电话号", "备注")
FIRST = an_id("19600101", 11)
SECOND = an_id("19650202", 22)
THIRD = an_id("19580303", 33)


def a_row(number: int, name: str, identity: str, **more: str) -> tuple[str, ...]:
    """One row of a village's list."""
    said = {"kin": "本人", "sex": "", "village": "红星村", "phone": "", "home": f"H{number}"} | more
    return (
        str(number),
        said["home"],
        "",
        name,
        identity,
        said["kin"],
        said["sex"],
        said["village"],
        said["home"].replace("H", "") + "组",
        said["phone"],
        "",
    )


GOOD = (
    a_row(1, "张某", FIRST, phone="13800000001"),
    a_row(2, "李某", SECOND, kin="妻子", home="H1"),
    a_row(3, "王某", THIRD, phone="13800000003"),
)
BAD = (
    a_row(4, "赵某", "9.90101E+17"),
    a_row(5, "钱某", "99010119600231001X", village="哪里村", kin="姥爷"),
    a_row(6, "孙某", an_id("19700404", 44)[:-1] + ("1" if an_id("19700404", 44)[-1] != "1" else "2")),
    a_row(7, "吴某", an_id("19710505", 51), sex="女", phone="12"),
)


def a_sheet(path: Path, rows: Sequence[Sequence[str]], village: str = "村") -> Path:
    """A workbook with a title over its headings and totals under its rows; `village` is what its column is called."""
    head = [village if word == "村" else word for word in HEAD]
    return a_workbook(path, [["红星村人员名单"], head, *rows, ["合计", "", f"{len(rows)}人"]])


def at_incoming(window: MainWindow) -> IncomingPane:
    """Go to the page, at its beginning."""
    window.go(ROSTERS)
    place = window.stack.currentWidget()
    place.go(next(at for at, part in enumerate(PARTS) if part.name == "导入来表"))  # type: ignore[attr-defined]
    pane = place.stack.currentWidget()  # type: ignore[attr-defined]
    assert isinstance(pane, IncomingPane)
    pane.setCurrentWidget(pane.kinds)
    pane.opened = None
    pane.arrive()
    settle()
    return pane


def rest(pane: IncomingPane) -> None:
    """Wait until nothing runs."""
    wait_until(lambda: not pane.busy)
    settle()


def read(pane: IncomingPane, kind: str, path: Path) -> None:
    """Read a file as a kind of sheet."""
    pane.read(kind, path)
    rest(pane)


def tried(pane: IncomingPane, kind: str, path: Path) -> None:
    """Read and try out."""
    read(pane, kind, path)
    pane.mapping.go_on()
    rest(pane)


def taken_in(pane: IncomingPane, kind: str, path: Path) -> None:
    """Read, try out, confirm, and take in."""
    tried(pane, kind, path)
    pane.trial.keep()
    if not pane.busy and pane.currentWidget() is pane.trial:
        pane.trial.keep()
    rest(pane)
