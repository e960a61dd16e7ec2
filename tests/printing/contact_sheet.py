"""A contact sheet of every paper's first page, as one grey PNG: `python -m tests.printing.contact_sheet FOLDER TARGET`."""

from __future__ import annotations

import re
import struct
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray

WIDE, HIGH, GAP, SCALE = 150, 212, 8, 0.252
ACROSS = 10


def sheet_of(files: Sequence[Path]) -> NDArray[np.uint8]:
    """The first pages side by side, `ACROSS` a row, white between them on grey."""
    down = -(-len(files) // ACROSS)
    sheet = np.full((down * (HIGH + GAP) + GAP, ACROSS * (WIDE + GAP) + GAP), 208, np.uint8)
    for place, file in enumerate(files):
        page = _first_page(file)[:HIGH, :WIDE]
        top = GAP + place // ACROSS * (HIGH + GAP)
        left = GAP + place % ACROSS * (WIDE + GAP) + (WIDE - page.shape[1]) // 2
        sheet[top : top + page.shape[0], left : left + page.shape[1]] = page
    return sheet


def write_png(image: NDArray[np.uint8], target: Path) -> None:
    """An 8-bit grey PNG."""
    high, wide = image.shape
    raw = b"".join(b"\0" + row.tobytes() for row in image)
    parts = (
        (b"IHDR", struct.pack(">2L5B", wide, high, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(raw, 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body)) for name, body in parts
    )
    target.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def in_order(folder: Path) -> list[Path]:
    """The sample PDFs by paper number."""
    return sorted(folder.glob("*.pdf"), key=lambda path: [int(n) for n in re.findall(r"\d+", path.stem.split(".")[0])])


def _first_page(file: Path) -> NDArray[np.uint8]:
    document = pypdfium2.PdfDocument(file)
    try:
        page = document[0]
        scale = min(SCALE, WIDE / page.get_width(), HIGH / page.get_height())
        bitmap = page.render(scale=scale * 2, grayscale=True)
        fine = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).astype(np.uint16)
        even = fine[: fine.shape[0] // 2 * 2, : fine.shape[1] // 2 * 2]
        return (even.reshape(even.shape[0] // 2, 2, -1, 2).sum(axis=(1, 3)) // 4).astype(np.uint8)
    finally:
        document.close()


if __name__ == "__main__":
    write_png(sheet_of(in_order(Path(sys.argv[1]))), Path(sys.argv[2]))
