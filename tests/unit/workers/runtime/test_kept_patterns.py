"""Patterns that are kept find what compiled ones find; a file that is of no use is as good as none."""

import marshal
import re
import sys
from pathlib import Path

import pytest

from workers.runtime.kept_patterns import KeptPatterns

PATTERNS = (
    (r"[一-鿿]{2,4}", 0),
    (r"(?P<year>[12][0-9]{3})年(?:(?P<month>1?[0-9])月)?()", 0),
    (r"(?<![一-鿿])[^一-鿿\n][〇一二三四五六七八九十]+$|^一、", re.MULTILINE),
    (r"(?i:[a-zà-ÿ]+)|(x)(?=\1)", re.IGNORECASE | re.ASCII),
    (r"""第 [0-9]+ 条  # as written""", re.VERBOSE),
)
TEXT = "第12条 2018年3月，Ab 公开 十二 xx\n一、总体情况"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the patterns of an earlier process are kept."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    earlier = loaded(tmp_path / "patterns.bin")
    for pattern, flags in PATTERNS:
        earlier.compile(pattern, flags)
    earlier.save()
    return tmp_path / "patterns.bin"


def loaded(file: Path) -> KeptPatterns:
    """Return the patterns a new process has."""
    kept = KeptPatterns(file)
    kept.load()
    return kept


def compilations(kept: KeptPatterns, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many of the patterns are compiled to have them all."""
    parsed = []
    parse = re._parser.parse  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setattr("re._parser.parse", lambda *given: parsed.append(given) or parse(*given))
        for pattern, flags in PATTERNS:
            kept.compile(pattern, flags)
    return len(parsed)


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_kept_pattern_is_the_one_that_is_compiled(file: Path, pattern: str, flags: int) -> None:
    kept, plain = loaded(file).compile(pattern, flags), re.compile(pattern, flags)
    assert kept == plain
    assert (kept.flags, kept.groups, dict(kept.groupindex)) == (plain.flags, plain.groups, dict(plain.groupindex))
    found = [[(one.span(), one.groupdict(), one.lastgroup) for one in each.finditer(TEXT)] for each in (kept, plain)]
    assert found[0] == found[1]
    assert found[0]


def test_what_is_kept_is_not_compiled_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compilations(loaded(file), monkeypatch) == 0
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not what marshal wrote",
        marshal.dumps((("another Python", 1), {PATTERNS[0]: (0, b"", 0, {}, ())})),
        marshal.dumps(None),
    ],
)
def test_a_file_that_is_damaged_or_of_another_python_counts_as_none(
    file: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(content)
    kept = loaded(file)
    assert compilations(kept, monkeypatch) == len(PATTERNS)
    kept.save()
    assert compilations(loaded(file), monkeypatch) == 0


def test_nothing_is_written_where_no_bytecode_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = loaded(tmp_path / "no such folder" / "patterns.bin")
    kept.compile("a", 0)
    kept.save()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    asked_not_to = loaded(tmp_path / "patterns.bin")
    asked_not_to.compile("a", 0)
    asked_not_to.save()
    assert not list(tmp_path.iterdir())


def test_a_process_that_never_loads_them_keeps_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept = KeptPatterns(tmp_path / "patterns.bin")
    assert kept.compile("a(b)", 0) == re.compile("a(b)")
    kept.save()
    assert not list(tmp_path.iterdir())
