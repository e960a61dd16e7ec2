"""The same pages drawn the usual ways, so that one run can say how many times faster the press is.

`stock_canvas` is ReportLab's canvas with its own TTFont: every mark of every page is drawn again. `platypus_tables`
puts the texts of each page into a platypus Table of Paragraphs, as most programs do. Both split text over the same
fallback fonts, and draw code and tick boxes; neither refuses a missing glyph.
"""

from __future__ import annotations

import io
from collections import defaultdict
from functools import cache
from xml.sax.saxutils import escape

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import black
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from printing.faces import shipped
from printing.marks import A4, HEI, HEI_BOLD, KAI, SONG_BOLD, Code, Form, Line, Page, Rect, Text, Tick

RARE = "𠮷某·㛃嬠"
"""Stands on every page of each tenth household: a name that not every way of making a PDF lets be copied again."""
_ROWS, _COLUMNS = 40, 24
_LABELS = "姓名性别出生年月民族文化程度婚姻状况健康状况劳动能力证件号码联系电话户籍地址现住地址家庭人口收入来源"
_VALUES = "张某某李某王某红星村一组二组三组青山镇示例县农业户口已婚未婚健康残疾二级务农务工无业小学初中高中"


def a_packet(pages: int = 25, household: int = 0) -> list[Page]:
    """A packet of filled forms: some 200 labels and rules below; 128 values, an ID number in 18 boxes, ticks and a code on each."""
    return [Page(*A4, _a_form(number % 5), tuple(_values(number, household))) for number in range(pages)]


