"""Sweeps regularly; in between resends jobs that a worker or the broker lost."""

import math
import threading
import time
from collections.abc import Callable
from typing import Any

from ops.maintenance.removal.artefact_collection import collect_artefacts
from ops.system import System
from workers.pipeline.server_wait import ServerWait, stop_quietly
from workers.reconcile import lost_work
from workers.reconcile.sweep import Report

DAY = 24 * 3600.0


def sweep_regularly(system: System, stop: threading.Event, *, report: Callable[[Report], Any] = lambda _: None) -> None:
    """Sweep every ``sweep_seconds`` until ``stop`` is set, and at once if the broker lost everything.

    In between, resend jobs that a worker or the broker lost. Wait for servers that are down. Once a day, if a sweep
    finds that bucket and index agree, delete artefacts to which no record refers.
    """
    wait = ServerWait(stop, seconds=math.inf)
    pause = min(lost_work.INTERVAL_SECONDS, system.settings.sweep_seconds)
    with stop_quietly(stop):
        due = time.monotonic() + system.settings.sweep_seconds
        collected, age = -math.inf, system.settings.keep_artefacts_days * DAY
        while not stop.wait(pause):
            wait(lambda: lost_work.recover(system.context, system.dispatch, system.queues))
            if wait(system.queues.is_new) or time.monotonic() >= due:
                swept = wait(system.sweep)
                report(swept)
                if not swept.differences and time.monotonic() - collected > DAY:
                    collected = time.monotonic()
                    wait(lambda: collect_artefacts(system.context, older_than=age))
                due = time.monotonic() + system.settings.sweep_seconds
