"""Make data packs for tests: the demo pack's own tree with another version, start or amount, and a key to sign it."""

from __future__ import annotations

import shutil
from pathlib import Path

from clerk.pack_files import make_pack
from clerk.signing import SecretKey
from forms.layers import DEMO

KEY = SecretKey(b"\x11" * 8, b"\x22" * 32)
OTHER = SecretKey(b"\x33" * 8, b"\x44" * 32)


def a_tree(folder: Path, version: str = "2026.10", since: str = "2026-10-01", *, cases: bool = False) -> Path:
    """A folder like the demo pack's, as a later version of it."""
    shutil.copytree(DEMO, folder, ignore=None if cases else shutil.ignore_patterns("cases"))
    marker = folder / "pack.yaml"
    text = marker.read_text(encoding="utf-8").replace('"2026.09"', f'"{version}"').replace("2026-04-01", since)
    marker.write_text(text, encoding="utf-8")
    return folder


def replaced(tree: Path, old: str, new: str) -> Path:
    """The tree with some words of its standards replaced."""
    for path in (tree / "standards").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new), encoding="utf-8")
            return tree
    raise AssertionError(f"no standard says {old}")


def a_file(tree: Path, target: Path, key: SecretKey | None = KEY) -> Path:
    """The tree as a pack file."""
    target.write_bytes(make_pack(tree, "timestamp:1760000000\tpack:demo", key))
    return target
