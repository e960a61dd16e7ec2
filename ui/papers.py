"""Papers and workbooks made away from the window: a job for the warm helper process, and a signal when it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ui.relay import relay

if TYPE_CHECKING:
    from printing.batch import Batch
    from printing.printers import Way
    from printing.process import Helper
    from ui.jobs import Source
    from ui.spooler import Spooler
    from ui.workspace import Workspace


class Job(QObject):
    """One thing being made; `done` and `failed` arrive in the window's thread."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, future: Future[Any], parent: QObject) -> None:
        super().__init__(parent)
        self._future, self._relay = future, relay()

    def tell(self, done: Callable[[Any], None], failed: Callable[[BaseException], None]) -> None:
        """Say whom to tell; only then is the job listened to, so that no answer comes too early."""
        self.done.connect(done)
        self.failed.connect(failed)
        self._future.add_done_callback(lambda future: self._relay.came.emit(lambda: self._finish(future)))

    def _finish(self, future: Future[Any]) -> None:
        if future.cancelled() or not isValid(self):
            return
        fault = future.exception()
        if fault is None:
            self.done.emit(future.result())
        else:
            self.failed.emit(fault)


class PaperMaker(QObject):
    """Gives jobs to the helper, which starts with the first one; holds the way to the printers (`way`: another than this machine's)."""

    said = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.way: Way | None = None
        self._helper: Helper | None = None
        self._spooler: Spooler | None = None
        self._batch: Batch[Any] | None = None
        self.closed = False

    def warm(self) -> None:
        """Start the helper before it is needed."""
        if self._helper is None:
            from printing.process import Helper
            from ui.jobs import get_ready

            self._helper = Helper(self.workspace.where.cache)
            self._helper.submit(get_ready, self._source())

    def use(self, way: Way) -> None:
        """Print another way than this machine's."""
        self.way = way
        self._hang_up()

    @property
    def spooler(self) -> Spooler:
        """The way to the printers, made when it is first asked for."""
        if self._spooler is None:
            from ui.spooler import Spooler

            self._spooler = Spooler(self.workspace, self.way, self)
            self._spooler.said.connect(self.said)
            self._spooler.resume(self.actor)
        return self._spooler

    @property
    def actor(self) -> str:
        """Who prints, for the journal."""
        office = self.workspace.office()
        return office.clerk if office else ""

    def make(self, function: Callable[..., Any], *arguments: object) -> Job:
        """Let the helper call a function of `ui.jobs` on this desk's store."""
        self.warm()
        assert self._helper is not None
        return Job(self._helper.submit(function, self._source(), *arguments), self)

    def batch(self, function: Callable[..., Any], arguments: tuple[object, ...], keys: Sequence[str]) -> Batch[Any]:
        """Let the helper call a function of `ui.batch_jobs` on this desk's store for each of some keys, in their order."""
        from printing.batch import Batch

        self.warm()
        assert self._helper is not None
        self._batch = Batch(self._helper, partial(function, self._source(), *arguments), keys)
        return self._batch

    def packet(self, case_number: str) -> Job:
        """Let the papers of a case be made."""
        from ui.jobs import make_packet

        return self.make(make_packet, case_number)

    def _hang_up(self) -> None:
        if self._spooler is not None:
            self._spooler.close()
            self._spooler = None

    def _source(self) -> Source:
        from ui.jobs import Source

        now = self.workspace.now()
        return Source(self.workspace.where, self.workspace.layers(), now.date(), now)

    def close(self) -> None:
        """End the helper, and stop following what prints."""
        self.closed = True
        self._hang_up()
        if self._batch is not None:
            self._batch.stop()
        if self._helper is not None:
            self._helper.close()
            self._helper = None
