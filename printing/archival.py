"""What makes a document keep for decades: PDF/A-1b's colour profile and metadata (ISO 19005-1, 6.2.2 and 6.7).

Every document carries them, so that what was handed out is what goes into the archive: the same bytes. The profile is
made here, byte for byte the same on every machine: a display with sRGB's primaries and white, and a gamma of 2.2.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDocument

from printing.type0 import Body, reference, stream

_CONDITION = "sRGB IEC61966-2.1"
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_WHITE = (0.9642, 1.0, 0.8249)
_GAMMA = 2.2
_MADE = "2000-01-01T00:00:00+00:00"  # the day ReportLab writes where a document must not tell when it was made


def archive(document: PDFDocument) -> None:
    """Put profile and metadata into a document whose title, author and creator are set."""
    profile = reference(document, stream(b"/N 3", zlib.compress(_profile(), 9)))
    intent = (
        b"[<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (%b) /Info (%b) /DestOutputProfile %b >>]"
    )
    catalog = document.Catalog  # type: ignore[attr-defined]
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = Body(intent % (_CONDITION.encode(), _CONDITION.encode(), profile))
    catalog.Metadata = Body(_metadata(document))


def _metadata(document: PDFDocument) -> bytes:
    """The XMP packet, uncompressed as the standard asks, saying exactly what the document's information says."""
    info = document.info
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(info.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(info.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(info.subject)}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{escape(info.creator)}</xmp:CreatorTool><xmp:CreateDate>{_MADE}</xmp:CreateDate>
<xmp:ModifyDate>{_MADE}</xmp:ModifyDate><pdf:Producer>{escape(info.producer)}</pdf:Producer>
<pdf:Keywords>{escape(info.keywords)}</pdf:Keywords>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()
    return b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%b\nendstream\n" % (len(packet), packet)


@cache
def _profile() -> bytes:
    """An ICC profile of version 2 (ICC.1:2001-04), which is what PDF/A-1 knows."""
    name = _CONDITION.encode() + b"\0"
    described = struct.pack(">4sLL", b"desc", 0, len(name)) + name + bytes(4 + 4 + 2 + 1 + 67)
    curve = struct.pack(">4sLLH", b"curv", 0, 1, round(_GAMMA * 256))
    tags = {b"desc": described, b"cprt": b"text\0\0\0\0Public domain\0", b"wtpt": _point(_WHITE)}
    tags |= {name: _point(point) for name, point in _PRIMARIES.items()}
    tags |= {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for tag, content in tags.items():
        table += struct.pack(">4sLL", tag, at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(
        ">L4sL4s4s4s6H", at + len(body), b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ", 2000, 1, 1, 0, 0, 0
    )
    head += b"acsp" + bytes(28) + struct.pack(">3L", *_fixed(_WHITE))
    return head.ljust(128, b"\0") + struct.pack(">L", len(tags)) + table + body


def _point(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">4sL3L", b"XYZ ", 0, *_fixed(values))


def _fixed(values: tuple[float, float, float]) -> tuple[int, ...]:
    return tuple(round(value * 65536) for value in values)
