"""Noting a choice (择一): the rows that say it, in the form while it is typed, or in a household that is filed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from clerk.chosen import choices_of, home_of
from clerk.entry import ADD, RESTORE, Change, Entry
from clerk.household import Household, Row
from clerk.intake import Intake
from clerk.screening import Offer, Screening, Standing, screen
from clerk.wording import paid_words, typed
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.facts import ROOT_ROW, Facts
from forms.schema import ChoiceTable, Kind, Value

Noted = tuple[str, Mapping[str, Value]]
"""The key and the answers of one row that says a choice."""


def rivals_of(offer: Offer, screening: Screening) -> tuple[Offer, ...]:
    """The offers beside which the household has this one only by choice."""
    return tuple(one for one in screening.offers if one.key in offer.rivals)


def note_choice(intake: Intake, taken: Offer, screening: Screening, teller: str) -> Change:
    """Write into the form that the household takes an offer and leaves its rivals; `teller` said so today.

    The same pair for the same member is one row, written anew when the choice is changed.
    """
    catalogue = intake.catalogue
    table, change = _table(catalogue), Change()
    for key, answers in _rows(taken, rivals_of(taken, screening), intake, catalogue, (teller, intake.today)):
        if key not in intake.rows(table.table):
            change += intake.apply(Entry(table.table, key, ADD, ROOT_ROW))
            change += intake.apply(Entry(table.table, key, RESTORE, ""))
        for name, value in answers.items():
            field = intake.field(table.table, name)
            plain = value == "" or field.kind is Kind.MEMBER
            change += intake.type(table.table, key, name, str(value) if plain else typed(value, field, catalogue))
    return change


def choosable(offer: Offer) -> bool:
    """Whether the household may now say that it takes this one of two."""
    return bool(offer.rivals) and offer.standing is not Standing.OPEN


def way_back(intake: Intake) -> Callable[[], Change]:
    """What takes back a choice that is about to be noted: every row that says one stands again as it stands now."""
    table = _table(intake.catalogue).table
    names = [field.id for field in intake.questions(table)]
    before = {row: {name: intake.text(table, name, row) for name in names} for row in intake.rows(table)}

    def back() -> Change:
        change = Change()
        for row in intake.rows(table):
            if row not in before:
                change += intake.remove_row(table, row)
        for row, texts in before.items():
            for name, text in texts.items():
                change += intake.type(table, row, name, text)
        return change

    return back


def with_choices(household: Household, filed: Sequence[Offer], evaluator: Evaluator) -> Household:
    """The household with the choices that filing some offers makes (ask once: what is chosen already stays as it is).

    Nobody is known to have said so; the day is that of the evaluator's plan.
    """
    pending = [one for one in filed if one.standing is Standing.CHOOSE]
    if not pending:
        return household
    plan = evaluator.plan
    whole = screen(evaluator, plan.catalogue)
    rows = [
        Row(key, ROOT_ROW, {name: value for name, value in answers.items() if value != ""})
        for one in pending
        for key, answers in _rows(one, rivals_of(one, whole), household, plan.catalogue, ("", plan.on))
    ]
    table, new = _table(plan.catalogue).table, {row.key for row in rows}
    kept = [row for row in household.tables.get(table, ()) if row.key not in new]
    return replace(household, tables={**household.tables, table: (*kept, *rows)})


def _rows(
    taken: Offer, rivals: Iterable[Offer], facts: Facts, catalogue: Catalogue, told: tuple[str, date]
) -> Iterator[Noted]:
    table, known = _table(catalogue), choices_of(facts, catalogue)
    for left in rivals:
        homes = [home_of(facts, catalogue, one.programme, one.row) for one in (taken, left)]
        home = homes[0] or homes[1]
        answers: dict[str, Value] = {
            table.taken: taken.programme,
            table.left: left.programme,
            table.subject: home,
            table.teller: told[0],
            table.day: told[1],
            table.paid: paid_words(taken.judgement.amounts),
            table.unpaid: paid_words(left.judgement.amounts),
        }
        before = known.get((frozenset((taken.programme, left.programme)), home))
        key = before.row if before else f"{'+'.join(sorted((taken.programme, left.programme)))}@{home}"
        yield key, answers


def _table(catalogue: Catalogue) -> ChoiceTable:
    if catalogue.choices is None:
        raise ValueError("the form has no table of choices (选择表)")
    return catalogue.choices
