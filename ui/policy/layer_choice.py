"""In which layer an edit is written: the office's own, or the county pack it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from ui.intake.editors import set_flag

if TYPE_CHECKING:
    from ui.policy.studio import Studio


class LayerChoice(QWidget):
    """改在哪一层."""

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(parent)
        self._studio = studio
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        label = QLabel("改在", self)
        set_flag(label, "tone", "quiet")
        self.box = QComboBox(self)
        self.box.setAccessibleName("改在哪一层")
        self.box.setMinimumWidth(self.fontMetrics().horizontalAdvance("汉") * 16)
        self.box.activated.connect(self._picked)
        line.addWidget(label)
        line.addWidget(self.box)

    def show_choice(self) -> None:
        """Show the layers that may be edited, with the one that is."""
        self.box.clear()
        for about in self._studio.layers():
            self.box.addItem(f"{about.level}　{about.name}", about)
            if about == self._studio.about:
                self.box.setCurrentIndex(self.box.count() - 1)

    def _picked(self, place: int) -> None:
        self._studio.choose(self.box.itemData(place))
