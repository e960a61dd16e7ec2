"""The frozen shapes of what a death does to a household: where it is noted, who may lead next, what kinship becomes."""

from __future__ import annotations

from dataclasses import dataclass

from forms.places import Place
from forms.schema import Expression

SAME, ASK = "原样", "待问"
"""What a line of kinship may say instead of a word of the code list: it stays as it is; only the household can say."""
SEXES = ("男", "女")
ORDERS = ("长", "幼")


@dataclass(frozen=True, slots=True)
class Death:
    """How the form notes a death (身故表).

    A member with an answer in `day` has died; the row then moves to `table`, keeps its key, and takes along the answers
    of `copied`; `kinship` is what the person was. `stop` and `review` are filled by the program: the first month no
    longer paid and the last day of the re-check, so many months (standards `stop_months`, `review_months`) after the
    death. `fit` says of a member who may lead the household, `guardian` (table, field) who answers for one who may not,
    `reason` is the word that rosters give.
    """

    table: str
    day: str
    copied: tuple[str, ...]
    kinship: str
    stop: str
    review: str
    stop_months: str
    review_months: str
    fit: Expression
    guardian: tuple[str, str]
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Recast:
    """One line of 关系换算: what a member is to the new head, by what both were to the old one; empty tells nobody apart.

    `heir` and `member` are groups or words of the code list; `old`, `new`, `sex` the sex of the old head, the new one
    and the member; `age` whether the member is older (长) or younger (幼) than the new head.
    """

    heir: tuple[str, ...]
    member: tuple[str, ...]
    word: str
    old: str = ""
    new: str = ""
    sex: str = ""
    age: str = ""


@dataclass(frozen=True, slots=True)
class Recasting:
    """How kinships are said anew when the person they are counted from has died (关系换算).

    `fields` are the questions that say a kinship to one person, `order` the groups in which a successor is looked for,
    `lines` in their order: the first that fits counts, where none does the household is asked.
    """

    fields: tuple[str, ...]
    order: tuple[str, ...]
    lines: tuple[Recast, ...]
    place: Place
