"""Before publishing: what the draft changes in words, the worked cases, two names and a day; then it lies on the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from ui.hand import take_hand
from ui.intake.editors import set_flag
from ui.policy.boxes import Boxes, Spec, Wrong
from ui.policy.editor_page import EditorPage
from ui.policy.faults import in_a_sentence
from ui.policy.publishing import failing_cases, proposal_of, publish_draft
from ui.policy.table import PlainTable, Row
from ui.task import Task

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clerk.authoring.bench import Bench
    from clerk.authoring.publishing import Proposal, Published
    from clerk.pack_cases import CaseFault
    from ui.policy.studio import Studio

HEADINGS = ("改了哪里", "原来", "改为")
CASES = ("没有通过的案例", "哪里不符", "为什么应当改变")
ASKED = (("生效", "从哪天起生效", "如 2027-01-01", 3), ("修改", "修改人", "", 2), ("复核", "复核人（须是另一个人）", "", 3), ("事由", "事由", "如 依据某文件调整标准", 4))


class PublishPage(EditorPage):
    """What is about to be published."""

    asked_rehearsal = Signal(object)
    asked_history = Signal()

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(studio, parent)
        self.title.setText("发布")
        self._task: Task | None = None
        self._words: dict[str, str] = {}
        self._touched: set[str] = set()
        self.accepted: dict[str, str] = {}
        self._failing: tuple[CaseFault, ...] = ()
        self.changes = PlainTable(HEADINGS, (18, 0, 22), self)
        self.changes.setAccessibleName("改动")
        self.changes.setMinimumHeight(round(self.fontMetrics().lineSpacing() * 6))
        self.column.addWidget(self.changes, 3)
        self.column.addWidget(self._cases_card(), 2)
        self.boxes = Boxes(self)
        self.boxes.typed.connect(self._typed)
        card = self.make_card(self.boxes)
        card.setFixedHeight(round(self.fontMetrics().lineSpacing() * 4.8))
        self.column.addWidget(card)
        self.heading.hide()
        self.effect.hide()
        self.elsewhere.hide()
        acts = (
            ("F5", "运行案例", self.run_cases, ""),
            ("F9", "演练", self.rehearse, ""),
            ("F6", "历次修改", self.asked_history.emit, "quiet"),
            ("F7", "放弃草稿", self.discard, "quiet"),
            ("F12", "发布", self.publish, "main"),
        )
        self.add_foot(acts)

    def arrive(self) -> None:
        """Show the draft as it is now."""
        self.layer.show_choice()
        if not self._words:
            office = self.studio.workspace.office()
            self._words = {"修改": office.clerk if office else ""}
            self.boxes.show_specs([Spec((name,), label, hint=hint, wide=wide) for name, label, hint, wide in ASKED], lambda key: self._words.get(str(key[0]), ""))
        self.studio.open(self._show)
        take_hand(self.changes)

    def effective(self) -> date | None:
        """The first day as written, or None."""
        from clerk.answers import read_date

        return read_date(self._words.get("生效", ""))

    def stop(self, wait: bool = False) -> None:
        """Stop what runs."""
        if self._task is not None:
            self._task.stop(wait)

    def run_cases(self) -> None:
        """F5: judge every worked case with the draft."""
        bench = self.bench
        if bench is not None:
            self._work(Task(lambda tell: failing_cases(bench, tell), self), self._ran)

    def rehearse(self) -> None:
        """F9: try the draft on the office's own cases."""
        if self.bench is not None and self._sound():
            self.asked_rehearsal.emit(self.bench)

    def discard(self) -> None:
        """F7 twice: forget the whole draft."""
        from clerk.authoring.drafts import discard

        if self.bench is None or not self.bench.changes():
            self.tell("草稿里没有改动", "soft")
        elif self.told.property("asked") != "discard":
            self.tell("放弃后草稿里的改动都没有了；确实放弃请再按一次 F7", "bad")
            self.told.setProperty("asked", "discard")
        else:
            discard(self.bench.draft)
            self.studio.forget()
            self.studio.open(self._show)
            self.tell("草稿已放弃", "soft")

    def publish(self) -> None:
        """F12: everything is checked once more; then it lies on the shelf and is written down."""
        bench = self.bench
        if bench is None:
            return
        if not bench.changes():
            self.tell("草稿里没有改动，先到「标准」或「项目」修改", "soft")
            return
        self._touched = {name for name, *_ in ASKED}
        proposal = self._proposal()
        if proposal is None:
            self.tell("还没有发布：请先改好红字处", "bad")
            first = next(key for key in self.boxes.keys if self.boxes.complaint(key))
            self.boxes.take_hand(first)
            return
        self._work(Task(lambda tell: publish_draft(self.studio, bench, proposal, tell), self), self._published)

    def check(self) -> None:
        """Say what is wrong in the boxes."""
        self._proposal()

    def keep(self) -> None:
        """Enter in the last box publishes nothing by accident: it shows the key."""
        self.tell("按 F12 发布", "quiet")

    def leave(self) -> None:
        """Esc: stop what runs, put the question about a case away, go back to the changes."""
        self.stop()
        self.why.hide()
        self.changes.setFocus()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _cases_card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        line = QHBoxLayout()
        self.state = QLabel("", card)
        self.state.setWordWrap(True)
        self._busy = QProgressBar(card)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName("正在运行")
        self._busy.hide()
        line.addWidget(self.state, 2)
        line.addWidget(self._busy, 1)
        column.addLayout(line)
        self.cases = PlainTable(CASES, (16, 0, 16), card)
        self.cases.setAccessibleName("没有通过的案例")
        self.cases.opened.connect(self._ask_why)
        self.cases.hide()
        self.why = QLineEdit(card)
        self.why.setPlaceholderText("写明这个案例的结果为什么应当改变，回车记下")
        self.why.setAccessibleName("案例为什么应当改变")
        self.why.returnPressed.connect(self._take_why)
        self.why.hide()
        column.addWidget(self.cases, 1)
        column.addWidget(self.why)
        return card

    def _show(self, bench: Bench) -> None:
        self.bench = bench
        said = bench.changes()
        rows = [Row((one.where, one.before or "（没有）", (one.after or "（删去）") + (f"\n理由：{one.why}" if one.why else "")), number) for number, one in enumerate(said)]
        self.changes.fill(rows)
        base = f"在 {bench.draft.base} 版上改" if bench.draft.base else "第一次修改"
        self.note.setText(f"{base}，{len(said)} 处改动" if said else "草稿里还没有改动：到「标准」「项目」里改，改完到这里发布")
        self.told.setProperty("asked", "")
        if said:
            self._sound()

    def _sound(self) -> bool:
        """Whether the draft is without faults; the first is said."""
        assert self.bench is not None
        faults = self.bench.check_all()
        if faults:
            more = f"（共 {len(faults)} 处）" if len(faults) > 1 else ""
            self._state(f"还有错误，改好才能发布：{faults[0]}{more}", "bad")
        elif not self._failing:
            self._state("数据读得通。发布前请运行案例（F5），并用本单位的案件演练（F9）。", "quiet")
        return not faults

    def _work(self, task: Task, done: Callable[..., None]) -> None:
        if self._task is not None:
            self.tell("上一步还没有做完，请稍等", "soft")
            return
        self._task = task
        task.told.connect(lambda words: self._state(words, "quiet"))
        task.done.connect(done)
        task.failed.connect(self._failed)
        task.stopped.connect(lambda: self._rest("已停止", "soft"))
        self._busy.show()
        task.start()

    def _ran(self, failing: tuple[CaseFault, ...]) -> None:
        self._failing = failing
        left = self._show_cases()
        self._rest(self._left_words(left) if failing else "所有案例都通过", "soft" if left else "yes")
        if failing:
            take_hand(self.cases)

    def _show_cases(self) -> int:
        """Show the failing cases with the reasons given; how many have none yet."""
        found: dict[str, list[str]] = {}
        for fault in self._failing:
            found.setdefault(fault.case, []).append(fault.message)
        self.cases.fill([Row((case, "；".join(said), self.accepted.get(case, "")), case) for case, said in found.items()])
        self.cases.setVisible(bool(found))
        return sum(case not in self.accepted for case in found)

    def _left_words(self, left: int) -> str:
        count = self.cases.rowCount()
        if not left:
            return f"{count} 个案例的结果不同，都已说明为什么应当改变"
        return f"{count} 个案例的结果不同，{left} 个还没有说明：回车写明为什么应当改变，或者回去改正数据"

    def _ask_why(self, case: object) -> None:
        last = next(reversed(self.accepted.values()), "")
        self.why.setText(self.accepted.get(str(case), last))
        self.why.show()
        self.why.setFocus()
        self.why.selectAll()

    def _take_why(self) -> None:
        case, words = str(self.cases.key()), self.why.text().strip()
        self.accepted = {name: why for name, why in self.accepted.items() if name != case} | ({case: words} if words else {})
        left = self._show_cases()
        self.why.hide()
        open_ones = [at for at, row in enumerate(self.cases.rows) if row.key not in self.accepted]
        if open_ones:
            self.cases.setCurrentCell(open_ones[0], 0)
        self.cases.setFocus()
        self._state(self._left_words(left), "soft" if left else "yes")

    def _typed(self, key: tuple[str | int, ...], text: str) -> None:
        self._words[str(key[0])] = text
        self._touched.add(str(key[0]))

    def _proposal(self) -> Proposal | None:
        made, wrong = proposal_of(self._words, self.accepted, self.studio.workspace.today)
        self.boxes.complain({(name,): Wrong(words) for name, words in wrong.items() if name in self._touched})
        return made

    def _published(self, done: Published) -> None:
        workspace, one = self.studio.workspace, done.installed
        self.accepted, self._failing, self._words, self._touched = {}, (), {}, set()
        self._show_cases()
        starts = "从今天起生效，下一户就按新版" if one.since <= workspace.today else f"{one.since.isoformat()} 起生效，到那天自动换用"
        self._rest("", "quiet")
        workspace.packs_changed()
        self.studio.forget()
        self.arrive()
        self.tell(f"已发布 {one.name} {one.version} 版，{starts}", "yes")
        self.said.emit(f"已发布 {one.name} {one.version} 版，{starts}")

    def _failed(self, fault: BaseException) -> None:
        message = in_a_sentence(fault)
        self._rest(message or "没有做完", "bad")
        if not message:
            raise fault
        self.tell("没有发布，什么都没有改动", "bad")
        if "案例" in message:
            self.run_cases()

    def _rest(self, words: str, tone: str) -> None:
        self._task = None
        self._busy.hide()
        self._state(words, tone)

    def _state(self, words: str, tone: str) -> None:
        self.state.setText(words)
        set_flag(self.state, "tone", tone)

    def let_go(self) -> None:
        """The draft is another: what was found about the old one is forgotten."""
        super().let_go()
        self._failing = ()
        self._show_cases()
        if self.isVisible():
            self.studio.open(self._show)
