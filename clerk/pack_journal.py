"""What was done to the shelf, written into the journal of events: the pack or key it concerns is the subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clerk.packs import Installed
    from clerk.records import Event
    from clerk.signing import PublicKey
    from clerk.store import UnitOfWork

INSTALLED, TRUSTED = "安装数据包", "信任公钥"


def tell_installed(work: UnitOfWork, one: Installed, actor: str) -> Event:
    """Somebody installed a version of a pack; its history is `view.events(pack id)`."""
    detail = {"名称": one.name, "版本": one.version, "生效": one.since.isoformat(), "签名": one.key, "摘要": one.digest}
    return work.record(INSTALLED, one.id, actor=actor, detail=detail)


def tell_trusted(work: UnitOfWork, key: PublicKey, actor: str) -> Event:
    """Somebody trusted a public key; its history is `view.events("公钥 …")`."""
    return work.record(TRUSTED, f"公钥 {key.id}", actor=actor, detail={"公钥": key.to_text().splitlines()[-1]})
