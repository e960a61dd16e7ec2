"""The draft of the office's own rules that the pages edit together: opened when first needed, read again when the shelf changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.policy.faults import in_a_sentence
from ui.task import Task

if TYPE_CHECKING:
    from clerk.authoring.bench import Bench
    from clerk.authoring.shapes import About, Home
    from ui.workspace import Workspace


class Studio(QObject):
    """One draft at a time; `said` tells what stands in the way of opening it, `changed` that the draft is another."""

    said = Signal(str)
    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._about: About | None = None
        self._bench: Bench | None = None
        self._seen: object = None
        self._turn = 0
        self._task: Task | None = None
        self._waiting: list[Callable[[Bench], None]] = []

    @property
    def home(self) -> Home:
        """Where drafts and packs of this desk lie."""
        from clerk.authoring.shapes import Home

        return Home(self.workspace.where.policy)

    def layers(self) -> tuple[About, ...]:
        """The layers that may be edited here, the office's own first; none before the office is known."""
        from clerk.authoring.drafts import editable

        office = self.workspace.office()
        return editable(self.workspace.layers(), office) if office else ()

    @property
    def about(self) -> About:
        """The layer that is edited now."""
        if self._about is None:
            self._about = self.layers()[0]
        return self._about

    def choose(self, about: About) -> None:
        """Edit another layer from now on."""
        if about != self.about:
            self._about = about
            self.forget()

    def forget(self) -> None:
        """The draft or the layers are others now: open it again before the next use."""
        self._bench = None
        self._turn += 1
        self.changed.emit()

    def open(self, then: Callable[[Bench], None]) -> None:
        """Give the bench: at once while it is open, otherwise when it has been read."""
        if self._bench is not None and self._seen == self._state():
            then(self._bench)
            return
        self._waiting.append(then)
        if self._task is None:
            self._start()

    def stop(self) -> None:
        """Come back when nothing is being read any more."""
        if self._task is not None:
            self._task.stop(wait=True)

    def _state(self) -> object:
        return self._turn, self.about, self.workspace.layers(), self.workspace.today

    def _start(self) -> None:
        state = self._state()
        self._task = Task(lambda tell: (self._read(), state), self)
        self._task.done.connect(self._opened)
        self._task.failed.connect(lambda fault: self._failed(fault, state))
        self._task.start()

    def _read(self) -> Bench:
        from clerk.authoring.bench import open_bench
        from clerk.authoring.drafts import start_draft

        layers = self.workspace.layers()
        return open_bench(start_draft(self.home, self.about, layers), layers, self.workspace.today)

    def _opened(self, found: tuple[Bench, object]) -> None:
        self._task = None
        if found[1] != self._state():  # something else is wanted by now
            self._start()
            return
        self._bench, self._seen = found
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then(self._bench)

    def _failed(self, fault: BaseException, state: object) -> None:
        self._task = None
        if state != self._state():
            self._start()
            return
        self._waiting = []
        message = in_a_sentence(fault)
        if not message:
            raise fault
        self.said.emit(message)
