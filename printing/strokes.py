"""Marks as PDF drawing operators.

Text is written as two-byte codes of the characters themselves (see printing.subset), so that this is one pass with
no state but which characters were used. The order of marks is kept: readers copy text in that order.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from printing.faces import Faces, Run
from printing.marks import Code, Ghost, Image, Line, Mark, Picture, Rect, Text, Tick
from printing.outlines import shape
from printing.qr import stencil
from printing.subset import code_of
from printing.truetype import FontFile

Slot = tuple[FontFile, int]  # a font file and a plane: one PDF font object
_STROKE_PER_SIZE = 0.03  # what a fallback without a bold cut is thickened by
_TICK_RULE = 0.06
_TICK_MARK = 0.12
_TICK_CORNERS = ((0.18, 0.52), (0.42, 0.2), (0.86, 0.84))  # of the box's side, from its bottom left


class Strokes:
    """Drawing operators of one content stream (or of several: `take` hands over and starts anew).

    `used` gathers, over all of them, the characters drawn from each slot.
    """

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self.used: dict[Slot, set[str]] = {}
        self._out: list[bytes] = []
        self._font: tuple[str, float] | tuple[()] = ()
        self._rule = 0.0
        self._in_text = False
        self._named: dict[str, tuple[bytes, set[str]]] = {}

    def take(self) -> bytes:
        """The operators drawn since the last time."""
        self._leave_text()
        content = b"\n".join(self._out)
        self._out.clear()
        self._font, self._rule = (), 0.0
        return content

    def draw(self, marks: Iterable[Mark]) -> None:
        """Draw marks in their order. Raises MissingGlyph."""
        for mark in marks:
            match mark:
                case Text():
                    self._text(mark)
                case Line():
                    self._line(mark)
                case Rect():
                    self._rect(mark)
                case Tick():
                    self._tick(mark)
                case Code():
                    self._code(mark)
                case Ghost():
                    self._ghost(mark)
                case Picture():
                    self._picture(mark)

    def shift(self, across: float, up: float, right: float, higher: float) -> None:
        """Stretch and move everything that follows on this page."""
        self._out.append(b"%.5f 0 0 %.5f %.3f %.3f cm" % (across, up, right, higher))

    def place_form(self, name: bytes) -> None:
        """Put a compiled form under what follows."""
        self._leave_text()
        self._out.append(b"/%b Do" % name)

    def _text(self, mark: Text) -> None:
        if not self._in_text:
            self._out.append(b"BT")
            self._in_text = True
        if not self._faces.homes(mark.face).plain(mark.text):
            self._mixed(mark)
            return
        size = mark.tall or mark.size
        if self._font != (mark.face, size):
            self._choose(mark.face, size)
        self._named[mark.face][1].update(mark.text)
        raw = mark.text.encode("utf-16-be")
        if b"\\" in raw or b"(" in raw or b")" in raw or b"\r" in raw:
            raw = _escaped(raw)
        if mark.tall:
            self._out.append(b"%.4f 0 0 1 %.2f %.2f Tm(%b)Tj" % (mark.size / mark.tall, mark.x, mark.y, raw))
            return
        self._out.append(b"1 0 0 1 %.2f %.2f Tm(%b)Tj" % (mark.x, mark.y, raw))

    def _choose(self, face: str, size: float) -> None:
        if face not in self._named:
            slot = (self._faces.homes(face).first, 0)
            self._named[face] = (slot_name(slot), self.used.setdefault(slot, set()))
        self._out.append(b"/%b %.2f Tf" % (self._named[face][0], size))
        self._font = (face, size)

    def _mixed(self, mark: Text) -> None:
        """Text that several files draw; each run begins where the one before ended."""
        self._font = ()
        size = mark.tall or mark.size
        self._out.append(b"%.4g 0 0 1 %.2f %.2f Tm" % (round(mark.size / size, 4), mark.x, mark.y))
        for run in self._faces.runs(mark.text, mark.face):
            slot = (run.font, run.plane)
            self.used.setdefault(slot, set()).update(run.text)
            shown = b"/%b %.2f Tf(%b)Tj" % (slot_name(slot), size, _escaped(_codes(run)))
            if run.embolden:
                shown = b"2 Tr %.2f w %b 0 Tr" % (size * _STROKE_PER_SIZE, shown)
                self._rule = 0.0
            self._out.append(shown)

    def _line(self, mark: Line) -> None:
        self._set_rule(mark.width)
        self._out.append(b"%.2f %.2f m %.2f %.2f l S" % (mark.x1, mark.y1, mark.x2, mark.y2))

    def _rect(self, mark: Rect) -> None:
        self._set_rule(mark.width)
        self._out.append(b"%.2f %.2f %.2f %.2f re S" % (mark.x, mark.y, mark.w, mark.h))

    def _tick(self, mark: Tick) -> None:
        x, y, size = mark.x, mark.y, mark.size
        if mark.boxed:
            self._set_rule(size * _TICK_RULE)
            self._out.append(b"%.2f %.2f %.2f %.2f re S" % (x, y, size, size))
        if mark.checked:
            self._set_rule(size * _TICK_MARK)
            corners = [(x + size * across, y + size * up) for across, up in _TICK_CORNERS]
            self._out.append(b"%.2f %.2f m %.2f %.2f l %.2f %.2f l S" % (*corners[0], *corners[1], *corners[2]))

    def _code(self, mark: Code) -> None:
        self._leave_text()
        self._out.append(
            b"q %.2f 0 0 %.2f %.2f %.2f cm %b Q" % (mark.size, mark.size, mark.x, mark.y, stencil(mark.text))
        )

    def _ghost(self, mark: Ghost) -> None:
        """Shapes one after another along the line."""
        self._leave_text()
        turn = math.radians(mark.angle)
        cos, sin = mark.size * math.cos(turn), mark.size * math.sin(turn)
        self._out.append(
            b"q %.2f g %.3f %.3f %.3f %.3f %.2f %.2f cm" % (mark.grey, cos, sin, -sin, cos, mark.x, mark.y)
        )
        for run in self._faces.runs(mark.text, mark.face):
            for character in run.text:
                self._out.append(shape(run.font, character))
                step = run.font.advance(run.font.glyph_of(character)) / 1000
                self._out.append(b"f 1 0 0 1 %.3f 0 cm" % step)
        self._out.append(b"Q")

    def _picture(self, mark: Picture) -> None:
        self._leave_text()
        placed = (mark.w, mark.h, mark.x, mark.y, image_name(mark.image))
        self._out.append(b"q %.2f 0 0 %.2f %.2f %.2f cm /%b Do Q" % placed)

    def _set_rule(self, width: float) -> None:
        self._leave_text()
        if width != self._rule:
            self._out.append(b"%.2f w" % width)
            self._rule = width

    def _leave_text(self) -> None:
        if self._in_text:
            self._out.append(b"ET")
            self._in_text = False


def image_name(image: Image) -> bytes:
    """The resource name of an image."""
    return b"I" + image.digest[:16].encode()


def slot_name(slot: Slot) -> bytes:
    """The resource name of a slot: the same in every document, so that compiled forms can be kept."""
    font, plane = slot
    return b"F%b%d" % (font.identity[:8].encode(), plane)


def _codes(run: Run) -> bytes:
    if run.plane == 0:
        return run.text.encode("utf-16-be")
    return b"".join(code_of(character).to_bytes(2, "big") for character in run.text)


def _escaped(raw: bytes) -> bytes:
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
