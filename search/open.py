"""Open an index by its address; the only place that knows all kinds of indexes.

Imports an index when it is opened: a command that only follows documents starts without everything that searches need.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from schemas.errors import SettingsError
from search.elastic.client import DOCUMENTS, ElasticRecordReader, Observe, ServerOptions, connect, observe_nothing
from search.protocol import Index, RecordReader

if TYPE_CHECKING:
    from search.query.request import Vocabulary

# A search on the embedded index reloads new commits by itself, at almost no cost.
EMBEDDED_REFRESH_SECONDS = 0.5
SERVER = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class WordFiles:
    """Word files that replace the shipped ones.

    Attributes:
        synonyms: Synonym file, read again when it changes.
        lexicon: Lexicon file.
    """

    synonyms: Path | None = None
    lexicon: Path | None = None

    @classmethod
    def named(cls, *, synonyms: str, lexicon: str) -> "WordFiles":
        """Return the files with these names; an empty name stands for the shipped file."""
        return cls(Path(synonyms) if synonyms else None, Path(lexicon) if lexicon else None)


def open_index(
    url: str,
    *,
    prefix: str,
    options: ServerOptions | None = None,
    refresh_seconds: float = 1.5,
    observe: Observe = observe_nothing,
    words: WordFiles | None = None,
) -> Index:
    """Return the index at ``url``, without contacting it yet.

    Args:
        url: ``tantivy:///folder`` or ``http(s)://host:port``.
        prefix: Start of the names of all indexes on a server.
        options: Of a server: who asks it, and how its indexes are laid out.
        refresh_seconds: Maximum time until a change is searchable under load.
        observe: Called after each bulk request to a server.
        words: The operator's word files; the shipped ones if None.

    Raises:
        SettingsError: The scheme of the address is unknown.
    """
    parts, vocabulary = urlsplit(url), _vocabulary(words or WordFiles())
    if parts.scheme == "tantivy":
        from search.tantivy.index import TantivyIndex  # noqa: PLC0415  see above

        quick = min(refresh_seconds, EMBEDDED_REFRESH_SECONDS)
        return TantivyIndex(Path(unquote(parts.path)), refresh_seconds=quick, vocabulary=vocabulary)
    if parts.scheme in SERVER:
        from search.elastic.index import ElasticIndex  # noqa: PLC0415  see above

        return ElasticIndex(
            url,
            prefix=prefix,
            options=options or ServerOptions(),
            refresh_seconds=refresh_seconds,
            observe=observe,
            vocabulary=vocabulary,
        )
    raise SettingsError(f"the index address {url} must begin with tantivy:///, http:// or https://")


def open_records(url: str, *, prefix: str, options: ServerOptions) -> RecordReader:
    """Return the reader of the records at ``url``, without contacting it yet; see ``open_index``.

    Raises:
        SettingsError: The scheme of the address is unknown.
    """
    if urlsplit(url).scheme in SERVER:
        return ElasticRecordReader(connect(url, options), f"{prefix}-{DOCUMENTS}")
    return open_index(url, prefix=prefix)


def _vocabulary(words: WordFiles) -> "Vocabulary":
    from search.query.lexicon import Segmenter, load  # noqa: PLC0415  see above
    from search.query.request import Vocabulary  # noqa: PLC0415  see above
    from search.query.synonyms import SynonymFile  # noqa: PLC0415  see above

    return Vocabulary(SynonymFile(words.synonyms), Segmenter(load(words.lexicon)))
