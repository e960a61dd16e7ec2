"""The shelf of installed data packs: a folder per pack and version, side by side; the day chooses which is in force.

A later version never replaces an earlier one: until the later one's start (生效) the earlier stays in force, and what was
filed then can be judged again as it was. Packs that somebody laid on the shelf by hand, a folder each, count as well.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from clerk import signing
from clerk.atomic import atomic_write, sync_folder
from clerk.errors import UserCanFix
from clerk.pack_files import MARKER, PackFile, open_pack, read_sums, refuse_part
from clerk.signing import PublicKey
from forms.layers import LEVELS, NATIONAL, files_of

_RECORD, _SUMS, _SEAL, _HALF = ".json", ".sums", ".minisig", ".new-"


@dataclass(frozen=True, slots=True)
class Installed:
    """One version of a pack on the shelf; `key` is who signed it, empty when it was laid there by hand."""

    id: str
    version: str
    name: str
    level: str
    region: str
    since: date
    digest: str
    key: str
    folder: Path


def version_order(version: str) -> tuple[int, ...]:
    """What orders versions: their numbers from left to right, so that 2026.10 follows 2026.9."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def trusted_keys(folder: Path) -> tuple[PublicKey, ...]:
    """The public keys that this office trusts, from the files of a folder."""
    return tuple(signing.read_public_key(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.pub")))


def trust(folder: Path, text: str) -> PublicKey:
    """From now on packs signed by this key may be installed. Raises `UserCanFix` when it is no public key."""
    key = signing.read_public_key(text)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    atomic_write(folder / f"{key.id}.pub", key.to_text().encode())
    return key


def installed(shelf: Path) -> list[Installed]:
    """Every installed version, by pack and version."""
    found = [_recall(path) for path in shelf.glob(f"*/*{_RECORD}")]
    whole = [one for one in found if (one.folder / MARKER).is_file()]
    return sorted(whole, key=lambda one: (one.id, version_order(one.version), one.version))


def in_force(shelf: Path, on: date) -> tuple[Path, ...]:
    """The layers over the national one on a day, in their order: of each pack the last version that has begun."""
    chosen: dict[str, Installed] = {}
    for one in installed(shelf):
        if one.since <= on:
            chosen[one.id] = one
    by_hand = sorted(path.parent for path in shelf.glob(f"*/{MARKER}"))
    if not chosen:
        return tuple(by_hand)
    layers = [(LEVELS.index(one.level), one.id, one.folder) for one in chosen.values()]
    layers += [(level, name, folder) for level, name, folder in map(_by_hand, by_hand) if name not in chosen]
    return tuple(folder for *_, folder in sorted(layers))


def with_pack(layers: Sequence[Path], tree: Path) -> tuple[Path, ...]:
    """Some layers with a pack laid among them by its level, in the place of every other version of it."""
    from forms.loader import read_pack

    packs = {folder: read_pack(folder) for folder in layers}
    new = read_pack(tree)
    kept = [folder for folder, pack in packs.items() if pack.id != new.id]
    packs[tree] = new
    return tuple(sorted([*kept, tree], key=lambda folder: LEVELS.index(packs[folder].level)))


def intact(one: Installed) -> bool:
    """True when the installed files are still the ones that were signed."""
    try:
        listed = read_sums(_beside(one.folder, _SUMS).read_text(encoding="utf-8"))
        found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files_of(one.folder)}
    except (OSError, UserCanFix):
        return False
    return found == listed


def install(file: Path, shelf: Path, keys: Sequence[PublicKey]) -> Installed:
    """Check a pack file, run its own cases, and put it on the shelf beside its earlier versions.

    Raises `UserCanFix` with one sentence and leaves the shelf as it was: everything `open_pack` refuses, a downgrade, a
    pack without a version or a start, one that does not load or whose own cases do not come out.
    """
    opened = open_pack(file, keys)
    shelf.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in shelf.glob(f"{_HALF}*"):
        shutil.rmtree(left, ignore_errors=True)
    half = Path(tempfile.mkdtemp(prefix=_HALF, dir=shelf))
    try:
        tree = half / "pack"
        unpack(opened, tree)
        record = _described(tree, opened)
        _refuse_downgrade(record, shelf)
        refuse_unsound(tree, _others(shelf, record))
        return _shelve(tree, opened, record, shelf)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def unpack(opened: PackFile, folder: Path) -> None:
    """Write a checked pack's files into a new folder."""
    for name, data in opened.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        atomic_write(target, data)


def refuse_unsound(tree: Path, others: Sequence[tuple[int, Path]]) -> None:
    """Raises `UserCanFix` for a pack that does not load, over lower levels or among all, or whose own cases do not come out.

    A pack may lie over what packs of a lower level brought: an office's layer over its county's.
    """
    from clerk.pack_cases import run_cases
    from forms.loader import load, read_pack
    from forms.places import DataErrors

    own = LEVELS.index(read_pack(tree).level)
    among = sorted([*others, (own, tree)])
    over = [NATIONAL, *(folder for level, folder in sorted(others) if level < own), tree]
    whole = [NATIONAL, *(folder for _, folder in among)]
    try:
        load(over)
        if whole != over:
            load(whole)
    except DataErrors as faults:
        more = f"（共{len(faults.errors)}处错误）" if len(faults.errors) > 1 else ""
        raise UserCanFix(f"数据包读不通：{str(faults.errors[0]).removeprefix('pack/')}{more}") from faults
    _, wrong = run_cases(tree, over)
    if wrong:
        more = f"（共{len(wrong)}处不符）" if len(wrong) > 1 else ""
        raise UserCanFix(f"数据包自带的案例不通过：{wrong[0]}{more}")


def _described(tree: Path, opened: PackFile) -> Installed:
    from forms.loader import read_pack
    from forms.places import DataError, DataErrors

    try:
        pack = read_pack(tree)
    except DataErrors as faults:
        raise UserCanFix(f"数据包读不通：{str(faults.errors[0]).removeprefix('pack/')}") from faults
    except DataError as fault:
        raise UserCanFix(f"数据包读不通：{str(fault).removeprefix('pack/')}") from fault
    refuse_part(pack.id, "编号")
    refuse_part(pack.version, "版本")
    if pack.since is None or not version_order(pack.version):
        raise UserCanFix("数据包没有写明版本号和生效日期，不能安装")
    if pack.level == LEVELS[0]:
        raise UserCanFix("全国数据随程序发布，不能作为数据包安装")
    return Installed(
        pack.id, pack.version, pack.name, pack.level, pack.region, pack.since, pack.digest, opened.key.id, tree
    )


def _refuse_downgrade(record: Installed, shelf: Path) -> None:
    same = [one for one in installed(shelf) if one.id == record.id]
    if not same:
        return
    newest = max(same, key=lambda one: version_order(one.version))
    if version_order(record.version) == version_order(newest.version):
        raise UserCanFix(f"「{record.name}」{newest.version} 版已经安装，改动须用新的版本号")
    if version_order(record.version) < version_order(newest.version):
        raise UserCanFix(f"「{record.name}」已安装 {newest.version} 版，不能退回 {record.version} 版")


def _others(shelf: Path, record: Installed) -> list[tuple[int, Path]]:
    """The layers that the new version will lie among on its first day, without its own earlier versions."""
    known = {one.folder: one for one in installed(shelf)}
    found = []
    for folder in in_force(shelf, record.since):
        level, name = (LEVELS.index(known[folder].level), known[folder].id) if folder in known else _by_hand(folder)[:2]
        if name != record.id:
            found.append((level, folder))
    return found


def _shelve(tree: Path, opened: PackFile, record: Installed, shelf: Path) -> Installed:
    """The tree takes its place last: what was half put there does not count."""
    home = shelf / record.id
    home.mkdir(exist_ok=True, mode=0o700)
    target = home / record.version
    if target.exists():
        raise UserCanFix(f"「{target.name}」已在数据包文件夹里，请先移走")
    atomic_write(_beside(target, _SUMS), opened.sums.encode())
    atomic_write(_beside(target, _SEAL), opened.seal.encode())
    plain = asdict(record) | {"since": record.since.isoformat()}
    del plain["folder"]
    atomic_write(_beside(target, _RECORD), json.dumps(plain, ensure_ascii=False, sort_keys=True).encode())
    tree.rename(target)
    sync_folder(home)
    return _recall(_beside(target, _RECORD))


def _recall(path: Path) -> Installed:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        plain["since"] = date.fromisoformat(plain["since"])
        return Installed(**plain, folder=path.with_name(path.name.removesuffix(_RECORD)))
    except (OSError, ValueError, TypeError, KeyError) as fault:
        raise UserCanFix(f"数据包登记「{path.parent.name}/{path.name}」已损坏，请重新安装该数据包") from fault


def _by_hand(folder: Path) -> tuple[int, str, Path]:
    from forms.loader import read_pack

    pack = read_pack(folder)
    return LEVELS.index(pack.level), pack.id, folder


def _beside(folder: Path, ending: str) -> Path:
    return folder.with_name(folder.name + ending)
