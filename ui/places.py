"""The places behind the rail: made when first gone to, told about each other, closed together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QWidget

from ui import keys
from ui.cases.page import CasesPage
from ui.intake.drafts import DraftKeeper
from ui.intake.page import IntakePage
from ui.keying.desk import KeyingDesk
from ui.papers import PaperMaker
from ui.plan.filed_page import FiledPage
from ui.policy.page import PolicyPage
from ui.printing_desk.place import PrintingPage
from ui.radar.page import RadarPage
from ui.radar.scan import case_of
from ui.rosters.place import SheetsPage
from ui.settings.page import SettingsPage
from ui.sheet import TextSheet

if TYPE_CHECKING:
    from clerk.records import CaseRecord
    from printing.lost import Lost
    from printing.noting import Gap
    from ui.main_window import MainWindow

INTAKE, CASES, ROSTERS, RADAR, POLICY, PRINTING, SETTINGS = range(7)


class Places:
    """Which page shows, and what passes between pages."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.workspace = window, window.workspace
        self.keeper = DraftKeeper(self.workspace.store, window)
        self.papers = PaperMaker(self.workspace, window)
        self.keying = KeyingDesk(self.papers, window)
        self.keying.said.connect(window.bar.say)
        self._pages: dict[int, QWidget] = {}
        self._keys = TextSheet("全部按键", window)
        self.keeper.saved.connect(window.bar.show_saved)
        self.keeper.failed.connect(window.bar.say)
        self.papers.said.connect(window.bar.say)

    def show_place(self, index: int) -> int:
        """Show a page, making it when it is new, and say which; without an office only the settings can be reached."""
        if self.workspace.office() is None and index != SETTINGS:
            index = SETTINGS
        page = self._page(index)
        self.window.stack.setCurrentWidget(page)
        self.window.bar.show_keys(
            keys.hints() if index == INTAKE else ["Ctrl+1 受理", "Ctrl+F 找案件", "Shift+F1 全部按键"]
        )
        self.window.bar.show_hint("")
        page.arrive()  # type: ignore[attr-defined]
        return index

    @property
    def intake(self) -> IntakePage:
        """The intake page, made when it is new."""
        page = self._page(INTAKE)
        assert isinstance(page, IntakePage)
        return page

    def show_keys(self) -> None:
        """All keys, over the page."""
        size = QSize(min(self.window.width() - 80, 820), min(self.window.height() - 90, 560))
        corner = QPoint((self.window.width() - size.width()) // 2, 50)
        self._keys.read(keys.card(), corner, size)

    def text_resized(self) -> None:
        """Rows measure themselves again at another text size."""
        page = self._pages.get(INTAKE)
        if isinstance(page, IntakePage):
            page.text_resized()
        self.window.bar.refit()

    def close(self) -> None:
        """Save what is queued and stop the helper."""
        page = self._pages.get(INTAKE)
        if isinstance(page, IntakePage):
            page.flush()
        for page in self._pages.values():
            if isinstance(page, RadarPage | PolicyPage | SheetsPage):
                page.stop(wait=True)
        self.keying.close()
        self.keeper.close()
        self.papers.close()

    def _page(self, index: int) -> QWidget:
        if index not in self._pages:
            self._pages[index] = self._make(index)
            self.window.stack.addWidget(self._pages[index])
        return self._pages[index]

    def _make(self, index: int) -> QWidget:
        window = self.window
        if index == INTAKE:
            page = IntakePage(self.workspace, self.keeper, self.papers, window.stack)
            page.said.connect(window.bar.say)
            page.hinted.connect(window.bar.show_hint)
            page.filed.filling.connect(self._fill_in)
            page.filed.keying.connect(lambda: self._type_over(page.filed))
            return page
        if index == CASES:
            cases = CasesPage(self.workspace, self.papers, window.stack)
            cases.said.connect(window.bar.say)
            cases.correcting.connect(self._correct)
            cases.case.filling.connect(self._fill_in)
            cases.case.keying.connect(lambda: self._type_over(cases.case))
            cases.taken_back.connect(self._take_back)
            return cases
        if index == ROSTERS:
            sheets = SheetsPage(self.workspace, self.papers, window.stack)
            sheets.said.connect(window.bar.say)
            sheets.opened.connect(self._visit)
            return sheets
        if index == RADAR:
            radar = RadarPage(self.workspace, self.papers, window.stack)
            radar.said.connect(window.bar.say)
            radar.opened.connect(lambda lead: self._visit(lead.line.household, lead.programme, lead.line.row))
            return radar
        if index == POLICY:
            policy = PolicyPage(self.workspace, self.papers, window.stack)
            policy.said.connect(window.bar.say)
            policy.opened.connect(self._visit)
            return policy
        if index == PRINTING:
            printing = PrintingPage(self.papers, window.stack)
            printing.said.connect(window.bar.say)
            return printing
        settings = SettingsPage(self.workspace, window.stack)
        settings.said.connect(window.bar.say)
        settings.kept.connect(lambda: window.go(INTAKE))
        return settings

    def _visit(self, household: str, programme: str, row: str) -> None:
        with self.workspace.store.reading() as view:
            record = case_of(view, household, self.workspace.catalogue)
        if record is None:
            self.window.bar.say("这一户还没有案件，请到受理登记")
            return
        self.window.go(INTAKE)
        self.intake.visit(record, (programme, row))

    def _type_over(self, page: FiledPage) -> None:
        if page.record is not None:
            self.keying.open(page.record, page.show_keying)

    def _take_back(self, draft: str) -> None:
        self.window.go(INTAKE)
        self.intake.take_back(draft)

    def _correct(self, record: CaseRecord) -> None:
        self.window.go(INTAKE)
        self.intake.correct(self._as_kept(record))

    def _fill_in(self, record: CaseRecord, gap: Gap | Lost) -> None:
        """Open a correction at the question that a paper misses."""
        from ui.intake.desk import Spot

        if not gap.table:
            self.window.bar.say("这一项由系统算出，补全它所依据的项目后自动填上")
            return
        self._correct(record)
        self.intake.desk_view.go_to(Spot(gap.table, gap.row, gap.field))
        self.window.bar.say(f"填好后按 F12 保留更正，再到案件 {record.case_number} 打印")

    def _as_kept(self, record: CaseRecord) -> CaseRecord:
        """The case with its household as last corrected, so that a correction builds on the one before."""
        with self.workspace.store.reading() as view:
            found = view.household(record.household_id, self.workspace.catalogue)
        return replace(record, household=found[1]) if found else record
