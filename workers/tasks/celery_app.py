"""The Celery application: a queue per stage and one for scans, late acknowledgement, no result backend."""

from typing import Any
from urllib.parse import urlsplit

from celery import Celery
from kombu.entity import Queue

from workers.pipeline.stage_names import ORDER, QUEUES
from workers.runtime.redis_client import broker_url, tls_options
from workers.settings import VISIBILITY_SECONDS, Settings
from workers.tasks.broker_transport import use_own_transport


def make_app(settings: Settings) -> Celery:
    """Return the application that sends and runs the tasks; ``tasks.register`` adds them."""
    use_own_transport()
    app = Celery("gongkai", broker=broker_url(settings), set_as_current=False)
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_serializer="json",
        accept_content=["json"],
        task_queues=[Queue(name) for name in QUEUES],  # type: ignore[no-untyped-call]
        task_default_queue=ORDER[0],
        task_routes={f"gongkai.{name}": {"queue": name} for name in QUEUES},
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_max_memory_per_child=350_000,
        broker_connection_retry_on_startup=True,
        broker_transport_options=_transport(settings),
        broker_use_ssl=tls_options(settings) or None,
    )
    return app


def _transport(settings: Settings) -> dict[str, Any]:
    if urlsplit(settings.broker_url).scheme == "memory":
        return {"polling_interval": 0.02}
    return {
        # Must exceed the longest task, waits for servers included, or it is redelivered for ever; see ``Settings``.
        "visibility_timeout": VISIBILITY_SECONDS,
        "global_keyprefix": settings.broker_prefix,
        "queue_order_strategy": "priority",
        "socket_keepalive": True,
    }
