"""自选名单: whose rows, which columns, where it goes; what it holds is shown while it is asked for; kept under a name, made again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from clerk.errors import UserCanFix
from clerk.landmarks import landmarks
from clerk.own_lists import Condition, OwnColumn, OwnList, drop_own, keep_own, own_lists
from clerk.pinyin import readings
from clerk.sayable import one_sayable, sayable
from forms.roster import REGISTERED
from forms.schema import Kind
from ui.county.page import free_name
from ui.finder import Finder
from ui.hand import take_hand
from ui.incoming.step import Step
from ui.intake.matching import Choice
from ui.own_lists.columns_card import ColumnsCard
from ui.own_lists.condition_sheet import ConditionSheet
from ui.own_lists.jobs import Preview, preview_own, write_own
from ui.own_lists.where_card import WhereCard
from ui.own_lists.who_card import WhoCard
from ui.policy.faults import in_a_sentence
from ui.rosters.preview_table import PreviewTable

if TYPE_CHECKING:
    from clerk.periods import Span
    from forms.language.plan import Plan
    from ui.papers import Job, PaperMaker
    from ui.workspace import Workspace

_PAUSE = 250
"""Milliseconds of rest after which what is asked for is shown."""
_STEPS = 11.4
"""Lines of text that the three steps need; in a smaller window they scroll."""
_SHEET = QSize(520, 420)
_UNNAMED = "自选名单"


class _Steps(QWidget):
    """What scrolls is as high as its lines need, however much more its lists would like."""

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """So many lines of text."""
        return round(self.fontMetrics().height() * _STEPS)


class OwnListPane(Step):
    """自选名单."""

    said = Signal(str)

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__(_UNNAMED, parent)
        self._workspace, self._papers = workspace, papers
        self._job: Job | None = None
        self.shown: Preview | None = None
        self.note.setText("三步：谁、哪些列、出到哪里。改什么，下面随时是前几行的样子。")
        plan = self._plan
        self.who, self.columns, self.where = WhoCard(plan, self), ColumnsCard(plan, self), WhereCard(workspace, self)
        self.table = PreviewTable(self)
        self._lay_out()
        self.who.asked.connect(self.ask_condition)
        self.who.row.currentIndexChanged.connect(
            lambda _: self.columns.show_columns(self.who.unit, self.columns.columns)
        )
        self.columns.told.connect(self.tell)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.preview)
        self.names, self.kept, self.condition = self._sheets()
        self.add_foot(
            (
                ("F12", "生成", self.write, "main"),
                ("Ctrl+S", "保存这份名单", self.keep, ""),
                ("F3", "保存过的…", self.choose, ""),
                ("F6", "加条件", lambda: self.ask_condition(None), ""),
                ("Shift+F6", "去掉条件", self.who.drop, "quiet"),
                ("Shift+F3", "不再保存", self.forget, "quiet"),
            )
        )
        self.show_list(self._first())

    def arrive(self) -> None:
        """The hand goes to whose rows are asked for."""
        self.who.source.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._changed()

    def stop(self, wait: bool = False) -> None:
        """The helper process makes the list: nothing runs here."""
        self._later.stop()

    def show_list(self, own: OwnList) -> None:
        """Show a list that was kept."""
        self.where.name.setText(own.name)
        self.who.show_list(own)
        self.columns.show_columns(self.who.unit, own.columns)
        self._changed()

    def asked(self) -> OwnList:
        """The list as it is asked for now. Raises UserCanFix for what nobody knows."""
        own = OwnList(self.where.name.text().strip(), columns=self.columns.columns)
        return self.who.on(own)

    def preview(self) -> None:
        """Show how the list begins."""
        wanted = self._wanted()
        if wanted is None:
            return
        own, span = wanted
        self.work("正在看有哪些人…")
        job = self._job = self._papers.make(preview_own, own, span, self.where.version.version)
        job.tell(lambda found: self._show(found, job), lambda fault: self._failed(fault, job))

    def write(self) -> None:
        """F12: the workbook."""
        wanted = self._wanted()
        if wanted is None:
            return
        own, span = wanted
        self.work("正在生成…")
        target = free_name(self.where.target(own.name or _UNNAMED))
        job = self._job = self._papers.make(write_own, own, span, self.where.version.version, target)
        job.tell(lambda done: self._written(done, job), lambda fault: self._failed(fault, job))

    def keep(self) -> None:
        """Ctrl+S: under its name, in place of the one that had it."""
        try:
            own = self.asked()
            with self._workspace.store.work() as work:
                keep_own(work, own)
        except UserCanFix as fault:
            self.tell(fault.message, "bad")
            take_hand(self.where.name)
            return
        self.tell(f"已保存「{own.name}」，下次按 F3 打开，换个期间就能再出", "yes")

    def choose(self) -> None:
        """F3: a list that was kept."""
        known = self._known()
        if not known:
            self.tell("还没有保存过名单：选好以后按 Ctrl+S 保存", "soft")
            return
        self.kept.offer([Choice(one.name, one.name, f"{len(one.columns)} 列") for one in known], self._corner(), _SHEET)

    def forget(self) -> None:
        """Shift+F3: the list of this name is no longer kept."""
        name = self.where.name.text().strip()
        if name not in [one.name for one in self._known()]:
            self.tell("这个名称没有保存过", "soft")
            return
        with self._workspace.store.work() as work:
            drop_own(work, name)
        self.tell(f"「{name}」不再保存", "soft")

    def ask_condition(self, before: object) -> None:
        """F6: a further condition, or another answer to one there is."""
        plan = self._plan()
        if isinstance(before, Condition):
            self._ask(before.word, before)
            return
        choices = [Choice(one.word, one.label, one.table) for one in sayable(plan, self.who.unit)]
        self.names.offer(choices, self._corner(), _SHEET)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _plan(self) -> Plan:
        """The rules of today: another day or another pack may have other names."""
        return self._workspace.rules.plan

    def _lay_out(self) -> None:
        """The three steps side by side, the first rows below."""
        steps = _Steps(self)
        line = QHBoxLayout(steps)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        for card, room in ((self.who, 10), (self.columns, 9), (self.where, 9)):
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            line.addWidget(card, room)
            card.changed.connect(self._changed)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(steps)
        self.column.addWidget(scroll, 5)
        table = self.table
        table.setAccessibleName("名单的前几行")
        table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        table.setMinimumHeight(round(self.fontMetrics().height() * 5.6))
        table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.column.addWidget(table, 2)

    def _sheets(self) -> tuple[Finder, Finder, ConditionSheet]:
        names = Finder("按什么挑人", "名称、拼音首字母，例如 期末周岁、现住村、残疾等级", readings, self)
        kept = Finder("保存过的名单", "名称、拼音首字母", readings, self)
        condition = ConditionSheet(self)
        names.picked.connect(lambda word: self._ask(word, None))
        kept.picked.connect(self._open)
        condition.said.connect(self.who.keep)
        return names, kept, condition

    def _first(self) -> OwnList:
        """What a new list begins with: everybody on file, by name and number."""
        marks = landmarks(self._workspace.catalogue)
        columns = tuple(OwnColumn(one.id, one.label) for one in (marks.name, marks.identity) if one)
        return OwnList("", REGISTERED, Kind.MEMBER.value, columns=columns)

    def _known(self) -> tuple[OwnList, ...]:
        with self._workspace.store.reading() as view:
            return own_lists(view)

    def _open(self, name: str) -> None:
        self.show_list(next(one for one in self._known() if one.name == name))
        self.tell(f"已打开「{name}」", "quiet")

    def _ask(self, word: str, before: Condition | None) -> None:
        plan = self._plan()
        one = one_sayable(plan, self.who.unit, word)
        if one is not None:
            self.condition.ask(one, plan.catalogue, before, self._corner(), QSize(_SHEET.width(), 170))

    def _corner(self) -> QPoint:
        return QPoint((self.width() - _SHEET.width()) // 2, 60)

    def _changed(self) -> None:
        self._later.start()

    def _show(self, found: Preview, job: Job) -> None:
        if job is not self._job:
            return  # something else was asked for meanwhile
        self.rest()
        self.shown = found
        self.table.show_rows(found)
        more = f"，下面是前 {len(found.shown)} 行" if found.count > len(found.shown) else ""
        notes = "".join(f"；{note}" for note in found.notes)
        words = f"{found.count} 行，{found.households} 户 {found.people} 人{more}{notes}"
        self.tell(words if found.count else f"没有人符合{notes}", "soft" if found.notes or not found.count else "yes")

    def _written(self, done: tuple[Path, int], job: Job) -> None:
        path, rows = done
        self.said.emit(f"已生成 {rows} 行：{path}")
        if job is self._job:
            self.rest()
            self.tell(f"已生成 {rows} 行：{path}", "yes")

    def _failed(self, fault: BaseException, job: Job) -> None:
        if job is not self._job:
            return
        message = in_a_sentence(fault)
        if not message:
            self.rest()
            raise fault
        self._refuse(message)

    def _wanted(self) -> tuple[OwnList, Span] | None:
        """The list and its period as they are asked for now, or None when what stands in the way was said."""
        self._later.stop()
        try:
            return self.asked(), self.where.period.span()
        except UserCanFix as fault:
            self._refuse(fault.message)
            return None

    def _refuse(self, message: str) -> None:
        self.rest()
        self.shown = None
        self.table.clear_all()
        self.tell(message, "bad")
