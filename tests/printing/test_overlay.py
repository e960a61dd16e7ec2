"""Official pages as a background with boxes set on them, and stock that is printed already."""

import struct
import zlib
from pathlib import Path

import pypdfium2
import pytest

from clerk.errors import UserCanFix
from forms.load_papers import read_papers
from forms.paper import Paper
from forms.reading import DataError, read_documents
from printing.draw import draw
from printing.layout import lay_out
from printing.marks import A4, KAI, Line, Page, Picture, Rect, Text, Tick
from tests.printing.pages import SheetValues, ink_of, read_back

FORM = """
文书: X01
名称: 官方样表
版: "1"
体: 底图
字号: 12
张:
  - 底图: {background}
    框:
      - {{于: [40, 50, 60, 8], 值: "{{姓名}}", 齐: 左}}
      - {{于: [40, 60, 90, 6], 格: "{{证件号}}", 格数: 18}}
      - {{于: [40, 70, 4, 4], 选: "{{性别}}", 选项: [男]}}
      - {{于: [60, 70, 4, 4], 选: "{{性别}}", 选项: [女]}}
      - {{于: [40, 80, 60, 12], 段: "{{理由}}", 字号: 9}}
    组:
      - {{重复: 成员, 多: 3, 距: 8, 量词: 名成员, 框: [{{于: [20, 120, 50, 8], 值: "{{姓名}}"}}, {{于: [70, 120, 40, 8], 值: "{{关系}}"}}]}}
"""


def a_pdf() -> bytes:
    """An official form: a frame and a title."""
    return draw([Page(*A4, None, (Rect(50, 50, 400, 700, 2.0), Text(200, 780, 20, KAI, "官方标题")))], "form")


def a_png(colour: int = 0, interlaced: int = 0) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))

    components = {0: 1, 2: 3, 6: 4}[colour]
    row = b"\0" + bytes([0] * 40 * components + [255] * 60 * components)
    header = struct.pack(">2L5B", 100, 140, 8, colour, 0, 0, interlaced)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * 140)) + chunk(b"IEND", b"")
    )


def a_paper(folder: Path, background: str = "form.pdf", data: bytes | None = None, text: str = FORM) -> Paper:
    (folder / background).write_bytes(a_pdf() if data is None else data)
    (folder / "x01.yaml").write_text(text.format(background=background), encoding="utf-8")
    (entry,) = read_documents(folder / "x01.yaml", "x01.yaml")
    return read_papers(entry, "x01.yaml", "national", folder)


def a_case(count: int = 2, **answers: str) -> SheetValues:
    people = [{"姓名": f"赵{at}某", "关系": f"关系{at}"} for at in range(count)]
    root = {"姓名": "赵某某", "证件号": "99010119700812001X", "性别": "女", "理由": "家庭困难。", **answers}
    return SheetValues(root, {"成员": people}, {"性别": "男 女"})


def dark(pages: list[Page], x: float, y: float, size: float = 8.0) -> int:
    """How many dark pixels there are in a square, mm from the upper left corner."""
    picture = pypdfium2.PdfDocument(draw(pages, "x"))[0].render(scale=2, grayscale=True)
    unit, raw = 2 * 72 / 25.4, bytes(picture.buffer)
    return sum(
        value < 128
        for row in range(int(y * unit), int((y + size) * unit))
        for value in raw[row * picture.stride + int(x * unit) : row * picture.stride + int((x + size) * unit)]
    )


