"""Synonyms, applied to queries only: a change of the file takes effect with the next search.

In a line ``政务公开, 政府信息公开`` each word finds the others; in ``老板 => 用人单位`` the first finds the second.
``#`` begins a comment, ``?`` a line that was proposed and ``!`` one that was refused: neither is used.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import combinations
from pathlib import Path

from schemas.errors import SettingsError
from search.query.analysis import squeeze
from search.query.hanzi import simplify

MAX_LENGTH = 40
MAX_FORMS = 8
PROPOSED, REFUSED = "?", "!"
UNUSED = (PROPOSED, REFUSED)


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The synonyms of each word, in squeezed form."""

    forms: dict[str, tuple[str, ...]]
    pattern: re.Pattern[str]

    def find_words(self, text: str) -> list[tuple[str, tuple[str, ...]]]:
        """Return the words of squeezed ``text`` that have synonyms, each with the synonyms that it does not contain."""
        words = dict.fromkeys(match[0] for match in self.pattern.finditer(text))
        made = ((word, tuple(form for form in self.forms[word] if form not in text)) for word in words)
        return [(word, forms) for word, forms in made if forms]


def read(text: str, *, name: str) -> Synonyms:
    """Parse the ``text`` of a synonym file.

    Raises:
        SettingsError: A line has no valid rule; the message names it.
    """
    forms: dict[str, dict[str, None]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip()[:1] in UNUSED:
            continue
        left, arrow, right = line.partition("#")[0].partition("=>")
        sources, targets = _words(left), _words(right) if arrow else _words(left)
        if bool(sources or targets) and (not sources or len({*sources, *targets}) < 2):
            raise SettingsError(f"{name}, line {number}: write `word, word` or `word => word`, not {line.strip()!r}")
        for source in sources:
            forms.setdefault(source, {}).update(dict.fromkeys(each for each in targets if each != source))
    longest_first = sorted(forms, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
    return Synonyms({word: tuple(found)[:MAX_FORMS] for word, found in forms.items()}, pattern)


class SynonymFile:
    """The current synonyms of a file, or the shipped ones if ``path`` is None."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._read: tuple[tuple[int, int], Synonyms] | None = None

    def now(self) -> Synonyms:
        """Return the synonyms; read the file again if it has changed.

        Raises:
            SettingsError: The file cannot be read, or a line has no valid rule.
        """
        if self._path is None:
            return load_shipped()
        try:
            found = self._path.stat()
            state = (found.st_mtime_ns, found.st_size)
            if self._read is None or self._read[0] != state:
                self._read = state, read(self._path.read_text("utf-8"), name=str(self._path))
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"GONGKAI_SYNONYMS: cannot read {self._path}: {error}") from error
        return self._read[1]


@cache
def load_shipped() -> Synonyms:
    """Return the synonyms shipped with the program."""
    return read(shipped_text(), name="synonyms.txt")


def shipped_text() -> str:
    """Return the synonym file shipped with the program."""
    return (resources.files("search") / "data" / "synonyms.txt").read_text("utf-8")


def known_pairs(text: str) -> set[frozenset[str]]:
    """Return the pairs of words that a person put on a line together or refused, in squeezed form."""
    lines = (line.strip() for line in text.splitlines())
    decided = (line.removeprefix(REFUSED) for line in lines if not line.startswith(PROPOSED))
    groups = (_words(line.partition("#")[0].replace("=>", ",")) for line in decided)
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def _words(written: str) -> list[str]:
    words = [squeeze(simplify(word))[:MAX_LENGTH] for word in re.split("[,，、]", written)]
    return [word for word in words if word]
