"""What a preview shows, whatever it was made of: papers in order, each with its own bytes, and their pages counted through. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from printing.packet import Packet
    from ui.paper_jobs import Shown


@dataclass(frozen=True, slots=True)
class Leaf:
    """One paper: what the list calls it, why it is there, the PDF it stands in from page `start` on, its pages."""

    title: str
    why: str
    pdf: bytes
    start: int
    pages: int


class Sheaf:
    """Papers one after another; pages are counted from 0 over all of them."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.leaves = tuple(leaves)
        self.pages = sum(leaf.pages for leaf in leaves)

    def first(self, leaf: int) -> int:
        """The first page of a paper."""
        return sum(one.pages for one in self.leaves[:leaf])

    def leaf_of(self, page: int) -> int:
        """The paper that a page belongs to."""
        ends = 0
        for at, leaf in enumerate(self.leaves):
            ends += leaf.pages
            if page < ends:
                return at
        raise IndexError(f"page {page} of {self.pages}")

    def place(self, page: int) -> tuple[bytes, int]:
        """The PDF of a page, and which of its pages it is."""
        leaf = self.leaf_of(page)
        return self.leaves[leaf].pdf, self.leaves[leaf].start + page - self.first(leaf)


def sheaf_of(made: Packet | Iterable[Shown]) -> Sheaf:
    """What a job made, ready to be looked at."""
    from printing.packet import Packet
    from printing.preview import page_count

    if isinstance(made, Packet):
        return Sheaf(
            [Leaf(_title(one.name, one.whom), one.why, made.pdf, one.first - 1, one.pages) for one in made.contents]
        )
    return Sheaf([Leaf(_title(one.name, one.whom), one.why, one.pdf, 0, page_count(one.pdf)) for one in made])


def _title(name: str, whom: str) -> str:
    return f"{name}　{whom}" if whom else name
