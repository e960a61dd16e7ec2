"""The plan before filing: what must be looked at, and every programme for household and persons; only what is shown is filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clerk.choices import choosable
from clerk.plan import SHOWN_FIRST
from ui.intake.editors import set_flag
from ui.offers.reasons import reasons
from ui.plan.matrix import gone_words, matrix
from ui.plan.matrix_view import MatrixView
from ui.plan.to_mend import ToMend
from ui.sheet import TextSheet

if TYPE_CHECKING:
    from clerk.records import CaseRecord
    from clerk.screening import Offer
    from ui.intake.controller import IntakeController
    from ui.intake.desk_view import DeskView
    from ui.plan.matrix import Cell, Matrix

LEGEND = "方向键 走动　空格 选或不选　回车 看理由　● 申请　◇ 待选择　◆ 已享　○ 待补　× 不并领　→ 转介　— 不符"


class CheckPage(QWidget):
    """Before filing."""

    went = Signal(object)
    submitted = Signal()
    picked = Signal(object)
    closed_list = Signal(str, bool)
    put_off_asked = Signal()
    take_home_asked = Signal()
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.shown: tuple[Offer, ...] = ()
        self._unfolded = False
        self._view: DeskView | None = None
        self._correction: CaseRecord | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(8)
        column.addLayout(self._head())
        columns = QHBoxLayout()
        columns.setSpacing(12)
        self.mend = ToMend(self)
        self.mend.went.connect(self.went)
        self.mend.put_off_asked.connect(self.put_off_asked)
        self.mend.closed_list.connect(self.closed_list)
        self.plan = MatrixView(self)
        self.plan.picked.connect(self._pick)
        self.plan.opened.connect(self._open)
        self.plan.folded.connect(self._fold)
        self.plan.walked.connect(self._walked)
        columns.addWidget(self.mend)
        columns.addWidget(self.plan, 1)
        column.addLayout(columns, 1)
        column.addLayout(self._foot())
        self.reasons = TextSheet("理由", self)

    def show_state(self, view: DeskView, correction: CaseRecord | None, afresh: bool = False) -> None:
        """Show one household's plan; what is shown is what will be filed. Coming `afresh`, the hand begins where it matters."""
        if view is not self._view:
            self._unfolded = False
        self._view, self._correction = view, correction
        self.mend.show_desk(view.desk)
        self.mend.fit(self.fontMetrics().horizontalAdvance("汉"), self.width())
        self.shown = tuple(view.chosen())
        assert view.screening is not None
        filed = correction.applications if correction else None
        plan = matrix(view.screening, view.desk, view.is_chosen, filed, unfolded=self._unfolded)
        self.plan.show_plan(plan, afresh)
        self._title.setText("更正后的方案" if correction else "申请方案")
        self._summary.setText("　·　".join(self._said(plan, view.desk)))
        self.button.setText(self._button_words())
        self.button.setEnabled(self._may_file())

    def take_hand(self) -> None:
        """Put the hand where it is needed: on what is wrong, else into the plan."""
        if self.mend.blocked:
            self.mend.lines.setFocus()
        else:
            self.plan.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """File, when nothing stands in the way."""
        if self._may_file():
            self.reasons.close_sheet()
            self.submitted.emit()
        elif self.mend.blocked:
            self.said.emit(f"还有 {self.mend.blocked} 处必须先改，回车到那里；确实没有的按 F5 记为暂缺")
        else:
            self.said.emit("没有选中的申请，用空格选至少一项")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes the reasons, then goes back; Enter on the button files."""
        if event.key() == Qt.Key.Key_Escape and self.reasons.isVisible():
            self.reasons.close_sheet()
        elif event.key() == Qt.Key.Key_Escape:
            self.went.emit(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.button.hasFocus():
            self.submit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width has other room for the card at the left."""
        super().resizeEvent(event)
        self.mend.fit(self.fontMetrics().horizontalAdvance("汉"), self.width())

    # -- inside --------------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self._title = _label("申请方案", "title", self)
        self._summary = _label("", "quiet", self)
        self._summary.setWordWrap(True)
        self._summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._title)
        line.addWidget(self._summary, 1)
        return line

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        back = QPushButton("返回修改  Esc", self)
        back.clicked.connect(lambda: self.went.emit(None))
        self.button = QPushButton("提交  F12", self)
        self.button.setProperty("role", "main")
        self.button.clicked.connect(self.submit)
        legend = _label(LEGEND, "quiet", self)
        legend.setWordWrap(True)
        home = QPushButton("清单、告知书  F9", self)
        home.setToolTip("提交前先打印：大字政策清单和一次性补正告知书")
        home.clicked.connect(self.take_home_asked)
        line.addWidget(back)
        line.addWidget(home)
        line.addWidget(legend, 1)
        line.addWidget(self.button)
        return line

    def _may_file(self) -> bool:
        return not self.mend.blocked and (bool(self.shown) or self._correction is not None)

    def _button_words(self) -> str:
        count = len(self.shown)
        if self._correction is not None:
            return f"保留更正并提交 {count} 项新申请  F12" if count else "只保留更正  F12"
        return f"提交 {count} 项申请  F12"

    def _said(self, plan: Matrix, desk: IntakeController) -> list[str]:
        """The line at the top: what hinders, what is chosen, what is different."""
        said = [f"{self.mend.blocked} 处必须先改"] if self.mend.blocked else []
        said += [f"{self.mend.missing} 项必填还空着"] if self.mend.missing else []
        said.append(f"选中 {len(self.shown)} 项申请")
        said += [f"{open_} 项待选择，空格选定"] if (open_ := plan.to_choose) else []
        if self._correction is None:
            offices = {desk.catalogue.programmes[offer.programme].department for offer in self.shown}
            return [*said, f"{len(offices)} 个部门"] if offices else said
        said += [f"{one.value} {plan.differences[one]} 项" for one in SHOWN_FIRST if plan.differences[one]]
        said += [f"不在表上的办件：{gone_words(plan, desk)}"] if plan.gone else []
        return [*said, f"案件 {self._correction.case_number} 的 {len(self._correction.applications)} 个办件不变"]

    def _pick(self, cell: Cell) -> None:
        if cell.chosen is None and not choosable(cell.offer):
            self.said.emit(f"这一项现在不能申请：{cell.word}，回车看理由")
        else:
            self.picked.emit(cell.offer)

    def _open(self, cell: Cell) -> None:
        assert self._view is not None
        desk = self._view.desk
        width = min(self.width() - 80, self.fontMetrics().horizontalAdvance("汉") * 42)
        left = self.plan.cell_left() >= self.width() // 2
        corner = QPoint(16 if left else self.width() - width - 16, 12)
        self.reasons.rename(f"{cell.sign} {cell.word}　{desk.catalogue.programmes[cell.offer.programme].name}")
        html = reasons((cell.offer,), desk, max(self.font().pointSize() - 2, 9))
        self.reasons.read(html, corner, QSize(width, self.height() - 70), take_hand=False)

    def _walked(self, cell: Cell | None) -> None:
        if self.reasons.isVisible():
            if cell is None:
                self.reasons.close_sheet()
            else:
                self._open(cell)

    def _fold(self) -> None:
        self._unfolded = not self._unfolded
        if self._view is not None:
            self.show_state(self._view, self._correction)


def _label(text: str, tone: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    set_flag(label, "tone", tone)
    return label
