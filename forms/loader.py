"""Read the layers of data, lay them over one another, and refuse bad data with file, line and column.

Order of layers: 全国 first, then province, county, office. Within a layer, folders are read in the order of
`FOLDERS`, so that code tables are known before the literals that use them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from forms.board import Board
from forms.catalogue import Catalogue, Pack
from forms.changes import CHANGES, read_changes
from forms.checks import check_references
from forms.layers import DEMO as DEMO
from forms.layers import LEVELS, digest_of, files_of
from forms.layers import NATIONAL as NATIONAL
from forms.literals import read_date
from forms.load_calendar import read_calendar
from forms.load_codes import add_programme_codes, read_code_table, read_regions
from forms.load_common import one_of
from forms.load_incoming import read_incoming
from forms.load_intake import read_intake
from forms.load_keying import read_keying
from forms.load_papers import read_papers
from forms.load_programmes import read_compatibility, read_definitions, read_programme
from forms.load_rosters import read_roster
from forms.load_standards import read_standard
from forms.reading import DataError, DataErrors, Entry, Place, did_you_mean, read_documents
from forms.rules import check_rules

Reader = Callable[[Entry, Board], None]
_CASES = ".cases.yaml"
_MARKERS = ("pack.yaml", CHANGES)
"""The files a layer may have beside its folders: who made it, and what was changed from version to version."""

WORKED = "cases"
"""The folder of worked households a pack may carry: files in the clerk's words, not data of the layer."""


def load(layers: Sequence[Path]) -> Catalogue:
    """The catalogue of all layers, national first.

    Raises `DataErrors` with every fault found, in file order, each with file:line:column and advice.
    """
    board = Board()
    named: list[tuple[Path, Pack]] = []
    for layer in layers:
        with board.catching():
            named.append((layer, read_pack(layer)))
            _refuse_strangers(layer, board)
    board.packs = [pack for _, pack in named]
    for folder, read in FOLDERS:
        for layer, pack in named:
            board.layer = pack.id
            _read_folder(layer, folder, read, board)
        if folder == "programmes":
            add_programme_codes(board)
    check_references(board)
    catalogue = _frozen(board)
    if not board.lost and not board.unread:
        board.errors.extend(check_rules(catalogue))
    if board.errors:
        raise DataErrors({str(error): error for error in board.errors}.values())
    return catalogue


def read_pack(layer: Path) -> Pack:
    """Who made a layer: its pack.yaml, with the digest of all its files."""
    name = f"{layer.name}/pack.yaml"
    if not (layer / "pack.yaml").is_file():
        raise DataError(Place(name, 1, 1), "没有 pack.yaml，这不是一个数据包", f"请检查文件夹 {layer.name}")
    entry = next(read_documents(layer / "pack.yaml", name), None)
    if entry is None:
        raise DataError(Place(name, 1, 1), "pack.yaml 是空的")
    pack = Pack(
        entry.need("编号").text,
        entry.need("名称").text,
        entry.convert("层级", one_of(LEVELS, "层级"), "县"),
        entry.text("版本"),
        entry.text("区划"),
        digest_of(layer),
        entry.flag("示例"),
        entry.convert("生效", read_date, None),
    )
    entry.close()
    return pack


def _read_folder(layer: Path, folder: str, read: Reader, board: Board) -> None:
    for path in sorted((layer / folder).rglob("*.yaml")):
        if path.name.endswith(_CASES) or path.name.startswith("."):
            continue
        name = f"{layer.name}/{path.relative_to(layer).as_posix()}"
        board.beside = path.parent
        try:
            for entry in read_documents(path, name):
                with board.catching():
                    read(entry, board)
        except DataError as fault:
            board.errors.append(fault)
            board.unread = True


def _refuse_strangers(layer: Path, board: Board) -> None:
    """A folder or file that nobody would read is a typing error of its author."""
    known = [*(folder for folder, _ in FOLDERS), WORKED]
    with board.catching():
        read_changes(layer)
    for path in sorted(layer.glob("*.yaml")):
        if path.name not in _MARKERS and path.name[0] not in "._":
            place = Place(f"{layer.name}/{path.name}", 1, 1)
            advice = did_you_mean(path.name, _MARKERS) or "数据文件要放在各自的文件夹里"
            board.errors.append(DataError(place, f"没有谁会读「{path.name}」", advice))
    for path in sorted(layer.iterdir()):
        if path.is_dir() and path.name not in known and path.name[0] not in "._":
            place = Place(f"{layer.name}/{path.name}", 1, 1)
            advice = did_you_mean(path.name, known) or f"可用：{'、'.join(known)}"
            board.errors.append(DataError(place, f"不认识的文件夹「{path.name}」", advice))
    for name, path in files_of(layer):
        if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
            place = Place(f"{layer.name}/{name}", 1, 1)
            board.errors.append(DataError(place, "文件名应以 .yaml 结尾", f"请改名为 {path.stem}.yaml"))


def _read_paper(entry: Entry, board: Board) -> None:
    name = entry.need("文书")
    board.claim("文书", name, entry.text("版"))
    board.written.add(name.text)
    for found in entry.texts("项目"):
        board.point("项目", found)
    if each := entry.found("每"):
        board.point("表", each)
    paper = read_papers(entry, entry.place.file, board.layer, board.beside)
    known = board.editions.setdefault(paper.id, [])
    known.append(paper)
    order = [pack.id for pack in board.packs]
    known.sort(key=lambda one: (order.index(one.layer), one.since or date.min, one.edition))
    board.papers[paper.id] = known[-1]


FOLDERS: tuple[tuple[str, Reader], ...] = (
    ("codes", read_code_table),
    ("regions", read_regions),
    ("calendar", read_calendar),
    ("programmes", read_programme),
    ("intake", read_intake),
    ("definitions", read_definitions),
    ("standards", read_standard),
    ("compatibility", read_compatibility),
    ("papers", _read_paper),
    ("rosters", read_roster),
    ("exchange", read_incoming),
    ("entry", read_keying),
)
"""Every kind of folder a layer may have, and who reads one YAML document of it."""


def _frozen(board: Board) -> Catalogue:
    sections = tuple(sorted(board.sections.values(), key=lambda section: section.order))
    return Catalogue(
        packs=tuple(board.packs),
        tables=board.tables,
        relations=board.relations,
        status=board.status,
        sections=sections,
        fields={field.key: field for section in sections for field in section.fields},
        codes=board.codes,
        standards=board.standards,
        definitions=board.definitions,
        programmes=dict(sorted(board.programmes.items(), key=lambda item: item[1].order)),
        compatibilities=tuple(
            bond for bond in board.compatibilities.values() if not {*bond.programmes} & {*board.stopped}
        ),
        days_off=board.days_off,
        calendar_years=frozenset(board.calendar_years),
        regions=board.regions,
        papers=dict(sorted(board.papers.items(), key=lambda item: item[1].order)),
        rosters=dict(sorted(board.rosters.items(), key=lambda item: item[1].order)),
        stopped=frozenset(board.stopped),
        versions=board.versions,
        choices=board.choices,
        death=board.death,
        recasting=board.recasting,
        editions={id_: tuple(known) for id_, known in board.editions.items()},
        incoming=dict(sorted(board.incoming.items(), key=lambda item: item[1].order)),
        keyings=dict(sorted(board.keyings.items(), key=lambda item: item[1].order)),
    )
