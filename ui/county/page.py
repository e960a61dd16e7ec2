"""县里的表: open the file the county sent, see what goes into each of its columns, mend it by keys, fill that very file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from forms.roster import INTERNAL
from ui.county.asked import RIGHT, Answer, Asked, Looked
from ui.county.columns_view import ColumnsView
from ui.county.jobs import fill_county, look
from ui.county.which_bar import WhichBar
from ui.hand import take_hand
from ui.incoming.acts import Spot
from ui.incoming.head_bar import HeadBar
from ui.incoming.step import Step
from ui.intake.editors import polish
from ui.policy.faults import in_a_sentence
from ui.printing_desk.parts import label

if TYPE_CHECKING:
    from ui.papers import Job, PaperMaker
    from ui.workspace import Workspace

_FILES = "表格文件 (*.xlsx)"
_FOLDER = "county_folder"
_PAUSE = 250
"""Milliseconds after which a period that is being typed is tried."""
_START = (
    "1　按 F3 打开县里发来的 .xlsx。原表不改动。",
    "2　看每一列填什么、第一行会填出什么：黄字的核对一下，不对的回车另选，县里自己填的留空。",
    "3　按 F12 填好，存为新文件。表头、格式、图片、下拉、批注和打印设置都照原样。",
    "这种表怎么填会记住，县里下次发同样的表，打开就照这次的。",
)
_WITH_FILE = ("F12", "F7", "F8", "Del", "F4", "F5")
"""Keys that need a file."""


class CountyPane(Step):
    """县里的表."""

    said = Signal(str)

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__("县里的表", parent)
        self._workspace, self._papers = workspace, papers
        self._job: Job | None = None
        self.asked: Asked | None = None
        self.found: Looked | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.again)
        self.head = HeadBar(self)
        self.head.pointed.connect(self._point)
        self.title_line.addWidget(self.head)
        which = self.which = WhichBar(workspace, self)
        self.roster, self.period, self.version = which.roster, which.period, which.version
        which.changed.connect(self._other)
        self.column.addWidget(which)
        self.view = ColumnsView(self)
        self.view.answered.connect(self._answer)
        self.view.told.connect(self.tell)
        self.column.addWidget(self.view, 1)
        self.start = self._start()
        self.column.addWidget(self.start, 1)
        self.notes = label("", "soft", self)
        self.notes.setAccessibleName("请留意")
        self.column.addWidget(self.notes)
        self.add_foot(
            (
                ("F12", "填好另存", self.fill, "main"),
                ("F7", "认可相近的", self.accept, ""),
                ("F8", "写固定文字", self.view.take_fixed, ""),
                ("Del", "留空", self.view.empty, ""),
                ("F4", "换工作表、表头行", self.head.take_hand, "quiet"),
                ("F5", "重读", self.again, "quiet"),
                ("F3", "打开县里的表…", self.choose, "quiet"),
            )
        )
        self._show_nothing()

    def arrive(self) -> None:
        """The hand goes into the columns; before there are any, to what is asked."""
        self.which.offer_rosters()
        if self.found is not None:
            self.view.take_hand()
        else:
            self.roster.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stop(self, wait: bool = False) -> None:
        """The helper process looks and fills: nothing runs here."""
        self._later.stop()

    def choose(self) -> None:
        """F3: which file."""
        folder = str(self._workspace.setting(_FOLDER, str(Path.home())))
        name, _ = QFileDialog.getOpenFileName(self, "打开县里发来的表", folder, _FILES)
        if name:
            self._workspace.keep_setting(_FOLDER, str(Path(name).parent))
            self.open(Path(name))

    def open(self, file: Path) -> None:
        """Look into a file."""
        from clerk.periods import month_of

        self.asked = Asked(file, "", month_of(self._workspace.today), INTERNAL)
        self.found = None
        self.again()

    def again(self) -> None:
        """F5: look again, at the file as it lies there now."""
        from clerk.errors import UserCanFix

        self._later.stop()
        if self.asked is None:
            self.choose()
            return
        try:
            span = self.period.span()
        except UserCanFix as fault:
            self._refuse(fault.message)
            return
        self.asked = replace(self.asked, roster=str(self.roster.currentData()), span=span, version=self.version.version)
        self.work("正在查看…")
        job = self._job = self._papers.make(look, self.asked)
        job.tell(lambda found: self._show(found, job), lambda fault: self._failed(fault, job))

    def accept(self) -> None:
        """F7: what was found by likeness is right."""
        if self.found and self.found.doubtful:
            self._answer(*(Answer(place, RIGHT) for place in self.found.doubtful))

    def fill(self) -> None:
        """F12: the county's file under another name, filled."""
        if self.asked is None or self.found is None:
            self.tell("先按 F3 打开县里的表", "bad")
            return
        if self.found.doubtful:
            self.view.go_to(self.found.doubtful[0])
            self.tell(
                f"还有 {len(self.found.doubtful)} 列是按相近对上的（黄字），核对无误按 F7，不对的回车另选", "soft"
            )
            return
        from clerk.periods import as_file_name

        file = self.asked.file
        target = free_name(file.with_name(f"{file.stem}-{as_file_name(self.period.written)}.xlsx"))
        name, _ = QFileDialog.getSaveFileName(self, "填好后另存为", str(target), _FILES)
        if not name:
            return
        self.work("正在填表…")
        job = self._job = self._papers.make(fill_county, self.asked, Path(name).with_suffix(".xlsx"))
        job.tell(lambda done: self._filled(done, job), lambda fault: self._not_filled(fault, job))

    # -- inside --------------------------------------------------------------------------------------------------------

    def _start(self) -> QFrame:
        """What is done here, while no file is open."""
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(12)
        column.addStretch(1)
        for words in _START:
            column.addWidget(label(words, "", card))
        column.addStretch(2)
        return card

    def _other(self, forget: bool) -> None:
        """Another roster, period or version: look again; corrections were made for one roster's columns."""
        if self.asked is not None:
            self.asked = replace(self.asked, answers=() if forget else self.asked.answers)
            self._later.start()

    def _point(self, spot: object) -> None:
        """The head stands elsewhere: what was said of other columns is forgotten."""
        assert isinstance(spot, Spot)
        if self.asked is not None:
            head = (spot.top + 1, spot.top + spot.depth)
            self.asked = replace(self.asked, sheet=spot.sheet, head=head, answers=())
            self.again()

    def _answer(self, *answers: Answer) -> None:
        if self.asked is not None:
            self.asked = replace(self.asked, answers=(*self.asked.answers, *answers))
            self.again()

    def _show(self, found: Looked, job: Job) -> None:
        if job is not self._job or self.asked is None:
            return  # something else was asked for meanwhile
        first, self.found = self.found is None, found
        self.rest()
        self.note.setText(self.asked.file.name)
        self._open_up(True)
        top, end = found.head
        self.head.show_spot(found.sheets, Spot(found.sheet, top - 1, end - top + 1), self.asked.file.name)
        self.view.show_columns(found)
        self.notes.setText("；".join(found.notes))
        self.notes.setVisible(bool(found.notes))
        self.tell(*_state(found))
        if first and self.isVisible():
            self.view.go_to(found.doubtful[0] if found.doubtful else None)

    def _show_nothing(self) -> None:
        self.notes.hide()
        self.view.hide_columns()
        self._open_up(False)

    def _open_up(self, there: bool) -> None:
        """Show what belongs to a file, or what is done here."""
        self.head.setVisible(there)
        self.view.setVisible(there)
        self.start.setVisible(not there)
        for key in _WITH_FILE:
            self.buttons[key].setVisible(there)
        self.buttons["F3"].setProperty("role", "quiet" if there else "main")
        polish(self.buttons["F3"])

    def _filled(self, done: tuple[Path, int], job: Job) -> None:
        path, rows = done
        self.said.emit(f"已填入 {rows} 行，存为 {path}")
        if job is self._job:
            self.rest()
            self.tell(f"已填入 {rows} 行，存为 {path}；这种表的对照已记住，下次打开就照这次的", "yes")
            take_hand(self.view.table)

    def _not_filled(self, fault: BaseException, job: Job) -> None:
        """Said even when something else is looked at by now: the clerk waits for a file."""
        if job is not self._job:
            self.said.emit(in_a_sentence(fault) or "表没有填成，请再按一次 F12")
        self._failed(fault, job)

    def _failed(self, fault: BaseException, job: Job) -> None:
        if job is not self._job:
            return
        message = in_a_sentence(fault)
        if not message:
            self.rest()
            raise fault
        self._refuse(message)

    def _refuse(self, message: str) -> None:
        self.rest()
        self.tell(message, "bad")
        if self.found is None:
            self._show_nothing()


def free_name(wanted: Path) -> Path:
    """The path, or the next one with a number that nothing lies at."""
    others = (wanted.with_stem(f"{wanted.stem}（{count}）") for count in range(2, 1000))
    return next((one for one in (wanted, *others) if not one.exists()), wanted)


def _state(found: Looked) -> tuple[str, str]:
    filled = sum(bool(line.ours) for line in found.lines)
    said = f"{len(found.lines)} 列里填 {filled} 列，{found.rows} 行，从第 {found.first} 行填起。"
    if not found.rows:
        return f"{said}这一期没有人，请换期间或花名册", "soft"
    if found.doubtful:
        return f"{said}{len(found.doubtful)} 列是按相近对上的，请核对（黄字）：对的按 F7，不对的回车另选", "soft"
    return f"{said}{'照上次的对照。' if found.known else ''}回车换一列，F12 填好另存", "yes" if found.known else "quiet"
