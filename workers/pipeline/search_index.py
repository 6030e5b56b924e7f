"""The index the settings name; apart from ``context``, for processes that need nothing else of it."""

from search.elastic.client import Observe, ServerOptions
from search.open import WordFiles, open_index
from search.protocol import Index
from workers.settings import Settings
from workers.telemetry import instrument as metrics


def index_of(settings: Settings, *, prefix: str | None = None, observe: Observe = metrics.count_index_request) -> Index:
    """Return the index of these settings, without reaching for it yet.

    Args:
        settings: Where it is, and its words.
        prefix: Start of the names of its indexes on a server, where that is not the one of the settings.
        observe: Told of each bulk request to a server.

    Raises:
        SettingsError: Its address is of no known kind.
    """
    return open_index(
        settings.index_url,
        prefix=settings.index_prefix if prefix is None else prefix,
        options=_options_of(settings),
        refresh_seconds=settings.index_refresh_seconds,
        words=WordFiles.named(synonyms=settings.synonyms, lexicon=settings.lexicon),
        observe=observe,
    )


def _options_of(settings: Settings) -> ServerOptions:
    """Return what the settings say of the index's server."""
    return ServerOptions(
        user=settings.index_user,
        password=settings.index_password,
        ca_file=settings.ca_file,
        shards=settings.index_shards,
        replicas=None if settings.index_replicas == "auto" else settings.index_replicas,
    )
