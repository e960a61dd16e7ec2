"""The intake page: the desk, then the check page, then what was filed; and the acts of the keys.

One household at a time. A new desk is made for each; nothing of the last one is left behind but what is kept on purpose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from clerk.choices import choosable
from clerk.entry import Entry
from clerk.pinyin import readings
from ui import keys
from ui.intake.acts import Acts
from ui.intake.controller import IntakeController
from ui.intake.desk import Spot
from ui.intake.desk_view import DeskView
from ui.intake.notice import DraftNotice
from ui.intake.succeeding import Succeeding
from ui.plan.check_page import CheckPage
from ui.plan.choosing import Choosing
from ui.plan.filed_page import FiledPage
from ui.plan.take_home import TakeHome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clerk.records import CaseRecord
    from clerk.screening import Offer
    from ui.intake.drafts import DraftKeeper
    from ui.papers import PaperMaker
    from ui.workspace import Workspace


class IntakePage(QWidget):
    """受理."""

    said = Signal(str)
    hinted = Signal(str)

    def __init__(self, workspace: Workspace, keeper: DraftKeeper, papers: PaperMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace, self.keeper, self.papers = workspace, keeper, papers
        self.correction: CaseRecord | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.notice = DraftNotice(self)
        self.notice.resumed.connect(self.resume)
        self.notice.discarded.connect(self._discard)
        column.addWidget(self.notice)
        self.stack = QStackedWidget(self)
        column.addWidget(self.stack, 1)
        self.desk_view: DeskView
        self.check = CheckPage(self)
        self.filed = FiledPage(papers, self)
        self.check.went.connect(self._back_to)
        self.check.submitted.connect(self._submit)
        self.check.closed_list.connect(self._close_list)
        self.check.put_off_asked.connect(self.put_off)
        self.check.picked.connect(self._pick)
        self.check.said.connect(self.said)
        self.filed.finished.connect(self.start_new)
        self.filed.said.connect(self.said)
        self.stack.addWidget(self.check)
        self.stack.addWidget(self.filed)
        self.acts = Acts(self)
        self.choosing = Choosing(self)
        self.succeeding = Succeeding(self)
        self.take_home = TakeHome(self)
        self.check.take_home_asked.connect(self.take_home.show)
        keys.bind(keys.DESK, self, self.acts)
        for digit in range(10):
            keys.bind_one(f"Alt+{digit}", self, lambda digit=digit: self.acts.go_to_part((digit - 1) % 10))  # type: ignore[misc]
        self.start_new()
        self.offer_drafts()

    @property
    def desk(self) -> IntakeController:
        """The household at the desk."""
        return self.desk_view.desk

    def arrive(self) -> None:
        """Give the hand back to the form."""
        self.renew()
        if self.stack.currentWidget() is self.desk_view and self.desk_view.form.here() is None:
            self.desk_view.form.go_to_part(0)

    def start_new(self) -> None:
        """Another household sits down."""
        self.correction = None
        self.keeper.begin()
        self._seat(())

    def renew(self) -> None:
        """Seat the same household again where the day or the packs are others than when it sat down; nothing typed is lost."""
        if self.desk.rules is self.workspace.rules or self.stack.currentWidget() is self.filed:
            return
        self.flush()
        view, here = self.desk_view, self.desk_view.form.row_here()
        refused = view.refused
        self._seat(self._journal)
        self.desk_view.toggle(refused)
        if here is not None:
            self.desk_view.go_to(Spot(here.field.table, here.row, here.field.id))
        self.said.emit("政策数据已换用今天生效的版本，这一户已重新判定，录入的内容都在")

    def take_back(self, draft: str) -> None:
        """Take a draft out of the bin and go on with it."""
        self.keeper.restore(draft)
        self.keeper.flush()
        self.resume(draft)

    def resume(self, draft: str) -> None:
        """Go on with a draft that was left unfinished."""
        with self.workspace.store.reading() as view:
            entries = [Entry(*entry) for entry in view.draft_entries(draft)]
        self.correction = None
        self.keeper.go_on(draft, "")
        self._seat(entries)
        self.notice.hide()
        self.said.emit("草稿已接着打开")

    def correct(self, record: CaseRecord) -> None:
        """Open a filed household again, to keep a correction of it."""
        from ui.intake.again import entries_of

        self.keeper.begin()
        self._seat(entries_of(record.household, self.workspace.catalogue))
        self.correction = record
        self.desk_view.toggle((one.programme, one.subject) for one in record.applications)
        self.said.emit(f"正在更正案件 {record.case_number}，提交后保留为新版本")

    def visit(self, record: CaseRecord, offer: tuple[str, str]) -> None:
        """Open a filed household at the reasons of one offer."""
        from ui.offers.lines import lines

        self.correct(record)
        view = self.desk_view
        shown = lines(view.screening, self.desk, view.is_chosen, frozenset()) if view.screening else []
        line = next((line for line in shown if offer in [one.key for one in line.offers]), None)
        QTimer.singleShot(0, view, lambda: view.show_reasons(line, take_hand=True))
        self.said.emit(f"已打开{self.acts.household_title()}一户（案件 {record.case_number}），改动后提交保留为新版本")

    def offer_drafts(self) -> None:
        """Offer what was left unfinished."""
        with self.workspace.store.reading() as view:
            self.notice.offer(view.drafts())

    def flush(self) -> None:
        """Say what is still resting in a field."""
        self.desk_view.form.flush()

    def text_resized(self) -> None:
        """Measure again."""
        QTimer.singleShot(0, self.desk_view, self.desk_view.refit)

    def show_desk(self) -> None:
        """Back to the form."""
        self.stack.setCurrentWidget(self.desk_view)

    def show_check(self) -> None:
        """F12: what is wrong, what is missing, and what will be filed."""
        self.renew()
        self.flush()
        self.desk_view.refresh()
        self.check.show_state(self.desk_view, self.correction, afresh=True)
        self.stack.setCurrentWidget(self.check)
        self.check.take_hand()

    def put_off(self) -> None:
        """Write 暂缺 wherever a required answer is not known yet."""
        count = self.desk.put_off()
        self.show_check()
        self.said.emit(f"{count} 项先记为暂缺，以后可补")

    def sheet_place(self) -> tuple[QPoint, QSize]:
        """Where a sheet lies: over the form, near its top."""
        width = min(self.width() - 40, self.fontMetrics().horizontalAdvance("汉") * 30)
        return QPoint(max(20, (self.desk_view.form.width() - width) // 2), 60), QSize(width, min(420, self.height() - 90))

    def _seat(self, entries: Sequence[Entry]) -> None:
        self._journal = list(entries)
        old = getattr(self, "desk_view", None)
        desk = IntakeController(self.workspace.catalogue, self.workspace.today, self.workspace.rules, entries)
        self.desk_view = DeskView(desk, readings, self)
        self.desk_view.noted.connect(self.said)
        self.desk_view.asked_check.connect(self.show_check)
        self.desk_view.asked_choice.connect(self.choosing.ask)
        self.desk_view.form.entered.connect(self._hint)
        self.desk_view.form.left.connect(self.succeeding.left)
        desk.on_entries = self._keep
        self.stack.addWidget(self.desk_view)
        self.stack.setCurrentWidget(self.desk_view)
        if old is not None:
            old.far.forget()
            self.stack.removeWidget(old)
            old.deleteLater()
        self.desk_view.form.go_to_part(0)
        QTimer.singleShot(0, self.desk_view, self.desk_view.form.to_top)

    def _keep(self, entries: Sequence[Entry]) -> None:
        self._journal.extend(entries)
        self.keeper.keep(entries, self.acts.household_title())
        self.notice.hide()

    def _hint(self, table: str, row: str, field: str) -> None:
        if self.desk.rules is not self.workspace.rules:
            QTimer.singleShot(0, self, self.renew)
        question = self.desk.catalogue.field_of(table, field)
        self.hinted.emit(question.help if question else "")

    def _back_to(self, spot: object) -> None:
        self.show_desk()
        if isinstance(spot, Spot):
            self.desk_view.go_to(spot)
        else:
            self.desk_view.form.setFocus(Qt.FocusReason.OtherFocusReason)
            self.desk_view.form.go_to_part(0)

    def _close_list(self, table: str, done: bool) -> None:
        self.desk.close(table, done)
        self.desk_view.refresh()
        self.check.show_state(self.desk_view, self.correction)

    def _pick(self, offer: Offer) -> None:
        if choosable(offer):
            self.choosing.ask(offer)
            return
        self.desk_view.toggle((offer.key,))
        self.check.show_state(self.desk_view, self.correction)

    def _discard(self, draft: str) -> None:
        self.keeper.discard(draft)
        self.keeper.flush()
        self.offer_drafts()
        self.said.emit("草稿已放入回收，可在案件页找回")

    def _submit(self) -> None:
        from ui.plan.filing import file_household

        self.renew()
        self.flush()
        self.desk_view.refresh()
        if tuple(self.desk_view.chosen()) != self.check.shown:
            self.show_check()
            self.said.emit("方案刚有变化，请再看一眼，然后提交")
            return
        self.keeper.flush()
        record = file_household(self.workspace, self.desk, self.check.shown, self.keeper.draft, self.correction)
        kept_only = record is self.correction
        self.keeper.begin()
        self.filed.show_case(record, self.desk.catalogue)
        self.stack.setCurrentWidget(self.filed)
        self.filed.take_hand()
        self.said.emit(f"更正已保留，案件 {record.case_number} 的办件不变" if kept_only else f"已提交，案件编号 {record.case_number}")
