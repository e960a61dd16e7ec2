"""Every sign the window shows is one our fonts can draw."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from printing.faces import missing

UI = Path(__file__).parents[2] / "ui"
SHOWN = [path for path in sorted(UI.rglob("*.py")) if "command" not in path.name and path.name not in ("console.py", "demo.py")]


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(UI)))
def test_no_word_of_the_window_holds_a_character_without_a_shape(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    words = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert missing([word.replace("\n", "") for word in words]) == ""
