"""The house rules that no linter knows: small modules, nothing named in Python that is data, one home for each library."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).resolve().parents[2]
ROOMS = ("forms", "clerk", "printing", "ui")
MODULES = sorted(path for room in ROOMS for path in (HERE / room).rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def _functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _documentation(tree: ast.Module) -> set[int]:
    """Lines that belong to docstrings: prose may name an example."""
    holders = [n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)]
    strings = [h.body[0] for h in holders if h.body and isinstance(h.body[0], ast.Expr)]
    return {line for s in strings for line in range(s.lineno, (s.end_lineno or s.lineno) + 1)}


def _ids(*keys: str) -> set[str]:
    """Every id and number that the shipped data gives under one of the keys."""
    found: set[str] = set()
    for path in (HERE / "forms").rglob("*.yaml"):
        for document in yaml.compose_all(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(document, yaml.MappingNode):
                pairs = {k.value: v for k, v in document.value if isinstance(k, yaml.ScalarNode)}
                named = [pairs[key] for key in keys if isinstance(pairs.get(key), yaml.ScalarNode)]
                found |= {node.value for node in [*named, pairs.get("编号")] if named and isinstance(node, yaml.ScalarNode)}
    return {word for word in found if word}


def test_modules_have_at_most_300_lines() -> None:
    assert {str(p.relative_to(HERE)): n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 300} == {}


def test_functions_have_at_most_40_lines() -> None:
    long = {
        f"{path.relative_to(HERE)}:{function.name}": lines
        for path, tree in TREES.items()
        for function in _functions(tree)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > 40
    }
    assert long == {}


def test_no_programme_paper_or_roster_is_named_in_python() -> None:
    names = _ids("项目") | _ids("文书") | _ids("花名册")
    assert len(names) > 20, "the shipped data names programmes, papers and rosters"
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    guilty = [
        f"{path.relative_to(HERE)}:{node.lineno} {node.value!r}"
        for path, tree in TREES.items()
        for said in [_documentation(tree)]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.lineno not in said and pattern.search(node.value)
    ]
    assert guilty == []


def test_layers_hold() -> None:
    done = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("word", ["QSaveFile", "QtSql", "setInputMask"])
def test_what_failed_in_measurement_is_not_used(word: str) -> None:
    assert [str(p) for p in MODULES if re.search(rf"\b{word}\(|import .*\b{word}\b", p.read_text(encoding="utf-8"))] == []


def test_no_path_of_a_machine_stands_in_the_project() -> None:
    machine = re.compile("/(?:wor" + "k|ro" + "ot|home)/[a-z]|/usr/lo" + "cal/")
    kinds = {".py", ".md", ".toml", ".yaml", ".yml", ".sh", ".txt", ".in", ".lock", ".desktop", ".spec"}
    bare = {"LICENSE", "Makefile", "run", ".gitignore"}
    places = [HERE / room for room in (*ROOMS, "tests", "installer", ".ci")]
    files = [path for place in places for path in place.rglob("*")] + list(HERE.iterdir())
    texts = [path for path in files if path.is_file() and (path.suffix in kinds or path.name in bare)]
    assert len(texts) > 200
    assert [str(path) for path in texts if machine.search(path.read_text(encoding="utf-8"))] == []
