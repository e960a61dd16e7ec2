"""What is being handed out and printed: how far it is, what a printer says, and trying again under the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ui.intake.editors import set_flag

if TYPE_CHECKING:
    from clerk.records import IssuedPaper
    from printing.printers import Progress
    from printing.sending import Choice, Sent
    from ui.papers import Job, PaperMaker

    Made = Sequence[tuple[IssuedPaper, bytes]]
MAKING = "正在生成文书并登记印发…"


class RunBar(QFrame):
    """One run at a time; hidden before the first."""

    said = Signal(str)
    made = Signal(object)
    ended = Signal()

    def __init__(self, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._papers = papers
        self._heard: object = None
        self.states: dict[int, Progress] = {}
        self._jobs: dict[int, str] = {}
        self._where: Choice | None = None
        self.busy = False
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 5, 12, 5)
        line.setSpacing(10)
        self.words = QLabel("", self)
        self.words.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName("打印进度")
        self.again = QPushButton("重试  Ctrl+T", self)
        self.again.setAccessibleName("重试")
        self.again.clicked.connect(self.retry)
        line.addWidget(self.words, 1)
        line.addWidget(self.bar)
        line.addWidget(self.again)
        self.hide()

    def begin(self, job: Job, where: Choice, check: Callable[[Made], str] | None = None) -> None:
        """Print what a job hands out; `check` may say something of what was made before it goes to the printer."""
        self.busy, self._where, self.states, self._jobs = True, where, {}, {}
        self._say(MAKING, "quiet")
        self.bar.setRange(0, 0)
        self.again.hide()
        self.show()
        job.tell(lambda made: self._made(made, where, check), self._failed)

    def retry(self) -> None:
        """Ctrl+T: send what did not come out once more, the same bytes under the same numbers."""
        from clerk.errors import UserCanFix

        left = self.left()
        if not left or self._where is None:
            self.said.emit("没有需要重试的文书")
            return
        try:
            job = self._papers.spooler.retry(left, self._where, self._papers.actor)
        except UserCanFix as fault:
            self._failed(fault)
            return
        self.again.hide()
        self._say(f"正在重新送 {len(left)} 件，编号不变…", "quiet")
        job.tell(lambda _: None, self._failed)

    def use(self, where: Choice | None) -> None:
        """Another printer was chosen: the next try goes there."""
        self._where = where or self._where

    def forget(self) -> None:
        """Another case is shown: what still prints is followed by the spooler alone."""
        self.busy, self.states = False, {}
        self.hide()

    def left(self) -> list[int]:
        """The numbers of papers not known to have come out."""
        from printing.printers import Stage

        fine = (Stage.DONE, Stage.SENT, Stage.PRINTING)
        return [number for number, state in self.states.items() if state.stage not in fine]

    def _made(self, papers: Made, where: Choice, check: Callable[[Made], str] | None) -> None:
        self.busy = False  # from here on the next papers may follow; the printer keeps their order
        if self._heard is not self._papers.spooler:
            self._heard = self._papers.spooler
            self._papers.spooler.changed.connect(self._changed)
        if check is not None and (words := check(papers)):
            self.said.emit(words)
        self.states = dict.fromkeys((one.number for one, _ in papers), _not_sent())
        self.bar.setRange(0, len(papers))
        self.bar.setValue(0)
        self._say(f"{len(papers)} 件已登记印发，正在送打印机…", "quiet")
        self.made.emit(papers)
        self._papers.spooler.print_issued(papers, where, self._papers.actor).tell(lambda _: None, self._failed)

    def _changed(self, news: Sequence[Sent]) -> None:
        mine = {one.number: one.progress for one in news if one.number in self.states}
        if not mine:
            return
        self.states |= mine
        self._tell()

    def _tell(self) -> None:
        from printing.printers import Stage

        total = len(self.states)
        done = sum(state.stage is Stage.DONE for state in self.states.values())
        left = self.left()
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.again.setVisible(bool(left))
        if left:
            self._say(
                f"已打印 {done} 件，{len(left)} 件没有打出：{self.states[left[0]].words}排除后重试，编号不变。", "soft"
            )
        elif done == total:
            self._say(f"{total} 件全部打印完毕。", "yes")
        else:
            self._say(f"已打印 {done} 件，共 {total} 件：{self._now().words}", "quiet")
        if left or done == total:
            self.ended.emit()

    def _now(self) -> Progress:
        from printing.printers import Stage

        return next(state for state in self.states.values() if state.stage is not Stage.DONE)

    def _failed(self, fault: BaseException) -> None:
        message = getattr(fault, "message", "")
        self.busy = False
        self.bar.setRange(0, 1)
        self._say(message or "没有完成，什么都没有登记。", "bad")
        self.again.setVisible(bool(self.states))
        self.ended.emit()
        if not message:
            raise fault
        self.said.emit(message)

    def _say(self, words: str, tone: str) -> None:
        self.words.setText(words)
        set_flag(self.words, "tone", tone)


def _not_sent() -> Progress:
    from printing.printers import Progress, Stage

    return Progress(Stage.WAITING, "还没有送到打印机。")
