"""What a window works with: where things are kept, the catalogue of the day, the compiled rules, the store. Qt-free.

Everything is loaded in named steps, so that a window may paint itself first and then load between two frames.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from clerk.settings import Office
    from clerk.store import Store
    from forms.catalogue import Catalogue
    from ui.intake.rules import Rules

T = TypeVar("T")
OFFICE = "office"
TEXT_SIZE = "text_size"
LAST = "last_household"


@dataclass(frozen=True, slots=True)
class Where:
    """The folder of a clerk's own files; practice has its own store and the demo pack."""

    folder: Path
    practice: bool = False

    @property
    def store(self) -> Path:
        """Where the store lies."""
        return self.folder / ("practice" if self.practice else "store")

    @property
    def policy(self) -> Path:
        """Where packs, trusted keys and drafts of rules lie; what is tried out in practice stays apart."""
        return self.folder / "practice-policy" if self.practice else self.folder

    @property
    def packs(self) -> Path:
        """Where the county's own data packs lie, a folder each."""
        return self.policy / "packs"

    @property
    def keys(self) -> Path:
        """Where the public keys lie whose packs may be installed."""
        return self.policy / "trusted-keys"

    @property
    def cache(self) -> Path:
        """Where what can be made again is kept."""
        return self.folder / "cache"


class Workspace:
    """One clerk's desk; `now` tells the time."""

    def __init__(self, where: Where, now: Callable[[], datetime]) -> None:
        self.where, self.now = where, now
        self._catalogue: Catalogue | None = None
        self._rules: Rules | None = None
        self._store: Store | None = None
        self._read: tuple[Path, ...] = ()
        self._stale = False

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """What must be loaded before work can start: words for the clerk, and the act."""
        yield "正在读取表单与政策…", self._load_catalogue
        yield "正在准备规则…", self._compile
        yield "正在打开数据库…", self._open_store

    @property
    def today(self) -> date:
        """The day of this moment."""
        return self.now().date()

    @property
    def catalogue(self) -> Catalogue:
        """All layers in force for this office today."""
        self._renew()
        return _loaded(self._catalogue)

    @property
    def rules(self) -> Rules:
        """The rules of today, the same object until the day turns or a pack was put on the shelf."""
        self._renew()
        if self._rules is None:
            self._compile()
        return _loaded(self._rules)

    def packs_changed(self) -> None:
        """A pack was put on the shelf: whoever asks next gets what is in force now."""
        self._stale = True

    @property
    def store(self) -> Store:
        """The open store."""
        return _loaded(self._store)

    @property
    def ready(self) -> bool:
        """True once everything is loaded."""
        return self._store is not None

    def office(self) -> Office | None:
        """The office's settings, or None before the first start's questions were answered."""
        from clerk.settings import Office

        with self.store.reading() as view:
            kept = view.setting(OFFICE)
        return Office(**kept) if kept else None

    def keep_office(self, office: Office) -> None:
        """Keep the office's settings."""
        with self.store.work() as work:
            work.set_setting(OFFICE, office)
            work.record("更改设置", "设置", actor=office.clerk)

    def setting(self, name: str, default: object = None) -> object:
        """A setting of the window."""
        with self.store.reading() as view:
            return view.setting(name, default)

    def keep_setting(self, name: str, value: object) -> None:
        """Keep a setting of the window."""
        with self.store.work() as work:
            work.set_setting(name, value)

    def close(self) -> None:
        """Close the store."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def layers(self) -> tuple[Path, ...]:
        """The national layer, then the office's packs in force today."""
        return desk_layers(self.where, self.today)

    def _renew(self) -> None:
        """Read packs and rules again when another day has come or the shelf has changed.

        Raises `UserCanFix` for packs that cannot be read: nobody is judged by yesterday's rules unawares.
        """
        if self._rules is None or (self._rules.on == self.today and not self._stale):
            return
        from clerk.errors import UserCanFix
        from forms.places import DataErrors

        try:
            if self._stale or self.layers() != self._read:
                self._load_catalogue()
            self._compile()
        except DataErrors as faults:
            raise UserCanFix(f"今天生效的数据包读不通：{faults.errors[0]}") from faults
        self._stale = False

    def _load_catalogue(self) -> None:
        from forms.cache import load_cached

        layers = self.layers()
        self._catalogue = load_cached(layers, self.where.cache)
        self._read = layers

    def _compile(self) -> None:
        from ui.intake.rules import Rules

        self._rules = Rules(_loaded(self._catalogue), self.today)

    def _open_store(self) -> None:
        from clerk.store import open_store

        self.where.store.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._store = open_store(self.where.store, now=self.now)


def desk_layers(where: Where, on: date) -> tuple[Path, ...]:
    """The national layer, then the packs in force on a day; practice lies over the demo pack until a later version of it begins."""
    from forms.layers import DEMO, NATIONAL

    if where.practice:
        return NATIONAL, *_in_practice(where.packs, on, DEMO)
    from clerk.packs import in_force

    return NATIONAL, *in_force(where.packs, on)


def _in_practice(shelf: Path, on: date, demo: Path) -> tuple[Path, ...]:
    if not shelf.is_dir():
        return (demo,)
    from clerk.packs import in_force
    from forms.layers import LEVELS
    from forms.loader import read_pack

    packs = {folder: read_pack(folder) for folder in (*in_force(shelf, on), demo)}
    if len({pack.id for pack in packs.values()}) < len(packs):
        del packs[demo]
    return tuple(sorted(packs, key=lambda folder: (LEVELS.index(packs[folder].level), packs[folder].id)))


def own_folder(environment: dict[str, str] | None = None) -> Path:
    """Where this person's files belong on this system; `CLERK_HOME` names another place."""
    env = os.environ if environment is None else environment
    if env.get("CLERK_HOME"):
        return Path(env["CLERK_HOME"])
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "clerk"
    return Path(env.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "clerk"


def local_now() -> datetime:
    """The time of the machine, with its zone."""
    return datetime.now().astimezone()


def _loaded(thing: T | None) -> T:
    if thing is None:
        raise RuntimeError("asked before it was loaded")
    return thing
