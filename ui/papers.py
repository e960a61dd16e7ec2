"""Papers and workbooks made away from the window: a job for the warm helper process, and a signal when it is done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from printing.process import Helper
    from ui.jobs import Source
    from ui.workspace import Workspace


class Job(QObject):
    """One thing being made; `done` and `failed` arrive in the window's thread."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, future: Future[Any], parent: QObject) -> None:
        super().__init__(parent)
        self._future = future

    def tell(self, done: Callable[[Any], None], failed: Callable[[BaseException], None]) -> None:
        """Say whom to tell; only then is the job listened to, so that no answer comes too early."""
        self.done.connect(done)
        self.failed.connect(failed)
        self._future.add_done_callback(self._finish)

    def _finish(self, future: Future[Any]) -> None:
        if future.cancelled():
            return
        fault = future.exception()
        if fault is None:
            self.done.emit(future.result())
        else:
            self.failed.emit(fault)


class PaperMaker(QObject):
    """Gives jobs to the helper, which starts with the first one."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._helper: Helper | None = None

    def warm(self) -> None:
        """Start the helper before it is needed."""
        if self._helper is None:
            from printing.process import Helper
            from ui.jobs import get_ready

            self._helper = Helper(self._workspace.where.cache)
            self._helper.submit(get_ready, self._source())

    def make(self, function: Callable[..., Any], *arguments: object) -> Job:
        """Let the helper call a function of `ui.jobs` on this desk's store."""
        self.warm()
        assert self._helper is not None
        return Job(self._helper.submit(function, self._source(), *arguments), self)

    def packet(self, case_number: str) -> Job:
        """Let the papers of a case be made."""
        from ui.jobs import make_packet

        return self.make(make_packet, case_number)

    def _source(self) -> Source:
        from ui.jobs import Source

        return Source(self._workspace.where, self._workspace.layers(), self._workspace.today)

    def close(self) -> None:
        """End the helper."""
        if self._helper is not None:
            self._helper.close()
            self._helper = None
