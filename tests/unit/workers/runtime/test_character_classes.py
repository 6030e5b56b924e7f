"""Patterns compiled with the classes that are kept are the patterns ``re`` compiles without them."""

import re
from importlib import import_module

import pytest

from workers.runtime.character_classes import keep_classes

PATTERNS = (
    (r"[一-鿿]{2,4}", 0),
    (r"(?<![一-鿿])[^一-鿿\s][〇一二三四五六七八九十]+[㐀-鿿、0-9]", 0),
    (r"[a-zà-ÿ一-鿿]+", re.IGNORECASE),
    (r"[\U00020000-\U0002a6df一-鿿]", 0),
)


@pytest.fixture
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = import_module("re._compiler")
    monkeypatch.setattr(compiler, "_optimize_charset", compiler._optimize_charset)


@pytest.mark.usefixtures("_plain")
@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_kept_class_compiles_to_the_same_code(pattern: str, flags: int) -> None:
    compiler, parser = import_module("re._compiler"), import_module("re._parser")
    without = compiler._code(parser.parse(pattern, flags), flags)
    keep_classes()
    for _ in range(2):
        assert compiler._code(parser.parse(pattern, flags), flags) == without


@pytest.mark.usefixtures("_plain")
def test_a_class_is_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = import_module("re._compiler")
    gone_through = []
    plain = compiler._optimize_charset
    monkeypatch.setattr(compiler, "_optimize_charset", lambda *given: gone_through.append(given) or plain(*given))
    keep_classes()
    keep_classes()
    for pattern in (r"甲[一-鿿]", r"乙[一-鿿]+丙", r"[一-鿿]{3}"):
        re.purge()
        assert re.compile(pattern)
    assert len([given for given in gone_through if given[0]]) <= 2  # as a class, and as what a match begins with
