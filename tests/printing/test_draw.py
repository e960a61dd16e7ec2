"""Papers read back: their text, their fonts, their pixels, their bytes."""

import re
import subprocess
import sys
import zlib
from pathlib import Path

import pypdfium2
import pytest

from printing import draw
from printing.cache import Cache
from printing.faces import MissingGlyph
from printing.marks import A4, FACES, HEI, KAI, SONG, SONG_BOLD, Code, Form, Line, Mark, Page, Rect, Text, Tick
from printing.preview import page_count, render
from printing.qr import CodeTooLongError
from tests.bench.peers import a_packet, stock_canvas

NAMES = ("㛃", "𠅤某", "𬱖某", "䶮某", "古某·肉某", "𠮷", "𫖯", "𠀀", "\U0002ebe0", "嬠(\\)崍", "−∕´")
TITLE = "990101-2026-000123"


def a_page(*marks: Mark, form: Form | None = None) -> Page:
    return Page(*A4, form, marks)


def text_lines(pdf: bytes, page: int = 0) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].get_textpage().get_text_bounded().splitlines()
    finally:
        document.close()


def ink(pdf: bytes, page: int = 0, scale: float = 1.0) -> list[int]:
    """Darkness of each pixel."""
    picture = render(pdf, page, scale)
    return [255 - value for value in picture.pixels[0::4]]


def streams(pdf: bytes) -> list[bytes]:
    found = re.findall(rb"/FlateDecode /Length (\d+) >>\nstream\n", pdf)
    starts = [match.end() for match in re.finditer(rb"/FlateDecode /Length \d+ >>\nstream\n", pdf)]
    return [zlib.decompress(pdf[at : at + int(length)]) for at, length in zip(starts, found, strict=True)]


@pytest.mark.parametrize("face", FACES)
def test_names_read_back_exactly_in_every_face(face):
    marks = [Text(60, 780 - 30 * at, 12, face, name) for at, name in enumerate(NAMES)]
    assert text_lines(draw.draw([a_page(*marks)], TITLE)) == list(NAMES)


def test_names_on_a_form_read_back_exactly_too():
    labels = tuple(Text(60, 780 - 30 * at, 12, HEI, name) for at, name in enumerate(NAMES))
    assert text_lines(draw.draw([a_page(form=Form("names", labels))], TITLE)) == list(NAMES)


@pytest.mark.slow
def test_ten_thousand_characters_of_all_planes_read_back_exactly():
    points = [*range(0x3400, 0x4DB6, 5), *range(0x4E00, 0x9FF0, 5), *range(0x20000, 0x2A6D7, 15)]
    points += [*range(0x2A700, 0x2B735, 9), *range(0x2B820, 0x2CEA2, 9), *range(0x2CEB0, 0x2EBE1, 9)]
    text = "".join(map(chr, points))
    lines = [text[at : at + 40] for at in range(0, len(text), 40)]
    pages = [
        a_page(*(Text(30, 820 - 11 * at, 10, SONG, line) for at, line in enumerate(lines[start : start + 70])))
        for start in range(0, len(lines), 70)
    ]
    pdf = draw.draw(pages, TITLE)
    assert [line for page in range(len(pages)) for line in text_lines(pdf, page)] == lines


def test_a_character_no_font_has_is_refused_by_name_before_anything_is_drawn():
    form = Form("bad", (Text(60, 700, 12, HEI, "栏\ue000"),))
    with pytest.raises(MissingGlyph) as refused:
        draw.draw([a_page(Text(60, 600, 12, KAI, "李\U0003134a")), a_page(form=form)], TITLE)
    assert refused.value.characters == "\U0003134a\ue000"


