"""The index the settings name; apart from ``context``, for processes that need nothing else of it."""

from search.open import WordFiles, open_index
from search.protocol import Index
from workers.settings import Settings
from workers.telemetry import instrument as metrics


def index_of(settings: Settings) -> Index:
    """Return the index of these settings, without reaching for it yet.

    Raises:
        SettingsError: Its address is of no known kind.
    """
    return open_index(
        settings.index_url,
        prefix=settings.index_prefix,
        user=settings.index_user,
        password=settings.index_password,
        refresh_seconds=settings.index_refresh_seconds,
        ca_file=settings.ca_file,
        words=WordFiles.named(synonyms=settings.synonyms, lexicon=settings.lexicon),
        observe=metrics.count_index_request,
    )
