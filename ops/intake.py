"""The process that takes bucket events from the Redis list: no store, no sandbox, no worker, so it starts at once."""

import threading
from contextlib import closing

from schemas.errors import SettingsError
from workers.app import make_app
from workers.dispatch import Dispatch
from workers.indexes import index_of
from workers.inflight import open_inflight
from workers.intake import EventSink, ListIntake
from workers.settings import Settings
from workers.storage.keys import bucket_of


def run_intake(settings: Settings, stop: threading.Event) -> None:
    """Take events from the Redis list until ``stop`` is set.

    Raises:
        SettingsError: The broker is not a Redis.
    """
    if settings.embedded:
        raise SettingsError("GONGKAI_BROKER_URL is memory://: `gongkai run` takes in by itself")
    with closing(open_inflight(settings)) as inflight, closing(index_of(settings)) as index:
        dispatch = Dispatch(make_app(settings), inflight, recorded=index.recorded)
        ListIntake(settings, EventSink(dispatch, bucket_of(settings.objects_url))).run(stop)
