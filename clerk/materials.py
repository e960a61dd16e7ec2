"""What the applications of a case still ask for: materials, each once with how it is brought, and answers not yet given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clerk.answers import code_table
from clerk.household import Household
from clerk.records import Application, CaseRecord
from clerk.screening import Standing, screen
from clerk.titles import gap_title, row_title
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.plan import ProgrammePlan
from forms.language.values import Verdict
from forms.policy import BROUGHT, Bond, Programme

ENCLOSURE, TITLE, SORT, SHAPE = "附件", "材料名称", "材料种类", "材料形式"
"""Where the form lists what was handed over: the table, what a paper is called, its sort, and its shape (原件, 复印件 …)."""
_ASIDE = re.compile(r"[（(][^（）()]*[）)]|\s+")


@dataclass(frozen=True, slots=True)
class Needed:
    """One material of a case: its name, how it is brought (提交, 系统核对免提交, 告知承诺), what asks for it.

    `received` is True once the household's list of enclosures names it.
    """

    name: str
    means: str
    programmes: tuple[Programme, ...]
    received: bool = False

    @property
    def owed(self) -> bool:
        """Whether the applicant still has to bring it."""
        return self.means == BROUGHT and not self.received


@dataclass(frozen=True, slots=True)
class Unsaid:
    """One answer, list or standard that is still missing, in words, and the programmes that wait for it."""

    words: str
    programmes: tuple[Programme, ...]


def needed(record: CaseRecord, evaluator: Evaluator) -> tuple[Needed, ...]:
    """The materials of all applications in programme order; one whose need is not yet known is asked for."""
    found: dict[tuple[str, str], list[Programme]] = {}
    for application, plan in _plans(record, evaluator):
        for name, means in _asked(plan, evaluator, application.subject):
            _note(found.setdefault((name, means), []), plan)
    here = handed_over(record.household, evaluator.plan.catalogue)
    return tuple(
        Needed(name, means, tuple(askers), is_received(name, here)) for (name, means), askers in found.items()
    )


def owed(programme: str, subject: str, evaluator: Evaluator, here: frozenset[str]) -> tuple[str, ...]:
    """What one programme still asks to be brought, before it is filed or after; `here` is what was handed over."""
    plan = evaluator.plan.programmes[programme]
    asked = (Needed(name, means, (), is_received(name, here)) for name, means in _asked(plan, evaluator, subject))
    return tuple(dict.fromkeys(one.name for one in asked if one.owed))


def unsaid(record: CaseRecord, evaluator: Evaluator) -> tuple[Unsaid, ...]:
    """What the applications' conditions and amounts still have to be told, each once."""
    facts, catalogue = evaluator.cells.facts, evaluator.plan.catalogue
    found: dict[str, list[Programme]] = {}
    for application, plan in _plans(record, evaluator):
        for gap in evaluator.judge(application.programme, application.subject).missing:
            _note(found.setdefault(gap_title(facts, catalogue, gap), []), plan)
    chosen = tuple(Unsaid(words, programmes) for words, programmes in _unchosen(evaluator))
    return chosen + tuple(Unsaid(words, tuple(askers)) for words, askers in found.items())


def _unchosen(evaluator: Evaluator) -> Iterator[tuple[str, tuple[Programme, ...]]]:
    """What the household has yet to choose (择一), each pair once; a household without such a pair is not screened for it."""
    catalogue, facts = evaluator.plan.catalogue, evaluator.cells.facts
    pairs = [set(rule.programmes) for rule in catalogue.compatibilities if rule.bond is Bond.CHOOSE]
    spoken = set[str]().union(*pairs)
    able = {name for name, row in evaluator.pairs() if name in spoken and evaluator.verdict(name, row) is Verdict.YES}
    if not any(pair <= able for pair in pairs):
        return
    told: set[frozenset[tuple[str, str]]] = set()
    for offer in screen(evaluator, catalogue).standing(Standing.CHOOSE):
        for rival in offer.rivals:
            if (pair := frozenset((offer.key, rival))) in told:
                continue
            told.add(pair)
            both = (catalogue.programmes[offer.programme], catalogue.programmes[rival[0]])
            whose = row_title(facts, catalogue, both[0].subject, offer.row)
            yield f"{whose}：{both[0].name}和{both[1].name}只能选一项，请选定", both


def names(programmes: Iterable[Programme]) -> str:
    """Programmes by name."""
    return "、".join(dict.fromkeys(one.name for one in programmes))


def grounds(programmes: Iterable[Programme]) -> str:
    """The first source of each programme: what asks for a material."""
    return "；".join(dict.fromkeys(str(one.sources[0]) for one in programmes if one.sources))


def handed_over(household: Household, catalogue: Catalogue) -> frozenset[str]:
    """The names of the papers that the household's list of enclosures holds, bare of their shape and of remarks."""
    if ENCLOSURE not in catalogue.tables:
        return frozenset()
    sort, shape = catalogue.field_of(ENCLOSURE, SORT), catalogue.field_of(ENCLOSURE, SHAPE)
    sorts = {each.code: each.label for each in code_table(catalogue, sort.codes).options} if sort else {}
    shapes = [each.label for each in code_table(catalogue, shape.codes).options] if shape else []
    found: set[str] = set()
    for row in household.rows(ENCLOSURE):
        title, kind = household.answer(ENCLOSURE, TITLE, row), household.answer(ENCLOSURE, SORT, row)
        found.add(_bare(title, shapes) if isinstance(title, str) and title else sorts.get(str(kind), ""))
    return frozenset(found - {""})


def is_received(name: str, here: frozenset[str]) -> bool:
    """Whether a material was handed over: by its whole name, all of its parts (甲、乙), or one of a choice (甲或乙).

    Names must be the same word for word: taking a paper for another would send the household home without it.
    """
    bare = _bare(name, ())
    return bare in here or any(here.issuperset(choice.split("、")) for choice in bare.split("或"))


def _plans(record: CaseRecord, evaluator: Evaluator) -> Iterator[tuple[Application, ProgrammePlan]]:
    for application in record.applications:
        plan = evaluator.plan.programmes.get(application.programme)
        if plan:
            yield application, plan


def _note(askers: list[Programme], plan: ProgrammePlan) -> None:
    if plan.programme not in askers:
        askers.append(plan.programme)


def _bare(name: str, shapes: Iterable[str]) -> str:
    """A paper's name without remarks in brackets, blanks, and the word that says it is a copy."""
    bare = _ASIDE.sub("", name)
    return next((bare.removesuffix(shape) for shape in shapes if bare != shape and bare.endswith(shape)), bare)


def _asked(plan: ProgrammePlan, evaluator: Evaluator, subject: str) -> list[tuple[str, str]]:
    pairs = zip(plan.programme.materials, plan.materials, strict=True)
    return [(one.name, one.means) for one, when in pairs if when is None or evaluator.value(when, subject) is not False]
