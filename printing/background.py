"""What lies under a paper that is drawn already: a page of a PDF as a one-bit picture, a scan as it is.

PNG and JPEG go into the document as they are packed, untouched; a PDF page is drawn at 300 dots an inch in black and
white, which keeps an A4 form at some 60 KB. Without an imaging library nothing else can be read, and is refused.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache

from clerk.errors import UserCanFix
from forms.overlay import Background
from printing.marks import Image

_DOTS = 300
_DARK = 160
_BITS = bytes(48 if value < _DARK else 49 for value in range(256))  # "0" black, "1" white
_PNG, _JPEG, _PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"%PDF"
_COLOURS = {0: (b"/DeviceGray", 1), 2: (b"/DeviceRGB", 3), 3: (b"", 1)}
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def image_of(background: Background) -> Image:
    """The picture of a background. Raises UserCanFix with its place when the file is not one we can read."""
    try:
        return _image(background.data, background.page)
    except (ValueError, struct.error, IndexError, KeyError, zlib.error) as fault:
        hint = "请换成没有透明、不隔行的 8 位 PNG，或 JPG、PDF。"
        raise UserCanFix(
            f"{background.place} 底图「{background.file}」第{background.page}页读不出来，{hint}"
        ) from fault


@lru_cache(maxsize=16)
def _image(data: bytes, page: int) -> Image:
    digest = hashlib.sha256(data + b"\0%d" % page).hexdigest()
    if data.startswith(_PNG):
        return _png(data, digest)
    if data.startswith(_JPEG):
        return _jpeg(data, digest)
    if data[:1024].find(_PDF) >= 0:
        return _drawn(data, page, digest)
    raise ValueError("neither PDF nor PNG nor JPEG")


def _drawn(data: bytes, page: int, digest: str) -> Image:
    """A page of a PDF in black and white."""
    import pypdfium2  # large, and few papers have a background

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise ValueError("not a readable PDF") from fault
    with document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        bitmap = document[page - 1].render(scale=_DOTS / 72, grayscale=True, may_draw_forms=False)
        wide, high, stride, raw = bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)
        bitmap.close()
    room = (wide + 7) // 8
    spare = b"1" * (room * 8 - wide)
    bits = raw.translate(_BITS)
    rows = (int(bits[at : at + wide] + spare, 2).to_bytes(room, "big") for at in range(0, stride * high, stride))
    entries = b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode"
    return Image(digest, wide, high, entries, zlib.compress(b"".join(rows), 9))


def _png(data: bytes, digest: str) -> Image:
    """A PNG's own packed rows: PDF undoes the same filters."""
    chunks = list(_chunks(data))
    wide, high, depth, colour, _, _, interlaced = struct.unpack(">2L5B", chunks[0][1])
    space, components = _COLOURS[colour]
    if interlaced or depth > 8:
        raise ValueError("interlaced or 16 bits deep")
    if colour == 3:
        palette = next(body for name, body in chunks if name == b"PLTE")
        space = b"[/Indexed /DeviceRGB %d <%b>]" % (len(palette) // 3 - 1, palette.hex().encode())
    packed = b"".join(body for name, body in chunks if name == b"IDAT")
    zlib.decompress(packed)  # a damaged file is refused here, not by a reader
    predictor = b"/DecodeParms << /Predictor 15 /Colors %d /BitsPerComponent %d /Columns %d >>" % (
        components,
        depth,
        wide,
    )
    entries = b"/ColorSpace %b /BitsPerComponent %d /Filter /FlateDecode %b" % (space, depth, predictor)
    return Image(digest, wide, high, entries, packed)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at < len(data):
        length, name = struct.unpack_from(">L4s", data, at)
        yield name, data[at + 8 : at + 8 + length]
        at += 12 + length


def _jpeg(data: bytes, digest: str) -> Image:
    """A JPEG as it is; only grey and three-colour ones."""
    at = 2
    while True:
        sign, marker, length = struct.unpack_from(">BBH", data, at)
        if sign != 0xFF:
            raise ValueError("damaged")
        if marker in _FRAMES:
            break
        at += 2 + length
    depth, high, wide, components = struct.unpack_from(">BHHB", data, at + 4)
    space = {1: b"/DeviceGray", 3: b"/DeviceRGB"}[components]
    entries = b"/ColorSpace %b /BitsPerComponent %d /Filter /DCTDecode" % (space, depth)
    return Image(digest, wide, high, entries, data)
