"""What of the national catalogue nobody has verified yet (待核): one line each, as kept in unverified.txt.

`python -m tests.cases.unverified` writes the file anew after somebody verified a source or added a rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from forms.catalogue import Catalogue
from forms.loader import NATIONAL, load
from forms.policy import Source

KEPT = Path(__file__).with_name("unverified.txt")


def unverified(catalogue: Catalogue) -> Iterator[str]:
    """`kind programme-or-standard which title` of every condition, amount, standard and pair that is not verified."""
    for words, source in _sourced(catalogue):
        if not source.verified:
            yield "\t".join((*words, source.title))


def _sourced(catalogue: Catalogue) -> Iterator[tuple[tuple[str, ...], Source]]:
    for programme in catalogue.programmes.values():
        yield from ((("条件", programme.id, each.id), each.source) for each in programme.conditions)
        yield from ((("金额", programme.id, each.id), each.source) for each in programme.amounts)
    for standard in catalogue.standards.values():
        yield from ((("标准", standard.id, f"{each.period.since}起"), each.source) for each in standard.values)
    yield from ((("兼容", *rule.programmes), rule.source) for rule in catalogue.compatibilities)


def main() -> None:
    """Write what is not verified today."""
    KEPT.write_text("\n".join(unverified(load([NATIONAL]))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
