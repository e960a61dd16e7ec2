"""Break and fit Chinese text: nothing is clipped, nothing is dropped.

Lines obey 禁则 (no line begins with closing punctuation, none ends with an opening one); numbers and Latin words stay
whole. `split` is the one function that cuts text, for a cell and for the sheet it continues on. Widths are points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from printing import faces

OPENING = "（〔［｛〈《「『【‘“([{＜￥¥$№"
CLOSING = "，。、；：？！）〕］｝〉》」』】’”…—～·％‰℃＞,.;:?!)]}%\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_OPEN, _CLOSE = re.escape(OPENING), CLOSING.replace("]", r"\]")
_WORD = r"[+\-]?[A-Za-z0-9\u00c0-\u024f]+(?:[.,:/\-_@+'&#][A-Za-z0-9\u00c0-\u024f]+)*"
_ATOM = re.compile(
    rf"(?:[{_OPEN}]\s*)*(?:{_WORD}|[^{_OPEN}{_CLOSE}\s])(?:\s*[{_CLOSE}])*|(?:[{_OPEN}]\s*)+(?:[{_CLOSE}]\s*)*|[{_CLOSE}]+|\s"
)
_CLOSER = re.compile(f"[{_CLOSE}]")
_SHRINK = 0.85
_STEP = 0.5
_SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: face, wanted and least size in points, line pitch as a multiple of the size.

    `balanced` lines are about equally long, as suits centred words.
    """

    face: str
    size: float
    least: float
    pitch: float = 1.25
    balanced: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines that stand in the box, their widths, the size they are set in, and what must go elsewhere."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    size: float
    rest: str = ""


def width(text: str, face: str, size: float) -> float:
    """The length of a line of text in points."""
    return faces.width(text, face, size)


def indented(text: str, characters: int) -> str:
    """The text with each paragraph indented by so many full-width characters."""
    return "\n".join("\u3000" * characters + line.strip() for line in text.split("\n") if line.strip())


@lru_cache(maxsize=8192)
def split(text: str, measure: float, room: int, face: str, size: float) -> tuple[tuple[str, ...], str]:
    """Break `text` into at most `room` lines no longer than `measure`; also what did not get a line.

    Lines and rest together are the text, except for the blanks and line ends at which it was cut.
    """
    lines: list[str] = []
    paragraphs = text.split("\n")
    for index, paragraph in enumerate(paragraphs):
        start = 0
        for line, end in _broken(paragraph, measure / size, face):
            if len(lines) == room:
                return tuple(lines), "\n".join(
                    [paragraph[start:].lstrip(" \u3000" if start else ""), *paragraphs[index + 1 :]]
                )
            lines.append(line)
            start = end
    return tuple(lines), ""


@lru_cache(maxsize=16384)
def fit(text: str, measure: float, height: float, style: Style, mark: str) -> Fitted:
    """Put `text` into a box: one line, a line shrunk to 85 %, wrapped, wrapped and shrunk, else cut with `mark`."""
    if "\n" not in text:
        natural = width(text, style.face, style.size)
        if natural <= measure + _SLACK:
            return Fitted((text,), (natural,), style.size)
        if natural * _SHRINK <= measure and style.size * _SHRINK >= style.least:
            return Fitted((text,), (measure,), style.size * measure / natural)
    atoms = (atom for line in text.split("\n") for atom in _ATOM.findall(line))
    longest = max((width(atom, style.face, 1.0) for atom in atoms), default=0.0)
    size = style.size
    while size > style.least - _SLACK:
        room = rows(height, size, style.pitch)
        lines, rest = split(text, measure, room, style.face, size)
        if not rest and (longest * size <= measure + _SLACK or size - _STEP < style.least):
            lines = balanced(text, measure, len(lines), style.face, size) if style.balanced else lines
            return _fitted(lines, size, style.face, "")
        size -= _STEP
    return _cut(text, measure, height, style, mark)


def balanced(text: str, measure: float, count: int, face: str, size: float) -> tuple[str, ...]:
    """The same number of lines in the narrowest measure that holds them."""
    narrow, wide = measure / 2 if count == 2 else measure * (count - 1) / count, measure
    for _ in range(6):
        middle = (narrow + wide) / 2
        if split(text, middle, count, face, size)[1]:
            narrow = middle
        else:
            wide = middle
    return split(text, wide, count, face, size)[0]


def rows(height: float, size: float, pitch: float) -> int:
    """How many lines of a size fit into a height; at least one."""
    return max(1, int((height - size + _SLACK) / (size * pitch)) + 1)


def _cut(text: str, measure: float, height: float, style: Style, mark: str) -> Fitted:
    """As much as fits at the least size, the last line ending with `mark`."""
    face, size = style.face, style.least
    room = rows(height, size, style.pitch)
    head, rest = split(text, measure, room - 1, face, size) if room > 1 else ((), text)
    whole = rest
    last, rest = split(whole, max(0.0, measure - width(mark, face, size)), 1, face, size)
    if width(last[0] + mark, face, size) > measure + _SLACK:
        last, rest = ("",), whole
    return _fitted((*head, last[0] + mark), size, face, rest)


def _fitted(lines: tuple[str, ...], size: float, face: str, rest: str) -> Fitted:
    return Fitted(lines, tuple(width(line, face, size) for line in lines), size, rest)


def _broken(paragraph: str, measure: float, face: str) -> Iterator[tuple[str, int]]:
    """Each line of one paragraph and where it ends; `measure` counts ems."""
    line, used, end, wrapped = "", 0.0, 0, False
    for found in _ATOM.finditer(paragraph):
        for atom in _small(found.group(), measure, face):
            length = faces.width(atom, face, 1.0)
            if line and used + length > measure + 1e-6:
                yield line.rstrip(" "), end
                line, used, wrapped = "", 0.0, True
            end += len(atom)
            if wrapped and not line and atom.isspace():
                continue  # blanks where a line was broken are not carried over
            line, used = line + atom, used + length
    yield line.rstrip(" "), end


def _small(atom: str, measure: float, face: str) -> Iterator[str]:
    """The atom, or pieces of it no longer than a line when it is longer."""
    while len(atom) > 1 and faces.width(atom, face, 1.0) > measure:
        cut = _longest(atom, measure, face)
        yield atom[:cut]
        atom = atom[cut:]
    yield atom


def _longest(atom: str, measure: float, face: str) -> int:
    """How many characters of an over-long atom go on one line, keeping 禁则 where that is possible at all."""
    fits = 1
    while fits < len(atom) - 1 and faces.width(atom[: fits + 1], face, 1.0) <= measure:
        fits += 1
    cut = fits
    while cut > 1 and (_CLOSER.match(atom[cut]) or atom[cut - 1] in OPENING):
        cut -= 1
    return cut if cut > 1 or not _CLOSER.match(atom[1]) else fits
