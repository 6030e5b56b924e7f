"""The index an address stands for; the one place that knows which indexes there are."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from schemas.errors import SettingsError
from search.elastic_client import Observe, unobserved
from search.elastic_index import ElasticIndex
from search.protocol import Index
from search.tantivy_index import TantivyIndex

# A search there looks for what is new by itself, at next to no cost.
EMBEDDED_REFRESH_SECONDS = 0.5


def open_index(
    url: str,
    *,
    prefix: str,
    user: str = "",
    password: str = "",
    refresh_seconds: float = 2.0,
    ca_file: str = "",
    observe: Observe = unobserved,
    synonyms: Path | None = None,
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
        synonyms: File of words that mean the same, read again when it changes; None takes those shipped.

    Raises:
        SettingsError: The address is of no known kind.
    """
    parts = urlsplit(url)
    if parts.scheme == "tantivy":
        quick = min(refresh_seconds, EMBEDDED_REFRESH_SECONDS)
        return TantivyIndex(Path(unquote(parts.path)), refresh_seconds=quick, synonyms=synonyms)
    if parts.scheme in {"http", "https"}:
        return ElasticIndex(
            url,
            prefix=prefix,
            user=user,
            password=password,
            refresh_seconds=refresh_seconds,
            observe=observe,
            ca_file=ca_file,
            synonyms=synonyms,
        )
    raise SettingsError(f"the index address {url} must begin with tantivy:///, http:// or https://")
