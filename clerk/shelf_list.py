"""What lies on the shelf, in words: every version side by side, who signed it, whether it is whole, whether it counts today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clerk.packs import installed, intact
from forms.layers import NATIONAL

CHANGED, LATER, REPLACED, COUNTS = "文件已被改动", "未到生效日", "已被新版取代", "生效中"
SHIPPED, BY_HAND = "随程序发布", "手工放入，未签名"


@dataclass(frozen=True, slots=True)
class Shelved:
    """One layer as a list shows it: `signer` is a key or how it came without one, `state` one of the four words above."""

    id: str
    name: str
    level: str
    version: str
    since: date | None
    signer: str
    state: str
    folder: Path

    @property
    def counts(self) -> bool:
        """True when it is in force on the day asked for."""
        return self.state == COUNTS

    @property
    def broken(self) -> bool:
        """True when its files are no longer those that were signed."""
        return self.state == CHANGED


def shelved(shelf: Path, present: Sequence[Path], on: date) -> list[Shelved]:
    """The layers present on a day (`present`, by their order) that nobody signed, then every installed version of each pack."""
    from forms.loader import read_pack

    signed = installed(shelf)
    folders = {one.folder for one in signed}
    found = []
    for folder in present:
        if folder not in folders:
            pack = read_pack(folder)
            signer = BY_HAND if shelf in folder.parents else SHIPPED
            found.append(Shelved(pack.id, pack.name, pack.level, pack.version, pack.since, signer, COUNTS, folder))
    for one in signed:
        state = (COUNTS if one.folder in present else LATER if one.since > on else REPLACED) if intact(one) else CHANGED
        found.append(Shelved(one.id, one.name, one.level, one.version, one.since, one.key, state, one.folder))
    return sorted(found, key=lambda one: one.folder != NATIONAL)
