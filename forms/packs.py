"""Look a data pack over before it is used: what `clerk check` says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from forms.catalogue import Catalogue
from forms.loader import NATIONAL, load, read_pack
from forms.reading import DataError, DataErrors


@dataclass(frozen=True, slots=True)
class PackReport:
    """What a check found: the faults as written for the maintainer, and how much of each kind was read."""

    problems: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def good(self) -> bool:
        """True when the pack may be used."""
        return not self.problems


def check(layer: Path) -> PackReport:
    """Load a layer on top of the national one (or alone, when it is the national one), and say every fault.

    Counts are by kind of thing, of the whole laid-over catalogue; none when a fault was found.
    """
    try:
        pack = read_pack(layer)
        alone = pack.level == "全国" or layer.resolve() == NATIONAL.resolve()
        catalogue = load([layer] if alone else [NATIONAL, layer])
    except DataErrors as faults:
        return PackReport(tuple(map(str, faults.errors)), {})
    except DataError as fault:
        return PackReport((str(fault),), {})
    return PackReport((), count(catalogue))


def count(catalogue: Catalogue) -> dict[str, int]:
    """How much of each kind a catalogue holds, by the kind's Chinese name."""
    return {
        "字段": len(catalogue.fields),
        "代码表": len(catalogue.codes),
        "标准": len(catalogue.standards),
        "定义": len(catalogue.definitions),
        "项目": len(catalogue.programmes),
        "兼容": len(catalogue.compatibilities),
        "文书": len(catalogue.papers),
        "花名册": len(catalogue.rosters),
        "放假日": len(catalogue.days_off),
        "区划": len(catalogue.regions),
    }
