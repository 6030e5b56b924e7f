"""The shape of the code: who may import whom, how long a file may be, and where anything may be caught."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("schemas", "search", "workers", "ops")
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
SOURCES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def test_every_layer_has_sources() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in SOURCES} == set(LAYERS)


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_imports_point_downwards(path: Path) -> None:
    own = LAYERS.index(path.relative_to(ROOT).parts[0])
    above = set(LAYERS[own + 1 :]) | {"tests"}
    upward = {module for module in imported(ast.parse(path.read_text("utf-8"))) if module.split(".")[0] in above}
    assert not upward


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_and_functions_stay_readable_on_a_screen(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {
        f.name: f.end_lineno - f.lineno
        for f in functions
        if f.end_lineno and f.end_lineno - f.lineno > LONGEST_FUNCTION
    }
    assert not long


def test_everything_is_caught_in_one_place_only() -> None:
    broad = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    ]
    # The stage's outcome, and its counterpart inside the sandboxed child that turns any death into a message.
    assert {place.split(":")[0] for place in broad} <= {"workers/pipeline/runner.py", "workers/sandbox/child.py"}
    assert len(broad) <= 2


def test_the_environment_is_read_in_one_place_only() -> None:
    readers = {
        name(path)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    # Servers for tests and the sandbox's children build environments for processes they start.
    building = ("ops/testservers/", "workers/sandbox/", "workers/confinement/")
    assert {reader for reader in readers if not reader.startswith(building)} == {"workers/settings.py"}
