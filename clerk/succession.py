"""A member has died: who leads the household next, what everybody is to the new head, and what that does to the form.

Who has died leaves the members, so that no rule, paper or roster counts him, and is noted in a table of his own under the
same row key (身故表); the revisions filed before keep everything. What cannot be known is left to be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from clerk.answers import code_table
from clerk.crosschecks import applicant_codes, applicant_field
from clerk.entry import ADD, RESTORE, Change, Entry
from clerk.intake import Intake
from clerk.landmarks import head_codes, landmarks, words_of
from clerk.periods import months_after
from clerk.wording import say, typed
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.facts import ROOT_ROW, Facts
from forms.language.plan import compile_expression
from forms.language.values import Verdict
from forms.schema import Field, Kind, Option, Value
from forms.succession import ASK, SAME, Death, Recast, Recasting

MEMBER = Kind.MEMBER.value


@dataclass(frozen=True, slots=True)
class Candidate:
    """One member who may lead the household: what he was to the dead, when he was born, whether he is fit to.

    `guardians` are named where he is not, or where that is not known.
    """

    row: str
    name: str
    kinship: str
    born: date | None
    fit: Verdict
    guardians: tuple[str, ...] = ()


def died(facts: Facts, catalogue: Catalogue) -> list[str]:
    """The members with a day of death who still stand among the members."""
    death = catalogue.death
    return [row for row in facts.rows(MEMBER) if facts.answer(MEMBER, death.day, row) is not None] if death else []


def led(facts: Facts, catalogue: Catalogue, row: str) -> list[Field]:
    """The questions whose kinships are counted from a member: he is the applicant, the head, both, or neither (empty)."""
    fields = _recasting(catalogue).fields if catalogue.recasting else ()
    asked = [field for name in fields if (field := catalogue.field_of(MEMBER, name))]
    return [field for field in asked if facts.answer(MEMBER, field.id, row) in _own_codes(catalogue, field)]


def heirs(dead: str, evaluator: Evaluator) -> tuple[Candidate, ...]:
    """Who may lead the household after a member's death, the nearest kin first, the elder before the younger.

    Fit ones, then those not known to be; where there is nobody, everybody else with their guardians. Empty when the dead
    led nothing.
    """
    facts, catalogue = evaluator.cells.facts, evaluator.plan.catalogue
    fields = led(facts, catalogue, dead)
    if not fields:
        return ()
    gone = {dead, *died(facts, catalogue)}
    found = [_candidate(row, fields[0], evaluator) for row in facts.rows(MEMBER) if row not in gone]
    ranks = {Verdict.YES: 0, Verdict.UNKNOWN: 1, Verdict.NO: 2}
    order = [*_recasting(catalogue).order, ""]

    def near(one: Candidate) -> tuple[int, int, date]:
        option = _option(facts, catalogue, fields[0], one.row)
        group = option.group if option and option.group in order else ""
        return ranks[one.fit], order.index(group), one.born or date.max

    able = [one for one in found if one.fit is not Verdict.NO]
    return tuple(sorted(able or found, key=near))


def recast(facts: Facts, catalogue: Catalogue, dead: str, heir: str) -> Iterator[tuple[Field, str, str | None]]:
    """What each living member is to the new head, by question and row, as a code; None where only the household can say."""
    for field in led(facts, catalogue, dead):
        own = min(_own_codes(catalogue, field))
        for row in facts.rows(MEMBER):
            if row == heir:
                yield field, row, own
            elif row != dead:
                yield field, row, _kinship(facts, catalogue, field, (dead, heir, row))


def settle(intake: Intake, dead: str, heir: str | None) -> Change:
    """Take a dead member out of the form and note him; `heir` leads from now on, None where the dead led nothing.

    The first month no longer paid and the last day of the re-check follow from the day of death; both can be changed.
    """
    catalogue, death = intake.catalogue, _death(intake.catalogue)
    said = list(recast(intake, catalogue, dead, heir)) if heir else []
    noted = dict(_noted(intake, death, dead))
    change = intake.apply(Entry(death.table, dead, ADD, ROOT_ROW)) + intake.apply(Entry(death.table, dead, RESTORE, ""))
    for name, text in noted.items():
        change += intake.type(death.table, dead, name, text)
    change += intake.remove_row(MEMBER, dead)
    for field, row, code in said:
        change += intake.type(MEMBER, row, field.id, typed(code, field, catalogue) if code else "")
    choices = catalogue.choices
    for row in intake.rows(choices.table) if choices else ():
        if choices and intake.text(choices.table, choices.subject, row) == dead:
            change += intake.remove_row(choices.table, row)
    return change


def way_back(intake: Intake, dead: str) -> Callable[[], Change]:
    """What takes a settled death back, made before it is settled: the member stands again, all kinships as they were."""
    catalogue, death = intake.catalogue, _death(intake.catalogue)
    names = _recasting(catalogue).fields
    before = {(row, name): intake.text(MEMBER, name, row) for row in intake.rows(MEMBER) for name in names}
    choices = catalogue.choices
    chosen = list(intake.rows(choices.table)) if choices else []

    def back() -> Change:
        change = intake.restore_row(MEMBER, dead) + intake.remove_row(death.table, dead)
        for row in chosen:
            change += intake.restore_row(choices.table, row) if choices else Change()
        for (row, name), text in before.items():
            if text != intake.text(MEMBER, name, row):
                change += intake.type(MEMBER, row, name, text)
        return change

    return back


def _noted(intake: Intake, death: Death, dead: str) -> Iterator[tuple[str, str]]:
    catalogue = intake.catalogue
    for name in death.copied:
        yield name, intake.text(MEMBER, name, dead)
    kinship = applicant_field(catalogue)
    yield death.kinship, intake.text(MEMBER, kinship.id, dead) if kinship else ""
    day = intake.answer(MEMBER, death.day, dead)
    if not isinstance(day, date):
        return
    stop, review = (_months(catalogue, name, day) for name in (death.stop_months, death.review_months))
    if stop is not None:
        field = intake.field(death.table, death.stop)
        yield death.stop, typed(months_after(day.replace(day=1), stop), field, catalogue)
    if review is not None:
        yield death.review, typed(months_after(day, review), intake.field(death.table, death.review), catalogue)


def _months(catalogue: Catalogue, name: str, day: date) -> int | None:
    """How many months a standard says on a day; None while nothing is in force."""
    value = catalogue.standards[name].on(day)
    said = value.values.get(()) if value else None
    return said if isinstance(said, int) else None


def _candidate(row: str, field: Field, evaluator: Evaluator) -> Candidate:
    facts, plan = evaluator.cells.facts, evaluator.plan
    catalogue, marks, death = plan.catalogue, landmarks(plan.catalogue), _death(plan.catalogue)
    answer = evaluator.value(compile_expression(death.fit, MEMBER, plan), row)
    fit = Verdict.UNKNOWN if not isinstance(answer, bool) else Verdict.YES if answer else Verdict.NO
    born = facts.answer(MEMBER, marks.born.id, row) if marks.born else None
    table, name = death.guardian
    guardians = [facts.answer(table, name, key) for key in facts.rows(table, row)] if fit is not Verdict.YES else []
    return Candidate(
        row,
        words_of(facts, marks.name, row),
        say(facts.answer(MEMBER, field.id, row), Kind.OPTION, catalogue, field.codes),
        born if isinstance(born, date) else None,
        fit,
        tuple(str(each) for each in guardians if each),
    )


def _kinship(facts: Facts, catalogue: Catalogue, field: Field, who: tuple[str, str, str]) -> str | None:
    dead, heir, row = who
    heads, members = (_words(_option(facts, catalogue, field, one)) for one in (heir, row))
    if not heads or not members:
        return None
    known = (*(_sex(facts, catalogue, one) for one in (dead, heir, row)), _age(facts, catalogue, row, heir))
    for line in _recasting(catalogue).lines:
        if not heads & set(line.heir) or not members & set(line.member):
            continue
        fits = _fits(line, known)
        if fits is None:
            return None
        if fits:
            return _code(facts, catalogue, field, (row, line.word))
    return None


def _fits(line: Recast, known: Sequence[str]) -> bool | None:
    """Whether what a line asks for is so; None when something it asks for is not known."""
    asked = [
        (wanted, told) for wanted, told in zip((line.old, line.new, line.sex, line.age), known, strict=True) if wanted
    ]
    if any(told and told != wanted for wanted, told in asked):
        return False
    return True if all(told for _, told in asked) else None


def _code(facts: Facts, catalogue: Catalogue, field: Field, said: tuple[str, str]) -> str | None:
    row, word = said
    if word == ASK:
        return None
    if word == SAME:
        answer = facts.answer(MEMBER, field.id, row)
        return answer if isinstance(answer, str) else None
    return code_table(catalogue, field.codes).code(word)


def _sex(facts: Facts, catalogue: Catalogue, row: str) -> str:
    field = landmarks(catalogue).sex
    answer: Value | None = facts.answer(MEMBER, field.id, row) if field else None
    return say(answer, Kind.OPTION, catalogue, field.codes)[:1] if field and answer is not None else ""


def _age(facts: Facts, catalogue: Catalogue, row: str, heir: str) -> str:
    """Whether a member is older (长) or younger (幼) than the new head; nothing where their days of birth do not tell."""
    field = landmarks(catalogue).born
    one, other = (facts.answer(MEMBER, field.id, each) if field else None for each in (row, heir))
    if not isinstance(one, date) or not isinstance(other, date) or one == other:
        return ""
    return "长" if one < other else "幼"


def _option(facts: Facts, catalogue: Catalogue, field: Field, row: str) -> Option | None:
    answer = facts.answer(MEMBER, field.id, row)
    return next((one for one in code_table(catalogue, field.codes).options if one.code == answer), None)


def _words(option: Option | None) -> set[str]:
    return {word for word in (option.label, option.group) if word} if option else set()


def _own_codes(catalogue: Catalogue, field: Field) -> frozenset[str]:
    return (applicant_codes if field == applicant_field(catalogue) else head_codes)(catalogue, field)


def _death(catalogue: Catalogue) -> Death:
    if catalogue.death is None:
        raise ValueError("the form does not say how a death is noted (身故表)")
    return catalogue.death


def _recasting(catalogue: Catalogue) -> Recasting:
    if catalogue.recasting is None:
        raise ValueError("the form does not say how kinships are said anew (关系换算)")
    return catalogue.recasting
