"""Papers of later steps (单印): found by name or initials in the plan, and then planned and printed like the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize

from clerk.pinyin import readings
from ui.finder import Finder
from ui.intake.matching import Choice

if TYPE_CHECKING:
    from ui.printing_desk.plan_page import PlanPage

_SIZE = QSize(560, 420)


class MorePapers:
    """What the clerk asked for beyond the packet of one case."""

    def __init__(self, page: PlanPage) -> None:
        self._page = page
        self.asked: tuple[str, ...] = ()
        self._new = ""
        self.finder = Finder("加一份文书", "名称、编号或拼音首字母，回车加入", readings, page)
        self.finder.picked.connect(self.add)

    def forget(self) -> None:
        """Another case."""
        self.asked, self._new = (), ""

    def offer(self) -> None:
        """Ctrl+G: the papers that this case has a use for and the plan does not show yet."""
        page = self._page
        others = page.model.outlook.others if page.model else ()
        choices = [Choice(id_, name, f"{id_}　{when}".rstrip()) for id_, name, when in others if id_ not in self.asked]
        if not choices:
            page.said.emit("这个案件没有别的文书可加")
            return
        corner = QPoint(max(0, (page.width() - _SIZE.width()) // 2), 60)
        self.finder.offer(choices, corner, _SIZE)

    def add(self, paper: str) -> None:
        """Plan one more paper."""
        self.asked = (*self.asked, paper)
        self._new = paper
        self._page.reload()

    def arrived(self) -> None:
        """A new plan is shown: the hand goes to the paper just asked for."""
        page, paper, self._new = self._page, self._new, ""
        found = (
            next((one.copy for one in page.model.papers if one.paper == paper), None) if page.model and paper else None
        )
        if found is not None:
            page.go_to(found)
