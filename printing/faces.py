"""The faces paper is set in, and which file draws each character.

Per character the chain is: the wanted face → Noto Serif SC → HanaMinB (Ext B–F) → refused by name. Together the
files hold every character of GB 18030-2022 level 3, so a refusal is a private or quite new character. A fallback
that has no bold cut is drawn with a stroke around it instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clerk.errors import UserCanFix
from printing.marks import HEI, HEI_BOLD, KAI, SONG, SONG_BOLD
from printing.subset import PLANE
from printing.truetype import FontFile

FOLDER = Path(__file__).parent / "fonts"
_BOLD = frozenset({SONG_BOLD, HEI_BOLD})
_SHIPPED = {
    SONG: "NotoSerifSC-Regular.ttf",
    SONG_BOLD: "NotoSerifSC-Bold.ttf",
    HEI: "NotoSansSC-Regular.ttf",
    HEI_BOLD: "NotoSansSC-Bold.ttf",
    KAI: "LXGWWenKai-Regular.ttf",
}
_FALLBACKS = (FOLDER / "NotoSerifSC-Regular.ttf", FOLDER / "HanaMinB.ttf")


class MissingGlyph(UserCanFix):
    """Characters which no font on this machine can draw; nothing was printed."""

    def __init__(self, characters: str, words: tuple[str, ...] = ()) -> None:
        self.characters, self.words = characters, words
        named = "、".join(f"「{_shown(character)}」（U+{ord(character):04X}）" for character in characters)
        where = f"{'、'.join(f'“{word}”' for word in words)}中的" if words else ""
        super().__init__(f"{where}{named}没有可用的字形，未打印。请核对这个字，或改用通行写法后再打印。")

    def __reduce__(self) -> tuple[type[MissingGlyph], tuple[str, tuple[str, ...]]]:
        """So that it comes back whole from the helper process."""
        return MissingGlyph, (self.characters, self.words)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that one file draws, all in one plane; `embolden` asks for a stroke in place of a bold cut."""

    font: FontFile
    plane: int
    embolden: bool
    text: str


class Faces:
    """The faces with their files; `files` names an office's own files in place of shipped ones."""

    def __init__(self, files: Mapping[str, Path] | None = None) -> None:
        self._paths = {name: FOLDER / file for name, file in _SHIPPED.items()} | dict(files or {})
        self._fonts: dict[Path, FontFile] = {}
        self._homes: dict[str, _Homes] = {}

    def width(self, text: str, face: str, size: float) -> float:
        """The width of one line, in points. Raises MissingGlyph."""
        try:
            return sum(map(self.homes(face).widths.__getitem__, text)) * size / 1000
        except MissingGlyph:
            raise MissingGlyph(self.missing(text, face)) from None

    def runs(self, text: str, face: str) -> list[Run]:
        """The text in stretches, each with the file that draws it. Raises MissingGlyph naming every missing one."""
        homes = self.homes(face)
        runs: list[Run] = []
        for character in text:
            font, embolden = homes.home(character)
            if font is None:
                raise MissingGlyph(self.missing(text, face))
            plane = ord(character) // PLANE
            last = runs[-1] if runs else None
            if last and (last.font, last.plane) == (font, plane):
                runs[-1] = Run(font, plane, embolden, last.text + character)
            else:
                runs.append(Run(font, plane, embolden, character))
        return runs

    def missing(self, text: Iterable[str], face: str = SONG) -> str:
        """The characters no font has, each once, in the order met; empty when all can be printed."""
        homes = self.homes(face)
        characters = dict.fromkeys(character for piece in text for character in piece)
        return "".join(character for character in characters if homes.home(character)[0] is None)

    def homes(self, face: str) -> _Homes:
        """Where the characters of a face live."""
        homes = self._homes.get(face)
        if homes is None:
            if face not in self._paths:
                raise ValueError(f"no face {face!r}; there are {', '.join(self._paths)}")
            homes = self._homes[face] = _Homes(self, (self._paths[face], *_FALLBACKS), face in _BOLD)
        return homes

    def chain(self, face: str) -> tuple[FontFile, ...]:
        """The files a face is looked for in, in order."""
        return self.homes(face).chain()

    def font(self, path: Path) -> FontFile:
        """A file, mapped at first use."""
        font = self._fonts.get(path)
        if font is None:
            font = self._fonts[path] = FontFile(path)
        return font


class _Homes:
    """What is known so far about the characters of one face; grows as characters are met."""

    def __init__(self, faces: Faces, chain: tuple[Path, ...], bold: bool) -> None:
        self._faces, self._chain, self._bold = faces, chain, bold
        self._known: dict[str, tuple[FontFile | None, bool]] = {}
        self.widths = _Widths(self)
        self._plain: set[str] = set()

    @property
    def first(self) -> FontFile:
        """The face's own file."""
        return self._faces.font(self._chain[0])

    def chain(self) -> tuple[FontFile, ...]:
        """All files of the chain, opened."""
        return tuple(self._faces.font(path) for path in self._chain)

    def plain(self, text: str) -> bool:
        """Whether the face's own file draws all of the text, within the first plane."""
        if self._plain.issuperset(text):
            return True
        for character in set(text) - self._plain:
            if ord(character) < PLANE and self.home(character)[0] is self.first:
                self._plain.add(character)
        return self._plain.issuperset(text)

    def home(self, character: str) -> tuple[FontFile | None, bool]:
        """The file that draws a character (None when there is none), and whether it needs emboldening."""
        found = self._known.get(character)
        if found is None:
            found = self._known[character] = self._search(character)
        return found

    def _search(self, character: str) -> tuple[FontFile | None, bool]:
        for place, path in enumerate(self._chain):
            font = self._faces.font(path)
            if font.glyph_of(character):
                return font, self._bold and place > 0
        return None, False


class _Widths(dict[str, int]):
    """Character → width in thousandths of the size, filled as characters are met."""

    def __init__(self, homes: _Homes) -> None:
        super().__init__()
        self._homes = homes

    def __missing__(self, character: str) -> int:
        font, _ = self._homes.home(character)
        if font is None:
            raise MissingGlyph(character)
        width = self[character] = font.advance(font.glyph_of(character))
        return width


@cache
def shipped() -> Faces:
    """The faces as shipped, shared by the whole process."""
    return Faces()


def width(text: str, face: str, size: float) -> float:
    """The width of one line in the shipped faces, in points. Raises MissingGlyph."""
    return shipped().width(text, face, size)


def missing(text: Iterable[str], face: str = SONG) -> str:
    """The characters of a text (or of several) that no shipped font has."""
    return shipped().missing(text, face)


def _shown(character: str) -> str:
    """Python may know an older Unicode than the clerk's input method: the planes of Han are always shown."""
    return character if character.isprintable() or 0x20000 <= ord(character) < 0x40000 else "不可见字符"
