"""Opens the index that the settings name; separate from ``context``, for processes that need only the index."""

from search.elastic.client import Observe, ServerOptions
from search.open import WordFiles, open_index, open_records
from search.protocol import Index, RecordReader
from workers.settings import Settings
from workers.telemetry import instrument as metrics


def index_of(settings: Settings, *, prefix: str | None = None, observe: Observe = metrics.count_index_request) -> Index:
    """Return the index of these settings, without contacting it yet.

    Args:
        settings: Its address and lexicon.
        prefix: Prefix of the index names on a server, if not that of the settings.
        observe: Called after each bulk request to a server.

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


def records_of(settings: Settings) -> RecordReader:
    """Return the records of these settings' index, without contacting it yet.

    Raises:
        SettingsError: Its address is of no known kind.
    """
    return open_records(settings.index_url, prefix=settings.index_prefix, options=_options_of(settings))


def _options_of(settings: Settings) -> ServerOptions:
    """Return the connection options of the index's server."""
    return ServerOptions(
        user=settings.index_user,
        password=settings.index_password,
        ca_file=settings.ca_file,
        shards=settings.index_shards,
        replicas=None if settings.index_replicas == "auto" else settings.index_replicas,
    )
