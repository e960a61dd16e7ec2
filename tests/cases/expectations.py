"""Worked households and what must come out of them: the demo pack's own and the boundary twins beside this file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from clerk import pack_cases
from clerk.pack_cases import Expectation, Judged, Rules, changed
from forms.catalogue import Catalogue
from forms.language.plan import Plan
from forms.loader import DEMO, NATIONAL
from forms.schema import ROOT as HOUSEHOLD

__all__ = [
    "BOUNDARIES",
    "CASES",
    "HOUSEHOLD",
    "LAYERS",
    "RULES",
    "Expectation",
    "Judged",
    "changed",
    "expectations",
    "judge",
    "rules",
]

CASES = DEMO / "cases"
BOUNDARIES = Path(__file__).parent / "boundaries"
LAYERS = CASES / "layers"
RULES = Rules([NATIONAL, DEMO], LAYERS)


def expectations(folder: Path) -> list[Expectation]:
    """Every expectation of a folder about the demo pack's households, in file order."""
    return list(pack_cases.expectations(folder, CASES))


def judge(expectation: Expectation) -> Judged:
    """Judge by the demo catalogue with the expectation's extra layers."""
    return pack_cases.judge(expectation, RULES)


def rules(layers: tuple[str, ...], on: date) -> tuple[Catalogue, Plan]:
    """The demo catalogue with extra layers, and its plan for a day."""
    return RULES.catalogue(layers), RULES.plan(layers, on)
