"""Keep a loaded catalogue on disk, so that the window need not read and check every data file at each start.

A cached catalogue is used only when it was made from the same bytes by the same program, and lies in a folder that
nobody else may touch; anything else is silently rebuilt. The file holds a SHA-256 of what follows, and only our own
frozen shapes are ever unpickled.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from forms.catalogue import Catalogue
from forms.layers import digest_of

_PLAIN = {
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("datetime", "date"),
    ("fractions", "Fraction"),
}
_SEAL = hashlib.sha256().digest_size


def load_cached(layers: Sequence[Path], cache_dir: Path) -> Catalogue:
    """The catalogue of `layers` as `forms.loader.load` gives it, from `cache_dir` when nothing has changed.

    Raises `DataErrors` as `load` does; never fails because of the cache itself.
    """
    place = _place(layers, cache_dir)
    key = _key(layers)
    if not _is_private(cache_dir):
        return _read_afresh(layers)
    catalogue = _recall(place, key)
    if catalogue is None:
        catalogue = _read_afresh(layers)
        with suppress(OSError, pickle.PicklingError):
            _keep(place, key, catalogue)
    return catalogue


def _read_afresh(layers: Sequence[Path]) -> Catalogue:
    """The loader and its YAML parser are imported only when they are needed: a warm start does without."""
    from forms.loader import load

    return load(layers)


def _place(layers: Sequence[Path], cache_dir: Path) -> Path:
    """One file for each choice of layers, so that a change of data replaces the old file."""
    names = "\0".join(str(layer.resolve()) for layer in layers)
    return cache_dir / f"catalogue-{hashlib.sha256(names.encode()).hexdigest()[:16]}.pickle"


def _key(layers: Sequence[Path]) -> bytes:
    total = hashlib.sha256(_program().encode())
    for layer in layers:
        total.update(f"\0{layer.name}\0{digest_of(layer) if layer.is_dir() else ''}".encode())
    return total.digest()


def _program() -> str:
    """What stands for the program's own version: its sources, or the frozen executable when there are none."""
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    total = hashlib.sha256(sys.version.encode())
    for source in sources:
        total.update(source.read_bytes())
    if not sources:
        frozen = Path(sys.executable).stat()
        total.update(f"{frozen.st_size} {frozen.st_mtime_ns}".encode())
    return total.hexdigest()


def _is_private(folder: Path) -> bool:
    """True when the folder is ours alone; it is made so when it does not exist."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        return False
    return os.name == "nt" or (found.st_uid == os.geteuid() and not stat.S_IMODE(found.st_mode) & 0o077)


def _recall(place: Path, key: bytes) -> Catalogue | None:
    try:
        data = place.read_bytes()
        found, seal, body = data[:_SEAL], data[_SEAL : 2 * _SEAL], data[2 * _SEAL :]
        if found != key or hashlib.sha256(body).digest() != seal:
            return None
        catalogue = _Reader(io.BytesIO(body)).load()
    except Exception:  # noqa: BLE001 - a damaged pickle may raise anything, and every time the answer is: read afresh
        return None
    return catalogue if isinstance(catalogue, Catalogue) else None


def _keep(place: Path, key: bytes, catalogue: Catalogue) -> None:
    import tempfile  # not needed by a warm start

    body = pickle.dumps(catalogue, protocol=pickle.HIGHEST_PROTOCOL)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".catalogue-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(key + hashlib.sha256(body).digest() + body)
        Path(name).replace(place)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


class _Reader(pickle.Unpickler):
    """Unpickles our own frozen shapes and nothing else."""

    def find_class(self, module: str, name: str) -> type:
        """A class of `forms`, or one of a few plain ones."""
        if (module, name) in _PLAIN or module.startswith("forms."):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a catalogue")
