"""Pages of a finished PDF as pictures, for the screen."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: rows from the top, four bytes (red, green, blue, opaque) a pixel, no padding."""

    width: int
    height: int
    pixels: bytes


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has. Raises ValueError when it is no PDF."""
    with _opened(pdf) as document:
        return len(document)


def render(pdf: bytes, page: int, scale: float) -> Picture:
    """One page (from 0) on white, `scale` pixels a point (1.0 is 72 dpi).

    Raises ValueError when it is no PDF, IndexError when it has no such page.
    """
    with _opened(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(f"page {page} of {len(document)}")
        bitmap = document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        try:
            row, stride = bitmap.width * 4, bitmap.stride
            raw = bytes(bitmap.buffer)
            if stride != row:
                raw = b"".join(raw[at : at + row] for at in range(0, stride * bitmap.height, stride))
            return Picture(bitmap.width, bitmap.height, raw)
        finally:
            bitmap.close()


def _opened(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as fault:
        raise ValueError("not a readable PDF") from fault
