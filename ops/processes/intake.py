"""The process that takes bucket events from the Redis list: opens no store, sandbox or worker, so it starts at once."""

import threading
from contextlib import closing
from functools import partial

from schemas.errors import SettingsError
from workers.intake import EventSink, ListIntake
from workers.leases.open import open_lease_store
from workers.settings import Settings
from workers.storage.object_keys import bucket_of
from workers.storage.open import open_store
from workers.tasks.celery_app import make_app
from workers.tasks.publisher import Publisher


def run_intake(settings: Settings, stop: threading.Event) -> None:
    """Take events from the Redis list until ``stop`` is set.

    Raises:
        SettingsError: The broker is not a Redis.
    """
    if settings.embedded:
        raise SettingsError("GONGKAI_BROKER_URL is memory://: start `gongkai run`, which takes events itself")
    with closing(open_lease_store(settings)) as inflight:
        dispatch = Publisher(make_app(settings), inflight)
        derived = partial(open_store, settings.derived_url, settings)  # opened only for events of a store check
        sink = EventSink(dispatch, bucket_of(settings.objects_url), derived=derived)
        ListIntake(settings, sink).run(stop)
