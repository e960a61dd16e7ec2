"""Every expression of a paper, the table at whose rows it is evaluated, and what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from forms.paper import Cell, CellKind, Grid, Ledger, Letter, Overlay, Paper, Repeat, Rows, Template, cells, slots
from forms.schema import ROOT, Expression


class Role(Enum):
    """What an expression of a paper is for: something to say, a yes or no, an option to tick."""

    VALUE = "值"
    CONDITION = "条件"
    TICKS = "选"


@dataclass(frozen=True, slots=True)
class Use:
    """An expression, the table at whose rows it is evaluated, and what for."""

    expression: Expression
    table: str
    role: Role


def walk(paper: Paper) -> Iterator[Use]:
    """Every expression of a paper."""
    if paper.relevant:
        yield Use(paper.relevant, ROOT, Role.CONDITION)
    if paper.where:
        yield Use(paper.where, paper.each, Role.CONDITION)
    match paper.body:
        case Grid() as grid:
            yield from _walk_grid(grid, paper.each)
        case Letter() as letter:
            yield from _walk_letter(letter, paper.each)
        case Overlay() as overlay:
            yield from _walk_overlay(overlay, paper.each)


def lists(paper: Paper) -> Iterator[Rows]:
    """Every list of rows that a paper goes through."""
    if isinstance(paper.body, Letter):
        return (part.rows for part in paper.body.body if part.rows)
    if isinstance(paper.body, Overlay):
        return (group.rows for leaf in paper.body.leaves for group in leaf.groups if group.rows)
    found = [block.at for block in paper.body.blocks]
    found += [row.rows for block in paper.body.blocks for row in block.rows if isinstance(row, Repeat)]
    return (rows for rows in found if rows)


def _walk_grid(grid: Grid, table: str) -> Iterator[Use]:
    for template in (grid.title, grid.subtitle, grid.left, grid.right, grid.code, *grid.notes):
        yield from _walk_template(template, table)
    for block in grid.blocks:
        if block.relevant:
            yield Use(block.relevant, table, Role.CONDITION)
        yield from _walk_rows(block.at)
        for row in block.rows:
            yield from _walk_rows(row.rows if isinstance(row, Repeat) else None)
    for cell, home in cells(grid):
        yield from _walk_cell(cell, home or table)


def _walk_overlay(overlay: Overlay, table: str) -> Iterator[Use]:
    yield from _walk_template(overlay.title, table)
    for leaf in overlay.leaves:
        for group in leaf.groups:
            yield from _walk_rows(group.rows)
            for spot in group.spots:
                yield from _walk_cell(spot.cell, group.rows.table if group.rows else table)


def _walk_cell(cell: Cell, table: str) -> Iterator[Use]:
    role = Role.TICKS if cell.kind is CellKind.TICKS else Role.VALUE
    return (Use(slot.value, cell.over or table, role) for slot in slots(cell.text))


def _walk_letter(letter: Letter, table: str) -> Iterator[Use]:
    imprint = letter.imprint
    fixed = (letter.title, letter.number, letter.to, letter.sender, letter.dated, letter.code)
    frame = (imprint.authority, imprint.serial, imprint.signatory, imprint.copied, imprint.issuer, imprint.issued)
    for template in (*fixed, *frame, *letter.attached, *letter.foot):
        yield from _walk_template(template, table)
    for part in letter.body:
        yield from _walk_rows(part.rows)
        home = part.rows.table if part.rows else table
        if isinstance(part, Ledger):
            for template in part.values:
                yield from _walk_template(template, home)
            if part.relevant:
                yield Use(part.relevant, table, Role.CONDITION)
        else:
            yield from _walk_template(part.text, home)
            if part.relevant:
                yield Use(part.relevant, home, Role.CONDITION)


def _walk_rows(rows: Rows | None) -> Iterator[Use]:
    if rows and rows.where:
        yield Use(rows.where, rows.table, Role.CONDITION)


def _walk_template(template: Template, table: str) -> Iterator[Use]:
    return (Use(slot.value, table, Role.VALUE) for slot in slots(template))
