"""Going to 政策 and opening its editors, for tests and pictures."""

from __future__ import annotations

from tests.ui.desk import settle, wait_until
from ui.main_window import MainWindow
from ui.places import POLICY
from ui.policy.page import PolicyPage
from ui.policy.programme_editor import ProgrammeEditor
from ui.policy.standard_editor import StandardEditor


def at_policy(window: MainWindow) -> PolicyPage:
    """Go to 政策."""
    window.go(POLICY)
    page = window.stack.currentWidget()
    assert isinstance(page, PolicyPage)
    return page


def draft_amount(page: PolicyPage, name: str, since: str, amounts: dict[str, str]) -> None:
    """Put a new amount into the draft."""
    page.go(1)
    editor = open_standard(page, name)
    editor.new_value()
    assert editor.form is not None
    for key, text in ((("自",), since), *((("值", *filter(None, [word])), text) for word, text in amounts.items()), (("文件", "名称"), "关于调整标准的通知")):
        editor.boxes.editor(key).show_text(text)
        editor.form.type(key, text)
    editor.keep()
    settle()


def open_standard(page: PolicyPage, name: str) -> StandardEditor:
    """Open the editor of a standard."""
    page.standards.edit(name)
    wait_until(lambda: page.standards.currentWidget() is page.standards.editor)
    settle()
    return page.standards.editor


def open_programme(page: PolicyPage, name: str) -> ProgrammeEditor:
    """Open the editor of a programme."""
    page.programmes.edit(name)
    wait_until(lambda: page.programmes.currentWidget() is page.programmes.editor)
    settle()
    return page.programmes.editor


def discard_draft(page: PolicyPage) -> None:
    """Throw away what was edited so far."""
    from clerk.authoring.drafts import discard, drafts

    page.standards.setCurrentIndex(0)
    page.programmes.setCurrentIndex(0)
    page.studio.stop()
    settle()
    for draft in drafts(page.studio.home, page.studio.workspace.layers()):
        discard(draft)
    page.studio.forget()
    settle()
