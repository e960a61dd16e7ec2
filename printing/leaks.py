"""Search a finished public file for what must not be in it: numbers of people, phones, accounts, answers of the household.

The model a public paper is filled from should make this find nothing, ever; it is the net below it. It reads the bytes
that would be handed out: the text of every page and the document's own entries; of a workbook every part of the
package, hidden sheets, comments and properties included.
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from clerk.errors import UserCanFix
from printing.marks import Code, Page, Text

_RUN = re.compile(r"\d{17}[\dXx]|\d{11,}")
_JOINT = re.compile(r"(?<=\d)[ \u3000\-–—·.]{1,2}(?=[\dXx])")
_OURS = re.compile(r"\d[\d-]+\d")
_FEW = 50
_PERSONAL = re.compile(r"(?<!\d)(?:[1-9]\d{5}(?:18|19|20)\d{9}[\dXx]|1[3-9]\d{9}|62\d{14,17})(?!\d)")
_MOMENT = re.compile(r"D:\d{14}[-+Z]?[\d']*")
_NODE = re.compile(r">([^<>]+)<")
_ATTRIBUTE = re.compile(r"=\"([^\"]*)\"|='([^']*)'")
_DECIMAL = re.compile(r"-?\d*\.\d+(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a public file may and may not hold: `secrets` must not be found, outside the `public` words; `numbers` may
    stand in it however long they are (its own case number, the office's phone), whole: never as part of another.
    """

    secrets: Collection[str] = ()
    public: Collection[str] = ()
    numbers: Collection[str] = ()


def refuse_leaks(pdf: bytes, words: Iterable[str], bounds: Bounds) -> None:
    """UserCanFix naming what kinds of things were found in a public PDF (never the things); nothing when it is clean.

    `words` are what else its pages hold (codes that no reader extracts).
    """
    refuse_found(find_leaks([*pdf_texts(pdf), *words], bounds))


def refuse_leaks_in_workbook(workbook: bytes, bounds: Bounds) -> None:
    """The same for a workbook: its texts are searched as one, with a bar between them that no answer holds."""
    refuse_found(find_leaks([" | ".join(workbook_texts(workbook))], bounds))


def refuse_found(found: Sequence[str]) -> None:
    """UserCanFix when anything was found."""
    if found:
        kinds = "、".join(dict.fromkeys(found))
        raise UserCanFix(f"公示文件里发现不得公开的内容（{kinds}），没有交付，请检查数据包里的公示文书后再试")


def find_leaks(texts: Iterable[str], bounds: Bounds) -> list[str]:
    """The kind of every leak, in the order found: long numbers, sensitive answers. Full-width and spaced ones too."""
    found: list[str] = []
    secrets = {_bare(secret) for secret in bounds.secrets}
    for text in texts:
        plain = _without_numbers(unicodedata.normalize("NFKC", text), bounds.numbers)
        found += [_kind(run) for run in _RUN.findall(plain)]
        found += [_kind(run) for line in plain.splitlines() for run in _PERSONAL.findall(_JOINT.sub("", line))]
        rest = _without(_bare(text), {_bare(word) for word in bounds.public})
        found += ["敏感内容" for secret in secrets if secret in rest]
    return found


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _without_numbers(text: str, numbers: Collection[str]) -> str:
    """The text without numbers of ours: a short one (a hotline) inside a longer one is that one's, and stays.

    Of very many (all cases of a list) one pass takes all.
    """
    if len(numbers) > _FEW:
        known = frozenset(numbers)
        return _OURS.sub(lambda found: "|" if found[0] in known else found[0], text)
    for number in sorted(numbers, key=len, reverse=True):
        plain = unicodedata.normalize("NFKC", number)
        text = re.sub(rf"(?<!\d){re.escape(plain)}(?![\dXx])", "|", text) if plain else text
    return text


def _without(text: str, words: Collection[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "|") if word else text
    return text


def words_of_pages(pages: Sequence[Page]) -> Iterator[str]:
    """What stands on pages, codes included, as it was laid out."""
    for page in pages:
        for mark in (*(page.form.marks if page.form else ()), *page.marks):
            if isinstance(mark, Text | Code):
                yield mark.text


def pdf_texts(pdf: bytes) -> Iterator[str]:
    """The text of each page, and the document's own entries. ValueError for files or forms hidden inside."""
    import pypdfium2  # large, and few papers are public

    document = pypdfium2.PdfDocument(pdf)
    try:
        if document.count_attachments() or document.get_formtype():
            raise ValueError("a public PDF must not hold attachments or forms")
        for page in document:
            reader = page.get_textpage()
            yield reader.get_text_bounded().replace("\ufffe", "")
            reader.close()
            page.close()
        yield from (said for said in document.get_metadata_dict().values() if not _MOMENT.fullmatch(said))
    finally:
        document.close()


def workbook_texts(workbook: bytes) -> Iterator[str]:
    """Every text of every part of a workbook's package, and names given in attributes; measures are left out."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        for name in package.namelist():
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            part = package.read(name).decode("utf-8", "replace")
            yield from (html.unescape(text) for text in _NODE.findall(part))
            for double, single in _ATTRIBUTE.findall(part):
                value = double or single
                if not _DECIMAL.fullmatch(value):
                    yield html.unescape(value)


def _kind(run: str) -> str:
    if len(run) == 18:
        return "18位号码"
    return "11位号码" if len(run) == 11 else "账号一样的长号码"
