"""Before filing: the policy list in large type, and what the chosen applications still need, to look at and print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.preview.page import PreviewPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.intake.page import IntakePage


class TakeHome(QObject):
    """The preview of one intake page, over the desk or the plan, and the way back."""

    def __init__(self, page: IntakePage) -> None:
        super().__init__(page)
        self._page = page
        self._from: QWidget | None = None
        self.pages = PreviewPage(page.papers, page)
        self.pages.closed.connect(self._back)
        self.pages.said.connect(page.said)
        page.stack.addWidget(self.pages)

    def show(self) -> None:
        """Let the papers be made of what is typed and chosen now, nothing is filed; of the case once it is."""
        from clerk.document import to_document
        from ui.jobs import draft_leaflets

        page = self._page
        if page.stack.currentWidget() is page.filed:
            page.filed.take_home()
            return
        page.said.emit("还没有提交，这些可以先打印带走；整套文书按 F12 提交后再预览")
        page.flush()
        page.desk_view.refresh()
        if page.stack.currentWidget() is not self.pages:
            self._from = page.stack.currentWidget()
        chosen = tuple(offer.key for offer in page.desk_view.chosen())
        job = page.papers.make(draft_leaflets, to_document(page.desk.household()), chosen)
        page.stack.setCurrentWidget(self.pages)
        self.pages.show_job(job, "政策清单", "政策清单、一次性告知（尚未提交）")

    def _back(self) -> None:
        page = self._page
        if self._from is page.check:
            page.stack.setCurrentWidget(page.check)
            page.check.take_hand()
        else:
            page.show_desk()
            page.desk_view.back_to_form()
