"""The data we ship: read without a fault, sound on every day anything changes, the same from the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.cache import load_cached
from forms.catalogue import Catalogue
from forms.language.plan import compile_catalogue
from forms.loader import DEMO, NATIONAL, load
from forms.rules import change_points


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load([NATIONAL, DEMO])


def test_the_national_layer_stands_alone() -> None:
    assert load([NATIONAL]).packs[0].level == "全国"


def test_the_demo_pack_says_that_its_amounts_are_invented(catalogue: Catalogue) -> None:
    national, demo = catalogue.packs
    assert (national.demo, demo.demo, demo.region) == (False, True, "990101")
    assert "虚构" in demo.name


def test_every_rule_is_sound_on_every_day_anything_changes(catalogue: Catalogue) -> None:
    days = change_points(catalogue)
    assert len(days) > 3
    assert all(compile_catalogue(catalogue, day).on == day for day in days)


def test_the_invented_county_and_its_neighbours_are_known(catalogue: Catalogue) -> None:
    assert catalogue.regions["990101"] == "示例县"
    assert all(code.startswith(("98", "99")) for code in catalogue.regions)


def test_a_kept_catalogue_of_the_shipped_data_equals_a_fresh_one(catalogue: Catalogue, tmp_path: Path) -> None:
    for _ in range(2):
        assert load_cached([NATIONAL, DEMO], tmp_path / "cache") == catalogue
