"""Finds work lost with a worker or by the broker and resends it, long before the next sweep would."""

import logging

from workers.pipeline.context import Context
from workers.tasks.publisher import Publisher
from workers.tasks.queue_depth import Queues

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 5.0


def recover(context: Context, dispatch: Publisher, queues: Queues) -> int:
    """Resend the keys a dead worker held and those waiting for a message that no longer exists.

    Returns:
        The number of objects resent.

    Raises:
        DependencyError: A server does not answer.
    """
    lost = context.inflight.list_lost(queues.lost_before())
    sent = dispatch.send(lost) if lost else 0
    if sent:
        log.warning("%d objects were lost by a worker or the broker and are sent again", sent)
    return sent
