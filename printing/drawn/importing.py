"""Import a drawn paper: read, compile, check; what comes out is the canonical text and the list of what to look at."""

from __future__ import annotations

from dataclasses import dataclass

from clerk.errors import UserCanFix
from forms.language.plan import Plan
from forms.paper import Paper
from printing.drawn.boxes import boxes_of, pages_of
from printing.drawn.checking import doubled, missing, strange_options, too_small, unasked
from printing.drawn.compiling import Wish, compile_drawing
from printing.drawn.problems import Problem, once, refuse
from printing.drawn.sheet import Drawing, read_sheet
from printing.values import Values


@dataclass(frozen=True, slots=True)
class Import:
    """What an import found: the canonical text, the paper (None: it cannot be used), problems, pages, boxes.

    `older` is the edition it follows, None for a new paper.
    """

    text: str
    paper: Paper | None
    problems: tuple[Problem, ...]
    pages: int
    boxes: int
    older: Paper | None


def import_sheet(data: bytes, name: str, wish: Wish, plan: Plan, values: Values) -> Import:
    """Import a workbook's bytes; `name` is the file's, `values` gives the options that boxes draw.

    Raises UserCanFix with one sentence for a file that is no drawing at all, or when nothing says which paper it is.
    """
    drawing = read_sheet(data, name)
    id_ = wish.id or drawing.settings.get("文书", ("", ""))[0]
    if not id_:
        raise UserCanFix("没有说是哪份文书，请写文书编号（命令行用 --as），或在「设置」工作表里写「文书」")
    older = plan.catalogue.papers.get(id_)
    edition = wish.edition or drawing.settings.get("版", ("", ""))[0]
    if not edition:
        raise UserCanFix("没有写新版的版号，请写一个，例如 2027-01（命令行用 --edition）")
    known = [paper.edition for paper in plan.catalogue.editions.get(id_, ())]
    if edition in known:
        raise UserCanFix(f"「{id_}」已有 {edition} 版，用过的版不能改，请换一个版号")
    return _checked(drawing, Wish(id_, edition, wish.since), older, (plan, values))


def _checked(drawing: Drawing, wish: Wish, older: Paper | None, where: tuple[Plan, Values]) -> Import:
    plan, values = where
    made = compile_drawing(drawing, wish, older, plan)
    if made.paper is None:
        return Import(made.text, None, made.problems, 0, 0, older)
    try:
        pages = pages_of(made.paper, values)
        boxes = boxes_of(made.paper, values)
    except UserCanFix as fault:
        return Import(made.text, None, once([*made.problems, made.addresses.told(fault.message)]), 0, 0, older)
    found = [
        *made.problems,
        *strange_options(made.paper, plan, made.addresses),
        *too_small(boxes, plan, made.addresses),
        *doubled(boxes, made.addresses),
        *(missing(older, made.paper, plan) if older else unasked(made.paper, plan)),
    ]
    problems = once(found if boxes else [*found, refuse("", "表格里没有一个要填的框", "请在要填的格子里写 {名称}")])
    usable = made.paper if not any(problem.hard for problem in problems) else None
    return Import(made.text, usable, problems, sum(not plate.sequel for plate in pages), len(boxes), older)
