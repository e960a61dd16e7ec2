"""One standard: its dated values with their documents, and boxes for a new one or for the one under the hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.hand import take_hand
from ui.policy.boxes import Boxes, Wrong
from ui.policy.editor_page import EditorPage
from ui.policy.table import PlainTable, Row
from ui.policy.tree import Key, Tree
from ui.policy.value_form import SINCE, VALUE, WHY, ValueForm, effect, previous, specs_of
from ui.policy.value_words import value_rows

if TYPE_CHECKING:
    from clerk.authoring.bench import Bench
    from clerk.authoring.shapes import Fault, Ref, View
    from ui.policy.studio import Studio

HEADINGS = ("自", "止", "值", "文件", "来自", "情况")


class StandardEditor(EditorPage):
    """One standard being edited."""

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(studio, parent)
        self._ref: Ref | None = None
        self._view: View | None = None
        self.form: ValueForm | None = None
        self.table = PlainTable(HEADINGS, (7, 7, 0, 15, 13, 6), self)
        self.table.setAccessibleName("数额")
        self.table.opened.connect(self._edit)
        self.boxes = Boxes(self)
        self.boxes.typed.connect(self._typed)
        self._form = self.make_card(self.boxes)
        self.column.addWidget(self.table, 2)
        self.column.addWidget(self._form, 3)
        acts = (("F3", "新数额", self.new_value, ""), ("Ctrl+Z", "撤回改动", self.revert, "quiet"), ("Ctrl+S", "记入草稿", self.keep, "main"), ("Esc", "返回", self.leave, ""))
        self.add_foot(acts)

    def open(self, bench: Bench, ref: Ref) -> None:
        """Show a standard; the hand goes to its values."""
        self.bench, self._ref = bench, ref
        self.title.setText(ref.id)
        self.layer.show_choice()
        self._show()
        take_hand(self.table)

    def new_value(self) -> None:
        """F3: a value from another day on."""
        self._edit(None)

    def keep(self) -> None:
        """Ctrl+S: into the draft, with whatever is still wrong."""
        self.later.stop()
        if self.bench is None or self._ref is None or self.form is None:
            return
        found = self._tree(everything=True)
        if found is None:
            self.tell("还没有保存：先写明从哪天起", "bad")
            return
        tree, place = found
        faults = self.bench.keep(self._ref, tree, why=self.form.words.get(WHY, ""))
        if faults:
            self._show_faults(faults, place, everything=True)
            self.tell(f"已记入草稿，还有 {len(faults)} 处要改才能发布", "soft")
            if self.form.place is None:
                self._reread(place)
            return
        self._show()
        self.table.setCurrentCell(self._row_of(place), 0)
        self.table.setFocus()
        self.tell("已记入草稿，到「发布」页演练并发布后才生效", "yes")

    def revert(self) -> None:
        """Ctrl+Z: forget what the draft changed in this standard."""
        if self.bench is None or self._ref is None:
            return
        self.bench.revert(self._ref)
        self._show()
        self.table.setFocus()
        self.tell("已撤回草稿里对这一项的改动", "soft")

    def check(self) -> None:
        """Say what is wrong where, and what the value would do."""
        if self.bench is None or self._ref is None or self.form is None:
            return
        found = self._tree(everything=False)
        if found is None:
            return
        tree, place = found
        faults = self.bench.check(self._ref, tree)
        self._show_faults(faults, place, everything=False)
        doubtful = [fault.key[2:] for fault in faults if fault.key[:2] == (VALUE[0], place)]
        self.effect.setText(effect(previous(tree, place), tree[VALUE[0]][place], self.form.shape, doubtful))

    def leave(self) -> None:
        """Esc: from the boxes to the values, from there back to the list."""
        if self.form is not None and not self.table.hasFocus():
            if self.form.touched and self._tree(everything=False) is not None:
                self.keep()
            self._close_form()
            self.table.setFocus()
        else:
            self.left.emit()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        assert self.bench is not None
        assert self._ref is not None
        self._view = self.bench.document(self._ref)
        shape = self.bench.shape(self._ref)
        by = "、".join(axis.name for axis in shape.axes)
        self.note.setText("　".join(part for part in (str(self._view.tree.get("说明") or ""), shape.kind.value, f"按{by}分列" if by else "") if part))
        self.table.fill([Row(cells, number, tone) for number, (cells, tone) in enumerate(value_rows(self._view, self.bench.on))])
        self.table.setCurrentCell(max(0, self.table.rowCount() - 1), 0)
        self._close_form()

    def _close_form(self) -> None:
        self.later.stop()
        self.form = None
        self._form.hide()
        self.tell("回车改所选的数额，F3 从另一天起用新数额", "quiet")

    def _edit(self, place: object) -> None:
        if self.bench is None or self._ref is None or self._view is None:
            return
        number = place if isinstance(place, int) else None
        self.form = ValueForm(self._view.tree, self.bench.shape(self._ref), number)
        self.form.begin()
        self._fill()
        self.boxes.take_hand()

    def _fill(self) -> None:
        assert self.form is not None
        assert self._view is not None
        begun = self._begun()
        values = self._view.tree.get(VALUE[0]) or []
        now: Tree = next((value for value in reversed(values) if self.bench and str(value.get(SINCE[0])) in begun), {})
        correcting = self.form.place is not None and values[self.form.place].get(SINCE[0]) in begun
        self.heading.setText("新数额" if self.form.place is None else f"改 {values[self.form.place].get(SINCE[0])} 起的数额")
        self.boxes.show_specs(specs_of(self.form.shape, now, correcting), lambda key: self.form.words.get(key, "") if self.form else "")
        self.effect.setText("")
        self.elsewhere.setText("")
        self._form.show()
        self.tell("回车到下一格，最后一格回车记入草稿；Esc 收起", "quiet")

    def _begun(self) -> tuple[str, ...]:
        from clerk.authoring.standards import in_force

        return in_force(self._view.tree, self.bench.on) if self._view and self.bench else ()

    def _typed(self, key: Key, text: str) -> None:
        if self.form is not None:
            self.form.type(key, text)

    def _tree(self, everything: bool) -> tuple[Tree, int] | None:
        """The tree as typed; where its first day is none, that is said at the box."""
        from clerk.errors import UserCanFix

        assert self.form is not None
        try:
            return self.form.tree()
        except UserCanFix as fault:
            if everything or SINCE in self.form.touched:
                self.boxes.complain({SINCE: Wrong(fault.message)})
            return None

    def _show_faults(self, faults: tuple[Fault, ...], place: int, everything: bool) -> None:
        assert self.form is not None
        wrong, elsewhere = self.form.wrong(faults, place, self.boxes.keys, everything)
        self.boxes.complain(wrong)
        self.elsewhere.setText("；".join(elsewhere))
        self.elsewhere.setVisible(bool(elsewhere))

    def _reread(self, place: int) -> None:
        """A new value that is kept with faults is an existing one from now on."""
        assert self.bench is not None
        assert self._ref is not None
        assert self.form is not None
        self._view = self.bench.document(self._ref)
        self.form.base, self.form.place = self._view.tree, place

    def _row_of(self, place: int) -> int:
        return next((at for at, row in enumerate(self.table.rows) if row.key == place), 0)
