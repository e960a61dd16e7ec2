"""The office: asked one thing after another at the first start, editable later; and the way into practice."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.intake.editors import set_flag

if TYPE_CHECKING:
    from ui.workspace import Workspace

_ASKED = (
    ("name", "单位名称", "印在文书抬头，如 某某乡人民政府", 60),
    ("region", "区划代码", "6、9 或 12 位数字", 12),
    ("clerk", "经办人", "您的姓名，记在案件和操作记录里", 50),
    ("phone", "单位电话", "印在文书上供人咨询，可以先空着", 20),
)
_OPTIONAL = ("phone",)


class SettingsPage(QWidget):
    """设置."""

    said = Signal(str)
    kept = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 28, 40, 28)
        column.setSpacing(12)
        self._title = QLabel("设置", self)
        set_flag(self._title, "tone", "title")
        self._hint = QLabel("", self)
        set_flag(self._hint, "tone", "quiet")
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self._asked())
        column.addWidget(self._about())
        column.addStretch(1)

    def arrive(self) -> None:
        """Show what is kept; at the first start, ask."""
        office = self._workspace.office()
        self._title.setText("设置" if office else "先认识一下")
        self._hint.setText("改动立即用于新的案件，已提交的案件不变。" if office else "填好前三项就可以开始受理，以后随时能改。回车到下一项。")
        for name, line in self.lines.items():
            line.setText(str(getattr(office, name)) if office else "")
        if office is None and self._workspace.where.practice:
            self._fill_practice()
        self.keep.setText("保存" if office else "开始受理")
        self.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on, and keeps at the end."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            lines = list(self.lines.values())
            at = next((index for index, line in enumerate(lines) if line.hasFocus()), len(lines))
            if at + 1 < len(lines):
                lines[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._keep()
        else:
            super().keyPressEvent(event)

    def _asked(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        card.setMaximumWidth(self.fontMetrics().horizontalAdvance("汉") * 46)
        form = QFormLayout(card)
        form.setContentsMargins(24, 20, 24, 20)
        form.setSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.lines: dict[str, QLineEdit] = {}
        for name, label, hint, longest in _ASKED:
            line = QLineEdit(card)
            line.setObjectName(name)
            line.setAccessibleName(label)
            line.setPlaceholderText(hint)
            line.setMaxLength(longest)
            self.lines[name] = line
            form.addRow(label, line)
        self._complaint = QLabel("", card)
        self._complaint.setWordWrap(True)
        set_flag(self._complaint, "tone", "bad")
        form.addRow("", self._complaint)
        self.keep = QPushButton("保存", card)
        self.keep.setProperty("role", "main")
        self.keep.clicked.connect(self._keep)
        foot = QHBoxLayout()
        foot.addWidget(self.keep)
        foot.addStretch(1)
        form.addRow("", foot)
        return card

    def _keep(self) -> None:
        from dataclasses import replace

        from clerk.identity import normalise
        from clerk.settings import Office

        said = {name: " ".join(line.text().split()) for name, line in self.lines.items()}
        said["region"] = normalise(said["region"])
        fault = _fault(said)
        self._complaint.setText(fault)
        if fault:
            return
        self._workspace.keep_office(replace(self._workspace.office() or Office("", "", ""), **said))
        self.said.emit("设置已保存")
        self.kept.emit()

    def _fill_practice(self) -> None:
        region = next(iter(self._workspace.catalogue.packs[-1:]), None)
        self.lines["name"].setText("示例乡社会救助窗口")
        self.lines["region"].setText(region.region if region else "")
        self.lines["clerk"].setText("练习人员")

    def _about(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        card.setMaximumWidth(self.fontMetrics().horizontalAdvance("汉") * 46)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 16, 24, 16)
        title = QLabel("正在使用的数据包", card)
        set_flag(title, "tone", "heading")
        column.addWidget(title)
        packs = self._workspace.catalogue.packs
        for pack in packs:
            row = QLabel(f"{pack.name}　{pack.level}　{pack.version}" + ("　示例数据" if pack.demo else ""), card)
            column.addWidget(row)
        if len(packs) == 1:
            note = QLabel(f"还没有本县数据包：需要本地标准的项目会显示「待补」。数据包放在 {self._workspace.where.packs}", card)
            note.setWordWrap(True)
            set_flag(note, "tone", "soft")
            column.addWidget(note)
        if not self._workspace.where.practice:
            practice = QPushButton("打开练习模式（另开一个窗口）", card)
            practice.clicked.connect(self._practice)
            foot = QHBoxLayout()
            foot.addWidget(practice)
            foot.addStretch(1)
            column.addLayout(foot)
        return card

    def _practice(self) -> None:
        arguments = ["--practice"] if getattr(sys, "frozen", False) else ["-c", "import sys; from ui.app import main; sys.exit(main(['--practice']))"]
        QProcess.startDetached(sys.executable, arguments)
        self.said.emit("练习窗口正在打开，边框为橙色")


def _fault(said: dict[str, str]) -> str:
    for name, label, _, _ in _ASKED:
        if not said[name] and name not in _OPTIONAL:
            return f"还没有填{label}"
    region = said["region"]
    if not (region.isdigit() and len(region) in (6, 9, 12)):
        return f"区划代码「{region}」应为 6、9 或 12 位数字"
    return ""
