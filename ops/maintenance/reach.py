"""Whether this process can reach the lease store, and which queues can be paused there."""

from ops.system import System
from schemas.errors import SettingsError
from workers.leases.fair_queue import INTAKE
from workers.pipeline.stage_names import ORDER, QUEUES, SCAN


class OutOfReachError(SettingsError):
    """The request cannot be carried out from this process or on this stack."""


def require_ledger(system: System) -> None:
    """Raise if the lease store is in the memory of another process.

    Raises:
        OutOfReachError: It is.
    """
    if system.settings.embedded and not system.working:
        raise OutOfReachError(
            "GONGKAI_BROKER_URL is memory://: only the running `gongkai run` knows its jobs; ask it over HTTP "
            "(/v1/operations, with a key of scope operate), or stop it: `gongkai run --once` sweeps and repairs"
        )


def held_queues(system: System) -> tuple[str, ...]:
    """Return the queues that can be paused; stages in a single process have no queues between them."""
    return (INTAKE, ORDER[0], SCAN) if system.settings.embedded else (INTAKE, *QUEUES)
