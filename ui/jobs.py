"""What the helper process does: make the papers of a case, make the workbook of some rosters. Qt-free, module-level.

The catalogue and its compiled rules stay in the helper between jobs.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clerk.periods import Span
    from clerk.records import CaseRecord
    from forms.language import Plan
    from printing.packet import Packet


def make_packet(record: CaseRecord, layers: tuple[Path, ...], cache: Path, today: date) -> Packet:
    """The packet of a case: the papers it needs, in filing order."""
    from clerk.casefile import CaseFile
    from printing.packet import packet

    return packet(CaseFile(record, _plan(layers, cache, record.accepted), today))


@lru_cache(maxsize=4)
def _plan(layers: tuple[Path, ...], cache: Path, on: date) -> Plan:
    from forms.cache import load_cached
    from forms.language import compile_catalogue

    return compile_catalogue(load_cached(layers, cache), on)
