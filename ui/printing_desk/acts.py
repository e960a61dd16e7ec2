"""Printing from the plan: nothing is handed out before everything open is decided; what was looked at is what prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from ui.printing_desk.printer_bar import NOBODY

if TYPE_CHECKING:
    from clerk.issuing import Handing
    from printing.handing import Copy
    from ui.printing_desk.plan_page import PlanPage
    from ui.printing_desk.run_bar import Made

AS_FILE = "另存为 PDF"
"""What stands for the printer where papers are handed out as files."""


class PlanActs:
    """What the plan page does with its choice."""

    def __init__(self, page: PlanPage) -> None:
        self._page = page
        self._looked: tuple[Handing, tuple[Copy, ...]] | None = None

    def look(self, choice: tuple[Copy, ...]) -> None:
        """Show exactly the bytes that will print."""
        from ui.paper_jobs import show_papers

        page, handing = self._page, self._handing(self._printer())
        self._looked = handing, choice
        note = f"打印出来就是这些内容。文号是预排的，水印时间按 {handing.at:%H:%M}；打印时才登记印发。"
        job = page.papers.make(show_papers, page.case_number, handing, choice, page.posted_day())
        page.pages.show_job(job, page.case_number, f"预览 {len(choice)} 件", note)

    def print(self, choice: tuple[Copy, ...]) -> None:
        """Hand a choice out now, and print it."""
        where = self._page.where.choice()
        if where is None:
            self._page.said.emit(NOBODY)
        elif self._may_print(choice):
            self._page.where.remember()
            self._hand_out(self._handing(where.printer), choice)

    def print_shown(self) -> None:
        """Hand out what is shown, as it is shown."""
        from dataclasses import replace

        page, where = self._page, self._page.where.choice()
        if where is None:
            page.said.emit(NOBODY)
        elif self._looked is not None and self._may_print(self._looked[1]):
            handing, choice = self._looked
            shown = {leaf.pdf for leaf in page.pages.sheaf.leaves} if page.pages.sheaf else set()
            page.where.remember()
            self._hand_out(replace(handing, printer=where.printer), choice, shown)
            page.show_plan()

    def save_shown(self) -> None:
        """Hand out what is shown as files: registered like any other, and written where the clerk says."""
        if self._looked is None or not self._may_print(self._looked[1]):
            return
        folder = QFileDialog.getExistingDirectory(self._page, "存到哪个文件夹（同时登记印发）")
        if folder:
            self.save_to(Path(folder))

    def save_to(self, folder: Path) -> None:
        """Hand out what is shown into a folder."""
        from ui.paper_jobs import hand_out_papers

        assert self._looked is not None
        page, choice = self._page, self._looked[1]
        job = page.papers.make(hand_out_papers, page.case_number, self._handing(AS_FILE), choice, page.posted_day())
        job.tell(lambda made: self._written(made, folder), page.complain)

    def _written(self, made: Made, folder: Path) -> None:
        from clerk.atomic import atomic_write, cause

        try:
            for at, (paper, pdf) in enumerate(made, start=1):
                atomic_write(folder / f"{paper.case_number}-{at:02d}-{paper.name}.pdf", pdf)
        except OSError as error:
            self._page.said.emit(f"已登记印发，但不能写到「{folder}」：{cause(error)}；请到「打印」里补打")
        else:
            self._page.said.emit(f"{len(made)} 件已登记印发，存到 {folder}")
        self._page.show_plan()
        self._page.reload()

    def _hand_out(self, handing: Handing, choice: tuple[Copy, ...], shown: set[bytes] | None = None) -> None:
        from ui.paper_jobs import hand_out_papers

        page, where = self._page, self._page.where.choice()
        assert where is not None
        job = page.papers.make(hand_out_papers, page.case_number, handing, choice, page.posted_day())
        page.run.begin(job, where, lambda made: _differs(made, shown))

    def _may_print(self, choice: tuple[Copy, ...]) -> bool:
        """Say what is still open; the hand goes there."""
        page, model = self._page, self._page.model
        if model is None or page.run.busy:
            page.said.emit("上一批还在处理，请稍候")
        elif not choice:
            page.said.emit("先用空格选至少一件")
        elif page.posted_fault():
            page.said.emit("公示起日看不懂，这样写：20260903；空着就留白手写")
        elif open_ := [one for one in model.undecided() if one.copy in choice]:
            page.show_plan()
            page.go_to(open_[0].copy)
            page.said.emit(f"还有 {len(open_)} 件缺必填项：回车去填，或按 Ctrl+Shift+B 全部留空手填（会记下来）")
        else:
            return True
        return False

    def _handing(self, printer: str) -> Handing:
        from clerk.issuing import Handing

        papers = self._page.papers
        return Handing(papers.workspace.now(), papers.actor, printer)

    def _printer(self) -> str:
        where = self._page.where.choice()
        return where.printer if where else ""


def _differs(made: Made, shown: set[bytes] | None) -> str:
    """Whether what is printed is not what was looked at: somebody took a number meanwhile."""
    other = [paper for paper, pdf in made if shown is not None and pdf not in shown]
    return f"预览之后别处占用了文号，{other[0].name}等 {len(other)} 件按新号印发，请看打出的纸" if other else ""
