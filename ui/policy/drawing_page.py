"""A drawn paper being brought in: which paper and edition it becomes, what is wrong with it and where, and into the draft."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from ui.drawn_papers import Drawing, Imported, import_drawing
from ui.hand import take_hand
from ui.intake.editors import set_flag
from ui.policy.editor_page import EditorPage
from ui.policy.faults import in_a_sentence
from ui.policy.table import PlainTable, Row

if TYPE_CHECKING:
    from printing.drawn.problems import Problem
    from ui.papers import Job, PaperMaker
    from ui.policy.studio import Studio

HEADINGS = ("格", "问题", "怎么办", "情况")
ASKED = (
    ("文书", "文书编号", "照文件的", 8),
    ("版", "新版的版号", "例如 2027-01", 10),
    ("自", "启用日期", "例如 2027-01-01", 10),
)
"""What may be said beside the file: key, label, hint, width in letters."""


class DrawingPage(EditorPage):
    """导入: a file, its report, and F12 when nothing keeps it out."""

    proofed = Signal(object)
    compared = Signal(str, object)

    def __init__(self, studio: Studio, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__(studio, parent)
        self._papers = papers
        self._job: Job | None = None
        self.drawing = Drawing(Path())
        self.found: Imported | None = None
        self.boxes: dict[str, QLineEdit] = {}
        self.column.addLayout(self._asked())
        self.table = PlainTable(HEADINGS, (5, 0, 26, 6), self)
        self.table.setAccessibleName("导入时发现的问题")
        self.column.addWidget(self.table, 1)
        acts = (
            ("F5", "再查一遍", self.check, ""),
            ("F6", "与前一版比较", self.compare, "quiet"),
            ("F9", "校样", self.proof, ""),
            ("F12", "放进草稿", self.keep, "main"),
            ("Esc", "返回", self.leave, "quiet"),
        )
        self.add_foot(acts)
        self.told.setAccessibleName("结果")

    def open(self, file: Path) -> None:
        """Bring a file in: what it says of itself stands until something else is typed."""
        self.title.setText(f"导入 {file.name}")
        self.drawing = Drawing(file)
        for box in self.boxes.values():
            box.clear()
        self.layer.show_choice()
        self.check()

    def check(self) -> None:
        """F5: read the file again, as it lies there now."""
        from clerk.answers import read_date

        said = {key: box.text().strip() for key, box in self.boxes.items()}
        since = read_date(said["自"]) if said["自"] else None
        if said["自"] and since is None:
            self._ask("自", "启用日期写成 2027-01-01 这样")
            return
        self.drawing = replace(self.drawing, id=said["文书"], edition=said["版"], since=since)
        self.found = None
        self.table.fill(())
        self.note.setText("")
        self.tell("正在查看…", "quiet")
        job = self._job = self._papers.make(import_drawing, self.drawing)
        job.tell(lambda found: self._show(found, job), lambda fault: self._failed(fault, job))

    def compare(self) -> None:
        """F6: what differs from the edition it follows."""
        if self._usable() and self.found is not None:
            self.compared.emit(f"{self.found.id} {self.found.edition}版与前一版", self.found.changes)

    def proof(self) -> None:
        """F9: every box drawn."""
        if self._usable():
            self.proofed.emit(self.drawing)

    def keep(self) -> None:
        """F12: put it into the draft, to be published with the rest of it."""
        from clerk.authoring.drafts import start_draft
        from clerk.authoring.papers import keep_paper

        if not self._usable() or self.found is None:
            return
        try:
            keep_paper(
                start_draft(self.studio.home, self.studio.about, self.studio.workspace.layers()), self.found.text
            )
        except Exception as fault:  # noqa: BLE001 - said in a sentence, or raised again
            self._failed(fault, self._job)
            return
        self.studio.forget()
        self.said.emit(f"{self.found.id} {self.found.edition}版已放进草稿，到「发布」由两人发布")
        self.leave()

    def leave(self) -> None:
        """Esc: back to the list; what was not put into the draft is forgotten."""
        self._job = None
        self.left.emit()

    def _asked(self) -> QHBoxLayout:
        line = QHBoxLayout()
        letter = self.fontMetrics().horizontalAdvance("汉")
        for key, words, hint, letters in ASKED:
            label, box = QLabel(words, self), QLineEdit(self)
            box.setPlaceholderText(hint)
            box.setAccessibleName(words)
            box.setMaximumWidth(letter * (letters + 2))
            box.returnPressed.connect(self.check)
            label.setBuddy(box)
            self.boxes[key] = box
            line.addWidget(label)
            line.addWidget(box)
            line.addSpacing(letter)
        hint_line = QLabel("没有写的照文件「设置」里的；改好文件后按 F5 再查。", self)
        set_flag(hint_line, "tone", "quiet")
        line.addWidget(hint_line, 1)
        return line

    def _show(self, found: Imported, job: Job) -> None:
        if job is not self._job:
            return  # something else was asked for meanwhile
        self.found = found
        hard = sum(one.hard for one in found.problems)
        soft = len(found.problems) - hard
        self.table.fill([_row(one, place) for place, one in enumerate(found.problems)])
        if hard:
            self.tell(f"{hard} 处不能用，{soft} 处请看；改好文件后按 F5 再查", "bad")
        else:
            self.note.setText(
                f"{found.id} {found.edition}版　{found.name}　{found.since}　{found.pages} 页，{found.boxes} 个框"
            )
            self.tell(
                f"可以用，{soft} 处请看；F9 看校样，F12 放进草稿" if soft else "没有问题；F9 看校样，F12 放进草稿",
                "yes",
            )
        take_hand(self.table)

    def _failed(self, fault: BaseException, job: Job | None) -> None:
        if job is not self._job:
            return
        message = in_a_sentence(fault)
        if not message:
            raise fault
        self._ask("版" if not self.boxes["版"].text() and "版" in message else "文书", message)

    def _ask(self, key: str, message: str) -> None:
        """Say what is missing, with the hand where it is typed."""
        self.tell(message, "bad")
        take_hand(self.boxes[key])
        self.boxes[key].selectAll()

    def _usable(self) -> bool:
        if self.found is None or not self.found.text:
            self.tell("还有不能用的地方，改好文件后按 F5 再查", "bad")
            return False
        return True


def _row(one: Problem, place: int) -> Row:
    state = "不能用" if one.hard else "请看"
    return Row((one.address or "全表", one.message, one.advice, state), place, "bad" if one.hard else "wait")
