"""Which data the command line works with: the national layer and a county's, by name, folder, or as installed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clerk.errors import UserCanFix
from clerk.packs import in_force, installed
from clerk.service import Plans
from clerk.settings import Office
from clerk.wording import region_name
from forms.cache import load_cached
from forms.catalogue import Catalogue
from forms.layers import DEMO, NATIONAL
from ui.workspace import Where, local_now

PRACTICE_CLERK = "练习员"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command works with: where the clerk's files are, and the catalogue with its rules."""

    where: Where
    plans: Plans

    @property
    def catalogue(self) -> Catalogue:
        """The layers laid over one another."""
        return self.plans.catalogue


def open_desk(folder: Path, pack: str, on: date | None = None) -> Desk:
    """The desk in `folder`; `pack` is a folder, the name of a shipped or installed pack, or empty: those in force on a day.

    Without an installed pack the demo pack serves, in its own practice store. `on` is today when not given. Raises
    `UserCanFix` for an unknown pack.
    """
    layers = _layers(Where(folder), pack) if pack else layers_on(Where(folder), on or local_now().date())
    where = Where(folder, practice=DEMO in layers)
    return Desk(where, plans_over((NATIONAL, *layers), where, chosen=bool(pack)))


def plans_over(layers: Sequence[Path], where: Where, *, chosen: bool = False) -> Plans:
    """The plans of some layers; a case filed earlier is read by the packs in force then, unless the pack was `chosen`."""
    catalogue = load_cached(layers, where.cache)
    if chosen or where.practice:
        return Plans(catalogue)

    def then(day: date) -> Catalogue:
        own = in_force(where.packs, day)
        return load_cached((NATIONAL, *own), where.cache) if own else catalogue

    return Plans(catalogue, then)


def find_pack(where: Where, name: str) -> Path:
    """The folder of a pack by path or name. Raises `UserCanFix` naming those there are."""
    for folder in (Path(name), where.packs / name, DEMO.parent / name):
        if (folder / "pack.yaml").is_file():
            return folder.resolve()
    known = [DEMO.name, *(path.parent.name for path in sorted(where.packs.glob("*/pack.yaml")))]
    known += [f"{one.id}/{one.version}" for one in installed(where.packs)]
    raise UserCanFix(f"没有数据包「{name}」，可用：{'、'.join(known)}，或写数据包文件夹的路径")


def practice_office(catalogue: Catalogue) -> Office:
    """An office for practice, in the first township of the pack's own region."""
    region = catalogue.packs[-1].region
    towns = sorted(code for code in catalogue.regions if len(code) == 9 and code.startswith(region))
    code = towns[0] if towns else region
    return Office(f"{region_name(code, catalogue)}社会救助窗口（练习）", code, PRACTICE_CLERK)


def layers_on(where: Where, on: date) -> Sequence[Path]:
    """The layers over the national one that are in force on a day; the demo pack while nothing was ever installed."""
    found = in_force(where.packs, on)
    return found or (() if installed(where.packs) else (DEMO,))


def _layers(where: Where, pack: str) -> Sequence[Path]:
    found = find_pack(where, pack)
    return () if found == NATIONAL.resolve() else (DEMO if found == DEMO.resolve() else found,)
