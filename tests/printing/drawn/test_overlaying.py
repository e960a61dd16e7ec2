"""An official PDF becomes a paper with boxes where its own form has fields; what nobody can fill is listed."""

import io
from datetime import date
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from clerk.errors import UserCanFix
from forms.load_papers import read_papers
from forms.paper import Overlay
from forms.paper_checks import check_paper
from forms.reading import read_documents
from printing.drawn.boxes import boxes_of
from printing.drawn.compiling import Wish
from printing.drawn.overlaying import propose_overlay
from tests.printing.drawn.sheets import the_plan, values
from tests.printing.test_overlay import a_png

WISH = Wish("X01", "2027-01", date(2027, 1, 1))


def a_form(*names: str) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595.28, 841.89))
    for at, name in enumerate(names):
        canvas.acroForm.textfield(name=name, x=100, y=700 - 40 * at, width=120, height=20)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_fields_with_known_names_become_boxes_and_others_are_listed_with_their_place(tmp_path: Path) -> None:
    data = a_form("姓名", "现住址", "xm9")
    made = propose_overlay(data, "官方表.pdf", WISH, "官方表", the_plan())
    (problem,) = made.problems
    assert (problem.address.startswith("第1页 左35.3"), "「xm9」不知道填什么" in problem.message) == (True, True)
    (tmp_path / made.background).write_bytes(data)
    (tmp_path / "x.yaml").write_text(made.text, encoding="utf-8")
    (entry,) = read_documents(tmp_path / "x.yaml", "x.yaml")
    paper = read_papers(entry, "x.yaml", "县", tmp_path)
    assert isinstance(paper.body, Overlay)
    assert not list(check_paper(paper, the_plan()))
    found = {box.said: (box.table, box.place.top) for box in boxes_of(paper, values())}
    assert found["{姓名}"][0] == "成员"
    assert found["{现住址}"][1] == pytest.approx((841.89 - 680) / 72 * 25.4, abs=1.5)


def test_a_scan_lies_under_a_paper_without_boxes_and_says_how_to_set_them() -> None:
    made = propose_overlay(a_png(), "扫描.png", WISH, "扫描表", the_plan())
    assert (made.background, len(made.problems)) == ("x01-2027-01.png", 1)
    assert "底图: x01-2027-01.png" in made.text


def test_files_that_cannot_lie_under_a_paper_are_refused_in_one_sentence() -> None:
    for data, name, words in (
        (b"x", "表.docx", "不能作底图"),
        (b"%PDF-", "表.pdf", "不是完好的 PDF"),
        (bytes(20_000_001), "表.pdf", "太大"),
    ):
        with pytest.raises(UserCanFix, match=words):
            propose_overlay(data, name, WISH, "表", the_plan())
