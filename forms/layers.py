"""Where the shipped layers lie, what files a layer has, and the digest that pins their bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

NATIONAL = Path(__file__).parent / "national"
"""The shipped national catalogue."""

DEMO = Path(__file__).parent / "demo-990101"
"""The shipped county pack of invented amounts: tests, demo, practice."""

LEVELS = ("全国", "省", "市", "县", "乡", "单位")
"""What a layer may be for, in the order in which layers are laid over one another."""


def digest_of(layer: Path) -> str:
    """SHA-256 over every file of a layer: its name and its bytes, in name order; hidden files do not count."""
    total = hashlib.sha256()
    for name, path in files_of(layer):
        data = path.read_bytes()
        total.update(f"{name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def files_of(layer: Path) -> list[tuple[str, Path]]:
    """Every file of a layer with its name relative to it, in name order; hidden ones are left out."""
    named = ((path.relative_to(layer).as_posix(), path) for path in layer.rglob("*"))
    return sorted((name, path) for name, path in named if "/." not in f"/{name}" and path.is_file())
