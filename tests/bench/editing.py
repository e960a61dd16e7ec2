"""One answer edited until list, reasons and next question are up to date, on a household of five and on the busiest."""

from __future__ import annotations

import random
import time
from datetime import date

from clerk.household import Household
from clerk.wording import typed
from forms.language.facts import ROOT_ROW
from forms.loader import DEMO, NATIONAL, load
from forms.schema import ROOT, Kind
from tests.bench.figures import Figure, cpu_of, percentile
from ui.intake.controller import IntakeController
from ui.intake.desk import Spot
from ui.intake.rules import Rules

TODAY = date(2026, 9, 1)
HOUSEHOLDS = {"C01": "a household of five", "C30": "the busiest household, of eight"}


def figures(edits: int = 300) -> list[Figure]:
    """Load, first screening, and `edits` random edits on each household."""
    from clerk.files import read_household_file

    loaded = cpu_of(lambda: load([NATIONAL, DEMO]), runs=3)
    catalogue = load([NATIONAL, DEMO])
    compiled = cpu_of(lambda: Rules(catalogue, TODAY), runs=3)
    found = [
        Figure("load and check the catalogue", _ms(loaded)),
        Figure(f"compile {len(catalogue.programmes)} programmes for a day", _ms(compiled)),
    ]
    for case, who in HOUSEHOLDS.items():
        household = read_household_file(DEMO / "cases" / f"{case}.yaml", catalogue, TODAY)
        controller = IntakeController(catalogue, TODAY, Rules(catalogue, TODAY))
        spots = fill(controller, household)
        start = time.process_time()
        _show(controller)
        first = time.process_time() - start
        took = _edit(controller, spots, edits)
        each = f"{_ms(percentile(took, 0.5))} / {_ms(percentile(took, 0.95))}"
        found += [
            Figure(
                f"full screening of {who} by all {len(catalogue.programmes)} programmes, list and reasons", _ms(first)
            ),
            Figure("  one edit to list, reasons, next question, CPU: p50 / p95", each, aim="p95 ≤ 20 ms"),
        ]
    return found


def fill(controller: IntakeController, household: Household) -> list[Spot]:
    """Type a believed household into an empty desk; returns every answered spot."""
    catalogue, keys = controller.catalogue, {ROOT_ROW: ROOT_ROW}
    intake, later, spots = controller.intake, [], []
    for table in household.tables:
        for old in list(intake.rows(table)):
            intake.remove_row(table, old).tell(controller.evaluator)
    for table, rows in sorted(household.tables.items(), key=lambda item: bool(catalogue.tables[item[0]].owner)):
        for row in rows:
            keys[row.key] = intake.add_row(table, keys[row.owner], row.key).row
            later += [(table, keys[row.key], name, value) for name, value in row.answers.items()]
    later += [(ROOT, ROOT_ROW, name, value) for name, value in household.answers.items()]
    for table, row, name, value in later:
        field = catalogue.field_of(table, name)
        assert field is not None
        text = str(intake.title("成员", str(value))) if field.kind is Kind.MEMBER else typed(value, field, catalogue)
        spot = Spot(table, row, name)
        controller.type(spot, text)
        spots.append(spot)
    for table in household.complete:
        controller.close(table, True)
    return spots


def _edit(controller: IntakeController, spots: list[Spot], edits: int) -> list[float]:
    chance, took = random.Random(7), []
    for _ in range(edits):
        spot = chance.choice(spots)
        was = controller.text(spot)
        for text in ("", was):
            start = time.process_time()
            controller.type(spot, text)
            _show(controller)
            took.append(time.process_time() - start)
    return took


def _show(controller: IntakeController) -> None:
    """What the window shows after each edit: the list with its reasons, and the next question."""
    screening = controller.screening()
    assert screening.offers
    for offer in screening.offers:
        assert offer.judgement.findings is not None


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
