"""The index an address stands for; the one place that knows which indexes there are."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from schemas.errors import SettingsError
from search.elastic.client import Observe, observe_nothing
from search.elastic.index import ElasticIndex
from search.protocol import Index
from search.query.lexicon import Segmenter, load
from search.query.request import Vocabulary
from search.query.synonyms import SynonymFile
from search.tantivy.index import TantivyIndex

# A search there looks for what is new by itself, at next to no cost.
EMBEDDED_REFRESH_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class WordFiles:
    """Files of words instead of those shipped.

    Attributes:
        synonyms: Words that mean the same, read again when the file changes.
        lexicon: The domain dictionary.
    """

    synonyms: Path | None = None
    lexicon: Path | None = None

    @classmethod
    def named(cls, *, synonyms: str, lexicon: str) -> "WordFiles":
        """Return the files of these names, which may be empty."""
        return cls(Path(synonyms) if synonyms else None, Path(lexicon) if lexicon else None)


def open_index(
    url: str,
    *,
    prefix: str,
    user: str = "",
    password: str = "",
    refresh_seconds: float = 1.5,
    ca_file: str = "",
    observe: Observe = observe_nothing,
    words: WordFiles | None = None,
) -> Index:
    """Return the index at ``url``, without reaching for it yet.

    Args:
        url: ``tantivy:///folder`` or ``http(s)://host:port``.
        prefix: Start of the names of all indexes on a server.
        user: Of the server, where a password is set.
        password: Of the server.
        refresh_seconds: Longest time a change stays unsearchable while many are made.
        ca_file: Certificate authorities to trust, in PEM; empty takes the system's.
        observe: Told of each bulk request to a server.
        words: Files of the operator's own; what is shipped where None.

    Raises:
        SettingsError: The address is of no known kind.
    """
    own = words or WordFiles()
    vocabulary = Vocabulary(SynonymFile(own.synonyms), Segmenter(load(own.lexicon)))
    parts = urlsplit(url)
    if parts.scheme == "tantivy":
        quick = min(refresh_seconds, EMBEDDED_REFRESH_SECONDS)
        return TantivyIndex(Path(unquote(parts.path)), refresh_seconds=quick, vocabulary=vocabulary)
    if parts.scheme in {"http", "https"}:
        return ElasticIndex(
            url,
            prefix=prefix,
            user=user,
            password=password,
            refresh_seconds=refresh_seconds,
            observe=observe,
            ca_file=ca_file,
            vocabulary=vocabulary,
        )
    raise SettingsError(f"the index address {url} must begin with tantivy:///, http:// or https://")
