"""What is put on a paper's pages at the moment it is handed out: who and when across it, and the printer's own correction.

A watermark is for papers whose class of data asks for one, a calibration for papers on stock that is printed already.
Neither changes what a paper says, so a paper is not new because of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from clerk.issuing import Handing
from forms.paper import Paper
from printing.calibration import Calibration, calibrated
from printing.marks import Page
from printing.sending import CHOICES
from printing.watermark import stamped

CALIBRATIONS = "calibrations"
"""The setting that keeps what was measured, by `place_of` a printer and tray."""


class Settings(Protocol):
    """What is read of the store."""

    def setting(self, name: str, default: object = None) -> Any:
        """A setting's plain value."""


@dataclass(frozen=True, slots=True)
class Finish:
    """The words of the watermark ("" for none), and what the printer and tray do to a page (None: not measured)."""

    words: str = ""
    calibration: Calibration | None = None

    def put_on(self, paper: Paper, pages: Sequence[Page]) -> list[Page]:
        """The pages of a paper as they are drawn."""
        made = stamped(paper, pages, self.words) if self.words else list(pages)
        return calibrated(made, self.calibration) if paper.preprinted and self.calibration else made


UNFINISHED = Finish()


def finish_of(view: Settings, handing: Handing) -> Finish:
    """The finish of what is handed out by somebody on a printer."""
    tray = (view.setting(CHOICES, {}).get(handing.printer) or {}).get("tray") or ""
    kept = view.setting(CALIBRATIONS, {}).get(place_of(handing.printer, tray))
    return Finish(watermark_words(handing), Calibration.from_plain(kept) if kept else None)


def watermark_words(handing: Handing) -> str:
    """Who hands out and when, to the minute."""
    at = handing.at
    return f"{handing.actor}　{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def place_of(printer: str, tray: str) -> str:
    """A printer and tray as the name of a setting."""
    return f"{printer}\n{tray}"
