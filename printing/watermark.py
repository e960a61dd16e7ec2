"""Who printed a paper and when, light grey across the page: seen, but not among the words that a reader copies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from forms.paper import Paper
from printing.boxes import Box
from printing.marks import HEI, Form, Ghost, Page
from printing.text import width

_SIZE, _ANGLE, _GREY = 15.0, 24.0, 0.88
_DOWN = 150.0
_EDGE = 30.0


def watermarked(pages: Sequence[Page], words: str) -> list[Page]:
    """The pages with `words` (who printed them and when) under what they say; the same words give the same bytes."""
    made: dict[tuple[float, float], Form] = {}
    for page in pages:
        size = (page.width, page.height)
        if size not in made:
            made[size] = Form(f"watermark {size[0]:.0f} {size[1]:.0f}", _marks(words, Box(0, 0, *size)), passing=True)
    return [replace(page, under=made[page.width, page.height]) for page in pages]


def stamped(paper: Paper, pages: Sequence[Page], words: str) -> list[Page]:
    """The pages of a paper, with a watermark when its class of data asks for one (水印, 密级)."""
    return watermarked(pages, words) if paper.watermark else list(pages)


def _marks(words: str, page: Box) -> tuple[Ghost, ...]:
    """The words again and again up the page, set in from one row to the next, each whole within the page."""
    size, turn = _SIZE, math.radians(_ANGLE)
    longest = (page.w - 2 * _EDGE) / math.cos(turn)
    natural = width(words, HEI, size)
    size *= min(1.0, longest / natural) if natural else 1.0
    across, rise = width(words, HEI, size) * math.cos(turn), width(words, HEI, size) * math.sin(turn)
    rows = max(1, int((page.h - 2 * _EDGE - rise) / _DOWN) + 1)
    room = max(0.0, page.w - 2 * _EDGE - across)
    places = [(_EDGE + room * (row % 3) / 2, page.h - _EDGE - rise - _DOWN * row) for row in range(rows)]
    return tuple(Ghost(x, y, size, HEI, words, _ANGLE, _GREY) for x, y in places)
