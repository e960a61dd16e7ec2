"""Pages of marks → the bytes of a PDF/A-1b: the same pages give the same bytes, in any process.

What every copy shares is compiled once (a Form XObject per edition page) and its subset fonts are cut once per set
of forms; a packet then costs one string of operators a page and one small subset per face.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase.pdfdoc import PDFDocument

from printing.archival import archive
from printing.cache import Cache
from printing.faces import Faces, MissingGlyph, shipped
from printing.marks import Form, Ghost, Image, Mark, Page, Picture, Text
from printing.strokes import Slot, Strokes, image_name, slot_name
from printing.type0 import Body, Cut, add_font, cut_font, reference, stream

_FAST, _SMALL = 1, 9
_FORMAT = "ink 2"  # part of every cache key: change it when what is kept changes
_PDF_VERSION = (1, 4)  # what PDF/A-1 is made of
_PRODUCT = "Clerk 一窗办"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A form as it stands in a document: its name there, compressed operators and the characters they draw."""

    form: Form
    name: bytes
    packed: bytes
    used: dict[Slot, set[str]]


class Press:
    """Draws documents; holds the faces and what was compiled so far. One per process."""

    def __init__(self, faces: Faces | None = None, kept: Cache | None = None) -> None:
        self.faces = faces or shipped()
        self._kept = kept or Cache()
        self._compiled: dict[str, Compiled] = {}

    def draw(self, pages: Sequence[Page], title: str) -> bytes:
        """The PDF of these pages; `title` is what viewers and printers show (a case number, never a person's name).

        Raises MissingGlyph naming every character that cannot be drawn; nothing is drawn then.
        """
        strokes = Strokes(self.faces)
        try:
            compiled = {id(form): self.compile(form) for page in pages for form in page.forms}
            contents = [_content(strokes, page, compiled) for page in pages]
        except MissingGlyph:
            raise MissingGlyph(_missing(self.faces, pages)) from None
        document = _document(title, contents)
        fonts = {slot: cut_font(slot[0], used, _FAST) for slot, used in strokes.used.items()}
        resources = b"<< /Font << %b >> /XObject << %b >> >>" % (
            _font_entries(document, fonts),
            self._add_forms(document, pages, compiled),
        )
        shared = reference(document, Body(resources))
        for page, content in zip(pages, contents, strict=True):
            _add_page(document, page, content, shared)
        return document.GetPDFData(None)

    def compile(self, form: Form) -> Compiled:
        """The form's drawing operators, from memory, from disk, or made now. Raises MissingGlyph."""
        compiled = self._compiled.get(form.key)
        if compiled is None or (compiled.form is not form and compiled.form != form):
            compiled = self._compiled[form.key] = self._compile(form)
        return compiled

    def _compile(self, form: Form) -> Compiled:
        faces = sorted({mark.face for mark in form.marks if isinstance(mark, Text)})
        fonts = {font.identity: font for face in faces for font in self.faces.chain(face)}
        key = _hashed(
            _FORMAT, "form", repr(form.marks), *(f"{face}={self.faces.chain(face)[0].identity}" for face in faces)
        )
        kept = Cache() if form.passing else self._kept
        head, packed = kept.get(key, lambda: _drawn(self.faces, form.marks)).split(b"\n", 1)
        used = {(fonts[identity], plane): set(characters) for identity, plane, characters in json.loads(head)}
        return Compiled(form, b"X" + key[:16].encode(), packed, used)

    def _add_forms(self, document: PDFDocument, pages: Sequence[Page], compiled: dict[int, Compiled]) -> bytes:
        """The forms, and the fonts and images they share; entries of an XObject dictionary."""
        sizes = {compiled[id(form)].name: (page.width, page.height) for page in pages for form in page.forms}
        forms = {one.name: one for one in compiled.values()}
        used: dict[Slot, set[str]] = {}
        for one in forms.values():
            for slot, characters in one.used.items():
                used.setdefault(slot, set()).update(characters)
        fonts = {slot: self._kept_cut(slot, characters) for slot, characters in used.items()}
        entries = _font_entries(document, fonts)
        images = _image_entries(document, forms.values())
        return b" ".join(
            b"/%b %b" % (name, reference(document, _form_object(one.packed, sizes[name], entries, images)))
            for name, one in forms.items()
        )

    def _kept_cut(self, slot: Slot, characters: set[str]) -> Cut:
        font, plane = slot
        key = _hashed(_FORMAT, "font", font.identity, str(plane), "".join(sorted(characters)))
        return Cut.from_bytes(self._kept.get(key, lambda: cut_font(font, characters, _SMALL).to_bytes()))


