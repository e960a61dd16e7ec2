"""Answers with characters that no font has: whose, which question, which characters. Known before anything is laid out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from clerk.casefile import CaseFile
from clerk.titles import row_title
from forms.language.facts import ROOT_ROW
from forms.schema import ROOT
from printing.faces import missing


@dataclass(frozen=True, slots=True)
class Lost:
    """One answer that cannot be printed: whose and which question in words, where it was asked, and the characters."""

    whose: str
    question: str
    answer: str
    characters: str
    table: str
    field: str
    row: str

    @property
    def advice(self) -> str:
        """What to do about it, in one sentence."""
        if any(unicodedata.category(one) == "Co" for one in self.characters):
            return "这是某台电脑自己造的字，别处都没有：用输入法按证件重新输入这个字。"
        if any(unicodedata.category(one) in ("Cc", "Cf", "Cn", "Cs") for one in self.characters):
            return "这不是文字，多半是粘贴时带进来的：删掉后重新输入。"
        return "与证件核对；证件上确是这个字的，先按通行写法录入，并在备注里写明原字。"

    def codes(self) -> str:
        """The characters by their code points."""
        return "、".join(f"U+{ord(one):04X}" for one in self.characters)


def lost_answers(case: CaseFile) -> tuple[Lost, ...]:
    """The answers of a case's household with characters that no font has, in the order they are kept."""
    return tuple(_lost(case))


def _lost(case: CaseFile) -> Iterator[Lost]:
    household = case.record.household
    rows = [(ROOT, ROOT_ROW, household.answers)]
    rows += [(table, row.key, row.answers) for table, found in household.tables.items() for row in found]
    for table, row, answers in rows:
        for id_, value in answers.items():
            characters = missing([value.replace("\n", "")]) if isinstance(value, str) else ""
            if not characters:
                continue
            field = case.catalogue.field_of(table, id_)
            whose = "" if table == ROOT else row_title(case.facts, case.catalogue, table, row)
            yield Lost(whose, field.label if field else id_, str(value), characters, table, id_, row)
