"""What the keys of the desk do. Each act is a few lines: it asks the desk, and moves the hand."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from clerk.crosschecks import applicant_row
from clerk.pinyin import readings
from forms.schema import ROOT, Kind
from ui.finder import Finder
from ui.intake.choices import ChoiceEditor
from ui.intake.desk import Spot
from ui.intake.matching import Choice
from ui.intake.pane import ListPane
from ui.intake.parts import ListPart, every_list
from ui.sheet import TextSheet

if TYPE_CHECKING:
    from ui.intake.controller import IntakeController
    from ui.intake.desk_view import DeskView
    from ui.intake.field_row import FieldRow
    from ui.intake.page import IntakePage


class Acts:
    """The acts of one intake page."""

    def __init__(self, page: IntakePage) -> None:
        self._page = page
        self._fields = Finder("找项目", "输入标签、拼音首字母", readings, page)
        self._fields.picked.connect(self._go_found)
        self._lists = Finder("添加到清单", "输入序号、名称或拼音首字母", readings, page)
        self._lists.picked.connect(self._add_to)
        self._reason = Finder("为什么可以保留", "选一条，或写明理由后回车", readings, page, free=True)
        self._help = TextSheet("本项帮助", page)
        self._found: list[Spot] = []

    @property
    def _view(self) -> DeskView:
        return self._page.desk_view

    @property
    def _desk(self) -> IntakeController:
        return self._page.desk

    def help_field(self) -> None:
        """F1: what the question means, why it is asked, and which programmes look at it."""
        row = self._view.form.row_here()
        if row is None:
            self._page.said.emit("把光标放在一项上，再按 F1")
            return
        field = row.field
        self._help.rename(field.label)
        corner, size = self._page.sheet_place()
        said = [field.help, f"<b>为何要问</b>　{escape(field.why)}" if field.why else ""]
        said.append(_format_help(field.kind))
        complaint = self._desk.complaint(Spot(field.table, row.row, field.id))
        said.append(f'<span style="color:#b3261e">{escape(complaint.message)}</span>' if complaint else "")
        self._help.read("".join(f"<p>{part}</p>" for part in said if part) or "<p>没有更多说明。</p>", corner, size)

    def accept_with_reason(self) -> None:
        """F2: keep an unlikely answer, with a reason."""
        row = self._view.form.row_here()
        complaint = self._desk.complaint(_spot(row)) if row else None
        if complaint is None or not complaint.reason:
            self._page.said.emit("这里没有需要说明理由的内容")
            return
        corner, size = self._page.sheet_place()
        self._reason.rename(complaint.message)
        self._reason.offer([Choice("经核对原件无误", "经核对原件无误"), Choice("申请人确认如此", "申请人确认如此")], corner, size)
        self._reason.picked.connect(lambda reason: self._desk.accept(complaint, reason), Qt.ConnectionType.SingleShotConnection)

    def how_far(self) -> None:
        """Ctrl+D: how far off the line under the hand is."""
        self._view.how_far()

    def add_row(self) -> None:
        """F3: another row of the list the hand is in; of the first list when it is in none."""
        self._view.form.flush()
        here = self._view.form.list_here()
        if here is not None:
            here.ask_row()
        else:
            self._view.add_row(next(every_list(tuple(self._desk.parts))), "")

    def add_any(self) -> None:
        """Ctrl+F3: another row of any list, by its number."""
        parts = list(every_list(tuple(self._desk.parts)))
        choices = [Choice(part.table.id, f"{number} {part.table.name}", str(number)) for number, part in enumerate(parts, 1)]
        self._lists.offer(choices, *self._page.sheet_place())

    def drop_row(self) -> None:
        """Ctrl+Delete: take the row under the hand away."""
        here = self._view.form.list_here()
        row = self._view.form.row_here()
        typed_in = row.row if row is not None else ""
        key = here.row if isinstance(here, ListPane) else typed_in
        if here is None or not key:
            self._page.said.emit("把光标放在要删除的那一条上")
            return
        name = self._desk.title(here.part.table.id, key)
        self._view.form.flush()
        self._desk.remove_row(here.part.table.id, key)
        self._view.refresh()
        self._view.form.go_to(Spot(here.part.table.id, "", ""))
        self._page.said.emit(f"已删除「{name}」，Ctrl+Z 可撤销")

    def open_choices(self) -> None:
        """F4: the list of a question."""
        row = self._view.form.row_here()
        if row is not None and isinstance(row.editor, ChoiceEditor):
            row.editor.open_list()
        else:
            self._page.said.emit("这一项没有选项，直接录入")

    def close_all(self) -> None:
        """F5: all lists are complete; on the check page, put off what is not known."""
        if self._page.stack.currentWidget() is self._page.check:
            self._page.put_off()
            return
        self._view.form.flush()
        count = self._desk.close_all()
        self._page.said.emit(f"{count} 个清单已确认录齐，Ctrl+Z 可撤销" if count else "所有清单都已确认录齐")

    def find_field(self) -> None:
        """F6: go to a question by a few letters."""
        self._found, choices = [], []
        for row in self._view.form.field_rows():
            if row.wanted:
                whose = self._desk.title(row.field.table, row.row) if row.field.table != ROOT and row.row else ""
                choices.append(Choice(str(len(self._found)), row.field.label, whose))
                self._found.append(_spot(row))
        for part in every_list(tuple(self._desk.parts)):
            choices.append(Choice(str(len(self._found)), part.table.name, "清单"))
            self._found.append(Spot(part.table.id, "", ""))
        self._fields.offer(choices, *self._page.sheet_place())

    def same(self) -> None:
        """F7: the answer of the row above; for the household, that of the last one filed."""
        row = self._view.form.row_here()
        if row is None:
            return
        spot = _spot(row)
        if spot.table == ROOT:
            self._desk.type(spot, self._last_answers().get(spot.field, self._desk.text(spot)))
        else:
            self._desk.same_as_above(spot)
        row.editor.show_text(self._desk.text(spot))

    def next_question(self) -> None:
        """F8."""
        self._page.show_desk()
        self._view.go_to_question()

    def preview(self) -> None:
        """F9: the whole packet exists once something is filed; before, what the household may take home."""
        filed = self._page.stack.currentWidget() is self._page.filed
        (self._page.filed.preview if filed else self.leaflets)()

    def leaflets(self) -> None:
        """Ctrl+L: the policy list and what is still needed, before filing or after."""
        self._page.take_home.show()

    def first_missing(self) -> None:
        """F10."""
        self._view.form.flush()
        spot = next(iter(self._desk.missing()), None)
        if spot is None:
            self._page.said.emit("必填项都已填写")
        else:
            self._view.go_to(spot)

    def take_list(self) -> None:
        """F11: the hand goes to the policy list, and back to the form."""
        if self._view.panel.view.hasFocus():
            self._view.reasons.close_sheet()
            self._view.back_to_form()
        else:
            self._view.take_list()

    def check(self) -> None:
        """F12; on the check page, submit."""
        if self._page.stack.currentWidget() is self._page.check:
            self._page.check.submit()
        elif self._page.stack.currentWidget() is self._view:
            self._page.show_check()

    def undo(self) -> None:
        """Ctrl+Z: take the last act back, and go where it was."""
        self._view.form.flush()
        spot = self._desk.undo()
        if spot is None:
            self._page.said.emit("没有可以撤销的")
            return
        self._view.refresh()
        if spot.field:
            self._view.form.go_to(spot)
            for row in self._view.form.field_rows():
                if _spot(row) == spot:
                    row.editor.show_text(self._desk.text(spot))
        self._page.said.emit("已撤销")

    def save(self) -> None:
        """Ctrl+S always answers."""
        self._view.form.flush()
        self._page.keeper.flush()
        self._page.said.emit("内容一直在自动保存，不用手动保存")

    def new(self) -> None:
        """Ctrl+N: another household; this one stays as a draft."""
        self._view.form.flush()
        self._page.start_new()
        self._page.offer_drafts()

    def resume(self) -> None:
        """Ctrl+R: go on with the draft that is offered."""
        if self._page.notice.isVisible():
            self._page.notice.go_on.click()
        else:
            self._page.said.emit("没有待接着录的草稿")

    def next_person(self) -> None:
        """Ctrl+PageDown: the next member, same question."""
        self._turn(1)

    def previous_person(self) -> None:
        """Ctrl+PageUp: the member before, same question."""
        self._turn(-1)

    def go_to_part(self, index: int) -> None:
        """Alt+number."""
        if self._page.stack.currentWidget() is not self._view:
            self._page.show_desk()
        self._view.form.flush()
        self._view.form.go_to_part(index)

    def household_title(self) -> str:
        """The name a draft is listed under: the applicant's."""
        row = applicant_row(self._desk.intake, self._desk.catalogue)
        return self._desk.title(Kind.MEMBER.value, row) if row else ""

    def _turn(self, step: int) -> None:
        pane = next(iter(self._view.form.panes()), None)
        if pane is None:
            return
        rows = list(self._desk.rows(pane.part.table.id))
        at = rows.index(pane.row) + step if pane.row in rows else 0
        if 0 <= at < len(rows):
            here = self._view.form.row_here()
            pane.turn_to(rows[at])
            field = here.field.id if here is not None and here.field.table == pane.part.table.id else pane.part.fields[0].id
            self._view.form.refresh()
            self._view.form.go_to(Spot(pane.part.table.id, rows[at], field))

    def _add_to(self, table: str) -> None:
        part = next((one for one in every_list(tuple(self._desk.parts)) if one.table.id == table), None)
        if part is not None:
            self._view.add_row(part, self._owner_for(part))

    def _owner_for(self, part: ListPart) -> str:
        if not part.table.owner:
            return ""
        pane = next((one for one in self._view.form.panes() if one.part.table.id == part.table.owner), None)
        rows = self._desk.rows(part.table.owner)
        return pane.row if pane is not None else rows[0] if rows else ""

    def _go_found(self, index: str) -> None:
        spot = self._found[int(index)]
        if spot.field:
            self._view.go_to(spot)
            return
        body = self._view.form.list_of(spot.table)
        if body is not None:
            list(body.tail())[-1].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._view.form.show_whole(body)

    def _last_answers(self) -> dict[str, str]:
        kept = self._page.workspace.setting("last_household", {})
        return {str(key): str(value) for key, value in kept.items()} if isinstance(kept, dict) else {}


def _spot(row: FieldRow) -> Spot:
    return Spot(row.field.table, row.row, row.field.id)


def _format_help(kind: Kind) -> str:
    said = {
        Kind.DATE: "日期可以写 19800101、1980.1.1、1980-1-1 或 1980年1月1日。",
        Kind.MONTH: "年月可以写 202609、2026.9 或 2026年9月。",
        Kind.MONEY: "金额以元计，可以写 24000、24,000.50 或 2.4万。",
        Kind.OPTION: "输入文字、代码或拼音首字母来选；F4 看全部选项。",
        Kind.OPTIONS: "可选几项：选一项后接着输入下一项；F4 看全部选项。",
        Kind.FLAG: "1 或 s 为是，0 或 f 为否，退格清除。",
        Kind.ID: "全角数字、空格、小写 x 都能读；没有证件也可以先空着。",
    }
    return said.get(kind, "")
