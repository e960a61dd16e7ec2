"""数据包: what lies on the shelf side by side, installing, trusting a key, and a rehearsal before anything counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import keys
from ui.intake.editors import set_flag
from ui.policy.faults import in_a_sentence
from ui.policy.rehearsal_view import RehearsalView
from ui.policy.shelf import install_file, read_key, rehearse_file, rehearse_folder, shelf_of, trust_key
from ui.policy.table import PlainTable, Row
from ui.task import Task, Tell

if TYPE_CHECKING:
    from clerk.packs import Installed
    from clerk.shelf_list import Shelved
    from clerk.signing import PublicKey
    from ui.workspace import Workspace

HEADINGS = ("数据包", "层级", "版本", "生效", "签名", "情况")
HINT = "同一数据包可以装几个版本，到生效日自动换用；以前的案件仍按当时的版本。"
PACK_FILES, KEY_FILES = "数据包文件 (*.pack *.zip);;所有文件 (*)", "公钥文件 (*.pub);;所有文件 (*)"


class PacksPane(QStackedWidget):
    """The shelf, or a rehearsal."""

    said = Signal(str)
    opened = Signal(str, str, str)

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._task: Task | None = None
        self.asked_key: PublicKey | None = None
        self._list = QWidget(self)
        self.addWidget(self._list)
        self._fill_list()
        self.rehearsal = RehearsalView(self)
        self.rehearsal.opened.connect(self.opened)
        self.rehearsal.said.connect(self.said)
        self.rehearsal.left.connect(self._back)
        self.addWidget(self.rehearsal)
        for key, act in (("F3", self.choose_pack), ("F4", self.choose_key), ("F8", self.choose_trial), ("F9", self.rehearse)):
            keys.bind_inside(key, self._list, act)

    def arrive(self) -> None:
        """Show the shelf as it is now."""
        if self.currentWidget() is self.rehearsal:
            self.rehearsal.kinds.setFocus()
            return
        self._show_shelf()
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stop(self, wait: bool = False) -> None:
        """Stop what runs."""
        self.rehearsal.stop(wait)
        if self._task is not None:
            self._task.stop(wait)

    # -- acts ----------------------------------------------------------------------------------------------------------

    def choose_pack(self) -> None:
        """F3: install a pack file."""
        file = self._file("安装哪个数据包文件", PACK_FILES)
        if file is not None:
            self._work(lambda tell: install_file(self._workspace, file, tell), self._installed)

    def choose_key(self) -> None:
        """F4: read a public key, and ask whether it is the right one."""
        file = self._file("导入哪个公钥文件", KEY_FILES)
        if file is None:
            return
        try:
            self.asked_key = read_key(file)
        except Exception as fault:  # noqa: BLE001 - said in a sentence, or raised again
            self._failed(fault)
            return
        self._asking.setText(f"公钥 {self.asked_key.id}　请与发布单位公布的号码逐字核对，一致才信任。")
        self._ask.show()
        self._yes.setFocus()

    def choose_trial(self) -> None:
        """F8: rehearse a pack file that is not installed yet."""
        file = self._file("用哪个数据包文件演练", PACK_FILES)
        if file is not None:
            self._rehearse(file.name, lambda tell: rehearse_file(self._workspace, file, tell))

    def rehearse(self) -> None:
        """F9: rehearse the pack under the hand, by its first day or today."""
        one = self.table.key()
        folder = getattr(one, "folder", None)
        if folder is None or one is self._shelf[0]:
            self._tell("全国数据随程序发布，不用演练；请选本地数据包", "soft")
            return
        self._rehearse(f"{getattr(one, 'name', '')} {getattr(one, 'version', '')}", lambda tell: rehearse_folder(self._workspace, folder, None, tell))

    def trust(self) -> None:
        """The key shown is the right one."""
        key, self.asked_key = self.asked_key, None
        self._ask.hide()
        if key is not None:
            trust_key(self._workspace, key)
            self._tell(f"已信任公钥 {key.id}，由它签名的数据包可以安装", "yes")
            self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc takes the question about a key away."""
        if event.key() == Qt.Key.Key_Escape and self.asked_key is not None:
            self._distrust()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _fill_list(self) -> None:
        column = QVBoxLayout(self._list)
        column.setContentsMargins(24, 14, 24, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        title, hint = QLabel("数据包", self._list), QLabel(HINT, self._list)
        set_flag(title, "tone", "title")
        set_flag(hint, "tone", "quiet")
        head.addWidget(title)
        head.addWidget(hint, 1)
        column.addLayout(head)
        self.table = PlainTable(HEADINGS, (0, 4, 6, 8, 13, 9), self._list)
        self.table.setAccessibleName("数据包")
        self.table.opened.connect(lambda _: self.rehearse())
        column.addWidget(self.table, 1)
        column.addWidget(self._question())
        column.addLayout(self._foot())

    def _question(self) -> QFrame:
        self._ask = QFrame(self._list)
        self._ask.setObjectName("question")
        line = QHBoxLayout(self._ask)
        line.setContentsMargins(14, 8, 10, 8)
        self._asking = QLabel("", self._ask)
        self._asking.setWordWrap(True)
        self._yes = QPushButton("一致，信任  回车", self._ask)
        self._yes.setAutoDefault(True)
        self._yes.clicked.connect(self.trust)
        no = QPushButton("不信任  Esc", self._ask)
        no.setProperty("role", "quiet")
        no.clicked.connect(self._distrust)
        line.addWidget(self._asking, 1)
        line.addWidget(self._yes)
        line.addWidget(no)
        self._ask.hide()
        return self._ask

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.told = QLabel("", self._list)
        self.told.setWordWrap(True)
        self.told.setAccessibleName("结果")
        self._busy = QProgressBar(self._list)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName("正在安装")
        self._busy.hide()
        line.addWidget(self.told, 1)
        line.addWidget(self._busy)
        acts = (("安装数据包…  F3", self.choose_pack), ("导入公钥…  F4", self.choose_key), ("演练文件…  F8", self.choose_trial), ("演练所选  F9", self.rehearse))
        for place, (words, act) in enumerate(acts):
            button = QPushButton(words, self._list)
            button.setAutoDefault(True)
            button.setProperty("role", "" if place else "main")
            button.clicked.connect(act)
            line.addWidget(button)
        return line

    def _show_shelf(self) -> None:
        self._shelf = shelf_of(self._workspace)
        self.table.fill([_row(one) for one in self._shelf])

    def _file(self, title: str, kinds: str) -> Path | None:
        if self._task is not None:
            self._tell("上一步还没有做完，请稍等", "soft")
            return None
        name, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        return Path(name) if name else None

    def _work(self, work: Callable[[Tell], object], done: Callable[..., None]) -> None:
        self._task = Task(work, self)
        self._task.told.connect(lambda words: self._tell(words, "quiet"))
        self._task.done.connect(done)
        self._task.failed.connect(self._failed)
        self._busy.show()
        self._task.start()

    def _installed(self, one: Installed) -> None:
        self._rest()
        self._workspace.packs_changed()
        self._show_shelf()
        starts = "今天起生效" if one.since <= self._workspace.today else f"{one.since.isoformat()} 起生效"
        self._tell(f"已安装 {one.name} {one.version}，{starts}", "yes")

    def _rehearse(self, title: str, work: Callable[[Tell], object]) -> None:
        if self.rehearsal.running:
            return
        self.setCurrentWidget(self.rehearsal)
        self.rehearsal.begin(title, Task(work, self))

    def _back(self) -> None:
        self.setCurrentWidget(self._list)
        self.arrive()

    def _distrust(self) -> None:
        self.asked_key = None
        self._ask.hide()
        self._tell("没有信任这个公钥", "soft")
        self.table.setFocus()

    def _tell(self, words: str, tone: str) -> None:
        self.told.setText(words)
        set_flag(self.told, "tone", tone)
        if tone != "quiet":
            self.said.emit(words)

    def _failed(self, fault: BaseException) -> None:
        self._rest()
        message = in_a_sentence(fault)
        self._tell(message or "没有做完", "bad")
        if not message:
            raise fault

    def _rest(self) -> None:
        self._task = None
        self._busy.hide()


def _row(one: Shelved) -> Row:
    tone = "yes" if one.counts else "bad" if one.broken else "quiet"
    since = one.since.isoformat() if one.since else "—"
    return Row((one.name, one.level, one.version or "—", since, one.signer, one.state), one, tone)
