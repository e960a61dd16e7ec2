"""A catalogue kept on disk: the same as a fresh one, and never believed when it may be wrong."""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path

import pytest

from forms import cache
from forms.cache import load_cached
from forms.loader import load
from forms.reading import DataErrors
from tests.forms.small_layer import SMALL, write_layer


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    return write_layer(tmp_path / "national", SMALL)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the data files were really read."""
    seen: list[int] = []

    def counted(layers: list[Path]) -> object:
        seen.append(1)
        return load(layers)

    monkeypatch.setattr(cache, "_read_afresh", counted)
    return seen


def the_file(kept: Path) -> Path:
    (found,) = kept.iterdir()
    return found


def test_a_kept_catalogue_equals_a_fresh_one(layer: Path, kept: Path, loads: list[int]) -> None:
    first, again = load_cached([layer], kept), load_cached([layer], kept)
    assert first == again == load([layer])
    assert len(loads) == 1


def test_a_changed_file_is_read_again(layer: Path, kept: Path, loads: list[int]) -> None:
    load_cached([layer], kept)
    write_layer(layer, {"regions/regions.yaml": '区划:\n  - {码: "990201", 名: 另一市}\n'})
    assert load_cached([layer], kept).regions == {"990201": "另一市"}
    assert len(loads) == 2
    assert the_file(kept)


def test_another_program_does_not_believe_it(
    layer: Path, kept: Path, loads: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_cached([layer], kept)
    monkeypatch.setattr(cache, "_program", lambda: "a newer program")
    load_cached([layer], kept)
    assert len(loads) == 2


@pytest.mark.parametrize("cut", [0, 10, 40, 70, -1])
def test_a_torn_file_is_rebuilt(cut: int, layer: Path, kept: Path, loads: list[int]) -> None:
    whole = load_cached([layer], kept)
    path = the_file(kept)
    path.write_bytes(path.read_bytes()[:cut])
    assert load_cached([layer], kept) == whole
    assert load_cached([layer], kept) == whole
    assert len(loads) == 2


def test_a_flipped_bit_is_noticed(layer: Path, kept: Path, loads: list[int]) -> None:
    load_cached([layer], kept)
    data = bytearray(the_file(kept).read_bytes())
    data[len(data) // 2] ^= 1
    the_file(kept).write_bytes(data)
    load_cached([layer], kept)
    assert len(loads) == 2


class _Wicked:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("wicked",)


def test_a_foreign_pickle_runs_nothing(
    layer: Path, kept: Path, loads: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    load_cached([layer], kept)
    key, body = the_file(kept).read_bytes()[:32], pickle.dumps(_Wicked())
    the_file(kept).write_bytes(key + hashlib.sha256(body).digest() + body)
    load_cached([layer], kept)
    assert len(loads) == 2
    assert not (tmp_path / "wicked").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_a_folder_that_others_may_write_is_not_used(layer: Path, kept: Path, loads: list[int]) -> None:
    kept.mkdir()
    kept.chmod(0o777)
    load_cached([layer], kept)
    load_cached([layer], kept)
    assert len(loads) == 2
    assert list(kept.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_the_folder_is_made_for_its_owner_alone(layer: Path, kept: Path) -> None:
    load_cached([layer], kept)
    assert kept.stat().st_mode & 0o777 == 0o700
    assert the_file(kept).stat().st_mode & 0o077 == 0


def test_a_cache_that_cannot_be_made_does_no_harm(layer: Path, tmp_path: Path, loads: list[int]) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    assert load_cached([layer], tmp_path / "file" / "cache").regions
    assert len(loads) == 1


def test_bad_data_is_refused_and_not_kept(layer: Path, kept: Path) -> None:
    write_layer(layer, {"regions/regions.yaml": "区划: 无\n"})
    with pytest.raises(DataErrors):
        load_cached([layer], kept)
    assert list(kept.iterdir()) == []


def test_a_full_disk_does_no_harm(layer: Path, kept: Path, loads: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert load_cached([layer], kept).regions
    assert list(kept.iterdir()) == []


def test_a_frozen_program_is_known_by_its_executable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "nothing" / "cache.py"))
    with_one = cache._program()
    other = tmp_path / "clerk"
    other.write_bytes(b"another program")
    monkeypatch.setattr("sys.executable", str(other))
    assert cache._program() != with_one
