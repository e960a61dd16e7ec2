"""Every paper as it was when somebody last looked at it: its words and rules as text, and its picture by tiles.

`python -m tests.printing.goldens [PAPER…]` writes what papers look like now to `goldens/`, for those that differ: look
at the pages before you commit them. The text (`printing.dump`) is exact to a tenth of a millimetre. The tiles are the
mean greys of 16 × 16 pixels at 100 dpi: a second net for what the text cannot tell, such as a font drawn wrong.
"""

from __future__ import annotations

import base64
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from clerk.fanout import would_file
from clerk.files import read_household_file
from clerk.records import CaseRecord
from clerk.screening import chosen, screen
from forms.language import Evaluator, compile_catalogue
from forms.layers import DEMO
from forms.paper import Paper
from printing.draw import draw
from printing.dump import dump
from printing.marks import Page
from printing.packet import laid_out
from tests.builders import DAY, the_demo_catalogue
from tests.printing.cases import OFFICE

FOLDER = Path(__file__).parent / "goldens"
RENEW = "look at the page, and when it is right: python -m tests.printing.goldens"
NUMBER = "990101001-2026-00001"
DPI, SIDE, APART = 100, 16, 8
"""Dots an inch, pixels a side of a tile, and how far (of 255) the mean grey of a tile may be from what it was."""
_SHOWN = 12
Tiles = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Golden:
    """One paper as it looked: the demo household it was made for, its pages as text, the tiles of each page.

    `pdf` is what was drawn just now; it is not kept.
    """

    household: str
    text: str
    tiles: tuple[Tiles, ...]
    pdf: bytes = field(default=b"", repr=False)

    def written(self) -> str:
        """What is kept in the file."""
        pictures = "".join(f"像 {tiles.shape[1]}×{tiles.shape[0]} {_packed(tiles)}\n" for tiles in self.tiles)
        return f"户 {self.household}\n{self.text}{pictures}"


def differences(was: Golden, now: Golden, name: str) -> list[str]:
    """What is not as it was, in lines to be read by whoever changed it; nothing when all is."""
    lines = list(unified_diff(was.text.splitlines(), now.text.splitlines(), "was", "now", lineterm="", n=0))[2:]
    changed = [line for line in lines if not line.startswith("@@")]
    if changed:
        more = [f"… and {len(changed) - _SHOWN} more"] if len(changed) > _SHOWN else []
        head = f"{name} for household {now.household} is not as it was (kind, mm from the left, mm from the top, …):"
        return [head, *changed[:_SHOWN], *more, f"{RENEW} {name}"]
    return [
        f"{name} page {page} looks different near {across * SIDE * 25.4 / DPI:.0f} mm from the left, "
        f"{down * SIDE * 25.4 / DPI:.0f} mm from the top, though its words and rules are the same; {RENEW} {name}"
        for page, (old, new) in enumerate(zip(was.tiles, now.tiles, strict=True), start=1)
        for down, across in _apart(old, new)[:1]
    ]


def golden_of(paper: Paper, household: str = "") -> Golden:
    """A paper as it looks now, for this demo household when it has the paper, else for the one with most to say on it."""
    cases = demo_cases()
    order = sorted(cases, key=lambda stem: (stem != household, *(-n for n in _closeness(paper, cases[stem])), stem))
    for stem in order:
        if pages := pages_of(paper, cases[stem]):
            return made_of(stem, pages)
    raise LookupError(f"no demo household has {paper.id}")


def made_of(household: str, pages: Sequence[Page]) -> Golden:
    """Pages as they look."""
    pdf = draw(pages, NUMBER)
    return Golden(household, dump(pages), tuple(tiles_of(pdf)), pdf)


def pages_of(paper: Paper, case: CaseFile) -> list[Page]:
    """The first copy of a paper; nothing where the case has no use for it or must not have it."""
    try:
        pages, contents = laid_out(case, {paper.id})
    except UserCanFix:
        return []
    return pages[: contents[0].pages] if contents else []


