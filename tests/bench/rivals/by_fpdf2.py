"""The pages by fpdf2."""

from __future__ import annotations

from fpdf import FPDF

from printing.marks import Code, Line, Page, Rect, Tick
from tests.bench.rivals.runs import marks, pieces, side, squares


def make(pages: list[Page], title: str) -> bytes:
    """One document of all pages; fonts are read anew for each document, for fpdf2 keeps none between documents."""
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_title(title)
    pdf.set_auto_page_break(False)
    for page in pages:
        pdf.add_page()
        _paint(pdf, page)
    return bytes(pdf.output())


def _paint(pdf: FPDF, page: Page) -> None:
    high = page.height
    for piece in pieces(page):
        if piece.path.stem.lower() not in pdf.fonts:
            pdf.add_font(piece.path.stem, fname=str(piece.path))
        pdf.set_font(piece.path.stem, size=piece.size)
        pdf.text(piece.x, high - piece.y, piece.text)
    for mark in marks(page):
        match mark:
            case Line():
                pdf.set_line_width(mark.width)
                pdf.line(mark.x1, high - mark.y1, mark.x2, high - mark.y2)
            case Rect():
                pdf.set_line_width(mark.width)
                pdf.rect(mark.x, high - mark.y - mark.h, mark.w, mark.h)
            case Tick():
                pdf.set_line_width(mark.size * 0.06)
                pdf.rect(mark.x, high - mark.y - mark.size, mark.size, mark.size)
                if mark.checked:
                    pdf.line(mark.x, high - mark.y, mark.x + mark.size, high - mark.y - mark.size)
            case Code():
                unit = mark.size / side(mark.text)
                for x, y in squares(mark.text):
                    pdf.rect(mark.x + x * unit, high - mark.y - mark.size + y * unit, unit, unit, style="F")
