"""`clerk paper …`: a shipped form is exported, changed, imported as a new edition, proofed and compared."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from ui.command_line import main

ON = ["--on", "2026-10-01"]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*words: object) -> tuple[int, str, str]:
        code = main([*map(str, words), "--data", str(tmp_path / "data")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def changed(path: Path, was: str, now: str) -> None:
    """Another word in the cell that holds `was`."""
    book = load_workbook(io.BytesIO(path.read_bytes()))
    cell = next(cell for row in book["表"].iter_rows() for cell in row if cell.value == was)
    cell.value = now
    book.save(path)


def test_a_form_goes_out_to_excel_and_comes_back_as_a_new_edition(run: Run, tmp_path: Path) -> None:
    sheet, proof = tmp_path / "表.xlsx", tmp_path / "校样.pdf"
    assert run("paper", "export", "D02", sheet, *ON)[0] == 0
    words = ("paper", "import", sheet, "--edition", "2027", "--from", "2027-01-01", *ON)
    code, said, _ = run(*words, "--proof", proof)
    assert (code, "已放进草稿，请在「政策」里发布" in said) == (0, True)
    assert len(pypdfium2.PdfDocument(proof.read_bytes())) >= 1
    listed = [line for line in run("paper", "list", *ON)[1].splitlines() if line.startswith("D02　")]
    assert [line.split("　")[3] for line in listed] == ["在用", "待用"]
    assert run("paper", "diff", "D02@2026-09", "D02@2027", *ON)[1].startswith(
        "版：2026-09 → 2027\n自：2026-09-01 → 2027-01-01"
    )
    assert run("paper", "proof", "D02@2027", "--out", proof, *ON)[0] == 0


def test_an_import_with_an_unknown_name_is_listed_and_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "表.xlsx"
    run("paper", "export", "D12-2", sheet, *ON)
    changed(sheet, "{单位}", "{单危}")
    code, said, _ = run("paper", "import", sheet, "--edition", "2027", "--json", *ON)
    told = json.loads(said)
    assert code == 1
    assert told["草稿"] == ""
    (hard,) = [one for one in told["问题"] if one["不能用"]]
    assert (hard["问题"], hard["格"] != "") == ("没有「单危」这一项", True)
    assert "2027" not in run("paper", "list", *ON)[1]


def test_papers_and_editions_that_do_not_exist_are_said_with_those_that_do(run: Run, tmp_path: Path) -> None:
    code, _, noted = run("paper", "export", "D02@1999", tmp_path / "a.xlsx", *ON)
    assert (code, noted) == (1, "「D02」没有 1999 版，现有：2026-09\n")
    assert "没有文书「Z99」" in run("paper", "proof", "Z99", "--out", tmp_path / "a.pdf", *ON)[2]
    assert "不是表格" in run("paper", "export", "L01", tmp_path / "a.xlsx", *ON)[2]
    assert "读不了" in run("paper", "import", tmp_path / "none.xlsx", "--as", "X", "--edition", "1", *ON)[2]


def test_the_guide_says_how_a_form_is_drawn(run: Run) -> None:
    assert "{身份证号 格}" in run("paper", "guide")[1]


def _values(path: Path) -> set[object]:
    book = load_workbook(io.BytesIO(path.read_bytes()))
    return {cell.value for row in book["表"].iter_rows() for cell in row}
