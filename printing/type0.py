"""One PDF font object per font file and plane: Type0, Identity-H, our own subset.

Stock ReportLab cuts a Chinese text into many 255-character fonts, and gives every character beyond the first plane
a ToUnicode entry that reads back as another character. Here code and glyph are the same number, and ToUnicode is
UTF-16BE.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

from printing.subset import code_of, cut
from printing.truetype import FontFile

_BLOCK = 100  # a CMap block holds at most this many entries
_EM = 1000
_SYMBOLIC = 4
_CMAP_HEAD = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
    b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_CMAP_TAIL = b"endcmap CMapName currentdict /CMap defineresource pop end end"


class Body(PDFObject):
    """A finished PDF object: its bytes as they stand in the file."""

    __RefOnly__ = 1

    def __init__(self, content: bytes) -> None:
        self._content = content

    def format(self, document: PDFDocument) -> bytes:
        """The bytes, as ReportLab's document asks for them."""
        return self._content


@dataclass(frozen=True, slots=True)
class Cut:
    """A font cut down to some characters of one plane, ready to be put into any document."""

    name: bytes
    widths: bytes
    unicode: bytes
    held: bytes
    program: bytes
    length: int

    def to_bytes(self) -> bytes:
        """For keeping; `from_bytes` reads it back."""
        parts = (self.name, self.widths, self.unicode, self.held, self.program, b"%d" % self.length)
        return b"".join(struct.pack(">L", len(part)) + part for part in parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> Cut:
        """What `to_bytes` wrote."""
        parts: list[bytes] = []
        at = 0
        while at < len(data):
            size = struct.unpack_from(">L", data, at)[0]
            parts.append(data[at + 4 : at + 4 + size])
            at += 4 + size
        name, widths, unicode, held, program, length = parts
        return cls(name, widths, unicode, held, program, int(length))


def cut_font(font: FontFile, characters: Iterable[str], level: int) -> Cut:
    """Cut and compress (zlib `level`: 1 for what is used once, 9 for what is kept)."""
    ordered = sorted(characters)
    name = b"%b+%b" % (_tag(font, ordered), font.postscript_name().encode("latin-1"))
    program = cut(font, ordered)
    font.rest()
    unicode = zlib.compress(_to_unicode(ordered), level)
    held = zlib.compress(_held(ordered), level)
    return Cut(name, _widths(font, ordered), unicode, held, zlib.compress(program, level), len(program))


def stream(entries: bytes, packed: bytes) -> Body:
    """A stream object whose content is compressed already."""
    return Body(b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream\n" % (entries, len(packed), packed))


def reference(document: PDFDocument, body: PDFObject) -> bytes:
    """Put an object into the document; how others refer to it."""
    known: bytes = document.Reference(body).format(document)  # type: ignore[no-untyped-call]
    return known


def add_font(document: PDFDocument, font: FontFile, made: Cut) -> bytes:
    """Put a cut font into the document; its reference."""
    name = made.name
    file = reference(document, stream(b"/Length1 %d" % made.length, made.program))
    unicode = reference(document, stream(b"", made.unicode))
    held = reference(document, stream(b"", made.held))
    metrics = font.metrics()
    descriptor = reference(
        document,
        Body(
            b"<< /Type /FontDescriptor /FontName /%b /Flags %d /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d"
            b" /Descent %d /CapHeight %d /StemV 80 /FontFile2 %b /CIDSet %b >>"
            % (name, _SYMBOLIC, *metrics.box, metrics.ascent, metrics.descent, metrics.ascent, file, held)
        ),
    )
    descendant = reference(
        document,
        Body(
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%b /CIDToGIDMap /Identity /DW %d /W [%b]"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %b >>"
            % (name, _EM, made.widths, descriptor)
        ),
    )
    return reference(
        document,
        Body(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /%b /Encoding /Identity-H /DescendantFonts [%b] /ToUnicode %b >>"
            % (name, descendant, unicode)
        ),
    )


def _tag(font: FontFile, characters: list[str]) -> bytes:
    """Six capital letters that name this subset, the same wherever it is made."""
    digest = hashlib.sha256(font.identity.encode() + "".join(characters).encode()).digest()
    return bytes(65 + byte % 26 for byte in digest[:6])


def _widths(font: FontFile, characters: list[str]) -> bytes:
    """The W array: only characters that are not one em wide."""
    entries = []
    for character in characters:
        width = font.thousandths(font.glyph(font.glyph_of(character)).advance)
        if width != _EM:
            entries.append(b"%d [%d]" % (code_of(character), width))
    return b" ".join(entries)


def _held(characters: list[str]) -> bytes:
    """Which codes the subset holds, a bit each from the first byte's highest; code 0 is always there."""
    codes = {0, *map(code_of, characters)}
    bits = bytearray(max(codes) // 8 + 1)
    for code in codes:
        bits[code >> 3] |= 0x80 >> (code & 7)
    return bytes(bits)


@lru_cache(maxsize=8192)
def _read_as(character: str) -> bytes:
    """A code, and the character that it reads back as."""
    return b"<%04X> <%b>" % (code_of(character), character.encode("utf-16-be").hex().upper().encode())


def _to_unicode(characters: list[str]) -> bytes:
    lines = [_read_as(character) for character in characters]
    blocks = [
        b"%d beginbfchar\n%b\nendbfchar\n" % (len(block), b"\n".join(block))
        for block in (lines[at : at + _BLOCK] for at in range(0, len(lines), _BLOCK))
    ]
    return _CMAP_HEAD + b"".join(blocks) + _CMAP_TAIL