def test_answers_stand_in_their_boxes_to_the_millimetre(tmp_path: Path) -> None:
    (page,) = lay_out(a_paper(tmp_path), a_case())
    (inks,) = ink_of([page])
    name = next(ink for ink in inks if ink.character == "赵")
    assert 40 <= name.x <= 42
    assert 50 < name.y < 58
    digits = [ink for ink in inks if 60 < ink.y < 66]
    assert "".join(ink.character for ink in digits) == "99010119700812001X"
    assert [int((ink.x - 40) // 5) for ink in digits] == list(range(18))
    ticks = [mark for mark in page.marks if isinstance(mark, Tick)]
    assert [(tick.boxed, round(tick.x * 25.4 / 72)) for tick in ticks] == [(False, 60)]
    rows = {ink.character: ink.y for ink in inks if ink.character in "01" and ink.y > 110}
    assert rows["1"] - rows["0"] == pytest.approx(8, abs=0.01)


def test_the_page_of_a_pdf_lies_under_the_answers(tmp_path: Path) -> None:
    pages = lay_out(a_paper(tmp_path), a_case())
    assert dark(pages, 70, 13) > 50  # the title of the official page
    assert read_back(pages)[0].startswith("赵某某")  # as a picture: only the answers are text


@pytest.mark.parametrize("colour", [0, 2])
def test_a_scan_lies_under_the_answers_as_it_is(tmp_path: Path, colour: int) -> None:
    pages = lay_out(a_paper(tmp_path, "scan.png", a_png(colour)), a_case())
    assert dark(pages, 10, 200) == pytest.approx(dark(pages, 60, 200), rel=0.05)
    assert dark(pages, 10, 200) > 1000
    assert dark(pages, 150, 200) == 0


def test_rows_beyond_the_page_and_long_texts_are_whole_on_a_continuation_page(tmp_path: Path) -> None:
    reason = "".join(f"第{at}件事。" for at in range(60))
    pages = lay_out(a_paper(tmp_path), a_case(7, 理由=reason))
    said = read_back(pages)
    assert "（其余4名成员见附页2）" in said[0]
    for at in range(7):
        assert "".join(said).count(f"赵{at}某") == 1
    texts = "".join(m.text for page in pages for m in page.marks if isinstance(m, Text))
    assert texts.count("件") == 60
    assert "第59件事。" in texts
    assert "官方样表（附页）" in said[1]


def test_what_has_more_characters_than_boxes_is_written_across_them(tmp_path: Path) -> None:
    pages = lay_out(a_paper(tmp_path), a_case(证件号="99010119700812001X41"))
    assert "99010119700812001X41" in read_back(pages)[0]


def test_an_option_the_page_does_not_draw_is_said_in_words(tmp_path: Path) -> None:
    text = FORM.replace('      - {{于: [60, 70, 4, 4], 选: "{{性别}}", 选项: [女]}}\n', "").replace(
        "70, 4, 4]", "70, 14, 4]"
    )
    assert "女" in read_back(lay_out(a_paper(tmp_path, text=text), a_case()))[0]


def test_stock_that_is_printed_already_gets_values_only(tmp_path: Path) -> None:
    text = FORM.replace("体: 底图", "体: 底图\n套打: 是")
    (page,) = lay_out(a_paper(tmp_path, text=text), a_case())
    assert page.form is None
    plain = FORM.replace("  - 底图: {background}\n    框", "  - 框")
    (bare,) = lay_out(a_paper(tmp_path, text=plain), a_case())
    assert bare.marks == page.marks


def test_a_ruled_form_on_printed_stock_has_neither_rules_nor_words_of_its_own(tmp_path: Path) -> None:
    text = """
文书: X02
名称: 套打表
版: "1"
套打: 是
块:
  - 行: ["姓名:4 | {{姓名}}", {{重复: 成员, 多: 2, 表头: "姓名", 格: "{{姓名}}"}}]
"""
    pages = lay_out(a_paper(tmp_path, text=text), a_case(5))
    assert pages[0].form is None
    assert [mark.text for mark in pages[0].marks if isinstance(mark, Text)] == ["赵某某", "赵0某", "（其余4项见续表）"]
    assert not [mark for mark in pages[0].marks if isinstance(mark, Line | Rect)]
    assert pages[1].form is not None  # the continuation sheet is plain paper: it needs its lines and its number
    assert "第2页共2页" in read_back(pages)[1]


def test_a_background_is_kept_once_however_many_copies_there_are(tmp_path: Path) -> None:
    paper = a_paper(tmp_path)
    one, many = draw(lay_out(paper, a_case()), "x"), draw([*lay_out(paper, a_case())] * 20, "x")
    assert len(many) < len(one) + 20_000
    (page,) = lay_out(paper, a_case())
    assert page.form is not None
    assert sum(isinstance(mark, Picture) for mark in page.form.marks) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", a_png(6)),
        ("a.png", a_png(0, 1)),
        ("a.png", a_png()[:60]),
        ("a.pdf", b"%PDF-1.4 broken"),
        ("a.jpg", b"\xff\xd8\xff"),
        ("a.jpg", b"no picture at all"),
    ],
)
def test_a_background_that_cannot_be_read_is_refused_with_its_place(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(UserCanFix, match=r"x01\.yaml:8:9 底图「a\.\w+」第1页读不出来"):
        lay_out(a_paper(tmp_path, name, data), a_case())


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("{background}", "../{background}", "同一文件夹"),
        ("{background}", "other.pdf", "找不到底图"),
        ("于: [40, 50, 60, 8]", "于: [40, 50, 60]", "应是四个数"),
        ("多: 3, ", "多: 0, ", "应至少是 1 行"),
        ("重复: 成员, 多: 3, 距: 8, 量词: 名成员, ", "", "没有「取」或「重复」"),
        ("张:", "页面:", "没有「张」"),
    ],
)
def test_an_overlay_written_wrongly_is_refused(tmp_path: Path, wrong: str, right: str, message: str) -> None:
    assert wrong in FORM
    with pytest.raises(DataError, match=message):
        a_paper(tmp_path, text=FORM.replace(wrong, right))
