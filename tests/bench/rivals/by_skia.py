"""The pages by Skia's PDF back end."""

from __future__ import annotations

from functools import cache

import skia

from printing.marks import Code, Line, Page, Rect, Tick
from tests.bench.rivals.runs import marks, pieces, side, squares


def make(pages: list[Page], title: str) -> bytes:
    """One document of all pages."""
    target = skia.DynamicMemoryWStream()
    about = skia.PDF.Metadata()
    about.fTitle = title
    document = skia.PDF.MakeDocument(target, about)
    for page in pages:
        canvas = document.beginPage(page.width, page.height)
        _paint(canvas, page)
        document.endPage()
    document.close()
    return bytes(target.detachAsData())


def _paint(canvas: skia.Canvas, page: Page) -> None:
    ink, high = skia.Paint(AntiAlias=True), page.height
    for piece in pieces(page):
        canvas.drawString(piece.text, piece.x, high - piece.y, skia.Font(_face(str(piece.path)), piece.size), ink)
    rule = skia.Paint(Style=skia.Paint.kStroke_Style)
    for mark in marks(page):
        match mark:
            case Line():
                rule.setStrokeWidth(mark.width)
                canvas.drawLine(mark.x1, high - mark.y1, mark.x2, high - mark.y2, rule)
            case Rect():
                rule.setStrokeWidth(mark.width)
                canvas.drawRect(skia.Rect.MakeXYWH(mark.x, high - mark.y - mark.h, mark.w, mark.h), rule)
            case Tick():
                rule.setStrokeWidth(mark.size * 0.06)
                canvas.drawRect(skia.Rect.MakeXYWH(mark.x, high - mark.y - mark.size, mark.size, mark.size), rule)
                if mark.checked:
                    canvas.drawLine(mark.x, high - mark.y, mark.x + mark.size, high - mark.y - mark.size, rule)
            case Code():
                unit = mark.size / side(mark.text)
                path = skia.Path()
                for x, y in squares(mark.text):
                    path.addRect(
                        skia.Rect.MakeXYWH(mark.x + x * unit, high - mark.y - mark.size + y * unit, unit, unit)
                    )
                canvas.drawPath(path, ink)


@cache
def _face(path: str) -> skia.Typeface:
    return skia.Typeface.MakeFromFile(path)
