"""What all parts of the lease store on Redis share: the connection, the names of the keys, the scripts."""

from collections.abc import Sequence
from typing import Any

from workers.leases.redis.scripts import PARTS, read_script
from workers.runtime.redis_client import connect, translate_redis_errors
from workers.settings import Settings

# ``lua/keys.lua`` explains each name. Workers of two releases share these keys during a rolling upgrade.
NAMES = (
    *("waiting", "running", "dirty", "runs", "lanes", "lined", "turn", "paused"),
    *("scans", "scan-lanes", "scan-turn", "wake"),
)


class RedisConnection:
    """A Redis connection and the names of its keys; every call raises ``DependencyError`` if Redis does not answer."""

    def __init__(self, settings: Settings) -> None:
        self._redis = connect(settings)
        self._prefix = prefix = settings.broker_prefix
        self._keys = [f"{prefix}{name}" for name in NAMES]
        self._waiting, self._running, self._tenants, self._unadmitted, self._scans, self._runs, self._paused = (
            f"{prefix}{name}" for name in ("waiting", "running", "lanes", "lined", "scans", "runs", "paused")
        )
        self._wake, self._journeys = f"{prefix}wake", f"{prefix}journeys"
        self._tenant_prefix, self._scan_prefix, self._alive = f"{prefix}lane:", f"{prefix}scan-lane:", f"{prefix}alive:"
        self._scripts = {name: self._redis.register_script(read_script(name)) for name in PARTS}

    def close(self) -> None:
        """See ``LeaseStore``."""
        self._redis.close()

    def _run_script(self, name: str, *arguments: Any) -> Any:
        return self._call(self._scripts[name], keys=self._keys, args=arguments)

    def _pipelined(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        if not commands:
            return []
        pipeline = self._redis.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)  # type: ignore[no-untyped-call]
        return list(self._call(pipeline.execute))

    def _call(self, function: Any, *positional: Any, **arguments: Any) -> Any:
        with translate_redis_errors():
            return function(*positional, **arguments)
