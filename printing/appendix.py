"""The continuation page (附页): every text that found no room on its form, under its number and name.

A short text stands here whole, from its beginning (全文); of a long one what its cell had no room for (接正表).
"""

from __future__ import annotations

from collections.abc import Sequence

from printing.boxes import Box, set_line
from printing.fill import More
from printing.marks import KAI, SONG, SONG_BOLD, Mark, Page
from printing.strips import points
from printing.text import Style, split

_MORE_HEAD, _MORE_TEXT = Style(SONG_BOLD, 10.5, 10.5), Style(KAI, 10.5, 10.5, 1.5)


def appendix(more: Sequence[More], like: Page, area: Box, heads: tuple[str, str]) -> list[Page]:
    """Pages that say in full what had no room, each text under its number and the name of its cell."""
    pages: list[list[Mark]] = []
    low, y = area.y, 0.0
    for item in more:
        head = f"附{item.number}　{item.name}（{'全文' if item.whole else '接正表'}）"
        lines = [(_MORE_HEAD, head)]
        lines += [(_MORE_TEXT, line) for line in split(item.text, area.w, 99999, KAI, _MORE_TEXT.size)[0]]
        for at, (style, line) in enumerate(lines):
            pitch = style.size * _MORE_TEXT.pitch
            if not pages or y - pitch * (2 if at == 0 else 1) < low:
                pages.append(_appendix_head(area, heads))
                y = area.top - points(20)
            y -= pitch
            pages[-1].append(set_line(line, area.x, y, style))
        y -= _MORE_TEXT.size
    return [Page(like.width, like.height, None, tuple(marks)) for marks in pages]


def _appendix_head(area: Box, heads: tuple[str, str]) -> list[Mark]:
    title, left = heads
    marks: list[Mark] = [set_line(title, area.x + area.w / 2, area.top - points(8), Style(SONG_BOLD, 14, 14), "中")]
    if left:
        marks.append(set_line(left, area.x, area.top - points(15), Style(SONG, 10.5, 10.5)))
    return marks
