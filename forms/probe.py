"""Try one edited standard or programme against a catalogue already loaded: what a window asks at every keystroke.

The readers, the reference checks and the language are those of `forms.loader`; only the other files are not read again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from forms.board import Board
from forms.catalogue import Catalogue
from forms.checks import check_references
from forms.load_programmes import read_programme
from forms.load_standards import read_standard
from forms.places import DataError, DataErrors
from forms.reading import Entry, entries_of
from forms.rules import check_rules

_READERS: Mapping[str, Callable[[Entry, Board], None]] = {"标准": read_standard, "项目": read_programme}


def probe(text: str, name: str, layer: str, catalogue: Catalogue) -> tuple[tuple[DataError, ...], Catalogue | None]:
    """The faults of one document as the loader says them (file `name`), and the catalogue with it when there are none.

    The document is whole: it takes the place of the standard or programme of its id, of whatever layer that was.
    """
    board = _board(catalogue, layer)
    try:
        for entry in entries_of(text, name):
            word = next((word for word in _READERS if word in entry), "项目")
            with board.catching():
                found = entry.need(word).text
                (board.standards if word == "标准" else board.programmes).pop(found, None)
                _READERS[word](entry, board)
    except DataError as fault:
        return (fault,), None
    check_references(board)
    if board.errors:
        return _once(board), None
    tried = replace(catalogue, standards=board.standards, programmes=board.programmes)
    faults = check_rules(tried)
    return faults, None if faults else tried


def _once(board: Board) -> tuple[DataError, ...]:
    return DataErrors({str(error): error for error in board.errors}.values()).errors


def _board(catalogue: Catalogue, layer: str) -> Board:
    """A board as it lies when all other documents are read."""
    return Board(
        layer=layer,
        packs=list(catalogue.packs),
        tables=dict(catalogue.tables),
        relations=dict(catalogue.relations),
        sections={section.id: section for section in catalogue.sections},
        codes=dict(catalogue.codes),
        standards=dict(catalogue.standards),
        definitions=dict(catalogue.definitions),
        programmes=dict(catalogue.programmes),
        papers=dict(catalogue.papers),
        rosters=dict(catalogue.rosters),
    )
