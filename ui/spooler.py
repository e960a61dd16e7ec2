"""Papers on their way to a printer: handed over and followed in one thread, so that a dead printer never holds the window.

Every attempt is written into the journal, and what has not come out stays on the waiting list of the store.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.papers import Job

if TYPE_CHECKING:
    from clerk.printouts import Attempt
    from clerk.records import IssuedPaper
    from printing.printers import Way
    from printing.sending import Choice, Piece, Sent
    from ui.workspace import Workspace

WATCH = 2000
"""How often, in ms, the print service is asked how papers stand."""
CONFIRMED = "经办人确认已出纸"


@dataclass(frozen=True, slots=True)
class _Under:
    """One paper under way: the case it belongs to, where, by whom, and how it stands."""

    case_number: str
    printer: str
    actor: str
    sent: Sent


def way_of_this_machine() -> Way:
    """CUPS, or page images where a print service takes no PDF."""
    if sys.platform == "win32":
        from ui.image_printing import ImageWay

        return ImageWay()
    from printing.cups import Cups

    return Cups()


class Spooler(QObject):
    """Prints and follows; `changed` brings the papers whose state is new (`printing.sending.Sent`), `said` one sentence."""

    changed = Signal(object)
    said = Signal(str)

    def __init__(self, workspace: Workspace, way: Way | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._given, self._previews = workspace, way, 0
        self._under: dict[int, _Under] = {}
        self._asked: dict[int, tuple[str, str, str]] = {}
        self._asking = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="printing")
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH)
        self._watch.timeout.connect(self.look)

    @property
    def way(self) -> Way:
        """The way to the printers."""
        if self._given is None:
            self._given = way_of_this_machine()
        return self._given

    def under_way(self, numbers: Collection[int]) -> int:
        """How many of these papers are with the print service, not known to be over."""
        return sum(number in self._under and bool(self._under[number].sent.job) for number in numbers)

    def printers(self) -> Job:
        """Ask for the printers (tuple of `Printer`)."""
        return self._job(lambda: self.way.printers())

    def features(self, printer: str) -> Job:
        """Ask what a printer can do (`Features`)."""
        return self._job(lambda: self.way.features(printer))

    def choice(self, printer: str) -> Choice | None:
        """What was chosen when this printer was last used."""
        from printing.sending import CHOICES, Choice

        kept = self._kept(CHOICES)
        return Choice.from_plain(kept[printer]) if printer in kept else None

    def last_printer(self) -> str:
        """The printer last used; "" before the first."""
        from printing.sending import LAST

        return str(self._workspace.setting(LAST, ""))

    def print_issued(self, papers: Sequence[tuple[IssuedPaper, bytes]], choice: Choice, actor: str) -> Job:
        """Print what was handed out, in its order (tuple of `Sent`). Tell the job, or nothing is written down."""
        from printing.printers import sides_of
        from printing.sending import Piece

        known = self._workspace.catalogue.papers
        pieces = []
        for one, pdf in papers:
            sides = sides_of(known[one.paper].sides if one.paper in known else "")
            pieces.append(Piece(one.number, one.case_number, pdf, one.copies, sides))
        return self._send(pieces, choice, actor)

    def print_preview(self, pdf: bytes, title: str, choice: Choice) -> Job:
        """Print what is not handed out: no journal, followed all the same; its number is negative."""
        from printing.sending import Piece

        self._previews -= 1
        return self._send([Piece(self._previews, title, pdf)], choice, "")

    def retry(self, numbers: Sequence[int], choice: Choice, actor: str) -> Job:
        """Print again what did not come out: the kept bytes under the number they have. UserCanFix when damaged.

        Jobs of theirs that still wait at another printer are taken back first, so that nothing comes out twice.
        """
        from clerk.issuing import reprint

        with self._workspace.store.reading() as view:
            papers = [reprint(view, number) for number in numbers]
        self._take_back(numbers)
        return self.print_issued(papers, choice, actor)

    def cancel(self, numbers: Collection[int]) -> Job:
        """Take papers back (tuple of `Sent`)."""
        from printing.sending import cancel_all

        taken = [one.sent for number, one in self._under.items() if number in numbers]
        job = self._job(lambda: cancel_all(self.way, taken))
        job.done.connect(self._note)
        return job

    def confirm(self, numbers: Collection[int], actor: str) -> None:
        """The clerk has seen the paper come out: it waits no more."""
        from clerk.printouts import note_attempts

        seen = [one for one in self.waiting() if one.number in numbers]
        with self._workspace.store.work() as work:
            note_attempts(work, [replace(one, stage=CONFIRMED, over=True, settled=True) for one in seen], actor)
        for number in numbers:
            self._under.pop(number, None)

    def waiting(self) -> tuple[Attempt, ...]:
        """What was given to a printer and is not known to have come out, of all cases."""
        from clerk.printouts import waiting

        with self._workspace.store.reading() as view:
            return waiting(view)

    def resume(self, actor: str) -> None:
        """Follow again what was under way when the window was last closed."""
        from printing.printers import Progress, Stage
        from printing.sending import Sent

        for one in self.waiting():
            if not one.over:
                sent = Sent(one.number, one.job, Progress(Stage(one.stage), ""))
                self._under[one.number] = _Under(one.case_number, one.printer, actor, sent)
        self._follow_on()

    def look(self) -> None:
        """Ask now how papers stand; nothing happens while the last question is open."""
        from printing.sending import watch

        sent = [one.sent for one in self._under.values()]
        if sent and not self._asking:
            self._asking = True
            self._job(lambda: watch(self.way, sent)).tell(self._note, self._complain)

    def close(self) -> None:
        """Stop following; what waits is kept in the store, and the print service keeps printing."""
        self._under.clear()  # a question still open must not ask again of a thread that is gone
        self._watch.stop()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _send(self, pieces: Sequence[Piece], choice: Choice, actor: str) -> Job:
        from printing.sending import CHOICES, LAST, send_all

        self._workspace.keep_setting(CHOICES, self._kept(CHOICES) | {choice.printer: choice.to_plain()})
        self._workspace.keep_setting(LAST, choice.printer)
        for piece in pieces:
            self._asked[piece.number] = (piece.title, choice.printer, actor)
        job = self._job(lambda: send_all(self.way, pieces, choice))
        job.done.connect(self._begin)
        return job

    def _begin(self, sent: Sequence[Sent]) -> None:
        for one in sent:
            self._under[one.number] = _Under(*self._asked.pop(one.number), sent=one)
        self._write_down(sent)
        self._tell(sent)
        self._follow_on()

    def _note(self, sent: Sequence[Sent]) -> None:
        """Take in how papers stand; what is over is followed no more."""
        self._asking = False
        news = [one for one in sent if one.number in self._under and self._under[one.number].sent != one]
        for one in news:
            self._under[one.number] = replace(self._under[one.number], sent=one)
        self._write_down(news)
        for one in news:
            if one.progress.over:
                del self._under[one.number]
        self._tell(news)
        self._follow_on()

    def _write_down(self, sent: Sequence[Sent]) -> None:
        from clerk.printouts import Attempt, note_attempts
        from printing.printers import Stage

        by_actor: dict[str, list[Attempt]] = {}
        for one in sent:
            under, stage = self._under[one.number], one.progress.stage
            if one.number > 0:
                settled = stage in (Stage.DONE, Stage.CANCELLED)
                attempt = Attempt(
                    one.number, under.case_number, under.printer, one.job, stage.value, one.progress.over, settled
                )
                by_actor.setdefault(under.actor, []).append(attempt)
        for actor, attempts in by_actor.items():
            with self._workspace.store.work() as work:
                note_attempts(work, attempts, actor)

    def _tell(self, news: Sequence[Sent]) -> None:
        if news:
            self.changed.emit(tuple(news))
            self.said.emit(f"打印：{news[-1].progress.words}")

    def _take_back(self, numbers: Sequence[int]) -> None:
        """Let jobs that the print service still has be destroyed before the papers go elsewhere."""
        for one in self.waiting():
            if one.number in numbers and one.job and not one.over:
                self._thread.submit(self.way.forget, one.job)
        for number in numbers:
            self._under.pop(number, None)

    def _follow_on(self) -> None:
        if any(one.sent.job for one in self._under.values()):
            self._watch.start()
        else:
            self._watch.stop()

    def _complain(self, fault: BaseException) -> None:
        self._asking = False
        message = getattr(fault, "message", "")
        if not message:
            raise fault
        self.said.emit(message)

    def _kept(self, name: str) -> dict[str, Any]:
        kept = self._workspace.setting(name, {})
        return dict(kept) if isinstance(kept, dict) else {}

    def _job(self, act: Callable[[], Any]) -> Job:
        job = Job(self._thread.submit(act), self)
        job.done.connect(job.deleteLater)
        job.failed.connect(job.deleteLater)
        return job
