"""Proofs, dumps, and the fields of official PDFs: what an edition is checked and compared by."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from printing.dump import dump
from printing.form_fields import FormField, fields_of
from printing.layout import lay_out
from printing.marks import POINTS_PER_MM, Line, Page, Rect, Text
from printing.proof import proof
from printing.watermark import watermarked
from tests.printing.pages import SheetValues, a_paper, read_back

FORM = """
文书: B03
名称: 示例表
版: "1"
左: "编号：{编号}"
块:
  - 取: {表: 成员, 限: 关系 = 本人}
    行: ["姓名:4 | {姓名}:8 | 性别:4 | {性别 选}", "证件号码:4 | {证件号 格}"]
  - {仅当: 有车 = 是, 待定不印: 是, 行: ["车辆:4 | {车牌}"]}
  - 行: [{重复: 成员, 少: 2, 多: 3, 表头: "姓名:12 | 关系", 格: "{姓名}:12 | {关系}"}]
"""
NAMES = ("{编号}", "{姓名}", "{性别}", "{证件号}", "{车牌}", "{关系}")


def a_case(number: str = "990101") -> SheetValues:
    people = [{"姓名": "赵某", "关系": "本人", "性别": "男", "证件号": "12345"}]
    return SheetValues({"编号": number}, {"成员": people}, {"性别": "男 女"})


def test_a_proof_draws_every_box_with_its_name_and_no_answer(tmp_path: Path) -> None:
    pages = proof(a_paper(tmp_path, FORM), a_case())
    (said,) = read_back(pages)
    assert "校样B03示例表" in said
    assert all(name in said for name in NAMES)
    assert said.count("{关系}") == 2
    assert "赵某" not in said
    assert len([mark for mark in pages[0].marks if isinstance(mark, Rect)]) == 9


def test_the_proof_of_a_letter_says_its_expressions(tmp_path: Path) -> None:
    text = '文书: L09\n名称: 函\n版: "1"\n体: 函\n正文: ["{姓名}于{日期}申请。", {每: 成员, 文: "{姓名}"}]\n'
    (said,) = read_back(proof(a_paper(tmp_path, text), a_case()))
    assert "{姓名}于{日期}申请。" in said


def test_a_dump_tells_one_digit_and_a_rule_moved_by_three_tenths_of_a_millimetre(tmp_path: Path) -> None:
    paper = a_paper(tmp_path, FORM)
    (page,) = lay_out(paper, a_case())
    said = dump([page])
    assert dump(lay_out(paper, a_case())) == said
    assert "编号：990101" in said
    changed = [line for line in dump(lay_out(paper, a_case("990107"))).splitlines() if line not in said.splitlines()]
    assert len(changed) == 1
    assert page.form is not None
    rules = [mark for mark in page.form.marks if isinstance(mark, Line)]
    for rule in rules:
        moved = replace(rule, y1=rule.y1 + 0.3 * POINTS_PER_MM, y2=rule.y2 + 0.3 * POINTS_PER_MM)
        marks = tuple(moved if mark is rule else mark for mark in page.form.marks)
        assert dump([replace(page, form=replace(page.form, marks=marks))]) != said


def test_a_dump_says_every_kind_of_mark_and_where_it_is(tmp_path: Path) -> None:
    (page,) = watermarked(lay_out(a_paper(tmp_path, FORM), a_case()), "练习员")
    kinds = {line.split()[0] for line in dump([replace(page, shift=(1, 1, 2, 3))]).splitlines()}
    assert {"第1页", "移", "字", "线", "框", "□", "☑", "影"} <= kinds
    mark = Text(10 * POINTS_PER_MM, page.height - 20 * POINTS_PER_MM, 12, "楷体", "甲")
    assert "字 10.0 20.0 楷体 12.0 甲" in dump([Page(page.width, page.height, None, (mark,))])


def test_the_fields_of_an_official_pdf_are_read_with_names_kinds_and_places_in_millimetres() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595.28, 841.89))
    canvas.acroForm.textfield(name="xingming", x=100, y=700, width=120, height=20)
    canvas.acroForm.checkbox(name="nan", x=300, y=700, size=12)
    canvas.showPage()
    canvas.acroForm.textfield(name="dizhi", x=50, y=50, width=200, height=30)
    canvas.showPage()
    canvas.save()
    found = fields_of(file.getvalue())
    assert [(field.name, field.kind, field.page) for field in found] == [
        ("xingming", "值", 1),
        ("nan", "选", 1),
        ("dizhi", "值", 2),
    ]
    mm = 25.4 / 72
    assert found[0] == FormField(
        "xingming", "值", 1, pytest.approx((100 * mm, 121.89 * mm, 120 * mm, 20 * mm), abs=0.1)
    )


def test_a_pdf_without_a_form_has_no_fields_and_rubbish_is_refused() -> None:
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.showPage()
    canvas.save()
    assert fields_of(file.getvalue()) == ()
    with pytest.raises(ValueError, match="not a readable PDF"):
        fields_of(b"rubbish")
