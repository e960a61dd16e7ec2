"""Propose an official page as a paper (体: 底图): the boxes of its own form fields, in mm, filled by what their names mean.

Only the page's picture is ever used: scripts and forms in the file are neither run nor filled. A scan has no fields:
its boxes are measured and written by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pypdfium2

from clerk.errors import UserCanFix
from forms.canonical import Document, write
from forms.language.plan import Plan
from forms.schema import ROOT
from printing.drawn.compiling import Wish
from printing.drawn.names import Names
from printing.drawn.problems import Problem, refuse, warn
from printing.form_fields import FormField, fields_of

_MOST_BYTES, _MOST_PAGES = 20_000_000, 20
_PICTURES = (".png", ".jpg", ".jpeg")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The canonical text, the name the background must have beside it, and the fields that nothing fills yet."""

    text: str
    background: str
    problems: tuple[Problem, ...]


def propose_overlay(data: bytes, name: str, wish: Wish, title: str, plan: Plan) -> Proposal:
    """A paper over an official page. Raises UserCanFix with one sentence for a file that cannot lie under one."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in (".pdf", *_PICTURES):
        raise UserCanFix(f"「{name}」不能作底图，请用 PDF、PNG 或 JPG")
    if len(data) > _MOST_BYTES:
        raise UserCanFix(f"「{name}」太大，请缩小到 20 MB 以内")
    pages, fields = _pages(data, name) if suffix == ".pdf" else (1, ())
    background = f"{wish.id.lower()}-{wish.edition}{suffix}"
    if not background.isascii():
        raise UserCanFix("底图的文件名用文书编号和版号，请都用英文字母、数字，例如 X01、2027-01")
    names, problems = Names(plan), list[Problem]()
    leaves = []
    for page in range(1, pages + 1):
        own = [field for field in fields if field.page == page]
        leaf: dict[str, Any] = {"底图": background} | ({"页": str(page)} if page > 1 else {})
        leaves.append(leaf | _boxes(own, names, problems))
    if not fields:
        problems.append(
            warn("", "这个文件没有表单域", "请量出各框的位置（毫米，从左上角起），写成 {于: [左, 上, 宽, 高], 值: …}")
        )
    keys = {"文书": wish.id, "名称": title, "版": wish.edition, "体": "底图"}
    if wish.since:
        keys["自"] = wish.since.isoformat()
    return Proposal(write([Document({**keys, "张": leaves})]), background, tuple(problems))


def _pages(data: bytes, name: str) -> tuple[int, tuple[FormField, ...]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise UserCanFix(f"「{name}」不是完好的 PDF，或加了密码") from fault
    with document:
        count = len(document)
    if count > _MOST_PAGES:
        raise UserCanFix(f"「{name}」有 {count} 页，最多 {_MOST_PAGES} 页")
    return count, fields_of(data)


def _boxes(fields: list[FormField], names: Names, problems: list[Problem]) -> dict[str, Any]:
    """The boxes of a page: the household's, and the applicant's in a group of their own."""
    own: list[dict[str, Any]] = []
    applicant: list[dict[str, Any]] = []
    first = names.applicant()
    for field in fields:
        if field.kind == "签":
            continue
        found = names.expression(field.name, ROOT)
        other = names.expression(field.name, first[0]) if first and isinstance(found, Problem) else found
        if isinstance(other, Problem):
            left, top, wide, high = field.box
            where = f"第{field.page}页 左{left:g} 上{top:g} 宽{wide:g} 高{high:g}"
            problems.append(refuse(where, f"表单域「{field.name}」不知道填什么", other.advice))
            continue
        box = {"于": [f"{side:g}" for side in field.box], field.kind: f"{{{other}}}"}
        (applicant if isinstance(found, Problem) else own).append(box)
    leaf: dict[str, Any] = {"框": own} if own else {}
    if applicant and first:
        leaf["组"] = [{"取": {"表": first[0], "限": first[1]}, "框": applicant}]
    return leaf
