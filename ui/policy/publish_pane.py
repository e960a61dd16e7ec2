"""发布: the draft before it is published, a rehearsal of it, the history of its layer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.policy.history_view import HistoryView
from ui.policy.publish_page import PublishPage
from ui.policy.publishing import history_of
from ui.policy.rehearsal_view import RehearsalView
from ui.policy.rehearsing import Trial, rehearse_trial
from ui.task import Task
from ui.workspace import desk_layers

if TYPE_CHECKING:
    from clerk.authoring.bench import Bench
    from ui.policy.studio import Studio


class PublishPane(QStackedWidget):
    """The draft before it is published, a rehearsal of it, or the history of its layer."""

    said = Signal(str)
    opened = Signal(str, str, str)

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = PublishPage(studio, self)
        self.rehearsal = RehearsalView(self)
        self.history = HistoryView(self)
        for widget in (self.page, self.rehearsal, self.history):
            self.addWidget(widget)
        self.page.said.connect(self.said)
        self.page.asked_rehearsal.connect(self._rehearse)
        self.page.asked_history.connect(self._show_history)
        self.rehearsal.said.connect(self.said)
        self.rehearsal.opened.connect(self.opened)
        self.rehearsal.left.connect(self._back)
        self.history.left.connect(self._back)
        self._studio = studio

    def arrive(self) -> None:
        """Show the draft as it is now."""
        if self.currentWidget() is self.page:
            self.page.arrive()
        else:
            self.currentWidget().setFocus()

    def stop(self, wait: bool = False) -> None:
        """Stop what runs."""
        self.rehearsal.stop(wait)
        self.page.stop(wait)

    def _rehearse(self, bench: Bench) -> None:
        workspace = self._studio.workspace
        day = self.page.effective() or workspace.today + timedelta(days=1)
        trial = Trial(f"草稿（{bench.draft.about.name}）", desk_layers(workspace.where, day), bench.trial_layers(), day)
        self.setCurrentWidget(self.rehearsal)
        self.rehearsal.begin(trial.title, Task(lambda tell: rehearse_trial(workspace, trial, tell), self))

    def _show_history(self) -> None:
        self.history.show_past(self._studio.about.name, history_of(self._studio, self._studio.about))
        self.setCurrentWidget(self.history)
        self.history.table.setFocus()

    def _back(self) -> None:
        self.setCurrentWidget(self.page)
        self.page.arrive()
