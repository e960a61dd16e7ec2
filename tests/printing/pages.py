"""Papers written in a test, filled from plain dictionaries, and read back from the PDF they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from forms.language.values import Verdict
from forms.load_papers import read_papers
from forms.paper import Grid, Paper
from forms.reading import read_documents
from forms.schema import Expression, Option
from printing.draw import draw
from printing.layout import lay_out_grid
from printing.marks import Page

MM = 72 / 25.4
Answers = Mapping[str, object]


@dataclass(frozen=True)
class Ink:
    """One character read back from a PDF: where its origin is (mm from the left and from the top), how high its type is."""

    character: str
    x: float
    y: float
    size: float


class SheetValues:
    """A case as plain words: answers by table and row; an expression is a field's name, or `name = word`."""

    def __init__(
        self, root: Answers, tables: Mapping[str, Sequence[Answers]], options: Mapping[str, str] | None = None
    ) -> None:
        self._tables = {"家庭": [root], **tables}
        self._options = {
            field: tuple(Option(word, word) for word in words.split()) for field, words in (options or {}).items()
        }

    @property
    def digest(self) -> str:
        return str(sorted(self._options))

    def say(self, value: Expression, table: str, row: str, form: str) -> str:
        return str(self._answer(value.text, table, row) or "")

    def holds(self, value: Expression, table: str, row: str) -> Verdict:
        name, _, word = value.text.partition(" = ")
        found = self._answer(name, table, row)
        return Verdict.UNKNOWN if found is None else Verdict.YES if found == word else Verdict.NO

    def chosen(self, value: Expression, table: str, row: str) -> frozenset[str]:
        found = self._answer(value.text, table, row)
        return frozenset(str(found).split("、")) if found else frozenset()

    def options(self, value: Expression, table: str) -> tuple[Option, ...]:
        return self._options[value.text]

    def rows(self, table: str, home: str, row: str) -> Sequence[str]:
        return [str(at) for at in range(len(self._tables.get(table, ())))]

    def _answer(self, name: str, table: str, row: str) -> object:
        return self._tables[table][int(row or 0)].get(name)


def a_paper(folder: Path, text: str, name: str = "b01.yaml") -> Paper:
    """The one paper of a YAML text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (entry,) = read_documents(path, name)
    return read_papers(entry, name, "national")


def laid_out(paper: Paper, values: SheetValues, row: str = "") -> list[Page]:
    """The pages of a grid paper."""
    assert isinstance(paper.body, Grid)
    return lay_out_grid(paper, paper.body, values, row)


def read_back(pages: Sequence[Page]) -> list[str]:
    """The text of each page as a reader extracts it, blanks and line ends taken out."""
    return texts_of(draw(pages, "核对"))


def texts_of(pdf: bytes) -> list[str]:
    """The text of each page of a PDF, blanks and line ends taken out."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    return ["".join(text.split()).replace("\ufffe", "") for text in texts]


def ink_of(pages: Sequence[Page]) -> list[list[Ink]]:
    """Every character of each page as a PDF reader places it."""
    document = pypdfium2.PdfDocument(draw(pages, "核对"))
    return [_characters(page) for page in document]


def _characters(page: pypdfium2.PdfPage) -> list[Ink]:
    text, high = page.get_textpage(), page.get_height()
    found = []
    for at in range(text.count_chars()):
        x, y = c_double(), c_double()
        pdfium.FPDFText_GetCharOrigin(text, at, byref(x), byref(y))
        character = chr(pdfium.FPDFText_GetUnicode(text, at))
        if not character.isspace():
            size = pdfium.FPDFText_GetFontSize(text, at)
            found.append(Ink(character, x.value / MM, (high - y.value) / MM, size))
    return found
