"""Standards in words: the value of a day with its dimensions, since when, by which document, and from which layer and file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from clerk.wording import money, say
from forms.catalogue import Catalogue
from forms.policy import Source, Standard, StandardValue
from forms.schema import Kind, Value

UNVERIFIED = "待核"
PERCENT = 100


@dataclass(frozen=True, slots=True)
class InForce:
    """One standard on one day; `value` is empty when nothing is in force, `next` says what is decided already for later."""

    standard: Standard
    value: str
    since: date | None
    source: Source
    layer: str
    file: str
    next: str

    @property
    def unverified(self) -> bool:
        """True when nobody has read the document: shown as 待核."""
        return self.since is not None and not self.source.verified


def standards_in_force(catalogue: Catalogue, on: date) -> list[InForce]:
    """Every standard with what is in force on a day."""
    layers = {pack.id: pack for pack in catalogue.packs}
    return [_one(standard, catalogue, on, {name: pack.level for name, pack in layers.items()}) for standard in catalogue.standards.values()]


def value_words(standard: Standard, value: StandardValue, catalogue: Catalogue) -> str:
    """All values of one dated value: `城市 832元　农村 632元`; rows that say the same are said together."""
    alike: dict[str, list[str]] = {}
    for key, one in value.values.items():
        alike.setdefault(_plain(one, standard, catalogue), []).append(" ".join(key))
    if list(value.values) == [()]:
        return next(iter(alike))
    return "　".join(f"{'、'.join(names)} {said}" for said, names in alike.items())


def _one(standard: Standard, catalogue: Catalogue, on: date, levels: Mapping[str, str]) -> InForce:
    now = standard.on(on)
    later = sorted((value for value in standard.values if value.period.since > on), key=lambda value: value.period.since)
    coming = "；".join(f"{value.period.since.isoformat()} 起 {value_words(standard, value, catalogue)}" for value in later)
    if now is None:
        place = standard.place
        return InForce(standard, "", None, Source(), "", place.file, coming)
    said = value_words(standard, now, catalogue)
    return InForce(standard, said, now.period.since, now.source, levels.get(now.layer, now.layer), now.place.file, coming)


def _plain(value: Value, standard: Standard, catalogue: Catalogue) -> str:
    if standard.kind is Kind.MONEY and isinstance(value, int):
        return money(value).removesuffix(".00") + "元"
    if standard.kind is Kind.NUMBER and isinstance(value, Fraction) and value < 1 and (value * PERCENT).denominator == 1:
        return f"{value * PERCENT}%"
    return say(value, standard.kind, catalogue, standard.codes, iso=True)
