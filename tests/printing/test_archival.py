"""Every document is fit for the archive: PDF/A-1b, as an independent checker sees it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from printing.draw import draw
from printing.marks import A4, HEI_BOLD, KAI, SONG, Code, Form, Line, Page, Rect, Text, Tick

JARS = Path("/usr/share/java")
NEEDED = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "jaxb-api", "javax.activation")
CLASSPATH = ":".join(str(JARS / f"{name}.jar") for name in NEEDED)
CHECKER = ["java", "-cp", CLASSPATH, "org.apache.pdfbox.preflight.Validator_A1b"]
THERE = shutil.which("java") is not None and all((JARS / f"{name}.jar").exists() for name in NEEDED)


def pages(name: str) -> list[Page]:
    form = Form("test/archive", (Line(60, 700, 500, 700), Rect(60, 500, 100, 90), Text(60, 760, 18, HEI_BOLD, "证明")))
    said = (Text(60, 720, 12, KAI, name), Tick(60, 600, 9, True), Code(450, 740, 56, "990101-2026-00001"))
    return [Page(*A4, form, said), Page(*A4, None, (Text(60, 700, 10.5, SONG, f"续页：{name}"),))]


def checked(made: bytes, folder: Path) -> str:
    path = folder / "made.pdf"
    path.write_bytes(made)
    done = subprocess.run([*CHECKER, str(path)], capture_output=True, text=True, check=False, timeout=100)
    return done.stdout + done.stderr


@pytest.mark.skipif(not THERE, reason="PDFBox Preflight is not here: apt-get install libpdfbox2-java libjaxb-api-java")
def test_an_independent_checker_finds_a_valid_pdf_a_1b_whatever_the_name(tmp_path: Path) -> None:
    assert "is a valid PDF/A-1b file" in checked(draw(pages("张某军 𠮷𫖯㛃䶮"), "990101-2026-00001"), tmp_path)


@pytest.mark.skipif(not THERE, reason="PDFBox Preflight is not here: apt-get install libpdfbox2-java libjaxb-api-java")
def test_the_checker_notices_a_document_without_its_profile(tmp_path: Path) -> None:
    broken = draw(pages("张某军"), "990101-2026-00001").replace(b"/OutputIntents", b"/OutputIntentz")
    assert "not a valid PDF/A-1b file" in checked(broken, tmp_path)


def test_a_document_says_what_it_claims_and_names_no_font_it_does_not_bring() -> None:
    made = draw(pages("张某军"), "990101-2026-00001")
    assert b"<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in made
    assert b"/GTS_PDFA1" in made
    assert b"Helvetica" not in made
    assert made.count(b"/Type /FontDescriptor") == made.count(b"/FontFile2") == made.count(b"/CIDSet")
