"""The dry run: how much of what, what only a person can decide, what is wrong in which row, and in at one stroke with F12."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clerk.exchange.trial import Question
from ui import keys
from ui.hand import take_hand
from ui.incoming.acts import Decided
from ui.incoming.answers import Answers
from ui.incoming.findings import Finding, findings, rows_of
from ui.incoming.step import Step
from ui.incoming.words import counts_in_words, row_in_words
from ui.policy.table import PlainTable
from ui.printing_desk.parts import label

if TYPE_CHECKING:
    from clerk.exchange.trial import Trial
    from ui.incoming.acts import Opened

HEADINGS = ("原表行", "列", "怎么回事", "情况")
_NUMBERS = frozenset("123456789")


class TrialPage(Step):
    """试算: `tried` asks for another one with what was decided, `kept` for carrying it out, `written` for a list to send back."""

    tried = Signal(object)
    kept = Signal()
    written = Signal()
    again = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("试算", parent)
        self.trial: Trial | None = None
        self._opened: Opened | None = None
        self._questions: dict[int, Question] = {}
        self._decided: dict[int, str] = {}
        self._reason = ""
        self._confirmed = self._passable = False
        self.counts, self.left_over = label("", "heading", self), label("", "soft", self)
        self.counts.setWordWrap(True)
        sums = QHBoxLayout()
        sums.addWidget(self.counts, 2)
        sums.addWidget(self.left_over, 1)
        self.left_over.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(sums)
        self.table = PlainTable(HEADINGS, (5, 9, 0, 12), self)
        self.table.setAccessibleName("试算结果")
        self.table.currentCellChanged.connect(lambda *_: self._walk())
        self.table.opened.connect(lambda _: self._into_answers())
        self.table.installEventFilter(self)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._card())
        self.column.addLayout(self._reason_line())
        acts = (
            ("F12", "导入", self.keep, "main"),
            ("F9", "再试算", self.try_again, ""),
            ("F8", "下一处", self.next_open, ""),
            ("F7", "写出要改的行…", self.written.emit, ""),
            ("F5", "重读文件", self.again.emit, "quiet"),
            ("Esc", "返回对照", self.leave, "quiet"),
        )
        self.add_foot(acts)
        keys.bind_inside("F2", self, self.give_reason)

    def begin(self, opened: Opened) -> None:
        """Another sheet, or another mapping of it: nothing is decided yet. The same one: what was decided stands."""
        if opened is self._opened:
            return
        self._opened, self.trial = opened, None
        self._questions, self._decided, self._reason = {}, {}, ""
        self.reason.clear()
        self.title.setText(f"试算　{opened.path.name}")
        self.note.setText(opened.matched.incoming.name)
        self.counts.setText("")
        self.left_over.setText("")
        self.table.fill(())
        self._walk()

    def forget(self) -> None:
        """The sheet is in: what was read of it is let go."""
        self._opened = self.trial = None
        self.table.fill(())

    @property
    def decided(self) -> Decided:
        """What the clerk has decided so far."""
        return Decided(dict(self._decided), self._reason)

    def show_trial(self, trial: Trial) -> None:
        """Show what taking it in would do; the hand stays on its row, or goes to the first thing to be done."""
        first = self.trial is None
        self.trial, self._confirmed = trial, False
        self._questions |= {one.row: one for one in trial.questions}
        self.counts.setText("导入会　" + counts_in_words(trial.counts, trial.incoming.use))
        self._passable = any(one.passable for one in trial.problems) or bool(self._reason)
        self._fill()
        if first or not self.table.rows:
            self.table.setCurrentCell(0, 0)
        take_hand(self.table)
        self.tell(self._next(), "yes" if trial.ready and not trial.confirm else "quiet")

    def keep(self) -> None:
        """F12: carry it out, after what has to be confirmed was read and the key was pressed again."""
        if self.trial is None:
            return
        if not self._as_tried():
            self.try_again()
        elif not self.trial.ready:
            self.next_open()
            self.tell(f"{self._left()}。没有导入，原有资料没有改动。", "bad")
        elif self.trial.confirm and not self._confirmed:
            self._confirmed = True
            self.tell(f"请确认：{self.trial.confirm}。核对无误，再按一次 F12 导入。", "bad")
        else:
            self.kept.emit()

    def try_again(self) -> None:
        """F9: try out with what was decided."""
        self._reason = self.reason.text().strip()
        self.tried.emit(self.decided)

    def next_open(self) -> None:
        """F8: the next question without an answer, or the next problem."""
        open_rows = [at for at, row in enumerate(self.table.rows) if isinstance(row.key, Finding) and row.key.open]
        here = self.table.currentRow()
        at = next((at for at in open_rows if at > here), open_rows[0] if open_rows else None)
        if at is not None:
            self.table.setCurrentCell(at, 0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_reason(self) -> None:
        """F2: say why what is unlikely may stand."""
        self.reason_line.setVisible(self._passable)
        if self._passable:
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.tell("没有写明理由就能放行的，要改的请在原表里改", "soft")

    def leave(self) -> None:
        """Esc: from the answers or the reason back to the table, from there to the mapping."""
        if self.table.hasFocus():
            self.left.emit()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes one step back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A number answers the question under the hand: a table would look for rows that begin with it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text() in _NUMBERS:
            return self.answers.pick(int(event.text()))
        return super().eventFilter(watched, event)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(6)
        self.row = label("", "quiet", card)
        self.row.setAccessibleName("原表的这一行")
        self.answers = Answers(card)
        self.answers.given.connect(self._answer)
        self.answers.installEventFilter(self)
        column.addWidget(self.row)
        column.addWidget(self.answers)
        return card

    def _reason_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.reason_line = QWidget(self)
        inner = QHBoxLayout(self.reason_line)
        inner.setContentsMargins(0, 0, 0, 0)
        self.reason = QLineEdit(self.reason_line)
        self.reason.setAccessibleName("放行的理由")
        self.reason.setPlaceholderText("核对过原件、确实无误的，在这里写明理由，回车重新试算")
        self.reason.returnPressed.connect(self.try_again)
        inner.addWidget(label("放行的理由  F2", "", self.reason_line))
        inner.addWidget(self.reason, 1)
        line.addWidget(self.reason_line)
        self.reason_line.hide()
        return line

    def _fill(self) -> None:
        assert self.trial is not None
        found = findings(self.trial, self._questions, self._decided)
        self.table.fill(rows_of(found))
        self.left_over.setText(self._left())
        self._walk()

    def _left(self) -> str:
        """What stands between the sheet and the store, in words."""
        assert self.trial is not None
        waiting = sum(row not in self._decided for row in self._questions)
        said = [(len(self.trial.problems), "处要改"), (waiting, "处要定"), (len(self.trial.hints), "处提示")]
        return "，".join(f"{count} {words}" for count, words in said if count) or "没有要改、要定的"

    def _next(self) -> str:
        """What the clerk does next."""
        assert self.trial is not None
        if self.trial.questions:
            return "按数字键定下每一处，F8 到下一处；全部定下后自动再试算。"
        if self.trial.problems:
            return "请在原表里改好，保存后按 F5 重读；F7 把要改的行写成一张表退回。现在什么都没有写入。"
        if self.trial.confirm:
            return f"要确认：{self.trial.confirm}。按 F12 导入，会再问一次。"
        return "可以导入。按 F12 一次写入，写入后还可以整批撤销。"

    def _walk(self) -> None:
        """The hand is on another finding: show its row of their sheet, and the answers where it is a question."""
        key = self.table.key()
        finding = key if isinstance(key, Finding) else None
        question = self._questions.get(finding.row) if finding and finding.question else None
        self.answers.ask(question, self._decided.get(question.row, "") if question else "")
        self.reason_line.setVisible(self._passable and question is None)
        has_row = finding is not None and finding.row and self._opened is not None
        self.row.setVisible(bool(has_row))
        if has_row and self._opened is not None and finding is not None:
            self.row.setText(row_in_words(self._opened.matched, finding.row))

    def _into_answers(self) -> None:
        if self.answers.isVisible():
            self.answers.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, row: int, key: str) -> None:
        """A question is answered; the last one has everything tried out again."""
        self._decided[row] = key
        self._fill()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if all(row in self._decided for row in self._questions):
            self.try_again()
        else:
            self.next_open()

    def _as_tried(self) -> bool:
        """False when something was decided that was not tried out yet."""
        assert self.trial is not None
        waiting: Sequence[Question] = self.trial.questions
        answered = all(one.row not in self._decided for one in waiting)
        return answered and self.reason.text().strip() == self._reason
