"""Laid-out pages as text: every word with its place, every rule, to a tenth of a millimetre.

Two editions, or two versions of the program, are compared by these lines: a digit that changed or a rule that moved by
0.3 mm is another line, where a picture of the page would hardly change.
"""

from __future__ import annotations

from collections.abc import Sequence

from printing.marks import POINTS_PER_MM, Code, Ghost, Line, Mark, Page, Picture, Rect, Text, Tick


def dump(pages: Sequence[Page]) -> str:
    """One line a mark, page by page, from the top to the bottom and from left to right; x and y in mm from the upper left."""
    lines: list[str] = []
    for number, page in enumerate(pages, start=1):
        lines.append(f"第{number}页 {page.width / POINTS_PER_MM:.1f}×{page.height / POINTS_PER_MM:.1f}")
        if page.shift:
            lines.append("移 " + " ".join(f"{one:.4f}" for one in page.shift))
        marks = [mark for form in page.forms for mark in form.marks]
        said = [_said(mark, page.height) for mark in (*marks, *page.marks)]
        lines += [f"{word} {x:.1f} {y:.1f} {rest}".rstrip() for y, x, word, rest in sorted(said)]
    return "\n".join(lines) + "\n"


def _said(mark: Mark, high: float) -> tuple[float, float, str, str]:
    """What a line says of a mark: y and x of its upper left (of its baseline for text), kind, the rest."""
    match mark:
        case Text():
            tall = f"/{mark.tall:g}" if mark.tall else ""
            return _place(mark.x, mark.y, high, "字", f"{mark.face} {mark.size:.1f}{tall} {mark.text}")
        case Line():
            x, y = min(mark.x1, mark.x2), max(mark.y1, mark.y2)
            long = f"{_mm(abs(mark.x2 - mark.x1)):.1f}×{_mm(abs(mark.y2 - mark.y1)):.1f}"
            return _place(x, y, high, "线", f"{long} {mark.width:.2f}")
        case Rect():
            return _place(mark.x, mark.y + mark.h, high, "框", f"{_mm(mark.w):.1f}×{_mm(mark.h):.1f} {mark.width:.2f}")
        case Tick():
            word = ("☑" if mark.checked else "□") if mark.boxed else "√"
            return _place(mark.x, mark.y + mark.size, high, word, f"{_mm(mark.size):.1f}")
        case Code():
            return _place(mark.x, mark.y + mark.size, high, "码", f"{_mm(mark.size):.1f} {mark.text}")
        case Ghost():
            return _place(mark.x, mark.y, high, "影", f"{mark.size:.1f} {mark.angle:g}° {mark.text}")
        case Picture():
            size = f"{_mm(mark.w):.1f}×{_mm(mark.h):.1f}"
            return _place(mark.x, mark.y + mark.h, high, "图", f"{size} {mark.image.digest[:16]}")


def _place(x: float, y: float, high: float, word: str, rest: str) -> tuple[float, float, str, str]:
    """Rounded before sorting, so that noise far below a tenth of a millimetre does not change the order."""
    return round(_mm(high - y), 1), round(_mm(x), 1), word, rest


def _mm(points: float) -> float:
    return points / POINTS_PER_MM
