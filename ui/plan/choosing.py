"""Asking which of two the household takes (择一): what each pays, side by side; then who said so. Written like any answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from clerk.choices import note_choice, rivals_of, way_back
from clerk.pinyin import readings
from forms.schema import Kind
from ui.finder import Finder
from ui.intake.matching import Choice
from ui.offers.lines import amount_words

if TYPE_CHECKING:
    from clerk.screening import Offer
    from ui.intake.controller import IntakeController
    from ui.intake.page import IntakePage


class Choosing(QObject):
    """The two sheets of one intake page."""

    def __init__(self, page: IntakePage) -> None:
        super().__init__(page)
        self._page = page
        self._offers: tuple[Offer, ...] = ()
        self._taken: Offer | None = None
        self.which = Finder("选定哪一项", "上下键移动，回车选定", readings, page)
        self.which.picked.connect(self._picked)
        self.who = Finder("由谁说的", "选一人，或写姓名后回车", readings, page, free=True)
        self.who.picked.connect(self._told)

    def ask(self, offer: Offer) -> None:
        """Ask about an offer and those beside which it is not received."""
        screening = self._page.desk_view.screening
        if screening is None:
            return
        desk = self._page.desk
        self._offers = (offer, *rivals_of(offer, screening))
        choices = [
            Choice(str(place), desk.catalogue.programmes[one.programme].name, _paid(one)) for place, one in enumerate(self._offers)
        ]
        self.which.rename(f"只能选一项：{desk.subject(offer)}")
        self.which.offer(choices, *self._page.sheet_place())

    def _picked(self, place: str) -> None:
        self._taken = self._offers[int(place)]
        desk = self._page.desk
        self.who.rename(f"选定{desk.catalogue.programmes[self._taken.programme].name}，由谁说的")
        self.who.offer([Choice(name, name) for name in tellers(desk, self._taken)], *self._page.sheet_place())

    def _told(self, teller: str) -> None:
        page, taken = self._page, self._taken
        screening = page.desk_view.screening
        if taken is None or screening is None:
            return
        desk, table = page.desk, page.desk.catalogue.choices
        assert table is not None
        back = way_back(desk.intake)
        desk.wrote(table.table, note_choice(desk.intake, taken, screening, teller), back)
        page.desk_view.refresh()
        if page.stack.currentWidget() is page.check:
            page.check.show_state(page.desk_view, page.correction)
            page.check.take_hand()
        name = desk.catalogue.programmes[taken.programme].name
        page.said.emit(f"已记下：选定{name}，{teller}告知。提交前可以改选，Ctrl+Z 可撤销")


def tellers(desk: IntakeController, offer: Offer) -> list[str]:
    """Who may have said so: whom it is for, whoever is named under that person, then everybody else at home."""
    own: list[str] = []
    others: list[str] = []
    for table in desk.catalogue.tables.values():
        title = desk.catalogue.field_of(table.id, table.title) if table.title else None
        if title is None or title.kind is not Kind.NAME or table.owner not in ("", Kind.MEMBER.value):
            continue
        for row in desk.rows(table.id):
            mine = offer.row in (row, desk.owner(table.id, row))
            (own if mine else others).append(desk.intake.text(table.id, title.id, row))
    return [name for name in dict.fromkeys([*own, *others]) if name]


def _paid(offer: Offer) -> str:
    return amount_words(offer.judgement.amounts) or "金额待定"
