"""Fair admission: objects wait in a tenant queue per first key segment; the stage queue itself is bounded.

Five files therefore never wait behind two hundred thousand of another tenant, the stage queue stays short whatever is
uploaded, and intake can be paused for all tenants in one place.
"""

# Most keys of a message, and most keys in the messages of the first stage's queue; more are sent once half are taken.
BATCH = 8
QUEUED = 128
# The name under which admission from the tenant queues to the first stage is paused.
INTAKE = "intake"
# Every N-th turn serves the longest tenant queue instead of the shortest, so that none starves.
LONGEST_QUEUE_EVERY = 4


def queue_of(key: str) -> str:
    """Return the tenant of a key: its first segment, or "" for objects at the top level."""
    return key.partition("/")[0] if "/" in key else ""


class MemoryFairQueue:
    """The tenant queues of a single-process system; not thread-safe: callers hold a lock."""

    def __init__(self) -> None:
        self._queues: dict[str, dict[str, float]] = {}
        self._turn = 0

    def __len__(self) -> int:
        return sum(map(len, self._queues.values()))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._queues.get(queue_of(key), ())

    def oldest(self) -> float | None:
        """Return when the longest-waiting key arrived, or None if none waits."""
        return min((next(iter(queue.values())) for queue in self._queues.values()), default=None)

    def add(self, key: str, now: float) -> bool:
        """Append a key to its queue; return False if it is queued already."""
        queue = self._queues.setdefault(queue_of(key), {})
        if key in queue:
            return False
        queue[key] = now
        return True

    def take(self) -> tuple[str, float] | None:
        """Remove and return the next key and its arrival time, or None if none waits."""
        if not self._queues:
            return None
        self._turn += 1
        choose = max if self._turn % LONGEST_QUEUE_EVERY == 0 else min
        name = choose(self._queues, key=lambda queue: (len(self._queues[queue]), queue))
        queue = self._queues[name]
        key, since = next(iter(queue.items()))
        self.discard(key)
        return key, since

    def discard(self, key: str) -> None:
        """Remove a key from its queue, if present."""
        name = queue_of(key)
        queue = self._queues.get(name, {})
        queue.pop(key, None)
        if not queue:
            self._queues.pop(name, None)