def test_every_font_in_the_file_is_embedded_and_none_is_helvetica():
    form = Form("fonts", (Text(60, 700, 18, SONG_BOLD, "登记表"), Rect(50, 50, 400, 600)))
    pdf = draw.draw([a_page(Text(60, 650, 12, KAI, "𠮷某"), Text(60, 600, 12, HEI, "𠮷12"), form=form)], TITLE)
    assert b"Helvetica" not in pdf
    assert len(re.findall(rb"/Type /FontDescriptor", pdf)) == len(re.findall(rb"/FontFile2", pdf)) == 5
    assert len(re.findall(rb"/Subtype /Type0", pdf)) == 5
    assert not re.findall(rb"/Subtype /(TrueType|Type1|Type3)", pdf)


def test_to_unicode_blocks_hold_at_most_a_hundred_entries():
    text = "".join(chr(0x4E00 + at) for at in range(250))
    maps = [
        stream for stream in streams(draw.draw([a_page(Text(20, 20, 2, SONG, text))], TITLE)) if b"begincmap" in stream
    ]
    assert [int(count) for count in re.findall(rb"(\d+) beginbfchar", maps[0])] == [100, 100, 50]


def test_the_same_pages_give_the_same_bytes_in_any_process(tmp_path):
    pdf = draw.draw(a_packet(3), TITLE)
    code = (
        "import sys, hashlib; from printing import draw; from pathlib import Path; from tests.bench.peers import a_packet;"
        "draw.use_press(Path(sys.argv[1]) if sys.argv[1] else None);"
        f"sys.stdout.buffer.write(draw.draw(a_packet(3), {TITLE!r}))"
    )
    root = Path(draw.__file__).parents[1]
    for seed, folder in (("1", ""), ("2", str(tmp_path)), ("3", str(tmp_path))):
        environment = {"PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai", "PYTHONPATH": str(root), "PATH": ""}
        made = subprocess.run([sys.executable, "-c", code, folder], env=environment, capture_output=True, check=True)
        assert made.stdout == pdf
    assert list(tmp_path.glob("*.ink"))


def test_other_values_make_another_document_identity():
    one, other = (draw.draw([a_page(Text(60, 700, 12, SONG, name))], TITLE) for name in "甲乙")
    assert re.search(rb"/ID\s*\n\[<(\w+)>", one).group(1) != re.search(rb"/ID\s*\n\[<(\w+)>", other).group(1)


def test_the_pixels_are_those_of_stock_reportlab():
    """The outlines, widths and places are right: the slow and proven way gives the same picture."""
    pages = [
        Page(page.width, page.height, page.form, tuple(m for m in page.marks if isinstance(m, Text)))
        for page in a_packet(1)
    ]
    pages += [a_page(*(Text(60, 780 - 60 * at, 30, KAI, name) for at, name in enumerate(NAMES)))]
    ours, theirs = draw.draw(pages, TITLE), stock_canvas(pages, TITLE)
    for page in range(2):
        differences = [abs(a - b) for a, b in zip(ink(ours, page, 1.5), ink(theirs, page, 1.5), strict=True)]
        assert sum(difference > 64 for difference in differences) < 20
        assert sum(ink(ours, page)) > 100_000


def test_a_name_in_a_bold_face_is_drawn_heavier_when_its_font_has_no_bold():
    light = sum(ink(draw.draw([a_page(Text(60, 700, 40, SONG, "𠮷"))], TITLE)))
    heavy = sum(ink(draw.draw([a_page(Text(60, 700, 40, SONG_BOLD, "𠮷"))], TITLE)))
    assert heavy > light * 1.2


def test_a_rule_after_an_emboldened_name_keeps_its_own_width():
    rule = Line(50, 400, 550, 400, 4)
    alone = draw.draw([a_page(rule, rule)], TITLE)
    after = draw.draw([a_page(rule, Text(60, 700, 40, SONG_BOLD, "𠮷"), rule)], TITLE)
    band = slice(595 * 430, 595 * 460)
    assert sum(ink(after)[band]) == sum(ink(alone)[band]) > 0


def test_a_tick_box_says_whether_it_is_ticked():
    empty = sum(ink(draw.draw([a_page(Tick(100, 100, 20))], TITLE)))
    ticked = sum(ink(draw.draw([a_page(Tick(100, 100, 20, True))], TITLE)))
    assert 0 < empty < ticked


