"""A day of death was typed: who leads the household from now on, nearest kin first; Enter takes who is proposed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from clerk.pinyin import readings
from clerk.succession import died, heirs, led, settle, way_back
from forms.language.values import Verdict
from forms.schema import Kind
from ui.finder import Finder
from ui.intake.desk import Spot
from ui.intake.matching import Choice

if TYPE_CHECKING:
    from clerk.succession import Candidate
    from ui.intake.page import IntakePage

MEMBER = Kind.MEMBER.value
_NOBODY = "移出"


class Succeeding(QObject):
    """The sheet of one intake page that opens when a member has died."""

    def __init__(self, page: IntakePage) -> None:
        super().__init__(page)
        self._page = page
        self._dead = ""
        self.sheet = Finder("由谁接任", "上下键移动，回车接任，Esc 先不办", readings, page)
        self.sheet.picked.connect(self._picked)

    def left(self, table: str, row: str, field: str) -> None:
        """Ask once the day of death of a member was typed and left."""
        desk = self._page.desk
        death = desk.catalogue.death
        if death and (table, field) == (MEMBER, death.day) and row in died(desk.intake, desk.catalogue):
            day = desk.intake.answer(table, field, row)
            if isinstance(day, date) and day <= desk.intake.today:
                QTimer.singleShot(0, self, lambda: self.ask(row))

    def ask(self, dead: str) -> None:
        """Ask about a member who has died; one who led nothing is only taken out."""
        desk = self._page.desk
        self._dead = dead
        name = desk.title(MEMBER, dead)
        if led(desk.intake, desk.catalogue, dead):
            self.sheet.rename(f"户主（申请人）{name}已去世：由谁接任")
            choices = [Choice(one.row, one.name, _about(one)) for one in heirs(dead, desk.evaluator)]
        else:
            self.sheet.rename(f"{name}已去世：移出家庭成员")
            choices = [Choice(_NOBODY, f"移出{name}", "家庭人口和金额重新计算，记入已去世的成员")]
        if choices:
            self.sheet.offer(choices, *self._page.sheet_place())
        else:
            self._page.said.emit("家里没有别的成员可以接任；请先录入新的申请人，再回到死亡日期按回车")

    def _picked(self, heir: str) -> None:
        page, dead = self._page, self._dead
        desk = page.desk
        name = desk.title(MEMBER, dead)
        back = way_back(desk.intake, dead)
        taken = None if heir == _NOBODY else heir
        desk.wrote(MEMBER, settle(desk.intake, dead, taken), back)
        page.desk_view.refresh()
        fields = led(desk.intake, desk.catalogue, taken) if taken else []
        unknown = [
            desk.title(MEMBER, row)
            for row in desk.rows(MEMBER)
            for field in fields
            if not desk.text(Spot(MEMBER, row, field.id)) and field.required
        ]
        said = (
            f"{name}已移出，由{desk.title(MEMBER, taken)}接任，请核对各人关系" if taken else f"{name}已移出，请重新核算"
        )
        asked = f"；{'、'.join(dict.fromkeys(unknown))}的关系推不出来，请补填" if unknown else ""
        page.said.emit(f"{said}{asked}。Ctrl+Z 可撤销")


def _about(one: Candidate) -> str:
    born = f"，{one.born.year}年生" if one.born else ""
    doubt = {Verdict.YES: "", Verdict.UNKNOWN: "，是否合适待核", Verdict.NO: "，不能自己办理"}[one.fit]
    keeper = f"，监护人{'、'.join(one.guardians)}" if one.guardians else "，请录监护人，并看清单里给孩子的项目"
    return f"{one.kinship}{born}{doubt}{keeper if one.fit is Verdict.NO else ''}"