@cache
def demo_cases() -> Mapping[str, CaseFile]:
    """Every demo household filed for all it may receive; no store, no clock, and no digest of packs that print."""
    catalogue = the_demo_catalogue()
    plan = compile_catalogue(catalogue, DAY)
    cases = {}
    for path in sorted((DEMO / "cases").glob("*.yaml")):
        if path.stem.endswith("expect"):
            continue
        household = read_household_file(path.read_text(encoding="utf-8"), catalogue, DAY)
        offers = chosen(screen(Evaluator(plan, household), catalogue), ["all"])
        applications = tuple(
            replace(one, number=f"{NUMBER}-{place:02d}", case_number=NUMBER, packs="0" * 64)
            for place, one in enumerate(would_file(household, offers, plan), start=1)
        )
        record = CaseRecord(NUMBER, "h", 1, household, applications, OFFICE, DAY)
        cases[path.stem] = CaseFile(record, plan, DAY, DAY)
    return cases


def kept(paper: str) -> Golden | None:
    """What is kept of a paper; None when nobody looked at it yet."""
    path = FOLDER / f"{paper}.txt"
    if not path.is_file():
        return None
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    text = "".join(f"{line}\n" for line in lines if not line.startswith("像 "))
    return Golden(first[2:], text, tuple(_unpacked(line) for line in lines if line.startswith("像 ")))


def tiles_of(pdf: bytes) -> list[Tiles]:
    """The mean grey of each tile of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_tiles(page) for page in document]
    finally:
        document.close()


def renew(wanted: Sequence[str]) -> list[str]:
    """Write what papers look like now where that differs, and take away what belongs to no paper; what was changed."""
    FOLDER.mkdir(exist_ok=True)
    papers = the_demo_catalogue().papers
    changed = []
    for path in FOLDER.glob("*.txt"):
        if path.stem not in papers:
            path.unlink()
            changed.append(f"{path.stem} (no such paper any more)")
    for id_ in wanted or papers:
        was = kept(id_)
        now = golden_of(papers[id_], was.household if was else "")
        if was is None or differences(was, now, id_):
            (FOLDER / f"{id_}.txt").write_text(now.written(), encoding="utf-8")
            changed.append(id_)
    return changed


def _closeness(paper: Paper, case: CaseFile) -> tuple[int, int]:
    """How many of the case's applications the paper belongs to, then how many there are at all."""
    programmes = [case.catalogue.programmes[one.programme] for one in case.record.applications]
    own = sum(one.id in paper.programmes or paper.id in one.papers for one in programmes)
    return own, len(programmes)


def _tiles(page: pypdfium2.PdfPage) -> Tiles:
    bitmap = page.render(scale=DPI / 72, grayscale=True)
    grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
    down, across = -(-bitmap.height // SIDE), -(-bitmap.width // SIDE)
    whole = np.full((down * SIDE, across * SIDE), 255, np.uint8)
    whole[: bitmap.height, : bitmap.width] = grey
    page.close()
    return whole.reshape(down, SIDE, across, SIDE).mean(axis=(1, 3)).round().astype(np.uint8)


def _apart(was: Tiles, now: Tiles) -> list[tuple[int, int]]:
    if was.shape != now.shape:
        return [(0, 0)]
    far = np.abs(was.astype(np.int16) - now.astype(np.int16)) > APART
    return [(int(down), int(across)) for down, across in np.argwhere(far)]


def _packed(tiles: Tiles) -> str:
    return base64.b85encode(zlib.compress(tiles.tobytes(), 9)).decode("ascii")


def _unpacked(line: str) -> Tiles:
    _, size, data = line.split(" ", 2)
    across, _, down = size.partition("×")
    cells = np.frombuffer(zlib.decompress(base64.b85decode(data)), np.uint8)
    return cells.reshape(int(down), int(across))


if __name__ == "__main__":
    made = renew(sys.argv[1:])
    sys.stdout.write(f"{len(made)} renewed{': ' if made else ''}{'、'.join(made)}\n")
