"""A watermark is seen and says who and when, but nothing of it is read out; a background lies under everything."""

from pathlib import Path

import pypdfium2
import pytest

from printing.draw import draw
from printing.faces import MissingGlyph
from printing.marks import A4, HEI, KAI, SIZES, Form, Ghost, Page, Text
from printing.watermark import stamped, watermarked
from tests.printing.pages import SheetValues, a_paper, laid_out

WORDS = "示例镇 练习员 2026年9月1日 09:31"


def a_page(text: str = "赵某某1234") -> Page:
    return Page(*A4, Form("f", (Text(60, 600, 12, KAI, "姓名"),)), (Text(100, 600, 12, KAI, text),))


def text_of(pdf: bytes) -> str:
    return "".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded().split())


def grey_pixels(pdf: bytes) -> int:
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1, grayscale=True)
    return sum(200 < value < 250 for value in bytes(picture.buffer))


def ink_in_tiles(pdf: bytes, side: int = 16) -> list[float]:
    """How dark each tile of a page is, from 0 (white) to 255."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2, grayscale=True)
    raw, stride = bytes(picture.buffer), picture.stride
    return [
        255 - sum(sum(raw[(y + row) * stride + x :][:side]) for row in range(side)) / side**2
        for y in range(0, picture.height - side, side)
        for x in range(0, picture.width - side, side)
    ]


def test_a_watermark_is_seen_and_no_word_of_it_is_read_out() -> None:
    plain, marked = draw([a_page()], "x"), draw(watermarked([a_page()], WORDS), "x")
    assert text_of(marked) == text_of(plain) == "姓名赵某某1234"
    assert grey_pixels(marked) > grey_pixels(plain) + 1000


def test_the_same_words_give_the_same_bytes_and_other_words_others() -> None:
    first, again = (draw(watermarked([a_page()], WORDS), "x") for _ in range(2))
    assert first == again
    assert draw(watermarked([a_page()], WORDS + "。"), "x") != first


def test_all_pages_of_a_size_share_one_watermark() -> None:
    wide, high = SIZES["A3"]
    pages = watermarked([a_page(), a_page(), Page(wide, high, None, ())], WORDS)
    assert pages[0].under is pages[1].under is not pages[2].under


def test_long_words_stay_within_the_page() -> None:
    (page,) = watermarked([a_page()], WORDS * 6)
    assert page.under is not None
    picture = pypdfium2.PdfDocument(draw([Page(*A4, None, (), page.under)], "x"))[0].render(scale=1, grayscale=True)
    rows = [bytes(picture.buffer)[at * picture.stride :][: picture.width] for at in range(picture.height)]
    assert all(set(row[:20]) | set(row[-20:]) == {255} for row in rows)


def test_a_character_that_no_font_has_is_refused_in_a_watermark_too() -> None:
    with pytest.raises(MissingGlyph):
        draw(watermarked([a_page()], WORDS + "\ue000"), "x")


@pytest.mark.parametrize(("said", "marked"), [("", False), ("水印: 是\n", True), ("密级: 个人敏感信息\n", True)])
def test_only_a_paper_whose_data_asks_for_it_gets_a_watermark(tmp_path: Path, said: str, marked: bool) -> None:
    paper = a_paper(tmp_path, f'文书: B04\n名称: 示例\n版: "1"\n{said}块: [{{行: [甲]}}]\n')
    (page,) = stamped(paper, laid_out(paper, SheetValues({}, {})), WORDS)
    assert (page.under is not None) == marked


def test_shapes_look_like_the_words_they_stand_for() -> None:
    words = "示例镇练习员2026年9月1日 09:31éÅ"
    text = draw([Page(420, 60, None, (Text(10, 20, 24, HEI, words),))], "x")
    shapes = draw([Page(420, 60, None, (Ghost(10, 20, 24, HEI, words, 0, 0),))], "x")
    text_ink, shape_ink = ink_in_tiles(text), ink_in_tiles(shapes)
    assert sum(ink > 20 for ink in text_ink) > 20
    assert max(abs(a - b) for a, b in zip(text_ink, shape_ink, strict=True)) < 20
