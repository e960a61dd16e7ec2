"""One way of making pages in a process of its own: it draws what it is asked for, and says what that took.

Reads one request per line (`pages household`), writes one answer per line as JSON: CPU seconds with those of its
children, bytes, peak memory in MB, and whether a name beyond the basic plane can be copied from the PDF.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
from collections.abc import Callable

from printing.marks import Page
from tests.bench.peers import RARE, a_packet

Make = Callable[[list[Page], str], bytes]


def maker(name: str) -> Make:
    """The rival's way of making pages; `module:function`."""
    module, function = name.split(":")
    made: Make = getattr(importlib.import_module(module), function)
    return made


def main(name: str) -> None:
    """Answer requests until there are no more."""
    make = maker(name)
    for line in sys.stdin:
        count, household = map(int, line.split())
        pages = a_packet(count, household)
        before = _spent()
        made = make(pages, f"990101-2026-{household:06d}")
        spent = _spent() - before
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
        answer = {
            "cpu": spent,
            "bytes": len(made),
            "peak": peak,
            "started": _spent(),
            "right": _copied(made, household),
        }
        print(json.dumps(answer), flush=True)


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _copied(made: bytes, household: int) -> bool | None:
    """Whether the rare name comes out of the PDF as it went in; None where this household has none."""
    if household % 10:
        return None
    import pypdfium2

    document = pypdfium2.PdfDocument(made)
    try:
        return RARE in document[0].get_textpage().get_text_bounded()
    finally:
        document.close()


if __name__ == "__main__":
    main(sys.argv[1])
