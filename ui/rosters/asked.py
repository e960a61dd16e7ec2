"""What is asked of every sheet that goes out: over which period, and in which version, its level in words and colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from forms.roster import INTERNAL
from ui.intake.editors import set_flag

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clerk.periods import Span
    from forms.catalogue import Catalogue

_TONES = {"红": "bad", "黄": "soft", "绿": "yes"}
_INTERNAL_WORDS = "● 内部资料，含证件号、账号和健康情况，只报给主管部门"
_BETWEEN = "　"


class SpanBox(QComboBox):
    """A period: this week, this month, 21st to 20th, or any other as it is written."""

    def __init__(self, today: date, parent: QWidget) -> None:
        from clerk.periods import month_of, week_of

        super().__init__(parent)
        self.setEditable(True)
        self.setAccessibleName("期间")
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("汉") * 18)
        year, week, _ = today.isocalendar()
        self.addItem(f"{year}-W{week:02d}{_BETWEEN}本周 {week_of(today).words}")
        self.addItem(f"{today:%Y-%m}{_BETWEEN}本月 {month_of(today).words}")
        self.addItem(f"{today:%Y-%m}@21{_BETWEEN}上月21日至本月20日")

    def offer(self, periods: Sequence[tuple[str, str]]) -> None:
        """Offer other periods, each as it is written with words beside it; the first one is chosen."""
        self.clear()
        for written, words in periods:
            self.addItem(f"{written}{_BETWEEN}{words}")

    @property
    def written(self) -> str:
        """The period as it is written, without the words beside it."""
        return self.currentText().split(_BETWEEN)[0].strip()

    def span(self) -> Span:
        """The period. Raises UserCanFix for one that nobody understands."""
        from clerk.periods import read_span

        return read_span(self.written)


class VersionBox(QComboBox):
    """A version; `level` is a label that says who may see it."""

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._versions = catalogue.versions
        self.setAccessibleName("版本")
        self.level = QLabel(parent)
        self.level.setObjectName("level")
        self.level.setWordWrap(True)
        self.addItem("内部版", INTERNAL)
        for version in self._versions.values():
            self.addItem(version.name, version.id)
        self.currentIndexChanged.connect(self._say)
        self._say()

    @property
    def version(self) -> str:
        """The id of the version chosen."""
        return str(self.currentData())

    def _say(self) -> None:
        version = self._versions.get(self.version)
        self.level.setText(f"● {version.note}" if version else _INTERNAL_WORDS)
        set_flag(self.level, "tone", _TONES.get(version.tone if version else "红", "bad"))
