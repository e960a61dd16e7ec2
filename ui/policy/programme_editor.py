"""One programme: its conditions, texts, materials and deadlines with where they come from, and boxes for the one under the hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.hand import take_hand
from ui.intake.matching import Choice
from ui.policy.boxes import Boxes, Wrong
from ui.policy.editor_page import EditorPage
from ui.policy.programme_form import CONDITIONS, SECTIONS, blank, parts_of, plain_tree, specs_of
from ui.policy.table import PlainTable, Row
from ui.policy.tree import Key, Tree, with_at, words_at

if TYPE_CHECKING:
    from clerk.authoring.bench import Bench
    from clerk.authoring.shapes import Fault, Ref, View
    from ui.policy.studio import Studio

HEADINGS = ("部分", "内容", "来自")


class ProgrammeEditor(EditorPage):
    """One programme being read and edited."""

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(studio, parent)
        self._ref: Ref | None = None
        self._view: View | None = None
        self._names: Sequence[Choice] = ()
        self.tree: Tree = {}
        self.key: Key = ()
        self._changed = False
        line = QHBoxLayout()
        line.setSpacing(12)
        self.table = PlainTable(HEADINGS, (4, 0, 6), self)
        self.table.setAccessibleName("项目的各部分")
        self.table.currentCellChanged.connect(lambda *_: self._walk())
        self.table.opened.connect(self._into_boxes)
        self.boxes = Boxes(self, lambda: self._names)
        self.boxes.typed.connect(self._typed)
        line.addWidget(self.table, 5)
        line.addWidget(self.make_card(self.boxes), 6)
        self.column.addLayout(line, 1)
        acts = (
            ("F3", "加一条", self.add_part, ""),
            ("Ctrl+Del", "删去", self.drop_part, ""),
            ("F7", "停用", self.stop, "quiet"),
            ("Ctrl+Z", "撤回改动", self.revert, "quiet"),
            ("Ctrl+S", "记入草稿", self.keep, "main"),
            ("Esc", "返回", self.leave, ""),
        )
        self.add_foot(acts)

    def open(self, bench: Bench, ref: Ref) -> None:
        """Show a programme; the hand goes to its parts."""
        from clerk.rule_names import rule_names
        from forms.schema import ROOT

        self.bench, self._ref = bench, ref
        self.layer.show_choice()
        self._read()
        names = rule_names(self.studio.workspace.catalogue, str(self.tree.get("对象") or ROOT))
        self._names = [Choice(word, word, what) for word, what in names]
        self.table.setCurrentCell(1 if self.table.rowCount() > 1 else 0, 0)
        take_hand(self.table)

    def add_part(self) -> None:
        """F3: another condition, material, deadline … of the section under the hand."""
        from forms.policy import MEANS

        section = str(self.key[0]) if self.key and self.key[0] in SECTIONS else CONDITIONS
        items = [*(self.tree.get(section) or []), blank(section, MEANS)]
        self.tree = {**self.tree, section: items}
        self._changed = True
        self._show(into=(section, len(items) - 1))
        self.boxes.take_hand()

    def drop_part(self) -> None:
        """Ctrl+Delete: take the part under the hand out."""
        if len(self.key) != 2:
            self.tell("这一部分不能删去", "soft")
            return
        self.tree = plain_tree(self.tree, self.key)
        self._changed = True
        self._show(into=self.key)
        self.table.setFocus()
        self.check()

    def stop(self) -> None:
        """F7: take the programme out of force from the draft's first day; the same key brings it back."""
        if self.bench is None or self._ref is None or self._view is None:
            return
        stopped = self._view.stopped
        if stopped:
            self.bench.revert(self._ref)
        else:
            self.bench.stop(self._ref)
        self._read()
        self.tell("已恢复，草稿里不再停用" if stopped else "已在草稿里停用，发布后不再判定；再按一次恢复", "soft")

    def revert(self) -> None:
        """Ctrl+Z: forget what the draft changed in this programme."""
        if self.bench is None or self._ref is None:
            return
        self.bench.revert(self._ref)
        self._read()
        self.table.setFocus()
        self.tell("已撤回草稿里对这个项目的改动", "soft")

    def keep(self) -> None:
        """Ctrl+S: into the draft, with whatever is still wrong."""
        from clerk.errors import UserCanFix

        self.later.stop()
        if self.bench is None or self._ref is None:
            return
        try:
            faults = self.bench.keep(self._ref, self.tree)
        except UserCanFix as fault:
            self.tell(fault.message, "bad")
            return
        self._changed = False
        if faults:
            self._show_faults(faults)
            self.tell(f"已记入草稿，还有 {len(faults)} 处要改才能发布", "soft")
            return
        self._read()
        self.table.setFocus()
        self.tell("已记入草稿，到「发布」页演练并发布后才生效", "yes")

    def check(self) -> None:
        """Say what is wrong where."""
        if self.bench is not None and self._ref is not None and self._changed:
            self._show_faults(self.bench.check(self._ref, self.tree))

    def leave(self) -> None:
        """Esc: from the boxes to the parts, from there back to the list; nothing typed is lost."""
        if not self.table.hasFocus():
            self.table.setFocus()
            return
        if self._changed:
            self.keep()
            self.said.emit("改动已记入草稿")
        self.left.emit()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _into_boxes(self, _: object) -> None:
        self.boxes.take_hand()

    def _read(self) -> None:
        assert self.bench is not None
        assert self._ref is not None
        self._view = self.bench.document(self._ref)
        self.tree = self._view.tree
        self._changed = False
        words = [self._ref.id, str(self.tree.get("部门") or ""), f"对象 {self.tree.get('对象') or '家庭'}", "草稿里已停用" if self._view.stopped else ""]
        self.title.setText(str(self.tree.get("名称") or self._ref.id))
        self.note.setText("　".join(word for word in words if word))
        self.tell("回车改所选的一条，F3 加一条；改动先记入草稿", "quiet")
        self._show(into=self.key)
        self.boxes.complain({})
        self.elsewhere.setText("")

    def _show(self, into: Key) -> None:
        assert self._view is not None
        from dataclasses import replace

        rows = []
        for key, section, words, layer, doubtful in parts_of(replace(self._view, tree=self.tree)):
            rows.append(Row((section, words, layer + ("　待核" if doubtful else "")), key, "wait" if doubtful else "quiet"))
        self.table.fill(rows)
        place = next((at for at, row in enumerate(rows) if row.key == into), min(max(self.table.currentRow(), 0), len(rows) - 1))
        self.table.setCurrentCell(place, 0)
        self._walk(afresh=True)

    def _walk(self, afresh: bool = False) -> None:
        """The hand went to another part: show its boxes."""
        from forms.policy import MEANS

        key = self.table.key()
        if not isinstance(key, tuple) or self._view is None or (key == self.key and not afresh):
            return
        self.key = key
        origin = self._view.origin(key if len(key) == 2 else ())
        name = words_at(self.tree, (*key, "编号")) or words_at(self.tree, (*key, "名称")) if len(key) == 2 else ""
        self.heading.setText("　".join(part for part in (str(key[0]), name) if part))
        self.effect.setText("")
        self.elsewhere.setText("")
        self.note_origin(origin.layer, origin.file)
        self.boxes.show_specs(specs_of(key, MEANS), lambda at: words_at(self.tree, at))
        if self._changed:
            self.check()

    def note_origin(self, layer: str, file: str) -> None:
        """Say in which layer and file the part stands."""
        self.heading.setToolTip(f"{layer} {file}")
        self.heading.setText(f"{self.heading.text()}　<span style='font-weight:normal;font-size:small'>来自 {layer} {file}</span>")

    def _typed(self, key: Key, text: str) -> None:
        self.tree = with_at(self.tree, key, text)
        self._changed = True

    def _show_faults(self, faults: Iterable[Fault]) -> None:
        wrong: dict[Key, Wrong] = {}
        elsewhere = []
        for fault in faults:
            box = self._box(fault.key)
            if box is None:
                elsewhere.append(str(fault))
            else:
                wrong.setdefault(box, Wrong(fault.message + (f"，{fault.advice}" if fault.advice else ""), fault.column))
        self.boxes.complain(wrong)
        self.elsewhere.setText("；".join(elsewhere))

    def _box(self, key: Key) -> Key | None:
        """The box a fault belongs to: that of its key, else the first empty one under it, else the first of the part."""
        if len(key) < 2 and key not in self.boxes.keys:
            return None
        boxes = self.boxes.keys
        exact = next((box for box in boxes if key[: len(box)] == box), None)
        if exact is not None:
            return exact
        under = [box for box in boxes if box[: len(key)] == key]
        return next((box for box in under if not words_at(self.tree, box)), under[0] if under else None)
