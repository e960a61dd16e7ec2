"""A new edition of a paper goes into the office's draft and is published by two; what is published is never edited."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clerk.authoring.drafts import own_layer, start_draft
from clerk.authoring.papers import added_papers, drop_paper, editions_in, keep_paper
from clerk.authoring.shapes import Home
from clerk.errors import UserCanFix
from forms.layers import NATIONAL
from forms.loader import load
from tests.clerk.authoring_desk import OFFICE, a_bench, a_county, put_forward

SHEET = "文书: {id}\n名称: 县样表\n版: '{edition}'\n自: 2027-01-01\n块:\n  - 行: ['现住址:4 | {{{field}}}']\n"


@pytest.fixture
def layers(tmp_path: Path) -> tuple[Path, ...]:
    return NATIONAL, a_county(tmp_path / "county")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def a_sheet(edition: str = "2027", field: str = "现住址", id_: str = "D02") -> str:
    return SHEET.format(id=id_, edition=edition, field=field)


def test_an_edition_in_a_draft_is_a_change_and_is_published_beside_the_old_one(
    layers: tuple[Path, ...], home: Home
) -> None:
    draft = start_draft(home, own_layer(OFFICE), layers)
    path = keep_paper(draft, a_sheet())
    assert path.name == "d02-2027.yaml"
    bench = a_bench(home, layers)
    assert [str(one) for one in bench.changes()] == ["文书「D02」：新增 2027版 县样表，2027-01-01起"]
    done = put_forward(bench, home)
    catalogue = load([*layers, done.installed.folder])
    assert len(catalogue.editions["D02"]) == 2
    old, new = (catalogue.papers_on(day)["D02"].edition for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (old != "2027", new) == (True, "2027")


def test_a_published_edition_is_never_edited_but_a_newer_one_may_follow(layers: tuple[Path, ...], home: Home) -> None:
    keep_paper(start_draft(home, own_layer(OFFICE), layers), a_sheet())
    put_forward(a_bench(home, layers), home)
    draft = start_draft(home, own_layer(OFFICE), layers)
    assert added_papers(draft) == ()
    with pytest.raises(UserCanFix, match="已经发布，用过的版不能改"):
        keep_paper(draft, a_sheet(field="现住地"))
    with pytest.raises(UserCanFix, match="草稿里没有新加的"):
        drop_paper(draft, "D02", "2027")
    keep_paper(draft, a_sheet("2028"))
    assert [one.edition for one in added_papers(draft)] == ["2028"]


def test_an_edition_that_is_not_published_yet_is_replaced_and_taken_out_again(
    layers: tuple[Path, ...], home: Home
) -> None:
    draft = start_draft(home, own_layer(OFFICE), layers)
    assert keep_paper(draft, a_sheet()) == keep_paper(draft, a_sheet(field="现住地"))
    (kept,) = editions_in(draft.tree)
    assert "{现住地}" in str(kept.tree)
    drop_paper(draft, "D02", "2027")
    assert editions_in(draft.tree) == ()


def test_a_faulty_edition_keeps_the_draft_from_being_published(layers: tuple[Path, ...], home: Home) -> None:
    keep_paper(start_draft(home, own_layer(OFFICE), layers), a_sheet(field="现住止"))
    with pytest.raises(UserCanFix, match="没有这个名称「现住止」"):
        put_forward(a_bench(home, layers), home)


def test_a_background_lies_beside_its_paper_through_publishing(layers: tuple[Path, ...], home: Home) -> None:
    text = "文书: X01\n名称: 官方表\n版: '1'\n体: 底图\n张:\n  - 底图: x01-1.png\n    框: [{于: [10, 10, 50, 8], 值: '{现住址}'}]\n"
    draft = start_draft(home, own_layer(OFFICE), layers)
    keep_paper(draft, text, {"x01-1.png": b"\x89PNG\r\n\x1a\n"})
    done = put_forward(a_bench(home, layers), home)
    assert (done.installed.folder / "papers" / "x01-1.png").read_bytes() == b"\x89PNG\r\n\x1a\n"


def test_a_background_that_is_something_else_is_refused(layers: tuple[Path, ...], home: Home) -> None:
    keep_paper(start_draft(home, own_layer(OFFICE), layers), a_sheet(), {"x01-1.png": b"MZ program"})
    with pytest.raises(UserCanFix, match="底图不是它名称所说的文件"):
        put_forward(a_bench(home, layers), home)


def test_papers_with_chinese_ids_have_ascii_file_names(layers: tuple[Path, ...], home: Home) -> None:
    draft = start_draft(home, own_layer(OFFICE), layers)
    names = {keep_paper(draft, a_sheet(edition, id_="县一")).name for edition in ("甲", "乙")}
    assert len(names) == 2
    assert all(name.isascii() for name in names)
