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
    def packs(self) -> Path:
        """Where the county's own data packs lie, a folder each."""
        return self.folder / "packs"

    @property
    def keys(self) -> Path:
        """Where the public keys lie whose packs may be installed."""
        return self.folder / "trusted-keys"

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
        """All layers in force for this office."""
        return _loaded(self._catalogue)

    @property
    def rules(self) -> Rules:
        """The rules compiled for today; compiled again when the day turns."""
        if self._rules is None or self._rules.on != self.today:
            self._compile()
        return _loaded(self._rules)

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
        """The national layer, then the office's packs in force today; the demo pack in practice."""
        from forms.layers import DEMO, NATIONAL

        if self.where.practice:
            return NATIONAL, DEMO
        from clerk.packs import in_force

        return NATIONAL, *in_force(self.where.packs, self.today)

    def _load_catalogue(self) -> None:
        from forms.cache import load_cached

        self._catalogue = load_cached(self.layers(), self.where.cache)

    def _compile(self) -> None:
        from ui.intake.rules import Rules

        self._rules = Rules(self.catalogue, self.today)

    def _open_store(self) -> None:
        from clerk.store import open_store

        self.where.store.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._store = open_store(self.where.store, now=self.now)


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
