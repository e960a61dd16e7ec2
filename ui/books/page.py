"""结账: a period's books per programme, village and money, what is missing before they close, and closing them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.books.figures import SUM, FigureTable
from ui.books.words import balance_rows, lack_rows, line_rows, periods_offered, state_of
from ui.hand import take_hand
from ui.incoming.step import Step
from ui.intake.editors import set_flag
from ui.policy.faults import in_a_sentence
from ui.policy.table import PlainTable
from ui.printing_desk.parts import label
from ui.rosters.asked import SpanBox
from ui.rosters.folder import FolderLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from clerk.book_review import Review
    from clerk.lacks import Lack
    from clerk.periods import Span
    from clerk.records import ClosedBook
    from ui.papers import PaperMaker
    from ui.workspace import Workspace

BALANCE = ("项目", "村（社区）", "周期", "期初件", "期初", "更正", "增加", "减少", "期末", "期末件")
LACKS = ("办件", "姓名", "村（社区）", "缺什么", "要紧")
LINES = ("案件编号", "办件编号", "姓名", "变动", "期初", "更正", "增加", "减少", "期末")
MEANT = "结账后这一期就定了，以后的改动会作为更正列在下一期。再按一次 F12 结账"
HINT = "回车看这一行的明细；在缺项上回车打开这一户。"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BooksPage(Step):
    """One period at a time; whatever reads the store runs in the helper."""

    said = Signal(str)
    opened = Signal(str, str, str)
    asked_history = Signal()

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__("结账", parent)
        self._workspace, self._papers = workspace, papers
        self.found: Review | None = None
        self._turn = 0
        self._asked = self._entering = False
        self.running = False
        self.column.addWidget(self._card())
        self.note.setAccessibleName("能否结账")
        self.balance = FigureTable(BALANCE, (11, 0, 5, 5, 7, 6, 7, 7, 7, 5), range(3, 10), self)
        self.balance.setAccessibleName("收支平衡")
        self.lines = FigureTable(LINES, (12, 14, 0, 5, 7, 6, 7, 7, 7), range(4, 9), self)
        self.lines.setAccessibleName("变动明细")
        self.lacks = FigureTable(LACKS, (15, 7, 14, 0, 7), (), self)
        self.lacks.setAccessibleName("还缺什么")
        for table, letters in ((self.balance, 5), (self.lines, 5), (self.lacks, 7)):
            table.keep_wide(letters)
        self.below = label("", "sub", self)
        for widget, room in ((self.balance, 3), (self.below, 0), (self.lacks, 2), (self.lines, 2)):
            self.column.addWidget(widget, room)
        self.balance.opened.connect(self.show_lines)
        self.lacks.opened.connect(self._open_lack)
        self.lines.opened.connect(self._open_line)
        acts = (
            ("F6", "历次结账", self.asked_history.emit, "quiet"),
            ("F8", "本期变动", self.write_changes, ""),
            ("F12", "结账", self.close_period, "main"),
        )
        self.add_foot(acts)
        self._show(None)

    def arrive(self) -> None:
        """Show the period as it stands now; the first time, the one most likely meant."""
        if not self.period.count():
            with self._workspace.store.reading() as view:
                books = view.closed_books()
            self.period.offer(periods_offered(books, self._workspace.today))
        self.review()
        take_hand(self.period)

    def review(self) -> None:
        """Read the period's books anew."""
        from ui.books.jobs import review_period

        span = self._span()
        if span is not None:
            self._run("正在算账…", review_period, span, then=self._reviewed)

    def close_period(self) -> None:
        """F12: say what it means; the second time close."""
        from ui.books.jobs import close_books

        span, found = self._span(), self.found
        if span is None or self.running:
            return
        if found is None or found.span != span:
            self.review()
        elif not found.ready:
            self.tell(state_of(found)[0], "soft" if found.closed else "bad")
        elif not self._asked:
            self._asked = True
            soft = f"还有 {len(found.lacks)} 处没有补齐。" if found.lacks else ""
            self.tell(f"{found.span.words}：{soft}{MEANT}", "bad")
        else:
            self._run("正在结账…", close_books, span, then=self._closed)

    def write_changes(self) -> None:
        """F8: a workbook of what changed since the last closed period."""
        from ui.books.jobs import write_changes

        span = self._span()
        if span is not None:
            self._run("正在比较…", write_changes, span, self.folder.path, then=self._compared)

    def show_lines(self, key: object) -> None:
        """The lines that moved, in place of what is missing."""
        if self.found is not None:
            self.lines.fill(line_rows(self.found.lines, key))
            name = "全部" if key == SUM else "　".join(map(str, key)) if isinstance(key, tuple) else ""
            self._below(f"变动明细　{name}", self.lines)
            self.tell("回车打开这一户，Esc 收起明细", "quiet")
            self.lines.setFocus()

    def leave(self) -> None:
        """Esc: put the lines away; forget that closing was asked for."""
        self._forget()
        self._show_lacks()
        self.balance.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter in the period reads its books; the box would keep the first one to itself."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            self._ask()
            return True
        return super().eventFilter(watched, event)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        line = QHBoxLayout(card)
        line.setContentsMargins(16, 10, 16, 10)
        line.setSpacing(10)
        self.period = SpanBox(self._workspace.today, card)
        self.period.clear()
        self.period.installEventFilter(self)
        self.period.currentTextChanged.connect(lambda _: self._forget())
        self.period.activated.connect(lambda _: self._ask())
        self.folder = FolderLine(card)
        line.addWidget(label("期间", "", card))
        line.addWidget(self.period, 2)
        line.addWidget(self.folder, 3)
        return card

    def _ask(self) -> None:
        """The period was settled on: when its books are there, the hand goes into them, unless it writes another."""
        self._entering = True
        self.review()

    def _span(self) -> Span | None:
        from clerk.errors import UserCanFix

        try:
            return self.period.span()
        except UserCanFix as fault:
            self.tell(fault.message, "bad")
            return None

    def _run(self, words: str, job: Callable[..., object], *arguments: object, then: Callable[..., None]) -> None:
        """Let the helper do it; only the answer to the last thing asked counts."""
        self._turn += 1
        turn = self._turn
        self._asked, self.running = False, True
        self.work(words)

        def ended(found: object, act: Callable[..., None]) -> None:
            if turn == self._turn:
                self.running = False
                self.rest()
                act(found)

        made = self._papers.make(job, *arguments)
        made.tell(lambda found: ended(found, then), lambda fault: ended(fault, self._failed))

    def _reviewed(self, found: Review) -> None:
        self._show(found)
        self.tell(HINT if found.balance.rows or found.lacks else "这一期没有发放", "quiet")
        if self._entering and found.balance.rows:
            take_hand(self.balance)
        self._entering = False

    def _closed(self, book: ClosedBook) -> None:
        words = f"已结账：第 {book.number} 号　{book.words}　指纹 {book.digest[:12]}"
        self.said.emit(words)
        self.review()

    def _compared(self, made: tuple[Path, list[object]]) -> None:
        target, tables = made
        words = f"本期变动 {len(tables)} 张表，已写到 {target}"
        self.tell(words, "yes")
        self.said.emit(words)

    def _failed(self, fault: BaseException) -> None:
        message = in_a_sentence(fault)
        self.tell(message or "没有完成，什么都没有写入", "bad")
        if not message:
            raise fault
        self.said.emit(message)

    def _show(self, found: Review | None) -> None:
        self.found = found
        self.buttons["F12"].setEnabled(found is None or found.closed is None)
        words, tone = state_of(found) if found else ("", "quiet")
        self.note.setText(words)
        set_flag(self.note, "tone", tone)
        self.balance.fill(balance_rows(found.balance) if found else [])
        self.lacks.fill(lack_rows(found) if found else [])
        self._show_lacks()

    def _show_lacks(self) -> None:
        count = len(self.found.lacks) if self.found else 0
        self._below(f"还缺 {count} 处" if count else "", self.lacks)
        self.lacks.setVisible(bool(count))
        self.lacks.fit_height()

    def _below(self, words: str, table: PlainTable) -> None:
        self.below.setText(words)
        self.below.setVisible(bool(words))
        for one in (self.lacks, self.lines):
            one.setVisible(one is table)

    def _open_lack(self, lack: Lack) -> None:
        if lack.household:
            self.opened.emit(lack.household, lack.programme, lack.row)
        else:
            self.tell("这一行没有对应的户，请按编号到案件里查", "soft")

    def _open_line(self, key: tuple[str, str]) -> None:
        with self._workspace.store.reading() as view:
            record = view.case(key[0], self._workspace.catalogue)
        each = next((one for one in record.applications if one.number == key[1]), None) if record else None
        if record and each:
            self.opened.emit(record.household_id, each.programme, each.subject)

    def _forget(self) -> None:
        self._entering = False
        if self._asked:
            self._asked = False
            self.tell(HINT, "quiet")
