"""导入来表: what kind and which file, the mapping, the dry run, in at one stroke, and out again whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from clerk.errors import UserCanFix
from ui.incoming import acts
from ui.incoming.acts import Decided, Desk, Opened, Spot
from ui.incoming.kinds_page import KindsPage
from ui.incoming.matching_page import NOWHERE, MatchingPage
from ui.incoming.past_page import PastPage
from ui.incoming.trial_page import TrialPage
from ui.incoming.words import batch_in_words, to_send_back
from ui.policy.faults import in_a_sentence
from ui.task import Task, Tell

if TYPE_CHECKING:
    from clerk.exchange.trial import Trial
    from clerk.records import Batch
    from ui.incoming.step import Step
    from ui.papers import PaperMaker
    from ui.workspace import Workspace

FOLDER = "incoming_folder"
SHEETS = "表格 (*.xlsx *.xls *.ods *.csv);;所有文件 (*)"
WORKBOOK = "表格文件 (*.xlsx)"


class IncomingPane(QStackedWidget):
    """One sheet at a time; whatever reads a file or the whole store runs away from the window."""

    said = Signal(str)

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._papers = workspace, papers
        self._task: Task | None = None
        self._running: list[Task] = []
        self.opened: Opened | None = None
        self.kinds, self.mapping, self.trial, self.past = (
            KindsPage(self),
            MatchingPage(self),
            TrialPage(self),
            PastPage(self),
        )
        for page in self._steps:
            self.addWidget(page)
        self.kinds.chosen.connect(self.choose)
        self.kinds.looked_back.connect(self.look_back)
        self.mapping.corrected.connect(self._correct)
        self.mapping.pointed.connect(self._point)
        self.mapping.tried.connect(self._begin_trial)
        self.mapping.other_file.connect(lambda: self.choose(self._kind()))
        self.mapping.again.connect(self._read_again)
        self.trial.tried.connect(self._try)
        self.trial.kept.connect(self._keep)
        self.trial.written.connect(self._write_out)
        self.trial.again.connect(self._read_again)
        self.past.undone.connect(self._undo)
        for page, home in ((self.mapping, self.kinds), (self.trial, self.mapping), (self.past, self.kinds)):
            page.left.connect(lambda home=home: self._back(home))
        self.kinds.left.connect(lambda: self._back(self.kinds))

    @property
    def busy(self) -> bool:
        """True while something runs."""
        return self._task is not None

    def arrive(self) -> None:
        """The hand goes into the page that was open; the kinds are those of today's data."""
        kinds = sorted(self._workspace.catalogue.incoming.values(), key=lambda one: (one.order, one.id))
        self.kinds.fill(kinds)
        self._take_hand()

    def stop(self, wait: bool = False) -> None:
        """Stop what runs; nothing half done is kept, and nobody waits for its answer."""
        self._task = None
        for task in self._running:
            task.stop(wait)

    # -- acts ----------------------------------------------------------------------------------------------------------

    def choose(self, kind: str) -> None:
        """Choose a file of a kind and read it."""
        folder = self._workspace.setting(FOLDER, str(Path.home()))
        name, _ = QFileDialog.getOpenFileName(self, "导入哪张表", str(folder), SHEETS)
        if name:
            self._workspace.keep_setting(FOLDER, str(Path(name).parent))
            self.read(kind, Path(name))

    def read(self, kind: str, path: Path) -> None:
        """Read a file as a kind of sheet, and show how it matches."""
        incoming = self._workspace.catalogue.incoming[kind]
        self._run(f"正在读「{path.name}」…", lambda desk, _: acts.open_sheet(desk, incoming, path), self._matched)

    def look_back(self) -> None:
        """F6: what came in before."""
        if not self.busy:
            self._show_past("", "quiet")

    # -- inside --------------------------------------------------------------------------------------------------------

    @property
    def _steps(self) -> tuple[Step, ...]:
        return self.kinds, self.mapping, self.trial, self.past

    def _kind(self) -> str:
        return self.opened.matched.incoming.id if self.opened else ""

    def _matched(self, opened: Opened) -> None:
        self.opened = opened
        self.setCurrentWidget(self.mapping)
        self.mapping.open(opened)

    def _read_again(self) -> None:
        opened = self.opened
        if opened is not None:
            self._run(f"正在重读「{opened.path.name}」…", lambda desk, _: acts.read_again(desk, opened), self._reread)

    def _reread(self, opened: Opened) -> None:
        """Where the headings are the same, go on where it was asked; otherwise look at the mapping again."""
        before, trying = self.opened, self.currentWidget() is self.trial
        same = before is not None and before.matched.fingerprint == opened.matched.fingerprint
        self._matched(opened)
        if same and trying:
            self._begin_trial()
        else:
            self.mapping.tell("文件已重读" if same else "文件已重读，标题变了，请再核对一次对照", "soft")

    def _correct(self, column: str, place: int) -> None:
        assert self.opened is not None
        matched = self.opened.matched.corrected(column, None if place == NOWHERE else place)
        self.opened = Opened(self.opened.path, self.opened.book, matched, self.opened.spot)
        self.mapping.show_matched(matched)

    def _point(self, spot: Spot) -> None:
        assert self.opened is not None
        try:
            self.opened = acts.point_to(self._desk(), self.opened, spot)
        except UserCanFix as fault:
            self.mapping.tell(fault.message, "bad")
            return
        self.mapping.show_matched(self.opened.matched)

    def _begin_trial(self) -> None:
        if self.opened is None or self.busy:
            return
        self.trial.begin(self.opened)
        self._try(self.trial.decided)

    def _try(self, decided: Decided) -> None:
        opened = self.opened
        if opened is not None:
            self._run("正在试算，什么都不写入…", lambda desk, _: acts.try_out(desk, opened, decided), self._tried)

    def _tried(self, trial: Trial) -> None:
        self.setCurrentWidget(self.trial)
        self.trial.show_trial(trial)

    def _keep(self) -> None:
        trial = self.trial.trial
        if trial is not None:
            self._run(acts.KEEPING, lambda desk, tell: acts.take_in(desk, trial, True, tell), self._kept)

    def _kept(self, batch: Batch) -> None:
        words = f"已导入：{batch_in_words(batch, self._workspace.catalogue)}"
        self.opened = None
        self.trial.forget()
        self._show_past(f"{words}。不对的话，Ctrl+Z 按两次整批撤销。", "yes", batch.id)
        self.said.emit(words)

    def _undo(self, batch: Batch) -> None:
        self._run("正在撤销…", lambda desk, _: acts.take_back(desk, batch), self._undone)

    def _undone(self, batch: Batch) -> None:
        words = f"已整批撤销：{batch_in_words(batch, self._workspace.catalogue)}"
        self._show_past(words, "yes", batch.id)
        self.said.emit(words)

    def _write_out(self) -> None:
        from ui.jobs import write_plain

        trial, opened = self.trial.trial, self.opened
        if trial is None or opened is None or not (trial.problems or trial.questions):
            self.trial.tell("没有要改的行", "soft")
            return
        target = opened.path.with_name(f"{opened.path.stem} 要改的行.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, "写到哪里", str(target), WORKBOOK)
        if not name:
            return
        headings, rows = to_send_back(trial, opened.matched)
        self.trial.work("正在写出…")
        self._papers.make(write_plain, headings, rows, (f"来表：{opened.path.name}",), Path(name)).tell(
            self._written, self._failed
        )

    def _written(self, path: object) -> None:
        self.trial.rest()
        self.trial.tell(f"已写到 {path}，可以退回原单位改正", "yes")
        self.said.emit(f"已写到 {path}")

    def _show_past(self, words: str, tone: str, batch: str = "") -> None:
        self.setCurrentWidget(self.past)
        self.past.open(acts.batches(self._workspace.store), self._workspace.catalogue, batch)
        if words:
            self.past.tell(words, tone)

    def _back(self, home: QWidget) -> None:
        """Esc stops what runs; otherwise one page back."""
        if self.busy:
            self.stop()
            self._here().rest()
            self._here().tell("已停止，没有写入", "soft")
            return
        if home is self.mapping and self.opened is None:
            home = self.kinds
        self.setCurrentWidget(home)
        self._take_hand()

    def _take_hand(self) -> None:
        page = self._here()
        (page if page is self.kinds else page.table).setFocus()  # type: ignore[attr-defined]
        if page is self.kinds:
            self.kinds.take_hand()

    def _here(self) -> Step:
        page = self.currentWidget()
        return next(step for step in self._steps if step is page)

    def _desk(self) -> Desk:
        office = self._workspace.office()
        assert office is not None, "without an office only the settings can be reached"
        return Desk(self._workspace.store, self._workspace.rules.plan, office)

    def _run(self, words: str, work: Callable[[Desk, Tell], object], done: Callable[..., None]) -> None:
        """Do one thing away from the window; its answer counts only while it is still the thing that runs."""
        here = self._here()
        if self.busy:
            here.tell("正在进行，请稍候，或按 Esc 停止", "soft")
            return
        try:
            desk = self._desk()
        except UserCanFix as fault:
            here.tell(fault.message, "bad")
            return
        task = self._task = Task(lambda tell: work(desk, tell), self)
        self._running.append(task)

        def ended(found: object, then: Callable[..., None]) -> None:
            self._running.remove(task)
            task.deleteLater()
            if self._task is task:
                self._task = None
                here.rest()
                then(found)

        task.done.connect(lambda found: ended(found, done))
        task.failed.connect(lambda fault: ended(fault, self._failed))
        task.stopped.connect(lambda: ended(None, lambda _: None))
        here.work(words)
        task.start()

    def _failed(self, fault: BaseException) -> None:
        message = in_a_sentence(fault)
        here = self._here()
        here.rest()
        if not message:
            here.tell("没有完成，什么都没有写入", "bad")
            raise fault
        here.tell(message, "bad")
        self.said.emit(message)
