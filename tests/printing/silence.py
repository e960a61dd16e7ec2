"""Nothing silent: each answer a household gave stands on the papers that have a box for it, or is named as left out.

What must stand where is worked out anew from the papers' data, the answer and `clerk.wording`, not from what the
layout says it did; then it is looked for in the words of the laid-out pages.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from clerk.casefile import CaseFile
from clerk.household import Household
from clerk.wording import capitals, say
from forms.language.facts import ROOT_ROW
from forms.paper import CellKind, Grid, Slot
from forms.schema import ROOT, Expression, Field, Kind, Option, Value
from printing.copies import values_of
from printing.draw import draw
from printing.layout import lay_out
from printing.left_out import LeftOut, left_out
from printing.marks import Page, Tick
from printing.packet import Wanted, wanted
from printing.values import Values
from tests.printing.accounting import bare, boxes, dues, stands, words
from tests.printing.homes import Homes
from tests.printing.pages import texts_of

_UNIQUE = frozenset({Kind.NAME, Kind.TEXT, Kind.LONG, Kind.ID, Kind.PHONE, Kind.ACCOUNT, Kind.DISABILITY_CARD})
_SURE = 4
"""Random words of so many characters stand nowhere by chance."""
_MARK, _ENTRY_END = re.compile(r"（见附页(\d+)）"), re.compile(r"附\d+|第\d+页共|\Z")
Key = tuple[str, str, str]


@dataclass(slots=True)
class Tally:
    """What a campaign counted; `lost`, `doubled` and `listed` (wrongly left out, or wrongly not) must stay empty."""

    households: int = 0
    papers: int = 0
    pages: int = 0
    answers: int = 0
    boxed: int = 0
    named: int = 0
    read_back: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count what another campaign counted as well."""
        for name in (one.name for one in fields(self)):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def __str__(self) -> str:
        return (
            f"{self.households} households, {self.papers} papers, {self.pages} pages, {self.answers} answers: "
            f"{self.boxed} boxes filled, {self.named} answers named as left out, {self.read_back} boxes read back from "
            f"PDF; {len(self.lost)} lost, {len(self.doubled)} doubled, {len(self.listed)} wrongly listed"
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a paper of one case: what fills it, its pages, and all their words."""

    case: CaseFile
    wish: Wanted
    values: Values
    pages: list[Page]
    text: str


def campaign(homes: Homes, seeds: range, tally: Tally, read: int, large: int) -> None:
    """The households of these seeds, mostly small, every `large`-th one of up to 30 people.

    Every `read`-th one's packet is drawn and its text read from the PDF.
    """
    for seed in seeds:
        dice = random.Random(seed)
        case = homes.case(dice, dice.randrange(1, 31) if seed % large == 1 else 1 + min(7, int(dice.expovariate(0.6))))
        account(case, tally, dice, from_pdf=seed % read == 0)


def account(case: CaseFile, tally: Tally, dice: random.Random, *, from_pdf: bool = False) -> None:
    """Account for every answer of one case: the papers of its packet, and one that prints by itself."""
    alone = [paper.id for paper in case.papers.values() if paper.alone and paper.each == ROOT]
    wishes = [*wanted(case), *wanted(case, dice.sample(alone, 1))]
    told: set[Key] = set()
    said: set[Key] = set()
    tally.households += 1
    for wish in wishes:
        values = values_of(case, wish.paper, wish.row, "", case.record.accepted)
        pages = lay_out(wish.paper, values, wish.row)
        told |= values.told
        text = words(pages)
        copy = Copy(case, wish, values, pages, text)
        tally.papers, tally.pages = tally.papers + 1, tally.pages + len(pages)
        said |= _copy(copy, tally)
        if from_pdf:
            _read_back(copy, tally)
    _list(case, left_out(case, told), said, tally)


def _copy(copy: Copy, tally: Tally) -> set[Key]:
    """The answers one copy must say, each looked for; counts those that stand too seldom or too often."""
    found: set[Key] = set()
    for key, word in _written(copy):
        found.add(key)
        tally.boxed += 1
        if not stands(word, copy.text):
            tally.lost.append(f"{copy.wish.paper.id} {key}: {word}")
    _once(copy, tally)
    found |= _ticked(copy, tally)
    return found


def _written(copy: Copy) -> Iterator[tuple[Key, str]]:
    """Each answer that has a box for words on a copy, and its words."""
    for due in dues(copy.wish.paper, copy.values, copy.wish.row):
        known = _answer(copy.case, due.slot.value, due.table, due.row)
        if known and due.slot.form not in ("遮", "年月"):
            key, asked, value = known
            yield key, in_words(copy.case, asked, value, due.slot)


def _once(copy: Copy, tally: Tally) -> None:
    """No answer stands more often on a copy than it has boxes there (heads may come again on every page)."""
    due = [(bare(one.said(copy.values)), one.head) for one in dues(copy.wish.paper, copy.values, copy.wish.row)]
    told = Counter(said for said, _ in due)
    heads = "".join(said for said, head in due if head)
    ticked = "".join(_tick_words(copy))
    for _, word in _written(copy):
        word = bare(word)
        if len(word) < _SURE or word.isascii() or word in heads:
            continue
        owed = sum(times * said.count(word) for said, times in told.items()) + ticked.count(word)
        if copy.text.count(word) > owed:
            owed += sum(part.count(word) for part in begun(copy.text))
        if copy.text.count(word) > owed and not _is_common(word, copy.case):
            tally.doubled.append(f"{copy.wish.paper.id} {word}: {copy.text.count(word)} for {owed}")


def begun(text: str) -> Iterator[str]:
    """What each cell begins whose text the continuation page says again whole; the same number stands at both.

    A cell may show several answers: those before the cut stand in it whole, and again with the rest of their cell. A cell
    that shows everything begins nothing: what is said again of it stands twice.
    """
    for mark in _MARK.finditer(text):
        head = re.compile(rf"附{mark[1]}(?!\d)(?:(?!（接正表）).)*?（全文）").search(text, mark.end())
        end = _ENTRY_END.search(text, head.end()) if head else None
        if head and end:
            whole = text[head.end() : end.start()]
            parts = (whole[:at] for at in range(len(whole) - 1, 0, -1))
            yield next((part for part in parts if text.endswith(part, 0, mark.start())), "")


def _is_common(word: str, case: CaseFile) -> bool:
    """Words of the catalogue itself (labels of options, names of programmes) stand on papers in their own right."""
    labels = (option.label for table in case.catalogue.codes.values() for option in table.options)
    names = (programme.name for programme in case.catalogue.programmes.values())
    return any(word in bare(own) for own in (*labels, *names, *case.catalogue.regions.values())) or any(
        letter.isdigit() for letter in word
    )


def _ticked(copy: Copy, tally: Tally) -> set[Key]:
    """The answers a copy must tick; as many boxes must be ticked as there are options chosen."""
    found: set[Key] = set()
    due = 0
    for drawn, known in _tick_cells(copy):
        codes = frozenset[str]().union(*(_codes(value) for _, _, value in known))
        due += len(codes & drawn.keys())
        for key, asked, value in known:
            found.add(key)
            tally.boxed += 1
            if not _codes(value) <= drawn.keys():
                word = say(value, asked.kind, copy.case.catalogue, asked.codes)
                if not stands(word, copy.text):
                    tally.lost.append(f"{copy.wish.paper.id} {key}: {word} is not drawn as a box, nor said")
    ticks = sum(isinstance(mark, Tick) and mark.checked for page in copy.pages for mark in page.marks)
    if isinstance(copy.wish.paper.body, Grid) and ticks < due:
        tally.lost.append(f"{copy.wish.paper.id}: {ticks} ticks for {due} options chosen")
    return found


def _tick_words(copy: Copy) -> Iterator[str]:
    for drawn, known in _tick_cells(copy):
        for _, asked, value in known:
            if not _codes(value) <= drawn.keys():
                yield bare(say(value, asked.kind, copy.case.catalogue, asked.codes))


def _tick_cells(copy: Copy) -> Iterator[tuple[dict[str, Option], list[tuple[Key, Field, Value]]]]:
    """For each cell of boxes to tick: the options drawn by code, and the answers it shows."""
    body = copy.wish.paper.body
    if not isinstance(body, Grid):
        return
    for cell, table, row in boxes(copy.wish.paper, body, copy.values, copy.wish.row):
        if cell.kind is not CellKind.TICKS or not isinstance(cell.text[0], Slot):
            continue
        asked = cell.text[0].value
        options = copy.values.options(asked, cell.over or table)
        named = {one.code: one for one in options if one.label in cell.options}
        own_words = not named and len(options) == len(cell.options) == 2
        drawn = named if cell.options and not own_words else {one.code: one for one in options}
        rows = copy.values.rows(cell.over, table, row) if cell.over else (row,)
        answers = (_answer(copy.case, asked, cell.over or table, one) for one in rows)
        yield drawn, [answer for answer in answers if answer]


def _answer(case: CaseFile, expression: Expression, table: str, row: str) -> tuple[Key, Field, Value] | None:
    """The one answer of the household that a box asks for; None where it shows something else, or is not answered."""
    asked = case.compiled(expression, table).type.field
    if asked is None:
        return None
    while table not in (asked.table, ROOT):
        row, table = case.facts.owner(table, row), case.catalogue.tables[table].owner or ROOT
    value = stored(case.record.household, asked, row)
    if value is None or is_void(case, asked, row):
        return None
    return (asked.table, row, asked.id), asked, value


def stored(household: Household, asked: Field, row: str) -> Value | None:
    """What the household itself said, system fields left out."""
    return household.answer(asked.table, asked.id, row)


def is_void(case: CaseFile, asked: Field, row: str) -> bool:
    """Whether a question does not arise (仅当 is no)."""
    relevant = case.plan.relevance.get(asked.key)
    return relevant is not None and case.evaluator.value(relevant, row) is False


def in_words(case: CaseFile, asked: Field, value: Value, slot: Slot) -> str:
    """An answer as papers say it, without asking the papers' own code."""
    if slot.form == "大写" and isinstance(value, int):
        return capitals(value)
    if asked.kind is Kind.MEMBER and isinstance(value, str):
        return case.name(value)
    return say(value, asked.kind, case.catalogue, asked.codes)


def _codes(value: Value) -> frozenset[str]:
    if isinstance(value, bool):
        return frozenset({"是" if value else "否"})
    return value if isinstance(value, frozenset) else frozenset({str(value)})


def _read_back(copy: Copy, tally: Tally) -> None:
    """Draw a copy and look for every box's words in the text of the PDF."""
    text = "".join(texts_of(draw(copy.pages, "核对")))
    for key, word in _written(copy):
        tally.read_back += 1
        if not stands(word, text):
            tally.lost.append(f"PDF of {copy.wish.paper.id} {key}: {word}")


def _list(case: CaseFile, left: tuple[LeftOut, ...], said: set[Key], tally: Tally) -> None:
    """The list names exactly the answers that no paper says, with their words."""
    household = case.record.household
    rows = [(ROOT, ROOT_ROW, household.answers)]
    rows += [(table, row.key, row.answers) for table, found in household.tables.items() for row in found]
    answers = {(table, row, name): value for table, row, told in rows for name, value in told.items()}
    tally.answers += len(answers)
    tally.named += len(left)
    listed = Counter((one.table, one.row, one.field) for one in left)
    tally.listed += [f"named twice: {key}" for key, times in listed.items() if times > 1]
    tally.lost += [f"neither on paper nor listed: {key}" for key in answers.keys() - said - listed.keys()]
    tally.listed += [f"listed and on paper: {key}" for key in listed.keys() & said]
    for one in left:
        asked = case.catalogue.fields[f"{one.table}.{one.field}"]
        word = in_words(case, asked, answers[one.table, one.row, one.field], Slot(Expression("", asked.place)))
        if one.said != word or not one.label.endswith(asked.label) or one.asked is is_void(case, asked, one.row):
            tally.listed.append(f"not as it is: {one}")