def test_the_code_holds_its_modules():
    picture = render(draw.draw([a_page(Code(100, 600, 87, TITLE))], TITLE), 0, 1.0)
    dark = [picture.pixels[4 * (x + picture.width * y)] < 128 for y in range(155, 242) for x in range(100, 187)]
    rows = [dark[87 * row : 87 * row + 87] for row in range(87)]
    modules = [rows[3 * at + 1][1::3] for at in range(29)]
    import segno

    expected = segno.make_qr(TITLE.encode(), version=3, mask=0, error="m", mode="byte", boost_error=False).matrix
    assert modules == [[bool(module) for module in row] for row in expected]


def test_a_text_too_long_for_a_code_is_refused():
    draw.draw([a_page(Code(100, 600, 87, "x" * 84))], TITLE)
    with pytest.raises(CodeTooLongError):
        draw.draw([a_page(Code(100, 600, 87, "x" * 85))], TITLE)


def test_pages_that_share_a_form_hold_it_once():
    form = Form("shared", tuple(Text(60, 780 - 20 * at, 12, HEI, "共用的标签文字") for at in range(20)))
    values = [a_page(Text(300, 700, 12, KAI, name), form=form) for name in "甲乙丙丁"]
    pdf = draw.draw(values, TITLE)
    assert len(re.findall(rb"/Subtype /Form", pdf)) == 1
    assert page_count(pdf) == 4
    assert "丙" in "".join(text_lines(pdf, 2))
    assert text_lines(pdf, 2).count("共用的标签文字") == 20


def test_a_changed_edition_under_an_old_key_is_drawn_as_changed(tmp_path):
    press = draw.Press(kept=Cache(tmp_path))
    for words in ("旧版式", "新版式"):
        page = a_page(form=Form("same key", (Text(60, 700, 12, HEI, words),)))
        assert text_lines(press.draw([page], TITLE)) == [words]


def test_two_editions_under_one_key_in_one_document_keep_their_own_words():
    pages = [a_page(form=Form("same key", (Text(60, 700, 12, HEI, words),))) for words in ("旧版式", "新版式")]
    pdf = draw.draw(pages, TITLE)
    assert [text_lines(pdf, page) for page in range(2)] == [["旧版式"], ["新版式"]]


@pytest.mark.parametrize("damage", [lambda raw: raw[:-5], lambda raw: b"", lambda raw: raw[:40] + b"x" + raw[41:]])
def test_a_damaged_cache_is_made_again(tmp_path, damage):
    pages = a_packet(2)
    pdf = draw.Press(kept=Cache(tmp_path)).draw(pages, TITLE)
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    for file, raw in before.items():
        file.write_bytes(damage(raw))
    assert draw.Press(kept=Cache(tmp_path)).draw(pages, TITLE) == pdf
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert draw.Press(kept=Cache(blocked)).draw(a_packet(1), TITLE) == draw.draw(a_packet(1), TITLE)


def test_the_cache_drops_the_oldest_when_it_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr("printing.cache._DISK_BYTES", 1000)
    kept = Cache(tmp_path)
    for number in range(10):
        kept.get(f"k{number}", lambda: bytes(300))
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 1100


def test_an_empty_document_and_an_empty_page_are_drawn():
    assert page_count(draw.draw([a_page()], TITLE)) == 1


def test_a_landscape_page_is_not_clipped():
    wide = Form("wide", (Text(700, 300, 12, HEI, "右边"),))
    assert text_lines(draw.draw([Page(A4[1], A4[0], wide, ())], TITLE)) == ["右边"]


def test_a_page_outside_the_document_is_an_index_error():
    pdf = draw.draw([a_page()], TITLE)
    with pytest.raises(IndexError):
        render(pdf, 1, 1.0)
    with pytest.raises(ValueError, match="PDF"):
        render(b"no pdf", 0, 1.0)