@cache
def _a_form(number: int) -> Form:
    width, height = A4
    cell_w, cell_h = (width - 80) / _COLUMNS, (height - 140) / _ROWS
    marks: list[Text | Line | Rect] = [Text(180, height - 60, 18, SONG_BOLD, f"社会救助申请表之{'一二三四五'[number]}")]
    marks.append(Rect(40, 60, width - 80, height - 140, 1.4))
    marks += [Line(40, 60 + row * cell_h, width - 40, 60 + row * cell_h) for row in range(1, _ROWS)]
    marks += [Line(40 + c * 4 * cell_w, 60, 40 + c * 4 * cell_w, height - 80) for c in range(1, _COLUMNS // 4)]
    marks += [Rect(44 + at * 12, height - 79, 12, 13) for at in range(18)]
    for row in range(_ROWS):
        for column in range(0, _COLUMNS, 8):
            at = (row * 5 + column + number * 3) % (len(_LABELS) - 4)
            label = _LABELS[at : at + 4]
            marks.append(Text(44 + column * cell_w, 64 + row * cell_h, 9, HEI_BOLD if row % 9 == 0 else HEI, label))
    return Form(f"bench/{number}", tuple(marks))


def _values(page: int, household: int) -> list[Text | Tick | Code]:
    width, height = A4
    cell_w, cell_h = (width - 80) / _COLUMNS, (height - 140) / _ROWS
    marks: list[Text | Tick | Code] = [Code(width - 100, height - 75, 56, f"990101-2026-{household:06d}")]
    for at in range(120):
        row, column = at // 3, at % 3 * 8 + 4
        start = (at * 7 + page * 3 + household * 11) % (len(_VALUES) - 8)
        text = _VALUES[start : start + 3 + at % 5] if at % 4 else f"{household * 997 + at * 31 + page:08d}.00"
        marks.append(Text(44 + column * cell_w, 64 + row * cell_h, 10, KAI, text))
    number = f"99010119800101{household % 10000:04d}"
    marks += [Text(47 + at * 12, height - 76, 10, KAI, digit) for at, digit in enumerate(number)]
    if household % 10 == 0:
        marks.append(Text(60, 40, 10, KAI, RARE))
    marks += [Tick(44 + column * 30, 45, 8, column % 3 == page % 3) for column in range(7)]
    marks.append(Text(250, 30, 9, HEI, f"第 {page + 1} 页 共 25 页"))
    return marks


def stock_canvas(pages: list[Page], title: str) -> bytes:
    """The pages by ReportLab's canvas and TTFont as they come."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, initialFontName=_stock(HEI), invariant=1)
    canvas.setTitle(title)
    for page in pages:
        for mark in (*(page.form.marks if page.form else ()), *page.marks):
            _stroke(canvas, mark)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _stroke(canvas: Canvas, mark: object) -> None:
    match mark:
        case Text():
            x = mark.x
            for run in shipped().runs(mark.text, mark.face):
                name = _registered(str(run.font.path))
                canvas.setFont(name, mark.size)
                canvas.drawString(x, mark.y, run.text)
                x += pdfmetrics.stringWidth(run.text, name, mark.size)
        case Line():
            canvas.setLineWidth(mark.width)
            canvas.line(mark.x1, mark.y1, mark.x2, mark.y2)
        case Rect():
            canvas.setLineWidth(mark.width)
            canvas.rect(mark.x, mark.y, mark.w, mark.h)
        case Tick():
            canvas.setLineWidth(mark.size * 0.06)
            canvas.rect(mark.x, mark.y, mark.size, mark.size)
            if mark.checked:
                canvas.line(mark.x, mark.y, mark.x + mark.size, mark.y + mark.size)
        case Code():
            _stock_code(canvas, mark)


def _stock_code(canvas: Canvas, mark: Code) -> None:
    widget = QrCodeWidget(mark.text, barLevel="M", barWidth=mark.size, barHeight=mark.size, barBorder=0)
    drawing = Drawing(mark.size, mark.size)
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, mark.x, mark.y)


def platypus_tables(pages: list[Page], title: str) -> bytes:
    """The pages' texts as a platypus Table of Paragraphs each, ticks and code by page callback."""
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target, pagesize=A4, title=title, leftMargin=20, rightMargin=20, topMargin=10, bottomMargin=10, invariant=1
    )
    story = [flowable for page in pages for flowable in (_table(page), PageBreak())]

    def others(canvas: Canvas, frame: SimpleDocTemplate) -> None:
        for mark in pages[min(frame.page, len(pages)) - 1].marks:
            if isinstance(mark, Tick | Code):
                _stroke(canvas, mark)

    document.build(story, onFirstPage=others, onLaterPages=others)
    return target.getvalue()


def _table(page: Page) -> Table:
    rows: dict[int, list[Text]] = defaultdict(list)
    for mark in (*(page.form.marks if page.form else ()), *page.marks):
        if isinstance(mark, Text):
            rows[round(mark.y)].append(mark)
    columns = max(len(row) for row in rows.values())
    cells = [
        [_paragraph(mark) for mark in sorted(row, key=lambda mark: mark.x)] + [""] * (columns - len(row))
        for _, row in sorted(rows.items(), reverse=True)
    ]
    style = TableStyle([("GRID", (0, 0), (-1, -1), 0.6, black), ("PADDING", (0, 0), (-1, -1), 0)])
    return Table(cells, colWidths=[540 / columns] * columns, rowHeights=None, style=style)


def _paragraph(mark: Text) -> Paragraph:
    runs = [
        f'<font name="{_registered(str(run.font.path))}">{escape(run.text)}</font>'
        for run in shipped().runs(mark.text, mark.face)
    ]
    return Paragraph("".join(runs), _style(mark.face, min(mark.size, 11)))


@cache
def _style(face: str, size: float) -> ParagraphStyle:
    first = str(shipped().homes(face).first.path)
    return ParagraphStyle(face, fontName=_registered(first), fontSize=size, leading=size * 1.2, wordWrap="CJK")


def _stock(face: str) -> str:
    return _registered(str(shipped().homes(face).first.path))


@cache
def _registered(path: str) -> str:
    pdfmetrics.registerFont(TTFont(path, path))
    return path
