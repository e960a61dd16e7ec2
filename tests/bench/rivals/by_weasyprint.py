"""The pages as HTML by WeasyPrint: every mark an absolutely placed element, the code an inline SVG."""

from __future__ import annotations

from functools import cache
from html import escape

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from printing.faces import FOLDER
from printing.marks import Code, Line, Page, Rect, Tick
from tests.bench.rivals.runs import marks, pieces, side, squares

_SHEET = """@page { size: 595.2756pt 841.8898pt; margin: 0 }
body { margin: 0 } section { position: relative; width: 595.2pt; height: 841.8pt; break-after: page }
section:last-child { break-after: auto }
b, i, span, svg { position: absolute; display: block } span { white-space: pre; line-height: 1; font-weight: normal }
i { background: black } b { box-sizing: border-box; border: solid black }
"""


def make(pages: list[Page], title: str) -> bytes:
    """One document of all pages; the font faces are set up once."""
    sheet, fonts = _faces()
    sections = "".join(f"<section>{''.join(_elements(page))}</section>" for page in pages)
    html = f"<!doctype html><title>{escape(title)}</title><body>{sections}"
    return bytes(HTML(string=html).write_pdf(stylesheets=[sheet], font_config=fonts))


@cache
def _faces() -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: {path.stem}; src: url({path.as_uri()}) }}" for path in sorted(FOLDER.glob("*.ttf"))
    )
    return CSS(string=_SHEET + faces, font_config=fonts), fonts


def _elements(page: Page) -> list[str]:
    high = page.height
    made = [
        f'<span style="left:{p.x:.2f}pt;top:{high - p.y - 0.88 * p.size:.2f}pt;font:{p.size}pt {p.path.stem}">'
        f"{escape(p.text)}</span>"
        for p in pieces(page)
    ]
    for mark in marks(page):
        match mark:
            case Line():
                x, y = min(mark.x1, mark.x2), high - max(mark.y1, mark.y2)
                wide, tall = abs(mark.x2 - mark.x1) or mark.width, abs(mark.y2 - mark.y1) or mark.width
                made.append(f'<i style="left:{x:.2f}pt;top:{y:.2f}pt;width:{wide:.2f}pt;height:{tall:.2f}pt"></i>')
            case Rect():
                made.append(_box(mark.x, high - mark.y - mark.h, mark.w, mark.h, mark.width))
            case Tick():
                made.append(_box(mark.x, high - mark.y - mark.size, mark.size, mark.size, 0.5))
            case Code():
                path = "".join(f"M{x} {y}h1v1h-1z" for x, y in squares(mark.text))
                many = side(mark.text)
                made.append(
                    f'<svg style="left:{mark.x:.2f}pt;top:{high - mark.y - mark.size:.2f}pt;width:{mark.size}pt;'
                    f'height:{mark.size}pt" viewBox="0 0 {many} {many}"><path d="{path}"/></svg>'
                )
    return made


def _box(x: float, y: float, wide: float, tall: float, rule: float) -> str:
    place = f"left:{x:.2f}pt;top:{y:.2f}pt;width:{wide:.2f}pt;height:{tall:.2f}pt;border-width:{rule:.2f}pt"
    return f'<b style="{place}"></b>'
