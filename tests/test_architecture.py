"""The shape of the code: who may import whom, how long a file may be, and where anything may be caught."""

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("schemas", "search", "workers", "ops")
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 50
SOURCES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


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
    assert len(text.splitlines()) <= MAX_FILE_LINES
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {
        f.name: f.end_lineno - f.lineno
        for f in functions
        if f.end_lineno and f.end_lineno - f.lineno > MAX_FUNCTION_LINES
    }
    assert not long


def test_files_of_tests_stay_readable_too() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in TESTS}
    assert not {path: length for path, length in lengths.items() if length > MAX_FILE_LINES}


def test_unit_tests_share_only_what_is_in_support() -> None:
    borrowed = {
        f"{name(path)}: {module}"
        for path in TESTS
        if path.is_relative_to(ROOT / "tests/unit")
        for module in imported(ast.parse(path.read_text("utf-8")))
        if module.startswith("tests.") and not f"{module}.".startswith("tests.support.")
    }
    assert not borrowed


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
    assert {reader for reader in readers if not reader.startswith(building)} == {"schemas/environment.py"}


# Words that end like a participle or a gerund and are nouns of the field.
NOUNS = {
    "encoding",
    "mapping",
    "numbering",
    "tracing",
    "heading",
    "ceiling",
    "feed",
    "wrapping",
    "count_sampling",
    "ranking",
}
IRREGULAR = {
    *("kept", "told", "shown", "made", "found", "sent", "held", "left", "given", "taken", "done", "gone", "known"),
    *("seen", "written", "drawn", "lost", "met", "built"),
}
# Rooms with one entry for each thing that travels, format, structure of one, fact of a record, command, office part.
OPEN_ROOMS = {
    "schemas",
    "schemas/office",
    "search/office",
    "workers/convert",
    "workers/convert/word/doc",
    "workers/extract/record",
    "ops/cli",
    "ops/cli/office",
}
MAX_ENTRIES = 15


def is_participle(word: str) -> bool:
    return word not in NOUNS and (word in IRREGULAR or word.endswith(("ing", "ed")))


def is_handler(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Routes: their names are those of operations in the interface's description."""
    return any("router" in ast.unparse(decorator) for decorator in function.decorator_list)


def test_the_contracts_on_imports_are_kept() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_no_module_is_named_by_a_gerund() -> None:
    assert not [name(path) for path in SOURCES if path.stem.endswith("ing") and path.stem not in NOUNS]


def test_public_functions_are_named_by_verbs_or_nouns_not_by_bare_participles() -> None:
    assert not [
        f"{name(path)}: {node.name}"
        for path in SOURCES
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and "_" not in node.name
        and is_participle(node.name)
        and not is_handler(node)
    ]


def test_no_room_is_crowded() -> None:
    rooms = {path.parent for path in SOURCES} | {ROOT / layer for layer in LAYERS}
    crowded = {
        name(room): len(entries)
        for room in rooms
        if len(entries := [e for e in room.iterdir() if e.name not in {"__init__.py", "__pycache__"}]) > MAX_ENTRIES
    }
    assert set(crowded) <= OPEN_ROOMS, crowded


def test_the_median_function_has_ten_lines_at_most() -> None:
    lengths = [
        node.end_lineno - node.lineno
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    assert statistics.median(lengths) <= 10
