"""The fields of an official PDF with its own form (AcroForm): where each stands, so that boxes can be set there.

Such forms are not filled in place: no library writes Chinese into them rightly. Their rectangles make an `Overlay`.
"""

from __future__ import annotations

from ctypes import byref, c_ushort, sizeof
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

_MM = 25.4 / 72
_KINDS = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD: "值",
    pdfium.FPDF_FORMFIELD_COMBOBOX: "值",
    pdfium.FPDF_FORMFIELD_LISTBOX: "值",
    pdfium.FPDF_FORMFIELD_CHECKBOX: "选",
    pdfium.FPDF_FORMFIELD_RADIOBUTTON: "选",
    pdfium.FPDF_FORMFIELD_SIGNATURE: "签",
}


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: its name, what kind of cell suits it (值, 选, 签), the page from 1, and left, top, width, height in mm."""

    name: str
    kind: str
    page: int
    box: tuple[float, float, float, float]


def fields_of(pdf: bytes) -> tuple[FormField, ...]:
    """The fields of a PDF in the order they stand in, to a tenth of a millimetre; none when it has no form.

    Raises ValueError when it is no readable PDF.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as fault:
        raise ValueError("not a readable PDF") from fault
    with document:
        document.init_forms()
        if document.formenv is None:
            return ()
        return tuple(
            field for number in range(len(document)) for field in _on_page(document, document[number], number + 1)
        )


def _on_page(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int) -> list[FormField]:
    found = []
    for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, at)
        try:
            kind = _KINDS.get(pdfium.FPDFAnnot_GetFormFieldType(document.formenv, annotation))
            if kind and pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET:
                box = _box(annotation, page.get_height())
                found.append(FormField(_name(document, annotation), kind, number, box))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return sorted(found, key=lambda field: (field.box[1], field.box[0]))


def _name(document: pypdfium2.PdfDocument, annotation: pdfium.FPDF_ANNOTATION) -> str:
    length = pdfium.FPDFAnnot_GetFormFieldName(document.formenv, annotation, None, 0)
    units = (c_ushort * (length // sizeof(c_ushort)))()
    pdfium.FPDFAnnot_GetFormFieldName(document.formenv, annotation, units, length)
    return bytes(units).decode("utf-16-le").rstrip("\0")


def _box(annotation: pdfium.FPDF_ANNOTATION, high: float) -> tuple[float, float, float, float]:
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, byref(rectangle))
    left, right = sorted((rectangle.left, rectangle.right))
    low, top = sorted((rectangle.bottom, rectangle.top))
    return (
        round(left * _MM, 1),
        round((high - top) * _MM, 1),
        round((right - left) * _MM, 1),
        round((top - low) * _MM, 1),
    )
