"""The pages by Typst's compiler, kept between documents; every mark is placed where ours stands."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path

import typst

from printing.faces import FOLDER
from printing.marks import Code, Line, Page, Rect, Tick
from tests.bench.rivals.runs import marks, pieces, side, squares

_FAMILIES = {
    "NotoSerifSC-Regular": ("Noto Serif SC", "regular"),
    "NotoSerifSC-Bold": ("Noto Serif SC", "bold"),
    "NotoSansSC-Regular": ("Noto Sans SC", "regular"),
    "NotoSansSC-Bold": ("Noto Sans SC", "bold"),
    "LXGWWenKai-Regular": ("LXGW WenKai", "regular"),
    "HanaMinB": ("HanaMinB", "regular"),
}
_SOURCE = """#set page(width: 595.2756pt, height: 841.8898pt, margin: 0pt)
#set text(top-edge: "baseline", bottom-edge: "baseline")
#for (at, sheet) in json(bytes(sys.inputs.pages)).enumerate() {
  if at > 0 { pagebreak() }
  for (x, y, size, family, weight, words) in sheet.texts {
    place(dx: x * 1pt, dy: y * 1pt, text(size: size * 1pt, font: family, weight: weight, words))
  }
  for (x1, y1, x2, y2, width) in sheet.lines {
    place(line(start: (x1 * 1pt, y1 * 1pt), end: (x2 * 1pt, y2 * 1pt), stroke: width * 1pt))
  }
  for (x, y, w, h, width) in sheet.boxes {
    place(dx: x * 1pt, dy: y * 1pt, rect(width: w * 1pt, height: h * 1pt, stroke: width * 1pt))
  }
  for (x, y, unit) in sheet.squares {
    place(dx: x * 1pt, dy: y * 1pt, rect(width: unit * 1pt, height: unit * 1pt, fill: black))
  }
}
"""


def make(pages: list[Page], title: str) -> bytes:
    """One document of all pages; the data go in as JSON."""
    del title  # Typst takes it from the source, which is compiled once
    return bytes(_compiler().compile(sys_inputs={"pages": json.dumps([_sheet(page) for page in pages])}, format="pdf"))


@cache
def _compiler() -> typst.Compiler:
    source = Path(tempfile.mkdtemp()) / "packet.typ"  # a source given as bytes is forgotten after the first document
    source.write_text(_SOURCE, encoding="utf-8")
    return typst.Compiler(source, font_paths=[str(FOLDER)], ignore_system_fonts=True)


def _sheet(page: Page) -> dict[str, list[tuple[object, ...]]]:
    high = page.height
    sheet: dict[str, list[tuple[object, ...]]] = {"texts": [], "lines": [], "boxes": [], "squares": []}
    for piece in pieces(page):
        family, weight = _FAMILIES[piece.path.stem]
        sheet["texts"].append((piece.x, high - piece.y, piece.size, family, weight, piece.text))
    for mark in marks(page):
        match mark:
            case Line():
                sheet["lines"].append((mark.x1, high - mark.y1, mark.x2, high - mark.y2, mark.width))
            case Rect():
                sheet["boxes"].append((mark.x, high - mark.y - mark.h, mark.w, mark.h, mark.width))
            case Tick():
                sheet["boxes"].append((mark.x, high - mark.y - mark.size, mark.size, mark.size, mark.size * 0.06))
                if mark.checked:
                    sheet["lines"].append((mark.x, high - mark.y, mark.x + mark.size, high - mark.y - mark.size, 0.5))
            case Code():
                unit = mark.size / side(mark.text)
                top = high - mark.y - mark.size
                sheet["squares"] += [(mark.x + x * unit, top + y * unit, unit) for x, y in squares(mark.text)]
    return sheet
