"""The rules of a page: each drawn once however many cells share it, and a heavy frame around them."""

from __future__ import annotations

from printing.boxes import Box
from printing.marks import Line, Mark

FRAME, RULE = 1.4, 0.5


class Rules:
    """The rules of the cells of a page that stand in `frame`; `framed` leaves the frame's own edges to the frame."""

    def __init__(self, frame: Box, framed: bool) -> None:
        self._frame, self._framed = frame, framed
        self._flat: dict[float, list[tuple[float, float]]] = {}
        self._tall: dict[float, list[tuple[float, float]]] = {}

    def around(self, box: Box) -> None:
        """Note the edges of a cell; neighbours share them."""
        left, right, low, top = round(box.x, 2), round(box.right, 2), round(box.y, 2), round(box.top, 2)
        for y in (low, top):
            self._flat.setdefault(y, []).append((left, right))
        for x in (left, right):
            self._tall.setdefault(x, []).append((low, top))

    def lines(self) -> list[Mark]:
        """The rules, joined where they meet end to end, and the frame."""
        frame = self._frame
        outer = {round(frame.y, 2), round(frame.top, 2)} if self._framed else set()
        sides = {round(frame.x, 2), round(frame.right, 2)} if self._framed else set()
        flat = [Line(a, y, b, y, RULE) for y, spans in self._flat.items() if y not in outer for a, b in _joined(spans)]
        tall = [Line(x, a, x, b, RULE) for x, spans in self._tall.items() if x not in sides for a, b in _joined(spans)]
        return [*flat, *tall, *(_around(frame) if self._framed else ())]


def _around(box: Box) -> list[Mark]:
    left, right, low, top = box.x, box.right, box.y, box.top
    half = FRAME / 2
    return [
        Line(left - half, top, right + half, top, FRAME),
        Line(left - half, low, right + half, low, FRAME),
        Line(left, low, left, top, FRAME),
        Line(right, low, right, top, FRAME),
    ]


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 0.02:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
