"""What a dry run found, line by line: what a person decides, what is wrong, what is only doubtful, what to know. Qt-free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.policy.table import Row

if TYPE_CHECKING:
    from clerk.exchange.trial import Question, Trial

MOST = 500
"""Lines that are shown; all of them can be written out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: the row of their sheet (0: the sheet as a whole), its column, the words, what is to be done about it."""

    row: int
    column: str
    words: str
    state: str
    tone: str
    question: bool = False
    open: bool = False


def findings(trial: Trial, questions: Mapping[int, Question], decided: Mapping[int, str]) -> list[Finding]:
    """Questions first, then problems, hints and notes, each in the order of the rows; answered questions stay to be changed."""
    return [
        *(_asked(question, decided.get(row, "")) for row, question in sorted(questions.items())),
        *_wrong(trial),
        *(Finding(one.row, one.column, one.message, "提示", "quiet") for one in sorted(trial.hints, key=_place)),
        *(Finding(0, "", words, "说明", "quiet") for words in trial.notes),
    ]


def rows_of(found: Sequence[Finding]) -> list[Row]:
    """The lines as the table shows them, the first ones of many with a word about the rest."""
    shown = [
        Row((str(one.row) if one.row else "—", one.column or "—", one.words, one.state), one, one.tone)
        for one in found[:MOST]
    ]
    if len(found) > MOST:
        shown.append(Row(("—", "—", f"还有 {len(found) - MOST} 处没有列出，F7 可以全部写出", ""), None))
    return shown


def _asked(question: Question, answer: str) -> Finding:
    given = next((option.words for option in question.options if option.key == answer), "")
    state, tone = (f"已定：{given}", "yes") if given else ("要定", "wait")
    return Finding(question.row, "", question.words, state, tone, question=True, open=not given)


def _wrong(trial: Trial) -> Iterator[Finding]:
    for one in trial.problems:
        state, tone = ("要改，或写明理由", "wait") if one.passable else ("要改", "bad")
        yield Finding(one.row, one.column, one.message, state, tone, open=True)


def _place(one: object) -> tuple[int, str]:
    return getattr(one, "row", 0), getattr(one, "column", "")
