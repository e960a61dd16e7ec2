"""Build real things for tests: catalogues, forms, households; every person is invented."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from clerk.identity import check_character
from clerk.intake import Intake
from forms.catalogue import Catalogue
from forms.loader import DEMO, NATIONAL, load

DAY = date(2026, 9, 1)
SMALL = Path(__file__).parent / "clerk" / "small"


@cache
def a_small_catalogue() -> Catalogue:
    """A form of four tables without programmes: what the intake tests type into."""
    return load([SMALL])


@cache
def the_demo_catalogue() -> Catalogue:
    """The shipped national catalogue with the demo county's amounts."""
    return load([NATIONAL, DEMO])


def an_id(born: str = "19800101", order: int = 11, region: str = "990101") -> str:
    """A valid invented number: born yyyymmdd, odd order = male."""
    first17 = f"{region}{born}{order:03d}"
    return first17 + check_character(first17)


def an_intake(catalogue: Catalogue | None = None, day: date = DAY) -> Intake:
    """An empty form on the small catalogue."""
    return Intake(catalogue or a_small_catalogue(), day)
