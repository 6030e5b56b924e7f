"""Who is next: objects wait in a tenant queue for each first part of the key, and a bounded number is in the queue.

So five files are not behind two hundred thousand of somebody else, a queue has a bounded length whatever is uploaded,
and intake can be paused for all sources in one place.
"""

# Messages for the first stage that are in its queue at most; more are sent once half of them are taken.
QUEUED = 128
# Under this name the way from the tenant queues to the first queue is paused.
INTAKE = "intake"
# Every so many turns the longest tenant queue is served instead of the shortest, so that none waits for ever.
LONGEST_QUEUE_EVERY = 4


def queue_of(key: str) -> str:
    """Return the tenant of a key: its first part; one for all objects at the top."""
    return key.partition("/")[0] if "/" in key else ""


class MemoryFairQueue:
    """The tenant queues of a system that lives in one process; its user holds a lock."""

    def __init__(self) -> None:
        self._queues: dict[str, dict[str, float]] = {}
        self._turn = 0

    def __len__(self) -> int:
        return sum(map(len, self._queues.values()))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._queues.get(queue_of(key), ())

    def oldest(self) -> float | None:
        """Return when the first of all came that still wait."""
        return min((next(iter(queue.values())) for queue in self._queues.values()), default=None)

    def add(self, key: str, now: float) -> bool:
        """Put a key at the end of its queue; False where it is in it already."""
        queue = self._queues.setdefault(queue_of(key), {})
        if key in queue:
            return False
        queue[key] = now
        return True

    def take(self) -> tuple[str, float] | None:
        """Return the key that is next and when it came, None where none waits."""
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
        """Take a key out of its queue, if it is in it."""
        name = queue_of(key)
        queue = self._queues.get(name, {})
        queue.pop(key, None)
        if not queue:
            self._queues.pop(name, None)
