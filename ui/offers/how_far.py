"""差多少: what one answer would have to be for a verdict to change; worked out when asked for, away from the window."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from forms.language.values import Verdict
from ui.task import Task

if TYPE_CHECKING:
    from clerk.household import Household
    from clerk.screening import Offer
    from forms.language.plan import Plan
    from ui.intake.controller import IntakeController

KEY = "Ctrl+D"
Offers = tuple["Offer", ...]


def far_words(plan: Plan, household: Household, offers: Offers) -> str:
    """What would change some offers, as rich text."""
    from clerk.thresholds import outlook
    from clerk.thresholds_text import HEADING, to_lines

    lines = to_lines(outlook(plan, household, offers), plan.catalogue, household)
    if not lines:
        return _paragraph("差多少：只改任何一处数额都不会改变结论，看上面不满足的条件。")
    items = "".join(f"<li>{escape(line.strip())}</li>" for line in lines if line.strip() and line != HEADING)
    return f'<p style="margin-bottom:0"><b>{escape(HEADING)}</b></p><ul style="margin-top:0">{items}</ul>'


class HowFar(QObject):
    """Remembers what was worked out until an answer changes; `found` says that there is something new to show."""

    found = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: dict[Offers, str] = {}
        self._task: Task | None = None

    def forget(self) -> None:
        """An answer changed: nothing that was worked out holds any more."""
        self._known.clear()
        if self._task is not None:
            self._task.stop()
            self._task = None

    def words(self, offers: Offers) -> str:
        """What is to be said under the reasons of some offers."""
        if not _open(offers):
            return ""
        return self._known.get(offers, _paragraph(f"{KEY}　差多少：哪一项改到多少，结论就会变"))

    def ask(self, offers: Offers, desk: IntakeController) -> bool:
        """Work out what would change some offers; False when there is nothing to ask."""
        wanted = _open(offers)
        if not wanted or offers in self._known:
            return bool(wanted)
        self.forget()
        self._known[offers] = _paragraph("差多少：正在计算…")
        plan, household = desk.rules.plan, desk.household()
        self._task = task = Task(lambda tell: far_words(plan, household, wanted), None)
        task.done.connect(lambda said: self._take(task, offers, said))
        task.failed.connect(lambda fault: self._fail(task, offers, fault))
        task.start()
        self.found.emit()
        return True

    def _take(self, task: Task, offers: Offers, said: str) -> None:
        if task is self._task:
            self._task = None
            self._known[offers] = said
            self.found.emit()

    def _fail(self, task: Task, offers: Offers, fault: BaseException) -> None:
        if task is self._task:
            self._take(task, offers, _paragraph("差多少：没有算出来"))
            raise fault


def _open(offers: Offers) -> Offers:
    return tuple(offer for offer in offers if offer.verdict is not Verdict.YES)


def _paragraph(words: str) -> str:
    return f'<p style="color:#566570">{escape(words)}</p>'
