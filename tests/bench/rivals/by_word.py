"""The pages' texts as a Word table filled by docxtpl and turned into PDF by LibreOffice, as most counties do it.

Only the texts and the rules of a table: ticks are characters and the code is a picture, for Word has neither.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections import defaultdict
from functools import cache
from pathlib import Path

import segno
from docx import Document
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage

from printing.marks import Code, Page, Text, Tick
from tests.bench.rivals.runs import marks

OFFICE = shutil.which("soffice")
_COLUMNS = 6


def make(pages: list[Page], title: str) -> bytes:
    """One document of all pages. Needs LibreOffice on the PATH."""
    del title
    if OFFICE is None:
        raise FileNotFoundError("soffice")
    filled = DocxTemplate(io.BytesIO(_template(len(pages))))
    values: dict[str, object] = {}
    for number, page in enumerate(pages):
        for row, words in enumerate(_rows(page)):
            values |= {f"v{number}_{row}_{column}": word for column, word in enumerate(words)}
        code = next(mark.text for mark in page.marks if isinstance(mark, Code))
        picture = io.BytesIO()
        segno.make_qr(code, error="m").save(picture, kind="png", scale=4)
        values[f"c{number}"] = InlineImage(filled, picture, width=Mm(15))
    filled.render(values)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "packet.docx")
        filled.save(str(source))
        home = f"-env:UserInstallation={Path(tempfile.gettempdir(), 'bench-office').as_uri()}"
        command = [OFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True)
        return Path(folder, "packet.pdf").read_bytes()


def _rows(page: Page) -> list[list[str]]:
    rows: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for mark in marks(page):
        if isinstance(mark, Text):
            rows[round(mark.y)].append((mark.x, mark.text))
        elif isinstance(mark, Tick):
            rows[round(mark.y)].append((mark.x, "☑" if mark.checked else "□"))
    lines = [[word for _, word in sorted(row)] for _, row in sorted(rows.items(), reverse=True)]
    return [[*line[: _COLUMNS - 1], " ".join(line[_COLUMNS - 1 :])] for line in lines]


@cache
def _template(count: int) -> bytes:
    document = Document()
    document.styles["Normal"].font.size = Pt(7)
    for number in range(count):
        document.add_paragraph(f"{{{{ c{number} }}}}")
        table = document.add_table(rows=44, cols=_COLUMNS, style="Table Grid")
        for row, line in enumerate(table.rows):
            for column, cell in enumerate(line.cells):
                cell.text = f"{{{{ v{number}_{row}_{column} }}}}"
        if number + 1 < count:
            document.add_page_break()
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
