"""What a check of a pack says."""

from __future__ import annotations

from pathlib import Path

from forms.packs import check
from tests.forms.small_layer import SMALL, changed, write_layer


def test_a_good_national_layer_is_counted(tmp_path: Path) -> None:
    report = check(write_layer(tmp_path / "national", SMALL))
    assert report.good
    assert (report.counts["项目"], report.counts["标准"], report.counts["放假日"]) == (2, 3, 8)


def test_every_fault_is_said_as_the_loader_says_it(tmp_path: Path) -> None:
    layer = write_layer(tmp_path / "national", changed("regions/regions.yaml", ("990101", "9901")))
    report = check(layer)
    assert not report.good
    assert report.problems == ("national/regions/regions.yaml:2:10 区划代码「9901」应是 6、9 或 12 位数字",)
    assert report.counts == {}


def test_a_folder_that_is_no_pack_is_said_so(tmp_path: Path) -> None:
    assert "没有 pack.yaml" in check(tmp_path).problems[0]
