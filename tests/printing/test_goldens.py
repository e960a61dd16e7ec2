"""Every shipped paper looks as it did when somebody last looked at it; what changes is said with how to renew it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from printing.marks import POINTS_PER_MM, Form, Line, Page, Rect, Text
from tests.builders import the_demo_catalogue
from tests.printing.goldens import (
    FOLDER,
    Golden,
    demo_cases,
    differences,
    golden_of,
    kept,
    made_of,
    pages_of,
)

PAPERS = the_demo_catalogue().papers
MOST_BYTES = 2_000_000
SAMPLE = ("D01", "D09", "D23")
"""Papers that faults are put into: a dense form, a letter, a form of few boxes."""


@cache
def looked_at(id_: str) -> Golden:
    was = kept(id_)
    return golden_of(PAPERS[id_], was.household if was else "")


@pytest.mark.parametrize("id_", PAPERS)
def test_a_paper_looks_as_it_did_when_somebody_last_looked_at_it(id_: str) -> None:
    was, now = kept(id_), looked_at(id_)
    assert was is not None, f"{id_} is new: look at it, then: python -m tests.printing.goldens {id_}"
    assert was.household == now.household, (
        f"{was.household} has no {id_} any more: python -m tests.printing.goldens {id_}"
    )
    found = differences(was, now, id_)
    assert not found, "\n".join(["", *found])


def test_nothing_is_kept_of_papers_that_are_gone_and_all_of_it_is_small() -> None:
    files = list(FOLDER.glob("*"))
    assert {path.name for path in files} == {f"{id_}.txt" for id_ in PAPERS}, "python -m tests.printing.goldens"
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES


@pytest.mark.parametrize("id_", PAPERS)
def test_every_font_of_every_paper_is_embedded_and_none_is_helvetica(id_: str) -> None:
    pdf = looked_at(id_).pdf
    assert b"Helvetica" not in pdf
    descriptors = len(re.findall(rb"/Type /FontDescriptor", pdf))
    assert descriptors == len(re.findall(rb"/FontFile2", pdf)) == len(re.findall(rb"/Subtype /Type0", pdf)) > 0
    assert not re.findall(rb"/Subtype /(TrueType|Type1|Type3)\b", pdf)
    named = set(re.findall(rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf", _streams(pdf)))
    assert not {name for name in named if b"/" + name + b" " not in pdf}, "a font that is used but not in the file"


@pytest.mark.parametrize("id_", SAMPLE)
def test_one_wrong_digit_is_seen_by_the_text_and_named(id_: str) -> None:
    pages, right = _pages(id_), looked_at(id_)
    digits = 0
    for page, mark in _marks(pages, Text):
        assert isinstance(mark, Text)
        if any(letter.isdigit() for letter in mark.text):
            digits += 1
            wrong = replace(mark, text=re.sub(r"\d", lambda found: str((int(found[0]) + 1) % 10), mark.text, count=1))
            now = replace(right, text=made_text(_with(pages, page, mark, wrong)))
            said = differences(right, now, id_)
            assert wrong.text in "".join(said), "the changed line is shown"
            assert f"python -m tests.printing.goldens {id_}" in said[-1]
    assert digits > 2


@pytest.mark.parametrize("id_", SAMPLE)
def test_any_rule_moved_by_three_tenths_of_a_millimetre_is_seen(id_: str) -> None:
    pages, right = _pages(id_), looked_at(id_)
    moved = 0
    for page, mark in [*_marks(pages, Line), *_marks(pages, Rect)]:
        off = 0.3 * POINTS_PER_MM
        wrong = (
            replace(mark, y1=mark.y1 + off, y2=mark.y2 + off)
            if isinstance(mark, Line)
            else replace(mark, x=mark.x + off)  # type: ignore[type-var]
        )
        assert differences(right, replace(right, text=made_text(_with(pages, page, mark, wrong))), id_)
        moved += 1
    assert moved > 5


def test_the_picture_sees_what_the_text_cannot_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words and rules drawn wrong: other digits, no rules, a lighter face."""
    pages, right = _pages("D01"), looked_at("D01")
    assert differences(right, replace(made_of(right.household, pages), text=right.text), "D01") == []

    def drawn(change: object) -> list[str]:
        spoilt = [_each(page, change) for page in pages]
        return differences(right, replace(made_of(right.household, spoilt), text=right.text), "D01")

    assert drawn(lambda mark: replace(mark, text=mark.text.translate(_SHIFTED)) if isinstance(mark, Text) else mark)
    assert drawn(lambda mark: replace(mark, width=mark.width * 2) if isinstance(mark, Line) else mark)
    assert drawn(lambda mark: replace(mark, face="楷体") if isinstance(mark, Text) else mark)
    said = drawn(lambda mark: None if isinstance(mark, Line) else mark)
    assert "mm from the top, though its words and rules are the same" in said[0]


_SHIFTED = {ord(digit): str((int(digit) + 5) % 10) for digit in "0123456789"}


def made_text(pages: list[Page]) -> str:
    from printing.dump import dump

    return dump(pages)


def _pages(id_: str) -> list[Page]:
    return pages_of(PAPERS[id_], demo_cases()[looked_at(id_).household])


def _marks(pages: list[Page], kind: type) -> Iterator[tuple[Page, object]]:
    for page in pages:
        for mark in (*(page.form.marks if page.form else ()), *page.marks):
            if isinstance(mark, kind):
                yield page, mark


def _with(pages: list[Page], at: Page, mark: object, other: object) -> list[Page]:
    return [_each(page, lambda one: other if one is mark else one) if page is at else page for page in pages]


def _each(page: Page, change: object) -> Page:
    def changed(marks: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(made for mark in marks if (made := change(mark)) is not None)  # type: ignore[operator]

    form = Form("changed", changed(page.form.marks)) if page.form else None  # type: ignore[arg-type]
    return replace(page, form=form, marks=changed(page.marks))  # type: ignore[arg-type]


def _streams(pdf: bytes) -> bytes:
    found = []
    for raw in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:
            found.append(raw)
    return b"\n".join(found)
