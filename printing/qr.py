"""QR codes as tiny one-bit stencils.

Version and mask are fixed: choosing the best mask takes three times as long and readers do not care. The stencil
is an inline image mask (about 250 bytes), which shows no hairlines where a few hundred rectangles would.
"""

from __future__ import annotations

from functools import lru_cache

import segno

_VERSIONS = ((3, 42), (5, 84))  # (QR version, bytes it holds at error level M)
_MASK = 0


class CodeTooLongError(ValueError):
    """A text that does not fit the largest code we print."""


@lru_cache(maxsize=512)
def stencil(text: str) -> bytes:
    """The drawing operators that paint a code on the unit square.

    Raises CodeTooLongError above 84 bytes of UTF-8.
    """
    raw = text.encode()
    version = next((version for version, room in _VERSIONS if len(raw) <= room), None)
    if version is None:
        raise CodeTooLongError(f"a QR code of {len(raw)} bytes; at most {_VERSIONS[-1][1]} are printed")
    code = segno.make_qr(raw, version=version, mask=_MASK, error="m", mode="byte", boost_error=False)
    rows = [bytes(row) for row in code.matrix]
    packed = b"".join(_packed(row) for row in rows)
    side = len(rows)
    return b"BI /W %d /H %d /IM true /BPC 1 /D [1 0] /F /AHx ID %b> EI" % (side, side, packed.hex().encode())


def _packed(row: bytes) -> bytes:
    """Modules of 0 and 1 as bits, padded to whole bytes."""
    bits = "".join(map(str, row))
    return int(bits.ljust(-len(bits) % 8 + len(bits), "0"), 2).to_bytes((len(bits) + 7) // 8, "big")
