"""docs/architecture.md and docs/glossary.md speak of what is there, and answer a newcomer's questions."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from schemas.glossary import TERMS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
GLOSSARY = (ROOT / "docs/glossary.md").read_text("utf-8")
PLACES = sorted(set(re.findall(r"`((?:schemas|search|workers|ops)[\w/.]*)`(?::`([\w.]+)`)?", PAGE + GLOSSARY)))
# What someone asks who has never seen the code, and where it is.
QUESTIONS = {
    "a lease renewed": "workers/leases/redis/leases.py",
    "a retry decided": "workers/pipeline/retry_policy.py",
    "a key admitted to a queue": "workers/tasks/admission.py",
    "a highlight made": "search/results/highlight.py",
    "a page's table read": "workers/convert/layout/ruled_tables.py",
    "a document held back": "workers/pipeline/hold_policy.py",
    "a format": "workers/convert/registry.py",
}


def defined(path: Path) -> set[str]:
    """Return what a module defines: functions, classes, constants, and methods behind their class."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        for inner in getattr(node, "body", []):
            if isinstance(node, ast.ClassDef) and isinstance(inner, ast.FunctionDef):
                found.add(f"{node.name}.{inner.name}")
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


@pytest.mark.parametrize(("place", "name"), PLACES, ids=[f"{place}:{name}" for place, name in PLACES])
def test_every_place_the_pages_name_exists(place: str, name: str) -> None:
    assert (ROOT / place).exists()
    assert not name or name in defined(ROOT / place)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_newcomers_question_is_answered_by_the_page(question: str) -> None:
    (row,) = re.findall(rf"^\| {re.escape(question)} \|(.*)\|$", PAGE, re.MULTILINE)
    assert QUESTIONS[question] in row


def test_every_room_is_on_the_page() -> None:
    rooms = {
        room.relative_to(ROOT).as_posix()
        for layer in ("search", "workers")
        for room in (ROOT / layer).iterdir()
        if (room / "__init__.py").exists()
    }
    assert not {room for room in rooms if f"`{room}`" not in PAGE}


def test_no_word_is_explained_twice() -> None:
    words = re.findall(r"^\| (.*?) \|", GLOSSARY, re.MULTILINE)
    assert [word for word, count in Counter(words).items() if count > 1] == []


@pytest.mark.parametrize("term", TERMS)
def test_the_glossary_explains_every_term_as_the_code_does(term: str) -> None:
    known = TERMS[term]
    assert f"| `{term}` | {known.chinese} | {known.meaning} |" in GLOSSARY
