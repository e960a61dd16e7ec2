"""Papers and workbooks made away from the window: a job for the warm helper process, and a signal when it is done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from clerk.records import CaseRecord
    from printing.process import Helper
    from ui.workspace import Workspace


class Job(QObject):
    """One thing being made; `done` and `failed` arrive in the window's thread."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, future: Future[Any], parent: QObject) -> None:
        super().__init__(parent)
        self._future = future
        future.add_done_callback(self._finish)

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

            self._helper = Helper(self._workspace.where.cache)

    def make(self, function: Callable[..., Any], *arguments: object) -> Job:
        """Let the helper call a module-level function."""
        self.warm()
        assert self._helper is not None
        return Job(self._helper.submit(function, *arguments), self)

    def packet(self, record: CaseRecord) -> Job:
        """Let the papers of a case be made."""
        from ui.jobs import make_packet

        workspace = self._workspace
        return self.make(make_packet, record, workspace.layers(), workspace.where.cache, workspace.today)

    def close(self) -> None:
        """End the helper."""
        if self._helper is not None:
            self._helper.close()
            self._helper = None
