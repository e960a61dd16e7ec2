"""`clerk pack …`: make, sign, trust, install, list and rehearse county data packs."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from clerk import rehearsal_text, signing
from clerk.atomic import atomic_write
from clerk.errors import UserCanFix
from clerk.pack_files import make_pack, open_pack
from clerk.pack_journal import tell_installed, tell_trusted
from clerk.packs import in_force, install, trust, trusted_keys, unpack, with_pack
from clerk.rehearsal import rehearse
from clerk.shelf_list import shelved
from clerk.store import UnitOfWork, open_store
from forms.language.plan import compile_catalogue
from forms.layers import DEMO, NATIONAL
from forms.loader import load, read_pack
from ui.console import Console
from ui.packs import find_pack, layers_on
from ui.workspace import OFFICE, Where, local_now

NOBODY = "命令行"
"""Who acted where no office has been named yet."""


def pack(arguments: Namespace, console: Console) -> int:
    """Do what `clerk pack` was asked for."""
    acts = {
        "make": _make,
        "keygen": _new_key,
        "trust": _trust,
        "install": _install,
        "list": _list,
        "rehearse": _rehearse,
    }
    acts[arguments.act](arguments, console)
    return 0


def _make(arguments: Namespace, console: Console) -> None:
    described = read_pack(arguments.folder)
    key = signing.read_secret_key(_read(arguments.key)) if arguments.key else None
    comment = f"timestamp:{int(local_now().timestamp())}\tpack:{described.id}\tversion:{described.version}"
    packed = make_pack(arguments.folder, comment, key)
    digest = atomic_write(arguments.out, packed, mode=0o644)
    signer = f"，由 {key.public.id} 签名" if key else "，未签名（不能安装）"
    console.say(f"已写入 {arguments.out}：{described.name} {described.version}{signer}")
    console.give({"文件": str(arguments.out), "SHA256": digest, "签名": key.public.id if key else ""})


def _new_key(arguments: Namespace, console: Console) -> None:
    secret, public = (arguments.name.with_name(arguments.name.name + ending) for ending in (".key", ".pub"))
    for path in (secret, public):
        if path.exists():
            raise UserCanFix(f"「{path}」已经有了，不覆盖，请换一个名字")
    key = signing.new_key()
    atomic_write(secret, key.to_text().encode(), mode=0o600)
    atomic_write(public, key.public.to_text().encode(), mode=0o644)
    console.say(f"密钥 {key.public.id}\n  私钥 {secret}：没有口令，请离线保管，不要发给任何人\n  公钥 {public}：发给各单位核对后导入")
    console.give({"密钥": key.public.id, "私钥": str(secret), "公钥": str(public)})


def _trust(arguments: Namespace, console: Console) -> None:
    where = Where(arguments.data)
    key = trust(where.keys, _read(arguments.key))
    _journal(where, lambda work, actor: tell_trusted(work, key, actor))
    console.say(f"已信任公钥 {key.id}，请确认与发布单位公布的一致")
    console.give({"密钥": key.id})


def _install(arguments: Namespace, console: Console) -> None:
    where = Where(arguments.data)
    one = install(arguments.file, where.packs, trusted_keys(where.keys))
    _journal(where, lambda work, actor: tell_installed(work, one, actor))
    console.say(f"已安装 {one.name} {one.version}，{one.since.isoformat()}起生效")
    console.give({"编号": one.id, "版本": one.version, "生效": one.since.isoformat(), "文件夹": str(one.folder)})


def _list(arguments: Namespace, console: Console) -> None:
    where, day = Where(arguments.data), arguments.on or local_now().date()
    said: list[dict[str, str | None]] = []
    for one in shelved(where.packs, in_force(where.packs, day), day):
        since = one.since.isoformat() if one.since else None
        console.say(f"{one.id}　{one.name}　{one.version}　{since or '—'}起　{one.state}　签名 {one.signer}")
        said.append({"编号": one.id, "名称": one.name, "版本": one.version, "生效": since, "情况": one.state})
    if not said:
        console.note("还没有安装数据包")
    console.give(said)


def _rehearse(arguments: Namespace, console: Console) -> None:
    where = Where(arguments.data)
    with pack_tree(arguments.file, where) as tree:
        new = read_pack(tree)
        day: date = arguments.on or new.since or local_now().date()
        present = layers_on(where, day)
        practice = DEMO in present
        old, trial = (compile_catalogue(load([NATIONAL, *each]), day) for each in (present, with_pack(present, tree)))
        store = open_store(Where(where.folder, practice=practice).store, create=False)
        try:
            with store.reading() as view:
                said = rehearse(view, old, trial, lambda done: console.note(f"{done}户") if done % 100 == 0 else None)
        finally:
            store.close()
    programmes = {**old.catalogue.programmes, **trial.catalogue.programmes}
    console.say(rehearsal_text.to_text(said, programmes))
    console.give(rehearsal_text.to_plain(said))


@contextmanager
def pack_tree(name: str, where: Where) -> Iterator[Path]:
    """A pack's folder: by path or name, or a checked pack file unpacked for the while."""
    if not Path(name).is_file():
        yield find_pack(where, name)
        return
    opened = open_pack(Path(name), trusted_keys(where.keys))
    with tempfile.TemporaryDirectory(prefix="clerk-pack-") as scratch:
        tree = Path(scratch) / Path(name).stem
        unpack(opened, tree)
        yield tree


def _journal(where: Where, tell: Callable[[UnitOfWork, str], object]) -> None:
    """Write down what was done to the shelf; the actor is the office's clerk once one is known."""
    store = open_store(where.store)
    try:
        with store.work() as work:
            kept = work.setting(OFFICE)
            tell(work, kept["clerk"] if kept else NOBODY)
    finally:
        store.close()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UserCanFix(f"读不了「{path}」，请核对路径") from fault
