"""A sheet such as counties send: everything a spreadsheet program can put into one, written without our own code."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Pictures

MAIN = "月报表"
HEAD = [
    ("序号", ""),
    ("基本情况", "村(社区)"),
    ("基本情况", "户主姓名"),
    ("基本情况", "姓　名"),
    ("基本情况", "身份证号码*"),
    ("基本情况", "性别"),
    ("保障情况", "保障人口"),
    ("保障情况", "合计（元）"),
    ("保障情况", "年发放（元）"),
    ("保障情况", "起（止）月"),
    ("联系电话", ""),
    ("县局审核意见", ""),
]
FIRST, LAST, TOTAL = 6, 8, 9
"""The prepared rows and the line of totals."""
_THIN, _THICK = Side(style="thin"), Side(style="medium")


def a_county_template(path: Path, change: Callable[[Worksheet], None] = lambda page: None) -> Path:
    """Two-row merged head, logo, seal, drop-downs (one across sheets), colours, protection, notes, names, A3 landscape.

    `change` is what another county does to its first sheet.
    """
    book = Workbook()
    page = book.worksheets[0]
    page.title = MAIN
    _head(page)
    _body(page)
    _around(book, page)
    change(page)
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(_as_excel_writes(raw.getvalue()))
    return path


def _head(page) -> None:
    page["A1"], page["A1"].font = "示例县低保对象月报表", Font(name="方正小标宋简体", size=18)
    page.merge_cells("A1:L1")
    page["A2"], page["L2"] = "填报单位：", "单位：元"
    for column, (above, below) in enumerate(HEAD, 1):
        page.cell(3, column, above)
        page.cell(4, column, below or None)
        page.cell(5, column, column)
        for line in (3, 4, 5):
            cell = page.cell(line, column)
            cell.border = Border(_THIN, _THIN, _THIN, _THIN)
            cell.fill = PatternFill("solid", fgColor="DDEBF7")
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for area in ("A3:A4", "B3:F3", "G3:J3", "K3:K4", "L3:L4"):
        page.merge_cells(area)


def _body(page) -> None:
    for line in range(FIRST, TOTAL + 1):
        page.row_dimensions[line].height = 21.5
        for column in range(1, len(HEAD) + 1):
            cell = page.cell(line, column)
            cell.font = Font(name="仿宋", size=11)
            cell.border = Border(_THIN, _THIN, _THIN, _THICK if line == LAST else _THIN)
            cell.protection = Protection(locked=line == TOTAL)
        page.cell(line, 8).number_format = "#,##0.00"
        page.cell(line, 9).number_format = "#,##0.00"
        page.cell(line, 10).number_format = 'yyyy"年"m"月"'
        page.cell(line, 11).number_format = "@"
    page["D6"], page["E6"], page["H6"] = "张样例", "示例号码", 100
    for line in range(FIRST, TOTAL):
        page[f"I{line}"] = f"=H{line}*12"
    page["A9"] = "合　计"
    page.merge_cells("A9:F9")
    page["H9"], page["I9"] = "=SUM(H6:H8)", "=SUM(I6:I8)"
    page["A10"] = "单位负责人：        填表人：        联系电话："
    page.merge_cells("A10:L10")
    page["A11"] = "注：本表每月20日前报县局。"


def _around(book: Workbook, page) -> None:
    codes = book.create_sheet("代码")
    for line, word in enumerate(("红星村", "青山村", "柳树村"), 1):
        codes.cell(line, 1, word)
    codes.sheet_state = "hidden"
    cover = book.create_sheet("汇总")
    cover["A1"], cover["B1"] = "月发放合计", f"={MAIN}!H9"
    sexes = DataValidation(type="list", formula1='"男,女"', sqref="F6:F8")
    page.add_data_validation(sexes)
    page.conditional_formatting.add(
        "H6:H8", CellIsRule(operator="greaterThan", formula=["$H$9"], fill=PatternFill(bgColor="FFC7CE"))
    )
    page["E4"].comment = Comment("必须18位", "县局")
    page["H9"].comment = Comment("自动合计", "县局")
    for place, colour in (("A1", "red"), ("J10", "blue")):
        drawn = io.BytesIO()
        Pictures.new("RGB", (24, 24), colour).save(drawn, "png")
        page.add_image(Image(drawn), place)
    page.protection.sheet, page.protection.password = True, "1234"
    page.freeze_panes = "E6"
    page.auto_filter.ref = "A5:L8"
    page.print_title_rows, page.print_area = "3:5", "A1:L11"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 8
    page.oddFooter.center.text = "第 &P 页 共 &N 页"
    page.row_breaks.append(Break(id=9))
    page.column_dimensions["E"].width = 24
    book.defined_names["月合计"] = DefinedName("月合计", attr_text=f"{MAIN}!$H$9")


def _as_excel_writes(data: bytes) -> bytes:
    """What openpyxl cannot write: a drop-down fed by another sheet (x14), the order of computing, a text box."""
    list_across = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
        '<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1"><x14:formula1><xm:f>代码!$A$1:$A$3</xm:f></x14:formula1>'
        "<xm:sqref>B6:B8</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    box = (
        "<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>10</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        "<xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>12</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="99" name="box"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr/>'
        '<xdr:txBody><a:bodyPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
        '<a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:r><a:t>县局联系人</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
        "<xdr:clientData/></xdr:twoCellAnchor>"
    )
    chain = '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="H9" i="1"/><c r="I6" i="1"/></calcChain>'
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"</worksheet>", list_across.encode() + b"</worksheet>")
            elif name == "xl/drawings/drawing1.xml":
                text = _with_prefix(text).replace(b"</xdr:wsDr>", box.encode() + b"</xdr:wsDr>")
            elif name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
                text = text.replace(
                    b"</Types>", f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'.encode()
                )
            elif name == "xl/_rels/workbook.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
                text = text.replace(
                    b"</Relationships>",
                    f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'.encode(),
                )
            new.writestr(name, text)
        new.writestr("xl/calcChain.xml", chain)
    return made.getvalue()


def _with_prefix(drawing: bytes) -> bytes:
    """A drawing with the prefix that spreadsheet programs use; openpyxl writes the default namespace."""
    import re

    text = drawing.decode()
    if "<xdr:wsDr" in text:
        return drawing
    own = "wsDr|twoCellAnchor|oneCellAnchor|absoluteAnchor|from|to|col|colOff|row|rowOff|ext|pic|nvPicPr|cNvPr|cNvPicPr|blipFill|spPr|clientData|pos"
    text = re.sub(rf"<(/?)({own})(?=[\s/>])", r"<\1xdr:\2", text)
    return text.replace("xmlns=", "xmlns:xdr=", 1).encode()


def letters(count: int) -> list[str]:
    return [get_column_letter(at) for at in range(1, count + 1)]
