"""Which font draws which character, and what happens when none does."""

import hashlib
import struct
import zlib
from pathlib import Path

import pytest

from clerk.errors import UserCanFix
from printing import faces
from printing.marks import FACES, HEI, HEI_BOLD, KAI, SONG, SONG_BOLD
from printing.subset import code_of, cut
from printing.truetype import FontFile, FontRefused

NAMES = "㛃𠅤某𬱖某䶮某古某·肉某𠮷𫖯"


def test_the_vendored_files_are_the_ones_we_chose():
    for line in (faces.FOLDER / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((faces.FOLDER / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("face", FACES)
def test_every_face_draws_rare_names_by_falling_back(face):
    assert faces.missing(NAMES, face) == ""
    assert "".join(run.text for run in faces.shipped().runs(NAMES, face)) == NAMES


def test_the_chain_covers_every_assigned_character_of_the_han_blocks_of_gb18030_level_3():
    blocks = [(0x3400, 0x4DB5), (0x4E00, 0x9FEF), (0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D)]
    blocks += [(0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0)]
    text = "".join(chr(point) for first, last in blocks for point in range(first, last + 1))
    assert len(text) == 87_875  # the standard's 87,887 less twelve compatibility characters
    assert faces.missing(text) == ""
    assert faces.missing("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩") == ""


def test_characters_no_font_has_are_refused_and_every_one_is_named_once():
    with pytest.raises(faces.MissingGlyph) as refused:
        faces.width("张\U0003134a某\ue000\U0003134a", SONG, 12)
    assert refused.value.characters == "\U0003134a\ue000"
    assert "U+3134A" in refused.value.message
    assert "U+E000" in refused.value.message
    assert isinstance(refused.value, UserCanFix)


def test_a_line_break_is_no_glyph():
    assert faces.missing("第一行\n第二行") == "\n"


def test_widths_are_the_fonts_own():
    assert faces.width("姓名", SONG, 10.5) == 21
    assert faces.width("𠮷", HEI, 12) == 12
    assert faces.width("", KAI, 12) == 0
    digits = FontFile(faces.FOLDER / "NotoSansSC-Regular.ttf")
    assert faces.width("7", HEI, 1000) == digits.advance(digits.glyph_of("7"))
    assert 400 < faces.width("7", HEI, 1000) < 700


def test_a_fallback_is_emboldened_only_in_a_bold_face():
    def emboldened(face: str) -> list[bool]:
        return [run.embolden for run in faces.shipped().runs("吉𠮷", face)]

    assert emboldened(SONG_BOLD) == emboldened(HEI_BOLD) == [False, True]
    assert emboldened(SONG) == emboldened(HEI) == [False, False]


def test_an_unknown_face_is_said_with_those_there_are():
    with pytest.raises(ValueError, match="宋体粗"):
        faces.width("字", "隶书", 12)


def test_an_office_may_name_its_own_file(tmp_path: Path):
    own = tmp_path / "own.ttf"
    own.write_bytes((faces.FOLDER / "LXGWWenKai-Regular.ttf").read_bytes())
    chosen = faces.Faces({KAI: own})
    assert chosen.runs("字", KAI)[0].font.path == own
    assert chosen.runs("字", SONG)[0].font.path.parent == faces.FOLDER


@pytest.mark.parametrize("content", [b"", b"OTTO" + bytes(64), b"ttcf" + bytes(64), b"\0\1\0\0\0\1" + bytes(30)])
def test_a_file_without_truetype_outlines_is_refused(tmp_path: Path, content: bytes):
    file = tmp_path / "仿宋.ttf"
    file.write_bytes(content)
    with pytest.raises(FontRefused, match=r"仿宋\.ttf"):
        FontFile(file)


def test_a_font_that_forbids_embedding_is_refused(tmp_path: Path):
    raw = bytearray((faces.FOLDER / "NotoSansSC-Regular.ttf").read_bytes())
    font = FontFile(faces.FOLDER / "NotoSansSC-Regular.ttf")
    at = raw.index(font.table("OS/2"))
    struct.pack_into(">H", raw, at + 8, 2)
    file = tmp_path / "closed.ttf"
    file.write_bytes(raw)
    with pytest.raises(FontRefused, match="不允许嵌入"):
        FontFile(file)


def test_the_first_plane_table_finds_the_same_glyphs_as_the_full_one(tmp_path: Path):
    path = faces.FOLDER / "NotoSerifSC-Regular.ttf"
    full = FontFile(path)
    only_first = tmp_path / "first-plane.ttf"
    only_first.write_bytes(_without_format_12(path.read_bytes()))
    first = FontFile(only_first)
    points = [*range(0x20, 0x3000, 7), *range(0x4E00, 0xFFFF, 11)]
    assert [first.glyph_of(chr(point)) for point in points] == [full.glyph_of(chr(point)) for point in points]
    assert first.glyph_of("𠮷") == 0


def _without_format_12(raw: bytes) -> bytes:
    """The same font, its full Unicode subtables declared as something else."""
    data = bytearray(raw)
    at = raw.index(b"cmap", 12, 400)
    cmap = struct.unpack_from(">L", raw, at + 8)[0]
    for number in range(struct.unpack_from(">H", raw, cmap + 2)[0]):
        record = cmap + 4 + 8 * number
        offset = struct.unpack_from(">L", raw, record + 4)[0]
        if struct.unpack_from(">H", raw, cmap + offset)[0] == 12:
            struct.pack_into(">H", data, record, 9)
    return bytes(data)


def test_a_cut_font_puts_each_character_at_its_own_code(tmp_path: Path):
    font = FontFile(faces.FOLDER / "LXGWWenKai-Regular.ttf")
    program = cut(font, "姓名Aé10")
    file = tmp_path / "cut.ttf"
    file.write_bytes(_with_a_cmap(program))
    again = FontFile(file)
    for character in "姓名A10":
        assert again.outline(code_of(character)) == font.outline(font.glyph_of(character))[:] or _padded_equal(
            again.outline(code_of(character)), font.outline(font.glyph_of(character))
        )
        assert again.measures(code_of(character)) == font.measures(font.glyph_of(character))
    assert len(zlib.compress(program)) < 8_000


def _padded_equal(longer: bytes, shorter: bytes) -> bool:
    return longer[: len(shorter)] == shorter and not any(longer[len(shorter) :])


def _with_a_cmap(program: bytes) -> bytes:
    """A cut font needs no cmap in a PDF; to read it with our reader, give it an empty table of that name."""
    count = struct.unpack_from(">H", program, 4)[0]
    records = [list(struct.unpack_from(">4sLLL", program, 12 + 16 * number)) for number in range(count)]
    for record in records:
        record[2] += 16
    records.append([b"cmap", 0, 12, 0])
    head = program[:4] + struct.pack(">H", count + 1) + program[6:12]
    return head + b"".join(struct.pack(">4sLLL", *record) for record in records) + program[12 + 16 * count :]
