"""Keeps what is typed: every entry goes to the journal at once, and the time of the last save comes back as a signal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from clerk.entry import Entry
    from clerk.errors import UserCanFix
    from clerk.store import Saved, Store


class DraftKeeper(QObject):
    """The draft of the household at the desk; signals arrive in the window's thread."""

    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from clerk.store import DraftJournal

        self._journal = DraftJournal(store, self._saved, self._failed)
        self.draft = ""
        self._title = ""

    def begin(self) -> None:
        """The next entry starts another draft."""
        self.draft, self._title = "", ""

    def go_on(self, draft: str, title: str) -> None:
        """Further entries belong to a draft that was left unfinished."""
        self.draft, self._title = draft, title

    def keep(self, entries: Sequence[Entry], title: str) -> None:
        """Journal some entries; the draft is listed under `title`."""
        if not self.draft:
            self.draft = self._journal.start(title)
            self._title = title
        for entry in entries:
            self._journal.put(self.draft, entry)
        if title != self._title:
            self._title = title
            self._journal.name(self.draft, title)

    def flush(self) -> None:
        """Wait until everything is on the disk; UserCanFix when it does not get there."""
        self._journal.flush()

    def discard(self, draft: str) -> None:
        """Put a draft into the bin."""
        self._journal.discard(draft)

    def restore(self, draft: str) -> None:
        """Take a draft out of the bin."""
        self._journal.restore(draft)

    def close(self) -> None:
        """Save what is queued and stop."""
        self._journal.close()

    def _saved(self, saved: Saved) -> None:
        self.saved.emit(f"已自动保存 {saved.at:%H:%M}")

    def _failed(self, trouble: UserCanFix) -> None:
        self.failed.emit(trouble.message)
