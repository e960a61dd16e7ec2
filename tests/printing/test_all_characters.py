"""Every character a name may be written with is drawn and read back, and long names stand whole on every paper."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from clerk.casefile import CaseFile
from forms.language.facts import ROOT_ROW
from forms.schema import ROOT, Expression, Kind
from printing.case_values import CaseValues
from printing.draw import draw
from printing.layout import lay_out
from printing.marks import A4, FACES, KAI, Page, Text
from tests.builders import the_demo_catalogue
from tests.printing.accounting import Tokens, dues, words
from tests.printing.cases import a_household, file_case, names
from tests.printing.homes import standard_characters
from tests.printing.pages import texts_of

PAPERS = the_demo_catalogue().papers
LONG = 25
LEVEL_3 = [(0x3400, 0x4DB5), (0x4E00, 0x9FEF), (0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D)]
LEVEL_3 += [(0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0)]
"""The assigned characters of the Han blocks that GB 18030-2022 level 3 asks for."""


def read_back(text: str, face: str) -> str:
    """A text drawn 45 characters a line, 60 lines a page, and taken out of the PDF again."""
    lines = [text[at : at + 45] for at in range(0, len(text), 45)]
    pages = [
        Page(
            *A4,
            None,
            tuple(Text(30, 815 - 13 * at, 11, face, line) for at, line in enumerate(lines[start : start + 60])),
        )
        for start in range(0, len(lines), 60)
    ]
    return "".join(texts_of(draw(pages, "核对")))


@pytest.mark.parametrize("face", FACES)
def test_all_8105_standard_characters_are_drawn_and_read_back_exactly(face: str) -> None:
    text = standard_characters()
    assert len(text) == 8105
    assert read_back(text, face) == text


def test_a_thousand_characters_of_gb_18030_level_3_are_drawn_and_read_back_exactly() -> None:
    points = [point for first, last in LEVEL_3 for point in range(first, last + 1)]
    text = "".join(map(chr, sorted(random.Random(18030).sample(points, 1000))))
    assert sum(ord(character) > 0xFFFF for character in text) > 500
    assert read_back(text, KAI) == text


@dataclass
class LongNames(Tokens):
    """A case in which everybody who is named is named by 25 characters that stand nowhere else."""

    case: CaseFile | None = None
    named: dict[str, str] = field(default_factory=dict)

    def say(self, value: Expression, table: str, row: str, form: str) -> str:
        """A long name where a person is named (in whole), else a word of its own."""
        assert self.case is not None
        kind = self.case.compiled(value, table).type.kind
        if kind not in (Kind.NAME, Kind.MEMBER) or form == "遮":
            return super().say(value, table, row, form)
        token = super().say(value, table, row, form)
        at = len(self.named) * LONG % (len(standard_characters()) - LONG)
        return self.named.setdefault(token, standard_characters()[at : at + LONG])


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    return file_case(tmp_path_factory.mktemp("names"), a_household(names(2)), "低保")


@pytest.mark.parametrize("id_", PAPERS)
def test_a_name_of_25_characters_stands_uncut_wherever_somebody_is_named(id_: str, case: CaseFile) -> None:
    paper = PAPERS[id_]
    values = LongNames(CaseValues(case.evaluator, case.facts), 2, case=case)
    row = ROOT_ROW if paper.each == ROOT else "X0"
    text = words(lay_out(paper, values, row))
    owed = Counter(one.said(values) for one in dues(paper, values, row))
    for name in values.named.values():
        assert text.count(name) >= owed[name], f"{name} is cut or lost on {id_}"


def test_most_papers_name_somebody(case: CaseFile) -> None:
    named = 0
    for paper in PAPERS.values():
        values = LongNames(CaseValues(case.evaluator, case.facts), 1, case=case)
        lay_out(paper, values, ROOT_ROW if paper.each == ROOT else "X0")
        named += bool(values.named)
    assert named > len(PAPERS) / 2


def test_a_real_name_of_25_characters_is_read_back_from_every_pdf_of_the_packet(tmp_path: Path) -> None:
    from printing.packet import packet, wanted

    name = "欧阳" + standard_characters()[7000:7023]
    made = file_case(tmp_path, a_household([name]), "低保")
    text = texts_of(packet(made).pdf)
    named = 0
    for at, one in enumerate(packet(made).contents):
        said = "".join(text[one.first - 1 : one.first - 1 + one.pages])
        paper = wanted(made)[at].paper
        values = CaseValues(made.evaluator, made.facts)
        if not paper.published and any(due.said(values) == name for due in dues(paper, values, one.row)):
            named += 1
            assert name in said, one.name
        assert not re.search(rf"{name[:6]}(?!{name[6]})", said), one.name
    assert named > 5
