"""What the packs page does to the shelf: install, trust, list, and try before it counts. Qt-free; the slow ones run in a task."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clerk.packs import Installed
    from clerk.shelf_list import Shelved
    from clerk.signing import PublicKey
    from ui.policy.rehearsing import Tried
    from ui.task import Tell
    from ui.workspace import Workspace


def shelf_of(workspace: Workspace) -> list[Shelved]:
    """Everything this desk could be working with, the national layer first."""
    from clerk.shelf_list import shelved

    return shelved(workspace.where.packs, workspace.layers(), workspace.today)


def install_file(workspace: Workspace, file: Path, tell: Tell) -> Installed:
    """Check a pack file, put it on the shelf, and write that down. UserCanFix with one sentence; then nothing was changed."""
    from clerk.pack_journal import tell_installed
    from clerk.packs import install, trusted_keys

    tell("正在核对签名、内容和自带案例…")
    one = install(file, workspace.where.packs, trusted_keys(workspace.where.keys))
    with workspace.store.work() as work:
        tell_installed(work, one, _actor(workspace))
    return one


def read_key(file: Path) -> PublicKey:
    """The public key in a file. UserCanFix for a file that cannot be read or holds none."""
    from clerk.errors import UserCanFix
    from clerk.signing import read_public_key

    try:
        return read_public_key(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise UserCanFix(f"读不了「{file.name}」，请选公钥文件（通常名为 *.pub）") from fault


def trust_key(workspace: Workspace, key: PublicKey) -> None:
    """Trust a key from now on, and write that down."""
    from clerk.pack_journal import tell_trusted
    from clerk.packs import trust

    trust(workspace.where.keys, key.to_text())
    with workspace.store.work() as work:
        tell_trusted(work, key, _actor(workspace))


def rehearse_folder(workspace: Workspace, folder: Path, on: date | None, tell: Tell) -> Tried:
    """Try a pack's folder on the office's own cases, on a day or on its first."""
    from clerk.packs import with_pack
    from forms.loader import read_pack
    from ui.policy.rehearsing import Trial, rehearse_trial
    from ui.workspace import desk_layers

    pack = read_pack(folder)
    day = on or max(pack.since or workspace.today, workspace.today)
    present = desk_layers(workspace.where, day)
    if folder in present and pack.since is not None:
        present = desk_layers(workspace.where, pack.since - timedelta(days=1))
    return rehearse_trial(workspace, Trial(f"{pack.name} {pack.version}", present, with_pack(present, folder), day), tell)


def rehearse_file(workspace: Workspace, file: Path, tell: Tell) -> Tried:
    """Try a pack file before it is installed; its signature must hold."""
    from clerk.pack_files import open_pack
    from clerk.packs import trusted_keys, unpack

    tell("正在核对签名…")
    opened = open_pack(file, trusted_keys(workspace.where.keys))
    with tempfile.TemporaryDirectory(prefix="clerk-pack-") as scratch:
        tree = Path(scratch) / "pack"
        unpack(opened, tree)
        return rehearse_folder(workspace, tree, None, tell)


def _actor(workspace: Workspace) -> str:
    office = workspace.office()
    return office.clerk if office else ""
