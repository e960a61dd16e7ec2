"""One batch on its way: households made in the helper in the order of the list, a few ahead, each printed before the next."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.papers import Job
from ui.printing_desk.parts import together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clerk.issuing import Handing
    from printing.batch import Made
    from printing.printers import Progress
    from printing.sending import Choice, Sent
    from ui.batch_jobs import HandedOut, Wish
    from ui.papers import PaperMaker

MOST_OPEN = 60
"""Papers of a batch left with the print service at a time; CUPS takes no more than 500 jobs from everybody together."""


class BatchRun(QObject):
    """`told` brings a case number and what became of it, `ended` the account (`printing.batch.Account`).

    `held` says how many papers the printer must get done first.
    """

    told = Signal(str, str)
    held = Signal(int)
    ended = Signal(object)

    def __init__(self, papers: PaperMaker, where: Choice, keys: Sequence[str], parent: QObject) -> None:
        from printing.batch import Account

        super().__init__(parent)
        self._papers, self._where, self._keys = papers, where, keys
        self.account = Account(len(keys))
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="batch")
        self._spooler = papers.spooler
        self._held = False
        self._open: list[int] = []
        self._key = self._without = ""

    def begin(self, handing: Handing, wish: Wish) -> None:
        """Hand out and print one household after another."""
        from ui.batch_jobs import hand_out_new

        self._batch = self._papers.batch(hand_out_new, (handing, wish), self._keys)
        self._spooler.changed.connect(self._room)
        self._next()

    def stop(self) -> None:
        """Begin no further household; what is begun has numbers and is printed."""
        self._batch.stop()
        self._room()

    def _next(self) -> None:
        self._open = [number for number in self._open if self._spooler.under_way([number])]
        if len(self._open) >= MOST_OPEN and not self._batch.stopped:
            self._held = True
            self.held.emit(len(self._open))
            return
        job = Job(self._thread.submit(next, self._batch, None), self)
        for over in (job.done, job.failed):
            over.connect(job.deleteLater)
        job.tell(self._made, self._broken)

    def _room(self, _: object = None) -> None:
        """The print service has taken something off our hands, or nothing more is wanted."""
        if self._held:
            self._held = False
            self._next()

    def _made(self, made: Made[HandedOut] | None) -> None:
        if self._papers.closed:
            return
        if made is None:
            self._end()
        elif made.result is None:
            self._fail(made.key, made.fault)
        elif not made.result.papers:
            self.account.same.append(made.key)
            self._on(made.key, f"没有新的、有变的文书{_without(made.result)}")
        else:
            self._print(made.key, made.result)

    def _print(self, key: str, made: HandedOut) -> None:
        self._key, self._without = key, _without(made)
        job = self._spooler.print_issued(made.papers, self._where, self._papers.actor)
        job.tell(self._sent, self._unsent)

    def _sent(self, sent: Sequence[Sent]) -> None:
        self._open += [one.number for one in sent]
        self._settle(next((one.progress for one in sent if not one.job), None))
        self._on(self._key, _said(sent) + self._without)

    def _unsent(self, fault: BaseException) -> None:
        from printing.printers import Progress, Stage

        message = getattr(fault, "message", "")
        self._settle(Progress(Stage.FAILED, message or "打印没有完成。"))
        self._on(self._key, "已登记印发，没有送到打印机（补打里重试）")
        if not message:
            raise fault

    def _settle(self, refused: Progress | None) -> None:
        """A printer that does not answer stops the batch: no more households take numbers for nothing."""
        if refused is None:
            self.account.printed.append(self._key)
        else:
            self.account.numbered.append(self._key)
            self.account.trouble = refused.words
            self._batch.stop()

    def _broken(self, fault: BaseException) -> None:
        """A fault of ours costs one household; the next follows all the same."""
        self._fail(self._keys[self._batch.place - 1], "没有完成，请单独打印这一户")
        raise fault

    def _fail(self, key: str, why: str) -> None:
        self.account.failed[key] = why
        self._on(key, why)

    def _on(self, key: str, said: str) -> None:
        self.told.emit(key, said)
        self._next()

    def _end(self) -> None:
        self._thread.shutdown(wait=False)
        self._spooler.changed.disconnect(self._room)
        self.ended.emit(self.account)


def _without(made: HandedOut) -> str:
    """What was wished and is not there, said after what is."""
    why = f"：{together(made.why)}" if made.why else ""
    return f"；没有{'、'.join(made.without)}{why}" if made.without else ""


def _said(sent: Sequence[Sent]) -> str:
    from printing.printers import Stage

    waiting = sum(one.progress.stage is Stage.WAITING for one in sent)
    return f"{len(sent)} 件已登记，{waiting} 件等打印机（补打里重试）" if waiting else f"{len(sent)} 件已送打印机"