@cache
def _presses() -> list[Press]:
    return [Press()]


def use_press(folder: Path | None) -> Press:
    """Make `draw` keep compiled forms in a folder from now on (None: in memory only); the new press."""
    press = _presses()[0] = Press(kept=Cache(folder))
    return press


def draw(pages: Sequence[Page], title: str) -> bytes:
    """The PDF of these pages by the process's own press; see Press.draw."""
    return _presses()[0].draw(pages, title)


def _content(strokes: Strokes, page: Page, compiled: dict[int, Compiled]) -> bytes:
    if page.shift:
        strokes.shift(*page.shift)
    for form in page.forms:
        strokes.place_form(compiled[id(form)].name)
    strokes.draw(page.marks)
    return strokes.take()


def _missing(faces: Faces, pages: Sequence[Page]) -> str:
    """Every character of these pages that no font has."""
    marks = [mark for page in pages for part in (*(form.marks for form in page.forms), page.marks) for mark in part]
    found = [faces.missing(mark.text, mark.face) for mark in marks if isinstance(mark, Text | Ghost)]
    return "".join(dict.fromkeys("".join(found)))


def _drawn(faces: Faces, marks: Sequence[Mark]) -> bytes:
    """A form for keeping: a line of JSON that says which characters it draws, then compressed operators."""
    strokes = Strokes(faces)
    strokes.draw(marks)
    packed = zlib.compress(strokes.take(), _SMALL)
    used = [(font.identity, plane, "".join(sorted(found))) for (font, plane), found in strokes.used.items()]
    return json.dumps(used).encode() + b"\n" + packed


def _document(title: str, contents: Sequence[bytes]) -> PDFDocument:
    """An empty document whose identity follows from its contents; it carries no time of making."""
    document = PDFDocument(dummyoutline=0, invariant=1, pdfVersion=_PDF_VERSION, lang="zh-CN")
    document.setTitle(title)
    document.setAuthor(_PRODUCT)
    document.setCreator(_PRODUCT)
    document.setSubject("")
    archive(document)
    document.Catalog.ViewerPreferences = Body(b"<< /PrintScaling /None >>")  # type: ignore[attr-defined]
    for content in contents:
        document.updateSignature(content)
    return document


def _font_entries(document: PDFDocument, fonts: dict[Slot, Cut]) -> bytes:
    """Fonts put into the document; entries of a Font dictionary."""
    return b" ".join(b"/%b %b" % (slot_name(slot), add_font(document, slot[0], made)) for slot, made in fonts.items())


def _image_entries(document: PDFDocument, forms: Iterable[Compiled]) -> bytes:
    """Pictures put into the document, each once; entries of an XObject dictionary."""
    found = {mark.image.digest: mark.image for one in forms for mark in one.form.marks if isinstance(mark, Picture)}
    return b" ".join(
        b"/%b %b" % (image_name(image), reference(document, Body(_image_object(image)))) for image in found.values()
    )


def _image_object(image: Image) -> bytes:
    entries = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d %b /Length %d >>\nstream\n%b\nendstream\n"
    return entries % (image.width, image.height, image.entries, len(image.data), image.data)


def _form_object(packed: bytes, size: tuple[float, float], fonts: bytes, images: bytes) -> Body:
    entries = b"/Type /XObject /Subtype /Form /FormType 1 /BBox [0 0 %.2f %.2f] /Resources << /Font << %b >>%b >>"
    return stream(entries % (*size, fonts, b" /XObject << %b >>" % images if images else b""), packed)


def _add_page(document: PDFDocument, page: Page, content: bytes, resources: bytes) -> None:
    contents = reference(document, stream(b"", zlib.compress(content, _FAST)))
    pages = reference(document, document.Pages)  # type: ignore[attr-defined]
    entries = b"<< /Type /Page /Parent %b /MediaBox [0 0 %.2f %.2f] /Resources %b /Contents %b >>"
    document.addPage(Body(entries % (pages, page.width, page.height, resources, contents)))


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
