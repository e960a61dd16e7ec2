"""What helper processes do for a batch: hand out one household's papers, ready to be printed in filing order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.jobs import Source, _plans
from ui.paper_jobs import _store

if TYPE_CHECKING:
    from clerk.issuing import Handing
    from printing.sending import Piece


def hand_out_packet(source: Source, handing: Handing, case_number: str) -> tuple[Piece, ...]:
    """Hand out the whole packet of a case, each paper with its copies and sides; UserCanFix as handing out does.

    Use `functools.partial(hand_out_packet, source, handing)` as a batch's function.
    """
    from clerk.service import case_files
    from printing.handing import hand_out
    from printing.printers import sides_of
    from printing.sending import Piece

    with _store(source) as store:
        with store.reading() as view:
            (case,) = case_files(view, [case_number], _plans(source.layers, source.where), source.today)
        made = hand_out(store, case, handing)
    known = case.catalogue.papers
    return tuple(Piece(one.number, case_number, pdf, one.copies, sides_of(known[one.paper].sides)) for one, pdf in made)
