"""The lexicon: names of laws, agencies and topics that are one word, for rjieba here and IK on the server.

Sections are found by their characters, independent of the lexicon. Only titles and headings are also indexed by words,
so a change of the lexicon affects only documents with a changed word in one of these. A file is UTF-8, one word a
line, the format of IK's ``ext_dict``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import SettingsError
from schemas.records import ArticleSummary, SectionRow
from search.query.analysis import fold, index_words, squeeze
from search.query.segmenter import own
from search.query.words import inner_words, name_words

if TYPE_CHECKING:
    import rjieba

LENGTHS = range(2, 21)
NAMES = 4096  # titles and headings whose words are kept
HAN = re.compile(r"[\u3400-\u9fff]+")
# Titles of laws and rules, which other texts use as words.
NAMED = re.compile(r"(?:法|法典|条例|规定|办法|细则|规则|准则|标准|规范|规程)$")
QUOTED = re.compile(r"《([^《》]{2,40})》")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in the order of their file, each once."""

    ordered: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Return an identifier that is equal for equal words."""
        return blake2b("\n".join(sorted(self.ordered)).encode(), digest_size=6).hexdigest()

    def text(self) -> str:
        """Return the content of the lexicon file."""
        return "".join(f"{word}\n" for word in self.ordered)


NO_WORDS = Lexicon()


def read(text: str) -> Lexicon:
    """Parse a lexicon file; ``#`` begins a comment."""
    lines = (squeeze(line.partition("#")[0]) for line in text.splitlines())
    return Lexicon(tuple(dict.fromkeys(word for word in lines if len(word) in LENGTHS)))


@cache
def load_shipped() -> Lexicon:
    """Return the lexicon shipped with the program."""
    return read((resources.files("search") / "data" / "lexicon.txt").read_text("utf-8"))


def load(path: Path | None) -> Lexicon:
    """Return the lexicon in the file at ``path``, the shipped one if None.

    Raises:
        SettingsError: The file cannot be read.
    """
    if path is None:
        return load_shipped()
    try:
        return read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"GONGKAI_LEXICON: cannot read {path}: {error}; give a UTF-8 file, one word a line"
        ) from error


class Segmenter:
    """Segments titles and headings by ``lexicon``, one for each index; texts and queries do not use it."""

    def __init__(self, lexicon: Lexicon = NO_WORDS) -> None:
        self._lexicon = lexicon
        self._segmenter: rjieba.Jieba | None = None
        # All rows of a document have its title, and each has the headings above it.
        self._kept = lru_cache(NAMES)(self._cut)
        self.version = lexicon.version if lexicon.ordered else ""

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words a title or heading is indexed under."""
        return self._kept(name)

    def _cut(self, name: str) -> tuple[str, ...]:
        # Loaded on first use: a segmenter takes 26 MB, and only writers need it.
        if self._segmenter is None:
            made = own()
            for word in self._lexicon.ordered:
                if not made.has_word(word):
                    made.add_word(word, None, None)
            self._segmenter = made
        return tuple(name_words(index_words(name, self._segmenter.cut)))

    def compounds(self, word: str) -> list[str]:
        """Return the words of the lexicon that contain ``word``."""
        return [each for each in self._lexicon.ordered if word in each and word in inner_words(each)]


def build_lexicon(articles: Iterable[ArticleSummary], known: Lexicon) -> Lexicon:
    """Return ``known`` plus the words of a collection: issuers, titles of laws and rules, and the laws they cite."""
    words = dict.fromkeys(known.ordered)
    for article in articles:
        issuer, title = squeeze(article.issuer or ""), fold(article.title or "")
        names = [issuer, *QUOTED.findall(title), squeeze(title).removeprefix(issuer)]
        named = (name for name in names[1:] if NAMED.search(name))
        words.update(dict.fromkeys(name for name in (issuer, *named) if _is_word(name)))
    return Lexicon(tuple(words))


def changed_words(before: Lexicon, after: Lexicon) -> re.Pattern[str] | None:
    """Return a pattern for the words that only one of two lexicons has; None if there are none."""
    words = set(before.ordered) ^ set(after.ordered)
    return re.compile("|".join(map(re.escape, sorted(words)))) if words else None


def touches(words: re.Pattern[str], rows: Iterable[SectionRow]) -> bool:
    """Return whether a lexicon that differs by ``words`` segments a title or heading of ``rows`` differently."""
    labels = dict.fromkeys(text for row in rows for text in (row.title, row.heading) if text)
    return any(words.search(squeeze(label)) for label in labels)


def _is_word(name: str) -> bool:
    return len(name) in LENGTHS and HAN.fullmatch(name) is not None
